"""Where a line stopped making sense, and the means to try a corrected line in its place.

A line is tried with what leads to it (the header, the lines it stands under) and with the line that follows, so that a
trial costs a millisecond however long the document is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from dsl.mistakes.declared import NOTHING, Known
from dsl.syntax import parser
from dsl.syntax.parser import Refusal
from dsl.syntax.text import plain as plain_form
from policy.diagnostic import Argument

CITES = re.compile(r"(?:\s*(?:【[^】]*】|\[[^\]]*\]))+$")
"""The citations at the end of a line."""
_INDENTS = ("_INDENT", "_DEDENT", "BAD_DEDENT")


class Place(Struct, frozen=True):
    """What surrounds a line: plain text before and after, its statement's terminal, the document's language.

    `head` says that it is the first line of its statement, `block` is the statement above with its first line inside.
    """

    before: str
    after: str
    statement: str
    language: str
    head: bool
    block: str = ""
    known: Known = NOTHING

    def word(self, token: str) -> str:
        """The spelling of a keyword in the document's language."""
        return parser.lexicon().by_token[token].spelled(self.language)

    def sign(self, plain: str) -> str:
        """A sign as the document's language writes it."""
        return {":": "：", ",": "，"}.get(plain, plain) if self.language == "zh" else plain


class Spot(Struct, frozen=True):
    """The first place in a line that cannot stand: columns `at` to `end`, the same if something is missing there.

    `line` is as typed, `plain` its plain form of the same length, `kind` the terminal that stands there.
    """

    place: Place
    line: str
    plain: str
    at: int
    end: int
    kind: str
    allowed: frozenset[str]

    @property
    def word(self) -> str:
        """What stands there, as typed."""
        return self.line[self.at : self.end]

    @property
    def gap(self) -> int:
        """Where something that is missing before this place would be added: right after what stands before it."""
        return len(self.plain[: self.at].rstrip(" \t\u3000"))

    @property
    def indent(self) -> str:
        return self.line[: len(self.line) - len(self.line.lstrip(" \t\u3000"))]

    @property
    def remaining(self) -> int:
        return len(self.line) - self.at


class Edit(Struct, frozen=True):
    """Columns `start` to `end` of a line replaced by `text`."""

    start: int
    end: int
    text: str


class Slip(Struct, frozen=True):
    """A mistake recognised: its code, its columns, what the message names, and how the line would be right.

    A slip whose edits do not get the line any further is dropped, unless it is `sure`; a `whole` one must get it to its
    end.
    """

    code: str
    start: int
    end: int
    edits: tuple[Edit, ...] = ()
    arguments: Mapping[str, Argument] = {}
    sure: bool = False
    whole: bool = False


def examine(place: Place, line: str) -> Spot | None:
    """Where `line` stops making sense at its place; None if it is read to its end."""
    plain = plain_form(line)
    text = f"{place.before}{plain}\n{place.after}"
    refusal = parser.parse(text)
    if not isinstance(refusal, Refusal):
        return None
    start, end = where(refusal, len(text))
    at = max(start - len(place.before), 0)
    if at > len(plain):
        return None
    code_end = len(code(plain))
    at = min(at, code_end) if refusal.token.type == "_NL" else at
    stop = at if refusal.token.type in ("_NL", "$END", *_INDENTS) else min(max(end - len(place.before), at), len(plain))
    return Spot(place, line, plain, at, stop, refusal.token.type, refusal.allowed)


def where(refusal: Refusal, length: int) -> tuple[int, int]:
    """Start and end of what was refused; a wrong indent stands at the first word of its line."""
    token = refusal.token
    if token.type == "$END":
        return length, length
    return (token.end, token.end) if token.type in _INDENTS else (token.start, token.end)


def code(plain: str) -> str:
    """A plain line without its comment and the blanks at its end."""
    end, quoted = 0, ""
    while end < len(plain):
        sign = plain[end]
        if quoted:
            quoted = "" if sign in quoted else quoted
        elif sign == "#":
            break
        else:
            quoted = {"“": '”“"', "”": '”“"', '"': '”“"', "【": "】", "「": "」", "`": "`", "[": "]"}.get(sign, "")
        end += 1
    return plain[:end].rstrip()


def applied(line: str, edits: tuple[Edit, ...]) -> str:
    """The line with its edits."""
    for edit in sorted(edits, key=lambda e: -e.start):
        line = line[: edit.start] + edit.text + line[edit.end :]
    return line


def tried(spot: Spot, edits: tuple[Edit, ...]) -> Spot | None:
    """Where the line stops with these edits; None if it no longer does."""
    return examine(spot.place, applied(spot.line, edits))


def better(spot: Spot, after: Spot | None) -> bool:
    """Whether the line is read further than before."""
    return after is None or after.remaining < spot.remaining
