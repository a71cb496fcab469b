"""Diagnostics as pictures: place, message, the line as typed with a mark under it, advice, a corrected line to copy.

Everything that comes from a document or a data file is shown literally: it goes into Text objects, never through
markup, and control characters appear as `\\x1b`, not as what they would do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions
from rich.text import Text

from policy import catalogue
from policy.catalogue.labels import LABELS
from policy.diagnostic import Diagnostic, Label, Severity
from policy.source import Source, Span

TAB = 4
WIDEST = 120
"""Cells that a source line may take in plain text; of a longer one, the part around the mark is shown."""

_STYLES = {Severity.ERROR: "bold red", Severity.FINDING: "bold yellow", Severity.NOTE: "bold cyan"}
_WEIGHTS = {
    "zh": {Severity.ERROR: "错误", Severity.FINDING: "发现", Severity.NOTE: "提示"},
    "en": {Severity.ERROR: "error", Severity.FINDING: "finding", Severity.NOTE: "note"},
}
_WORDS = {
    "zh": ("{weight} {code}：{message}", "帮助：", "可改为：", "已认可“{name}”，因为：{reason}"),
    "en": ("{weight} {code}: {message}", "help: ", "write instead:", 'accepted "{name}" because: {reason}'),
}


class Signs(Struct, frozen=True):
    """The drawing signs: beside the line, under the span, under a second place."""

    bar: str
    mark: str
    second: str


_DRAWN = {False: Signs("│", "^", "-"), True: Signs("|", "^", "-")}


class Frame(Struct, frozen=True):
    """What surrounds a source line: the signs, the columns for line numbers, the cells left for the line."""

    signs: Signs
    gutter: int
    widest: int

    def blank(self) -> tuple[str, str]:
        return " " * self.gutter + self.signs.bar + " ", "blue"


class Mark(Struct, frozen=True):
    """One underline: what it marks, whether it is the main one, and what is said there."""

    span: Span
    main: bool
    text: str


class Pictures(Struct, frozen=True):
    """Diagnostics that draw themselves as wide as the console is."""

    diagnostics: tuple[Diagnostic, ...]
    language: str
    ascii: bool

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        for number, diagnostic in enumerate(self.diagnostics):
            if number:
                yield Text("")
            yield from picture(diagnostic, self.language, _DRAWN[self.ascii], options.max_width)


def render(diagnostics: Iterable[Diagnostic], language: str, *, ascii: bool = False) -> Pictures:  # noqa: A002
    """All diagnostics, a blank line between two, as one thing that rich can print."""
    return Pictures(tuple(diagnostics), language, ascii)


def plain_text(diagnostics: Iterable[Diagnostic], language: str, *, ascii: bool = False) -> str:  # noqa: A002
    """The same as text without colours, each line ended."""
    lines: list[str] = []
    for number, diagnostic in enumerate(diagnostics):
        lines += [""] if number else []
        lines += [text.plain.rstrip() for text in picture(diagnostic, language, _DRAWN[ascii], WIDEST)]
    return "".join(line + "\n" for line in lines)


def picture(diagnostic: Diagnostic, language: str, signs: Signs, widest: int) -> list[Text]:
    """One diagnostic as lines; no source line takes more than `widest` cells."""
    lines = [_headline(diagnostic, language)]
    gutter = _gutter(diagnostic)
    frame = Frame(signs, gutter, max(widest - gutter - 2, 20))
    lines += _snippets(diagnostic, language, frame)
    lines += _advice(diagnostic, language, gutter)
    if diagnostic.accepted is not None:
        for line in lines:
            line.stylize("dim")
    return lines


def _headline(diagnostic: Diagnostic, language: str) -> Text:
    shape = _WORDS[language][0]
    before, _, after = shape.partition("{code}")
    line = Text(no_wrap=False, overflow="fold")
    if place := _place(diagnostic.span):
        line.append(place + "  ", "bold")
    line.append(before.format(weight=_WEIGHTS[language][diagnostic.severity]), _STYLES[diagnostic.severity])
    line.append(diagnostic.code, _STYLES[diagnostic.severity])
    if diagnostic.severity is Severity.FINDING:
        line.append(_named(diagnostic.code, language), _STYLES[diagnostic.severity])
    said = catalogue.message(diagnostic.code, diagnostic.arguments, language)
    line.append(after.replace("{message}", ""), _STYLES[diagnostic.severity])
    line.append(shown(said))
    return line


def _named(code: str, language: str) -> str:
    """The name that an author accepts a finding by."""
    entry = catalogue.entry(code)
    return f" “{entry.name_zh}”" if language == "zh" else f' "{entry.name_en}"'


def _place(span: Span) -> str:
    if not span.source.name:
        return ""
    if not span.source.text:
        return shown(span.source.name)
    return f"{shown(span.source.name)}:{span.line}:{span.column}"


def _gutter(diagnostic: Diagnostic) -> int:
    """Columns that line numbers take."""
    spans = [diagnostic.span, *(label.span for label in diagnostic.labels)]
    return max(len(str(span.line)) for span in spans) + 2


def _snippets(diagnostic: Diagnostic, language: str, frame: Frame) -> Iterator[Text]:
    """The marked lines, those of the main source first, each source in the order of its lines."""
    marks = [Mark(diagnostic.span, True, "")]
    marks += [Mark(label.span, False, phrase(label, language)) for label in diagnostic.labels]
    sources: list[Source] = []
    by_line: dict[tuple[int, int], list[Mark]] = {}
    for mark in (m for m in marks if m.span.source.text):
        if mark.span.source not in sources:
            sources.append(mark.span.source)
        by_line.setdefault((sources.index(mark.span.source), mark.span.line), []).append(mark)
    before = 0
    for source, number in sorted(by_line):
        if source != before:
            yield Text.assemble(frame.blank(), (shown(sources[source].name), "dim"))
        before = source
        yield from _line(by_line[source, number], number, frame)


def _line(marks: list[Mark], number: int, frame: Frame) -> Iterator[Text]:
    """One source line and an underline for each mark."""
    line = marks[0].span.source.line(number)
    first, last = _window(line, marks[0].span.column - 1, frame.widest)
    body = ("…" if first else "") + drawn(line[first:last]) + ("…" if last < len(line) else "")
    yield Text.assemble((f"{number:>{frame.gutter - 1}} {frame.signs.bar} ", "blue"), body, overflow="fold")
    for mark in sorted(marks, key=lambda m: (not m.main, m.span.start)):
        if first <= mark.span.column - 1 <= last:
            yield _underline(mark, line, (first, last), frame)


def _underline(mark: Mark, line: str, window: tuple[int, int], frame: Frame) -> Text:
    first, last = window
    start = mark.span.column - 1
    end = min(start + mark.span.end - mark.span.start, last)
    left = cell_len(drawn(line[first:start])) + (1 if first else 0)
    wide = max(cell_len(drawn(line[start:end], left)), 1)
    sign, style = (frame.signs.mark, "bold red") if mark.main else (frame.signs.second, "bold cyan")
    said = " " + shown(mark.text) if mark.text else ""
    return Text.assemble(frame.blank(), " " * left, (sign * wide, style), (said, "cyan"), overflow="fold")


def _window(line: str, at: int, widest: int) -> tuple[int, int]:
    """Which characters of a line to show: all, or those around `at` that fit."""
    if len(line) <= widest and cell_len(drawn(line)) <= widest:
        return 0, len(line)
    first = last = min(at, len(line))
    room = widest - 2
    while first > 0 and cell_len(drawn(line[first - 1 : last])) <= room // 3:
        first -= 1
    while last < len(line) and cell_len(drawn(line[first : last + 1])) <= room:
        last += 1
    return first, last


def _advice(diagnostic: Diagnostic, language: str, gutter: int) -> Iterator[Text]:
    """Help, the corrected line, and by whom a finding was accepted."""
    _, helps, instead, accepted = _WORDS[language]
    blank = " " * gutter
    if said := catalogue.advice(diagnostic.code, diagnostic.arguments, language):
        yield Text.assemble(blank, (helps, "bold green"), shown(said), overflow="fold")
    if diagnostic.fix is not None:
        yield Text.assemble(blank, (instead, "bold green"))
        for line in diagnostic.fix.text.split("\n"):
            yield Text(blank + "  " + drawn(line), "green", overflow="fold")
    if diagnostic.accepted is not None:
        line = accepted.format(name=shown(diagnostic.accepted.name), reason=shown(diagnostic.accepted.reason))
        yield Text(blank + line, overflow="fold")


def phrase(label: Label, language: str) -> str:
    """What a label says in a language; a key that nobody registered stands for itself."""
    zh, en = LABELS.get(label.text, (label.text, label.text))
    return catalogue.fill(zh if language == "zh" else en, label.arguments, language)


_ESCAPED = {n: f"\\x{n:02x}" for n in (*range(32), *range(127, 160))} | {
    n: f"<U+{n:04X}>"
    for span in (range(0x200B, 0x2010), range(0x2028, 0x202F), range(0x2060, 0x206A), (0xFEFF, 0xFFFE, 0xFFFF))
    for n in span
}


def shown(text: str) -> str:
    """Text with what a terminal would obey, or hide, made visible."""
    return text.translate(_ESCAPED) if not text.isprintable() else text


def drawn(line: str, at: int = 0) -> str:
    """A source line as shown: tabs as blanks up to the next stop (counted from cell `at`), the rest as `shown`."""
    if "\t" not in line:
        return shown(line)
    cells, parts = at, []
    for piece in line.split("\t"):
        parts.append(shown(piece))
        cells += cell_len(parts[-1])
        blanks = TAB - cells % TAB
        parts.append(" " * blanks)
        cells += blanks
    return "".join(parts[:-1])
