"""The cells of a workbook as texts: what Excel would show at full precision, with what only the format tells.

Excel keeps numbers as doubles and shows 15 significant digits; so 59.900000000000006 is 59.9 here too. A percent format
makes 0.955 into 95.5%, a format of zeros makes 1 into 0001, a date format makes 45413 into 2024-05-01.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.cell.text import Text
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, from_excel
from openpyxl.xml.constants import SHEET_MAIN_NS

from interpreter.reading.calendar_cells import LAST_SERIAL
from interpreter.reading.dataset import Cell, Typed

_VALUE, _FORMULA, _INLINE, _TEXT = (f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("v", "f", "is", "t"))
_SHORT = re.compile(r"-?[0-9]{1,15}")
_WHOLE = re.compile(r"-?[0-9]{16,30}")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
DAYS_1900_TO_1904 = 1_462
_EAST_ASIAN_DATES = frozenset((*range(27, 37), *range(50, 59)))
"""Built-in formats that are dates in Chinese, Japanese and Korean Excel, and unknown to others."""


class CellReader:
    """Reads cells of one workbook: its strings, formats and epoch."""

    def __init__(self, book: Any) -> None:
        sheet = book.worksheets[0] if book.worksheets else None
        self._strings: list[str] = getattr(sheet, "_shared_strings", [])
        self._epoch = book.epoch
        self._serial = "serial1904" if book.epoch == MAC_EPOCH else "serial"
        self._styles = book._cell_styles
        self._formats = book._number_formats
        self._shapes: dict[str, str] = {}

    def read(self, element: Element) -> Cell:
        """The cell of a <c> element."""
        kind = element.get("t", "n")
        if kind == "inlineStr":
            inline = element.find(_INLINE)
            return inline_text(inline) if inline is not None else None
        value = element.findtext(_VALUE)
        if not value:
            return Typed("formula", "") if kind != "str" and element.find(_FORMULA) is not None else None
        match kind:
            case "s":
                return self._strings[int(value)]
            case "n":
                return self._number(value, element.get("s", "0"))
            case "b":
                return Typed("yesno", "TRUE" if value == "1" else "FALSE")
            case "e":
                return Typed("error", value)
            case "d":
                return Typed("date", value.removesuffix("T00:00:00"))
            case _:
                return value

    def _number(self, value: str, style: str) -> Cell:
        shape = self._shapes.get(style)
        if shape is None:
            shape = self._shapes[style] = self._shape(int(style))
        if shape == "date":
            return self._date(value)
        text = value if _SHORT.fullmatch(value) or _WHOLE.fullmatch(value) else fifteen_digits(value)
        if text is None:
            return Typed("error", value)
        if shape == "percent":
            return Typed("number", f"{Decimal(text).scaleb(2).normalize():f}%")
        if shape.startswith("0") and text.isdigit():
            return Typed(self._serial, text.zfill(len(shape)))
        lossy = text is not value and len(text.lstrip("-")) > 15 and "." not in text
        return Typed("long" if lossy else self._serial, text)

    def _shape(self, style: int) -> str:
        """What a style's number format makes of a number: date, percent, zeros of a fixed width, or nothing."""
        number = self._styles[style].numFmtId
        if number in _EAST_ASIAN_DATES:
            return "date"
        custom = number >= BUILTIN_FORMATS_MAX_SIZE
        code = self._formats[number - BUILTIN_FORMATS_MAX_SIZE] if custom else BUILTIN_FORMATS.get(number, "General")
        if is_date_format(code):
            return "" if is_timedelta_format(code) else "date"
        bare = _QUOTED.sub("", code)
        if "%" in bare:
            return "percent"
        return bare if re.fullmatch(r"0{2,30}", bare) else ""

    def _date(self, value: str) -> Cell:
        """The day and time of a serial number; one that is no day in any spreadsheet stays the number it is."""
        text = fifteen_digits(value)
        if text is None:
            return Typed("error", value)
        serial = Fraction(text)
        first, last = (0, LAST_SERIAL - DAYS_1900_TO_1904) if self._serial == "serial1904" else (1, LAST_SERIAL)
        if not first <= serial < last + 1 or (first and 60 <= serial < 61):
            return Typed("date", text)
        found: Any = from_excel(float(text), self._epoch)
        return Typed("date", found.isoformat(" ", "seconds").removesuffix(" 00:00:00"))


def inline_text(element: Any) -> str:
    """The text of a cell that keeps it itself, plain or in several fonts."""
    if len(element) == 1 and element[0].tag == _TEXT:
        return element[0].text or ""
    text = Text.from_tree(element)
    return str(text.content) if text else ""


def fifteen_digits(value: str) -> str | None:
    """A stored double as Excel shows it at full precision, never with an exponent; None if it is no finite number."""
    try:
        number = float(value)
    except ValueError:
        return None
    if number != number or number in (float("inf"), float("-inf")):
        return None
    return plain_digits(f"{number:.15g}")


def plain_digits(text: str) -> str:
    """A finite decimal number without exponent."""
    return f"{Decimal(text):f}" if "e" in text or "E" in text else text
