"""How values that are absent spread through what needs them.

Missing becomes undecided with the field's name. Where several operands are absent, undecided wins over referred, and
both over 无; the reasons of all are merged in an order of their own, never that of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from policy.diagnostic import Reason
from policy.values import NIL, Missing, Nil, Referred, Undecided, Value

OPEN: Final = frozenset((Missing, Undecided, Referred))
"""Types of what is not decided."""
ABSENT_TYPES: Final = frozenset((Missing, Nil, Undecided, Referred))
LACKING: Final = frozenset(("ZS801", "ZS802", "ZS803", "ZS805"))
"""Codes of reasons that say that something is not there, in the data or in a list."""
NOTHING_LISTED: Final = "ZS805"


def because(code: str, /, **arguments: str) -> Reason:
    """A reason with its arguments."""
    return Reason(code, tuple(arguments.items()))


def undecided(code: str, /, **arguments: str) -> Undecided:
    return Undecided((because(code, **arguments),))


def reasons_of(value: Value) -> tuple[Reason, ...]:
    """Why a value is not decided; empty if it is."""
    match value:
        case Missing(field, ""):
            return (because("ZS801", field=field),)
        case Missing(field, code):
            return (because("ZS802", field=field, word=code),)
        case Undecided(reasons) | Referred(reasons):
            return reasons
        case _:
            return ()


def merged(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons without duplicates in canonical order."""
    return tuple(sorted(set(reasons), key=lambda reason: (reason.code, reason.arguments)))


def spread(values: Iterable[Value]) -> Value:
    """What comes of operands of which at least one is absent."""
    kinds: set[type] = set()
    reasons: list[Reason] = []
    for value in values:
        kinds.add(type(value))
        reasons += reasons_of(value)
    if Undecided in kinds or Missing in kinds:
        return Undecided(merged(reasons))
    return Referred(merged(reasons)) if Referred in kinds else NIL


def is_gone(value: Value) -> bool:
    """Whether a value is itself what is not there, as `缺` and `缺则` ask: a missing field, the highest of no records.

    What was worked out from something missing is not: a sum that lacks one of its terms is no 0.
    """
    if type(value) is Missing:
        return True
    return type(value) is Undecided and all(reason.code == NOTHING_LISTED for reason in value.reasons)


def lacking(value: Value) -> bool:
    """Whether a value is open only because something, anywhere behind it, is not in the data."""
    if type(value) is Missing:
        return True
    return type(value) is Undecided and all(reason.code in LACKING for reason in value.reasons)


def of_someone(who: str, value: Value) -> Value:
    """An absent value of a listed person, whose name joins what is missing."""
    if not who or type(value) not in OPEN:
        return value
    named = [Reason("ZS803", (("who", who), *r.arguments[:1])) if r.code in ("ZS801", "ZS802") else r
             for r in reasons_of(value)]  # fmt: skip
    return Referred(merged(named)) if type(value) is Referred else Undecided(merged(named))
