#!/bin/sh
# code_blocks.sh <document> <language> <directory>
# Writes the code blocks of a language that are marked as runnable, `<!-- test: run -->`, as files
# 1, 2, ... into the directory, and prints how many there are.
set -eu
document=$1
language=$2
directory=$3
mkdir -p "$directory"
awk -v language="$language" -v directory="$directory" '
    /^<!-- test: run -->$/ { is_marked = 1; next }
    is_marked && $0 == "```" language { count++; is_inside = 1; is_marked = 0; next }
    is_inside && $0 == "```" { is_inside = 0; close(directory "/" count); next }
    is_inside { print > (directory "/" count) }
    /^```/ { is_marked = 0 }
    END { print count + 0 }
' "$document"
