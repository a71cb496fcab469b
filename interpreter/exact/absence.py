"""What becomes of absence: the one table of docs/language/absent.md, as code.

Missing and "of no records" are what is not there; whatever needs them is undecided, for the reason of the field or the
list. Where several operands are absent, undecided wins over referred, and both over 无; the reasons of all are merged
in an order of their own, never that of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import Final

from policy.diagnostic import Reason
from policy.kinds import Cause, Lacking
from policy.values import NIL, Missing, Nil, NoneListed, Referred, Undecided, Value

GONE: Final = frozenset((Missing, NoneListed))
"""Types of what is itself not there, as `缺` and `缺则` ask."""
OPEN: Final = GONE | {Undecided, Referred}
"""Types of what is not decided."""
ABSENT_TYPES: Final = OPEN | {Nil}


# -- reasons --------------------------------------------------------------------------------------------------------


def because(code: str, cause: Cause = "rule", /, **arguments: str) -> Reason:
    """A reason with its arguments."""
    return Reason(code, tuple(arguments.items()), cause)


def undecided(code: str, cause: Cause = "rule", /, **arguments: str) -> Undecided:
    return Undecided((because(code, cause, **arguments),))


def reasons_of(value: Value) -> tuple[Reason, ...]:
    """Why a value is not decided; empty if it is."""
    match value:
        case Missing(field, ""):
            return (because("ZS801", "lacks", field=field),)
        case Missing(field, code):
            return (because("ZS802", "lacks", field=field, word=code),)
        case NoneListed(name, own):
            return (because("ZS805", "lacks" if own else "others_lack", list=name),)
        case Undecided(reasons) | Referred(reasons):
            return reasons
        case _:
            return ()


def merged(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons without duplicates in canonical order."""
    return tuple(sorted(set(reasons), key=lambda reason: (reason.code, reason.arguments)))


def opened(values: Iterable[Value], reasons: tuple[Reason, ...]) -> Value:
    """What is open because `values` are, told for reasons of its own: referred only where all of them are."""
    return Referred(reasons) if all(type(value) is Referred for value in values) else Undecided(reasons)


def of_someone(who: str, value: Value, mine: Set[Reason] = frozenset(), own: Set[Reason] = frozenset()) -> Value:
    """An absent value of a listed record that is not one's own: what is missing is told with whose it is.

    `mine` are the reasons that the asker brings along, `own` those of the listed record where it could be either.
    """
    if not who or type(value) not in OPEN:
        return value
    reasons = reasons_of(value)
    told = [theirs(who, reason) for reason in reasons if reason not in mine or reason in own]
    return opened((value,), merged([*told, *(reason for reason in reasons if reason in mine)]))


def theirs(who: str, reason: Reason) -> Reason:
    """A reason as it is told of someone else."""
    if reason.cause != "lacks":
        return reason
    field = dict(reason.arguments).get("field")
    return Reason(reason.code, reason.arguments, "others_lack") if field is None else because(
        "ZS803", "others_lack", who=who, field=field)  # fmt: skip


# -- the table ------------------------------------------------------------------------------------------------------


def spread(values: Iterable[Value]) -> Value:
    """What comes of operands of which at least one is absent."""
    kinds: set[type] = set()
    reasons: list[Reason] = []
    for value in values:
        kinds.add(type(value))
        reasons += reasons_of(value)
    if kinds & (GONE | {Undecided}):
        return Undecided(merged(reasons))
    return Referred(merged(reasons)) if Referred in kinds else NIL


def reshaped(value: Value) -> Value:
    """An absent value under rounding, a cap or a floor: what has no records still has none, since an average must be
    rounded to be of use; anything else spreads."""
    return value if type(value) is NoneListed else spread((value,))


def truth(value: Value) -> Value:
    """What a guard comes to: True, False, or open; 无 does not hold."""
    return value if value is True or type(value) in OPEN else False


def negated(value: Value) -> Value:
    """`非`: of 无 it is 无."""
    return (not value) if type(value) is bool else spread((value,))


def all_hold(values: Sequence[Value]) -> Value:
    """`且`, `全部`: open only where that depends on the open ones."""
    return False if False in values else enough_hold(values, len(values))


def enough_hold(values: Sequence[Value], needed: int) -> Value:
    """`或`, `至少 n 项`: open only where that depends on the open ones."""
    held = values.count(True)
    if held >= needed:
        return True
    doubts = [value for value in values if type(value) in OPEN]
    return spread(doubts) if held + len(doubts) >= needed else False


def is_gone(value: Value) -> Value:
    """`缺`: yes of what is itself not there, open of what is open for other reasons."""
    if type(value) in GONE:
        return True
    return spread((value,)) if type(value) in OPEN else False


def is_coded(value: Value, code: str) -> Value:
    """`面试 = 缺考`: yes or no where the data says one of the declared words; an empty cell leaves it open."""
    if type(value) is Missing and value.code:
        return bool(value.code == code)
    return spread((value,)) if type(value) in OPEN else False


def is_nil(value: Value) -> Value:
    """`= 无`."""
    return spread((value,)) if type(value) in OPEN else type(value) is Nil


def lacking(value: Value) -> bool:
    """Whether a value is open only because data of one's own is not there: what `缺` in ranks and quotas speaks of."""
    return type(value) in OPEN and type(value) is not Referred and all(
        reason.cause == "lacks" for reason in reasons_of(value))  # fmt: skip


def excused(value: Value, missing: Lacking) -> bool:
    """Whether what a rank says of missing values lets it go on without this one."""
    return missing != "undecided" and lacking(value)


def not_given(value: Value) -> Reason | None:
    """What an example did not give and yet would have had to, if that is why a value is open."""
    return next((reason for reason in reasons_of(value) if reason.cause == "not_given"), None)


def unreached(absent: Value, name: str) -> Value:
    """A field of a record that is not there: missing where that is all, else open for the same reasons."""
    if type(absent) is Missing and not absent.field:
        return Missing(name)
    return spread((absent,)) if type(absent) in OPEN else absent
