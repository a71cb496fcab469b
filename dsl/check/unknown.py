"""A name that nobody knows: what its author most likely means by it, and what to write instead."""

from __future__ import annotations

from dsl.check import offers
from dsl.check.context import Findings, Place, Untypable
from dsl.check.symbols import Symbols
from dsl.syntax import surface as s
from policy import core
from policy.diagnostic import Label, replaced
from policy.types import Choice, Kind, Reference


def unknown(findings: Findings, symbols: Symbols, word: s.Word, place: Place, expected: Kind | None) -> Untypable:
    """Reports an unknown name and gives the exception to raise; `expected` is the kind that should stand there."""
    if (meant := offers.answer(word.text, findings.language)) and not symbols.is_value(word.text):
        return findings.refuse("ZS223", word.span, fix=replaced(word.span, meant), name=word.text, meant=meant)
    if meant := offers.value_in(word.text, list(symbols.choices.values())):
        return findings.refuse("ZS224", word.span, fix=replaced(word.span, meant), name=word.text, meant=meant)
    if (table := symbols.table_of_column(word.text, place.records)) is not None:
        return findings.refuse("ZS225", word.span, fix=replaced(word.span, table), name=word.text, table=table)
    if (owner := symbols.owner_elsewhere(word.text, place.records)) is not None:
        return of_another(findings, symbols, word, place, owner)
    known = list(dict.fromkeys(symbols.names_at(place.records)))
    if split := glued(word.text, known):
        return findings.refuse("ZS212", word.span, name=word.text, split=split)
    if isinstance(expected, Choice):
        known += expected.values
    near = symbols.near(word.text, known)
    declared = next((f for f in fields(symbols, place) if f.name == near), None)
    labels = (Label(declared.span, "defined"),) if declared is not None else ()
    code = "ZS201" if near else "ZS213"
    return findings.refuse(code, word.span, labels=labels, name=word.text, near=near, known=tuple(known[:8]))


def of_another(findings: Findings, symbols: Symbols, word: s.Word, place: Place, owner: str) -> Untypable:
    """A name of another record: through the one reference to it, else by what is made of its records."""
    own = symbols.records.get(place.record)
    references = own.fields if own is not None else ()
    links = [f.name for f in references if isinstance(f.type.kind, Reference) and f.type.kind.record == owner]
    fix = replaced(word.span, f"{links[0]}.{word.span.text}") if len(links) == 1 else None
    return findings.refuse("ZS226", word.span, fix=fix, name=word.text, record=owner, here=place.record)


def fields(symbols: Symbols, place: Place) -> list[core.Field]:
    """The fields of the records in scope."""
    return [f for record in place.records if record in symbols.records for f in symbols.records[record].fields]


def glued(name: str, known: list[str]) -> str:
    """A name with a keyword glued to it as two words; empty if it is none."""
    from dsl.syntax.parser import lexicon

    for keyword in lexicon().keywords:
        for spelling in (keyword.zh, keyword.en):
            rest = name[len(spelling) :] if name.startswith(spelling) else ""
            if rest in known:
                return f"{spelling} {rest}"
            rest = name[: -len(spelling)] if name.endswith(spelling) else ""
            if rest in known and keyword.use == "word":
                return f"{rest} {spelling}"
    return ""
