"""The ways of not being a value, as docs/language/absent.md tells them, and how they spread."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct, structs

from policy import values as given

Reason = tuple[str, tuple[tuple[str, str], ...]]
"""A code with its arguments; what the code means stands in docs/findings."""


class Absent(Struct, frozen=True):
    """No value. `kind`: missing (not in the data), nothing listed (the highest of no records), none, undecided, referred.

    `own` says that all that is open about it is missing in the person's own data.
    """

    kind: str
    reasons: frozenset[Reason] = frozenset()
    field: str = ""
    code: str = ""
    own: bool = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Absent) and self.said() == other.said()

    def __hash__(self) -> int:
        return hash(self.said())

    def said(self) -> tuple[Any, ...]:
        return self.kind, self.reasons, self.field, self.code


Value = Any
"""A number, a word, yes or no, a date, a period; or Absent."""

NONE = Absent("none")


def reason(code: str, **arguments: str) -> Reason:
    return code, tuple(arguments.items())


def undecided(code: str, **arguments: str) -> Absent:
    return Absent("undecided", frozenset([reason(code, **arguments)]))


def missing(field: str, code: str = "") -> Absent:
    why = reason("ZS802", field=field, word=code) if code else reason("ZS801", field=field)
    return Absent("missing", frozenset([why]), field, code, own=True)


def nothing_listed(text: str, own: bool) -> Absent:
    return Absent("nothing listed", frozenset([reason("ZS805", list=text)]), own=own)


def kept_for_people(outcome: str, words: str) -> Absent:
    """Referred or undecided because the author says so."""
    return Absent(outcome, frozenset([reason("ZS840", reason=words)]))


def is_open(value: Value) -> bool:
    """Neither a value nor 无."""
    return isinstance(value, Absent) and value.kind != "none"


def is_gone(value: Value) -> bool:
    """What `缺` and `缺则` ask: missing in the data, or the highest of no records. A sum that lacks a term is neither."""
    return isinstance(value, Absent) and value.kind in ("missing", "nothing listed")


def spread(values: Iterable[Value]) -> Absent:
    """What comes of operands of which one is absent: undecided before referred before 无, with the reasons of all."""
    doubts = [value for value in values if is_open(value)]
    if not doubts:
        return NONE
    reasons = frozenset(each for value in doubts for each in value.reasons)
    kind = "referred" if all(value.kind == "referred" for value in doubts) else "undecided"
    return Absent(kind, reasons, own=all(value.own for value in doubts))


def holds(value: Value) -> Value:
    """What a condition comes to where it guards something: yes, no, or open. 无 does not hold."""
    return value if value is True or is_open(value) else False


def at_least(needed: int, values: Iterable[Value]) -> Value:
    """Three-valued: open only where what is open can change the answer."""
    read = [holds(value) for value in values]
    held, doubts = read.count(True), [value for value in read if is_open(value)]
    if held >= needed:
        return True
    return spread(doubts) if held + len(doubts) >= needed else False


def of_someone(who: str, value: Value) -> Value:
    """An open value of another, whose name joins what is missing."""
    if not is_open(value):
        return value
    if not who:
        return of_another_record(value)
    named = {reason("ZS803", who=who, **dict(args[:1])) if code in ("ZS801", "ZS802") else (code, args)
             for code, args in value.reasons}  # fmt: skip
    return Absent("referred" if value.kind == "referred" else "undecided", frozenset(named))


def of_another_record(value: Value) -> Value:
    """What is missing of a record that is referred to is nobody's own."""
    return structs.replace(value, own=False) if isinstance(value, Absent) else value


def taken(value: Any) -> Value:
    """A value of the data or of an example in this evaluator's terms."""
    match value:
        case None:
            return missing("")
        case given.Missing(field, code):
            return missing(field, code)
        case given.Nil():
            return NONE
        case given.Undecided(reasons) | given.Referred(reasons):
            kind = "referred" if isinstance(value, given.Referred) else "undecided"
            return Absent(kind, frozenset((each.code, tuple(each.arguments)) for each in reasons))
        case _:
            return value
