"""A source document marked with what documents quote of it: which sentences are rules, which are none, which are left.

Quoted and source text are compared sign by sign after folding: blanks and line breaks do not count, full-width and
half-width signs are the same, and so are the several shapes of quotation marks and full stops. `……` leaves out what
stands between two fragments, and so may the end of a quoted line. A fragment that does not stand in the source is a
misquote; it covers nothing.

A fragment is laid on every place where it stands if it is long or a sentence of its own; a short one that stands in
several places, or one that follows another of its quote, is laid on the first after what was quoted before it. A
sentence is covered when each of its letters, digits and characters lies under some quote.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from dsl.sources.quoting import NOWHERE, RULE, Quote
from policy.source import Source, Span

RULED, DECLARED, OPEN = "ruled", "declared", "open"
"""What becomes of a sentence: a rule quotes it, it is declared to be none, or a part of it is quoted by nothing."""

LONG = 8
"""Signs from which on a fragment means every place where it stands."""
ALIKE = 3
"""Signs in one piece that a stretch must share with a misquote to be named as near it, or an eighth of a longer one."""
WRAPPED = 40
"""Characters of a line from which on its end, if it is no sign, was made by the page and not by the author."""
COMPARED = 40_000_000
"""Signs of source times signs of fragment up to which the nearest place of a misquote is looked for."""

_END = re.compile(
    r"\n|[。；;！!？?]+[”’」』）)》]*"
    r"|(?<=[\u3400-\u9fff)）”])[ \t]*[.．](?![.．])"
    r"|(?<=[A-Za-z])[.](?=\s)"
)
_CUT = re.compile(r"…+|\.{3,}")
_SIGNS = str.maketrans("。．、“”„＂‘’＇—–―－−～〜：；，（）［］", '..,""""\'\'\'-----~~:;,()[]')


class Sentence(Struct, frozen=True):
    """A sentence of the source with the quotes that lie on it; `left` are the parts of it under none."""

    span: Span
    status: str
    quotes: tuple[Quote, ...]
    left: tuple[str, ...] = ()


class Misquote(Struct, frozen=True):
    """A fragment that is not in the source; `nearest` is what comes closest there, None where nothing does."""

    quote: Quote
    fragment: str
    nearest: Span | None


class Marked(Struct, frozen=True):
    """A source with every sentence marked, and the quotes that fit it nowhere."""

    source: Source
    sentences: tuple[Sentence, ...]
    misquotes: tuple[Misquote, ...]
    unattached: tuple[Quote, ...]

    @property
    def complete(self) -> bool:
        return not (self.misquotes or self.unattached or any(each.status == OPEN for each in self.sentences))


def mark(source: Source, documents: Sequence[Sequence[Quote]]) -> Marked:
    """The source marked with the quotes of several documents."""
    bounds = list(_sentences(source.text))
    folded = _Folded(source.text, bounds)
    laid: list[tuple[int, int, Quote]] = []
    misquotes: list[Misquote] = []
    for quotes in documents:
        after = 0
        for quote in quotes:
            for at, fragment in enumerate(_fragments(quote.text, folded.text)):
                places = _places(folded, _folded(fragment), after, follows=at > 0)
                if not places:
                    misquotes.append(Misquote(quote, fragment.strip(), _nearest(source, folded, fragment)))
                    continue
                after = places[0][1] if len(places) == 1 else after
                laid += [(*folded.origin(*place), quote) for place in places] if quote.kind != NOWHERE else []
    unattached = tuple(q for quotes in documents for q in quotes if q.kind == NOWHERE)
    return Marked(source, tuple(_marked(source, bounds, laid)), tuple(misquotes), unattached)


def _fragments(quote: str, text: str) -> Iterator[str]:
    """The parts of a quote that stand in one piece: what `……` parts, by lines where it is not found as a whole."""
    for piece in _CUT.split(quote):
        whole = _folded(piece) in text
        yield from filter(countable, (piece,) if whole else piece.split("\n"))


def countable(text: str) -> bool:
    """Whether there is anything in a text that must be covered: a letter, digit or character."""
    return any(sign.isalnum() for sign in text)


# -- sentences -------------------------------------------------------------------------------------------------------


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text stand, without the blanks around them; what has nothing to cover is none."""
    start = 0
    for end in (*(found.end() for found in _END.finditer(text) if not _wrapped(text, found.start())), len(text)):
        piece = text[start:end]
        if countable(piece):
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = end


def _wrapped(text: str, at: int) -> bool:
    """Whether the line break at an offset stands within a sentence: the line before it is long and ends in a word."""
    line = text[text.rfind("\n", 0, at) + 1 : at].rstrip()
    return text[at] == "\n" and len(line) >= WRAPPED and line[-1].isalnum()


def _marked(
    source: Source, bounds: Sequence[tuple[int, int]], laid: Sequence[tuple[int, int, Quote]]
) -> Iterator[Sentence]:
    for start, end in bounds:
        over = [(max(a, start), min(b, end), quote) for a, b, quote in laid if a < end and start < b]
        over = [(a, b, quote) for a, b, quote in over if countable(source.text[a:b])]
        left = tuple(_left(source.text, start, end, [(a, b) for a, b, _ in over]))
        quotes = tuple(dict.fromkeys(quote for _, _, quote in over))
        ruled = any(quote.kind == RULE for quote in quotes)
        yield Sentence(Span(source, start, end), OPEN if left else RULED if ruled else DECLARED, quotes, left)


def _left(text: str, start: int, end: int, over: list[tuple[int, int]]) -> Iterator[str]:
    """The parts of a stretch of text that nothing lies on and that have something to cover."""
    for a, b in [*sorted(over), (end, end)]:
        if a > start and countable(text[start:a]):
            yield text[start:a].strip()
        start = max(start, b)


# -- folding ---------------------------------------------------------------------------------------------------------


def _folded(text: str) -> str:
    return "".join(filter(None, map(_sign, text)))


def _sign(sign: str) -> str:
    """One character as it is compared; nothing for a blank."""
    return "" if sign.isspace() else unicodedata.normalize("NFKC", sign.translate(_SIGNS)).casefold()


class _Folded:
    """A text as it is compared, with the offset that each sign had in the text."""

    def __init__(self, text: str, bounds: Sequence[tuple[int, int]]) -> None:
        signs = [(at, sign) for at, each in enumerate(text) for sign in _sign(each) if not sign.isspace()]
        self.text = "".join(sign for _, sign in signs)
        self.offsets = [at for at, _ in signs]
        self.edges = frozenset(self._edges(bounds))

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text that signs `start` to `end` come from."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def _edges(self, bounds: Sequence[tuple[int, int]]) -> Iterator[int]:
        """The signs at which sentences begin, and the one after each end, with and without its full stop."""
        for start, end in bounds:
            first, last = bisect_left(self.offsets, start), bisect_left(self.offsets, end)
            yield from (first, last, last - 1)


def _places(folded: _Folded, fragment: str, after: int, *, follows: bool) -> list[tuple[int, int]]:
    """Where a fragment is laid; `after` is where the one before it ends."""
    every = [(at, at + len(fragment)) for at in _found(folded.text, fragment)]
    later = [place for place in every if place[0] >= after][:1]
    if len(every) < 2 or (len(fragment) >= LONG and not follows):
        return every
    whole = [(a, b) for a, b in every if a in folded.edges and b in folded.edges]
    return later or every[:1] if follows else whole or later or every[:1]


def _found(text: str, fragment: str) -> Iterator[int]:
    at = text.find(fragment)
    while at >= 0:
        yield at
        at = text.find(fragment, at + len(fragment))


def _nearest(source: Source, folded: _Folded, fragment: str) -> Span | None:
    """The stretch of the source that has most in one piece with a fragment, as long as the fragment."""
    wanted = _folded(fragment)
    if len(wanted) * len(folded.text) > COMPARED:
        return None
    longest = SequenceMatcher(None, folded.text, wanted, autojunk=False).find_longest_match()
    if longest.size < max(ALIKE, len(wanted) // 8):
        return None
    start = max(0, longest.a - longest.b)
    return Span(source, *folded.origin(start, min(len(folded.text), start + len(wanted))))
