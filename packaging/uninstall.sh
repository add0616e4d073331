#!/bin/sh
# Takes away what packaging/install.sh has put below PREFIX (default /usr/local), behind DESTDIR.
set -eu
PREFIX=${PREFIX:-/usr/local}
root=${DESTDIR:-}${PREFIX%/}

[ -d "$root/lib/cmake/Vsdk" ] || {
    echo "uninstall: there is no vsdk in $root. Give the PREFIX that it was installed with." >&2
    exit 1
}
rm -rf "$root/include/vsdk" "$root/lib/cmake/Vsdk" "$root/share/doc/vsdk"
rm -f "$root/include/vsdk.h" "$root/include/vsdk.hpp" "$root/lib/pkgconfig/vsdk.pc" \
    "$root/lib/pkgconfig/vsdk-static.pc" "$root"/lib/libvsdk.*
echo "vsdk is removed from $root"
