"""Enumerations that take numbers they do not know."""

from __future__ import annotations

from enum import IntEnum


class OpenEnum(IntEnum):
    """Numbers with names. One that this version does not know keeps its number, named `UNKNOWN_n`.

    Its text is its name; `int()` gives the number.
    """

    @classmethod
    def _missing_(cls, value: object) -> OpenEnum | None:
        if not isinstance(value, int):
            return None
        unknown = int.__new__(cls, value)
        unknown._name_ = f"UNKNOWN_{value}"
        unknown._value_ = int(value)
        # Kept, so that the same number is the same object again.
        kept = cls._value2member_map_.setdefault(unknown._value_, unknown)
        assert isinstance(kept, OpenEnum)
        return kept

    def __str__(self) -> str:
        """Give the name."""
        return self.name

    def __format__(self, spec: str) -> str:
        """Format the name, alike in every version of Python."""
        return format(self.name, spec)
