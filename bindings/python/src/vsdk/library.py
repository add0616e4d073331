"""The library: version, its end, forks, and the counting of handles."""

from __future__ import annotations

from ._native.calls import call, milliseconds, text
from ._native.functions import ABI_VERSION, VERSION
from ._native.loading import lib
from .enumerations import HandleKind

DEFAULT_TIMEOUT = 30.0
"""How many seconds a call may take unless it is told otherwise."""

__version__: str = VERSION


def version() -> str:
    """Give the version of the library that is loaded, e.g. "0.1.0".

    `__version__` is that of this package.
    """
    return text(lib.vsdk_version())


def abi_version() -> int:
    """Give the ABI number of the library that is loaded."""
    return lib.vsdk_abi_version()


def check_abi() -> None:
    """Check that package and library fit together, as importing the package has done already.

    Raises VsdkError with `Status.ABI_MISMATCH` when they do not.
    """
    call(lib.vsdk_check_abi, ABI_VERSION)


def shutdown(*, timeout: float = DEFAULT_TIMEOUT) -> None:
    """End everything that runs; the library may be used again afterwards.

    Operations fail with ShutdownError, meetings end, the handlers that are due are called, all
    threads of the library stop. Called by itself at the end of the interpreter. Blocks at most
    `timeout` seconds. Raises TimeoutError, and WouldDeadlockError inside a handler.
    """
    call(lib.vsdk_shutdown, milliseconds(timeout))


def after_fork_child() -> None:
    """Make the library usable in a forked child, from nothing: no configuration, no meetings.

    Children of `os.fork()` and of multiprocessing have had this done for them. It is for processes
    that were forked without Python knowing. Raises InvalidStateError where there is nothing to do,
    ResourceExhaustedError after 31 generations of children of children.
    """
    call(lib.vsdk_after_fork_child)


def live_handles(kind: HandleKind = HandleKind.ALL) -> int:
    """Count the objects of the library that are live: for tests that look for leaks."""
    return lib.vsdk_debug_live_handles(kind)
