"""Numbers as people write them, read exactly: 85, ８５, 85分, 90%, 1,234, -0.5.

What is plain goes through one pattern; everything else is cut into sign, digits, decimals and what follows, and each
part is judged. Exponents, `nan`, `1_000`, `1.234,5` are not numbers here: nobody types them into a table on purpose,
and guessing would decide about people.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from interpreter.reading.dataset import because
from interpreter.reading.parsed import BLANKS, FOLD, Flaw, Parsed, Reader, Tidied
from interpreter.reading.scales import Scales
from policy.core import Field
from policy.types import Number
from policy.units import KNOWN, Exact, Unit, exact, named

LONGEST = 30
"""Digits before or after the point beyond which a number is an accident."""

_PLAIN = re.compile(r"(-?[0-9]{1,30})(?:\.([0-9]{1,30}))?")
_WITH_SIGN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?[%‰]")
"""As percentages are best written."""
_PARTS = re.compile(r"([+-]?)([0-9][0-9,]*|)(\.[0-9]+)?(.*)", re.DOTALL)
_GROUPS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_GOES_ON = re.compile(r"[0-9.,_']|[eE][+-]?[0-9]")
_SPELLINGS = frozenset(s for unit in KNOWN for s in (unit.zh, unit.en))


def number_reader(field: Field, kind: Number, comma_groups: bool, scales: Scales | None = None) -> Reader:
    """The reader of one number field: unit, decimals and range are fixed beforehand; `scales` watches percentages."""
    unit = field.unit or kind.unit
    whole = field.whole or field.places == 0
    places = 0 if whole else field.places
    factor = Fraction(unit.factor) if unit else Fraction(1)
    low, high = kind.low, kind.high

    def value_of(digits: str, decimals: str) -> Parsed:
        decimals = decimals.rstrip("0")
        if places is not None and len(decimals) > places:
            return Flaw(because("ZS715" if whole else "ZS713", given=f"{digits}.{decimals}", places=places))
        scaled = int(digits + decimals)
        value = exact(scaled * factor.numerator, 10 ** len(decimals) * factor.denominator)
        if (low is not None and value < low) or (high is not None and value > high):
            return _out_of_range(digits, decimals, (low, high), unit)
        return value

    def unsigned(digits: str, decimals: str) -> Parsed:
        return scales.read(digits, decimals, value_of) if scales else value_of(digits, decimals)

    def read(text: str, cell_kind: str) -> Parsed:
        plain = _PLAIN.fullmatch(text)
        if plain and cell_kind != "date":
            return unsigned(plain[1], plain[2] or "")
        if cell_kind in ("date", "yesno"):
            return Flaw(because("ZS727" if cell_kind == "date" else "ZS708", value=text))
        parts = _taken_apart(text, unit, comma_groups)
        if isinstance(parts, Flaw):
            return parts
        digits, decimals, with_unit = parts
        found = value_of(digits, decimals) if with_unit else unsigned(digits, decimals)
        return found if cell_kind or isinstance(found, Flaw) or _WITH_SIGN.fullmatch(text) else Tidied(found)

    return read


def _taken_apart(text: str, unit: Unit | None, comma_groups: bool) -> tuple[str, str, bool] | Flaw:
    """Signed digits, decimals and whether the unit follows, of a number not written plainly; or why it is none."""
    parts = _PARTS.fullmatch(text.translate(FOLD))
    if parts is None or not (parts[2] or parts[3]):
        return Flaw(because("ZS712" if _not_finite(text) else "ZS708", value=text))
    sign, digits, decimals, rest = parts[1], parts[2], (parts[3] or "")[1:], parts[4].strip(BLANKS)
    if _GOES_ON.match(rest):
        return Flaw(because("ZS711" if "," in digits + rest and "_" not in rest else "ZS708", value=text))
    if "," in digits:
        if not comma_groups or not _GROUPS.fullmatch(digits):
            return Flaw(because("ZS711", value=text))
        digits = digits.replace(",", "")
    if rest and not _is_unit(rest, unit):
        return _other_unit(text, rest, unit)
    if len(digits) > LONGEST or len(decimals) > LONGEST:
        return Flaw(because("ZS732", value=text[:40]))
    return (sign if sign == "-" else "") + (digits or "0"), decimals, bool(rest)


def _not_finite(text: str) -> bool:
    word = text.strip("+-").casefold()
    return word in ("nan", "inf", "infinity", "∞", ".nan", ".inf")


def _is_unit(rest: str, unit: Unit | None) -> bool:
    return unit is not None and (rest in (unit.zh, unit.en) or named(unicodedata.normalize("NFKC", rest)) == unit)


def _other_unit(text: str, rest: str, unit: Unit | None) -> Flaw:
    if not (rest.isalpha() or rest in _SPELLINGS):
        return Flaw(because("ZS708", value=text))
    if unit is None:
        return Flaw(because("ZS710", value=text, unit=rest))
    return Flaw(because("ZS709", value=text, unit=rest, known_unit=unit.zh))


def _out_of_range(digits: str, decimals: str, bounds: tuple[Exact | None, Exact | None], unit: Unit | None) -> Flaw:
    given = f"{digits}.{decimals}" if decimals else digits
    low, high = (None if bound is None else in_unit(bound, unit) for bound in bounds)
    if low is None or high is None:
        code = "ZS733" if high is None else "ZS734"
        return Flaw(because(code, given=given, bound=low if high is None else high))
    return Flaw(because("ZS714", given=given, low=low, high=high))


def in_unit(value: Exact, unit: Unit | None) -> str:
    """A canonical value as it is written in its unit."""
    told = Fraction(value) / Fraction(unit.factor if unit else 1)
    if told.denominator == 1:
        return str(told.numerator)
    places = next((places for places in range(1, 31) if 10**places % told.denominator == 0), 0)
    if not places:
        return str(told)
    before, after = divmod(abs(told.numerator) * 10**places // told.denominator, 10**places)
    return f"{'-' if told < 0 else ''}{before}.{after:0{places}}"
