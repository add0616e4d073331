"""What event loops are woken by."""

from __future__ import annotations

from typing import Callable

WakeHandler = Callable[[], object]
"""Told that there is something to read."""
