"""A text cut into its statements, so that a mistake in one does not hide those in the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from dsl.mistakes.spot import Place, code
from dsl.mistakes.vocabulary import SYNONYMS
from dsl.syntax import parser
from dsl.syntax.lexer import keywords_at, width

HEADERS = ("POLICY", "AMEND")
HEAD = ("VERSION", "EFFECTIVE", "SOURCE", "RESTS", "LEAPDAY", "MONTHEND", "ENDDAYS")
"""What the lines of the head start with."""
_LINE = re.compile(r"[^\n]*\n?")
_WORD = re.compile(r"[^\W\d]\w*")
_ASSIGNED = re.compile(r"[^\W\d]\w*\s*=(?!=)")
"""A value given to a name at the margin: a statement whose keyword is missing."""
_INDENT = re.compile(r"[ \t\u3000]*")


@cache
def statements() -> tuple[str, ...]:
    """The terminals that a statement may start with, in the order of the keyword table."""
    return tuple(k.token for k in parser.lexicon().keywords if k.family.split("/")[0] in ("stmt", "amend"))


@cache
def _head_words() -> tuple[str, ...]:
    """What a line of the head starts with, and what people write for it."""
    words = [k for k in parser.lexicon().keywords if k.token in HEAD]
    return tuple(dict.fromkeys(word for k in words for word in (k.zh, k.en, *SYNONYMS.get(k.token, ()))))


class Line(Struct, frozen=True):
    """One line that says something: offsets, its plain text without the line break, its indent in columns."""

    start: int
    plain: str
    columns: int


class Section(Struct, frozen=True):
    """A statement: the line at the margin and those under it."""

    lines: tuple[Line, ...]
    keyword: str

    @property
    def end(self) -> int:
        """Offset behind the last line."""
        return self.lines[-1].start + len(self.lines[-1].plain) + 1

    def mended(self, number: int, plain: str) -> Section:
        """The section with another text, perhaps of several lines, for one of its lines."""
        start = self.lines[number].start
        mended = [Line(start, line, width(_indent(line))) for line in plain.split("\n")]
        keyword = self.keyword or first_keyword(plain, statements())
        return Section((*self.lines[:number], *mended, *self.lines[number + 1 :]), keyword)

    def without(self, number: int) -> Section:
        """The section without one of its lines."""
        return Section((*self.lines[:number], *self.lines[number + 1 :]), self.keyword)


def lines(plain: str) -> list[Line]:
    """The lines that say something; blank lines, comments and quoted source lines are left out."""
    found = []
    for match in _LINE.finditer(plain):
        text = match.group().rstrip("\n")
        stripped = text.lstrip(" \t\u3000")
        if stripped.strip() and stripped[0] not in ">#":
            found.append(Line(match.start(), text, width(_indent(text))))
    return found


def _indent(text: str) -> str:
    blank = _INDENT.match(text)
    return blank.group() if blank else ""


def first_keyword(text: str, wanted: Sequence[str]) -> str:
    """The terminal of the keyword that a line starts with, if it is one of those wanted."""
    at = len(_indent(text))
    word = _WORD.match(text, at)
    if word is None:
        return ""
    return next((k.token for k, _ in keywords_at(parser.lexicon(), text, at, word.end()) if k.token in wanted), "")


def sections(plain: str) -> tuple[Section | None, list[Section]]:
    """The header, None if there is none, and the statements."""
    groups: list[list[Line]] = []
    for line in lines(plain):
        if not groups or (line.columns == 0 and not _continues(groups[-1], line)):
            groups.append([line])
        else:
            groups[-1].append(line)
    found = [Section(tuple(group), first_keyword(group[0].plain, [*HEADERS, *statements()])) for group in groups]
    if found and found[0].keyword in HEADERS:
        return found[0], found[1:]
    return None, found


def _continues(group: list[Line], line: Line) -> bool:
    """Whether a line at the margin is meant as a part of the statement above, which has no part yet."""
    if first_keyword(line.plain, [*HEADERS, *statements()]) or code(line.plain).endswith(":"):
        return False
    if first_keyword(group[0].plain, HEADERS) and line.plain.startswith(_head_words()):
        return True
    if _ASSIGNED.match(line.plain):
        return False
    return all(above.columns == 0 for above in group) and bool(
        re.search(r":\s*(?:【[^】]*】|\[[^\]]*\]|\s)*$", code(group[0].plain))
    )


def place_of(section: Section, number: int, header: str, language: str, *, whole: bool = False) -> Place:
    """The place of line `number` of a section; `whole` keeps all lines above it, not only those it stands under."""
    above = list(section.lines[:number]) if whole else leading(section, number)
    after = section.lines[number + 1].plain + "\n" if number + 1 < len(section.lines) else ""
    return Place(header + joined(above), after, section.keyword, language, number == 0)


def leading(section: Section, number: int) -> list[Line]:
    """The lines that a line stands under, and the first row where it is a row of a table."""
    line, above = section.lines[number], section.lines[:number]
    if above and line.columns == 0:
        return [above[0]]
    kept: list[Line] = list(above[-1:]) if above and above[-1].columns == line.columns else []
    columns = line.columns
    for candidate in reversed(above):
        if candidate.columns < columns:
            columns = candidate.columns
            kept.insert(0, candidate)
    rows = [a for a in above if a.columns == line.columns and a.plain.lstrip()[:1] == "|"]
    return sorted({*kept, *rows[:1], *rows[-1:]}, key=lambda above: above.start)


def joined(found: list[Line] | tuple[Line, ...]) -> str:
    return "".join(line.plain + "\n" for line in found)
