# Built from Debian's or Python's own image; BASE_IMAGE must have Python 3.11 to 3.13 with venv.
ARG BASE_IMAGE=python:3.12-slim-bookworm

FROM ${BASE_IMAGE} AS build
WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN python3 -m venv /app/.venv \
 && /app/.venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.txt \
 && /app/.venv/bin/pip uninstall --yes pip
COPY bot bot
COPY content content
# nothing can be compiled later, on a read-only root
RUN .venv/bin/python -m compileall -q bot

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="Unknot" \
      org.opencontainers.image.description="A Telegram bot for tight, aching backs and necks" \
      org.opencontainers.image.licenses="MIT AND CC-BY-4.0"
# the data, and apart from them the key that seals them: a copy of /data alone names no one
RUN mkdir -p /data /key && chown 10001:10001 /data /key
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    BOT_DATA_DIR=/data/bot BOT_KEY_FILE=/key/unknot.key
USER 10001:10001
VOLUME ["/data", "/key"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:9090/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
