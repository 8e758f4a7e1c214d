#!/bin/sh
# One dated backup, verified; then those older than DAYS go. Usage: backup.sh FOLDER DAYS
# BACKOFFICE names the command when it is not in the environment beside this folder.
set -eu
folder=$1
days=$2
command=${BACKOFFICE:-$(dirname "$0")/../../.venv/bin/backoffice}
file=$folder/backoffice-$(date -u +%Y%m%dT%H%M%SZ).zip

"$command" backup --out "$file"
"$command" restore --check "$file"
find "$folder" -maxdepth 1 -name 'backoffice-*.zip' -mtime "+$days" -delete
