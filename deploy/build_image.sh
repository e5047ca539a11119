#!/usr/bin/env bash
# Builds the image without a Docker engine: buildah in chroot isolation, on a Debian base that mmdebstrap makes.
# Usage, as root: deploy/build_image.sh [TAG]     (apt install buildah mmdebstrap crun)
set -euo pipefail
cd "$(dirname "$0")/.."
tag=${1:-localhost/unknot:latest}
export STORAGE_DRIVER=${STORAGE_DRIVER:-vfs} BUILDAH_ISOLATION=chroot

if ! buildah inspect localhost/unknot-base >/dev/null 2>&1; then
  base=$(mktemp --suffix=.tar)
  trap 'rm -f "$base"' EXIT
  mmdebstrap --quiet --variant=minbase --include=python3,python3-venv,ca-certificates bookworm "$base"
  container=$(buildah from scratch)
  buildah add --quiet "$container" "$base" / >/dev/null
  buildah commit --quiet "$container" localhost/unknot-base >/dev/null
  buildah rm "$container" >/dev/null
fi

# the package index and the certificates that this machine is set up for are lent to the build and
# stay out of the image
settings=(--volume /etc/ssl/certs:/etc/ssl/certs:ro)
config=$(python3 -m pip config debug 2>/dev/null | sed -n 's/^ *\(.*\), exists: True$/\1/p' | tail -n 1 || true)
[ -n "$config" ] && settings+=(--volume "$config:/etc/pip.conf:ro")
buildah bud --quiet --format docker --isolation chroot --network host "${settings[@]}" \
  --build-arg BASE_IMAGE=localhost/unknot-base --tag "$tag" .
