#!/usr/bin/env bash
# Proves an image as a new operator uses it, without a Docker engine: see deploy/trial.
# Usage, as root: deploy/try_image.sh [TAG]     (apt install buildah)
set -euo pipefail
cd "$(dirname "$0")/.."
tag=${1:-localhost/unknot:latest}
export PYTHONDONTWRITEBYTECODE=1

if [ "$(id -u)" != 0 ] || ! command -v buildah >/dev/null; then
  echo "The image is tried as root, with buildah. Fix: sudo apt install buildah; sudo make image" >&2
  exit 78
fi

scratch=$(mktemp -d)
container=
clean() {
  [ -z "$container" ] || { buildah umount "$container" && buildah rm "$container"; } >/dev/null
  rm -rf "$scratch"
}
trap clean EXIT
trap 'exit 130' INT TERM

container=$(buildah from "$tag")
root=$(buildah mount "$container")
buildah inspect --type image "$tag" >"$scratch/image.json"
"${PYTHON:-python3}" -m deploy.trial "$root" "$scratch/image.json" "$scratch"
