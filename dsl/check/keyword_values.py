"""Declared values that are also words of the language: `处分 = 无` where 无 is one of the values of 处分.

Such a word means the declared value where it can mean nothing else. Where it could mean both, the author is asked.
"""

from __future__ import annotations

from dsl.syntax import surface as s
from dsl.syntax.parser import lexicon
from policy.types import Choice, Kind


def token_of(written: object) -> str | None:
    """The keyword that a value, a cell or an outcome was written as."""
    match written:
        case s.Nothing():
            return "NONE"
        case s.YesNo(value=value):
            return "YES" if value else "NO"
        case s.Whatever():
            return "ANY"
        case s.Absent():
            return "MISSING"
        case s.Void():
            return "VOID"
        case s.Refer(outcome=outcome, reason=""):
            return "REFER" if outcome == "referred" else "UNDECIDED"
        case None:
            return "MISSING"
        case _:
            return None


def declared(written: object, values: tuple[str, ...]) -> str | None:
    """The declared value that a keyword is spelled like, in either language."""
    token = token_of(written) if values else None
    if token is None:
        return None
    keyword = lexicon().by_token[token]
    return next((value for value in values if value in (keyword.zh, keyword.en)), None)


def of_choice(written: object, kind: Kind | None) -> str | None:
    """The same, of the values of a choice."""
    return declared(written, kind.values) if isinstance(kind, Choice) else None
