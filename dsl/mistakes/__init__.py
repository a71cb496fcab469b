"""Syntax errors told in the author's words: what stands there, what should, and a corrected line to copy.

In: a text that the parser refused, and where it stopped.
Out: diagnostics of every statement that has mistakes, each with a corrected line that parses, where one is found.
sections cuts the text into statements, spot is a place and the means to try a line there; lines, tables, signs, words
know the mistakes of their kind, fallback says what could stand where none of them knows; diagnose picks the best.
Never here: what a text means. Nothing of this is loaded for a text that parses.
"""

from __future__ import annotations

import re

from msgspec import structs

from dsl.mistakes import forms, programs
from dsl.mistakes.diagnose import corrected, diagnose
from dsl.mistakes.fallback import GUESSED
from dsl.mistakes.known import known_of
from dsl.mistakes.sections import Section, first_keyword, joined, place_of, sections
from dsl.mistakes.spot import Place, Slip, Spot, code, examine, where
from dsl.mistakes.tables import DELETED
from dsl.syntax import parser
from dsl.syntax.parser import Refusal
from dsl.syntax.text import plain as plain_form
from policy.diagnostic import Argument, Diagnostic, Fix, Severity
from policy.source import Source, Span

MOST = 20
_ROUNDS = 8
"""Mistakes told in one run; whoever has more mends these first."""

_LONGEST, _LONGEST_LINE = 20_000, 2_000
"""Characters of a statement, and of a line, in which corrections are tried; beyond it only the place is told."""


def explain(refusal: Refusal, source: Source, plain: str) -> list[Diagnostic]:
    """The mistakes of every statement of a text that was refused, at most twenty; at least one."""
    header, found = sections(plain)
    if header is None and not found:
        return [_diagnostic("ZS114", source, 0, 0)]
    language = language_of(plain)
    start, end = where(refusal, len(source.text))
    said = _header(header, found, source, language)
    if header is None and not found[0].keyword:
        found = found[1:]
    prefix = _prefix(header, language)
    previous: Section | None = None
    for section in found:
        if len(said) < MOST and section.end >= start:
            said += _mistakes(section, previous, prefix, source, language)
        previous = section
    return said[:MOST] or [_diagnostic("ZS199", source, start, end)]


def language_of(plain: str) -> str:
    """The language of a document: that in which more of its lines start with a keyword, else that of its letters."""
    keywords = parser.lexicon().keywords
    english = {keyword.en.split()[0] for keyword in keywords}
    starts = re.findall(r"^[ \t\u3000]*([^\W\d]+)", plain, re.MULTILINE)
    latin = sum(word.lower() in english for word in starts)
    chinese = sum(any(word.startswith(keyword.zh) for keyword in keywords) for word in starts)
    if latin == chinese:
        latin, chinese = len(re.findall(r"[A-Za-z]+", plain)), len(re.findall("[\u4e00-\u9fff]", plain))
    return "en" if latin > chinese else "zh"


def _prefix(header: Section | None, language: str) -> str:
    """A header under which a statement can be parsed alone."""
    word = parser.lexicon().by_token[header.keyword if header else "POLICY"].spelled(language)
    return f"{word} “x”\n"


def _header(header: Section | None, found: list[Section], source: Source, language: str) -> list[Diagnostic]:
    """What is wrong at the start of the document."""
    if header is not None:
        return _mistakes(header, None, "", source, language)
    first = found[0]
    if all(section.keyword == "EXAMPLE" for section in found):
        return []
    if not first.keyword and len(first.lines[0].plain) <= _LONGEST_LINE:
        place = Place("", "", "POLICY", language, True)
        spot = examine(place, _typed(source, first, 0))
        if spot is not None and (slip := diagnose(spot)).code in ("ZS127", "ZS130", "ZS131", "ZS132", "ZS133", "ZS134"):
            return [_told(spot, slip, source, first.lines[0].start)]
    line = first.lines[0]
    title = forms.title(language)
    span = Span(source, line.start, line.start + len(code(line.plain)))
    return [
        Diagnostic(
            "ZS126",
            Severity.ERROR,
            span,
            fix=Fix(span.line, span.line, f"{title}\n{_typed(source, first, 0).rstrip()}"),
        )
    ]


def _mistakes(
    section: Section, previous: Section | None, prefix: str, source: Source, language: str
) -> list[Diagnostic]:
    """The mistakes of a statement, each kind once: after one is found, its correction stands in its place."""
    for recognised in (_assigned, _changed):
        if (assigned := recognised(section, prefix, source, language)) is not None:
            return [assigned]
    said: list[Diagnostic] = []
    rounds = MOST if section.end - section.lines[0].start <= _LONGEST else 1
    for _ in range(rounds):
        text = prefix + joined(section.lines)
        refusal = parser.parse(text)
        if not isinstance(refusal, Refusal):
            break
        number = _line_number(section, where(refusal, len(text))[0] - len(prefix))
        if refusal.token.type == "$END":
            return [*said, _unfinished(section, source, language)]
        spot = _spot(section, number, previous, prefix, source, language)
        if spot is None:
            return [*said, _unexplained(section, number, refusal, prefix, source)]
        told = _told(spot, diagnose(spot), source, section.lines[number].start)
        if all((told.code, told.span.start) != (other.code, other.span.start) for other in said):
            said.append(told)
        if told.code == DELETED and number:
            section = section.without(number)
            continue
        if told.fix is None or told.code in GUESSED:
            break
        section = section.mended(number, plain_form(told.fix.text))
    return said


def _assigned(section: Section, prefix: str, source: Source, language: str) -> Diagnostic | None:
    """What is wrong with a name that is given a value without a keyword before it; None where it is something else."""
    if section.keyword or section.end - section.lines[0].start > _LONGEST:
        return None
    typed = [_typed(source, section, number) for number in range(len(section.lines))]
    text = programs.as_definition(section, typed, language)
    if text is None:
        return None
    start, end = section.lines[0].start, section.lines[0].start + len(code(section.lines[0].plain))
    first, last = (source.position(line.start)[0] for line in (section.lines[0], section.lines[-1]))
    mended = _settled(text, prefix, source, language) if last - first + 1 == len(typed) else None
    word = parser.lexicon().by_token["DEFINE"].spelled(language)
    arguments: dict[str, Argument] = {"word": word, "name": section.lines[0].plain.partition("=")[0].strip(": ")}
    fix = Fix(first, last, mended) if mended is not None else None
    return Diagnostic("ZS186", Severity.ERROR, Span(source, start, end), arguments, fix=fix)


_CHANGED = re.compile(r"(?P<verb>\S+)\s+(?P<name>[^\W\d]\w*)\s*=(?!=)\s*(?P<value>.*)")
_FIGURE = re.compile(r"-?[\d.,]+\s*[^\W\d]*%?")


def _changed(section: Section, prefix: str, source: Source, language: str) -> Diagnostic | None:
    """A change of an amendment that gives a name a value without saying what the name is: `改 线 = 62 分`."""
    line = section.lines[0]
    found = _CHANGED.fullmatch(code(line.plain)) if section.keyword in ("CHANGE", "INSERT") else None
    if found is None or len(section.lines) > 1:
        return None
    figure = _FIGURE.fullmatch(found["value"].split("【")[0].split("[")[0].strip())
    word = parser.lexicon().by_token["PARAM" if figure else "DEFINE"].spelled(language)
    at = found.start("name")
    typed = _typed(source, section, 0)
    mended = _settled(f"{typed[:at]}{word} {typed[at:]}", prefix, source, language)
    if mended is None:
        return None
    number = source.position(line.start)[0]
    span = Span(source, line.start + at, line.start + found.end("name"))
    arguments: dict[str, Argument] = {"word": word, "name": found["name"]}
    return Diagnostic("ZS186", Severity.ERROR, span, arguments, fix=Fix(number, number, mended))


def _settled(text: str, prefix: str, source: Source, language: str) -> str | None:
    """A statement with all that is wrong in its lines corrected; None where that does not succeed."""
    lines = text.split("\n")
    for _ in range(_ROUNDS):
        plain = plain_form("\n".join(lines) + "\n")
        refusal = parser.parse(prefix + plain)
        if not isinstance(refusal, Refusal):
            return "\n".join(lines)
        (section,) = sections(prefix + plain)[1]
        number = _line_number(section, refusal.token.start - section.lines[0].start)
        place = structs.replace(place_of(section, number, prefix, language), known=known_of(source.text))
        spot = examine(place, lines[number])
        mended = corrected(spot, diagnose(spot)) if spot is not None else None
        if mended is None:
            return None
        lines[number : number + 1] = mended.split("\n")
    return None


def _unexplained(section: Section, number: int, refusal: Refusal, prefix: str, source: Source) -> Diagnostic:
    """A mistake in a statement too long to try corrections in: its place."""
    line = section.lines[number]
    before = len(prefix) + sum(len(above.plain) + 1 for above in section.lines[:number])
    at = min(max(refusal.token.start - before, 0), len(line.plain))
    return _diagnostic("ZS199", source, line.start + at, line.start + max(at + 1, len(code(line.plain))))


def _line_number(section: Section, offset: int) -> int:
    """The line of a section's joined text in which an offset lies."""
    for number, line in enumerate(section.lines):
        offset -= len(line.plain) + 1
        if offset < 0:
            return number
    return len(section.lines) - 1


def _spot(
    section: Section, number: int, previous: Section | None, prefix: str, source: Source, language: str
) -> Spot | None:
    """The place where the line stops, with no more of the document around it than it needs."""
    typed = _typed(source, section, number)
    if len(typed) > _LONGEST_LINE:
        return None
    for whole in (False, True):
        place = place_of(section, number, prefix, language, whole=whole)
        place = structs.replace(place, known=known_of(source.text))
        if previous is not None and number == 0 and not section.keyword:
            place = _below(place, previous)
        if len(place.before) <= _LONGEST and (spot := examine(place, typed)) is not None:
            return spot
    return None


def _below(place: Place, previous: Section) -> Place:
    """The place of a line that is no statement of its own: under the statement above, if that is sound."""
    block = joined(previous.lines[:2])
    before = place.before + block
    sound = len(previous.lines) > 1 and not isinstance(parser.parse(before), Refusal)
    return structs.replace(place, before=before, statement="", head=True, block=block) if sound else place


def _typed(source: Source, section: Section, number: int) -> str:
    line = section.lines[number]
    return source.text[line.start : line.start + len(line.plain)]


def _unfinished(section: Section, source: Source, language: str) -> Diagnostic:
    """A statement that ends before it is whole: nothing stands under a head."""
    line = section.lines[-1]
    end = line.start + len(code(line.plain))
    start = end - len(code(line.plain).lstrip())
    statement = section.keyword or first_keyword(line.plain, ["WHEN"])
    shown = forms.shown(forms.lines(statement, language)[:2], language)
    return _diagnostic("ZS124", source, start, end, {"forms": shown})


def _told(spot: Spot, slip: Slip, source: Source, start: int) -> Diagnostic:
    span = Span(source, start + slip.start, min(start + slip.end, len(source.text)))
    mended = corrected(spot, slip)
    fix = Fix(span.line, span.line, mended) if mended is not None else None
    return Diagnostic(slip.code, Severity.ERROR, span, dict(slip.arguments), fix=fix)


def _diagnostic(
    code: str, source: Source, start: int, end: int, arguments: dict[str, Argument] | None = None
) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, Span(source, start, min(end, len(source.text))), arguments or {})
