#!/usr/bin/env bash
# Lays out what a container runs, after a build: Open Liberty with the server kvasir in it.
# Everything of this node's own comes from its environment.
set -euo pipefail
[[ $# -eq 1 ]] || { echo 'usage: layout.sh FOLDER' >&2; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
liberty=$root/liberty-config/target/liberty/wlp
server=usr/servers/kvasir

mkdir -p "$1/$server/apps"
tar -C "$liberty" --exclude=./usr -cf - . | tar -C "$1" -xf -
# server.env has passwords that the build made up
tar -C "$liberty/$server" --exclude=./server.env --exclude=./workarea --exclude=./logs -cf - . |
  tar -C "$1/$server" -xf -
cp "$root/ear/target/kvasir.ear" "$1/$server/apps/"
