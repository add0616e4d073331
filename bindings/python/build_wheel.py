"""Builds the wheel: the package, and in it the library for one platform.

A program, and the build backend for pip. It needs Python alone and no network.

    python3 build_wheel.py LIBRARY FOLDER

prints the path of the wheel. For pip the environment variable VSDK_LIBRARY names the library; by
default it is the one that `cargo build --release` makes.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import sys
import sysconfig
import zipfile
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).resolve().parent
CLONE = HERE.parent.parent
NAMES = {"win32": "vsdk.dll", "darwin": "libvsdk.dylib"}
NAME = NAMES.get(sys.platform, "libvsdk.so")
LICENSES = ("LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY-NOTICES")


def build_wheel(
    wheel_directory: str,
    config_settings: object = None,
    metadata_directory: object = None,
) -> str:
    """Build the wheel for pip; give its file name."""
    default = CLONE / "target" / "release" / NAME
    return build(Path(os.environ.get("VSDK_LIBRARY") or default), Path(wheel_directory)).name


def build(library: Path, folder: Path) -> Path:
    """Build the wheel around a library; give its path."""
    if not library.is_file():
        raise SystemExit(
            f"There is no library at {library}. Build it with `cargo build --release`, or name it"
            " in the environment variable VSDK_LIBRARY."
        )
    project = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))["project"]
    machine_code = library.read_bytes()
    tag = f"py3-none-{platform_tag(machine_code)}"
    info = f"{project['name']}-{project['version']}.dist-info"

    files = {f"vsdk/{NAME}": machine_code}
    for path in sorted((HERE / "src" / "vsdk").rglob("*")):
        if path.suffix == ".py" or path.name == "py.typed":
            files[path.relative_to(HERE / "src").as_posix()] = path.read_bytes()
    for name in LICENSES:
        files[f"{info}/licenses/{name}"] = (CLONE / name).read_bytes()
    files[f"{info}/METADATA"] = metadata(project).encode()
    files[f"{info}/WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: vsdk\nRoot-Is-Purelib: false\nTag: {tag}\n"
    ).encode()
    record = "".join(f"{name},{digest(data)},{len(data)}\n" for name, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()

    folder.mkdir(parents=True, exist_ok=True)
    wheel = folder / f"{project['name']}-{project['version']}-{tag}.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            # A fixed time: from the same files comes the same wheel.
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if name.endswith(NAME) else 0o100644) << 16
            archive.writestr(entry, data)
    return wheel


def platform_tag(machine_code: bytes) -> str:
    """Give the platform for which pip may install the library.

    On Linux that is every system whose C library is as new as the newest function that is used.
    """
    platform = re.sub("[-.]", "_", sysconfig.get_platform())
    versions = re.findall(rb"\0GLIBC_2\.(\d+)(?=\0)", machine_code)
    if platform.startswith("linux_") and versions:
        newest = max(int(version) for version in versions)
        return platform.replace("linux", f"manylinux_2_{newest}", 1)
    return platform


def metadata(project: dict[str, object]) -> str:
    """Give the core metadata of a `[project]` table."""
    classifiers = project["classifiers"]
    assert isinstance(classifiers, list)
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {project['name']}",
        f"Version: {project['version']}",
        f"Summary: {project['description']}",
        f"Requires-Python: {project['requires-python']}",
        f"License-Expression: {project['license']}",
        *(f"License-File: {name}" for name in LICENSES),
        *(f"Classifier: {classifier}" for classifier in classifiers),
        "Description-Content-Type: text/markdown; charset=UTF-8",
        "",
        (HERE / str(project["readme"])).read_text("utf-8"),
    ]
    return "\n".join(lines)


def digest(data: bytes) -> str:
    """Give a checksum as the list of files in a wheel has it."""
    text = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode()
    return f"sha256={text.rstrip('=')}"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: build_wheel.py LIBRARY FOLDER")
    print(build(Path(sys.argv[1]), Path(sys.argv[2])))
