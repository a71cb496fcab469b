"""What stops deciding altogether: no as-of date where one is read, a value that an example does not give."""

from __future__ import annotations

from interpreter.exact.absence import because


class DecideError(Exception):
    """Deciding must stop; `reason` says why."""

    def __init__(self, code: str, /, **arguments: str) -> None:
        self.reason = because(code, **arguments)
        super().__init__(" ".join((code, *arguments.values())))


class NotGivenError(DecideError):
    """A value was read that was never given, neither as present nor as missing. `as_of` is the as-of date."""

    def __init__(self, name: str) -> None:
        self.name = name
        if name == "as_of":
            super().__init__("ZS841")
        else:
            super().__init__("ZS842", name=name)


class UndividedError(DecideError):
    """A division was not worked out, for reasons of the machine and not of the policy."""
