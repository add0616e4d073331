"""The package as a whole: what it makes public, and that all of it is explained."""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import CLONE, LIMIT_S

import vsdk
from vsdk._native import functions, loading
from vsdk._native.calls import Owned

SOURCES = sorted(Path(vsdk.__file__).parent.glob("*.py"))


def test_versions_agree() -> None:
    vsdk.check_abi()
    assert vsdk.version() == vsdk.__version__
    assert vsdk.abi_version() == 0
    project = (CLONE / "bindings" / "python" / "pyproject.toml").read_text()
    assert f'\nversion = "{vsdk.__version__}"\n' in project


def test_a_library_that_does_not_fit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(functions, "ABI_VERSION", 99)
        with pytest.raises(ImportError, match="does not fit this package"):
            loading.load(loading.library_path())
    monkeypatch.setitem(functions.CALLS, "vsdk_of_tomorrow", (None, []))
    with pytest.raises(ImportError, match="has no vsdk_of_tomorrow"):
        loading.load(loading.library_path())


def test_a_handle_is_freed_once() -> None:
    freed: list[tuple[object, object]] = []
    owned = Owned(lambda handle: freed.append((handle, owned.handle)), 7)
    with owned:
        assert owned.handle == 7
    owned.close()
    # Whoever looks during the freeing finds nothing any more.
    assert freed == [(7, None)]


def test_there_is_no_wheel_without_a_library(tmp_path: Path) -> None:
    def build(library: Path) -> subprocess.CompletedProcess[str]:
        script = CLONE / "bindings" / "python" / "build_wheel.py"
        command: list[str | Path] = [sys.executable, script, library, tmp_path / "wheels"]
        return subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)

    missing = build(tmp_path / "libvsdk.so")
    assert missing.returncode == 1
    assert "VSDK_LIBRARY" in missing.stderr
    assert not (tmp_path / "wheels").exists()
    (tmp_path / "libvsdk.so").write_bytes(b"the library")
    built = build(tmp_path / "libvsdk.so")
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(built.stdout.strip()) as wheel:
        names = set(wheel.namelist())
        assert (
            wheel.read(f"vsdk/{loading._NAMES.get(sys.platform, 'libvsdk.so')}") == b"the library"
        )
        licences = {Path(it).name for it in names if ".dist-info/licenses/" in it}
    assert {"vsdk/__init__.py", "vsdk/_native/functions.py", "vsdk/py.typed"} <= names
    assert licences == {"LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY-NOTICES"}


def test_all_that_is_public_is_listed() -> None:
    public = {
        name
        for name, value in vars(vsdk).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }
    assert public | {"__version__"} == set(vsdk.__all__)


def test_every_value_of_the_interface_is_known() -> None:
    api = json.loads((CLONE / "bindings" / "api.json").read_text())
    values = [it for it in api["constants"] if it["group"] is not None]
    assert len(values) > 100
    for value in values:
        kind = getattr(vsdk, value["group"].removeprefix("Vsdk"))
        assert issubclass(kind, enum.IntEnum)
        name = next(it.name for it in kind if it.value == value["value"])
        assert value["name"].endswith(f"_{name}")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_attribute_is_explained(path: Path) -> None:
    """Functions and classes are checked by ruff; this looks at what they hold."""
    tree = ast.parse(path.read_text())
    classes = [it for it in ast.walk(tree) if isinstance(it, ast.ClassDef)]
    bodies = [tree.body, *(it.body for it in classes if not it.name.startswith("_"))]
    for body in bodies:
        for statement, following in zip(body, [*body[1:], None]):
            target: ast.expr | None = None
            if isinstance(statement, ast.AnnAssign):
                target = statement.target
            elif isinstance(statement, ast.Assign):
                target = statement.targets[0]
            if not isinstance(target, ast.Name) or target.id.startswith("_"):
                continue
            is_explained = isinstance(following, ast.Expr) and isinstance(
                following.value, ast.Constant
            )
            assert is_explained, f"{path.name}: {target.id}"


def test_no_module_stays_unused() -> None:
    for module in pkgutil.walk_packages(vsdk.__path__, "vsdk."):
        assert importlib.import_module(module.name).__doc__


def test_the_package_is_typed() -> None:
    assert (Path(vsdk.__file__).parent / "py.typed").is_file()
    for name in vsdk.__all__:
        value = getattr(vsdk, name)
        if inspect.isfunction(value):
            signature = inspect.signature(value)
            assert signature.return_annotation is not inspect.Signature.empty
            for parameter in signature.parameters.values():
                assert parameter.annotation is not inspect.Parameter.empty, name


def test_both_forms_take_the_same_arguments() -> None:
    pairs: list[tuple[object, str]] = [(vsdk, it) for it in vsdk.__all__ if it.endswith("_async")]
    pairs += [(vsdk.Meeting, it) for it in dir(vsdk.Meeting) if it.endswith("_async")]
    pairs += [(vsdk.RemoteTrack, it) for it in dir(vsdk.RemoteTrack) if it.endswith("_async")]
    pairs += [(vsdk.VideoOutput, it) for it in dir(vsdk.VideoOutput) if it.endswith("_async")]
    assert len(pairs) == 42
    for owner, name in pairs:
        plain = inspect.signature(getattr(owner, name.removesuffix("_async")))
        other = inspect.signature(getattr(owner, name))
        assert list(plain.parameters.values()) == [
            it for it in other.parameters.values() if not it.name.startswith("_")
        ]
