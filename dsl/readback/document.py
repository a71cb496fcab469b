"""A checked document read back in plain sentences, for whoever must sign it (读作：…).

In: the document, for what stands where, and the checked policy, for what it was understood to mean. Out: a sentence a
statement and a line, in Chinese or English whatever the document's own words are; names stay as they are.
words, values and conditions say amounts, values and conditions; data, scores, cases,
tables and ranks say statements.
Never here: the wording of the text itself, and anything that nobody checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from msgspec import structs

from dsl.readback import allocations as readback_allocations
from dsl.readback import cases as readback_cases
from dsl.readback import data as readback_data
from dsl.readback import ranks as readback_ranks
from dsl.readback import scores as readback_scores
from dsl.readback import tables as readback_tables
from dsl.readback.conditions import Phrases
from dsl.readback.words import Sentence
from dsl.syntax import surface as s
from policy import core
from policy.catalogue import phase_entries
from policy.types import Number
from policy.units import Unit

__all__ = ["Sentence", "read_back"]


def read_back(document: s.Document, policy: core.Policy, language: str) -> list[Sentence]:
    """The sentences of a document in a language ("zh" or "en"), in the order of the text."""
    reading = _Reading(document, policy, language)
    said = [readback_data.head(reading.phrases, document)] if document.kind == "policy" else []
    for statement in document.statements:
        said += reading.introduced(statement)
        said += reading.accepted(statement)
    return [*said, *reading.examples()]


_SINGLE = s.Define | s.Table | s.Score | s.Require
"""Definitions that are told of one record at a time."""
_HEADED = _SINGLE | s.Rank | s.Quota | s.Allocate


class _Reading:
    """One document being read back."""

    def __init__(self, document: s.Document, policy: core.Policy, language: str) -> None:
        self.document = document
        self.policy = policy
        self.phrases = Phrases(document, policy, language)
        self.records = {record.name: record for record in policy.records}
        data = [st for st in document.statements if isinstance(st, s.Data)]
        self.main = data[0].name.text if data else policy.main.name
        self.exceptions = frozenset(st.name.text for st in document.statements if isinstance(st, s.Exempting))

    def introduced(self, statement: s.Statement) -> list[Sentence]:
        """What one statement says; first of all of whom it speaks, and whether the source says it."""
        found = list(self.statement(statement))
        supplied = (
            statement.supplied
            if isinstance(statement, s.Param)
            else (isinstance(statement, _HEADED) and statement.head.supplied)
        )
        about = ""
        if supplied:
            about = self.phrases.say("暂定（原文没有规定），", "Supplied, not in the source: ")
        if isinstance(statement, _SINGLE) and (record := self.record(statement.head)) != self.main:
            about += self.phrases.say(
                "对每个{record}，", "for each {record}, " if about else "For each {record}, ", record=record
            )
        if about and found:
            found[0] = structs.replace(
                found[0], text=self.phrases.say("{about}{text}", "{about}{text}", about=about, text=found[0].text)
            )
        return found

    def statement(self, statement: s.Statement) -> Iterator[Sentence]:
        """What one statement says, its acceptances apart."""
        p = self.phrases
        match statement:
            case s.Data():
                return readback_data.data(p, statement, statement.name.text == self.main, self.records)
            case s.Choice():
                return readback_data.choice(p, statement)
            case s.Param():
                return readback_data.parameter(p, statement)
            case s.Define():
                return readback_cases.define(p, statement, self.name(statement.head))
            case s.Table():
                return readback_tables.table(p, statement, self.name(statement.head))
            case s.Score():
                return readback_scores.score(p, statement, self.name(statement.head), self.unit(statement.head))
            case s.Require():
                return readback_ranks.requirement(p, statement, self.name(statement.head))
            case s.Rank():
                return readback_ranks.rank(p, statement, self.name(statement.head), self.record(statement.head))
            case s.Quota():
                return readback_ranks.quota(p, statement, self.name(statement.head), self.record(statement.head))
            case s.Allocate():
                return readback_allocations.allocation(p, statement, self.name(statement.head))
            case s.Exempting():
                return readback_tables.exception(p, statement, self.exceptions)
            case s.Result():
                return readback_data.results(p, statement, self.policy)
            case s.Later():
                return self.later(statement)
            case s.Remark():
                text = p.say(
                    "原文这一段不是规则（{why}）", "this part of the source is no rule: {why}", why=statement.reason
                )
                return iter((p.sentence(text, statement, clause=statement.clause),))
            case s.Example():
                return iter(())
            case _:
                assert_never(statement)

    def name(self, head: s.Head) -> str:
        """What a definition is called, with the inputs that it is read with."""
        name = head.path.names[-1].text
        if not head.inputs:
            return name
        inputs = self.phrases.listed([word.text for word in head.inputs])
        return self.phrases.say("{name}（对给定的{inputs}）", "{name} (for a given {inputs})", name=name, inputs=inputs)

    def record(self, head: s.Head) -> str:
        return head.path.names[0].text if len(head.path.names) > 1 else self.main

    def unit(self, head: s.Head) -> Unit | None:
        definition = self.policy.definition(head.path.names[-1].text, self.record(head))
        kind = definition.type.kind if definition is not None else None
        return kind.unit if isinstance(kind, Number) else None

    def accepted(self, statement: s.Statement) -> Iterator[Sentence]:
        """What is odd in a statement and stands by its author's leave."""
        p = self.phrases
        for accept in getattr(statement, "accepts", ()):
            text = p.say(
                "有一处不合，已经认可——{name}。理由：{reason}",
                "accepted as it stands – {name}, because {reason}",
                name=self.finding(accept),
                reason=accept.reason,
            )
            yield p.sentence(text, accept, 1, getattr(statement, "clause"))  # noqa: B009

    def finding(self, accept: s.Accept) -> str:
        """The finding's name in the language of the reading."""
        for entry in phase_entries("findings").values():
            if accept.name.text in (entry.name_zh, entry.name_en, entry.code):
                return self.phrases.say(entry.name_zh, entry.name_en)
        return accept.name.text

    def later(self, statement: s.Later) -> Iterator[Sentence]:
        """A statement that can be read but is not decided by."""
        from dsl.syntax.parser import lexicon

        word = lexicon().by_token[statement.what].spelled(self.phrases.language)
        text = self.phrases.say(
            "这里有一条“{word}”，目前不照它作决定", "here stands a “{word}”, by which nothing is decided yet", word=word
        )
        yield self.phrases.sentence(text, statement)

    def examples(self) -> Iterator[Sentence]:
        """How many worked cases stand in the document."""
        found = [st for st in self.document.statements if isinstance(st, s.Example)]
        if not found:
            return
        text = self.phrases.say(
            "文件附有{n}个例，写明这样的情形应当得到什么",
            "{n} worked examples stand in the document, with what each must give",
            n=str(len(found)),
        )
        yield self.phrases.sentence(text, found[0])
