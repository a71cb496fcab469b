"""Where a piece of policy text stands: the text itself, and spans that point into it."""

from __future__ import annotations

from bisect import bisect_right

from msgspec import Struct


class Source(Struct, frozen=True, eq=False):
    """One policy text as its author wrote it.

    `name` is what messages call it (a path as given), `text` the decoded characters, `encoding` what they were read
    from. Offsets count characters.
    """

    name: str
    text: str
    encoding: str = "utf-8"

    def line_starts(self) -> list[int]:
        """Offset of the first character of every line."""
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        starts = self.line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of line `number` (from 1), without its line break."""
        starts = self.line_starts()
        start = starts[number - 1]
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


class Span(Struct, frozen=True, eq=False):
    """Characters `start` to `end` (exclusive) of a source."""

    source: Source
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.source.position(self.start)[1]

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def to(self, other: Span) -> Span:
        """The span from the start of this one to the end of `other`."""
        return Span(self.source, self.start, max(self.end, other.end))


NOWHERE = Span(Source("", ""), 0, 0)
"""The span of what no author wrote, such as a value given on the command line."""


class Clause(Struct, frozen=True):
    """The place in the source document that a statement, row or line restates.

    `cites` are the citations as written (第十条), `quote` the quoted source text, empty where none is given.
    """

    cites: tuple[str, ...] = ()
    quote: str = ""

    def within(self, parent: Clause) -> Clause:
        """This clause, taking from `parent` what it does not say itself."""
        if not self.cites and not self.quote:
            return parent
        return Clause(self.cites or parent.cites, self.quote)


NO_CLAUSE = Clause()
