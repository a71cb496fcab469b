"""From text to a checked policy: the stop gates in the order in which they close."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from dsl.syntax import limits, parser, reader, text
from dsl.syntax.parser import Refusal
from dsl.syntax.surface import Document
from policy import core
from policy.diagnostic import Diagnostic, Severity
from policy.source import Source


class Parsed(Struct, frozen=True):
    """What became of a text: its document, None where the diagnostics say why there is none."""

    document: Document | None
    diagnostics: tuple[Diagnostic, ...] = ()


class Loaded(Struct, frozen=True):
    """What became of a policy file: None stands for what could not be made, the diagnostics say why."""

    source: Source | None
    document: Document | None
    policy: core.Policy | None
    diagnostics: tuple[Diagnostic, ...]


def load(path: Path, settings: Mapping[str, str] | None = None) -> Loaded:
    """The policy of a file, with parameters set to other values (name to policy text, such as `55 分`).

    Raises OSError if the file cannot be read.
    """
    source, said = text.read(path)
    return compile_text(source, settings, tuple(said)) if source is not None else Loaded(None, None, None, tuple(said))


def compile_text(
    source: Source, settings: Mapping[str, str] | None = None, said: tuple[Diagnostic, ...] = ()
) -> Loaded:
    """The policy of a text; `said` are diagnostics from before."""
    parsed = parse(source)
    said += parsed.diagnostics
    document = parsed.document
    if document is None:
        return Loaded(source, None, None, said)
    if settings:
        from dsl.settings import with_settings

        document, objections = with_settings(document, settings)
        if objections:
            return Loaded(source, document, None, said + objections)
    from dsl.check import check

    checked = check(document)
    return Loaded(source, document, checked.policy, said + checked.diagnostics)


def parse(source: Source) -> Parsed:
    """The document of a policy text, or every reason found why it is none."""
    if objections := text.objections(source):
        return Parsed(None, tuple(objections))
    plain = text.plain(source.text)
    if excesses := limits.limits(source, plain):
        return Parsed(None, tuple(excesses))
    tree = parser.parse(plain)
    if isinstance(tree, Refusal):
        from dsl.mistakes import explain

        return Parsed(None, tuple(explain(tree, source, plain)))
    english = frozenset(keyword.en for keyword in parser.lexicon().keywords)
    try:
        return Parsed(reader.read(tree, source, plain, english))
    except reader.BadDate as error:
        return Parsed(None, (Diagnostic("ZS115", Severity.ERROR, error.span, {"date": error.span.text}),))
