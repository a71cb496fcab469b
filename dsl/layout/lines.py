"""Policy text as lines of pieces: what the parser reads, and beside it all that it does not read.

The parser itself drives the lexer, so every word comes with its terminal, and with the terminals that were allowed
where it stands; the formatter needs those to tell whether a name may be written bare. What lies between two tokens is
blanks, comments and quoted source lines; each of them is kept as a remark of the line that follows, or of its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from dsl.syntax.lexer import width as indentation
from dsl.syntax.parser import Parsing, Refusal
from dsl.syntax.tree import Token


class Piece(Struct, frozen=True):
    """One token: its terminal, its plain text, and the terminals the grammar allowed where it stands."""

    terminal: str
    text: str
    allowed: Mapping[str, object]


class Remark(Struct, frozen=True):
    """A line of its own that the parser does not read: a comment, a quoted source line, or a blank (empty) line."""

    text: str
    level: int


class Segment(Struct):
    """What stands on one line of the text: remarks above it, its pieces, the comment at its end (or empty)."""

    above: list[Remark]
    pieces: list[Piece]
    comment: str = ""


class Line(Struct):
    """A line as the grammar sees it; more than one segment where a bracket is open at the end of a line.

    `level` counts indentations; `block` is the same for lines of one indented block and for no others.
    """

    level: int
    block: int
    segments: list[Segment]

    @property
    def pieces(self) -> list[Piece]:
        return [piece for segment in self.segments for piece in segment.pieces]


class Text(Struct):
    """All lines of a document, and the remarks after the last."""

    lines: list[Line]
    below: list[Remark] = field(default_factory=list)

    def remarks(self) -> Iterator[str]:
        """Every comment and quoted line in order."""
        for segment in (s for line in self.lines for s in line.segments):
            yield from (remark.text for remark in segment.above if remark.text)
            if segment.comment:
                yield segment.comment
        yield from (remark.text for remark in self.below if remark.text)


def lines_of(plain: str) -> Text | Refusal:
    """The lines of a plain text, or where it stopped being a policy."""
    parsing = Parsing(plain)
    reading = _Reading(parsing.text)
    for token in parsing.tokens():
        reading.take(token, parsing.allowed)
    result = parsing.result()
    return result if isinstance(result, Refusal) else reading.end()


class _Reading:
    """Gathers tokens to lines while the parser runs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: list[Line] = []
        self.fresh = True
        self.blocks = [0]
        self.opened = 0
        self.widths: list[int] = [0]

    def take(self, token: Token, allowed: Mapping[str, object]) -> None:
        match token.type:
            case "_NL":
                self.fresh = True
            case "_INDENT":
                self.opened += 1
                self.blocks.append(self.opened)
            case "_DEDENT":
                self.blocks.pop()
            case _:
                self.piece(token, Piece(token.type, str(token), allowed))

    def piece(self, token: Token, piece: Piece) -> None:
        gap = self.gap(token.start)
        self.at = token.end
        if self.fresh:
            above, blanks = self.parted(gap, len(self.blocks) - 1)
            self.widths[len(self.blocks) - 1 :] = [indentation(blanks)]
            self.lines.append(Line(len(self.blocks) - 1, self.blocks[-1], [Segment(above, [piece])]))
            self.fresh = False
        elif "\n" in gap:
            above, _ = self.parted(gap, 0)
            self.lines[-1].segments.append(Segment(above, [piece]))
        else:
            self.lines[-1].segments[-1].pieces.append(piece)

    def gap(self, stop: int) -> str:
        return ("" if self.lines else "\n") + self.text[self.at : stop]

    def parted(self, gap: str, level: int) -> tuple[list[Remark], str]:
        """The remarks of what stands before a line of `level`, and its leading blanks.

        What stands first belongs to the line before. Runs of blank lines become one, and none opens a document.
        """
        end, *own, blanks = gap.split("\n")
        if end.strip():
            self.lines[-1].segments[-1].comment = end.strip()
        remarks: list[Remark] = []
        for line in own:
            remark = self.remark(line, level)
            if remark.text or (remarks[-1].text if remarks else self.lines):
                remarks.append(remark)
        return remarks, blanks

    def remark(self, line: str, level: int) -> Remark:
        """A quoted line goes with what follows it; a comment that stands deeper belongs to the block that ends."""
        text = line.strip()
        if text.startswith(">"):
            return Remark(f"> {text[1:].strip()}".rstrip(), level)
        own = indentation(line[: len(line) - len(line.lstrip())])
        levels = [at for at in range(level + 1, len(self.widths)) if self.widths[at] <= own]
        return Remark(text, levels[-1] if levels else level)

    def end(self) -> Text:
        below, _ = self.parted(self.gap(len(self.text)), 0)
        while below and not below[-1].text:
            below.pop()
        return Text(self.lines, below)
