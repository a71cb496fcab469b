"""From a cell's text to a value of its field's type.

A parser is made once per field and asked once per distinct cell text. It answers with the value itself, with Tidied
(the value, and it had to be read generously: counted and said), or with a Flaw (the row is set aside). Text is the only
way in: no number has been a float before it comes here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import assert_never

from interpreter.reading.calendar_cells import calendar_reader
from interpreter.reading.dataset import Cell, because
from interpreter.reading.numbers import number_reader
from interpreter.reading.parsed import BLANKS, FOLD, Flaw, Parsed, Passed, Reader, Tidied
from interpreter.reading.scales import Scales
from policy.core import Field
from policy.identity import fault_of
from policy.types import Calendar, Choice, Kind, Nothing, Number, Reference, Text, YesNo
from policy.values import Missing

Parser = Callable[[Cell], Parsed]


_ERRORS = frozenset(("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"))
_ABSENT_TEXT = frozenset(("n/a", "-", "--", "—", "——"))
_ABSENT = _ABSENT_TEXT.union(("缺考", "缺", "空", "无", "/", "待定", "未知", "na", "null", "none", "absent", "missing"))
_MOST_GUESSES = 500
"""After so many different unknown values, finding the nearest helps nobody and takes minutes."""
_SHORTENED = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}")
"""A long number as a spreadsheet shows and exports it."""
_SHORTENED_ID = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*[eE]\+?|[eE]\+)[0-9]+")
"""The same in any spelling; no id is written so, while 1E5 may be one."""
_IDENTITY = {"length": "ZS743", "sign": "ZS744", "birth": "ZS745", "check": "ZS746"}
_YES = frozenset(("是", "yes", "true", "y", "√", "✓", "✔"))
_NO = frozenset(("否", "no", "false", "n", "×", "✗", "✘"))


def parser_for(field: Field, comma_groups: bool = True, typed: bool = False, scales: Scales | None = None) -> Parser:
    """The parser of a field's cells: absence and codes here, the value by the reader of its kind."""
    read, missing = _reader(field, comma_groups, scales), Missing(field.name)
    nothing: Parsed = missing if field.type.missing else Flaw(because("ZS702" if field.key else "ZS701"))
    codes = {folded(code): Missing(field.name, code) for code in field.type.codes}
    textual = isinstance(field.type.kind, Text | Reference)
    number_as_text = typed and isinstance(field.type.kind, Number)
    absent_words = _ABSENT_TEXT if textual else _ABSENT
    if isinstance(field.type.kind, Choice):
        absent_words = absent_words.difference(map(folded, field.type.kind.values))

    def parse(cell: Cell) -> Parsed:
        if cell is None:
            return nothing
        raw, kind = (cell, "") if isinstance(cell, str) else (cell.text, cell.kind)
        if kind in ("formula", "error", "nested"):
            return _unusable(kind, raw)
        text = raw.strip(BLANKS)
        if not text:
            return "" if kind == "empty" and isinstance(field.type.kind, Text) and not field.key else nothing
        word = folded(text)
        if codes and word in codes:
            return codes[word]
        if word.upper() in _ERRORS:
            return _unusable("error", text)
        if word in absent_words:
            return Flaw(because("ZS716", word=text))
        found = read(text, kind)
        if (len(text) != len(raw) or (number_as_text and not kind)) and type(found) not in (Flaw, Tidied):
            return Tidied(found)
        return found

    return parse


def forgiving(parse: Parser, field: Field, *, listed: bool) -> Parser:
    """The parser of a field that no rule reads: what it cannot use is missing, and sets nobody aside.

    In a row of a list (`listed`) that goes for words that stand for nothing; a cell that is damaged says that the row
    is not what it should be, and whoever it belongs to is told so.
    """
    passed = Passed(Missing(field.name))

    def parse_or_pass(cell: Cell) -> Parsed:
        found = parse(cell)
        if not isinstance(found, Flaw):
            return found
        text = "" if cell is None else _text_of(cell).strip(BLANKS)
        if listed and text and folded(text) not in _ABSENT:
            return found
        return passed if text else passed.value

    return parse_or_pass


def _text_of(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text if cell else ""


def folded(text: str) -> str:
    """A word as it is compared where spelling must not matter: one width, one case, no blanks around."""
    return unicodedata.normalize("NFKC", text).strip(BLANKS).casefold()


def _unusable(kind: str, raw: str) -> Flaw:
    match kind:
        case "formula":
            return Flaw(because("ZS725"))
        case "error":
            return Flaw(because("ZS726", error=raw))
        case _:
            return Flaw(because("ZS730"))


def _reader(field: Field, comma_groups: bool, scales: Scales | None) -> Reader:
    kind: Kind = field.type.kind
    match kind:
        case Number():
            return number_reader(field, kind, comma_groups, scales)
        case Calendar(grain=grain):
            return calendar_reader(grain)
        case Text(identity=True):
            return _read_identity
        case Text():
            return _read_id if field.key else _read_words
        case Reference():
            return _read_id
        case YesNo():
            return _read_yes_no
        case Choice():
            return _choice_reader(kind)
        case Nothing():
            return _read_words
        case _:
            assert_never(kind)


def _read_words(text: str, kind: str) -> Parsed:
    return _read_text(text, kind, _SHORTENED)


def _read_text(text: str, kind: str, shortened: re.Pattern[str]) -> Parsed:
    if kind == "long":
        return Flaw(because("ZS728", value=text))
    if kind == "date":
        return Flaw(because("ZS727", value=text))
    if kind == "scientific" or (("E" in text or "e" in text) and shortened.fullmatch(text)):
        return Flaw(because("ZS738", value=text))
    if "\0" in text:
        return Flaw(because("ZS704"))
    return text


def _read_id(text: str, kind: str) -> Parsed:
    """A key or a reference: full-width letters and digits are the same id, leading zeros are not."""
    found = _read_text(text, kind, _SHORTENED_ID)
    if not isinstance(found, str) or text.isascii():
        return found
    plain = "".join(chr(FOLD.get(ord(c), ord(c))) if "０" <= c <= "ｚ" and c.isalnum() else c for c in text)
    return text if plain == text else Tidied(plain)


def _read_identity(text: str, kind: str) -> Parsed:
    """An identity number, its last sign in capitals."""
    found = _read_id(text, kind)
    given = found.value if isinstance(found, Tidied) else found
    if not isinstance(given, str):
        return found
    number = given.replace(" ", "").upper()
    if (fault := fault_of(number)) is not None:
        return Flaw(because(_IDENTITY[fault]))
    return number if number == text else Tidied(number)


def _read_yes_no(text: str, kind: str) -> Parsed:
    word = folded(text)
    if kind == "date" or word not in _YES | _NO:
        return Flaw(because("ZS718" if word in ("0", "1") else "ZS717", value=text))
    answer = word in _YES
    return answer if kind or text.casefold() in ("是", "否", "yes", "no", "true", "false") else Tidied(answer)


def _choice_reader(choice: Choice) -> Reader:
    known = {folded(value): value for value in reversed(choice.values)}
    exactly = frozenset(choice.values)
    guesses = iter(range(_MOST_GUESSES))

    def read(text: str, kind: str) -> Parsed:
        if text in exactly:
            return text
        word = folded(text)
        if kind != "date" and word in known:
            return Tidied(known[word])
        return _unknown_choice(text, choice, guess=next(guesses, None) is not None)

    return read


def _unknown_choice(text: str, choice: Choice, guess: bool) -> Flaw:
    from difflib import get_close_matches

    near = get_close_matches(text[:50], choice.values[:500], n=1, cutoff=0.4) if guess else []
    if near:
        return Flaw(because("ZS723", value=text, nearest=near[0], name=choice.name))
    some = "、".join(choice.values[:8]) + ("…" if len(choice.values) > 8 else "")
    return Flaw(because("ZS724", value=text, values=some, name=choice.name))
