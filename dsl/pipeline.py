"""From text to a checked policy: the stop gates in the order in which they close."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from dsl.syntax import limits, parser, reader, text
from dsl.syntax.parser import Refusal
from dsl.syntax.surface import Document
from policy import core
from policy.diagnostic import Argument, Diagnostic, Severity
from policy.source import Source, Span

if TYPE_CHECKING:
    from dsl.compose import Amended


class Parsed(Struct, frozen=True):
    """What became of a text: its document, None where the diagnostics say why there is none.

    Where some statements cannot be read, `rest` is the document of all others. `language` is the text's, "zh" or "en".
    """

    document: Document | None
    diagnostics: tuple[Diagnostic, ...] = ()
    language: str = "zh"
    rest: Document | None = None


class Loaded(Struct, frozen=True):
    """What became of a policy file: None stands for what could not be made, the diagnostics say why.

    Of an amendment, `source` is its own text, document and policy are those of the amended whole; `amended` says how
    that was made.
    """

    source: Source | None
    document: Document | None
    policy: core.Policy | None
    diagnostics: tuple[Diagnostic, ...]
    language: str = "zh"
    amended: Amended | None = None

    @property
    def whole(self) -> Source | None:
        """The text that the policy stands in: the author's own, or the amended one."""
        return self.amended.source if self.amended is not None else self.source


def load(
    path: Path,
    settings: Mapping[str, str] | None = None,
    base: Path | Source | None = None,
    above: tuple[Path, ...] = (),
) -> Loaded:
    """The policy of a file, with parameters set to other values (name to policy text, such as `55 分`).

    An amendment is laid over `base`, or over the policy of its name beside it. `above` are the files that rest on this
    one. Raises OSError if a file cannot be read.
    """
    source, said = text.read(path)
    if source is None:
        return Loaded(None, None, None, tuple(said))
    if base is None or isinstance(base, Source):
        return compile_text(source, settings, tuple(said), base, above)
    under, more = text.read(base)
    return compile_text(source, settings, (*said, *more), under, above)


def compile_text(
    source: Source,
    settings: Mapping[str, str] | None = None,
    said: tuple[Diagnostic, ...] = (),
    base: Source | None = None,
    above: tuple[Path, ...] = (),
) -> Loaded:
    """The policy of a text; `said` are diagnostics from before. A fix that is offered has been tried."""
    loaded = proposed(source, parse(source), settings, said, base, above)
    if any(d.fix is not None for d in loaded.diagnostics):
        from dsl.mending import tried

        return structs.replace(loaded, diagnostics=tried(source, loaded.diagnostics))
    return loaded


def proposed(
    source: Source,
    parsed: Parsed,
    settings: Mapping[str, str] | None = None,
    said: tuple[Diagnostic, ...] = (),
    base: Source | None = None,
    above: tuple[Path, ...] = (),
) -> Loaded:
    """The policy of a parsed text, an amendment laid over its base; fixes as they were proposed."""
    if parsed.document is not None and parsed.document.kind == "amendment":
        return amended(source, parsed.document, settings, said, base, above)
    return compiled(source, parsed, settings, said, above)


def amended(
    source: Source,
    document: Document,
    settings: Mapping[str, str] | None = None,
    said: tuple[Diagnostic, ...] = (),
    base: Source | None = None,
    above: tuple[Path, ...] = (),
) -> Loaded:
    """The policy that an amendment makes of its base."""
    from dsl.compose import amend, base_of

    head = Span(source, document.span.start, source.text.find("\n", document.span.start))
    if base is None:
        base, missing = base_of(source, document.name, head)
        said += missing
    if base is None:
        return Loaded(source, document, None, said, document.language)
    under = parse(base)
    if under.document is None:
        broken = tuple(structs.replace(each, fix=None) for each in under.diagnostics)
        return Loaded(source, document, None, said + broken, under.language)
    if under.document.kind != "policy" or under.document.name != document.name:
        arguments: dict[str, Argument] = {"name": document.name, "other": under.document.name, "file": base.name}
        wrong = Diagnostic("ZS240", Severity.ERROR, head, arguments)
        return Loaded(source, document, None, (*said, wrong), document.language)
    whole = amend(base, source)
    if whole.source is None:
        return Loaded(source, document, None, said + whole.diagnostics, document.language)
    loaded = compiled(whole.source, parse(whole.source), settings, (), above)
    told = said + whole.told(loaded.diagnostics)
    return structs.replace(loaded, source=source, diagnostics=told, amended=whole)


def compiled(
    source: Source,
    parsed: Parsed,
    settings: Mapping[str, str] | None = None,
    said: tuple[Diagnostic, ...] = (),
    above: tuple[Path, ...] = (),
) -> Loaded:
    """The policy of a parsed text, its fixes as they were proposed."""
    said += parsed.diagnostics
    document, rest = parsed.document, parsed.rest
    if document is None and (rest is None or rest.kind == "amendment"):
        return Loaded(source, None, None, said, parsed.language)
    under = document or rest
    if under is not None and under.rests:
        from dsl.compose.resting import rested

        below = rested(source, under, settings or {}, above)
        if below.diagnostics:
            return Loaded(source, document, None, said + below.diagnostics, parsed.language)
        document, rest = (below.document, rest) if document is not None else (None, below.document)
        settings = below.settings
    if settings and document is not None:
        from dsl.settings import with_settings

        document, objections = with_settings(document, settings)
        if objections:
            return Loaded(source, document, None, said + objections, parsed.language)
    from dsl.check import check

    if document is None:
        assert rest is not None
        found = sorted((*said, *check(rest).diagnostics), key=lambda d: (d.span.start, d.code))
        return Loaded(source, None, None, tuple(found), parsed.language)
    checked = check(document)
    return Loaded(source, document, checked.policy, said + checked.diagnostics, parsed.language)


def parse(source: Source) -> Parsed:
    """The document of a policy text, or every reason found why it is none."""
    if objections := text.objections(source):
        return Parsed(None, tuple(objections), _language(source.text))
    plain = text.plain(source.text)
    if excesses := limits.limits(source, plain):
        return Parsed(None, tuple(excesses), _language(plain))
    tree = parser.parse(plain)
    if isinstance(tree, Refusal):
        from dsl.mistakes import explain
        from dsl.mistakes.remainder import remainder

        said = tuple(explain(tree, source, plain))
        left = remainder(plain)
        if left is None:
            return Parsed(None, said, _language(plain))
        rest, more = read_around(source, left.plain, left.names)
        return Parsed(None, said + more, _language(plain), rest)
    document, said = read_around(source, plain, frozenset())
    if document is not None and not said:
        return Parsed(document, language=document.language)
    return Parsed(None, said, _language(plain), document)


def read_around(source: Source, plain: str, unread: frozenset[str]) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The document of a plain text, without those statements that hold a day which there is not; and these days."""
    english = frozenset(keyword.en for keyword in parser.lexicon().keywords)
    said: list[Diagnostic] = []
    while not isinstance(tree := parser.parse(plain), Refusal):
        try:
            document = reader.read(tree, source, plain, english)
        except reader.BadDate as error:
            from dsl.mistakes.remainder import without

            said.append(Diagnostic("ZS115", Severity.ERROR, error.span, {"date": error.span.text}))
            left = without(plain, error.span.start)
            if left is None:
                break
            plain, unread = left.plain, unread | left.names
        else:
            return structs.replace(document, unread=unread), tuple(said)
    return None, tuple(said)


def _language(plain: str) -> str:
    """The language of a text that cannot be read."""
    from dsl.mistakes import language_of

    return language_of(plain)
