"""Lines of one text put in the place of lines of another, each remembering where its author wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct

from dsl.syntax.lexer import width
from dsl.syntax.reader_values import written_end
from dsl.syntax.tree import Token, Tree
from policy.source import Source, Span

_BLANKS = " \t\u3000"


class Written(Struct, frozen=True):
    """A line of text and where it was written: its first character in `source`, blanks apart."""

    text: str
    source: Source
    at: int


class Splice(Struct, frozen=True):
    """`lines` in the place of lines `first` to `last` (exclusive) of the base, none of it where the two are equal."""

    first: int
    last: int
    lines: tuple[Written, ...] = ()


def taken(source: Source, tree: Tree[Token], *, quoted: bool = True) -> tuple[int, int]:
    """The lines of a part of a text, from 0, the end exclusive; with the quoted lines that stand above it."""
    assert tree.start is not None
    assert tree.end is not None
    first = source.position(tree.start)[0] - 1
    last = source.position(max(tree.start, written_end(source.text, tree.start, tree.end) - 1))[0]
    lines = source.text.split("\n")
    while quoted and first and lines[first - 1].lstrip(_BLANKS)[:1] in (">", "＞"):
        first -= 1
    return first, last


def lifted(source: Source, tree: Tree[Token], indent: str, cites: Sequence[str] = ()) -> tuple[Written, ...]:
    """The lines of a part of an amendment as they stand in the whole: what changes them cut off, moved to `indent`.

    `cites` are put at the end of the first line.
    """
    assert tree.start is not None
    first, last = taken(source, tree)
    start = source.position(tree.start)[0] - 1
    starts, found = source.line_starts(), []
    margin = width(_blanks(source.line(start + 1)))
    for number in range(first, last):
        text = source.line(number + 1)
        if number == start:
            at = tree.start
            body = source.text[at : starts[number] + len(text)].rstrip()
            if cites:
                body = _cited(body, cites)
            found.append(Written(indent + body, source, at))
        elif text.strip():
            own = text.lstrip(_BLANKS)
            deeper = 0 if number < start else max(0, width(_blanks(text)) - margin)
            found.append(Written(indent + " " * deeper + own.rstrip(), source, starts[number] + len(text) - len(own)))
    return tuple(found)


def _cited(body: str, cites: Sequence[str]) -> str:
    """A line with citations at its end, before a comment."""
    text, hash_, comment = body.partition("  #")
    marks = "".join(f"【{cite}】" for cite in cites)
    return f"{text.rstrip()}  {marks}{f'  #{comment}' if hash_ else ''}"


def _blanks(line: str) -> str:
    return line[: len(line) - len(line.lstrip(_BLANKS))]


def indent_of(source: Source, tree: Tree[Token]) -> str:
    """The blanks before the line that a part of a text stands in."""
    assert tree.start is not None
    return _blanks(source.line(source.position(tree.start)[0]))


def spliced(base: Source, splices: Iterable[Splice]) -> tuple[Written, ...]:
    """All lines of the amended text; splices do not overlap. Those at one place come in the order given."""
    starts = base.line_starts()
    lines = [Written(text.rstrip("\r"), base, starts[at]) for at, text in enumerate(base.text.split("\n"))]
    made, at = [], 0
    ordered = sorted(splices, key=lambda s: (s.first, s.last))
    for first, group in groupby(ordered, key=lambda s: s.first):
        made += lines[at:first]
        at = max(at, first)
        for splice in group:
            made += splice.lines
            at = max(at, splice.last)
    return (*made, *lines[at:])


class Origins:
    """Where the lines of an amended text were written."""

    def __init__(self, source: Source, lines: Sequence[Written]) -> None:
        self.source = source
        self.lines = lines

    def span(self, span: Span) -> Span:
        """A span of the amended text where its author wrote it; one that goes over two texts ends with its line."""
        if span.source is not self.source:
            return span
        start, end = self.place(span.start), self.place(max(span.start, span.end - 1))
        if start[0] is not end[0]:
            return Span(
                start[0], start[1], len(start[0].text[: start[1]]) + len(start[0].text[start[1] :].split("\n")[0])
            )
        return Span(start[0], start[1], min(max(end[1] + (span.end > span.start), start[1]), len(start[0].text)))

    def place(self, offset: int) -> tuple[Source, int]:
        number, column = self.source.position(offset)
        line = self.lines[min(number, len(self.lines)) - 1]
        blanks = len(line.text) - len(line.text.lstrip(_BLANKS))
        written = line.source.text[line.at : line.at + 1] in tuple(_BLANKS)
        return line.source, min(line.at + max(0, column - 1 - (0 if written else blanks)), len(line.source.text))
