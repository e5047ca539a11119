#!/usr/bin/env bash
# Builds the image without a Docker engine: buildah in chroot isolation, on a Debian base that mmdebstrap
# makes once a week. Usage, as root: deploy/build_image.sh [TAG]     (apt install buildah mmdebstrap)
set -euo pipefail
cd "$(dirname "$0")/.."
tag=${1:-localhost/unknot:latest}
base=localhost/unknot-base:bookworm-$(date -u +%G-%V)

missing=()
for tool in buildah mmdebstrap; do command -v "$tool" >/dev/null || missing+=("$tool"); done
if [ "$(id -u)" != 0 ] || [ "${#missing[@]}" -gt 0 ]; then
  echo "The image is built as root, with buildah and mmdebstrap. Fix: sudo apt install buildah mmdebstrap; sudo make image" >&2
  exit 78
fi

scratch=$(mktemp -d)
container=
trap '[ -z "$container" ] || buildah rm "$container" >/dev/null; rm -rf "$scratch"' EXIT
quietly() { "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; return 1; }; }

make_base() {
  # no papers, no package manager, and nothing of this machine: its name, its name servers
  quietly mmdebstrap --variant=essential --include=python3,python3-venv,ca-certificates,usr-is-merged \
    --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --customize-hook='rm -f "$1/etc/resolv.conf" "$1/etc/hostname"' \
    bookworm "$scratch/base.tar"
  container=$(buildah from scratch)
  quietly buildah add "$container" "$scratch/base.tar" /
  quietly buildah commit "$container" "$base"
}

# what this machine is set up for is lent to the build and stays out of the image
lend=()
certificates=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
[ -r "$certificates" ] && lend+=(--secret "id=certificates,src=$certificates")
config=$(python3 -m pip config debug 2>/dev/null | sed -n 's/^ *\(.*\), exists: True$/\1/p' | tail -n 1 || true)
[ -n "$config" ] && lend+=(--secret "id=pip,src=$config")

SECONDS=0
buildah inspect --type image "$base" >/dev/null 2>&1 || make_base
echo "base: $SECONDS s"
SECONDS=0
former=$(buildah images --quiet --no-trunc "$tag" 2>/dev/null || true)
quietly buildah bud --format docker --isolation chroot --network host "${lend[@]}" \
  --build-arg BASE_IMAGE="$base" --build-arg REVISION="$(git -c safe.directory='*' describe --always --dirty 2>/dev/null || echo unknown)" \
  --tag "$tag" .
now=$(buildah images --quiet --no-trunc "$tag")
[ -z "$former" ] || [ "$former" = "$now" ] || buildah rmi "$former" >/dev/null 2>&1 || true
echo "image: $SECONDS s, $tag"
