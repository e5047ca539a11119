# Built from Debian's or Python's own image; BASE_IMAGE must have Python 3.11 to 3.13 with venv.
ARG BASE_IMAGE=python:3.12-slim-bookworm

FROM ${BASE_IMAGE} AS build
WORKDIR /app
COPY requirements/run.txt requirements/run.txt
# a machine with a package index of its own lends its settings (deploy/build_image.sh); no layer holds a secret
RUN --mount=type=secret,id=pip,target=/etc/pip.conf \
    --mount=type=secret,id=certificates,target=/etc/ssl/certs/ca-certificates.crt \
    python3 -m venv /app/.venv \
 && .venv/bin/pip install --no-cache-dir --no-compile --disable-pip-version-check --require-hashes -r requirements/run.txt \
 && .venv/bin/pip uninstall --yes --quiet setuptools pip \
 && rm -r requirements
COPY bot bot
COPY content content
COPY LICENSE LICENSE
COPY deploy/daily_backup.py deploy/daily_backup.py
# nothing can be compiled later, on a read-only root; the copy's dates do not matter
RUN .venv/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash .venv bot deploy

FROM ${BASE_IMAGE}
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Unknot" \
      org.opencontainers.image.description="A Telegram bot for tight, aching backs and necks" \
      org.opencontainers.image.licenses="MIT AND CC-BY-4.0" \
      org.opencontainers.image.revision="${REVISION}"
# what runs never installs: the base's pip goes, with the copies of it that venv unpacks;
# places for the data, apart from them the key that seals them (a copy of /data alone names no one), and copies
RUN find /usr -depth \( -name pip -o -name 'pip[0-9]*' -o -name 'pip-*' -o -name ensurepip -o -name python-wheels \
      -o -name setuptools -o -name 'setuptools-*' -o -name pkg_resources -o -name wheel \) -exec rm -rf {} + \
 && mkdir -m 700 /data /key /copies && chown 10001:10001 /data /key /copies
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    BOT_DATA_DIR=/data/bot BOT_KEY_FILE=/key/unknot.key
USER 10001:10001
VOLUME ["/data", "/key"]
# over the address that the bot listens on, past any proxy that the environment names
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import os, sys; from http.client import HTTPConnection; c = HTTPConnection(os.environ.get('BOT_LISTEN') or '127.0.0.1:9090', timeout=4); c.request('GET', '/healthz'); sys.exit(c.getresponse().status != 200)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
