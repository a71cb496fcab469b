"""The statements that can be read though others cannot, so that these are checked in the same run.

What cannot be read is blanked, every other character keeps its place; the names that it would have declared are kept
aside, so that nobody is told that they are unknown.
"""

from __future__ import annotations

import re

from msgspec import Struct

from dsl.mistakes.sections import Line, Section, joined, sections, statements
from dsl.syntax import parser
from dsl.syntax.parser import Refusal

LONGEST = 200_000
"""Characters of a text of which the rest is still looked at."""

_WORD = re.compile(r"[「`][^」`]+[」`]|[^\W\d]\w*")
_STOP = re.compile(r"[:=]")


class Remainder(Struct, frozen=True):
    """A plain text of which all can be read, and the names that the blanked statements would have declared.

    `unread` are the offsets, start and end, of what was blanked; `stops` those at which reading a statement stopped.
    """

    plain: str
    names: frozenset[str]
    unread: tuple[tuple[int, int], ...]
    stops: tuple[int, ...] = ()


def remainder(plain: str) -> Remainder | None:
    """What is left of a refused text without the statements that cannot be read; None if too little is left."""
    if len(plain) > LONGEST:
        return None
    header, found = sections(plain)
    if header is None or isinstance(parser.parse(header.lines[0].plain + "\n"), Refusal):
        return None
    prefix = header.lines[0].plain + "\n"
    stops: list[int] = []
    blanked = _unreadable_lines(header, "", stops)
    names: set[str] = set()
    for section in found:
        lines = _unreadable_lines(section, prefix, stops)
        blanked += lines
        names.update(name for line in lines for name in _declared(section, line))
    left = _blanked(plain, blanked)
    main = next((section for section in found if section.keyword == "DATA"), None)
    if main is None or main.lines[0] in blanked or isinstance(parser.parse(left), Refusal):
        return None
    return Remainder(
        left, frozenset(names), tuple((line.start, line.start + len(line.plain)) for line in blanked), tuple(stops)
    )


def without(plain: str, offset: int) -> Remainder | None:
    """What is left of a text without the statement that stands at an offset."""
    header, found = sections(plain)
    section = next((s for s in found if s.lines[0].start <= offset < s.end), None)
    if header is None or section is None:
        return None
    left = _blanked(plain, list(section.lines))
    names = frozenset(name for line in section.lines for name in _declared(section, line))
    unread = tuple((line.start, line.start + len(line.plain)) for line in section.lines)
    return None if section.keyword == "DATA" else Remainder(left, names, unread)


def _unreadable_lines(section: Section, prefix: str, stops: list[int]) -> list[Line]:
    """The lines to blank so that a statement can be read: none, of data and titles those that refuse, else all.

    Where reading stops is added to `stops`.
    """
    dropped: list[Line] = []
    rest = list(section.lines)
    while rest:
        text = prefix + joined(rest)
        refusal = parser.parse(text)
        if not isinstance(refusal, Refusal):
            return dropped
        at = _number(rest, refusal.token.start - len(prefix))
        stops.append(rest[at].start)
        if prefix and section.keyword != "DATA":
            return list(section.lines)
        if at == 0:
            return list(section.lines)
        dropped.append(rest.pop(at))
        if len(rest) == 1 and prefix:
            return list(section.lines)
    return dropped


def _number(lines: list[Line], offset: int) -> int:
    for number, line in enumerate(lines):
        offset -= len(line.plain) + 1
        if offset < 0:
            return number
    return len(lines) - 1


def _blanked(plain: str, lines: list[Line]) -> str:
    signs = list(plain)
    for line in lines:
        signs[line.start : line.start + len(line.plain)] = " " * len(line.plain)
    return "".join(signs)


def _declared(section: Section, line: Line) -> list[str]:
    """The names that a line may be meant to declare: more rather than fewer."""
    text = line.plain
    head = line is section.lines[0]
    if not head and line.columns and section.keyword not in ("DATA", "TABLE", "CHOICE", ""):
        return []
    if section.keyword != "CHOICE" and not text.lstrip().startswith("|"):
        text = _STOP.split(text, maxsplit=1)[0]
    words = [word.strip("「」`") for word in _WORD.findall(text)]
    keywords = {spelling for k in parser.lexicon().keywords if k.token in statements() for spelling in (k.zh, k.en)}
    return [word for word in words if word not in keywords]
