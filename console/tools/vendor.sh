#!/bin/sh
# Updates the libraries of the console below src/main/resources/META-INF/resources/console/vendor, and their list.
# Needs npm and Node. Usage: tools/vendor.sh preact=10.29.0 @preact/signals=2.11.4 …; without arguments: the versions of the list.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
exec node "$here/tools/vendor.mjs" "$here/src/main/resources/META-INF/resources/console/vendor" "$@"
