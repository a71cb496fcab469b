"""Names: what a document declares, and which declaration a written name means."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import structs

from dsl.check.context import Findings
from dsl.check.resting import Resting
from dsl.syntax import surface as s
from policy import core
from policy.diagnostic import Label
from policy.kinds import Grain
from policy.source import NOWHERE, Span
from policy.types import Calendar, Choice, Kind, Number, Reference, Text, Type, YesNo
from policy.units import Exact, Unit, exact, named

UNDECLARED_PLACES = 6
"""Decimals that a number field may have whose decimals are not declared."""

MOST_DECIMALS = 40
"""As many as a number has digits; nothing that is counted or paid has more."""

_CALENDAR: Final[dict[str, Grain]] = {"DATE_T": "day", "MONTH_T": "month", "QUARTER_T": "quarter", "YEAR_T": "year"}

Rules = s.Define | s.Table | s.Score | s.Require | s.Rank | s.Quota | s.Allocate
Owned = Rules | s.Param
"""What belongs to a record; a parameter does if its value goes by a date of that record."""


class Symbols:
    """The declarations of a document by name."""

    def __init__(self, document: s.Document, findings: Findings) -> None:
        self.findings = findings
        self.choices: dict[str, Choice] = {}
        self.records: dict[str, core.Record] = {}
        self.params: dict[str, s.Param] = {}
        self.owned: dict[tuple[str, str], Owned] = {}
        self.outputs: dict[tuple[str, str], tuple[s.Table, int]] = {}
        self._declared: dict[str, Span] = {}
        self.below = Resting(document.bases, document.language)
        own = [st.name.text for st in document.statements if isinstance(st, s.Data)]
        self._record_names = [*own, *self.below.records]
        self._take_from_below()
        self._declare_all(document)

    @property
    def main(self) -> str:
        """The first record of the document, else that of the first document it rests on."""
        return self._record_names[0] if self._record_names else ""

    def _take_from_below(self) -> None:
        """What the documents below declare is declared here too."""
        self.choices.update(self.below.choices)
        taken = [("", word, kept.span) for word, kept in self.below.records.items()]
        taken += [("", choice, NOWHERE) for choice in self.below.choices]
        taken += [(record.name, f.name, f.span) for record in self.below.records.values() for f in record.fields]
        taken += [(*key, definition.span) for key, definition in self.below.definitions.items()]
        for owner, name, span in taken:
            self._declared.setdefault(f"{owner}.{unicodedata.normalize('NFKC', name)}", span)

    # -- declaring -----------------------------------------------------------------------------------------------

    def _declare_all(self, document: s.Document) -> None:
        for statement in document.statements:
            if isinstance(statement, s.Choice):
                self._declare(statement.name.text, statement.name.span, "")
                self.choices[statement.name.text] = self.choice(statement.name.text, statement.order)
        for statement in document.statements:
            match statement:
                case s.Data():
                    self._declare(statement.name.text, statement.name.span, "")
                    self.records[statement.name.text] = self._record(statement)
                case s.Param():
                    self._declare(statement.name.text, statement.name.span, "")
                    if isinstance(statement.by, s.Path):
                        self.owned[self.main, statement.name.text] = statement
                    else:
                        self.params[statement.name.text] = statement
                case s.Define() | s.Table() | s.Score() | s.Require() | s.Rank() | s.Quota() | s.Allocate():
                    self._own(statement)
        for name, record in self.below.records.items():
            self.records.setdefault(name, record)

    def _own(self, statement: Rules) -> None:
        owner, name, span = self.owner_of(statement.head)
        below = self.below.definitions.get((owner, name))
        if below is not None and name in self.choices:
            file = Path(below.span.source.name).name
            self.findings.report("ZS254", span, name=name, file=file, line=str(below.span.line))
        elif name in self.choices and not self.choices_hidden(statement):
            pass
        else:
            self._declare(name, span, owner)
        self.owned[owner, name] = statement
        if isinstance(statement, s.Table) and statement.across is None and len(statement.outputs) > 1:
            for column, output in enumerate(statement.outputs):
                label = output_name(output)
                if label is not None and not statement.head.inputs:
                    self.outputs.setdefault((owner, label.text), (statement, column))

    @staticmethod
    def choices_hidden(statement: Rules) -> bool:
        """Whether a statement may not share its name with a choice (only what yields one value of it may)."""
        return isinstance(statement, (s.Score, s.Require, s.Rank, s.Allocate))

    def owner_of(self, head: s.Head) -> tuple[str, str, Span]:
        """The record a definition belongs to, and its name."""
        names = head.path.names
        if len(names) == 1:
            return self.main, names[0].text, names[0].span
        if names[0].text not in self._record_names:
            near = self.near(names[0].text, self._record_names)
            self.findings.report("ZS202", names[0].span, name=names[0].text, near=near)
        return names[0].text, names[1].text, names[1].span

    def _declare(self, name: str, span: Span, owner: str) -> None:
        key = unicodedata.normalize("NFKC", name)
        full = f"{owner}.{key}"
        if full in self._declared:
            first = self._declared[full]
            if first.source is not span.source:
                file, line = Path(first.source.name).name or "—", str(first.line) if first.source.text else "—"
                self.findings.report("ZS254", span, name=name, file=file, line=line)
                return
            code = "ZS203" if first.text.strip("「」`") == span.text.strip("「」`") else "ZS204"
            self.findings.report(code, span, labels=(Label(first, "first"),), name=name, line=str(first.line))
            return
        self._declared[full] = span
        self._look_alike(name, span)

    def _look_alike(self, name: str, span: Span) -> None:
        if name.isascii():
            return
        if any("\u0370" <= c <= "\u052f" for c in name):
            from dsl.suggest import spelled_like

            if latin := spelled_like(name):
                self.findings.report("ZS205", span, name=name, near=latin)

    def choice(self, name: str, order: s.Order) -> Choice:
        """The choice of an order of values; a value twice is an error."""
        seen: dict[str, Span] = {}
        for word in order.values:
            if word.text in seen:
                self.findings.report("ZS203", word.span, name=word.text, line=str(seen[word.text].line))
            seen.setdefault(word.text, word.span)
        return Choice(name, tuple(seen), order.ordered)

    # -- records -------------------------------------------------------------------------------------------------

    def _record(self, data: s.Data) -> core.Record:
        fields = []
        for field in data.fields:
            self._declare(field.name.text, field.name.span, data.name.text)
            kind = self._kind(field)
            codes = tuple(word.text for word in field.codes)
            fields.append(
                core.Field(
                    name=field.name.text,
                    type=Type(kind, field.optional, codes),
                    header=field.column or field.name.text,
                    key=field.key,
                    owner=field.owner,
                    series=field.series,
                    fixed=field.fixed,
                    whole=field.type.name == "WHOLE",
                    places=field.places,
                    unit=kind.unit if isinstance(kind, Number) else None,
                    span=field.span,
                )
            )
        references = [at for at, field in enumerate(fields) if isinstance(field.type.kind, Reference)]
        if len(references) == 1:
            fields[references[0]] = structs.replace(fields[references[0]], owner=True)
        return core.Record(data.name.text, tuple(fields), data.span)

    def _kind(self, field: s.Field) -> Kind:
        kind = field.type
        match kind.name:
            case "TEXT":
                return Text()
            case "IDNO":
                return Text(identity=True)
            case "YESNO":
                return YesNo()
            case "NUM" | "WHOLE":
                return self._number(field)
            case "CHOICE":
                assert kind.order is not None
                return self.choice(field.name.text, kind.order)
            case "NAME":
                assert kind.named is not None
                return self._named_kind(kind.named)
            case _:
                return Calendar(_CALENDAR[kind.name])

    def _named_kind(self, word: s.Word) -> Kind:
        if word.text in self.choices:
            return self.choices[word.text]
        if word.text in self._record_names:
            return Reference(word.text)
        near = self.near(word.text, [*self.choices, *self._record_names])
        self.findings.report("ZS206", word.span, name=word.text, near=near)
        return Text()

    def _number(self, field: s.Field) -> Number:
        written = field.type.range
        unit: Unit | None = named(written.unit) if written and written.unit else None
        factor: Exact = unit.factor if unit else 1
        places = 0 if field.type.name == "WHOLE" else UNDECLARED_PLACES if field.places is None else field.places
        if places > MOST_DECIMALS:
            self.findings.report("ZS344", field.span, most=MOST_DECIMALS)
            places = MOST_DECIMALS
        low = written.low.value * factor if written and written.low else None
        high = written.high.value * factor if written and written.high else None
        if low is not None and high is not None and low > high:
            self.findings.report("ZS303", field.type.span, low=str(written.low.value), high=str(written.high.value))  # type: ignore[union-attr]
        if field.type.name == "NUM" and field.places is None:
            self.findings.report("ZS304", field.name.span, name=field.name.text, places=str(UNDECLARED_PLACES))
        return Number(unit, exact(1, 10**places) * factor, low, high)

    def series_of(self, record: core.Record, asked: Span) -> tuple[str, str] | None:
        """Whose records make one series, and the field that says when each is; "" where all records are one series.

        None, and said, where several references could say whose a record is.
        """
        references = [f.name for f in record.fields if isinstance(f.type.kind, Reference)]
        marked = [f.name for f in record.fields if f.owner]
        if len(marked) > 1 or (references and not marked):
            self.findings.report("ZS231", asked, record=record.name, fields=tuple(marked or references))
            return None
        series = next(f.name for f in record.fields if f.series)
        return (marked[0] if marked else ""), series

    # -- finding -------------------------------------------------------------------------------------------------

    def near(self, name: str, candidates: list[str]) -> str:
        """The candidate that `name` was most likely meant to be, or empty."""
        from dsl.suggest import nearest

        found = nearest(name, candidates)
        return found[0] if found else ""

    def statement_of(self, key: tuple[str, str]) -> Owned | None:
        """The statement that a definition was written as."""
        if key in self.outputs:
            return self.outputs[key][0]
        return self.params.get(key[1]) if key[0] == "" else self.owned.get(key)

    def knows(self, name: str, records: tuple[str, ...]) -> bool:
        """Whether a name means something where these records are in scope."""
        if name in self.params or ("", name) in self.below.visible:
            return True
        return any(
            (record, name) in self.owned
            or (record, name) in self.below.visible
            or (record, name) in self.outputs
            or (record in self.records and self.records[record].field(name) is not None)
            for record in records
        )

    def is_value(self, name: str) -> bool:
        """Whether a choice has a value of that name."""
        return any(name in choice.values for choice in self.choices.values())

    def table_of_column(self, name: str, records: tuple[str, ...]) -> str | None:
        """The one table whose only result is called so, itself under another name."""
        found = [
            own
            for (owner, own), statement in self.owned.items()
            if owner in records and isinstance(statement, s.Table) and statement.across is None and own != name
            and len(statement.outputs) == 1 and not statement.head.inputs
            and (label := output_name(statement.outputs[0])) is not None and label.text == name
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def owner_elsewhere(self, name: str, records: tuple[str, ...]) -> str | None:
        """The one record out of scope that has a field or definition of that name."""
        found = {record for record in self.records if record not in records and self.knows(name, (record,))}
        return found.pop() if len(found) == 1 else None

    def names_at(self, records: tuple[str, ...]) -> Iterator[str]:
        """Every name that could be written where these records are in scope."""
        for record in records:
            if record in self.records:
                yield from (f.name for f in self.records[record].fields)
            yield from (name for owner, name in self.owned if owner == record)
            yield from (name for owner, name in self.outputs if owner == record)
            yield from (name for owner, name in self.below.visible if owner == record)
        yield from self.params
        yield from (name for owner, name in self.below.visible if not owner)


def output_name(tests: tuple[s.Test, ...]) -> s.Word | None:
    """The name of an output column, None where the cell is not a single name."""
    if len(tests) == 1 and isinstance(tests[0], s.Exactly) and isinstance(tests[0].value, s.Path):
        return tests[0].value.names[-1]
    return None
