"""The inside: the shared library, calls into it, callbacks out of it. Not for programs."""
