"""A whole document: statements become definitions in the order in which they need each other, findings meet their
acceptances, and what has no error becomes a policy."""

from __future__ import annotations

from functools import partial
from typing import Final

from msgspec import Struct, structs

from dsl.check import acceptances, examples
from dsl.check.building import Building
from dsl.check.context import Findings, Place, Untypable
from dsl.syntax import surface as s
from policy import core, walk
from policy.core import Definition, Key
from policy.diagnostic import Diagnostic
from policy.source import Span
from policy.types import Number, Type, decimals

OUTPUT_COLUMNS: Final = (("结局", "原因"), ("outcome", "reason"))
"""Columns that stand beside the results in every output, in Chinese and English documents."""


WHOLE: Final = ("ZS214", "ZS215", "ZS216")
"""Errors about the document as a whole, which another statement may mend."""


class Checked(Struct, frozen=True, eq=False):
    """A policy, None if it has errors, and everything found on the way, in the order of the text."""

    policy: core.Policy | None
    diagnostics: tuple[Diagnostic, ...]


def check(document: s.Document) -> Checked:
    """Check a document."""
    return _Document(document).checked()


def examples_for(document: s.Document, beside: s.Document) -> tuple[tuple[core.Example, ...], tuple[Diagnostic, ...]]:
    """The examples of a document beside a policy, read with the policy's names; and what is wrong with them."""
    run = _Document(document)
    run.checked()
    before = len(run.findings.found)
    examples = tuple(st for st in beside.statements if isinstance(st, s.Example))
    run.document = structs.replace(document, statements=examples)
    return run._examples(), tuple(d for _, d in run.findings.found[before:])


class _Document:
    """One run of the checker."""

    def __init__(self, document: s.Document) -> None:
        self.document = document
        self.findings = Findings(document.language, document.reckoning)
        self.building = Building(document, self.findings)
        self.symbols = self.building.symbols
        self.expressions = self.building.expressions
        self.exceptions = self.building.exceptions

    def checked(self) -> Checked:
        self._structure()
        built = self.building.build(self.document.statements)
        results = self._results(built)
        overall = self._overall()
        worked = self._examples()
        found = acceptances.settled(self.document, self.findings)
        if self.document.unread:
            return Checked(None, tuple(d for d in found if d.blocks and not self._follows(d)))
        if any(d.blocks for d in found):
            return Checked(None, found)
        document, below = self.document, self.symbols.below
        under = below.needed(built, overall, worked)
        policy = core.Policy(
            name=document.name,
            version=document.version,
            effective=document.effective,
            origin=document.origin,
            language=document.language,
            records=self._records(),
            definitions=with_uses([*under, *built]),
            results=results,
            examples=worked,
            overall=overall,
            accepted=tuple((d.code, d.accepted) for d in found if d.accepted is not None),
            dated=reads_as_of([*under, *built], overall),
            choices=tuple(self.symbols.choices.values()),
            below=frozenset(definition.key for definition in under),
            files=below.files,
            source=document.span.source.name,
        )
        return Checked(policy, found)

    def _records(self) -> tuple[core.Record, ...]:
        """The main record first; it is decided about here."""
        main = self.symbols.main
        records = sorted(self.symbols.records.values(), key=lambda record: record.name != main)
        return tuple(structs.replace(r, subject=True) if r.name == main else r for r in records)

    # -- the document as a whole -----------------------------------------------------------------------------------

    def _structure(self) -> None:
        """What a document must have, and what is read but not decided yet."""
        for statement in self.document.statements:
            self.findings.statement = statement
            match statement:
                case s.Param(supplied=True) | s.Exempting(supplied=True):
                    self.findings.report("ZS440", statement.name.span, name=statement.name.text)
                case s.Define() | s.Table() | s.Score() | s.Require() | s.Rank() | s.Quota() if statement.head.supplied:
                    self.findings.report("ZS440", statement.head.span, name=statement.head.path.text)
                case s.Later():
                    self._refuse_later(statement.what, statement.span)
                case _:
                    pass
        for name, base in self.symbols.below.clashes:
            rest = self.document.rests[self.document.bases.index(base)]
            self.findings.report("ZS258", rest.span, name=name, file=rest.text)
        for word in self.document.repeated:
            self.findings.report("ZS229", word.span, what=word.text)
        self.exceptions.check_targets()
        self.findings.statement = None
        if self.symbols.owned and not self.symbols.records:
            self.findings.report("ZS214", self.document.span)
        main = self.symbols.records.get(self.symbols.main)
        if main is not None and main.key is None:
            self.findings.report("ZS215", main.span, record=main.name)

    def _follows(self, found: Diagnostic) -> bool:
        """Whether an error only follows from a statement that could not be read."""
        if found.code in WHOLE:
            return True
        named = [value for value in found.arguments.values() if not isinstance(value, int)]
        words = {word for value in named for word in ((value,) if isinstance(value, str) else value)}
        return not words.isdisjoint(self.document.unread)

    def _refuse_later(self, token: str, span: Span) -> None:
        from dsl.syntax.parser import lexicon

        word = lexicon().by_token[token].spelled(self.findings.language)
        self.findings.report("ZS901", span, word=word)

    def _results(self, built: list[Definition]) -> tuple[str, ...]:
        """The names under 结果; each must be a definition of the main record with an end to its decimals."""
        names: dict[str, None] = {}
        for statement in (st for st in self.document.statements if isinstance(st, s.Result)):
            self.findings.statement = statement
            for path in statement.paths:
                name = path.names[-1].text
                try:
                    into = self._result_type(path)
                except Untypable:
                    continue
                if isinstance(into.kind, Number) and decimals(into.kind) is None:
                    self.findings.report("ZS302", path.span, name=path.text)
                if name in OUTPUT_COLUMNS[self.document.language == "en"]:
                    self.findings.report("ZS461", path.span, name=name)
                if name in names:
                    self.findings.report("ZS203", path.span, name=name, line=str(statement.span.line))
                names.setdefault(name)
        stated = any(isinstance(st, s.Result) for st in self.document.statements)
        if not stated and built and self.document.kind == "policy":
            self.findings.statement = None
            self.findings.report("ZS216", self.document.span)
        return tuple(names)

    def _overall(self) -> tuple[core.Exempt, ...]:
        try:
            return self.building.settled(self.exceptions.overall)
        except Untypable:
            return ()

    def _result_type(self, path: s.Path) -> Type:
        place = Place((self.symbols.main,))
        return self.building.settled(lambda: self.expressions.value(path, place)).type

    def _examples(self) -> tuple[core.Example, ...]:
        worked = []
        for statement in self.document.statements:
            if isinstance(statement, s.Example):
                self.findings.statement = statement
                try:
                    read = partial(examples.example, self.expressions, statement)
                    worked.append(self.building.settled(read))
                except Untypable:
                    continue
        return tuple(worked)


def reads_as_of(built: list[Definition], overall: tuple[core.Exempt, ...]) -> bool:
    """Whether anything that decides reads the as-of date."""
    return any(isinstance(node, core.AsOf) for node in walk.nodes(walk.of_rules(built, overall)))


def with_uses(built: list[Definition]) -> tuple[Definition, ...]:
    """Definitions with those that each uses, and whether its value depends on others than its own record."""
    read: dict[Key, tuple[Key, ...]] = {}
    seeds: list[Key] = []
    for definition in built:
        nodes = list(walk.nodes(walk.of_definition(definition)))
        read[definition.key] = tuple(dict.fromkeys(n.key for n in nodes if isinstance(n, core.Ref)))
        if (
            definition.ranking
            or definition.quota
            or definition.allocation
            or any(isinstance(n, core.Fold) and n.mine is None for n in nodes)
        ):
            seeds.append(definition.key)
    cohort = _readers(read, seeds)
    return tuple(structs.replace(d, uses=read[d.key], cohort=d.key in cohort) for d in built)


def _readers(read: dict[Key, tuple[Key, ...]], seeds: list[Key]) -> set[Key]:
    """Those definitions and all that read them, directly or through others."""
    readers: dict[Key, list[Key]] = {}
    for key, names in read.items():
        for name in names:
            readers.setdefault(name, []).append(key)
    found, waiting = set(seeds), list(seeds)
    while waiting:
        for reader in readers.get(waiting.pop(), ()):
            if reader not in found:
                found.add(reader)
                waiting.append(reader)
    return found
