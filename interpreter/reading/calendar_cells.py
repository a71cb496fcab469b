"""Days and periods as people write them: 2024-05-01, 2024/5/1, 2024年5月1日, 2024-05, 2024年第1季度, 2025.

Only years of four digits that stand first are read; 03/04/05 and 5/1/2024 have several readings and are set aside.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from interpreter.reading.dataset import because
from interpreter.reading.parsed import BLANKS, FOLD, Flaw, Parsed, Reader, Tidied
from policy.kinds import Grain
from policy.values import Period

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY = re.compile(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})[日号])")
_COMPACT_DAY = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
_TIME = re.compile(r"[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?")
_MONTH = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})|年([0-9]{1,2})月|([0-9]{2}))")
_QUARTER = re.compile(r"([0-9]{4})(?:[-/ ]?[Qq]([1-4])|年?第?([1-4一二三四])季度?)")
_YEAR = re.compile(r"([0-9]{4})年?")
_SEVERAL = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{2})")
_NUMBERS = frozenset(("serial", "serial1904", "number", "scientific", "long"))
_EPOCHS = {"serial": date(1899, 12, 30), "serial1904": date(1904, 1, 1)}
_SERIAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
LAST_SERIAL = 2_958_465
"""9999-12-31 as a spreadsheet counts days from the end of 1899; 1 is the first."""
_LIKELY = range(10_000, 109_575)
"""Serial numbers from 1927 to 2199: below, a number in a date column is more likely a year or a mistake."""


def calendar_reader(grain: Grain) -> Reader:
    """The reader of fields that hold days, or periods of `grain`."""
    if grain == "day":
        return _read_day

    def read(text: str, kind: str) -> Parsed:
        return _read_period(text, kind, grain)

    return read


def _read_day(text: str, kind: str) -> Parsed:
    if kind in _EPOCHS:
        day = _serial_day(text, kind)
        if day:
            return Tidied(day)
    if (kind in _EPOCHS and _beyond_calendar(text)) or (kind == "date" and _SERIAL.fullmatch(text)):
        return Flaw(because("ZS737", value=text))
    iso = _ISO.fullmatch(text)
    if iso:
        return _day(text, *iso.groups())
    plain = text.translate(FOLD)
    time = _TIME.search(plain)
    if time and time.end() == len(plain):
        plain = plain[: time.start()]
    if "年" in plain:
        plain = plain.replace(" ", "")
    found = (_DAY if kind not in _NUMBERS else _COMPACT_DAY).fullmatch(plain) or _COMPACT_DAY.fullmatch(plain)
    if found is None:
        code = "ZS720" if _SEVERAL.fullmatch(plain) else "ZS719"
        return Flaw(because(code, value=text))
    year, month, day_of_month = (part for part in found.groups() if part and part not in "-/.")
    value = _day(text, year, month, day_of_month)
    return value if isinstance(value, Flaw) else Tidied(value)


def _beyond_calendar(text: str) -> bool:
    """A number that no spreadsheet shows as a day, and that is not written as 20240501 either."""
    whole = text.partition(".")[0]
    return bool(_SERIAL.fullmatch(text)) and not _COMPACT_DAY.fullmatch(text) and not 0 < int(whole) <= LAST_SERIAL


def _serial_day(text: str, kind: str) -> date | None:
    whole = text.partition(".")[0]
    if not whole.isascii() or not whole.isdigit() or len(whole) > 6 or int(whole) not in _LIKELY:
        return None
    return _EPOCHS[kind] + timedelta(days=int(whole))


def _day(text: str, year: str, month: str, day: str) -> Parsed:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return Flaw(because("ZS721", value=text))


def _read_period(text: str, kind: str, grain: Grain) -> Parsed:
    plain = text.translate(FOLD).strip(BLANKS)
    parts: tuple[str, str] | None = None
    if kind == "date":
        if _SERIAL.fullmatch(plain):
            return Flaw(because("ZS737", value=text))
        parts = _first_of_month(plain) if grain == "month" else None
    elif kind not in _NUMBERS or grain == "year" or plain.isdigit():
        parts = _period_parts(plain, grain)
    if parts is None or not 1 <= int(parts[0]) <= 9999:
        return Flaw(because("ZS722", value=text, example=_EXAMPLES[grain]))
    if grain == "month" and not 1 <= int(parts[1]) <= 12:
        return Flaw(because("ZS721", value=text))
    period = Period(int(parts[0]), int(parts[1]), grain)
    return period if plain == _canonical(period) else Tidied(period)


_EXAMPLES = {"month": "2025-03", "quarter": "2025Q1", "year": "2025"}
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"}


def _first_of_month(text: str) -> tuple[str, str] | None:
    """A workbook keeps 2025年3月 as its first day."""
    found = _ISO.match(text)
    return (found[1], found[2]) if found and found[3] == "01" else None


def _period_parts(text: str, grain: str) -> tuple[str, str] | None:
    pattern = {"month": _MONTH, "quarter": _QUARTER, "year": _YEAR}[grain]
    found = pattern.fullmatch(text.replace(" ", ""))
    if found is None or re.fullmatch(r"[0-9]{4}\.1", text):  # 2025.10 typed as a number is shown as 2025.1
        return None
    year, *rest = (part for part in found.groups() if part)
    part = rest[0] if rest else "0"
    return year, _QUARTERS.get(part, part)


def _canonical(period: Period) -> str:
    match period.grain:
        case "month":
            return f"{period.year:04}-{period.part:02}"
        case "quarter":
            return f"{period.year:04}Q{period.part}"
        case _:
            return f"{period.year:04}"
