"""An explanation on the terminal: the answer first, then numbered steps as a tree with columns, one screen.

Everything from the document and the data goes into Text objects, never through markup, and control characters are
shown, not obeyed.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.text import Text

from cli.render.diagnostics import shown
from cli.render.explanation import Page, page
from cli.render.explanation_phrases import phrase
from cli.render.explanation_rows import Row, Section, cites, numeral
from interpreter.explaining.model import Explanation
from interpreter.explaining.whynot import WhyNot
from policy.source import Clause

WIDEST = 100
BREAKS = ("；;", "，、,。", " ")
"""Characters after which a line is broken, the best first."""
WORDS = 24
"""A value in words that takes no more cells does not push the column beside it."""
UNTITLED = ("ranks", "steps")
"""Sections that speak for themselves."""
STYLES = {"good": "green", "bad": "red", "open": "yellow", "quiet": "dim", "": ""}


class Branches(Struct, frozen=True):
    """The drawing of the tree."""

    fork: str
    last: str
    down: str
    rule: str


DRAWN = {False: Branches("├ ", "└ ", "│ ", "─"), True: Branches("|-", "`-", "| ", "-")}


class Layout(Struct, frozen=True):
    """How wide the columns of a section are, in cells."""

    label: int
    value: int
    decimals: int
    full: int
    width: int
    language: str
    quotes: bool
    branches: Branches

    @property
    def how(self) -> int:
        """Where the fourth column starts."""
        return self.label + self.value + self.decimals + self.full + 3


class ExplanationText(Struct, frozen=True):
    """An explanation that draws itself as wide as the console is, at most 100 cells."""

    page: Page
    quotes: bool
    ascii: bool

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        width = min(options.max_width, WIDEST)
        yield from headline(self.page, width)
        for section in self.page.sections:
            yield Text("")
            if section.code not in UNTITLED:
                yield Text(shown(section.title), "bold")
            yield from section_lines(section, self, width)
        yield from footer(self.page, width)


def render_text(
    explanation: Explanation,
    language: str,
    quotes: bool = False,
    answer: WhyNot | None = None,
    *,
    ascii: bool = False,  # noqa: A002
) -> ExplanationText:
    """An explanation, and why not another value where that was asked, as one thing that rich can print."""
    return ExplanationText(page(explanation, language, answer), quotes, ascii)


# -- head and foot ---------------------------------------------------------------------------------------------------


def headline(page: Page, width: int) -> Iterator[Text]:
    """Who, and what came out."""
    person = Text.assemble((shown(page.person), "bold"), "  ", shown(page.key))
    for other in page.others:
        person.append("  " + shown(other))
    yield beside(person, Text(shown(page.policy), "dim"), width)
    yield from result_lines(page, width)
    if page.status:
        joint = phrase("joint", page.language)
        yield from folded(Text.assemble((page.status, "bold yellow"), "  ", shown(joint.join(page.reasons))), width)


def result_lines(page: Page, width: int) -> Iterator[Text]:
    """The results side by side, on as many lines as they take."""
    line = Text()
    for at, (name, value) in enumerate(page.results):
        piece = Text.assemble((shown(name) + " ", "dim"), (shown(value), "bold green" if at == 0 else "bold"))
        if line and line.cell_len + 3 + piece.cell_len > width:
            yield line
            line = Text()
        line = Text.assemble(line, "   ", piece) if line else piece
    if line:
        yield line


def footer(page: Page, width: int) -> Iterator[Text]:
    """Accepted findings, and where the data stands."""
    if page.accepted:
        yield Text("")
        yield Text(phrase("accepted", page.language), "bold")
        for line in page.accepted:
            yield from folded(Text("  " + shown(line), "yellow"), width, 4)
    if page.source:
        yield Text("")
        yield Text.assemble((phrase("source", page.language), "dim"), "  ", shown(page.source))


def beside(left: Text, right: Text, width: int) -> Text:
    """Two texts at the two ends of a line, or one after the other where they do not fit."""
    gap = width - left.cell_len - right.cell_len
    return Text.assemble(left, " " * max(gap, 2), right, no_wrap=False)


# -- rows ------------------------------------------------------------------------------------------------------------


def section_lines(section: Section, how: ExplanationText, width: int) -> Iterator[Text]:
    layout = layout_of(section, how, width)
    for row in section.rows:
        number = numeral(row.number, how.page.language)
        yield from row_lines(row, (number, " " * cell_len(number)), layout)


def layout_of(section: Section, how: ExplanationText, width: int) -> Layout:
    """Columns wide enough for what stands in them, within reason."""
    rows = list(flat(section.rows, 0))
    lead = max(cell_len(numeral(row.number, how.page.language)) for row in section.rows)
    label = max((cell_len(shown(row.label)) + lead + 2 * depth for row, depth in rows if not row.wide), default=0) + 1
    numbers = [split(shown(row.value)) for row, _ in rows if row.numeric]
    words = [cell_len(shown(row.value)) for row, _ in rows if row.how and row.value and not row.numeric]
    value = max((len(whole) for whole, _ in numbers), default=0)
    decimals = max((cell_len(rest) for _, rest in numbers), default=0)
    full = max((cell_len(row.full) + 3 for row, _ in rows if row.full), default=0)
    text = max([*(w for w in words if w <= WORDS), 0])
    value = max(min(value, 14), text - full - min(decimals, 12))
    return Layout(min(label, width * 7 // 20), value, min(decimals, 12), full, width, how.page.language,
                  how.quotes, DRAWN[how.ascii])  # fmt: skip


def split(number: str) -> tuple[str, str]:
    """What stands before the point of a number, and the rest with its unit."""
    at = next((i for i, sign in enumerate(number) if not (sign.isdigit() or sign == "-")), len(number))
    return number[:at], number[at:]


def flat(rows: tuple[Row, ...], depth: int) -> Iterator[tuple[Row, int]]:
    for row in rows:
        yield row, depth
        yield from flat(row.rows, depth + 1)


def row_lines(row: Row, lead: tuple[str, str], layout: Layout) -> Iterator[Text]:
    """A row and those under it; `lead` is what stands before its first line, and before the lines that follow."""
    first, rest = lead
    style = "bold" if row.number or not first else STYLES[row.tone]
    line = Text.assemble((first, "blue" if not row.number else "bold"), (shown(row.label), style))
    if row.wide:
        yield from wide_lines(row, lead, layout)
    else:
        yield from columns(line, row, (rest, bool(row.rows)), layout)
    if layout.quotes and row.clause.quote:
        yield from quote_lines(row.clause, rest, layout)
    for at, inner in enumerate(row.rows):
        last = at == len(row.rows) - 1
        yield from row_lines(inner, (rest + (layout.branches.last if last else layout.branches.fork),
                                     rest + ("  " if last else layout.branches.down)), layout)  # fmt: skip


def wide_lines(row: Row, lead: tuple[str, str], layout: Layout) -> Iterator[Text]:
    """A row without columns, on as many lines as it takes."""
    for at, piece in enumerate(wrapped(shown(row.label), layout.width - cell_len(lead[0]))):
        yield Text.assemble((lead[1] if at else lead[0], "blue"), (piece, STYLES[row.tone]))


def columns(line: Text, row: Row, lead: tuple[str, bool], layout: Layout) -> Iterator[Text]:
    """Value, full mark, how and clause beside a label."""
    value = shown(row.value)
    pad(line, max(layout.label + 1, line.cell_len + 2 if value else 0))
    if row.numeric:
        line.append(" " * max(0, layout.value - len(split(value)[0])) + value, STYLES[row.tone] or "bold")
    elif value:
        line.append(value, STYLES[row.tone] or "bold")
    if row.full:
        pad(line, layout.label + 1 + layout.value + layout.decimals)
        line.append(" / " + row.full.rjust(layout.full - 3), "dim")
    cite = shown(cites(row.clause, layout.language))
    start = layout.how if line.cell_len < layout.how else line.cell_len + 2
    room = layout.width - (cell_len(cite) + 1 if cite else 0)
    pieces = wrapped(shown(row.how), max(room - start, 20))
    if pieces:
        pad(line, start)
        line.append(pieces[0], "dim" if row.tone == "quiet" else "")
    if cite:
        line.append(" " * max(1, layout.width - line.cell_len - cell_len(cite)))
        line.append(cite, "cyan")
    line.rstrip()
    yield line
    under = lead[0] + (layout.branches.down if lead[1] else "")
    for piece in pieces[1:]:
        more = Text(under, "blue")
        pad(more, start)
        yield more.append(piece, "dim" if row.tone == "quiet" else "")


def quote_lines(clause: Clause, lead: str, layout: Layout) -> Iterator[Text]:
    bar = "│ " if layout.branches is DRAWN[False] else "| "
    for line in clause.quote.splitlines():
        for piece in wrapped(shown(line), layout.width - cell_len(lead) - 4):
            yield Text.assemble((lead, "blue"), ("  " + bar, "dim"), (piece, "italic dim"))


def pad(line: Text, to: int) -> None:
    line.append(" " * max(0, to - line.cell_len))


def wrapped(text: str, room: int) -> list[str]:
    """Text in pieces of at most `room` cells, broken at blanks and signs where there are any near the end."""
    pieces = []
    while cell_len(text) > room:
        at, cells = 0, 0
        while at < len(text) and cells + cell_len(text[at]) <= room:
            cells += cell_len(text[at])
            at += 1
        best = next((found for stops in BREAKS if (found := last_of(text, stops, at)) > 0), 0)
        at = best + 1 if best else max(at, 1)
        pieces.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*pieces, text] if text else pieces


def last_of(text: str, stops: str, before: int) -> int:
    """Where the last of some characters stands in the second half of a piece."""
    return max(text.rfind(stop, before // 2, before) for stop in stops)


def folded(text: Text, width: int, indent: int = 0) -> Iterator[Text]:
    """A text on as many lines as it takes."""
    if text.cell_len <= width:
        yield text
        return
    at = 0
    for number, piece in enumerate(wrapped(text.plain, width - indent)):
        start = text.plain.index(piece, at)
        at = start + len(piece)
        part = text[start:at]
        yield Text.assemble(" " * indent, part) if number and indent else part
