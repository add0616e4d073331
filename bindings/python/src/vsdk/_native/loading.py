"""Finds the shared library and binds its functions."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from . import functions
from .functions import Functions

_NAMES = {"win32": "vsdk.dll", "darwin": "libvsdk.dylib"}


def library_path() -> Path:
    """Give the file to load: the one that VSDK_LIBRARY names, else the one in the package."""
    override = os.environ.get("VSDK_LIBRARY")
    if override:
        return Path(override).resolve()
    return Path(__file__).resolve().parent.parent / _NAMES.get(sys.platform, "libvsdk.so")


def load(path: Path) -> Functions:
    """Load the library. Raises ImportError, which says what to do."""
    if not path.is_file():
        raise ImportError(
            f"vsdk: there is no library at {path}. Install a wheel made for this platform, or build"
            " the library with `cargo build --release` and name its file in the environment"
            " variable VSDK_LIBRARY."
        )
    try:
        # The same library twice, by how it is called. Local: its names stay out of the way of
        # other libraries, and theirs out of its way.
        holding = ctypes.PyDLL(str(path), mode=ctypes.RTLD_LOCAL)
        releasing = ctypes.CDLL(str(path), mode=ctypes.RTLD_LOCAL)
    except OSError as error:
        raise ImportError(
            f"vsdk: the library does not load: {error}. It was probably made for another platform"
            " or a newer system: install the wheel for this one, or build it here and name its file"
            " in VSDK_LIBRARY."
        ) from error
    bound = Functions()
    for library, table in ((holding, functions.GETTERS), (releasing, functions.CALLS)):
        for name, (result, parameters) in table.items():
            setattr(bound, name, _bind(library, name, result, parameters, path))
    _check_abi(bound, path)
    return bound


def _bind(
    library: ctypes.CDLL, name: str, result: object, parameters: list[object], path: Path
) -> object:
    try:
        function = getattr(library, name)
    except AttributeError:
        raise ImportError(
            f"vsdk: the library at {path} has no {name}: it is older than this package, or another"
            " library. Install both anew, or unset VSDK_LIBRARY."
        ) from None
    function.restype = result
    function.argtypes = parameters
    return function


def _check_abi(bound: Functions, path: Path) -> None:
    error = ctypes.c_void_p()
    if bound.vsdk_check_abi(functions.ABI_VERSION, ctypes.byref(error)) < 0:
        message = bound.vsdk_error_message(error.value) or b""
        bound.vsdk_error_free(error.value)
        raise ImportError(
            f"vsdk: the library at {path} does not fit this package: {message.decode()}."
            " Install both anew, or unset VSDK_LIBRARY."
        )


lib = load(library_path())
