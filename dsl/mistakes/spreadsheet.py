"""Formulas of a spreadsheet in the words of the language: `ROUND(a*b,2)`, nested `IF`, `SUMIF`, `DATEDIF`.

A formula is read into calls and pieces of text; each function that has one counterpart is written as that, one that
has none refuses the whole. What a formula chooses between becomes cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from msgspec import Struct

from dsl.mistakes.declared import Known
from dsl.syntax import parser

Piece: TypeAlias = "Call | str"

_NAMES = """
    IF IFS SUM SUMIF SUMIFS COUNT COUNTA COUNTIF COUNTIFS AVERAGE AVERAGEIF AVERAGEIFS MAX MIN ROUND ROUNDUP ROUNDDOWN
    INT TRUNC AND OR NOT DATEDIF TODAY NOW YEAR VLOOKUP HLOOKUP XLOOKUP LOOKUP INDEX MATCH RANK MEDIAN MODE SUMPRODUCT
    IFERROR ISBLANK TRUE FALSE ABS SQRT POWER STDEV LEFT RIGHT MID LEN TEXT VALUE NETWORKDAYS
"""
FUNCTIONS = frozenset(_NAMES.split())
_OWN = ("sum", "count", "average", "not")
"""Words of the language that are functions of spreadsheets in capitals."""
"""Functions by which a formula is known for one; many of them have no counterpart."""

_CALL = re.compile(r"([A-Za-z][A-Za-z.]*)\s*\(")
_CRITERION = re.compile(r"(<>|>=|<=|≥|≤|≠|=|>|<)?\s*(.*)", re.DOTALL)
_SIGN = {"<>": "≠", ">=": "≥", "<=": "≤", "": "=", "=": "="}


class Call(Struct, frozen=True):
    """A function with its arguments, each a row of pieces."""

    function: str
    arguments: tuple[tuple[Piece, ...], ...]


class UnsaidError(Exception):
    """A formula that has no counterpart in the language; holds the function."""


class Case(Struct, frozen=True):
    """A condition, None for what holds otherwise, and its value."""

    guard: str | None
    value: str


class Speaker(Struct, frozen=True):
    """Writes formulas in a language, with the names of a document."""

    language: str
    known: Known

    # -- values ------------------------------------------------------------------------------------------------------

    def cases(self, formula: str) -> list[Case]:
        """A formula as cases from top to bottom; a single one without guard where it chooses nothing.

        Raises UnsaidError.
        """
        pieces = read(formula.strip().lstrip("=").strip())
        return list(self._cases(pieces))

    def _cases(self, pieces: tuple[Piece, ...]) -> Iterator[Case]:
        call = only(pieces)
        if call is not None and call.function == "IF" and len(call.arguments) == 3:
            guard, value, other = call.arguments
            yield Case(self.text(guard), self._plain(value))
            yield from self._cases(other)
        elif call is not None and call.function == "IFS" and len(call.arguments) % 2 == 0:
            pairs = list(zip(call.arguments[::2], call.arguments[1::2], strict=True))
            for guard, value in pairs:
                sure = self.text(guard).strip().upper() in ("TRUE", self.word("YES").upper())
                yield Case(None if sure else self.text(guard), self._plain(value))
        else:
            yield Case(None, self.text(pieces))

    def _plain(self, pieces: tuple[Piece, ...]) -> str:
        if (call := only(pieces)) is not None and call.function in ("IF", "IFS"):
            raise UnsaidError(call.function)
        return self.text(pieces)

    def text(self, pieces: tuple[Piece, ...]) -> str:
        """Pieces of a formula as an expression. Raises UnsaidError."""
        single = only(pieces)
        written = [
            self.call(p, alone=single is not None) if isinstance(p, Call) else self._operators(p) for p in pieces
        ]
        return "".join(written).strip()

    def _operators(self, text: str) -> str:
        text = re.sub(r"<>", "≠", text.replace("$", ""))
        text = re.sub(r"[“\"]([^”\"]*)[”\"]", lambda m: self._value(m.group(1)), text)
        text = re.sub(r"\bTRUE\b", self.word("YES"), text, flags=re.IGNORECASE)
        return re.sub(r"\bFALSE\b", self.word("NO"), text, flags=re.IGNORECASE)

    def _value(self, text: str) -> str:
        """A word in quotation marks: without them where it is a value of a choice."""
        if text in self.known.values or text in self.known.names:
            return text
        return f"“{text}”" if self.language == "zh" else f'"{text}"'

    # -- functions ---------------------------------------------------------------------------------------------------

    def call(self, call: Call, *, alone: bool) -> str:
        """A call as the language says it; `alone` where nothing else stands beside it."""
        writer = _WRITERS.get(call.function)
        written = writer(self, call.arguments) if writer is not None else None
        if written is None:
            raise UnsaidError(call.function)
        return written if alone or re.fullmatch(r"\w+\([^()]*\)|[\w.]+", written) else f"({written})"

    def word(self, token: str) -> str:
        return parser.lexicon().by_token[token].spelled(self.language)

    @property
    def comma(self) -> str:
        return "，" if self.language == "zh" else ", "

    def function(self, token: str, *arguments: str) -> str:
        return f"{self.word(token)}({self.comma.join(arguments)})"

    def listed(self, path: str) -> str | None:
        """`record.field` as the record has it; None where it is no field of a list."""
        record, dot, field = path.strip().partition(".")
        if not dot:
            return None
        if record not in self.known.fields and (own := self.known.record_of(field)) is not None:
            record = own
        return f"{record}.{field}"

    def where(self, pairs: tuple[tuple[Piece, ...], ...]) -> tuple[str, str] | None:
        """The record and the condition of `range, criterion, range, criterion …`."""
        tests, record = [], ""
        for at in range(0, len(pairs) - 1, 2):
            path = self.listed(self.text(pairs[at]))
            if path is None:
                return None
            record, _, field = path.partition(".")
            tests.append(f"{field} {self.criterion(pairs[at + 1])}")
        return record, f" {self.word('AND')} ".join(tests)

    def criterion(self, pieces: tuple[Piece, ...]) -> str:
        """`">=60"`, `"外训"` as a comparison."""
        typed = "".join(p if isinstance(p, str) else self.call(p, alone=True) for p in pieces).strip()
        match = _CRITERION.fullmatch(typed.strip('“”"'))
        assert match is not None
        sign, value = match.group(1) or "", match.group(2).strip()
        bare = value in self.known.values or value in self.known.names or re.fullmatch(r"-?[\d.]+\s*%?", value)
        return f"{_SIGN.get(sign, sign)} {value if bare else self._value(value)}"

    def rounded(self, arguments: tuple[tuple[Piece, ...], ...], token: str) -> str | None:
        value = self.text(arguments[0])
        digits = self.text(arguments[1]) if len(arguments) > 1 else "0"
        if not re.fullmatch(r"-?\d", digits):
            return None
        places = int(digits)
        if places > 0:
            step = f"{places} 位小数" if self.language == "zh" else f"{places} decimal{'s' if places > 1 else ''}"
        else:
            step = str(10**-places)
        return f"{value} {self.word(token)} {step}"

    def folded(self, token: str, arguments: tuple[tuple[Piece, ...], ...]) -> str | None:
        """A fold over one list."""
        path = self.listed(self.text(arguments[0]))
        return f"{self.word(token)}({path})" if path is not None else None

    def folded_where(
        self, token: str, of: tuple[Piece, ...] | None, pairs: tuple[tuple[Piece, ...], ...]
    ) -> str | None:
        """A fold over those of a list that meet criteria; without `of`, how many they are."""
        found = self.where(pairs)
        if found is None:
            return None
        record, tests = found
        item = record if of is None else self.listed(self.text(of))
        return f"{self.word(token)}({item} {self.word('WHERE')} {tests})" if item is not None else None


def only(pieces: tuple[Piece, ...]) -> Call | None:
    """The call that some pieces are, if they are nothing else."""
    kept = [p for p in pieces if not isinstance(p, str) or p.strip()]
    return kept[0] if len(kept) == 1 and isinstance(kept[0], Call) else None


def read(text: str) -> tuple[Piece, ...]:
    """Pieces of a formula: calls of functions that spreadsheets have, and the text between them."""
    pieces: list[Piece] = []
    at = 0
    for found in _CALL.finditer(text):
        own = found.group(1).islower() and found.group(1) in _OWN
        if found.start() < at or own or found.group(1).upper() not in FUNCTIONS:
            continue
        inside = enclosed(text, found.end())
        if inside is None:
            continue
        end, parts = inside
        pieces += [text[at : found.start()], Call(found.group(1).upper(), tuple(read(part) for part in parts))]
        at = end + 1
    return (*pieces, text[at:])


def enclosed(text: str, at: int) -> tuple[int, list[str]] | None:
    """Where the bracket that was opened before `at` closes, and what stands between the commas of its own level."""
    depth, quoted, start = 0, False, at
    parts: list[str] = []
    for place in range(at, len(text)):
        sign = text[place]
        if sign in '“”"':
            quoted = not quoted
        if quoted:
            continue
        if sign == "(":
            depth += 1
        elif sign == ")":
            if not depth:
                last = text[start:place].strip()
                return place, [*parts, last] if last or parts else []
            depth -= 1
        elif sign in ",;" and not depth:
            parts.append(text[start:place].strip())
            start = place + 1
    return None


Arguments: TypeAlias = "tuple[tuple[Piece, ...], ...]"


def _joined(token: str) -> Callable[[Speaker, Arguments], str | None]:
    return lambda s, a: f" {s.word(token)} ".join(s.text(part) for part in a)


def _extreme(fold: str, pair: str) -> Callable[[Speaker, Arguments], str | None]:
    return lambda s, a: s.folded(fold, a) if len(a) == 1 else s.function(pair, *(s.text(part) for part in a))


def _sum(s: Speaker, a: Arguments) -> str | None:
    return s.folded("SUM", a) if len(a) == 1 else " + ".join(s.text(part) for part in a)


def _span(s: Speaker, a: Arguments) -> str | None:
    unit = s.text(a[2]).strip('“”"').upper() if len(a) == 3 else ""
    token = {"Y": "FULLYEARS", "M": "FULLMONTHS", "D": "DAYS"}.get(unit)
    return s.function(token, s.text(a[0]), s.text(a[1])) if token is not None else None


_WRITERS: dict[str, Callable[[Speaker, Arguments], str | None]] = {
    "ROUND": lambda s, a: s.rounded(a, "HALFUP"),
    "ROUNDUP": lambda s, a: s.rounded(a, "UP"),
    "ROUNDDOWN": lambda s, a: s.rounded(a, "DOWN"),
    "INT": lambda s, a: s.rounded(a[:1], "DOWN"),
    "TRUNC": lambda s, a: s.rounded(a, "DOWN"),
    "SUM": _sum,
    "SUMIF": lambda s, a: s.folded_where("SUM", a[2] if len(a) > 2 else a[0], a[:2]),
    "SUMIFS": lambda s, a: s.folded_where("SUM", a[0], a[1:]),
    "COUNT": lambda s, a: _counted(s, a),
    "COUNTA": lambda s, a: _counted(s, a),
    "COUNTIF": lambda s, a: s.folded_where("COUNT", None, a),
    "COUNTIFS": lambda s, a: s.folded_where("COUNT", None, a),
    "AVERAGE": lambda s, a: s.folded("AVG", a) if len(a) == 1 else None,
    "AVERAGEIF": lambda s, a: s.folded_where("AVG", a[2] if len(a) > 2 else a[0], a[:2]),
    "AVERAGEIFS": lambda s, a: s.folded_where("AVG", a[0], a[1:]),
    "MAX": _extreme("MAX", "LARGER"),
    "MIN": _extreme("MIN", "SMALLER"),
    "AND": _joined("AND"),
    "OR": _joined("OR"),
    "NOT": lambda s, a: f"{s.word('NOT')} {_bracketed(s.text(a[0]))}" if a else None,
    "DATEDIF": _span,
    "TODAY": lambda s, a: s.word("ASOF"),
    "NOW": lambda s, a: s.word("ASOF"),
    "YEAR": lambda s, a: s.function("YEAROF", s.text(a[0])) if a else None,
    "ISBLANK": lambda s, a: f"{s.text(a[0])} {s.word('MISSING')}" if a else None,
    "TRUE": lambda s, a: s.word("YES"),
    "FALSE": lambda s, a: s.word("NO"),
}


def _counted(s: Speaker, a: Arguments) -> str | None:
    path = s.listed(s.text(a[0])) if len(a) == 1 else None
    return f"{s.word('COUNT')}({path.partition('.')[0]})" if path is not None else None


def _bracketed(text: str) -> str:
    return text if re.fullmatch(r"\w+", text) else f"({text})"
