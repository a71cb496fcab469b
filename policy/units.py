"""Units of numbers: what may be added to what, and how a canonical value is shown.

Every number is kept in the canonical unit of its family (money in yuan, spans of time in months, days or minutes,
percentages as ratios); a unit says by which factor to divide to show it.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from msgspec import Struct, structs

Exact = int | Fraction
"""An exact number. Integers stay integers, being several times faster; `/` is never applied to two of them."""


class Unit(Struct, frozen=True):
    """A unit of measure: `factor` canonical units of its `family`, spelled `zh` and `en`.

    `mixed` names the units that went into a value, where they were several: it is shown in the canonical one, and no
    number without a unit may stand beside it.
    """

    family: str
    factor: Exact
    zh: str
    en: str
    mixed: tuple[Unit, ...] = ()

    def spelled(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


POINTS = Unit("points", 1, "分", "points")
YUAN = Unit("money", 1, "元", "yuan")
MINUTES = Unit("minutes", 1, "分钟", "minutes")
RATIO = Unit("ratio", Fraction(1, 100), "%", "%")
PLACES = Unit("places", 1, "名", "places")
GRADES = Unit("grades", 1, "档", "grades")
DAYS = Unit("days", 1, "天", "days")
MONTHS = Unit("months", 1, "个月", "months")
YEARS = Unit("months", 12, "年", "years")

KNOWN: tuple[Unit, ...] = (
    POINTS,
    YUAN,
    Unit("money", 10_000, "万元", "wan_yuan"),
    Unit("money", 100_000_000, "亿元", "yi_yuan"),
    YEARS,
    Unit("months", 12, "岁", "years_old"),
    MONTHS,
    Unit("months", 3, "个季度", "quarters"),
    Unit("days", 7, "周", "weeks"),
    DAYS,
    Unit("minutes", 60, "小时", "hours"),
    MINUTES,
    PLACES,
    GRADES,
    RATIO,
    Unit("ratio", Fraction(1, 1000), "‰", "‰"),
)

SINGULAR = {
    "point": "points",
    "year": "years",
    "year_old": "years_old",
    "month": "months",
    "quarter": "quarters",
    "week": "weeks",
    "day": "days",
    "hour": "hours",
    "minute": "minutes",
    "place": "places",
    "grade": "grades",
}

UNCHANGED = ("series", "species", "yuan")
MANY = 3
"""Letters that a plural has at least."""

_PLURAL_OF = {plural: singular for singular, plural in SINGULAR.items()}


def singular(word: str) -> str:
    """What one of something is called in English: `year`, and of a label an author made `room`; money stays."""
    if word in _PLURAL_OF:
        return _PLURAL_OF[word]
    if not word.isascii() or word in UNCHANGED or word.endswith(("ss", "us", "is")) or len(word) < MANY:
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word.removesuffix("s")


CANONICAL = {unit.family: unit for unit in (POINTS, YUAN, MONTHS, DAYS, MINUTES, PLACES, GRADES, RATIO)}
"""The unit in which the values of a family are kept, or shown where several were mixed."""

_BY_SPELLING = {spelling: unit for unit in KNOWN for spelling in (unit.zh, unit.en)}


def named(spelling: str) -> Unit:
    """The unit an author means by `spelling`; any word that is no known unit is the label of a count."""
    spelling = SINGULAR.get(spelling, spelling)
    return _BY_SPELLING.get(spelling) or Unit(f"count:{spelling}", 1, spelling, spelling)


def settled(unit: Unit | None) -> Unit | None:
    """A unit as one that the author has named."""
    return structs.replace(unit, mixed=()) if unit is not None and unit.mixed else unit


def mingled(units: Iterable[Unit]) -> Unit:
    """The unit of what comes of values in several units of one family, whatever their order.

    Where they differ in size it is the canonical unit of the family, which remembers them.
    """
    parts = {part for unit in units for part in (unit.mixed or (unit,))}
    ordered = tuple(sorted(parts, key=lambda part: (part.factor, part.zh)))
    if len({part.factor for part in parts}) == 1:
        return ordered[0]
    return structs.replace(CANONICAL[ordered[0].family], mixed=ordered)


def is_count(unit: Unit) -> bool:
    return unit.family.startswith("count:") or unit.family in ("places", "grades")


def exact(numerator: int, denominator: int) -> Exact:
    """The exact ratio of two integers, an integer where it is one."""
    value = Fraction(numerator, denominator)
    return value.numerator if value.denominator == 1 else value


def divide(left: Exact, right: Exact) -> Exact:
    """`left ÷ right`, exactly; the only division there is."""
    value = Fraction(left) / Fraction(right)
    return value.numerator if value.denominator == 1 else value


def size(value: Exact) -> Exact:
    """The distance of a value from zero."""
    return value if value >= 0 else -value


def step_of(value: Exact) -> Exact:
    """The grid that a single value lies on: its own size, 1 for zero."""
    return size(value) if value else 1


def whole(value: Exact) -> Exact:
    """`value` as an integer where it is one."""
    return value.numerator if value.denominator == 1 else value
