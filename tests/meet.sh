#!/usr/bin/env bash
# The sample meet in a window on a screen of its own (Xvfb): what it shows of a meeting is judged by
# pixels. The picture of the window is kept in the target folder.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/tools.sh

for package in "Xvfb xvfb" "pkg-config pkg-config"; do
    need_package ${package} "the sample meet on a screen" "10 MB" || {
        echo "meet: ${package% *} is missing and could not be installed (Debian: apt install ${package#* })" >&2
        exit 77
    }
done
for library in "vpx libvpx-dev" "sdl2 libsdl2-dev" "SDL2_ttf libsdl2-ttf-dev" "SDL2_image libsdl2-image-dev"; do
    need_library ${library} "the sample meet" "30 MB" || {
        echo "meet: ${library% *} is missing and could not be installed (Debian: apt install ${library#* })" >&2
        exit 77
    }
done
need "test -f /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf" "a font" fonts-dejavu-core "names in meet" "3 MB" || {
    echo "meet: a font is missing and could not be installed (Debian: apt install fonts-dejavu-core)" >&2
    exit 77
}
devserver/sfu-build/prepare.sh cargo test --package media-tests --test meet -- --ignored
echo "pictures: ${CARGO_TARGET_DIR:-target}/tmp/meet/*.png"
