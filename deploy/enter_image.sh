#!/usr/bin/env bash
# Runs a command in an image's mounted files as a container engine would: the root read-only, its volumes and
# /tmp alone writable, a process tree of its own, no right left. The mounts are seen by this process alone.
# Usage, as root: unshare --mount --pid --fork enter_image.sh ROOT [SOURCE:TARGET]... -- SETPRIV_ARGUMENTS...
set -euo pipefail
root=$1
shift

mounts=()
while [ "$1" != -- ]; do
  mounts+=("$1")
  mkdir -p "$root${1#*:}"
  shift
done
shift

mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
for pair in "${mounts[@]}"; do mount --bind "${pair%%:*}" "$root${pair#*:}"; done
mount -t tmpfs -o mode=1777,size=16m tmpfs "$root/tmp"
mount -t proc proc "$root/proc"
exec chroot "$root" setpriv --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all "$@"
