"""Why not that value, in words: the same rows as the rest of an explanation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cli.render.explanation_phrases import phrase
from cli.render.explanation_rows import Row, Section, figure_text, reason_text, remark_text, row_of
from interpreter.explaining.changes import Beyond, Change
from interpreter.explaining.model import Figure, Item, Result
from interpreter.explaining.together import Moved
from interpreter.explaining.whynot import WhyNot
from policy.source import NO_CLAUSE


def section(answer: WhyNot, language: str) -> Section:
    """The question as a heading, the answer as rows."""
    target = figure_text(answer.target, language)
    title = phrase("why_not", language, target=target)
    return Section("why_not", title, tuple(rows(answer, target, language)))


def rows(answer: WhyNot, target: str, language: str) -> list[Row]:
    if answer.state == "already":
        lost = [change_row(change, answer, language) for change in answer.changes]
        found = [Row(phrase("lost_by", language), rows=tuple(lost), wide=True)] if lost else []
        return [said("already", language, target=target), *found]
    if answer.state == "open":
        reasons = [Row(reason_text(reason, language), tone="open", wide=True) for reason in answer.reasons]
        return [Row(phrase("not_decided", language), tone="open", wide=True, rows=tuple(reasons))]
    found = [blocked(item, language) for item in answer.blocking]
    if not found and not answer.changes:
        found = [said("no_rule", language, target=target)]
    return [*found, *changes(answer, language)]


def said(code: str, language: str, **arguments: object) -> Row:
    return Row(phrase(code, language, **arguments), wide=True)


# -- what stands in the way ------------------------------------------------------------------------------------------


def blocked(item: Item, language: str) -> Row:
    """A row that gives the value, and what it lacks."""
    row = row_of(item, language)
    if item.role != "lacking":
        return row
    joint = phrase("joint", language)
    how = joint.join(remark_text(remark, language) for remark in item.remarks)
    return Row(item.label, how=how, clause=row.clause, rows=tuple(lacking(inner, language) for inner in item.items))


def lacking(item: Item, language: str) -> Row:
    """A condition that fails, who stands before, or a part that could still rise."""
    inner = tuple(lacking(each, language) for each in item.items)
    joint = phrase("joint", language)
    how = joint.join(remark_text(remark, language) for remark in item.remarks)
    if item.role == "condition":
        row = row_of(item, language)
        return Row(row.label, row.value, how=row.how, clause=row.clause, rows=inner, tone=row.tone)
    if item.role == "room":
        value = figure_text(item.value or Figure(None), language, bare=True)
        return Row(item.label, value, how=how, rows=inner, numeric=True)
    return Row(item.label, how=how, clause=item.clause, rows=inner)


# -- single changes --------------------------------------------------------------------------------------------------


def changes(answer: WhyNot, language: str) -> list[Row]:
    """What one changed figure would do."""
    reached = [change_row(change, answer, language) for change in answer.changes]
    found = [Row(phrase("one_change", language), rows=tuple(reached), wide=True)] if reached else []
    if not reached and answer.beyond and not answer.untried and answer.together is None:
        found.append(said("no_change", language))
    found += together_rows(answer, language)
    nearer = [beyond_row(entry, answer, language) for entry in answer.beyond if entry.result is not None]
    join = phrase("list", language).join
    for code, moves in (("no_better", True), ("useless", False)):
        fields = together([e for e in answer.beyond if e.result is None and e.moves is moves], language)
        if fields:
            nearer.append(Row(phrase(code, language, fields=join(fields)), tone="quiet", wide=True))
    if nearer:
        found.append(Row(phrase("out_of_reach", language), rows=tuple(nearer), wide=True))
    if answer.untried:
        found.append(Row(phrase("untried", language, fields=join(answer.untried)), tone="open", wide=True))
    return found


def change_row(change: Change, answer: WhyNot, language: str) -> Row:
    """`笔试 24.9 → 28.3`: what then comes out, and that a step less does not do."""
    moved = phrase("moved", language, was=figure_text(change.was, language), now=figure_text(change.now, language))
    joint = phrase("joint", language)
    results = joint.join(result_words(result, language) for result in shown_results(change))
    how = joint.join(part for part in (results, places(change.places, language)) if part)
    if change.less is not None and change.less_result is not None:
        how += phrase("less", language, value=figure_text(change.less, language),
                      result=figure_text(change.less_result, language))  # fmt: skip
    return Row(name_of(change), moved, how=how, tone="good")


def together_rows(answer: WhyNot, language: str) -> list[Row]:
    """What would do where no single change does, or what none of them gets beyond."""
    found, bound = answer.together, answer.bound
    if found is not None:
        moves = [Row(name_of(move), phrase("moved", language, was=figure_text(move.was, language),
                     now=figure_text(move.now, language)), tone="good") for move in found.moves]  # fmt: skip
        named = {name for name, _, _ in found.places}
        told = [result_words(each, language) for each in found.results if each.name not in named]
        told = [*told, *([places(found.places, language)] if found.places else [])]
        if len(moves) > 1:
            told.append(phrase("needs_each", language))
        code = "together" if len(moves) > 1 else "alone"
        last = Row("", how=phrase("joint", language).join(told), wide=False, tone="quiet")
        return [Row(phrase(code, language, count=len(moves)), rows=(*moves, last), wide=True)]
    if bound is None:
        return []
    best = figure_text(bound.best, language)
    where = places(bound.places, language)
    said_best = phrase("bound_whole" if bound.whole else "bound_part", language, result=best)
    rows = [Row(phrase("joint", language).join(part for part in (said_best, where) if part), wide=True)]
    if bound.lacks:
        rows.append(
            Row(phrase("even_so", language), rows=tuple(blocked(item, language) for item in bound.lacks), wide=True)
        )
    if bound.fixed:
        fields = phrase("list", language).join(bound.fixed)
        rows.append(Row(phrase("bound_fixed", language, fields=fields), wide=True))
    if not answer.paired:
        rows.append(Row(phrase("unpaired", language), wide=True, tone="open"))
    return rows


MANY = 3
"""Records of one kind that are told together from so many on."""


def together(entries: Sequence[Beyond], language: str) -> list[str]:
    """Fields by name; one field of many records of a kind together."""
    kinds = Counter((entry.record.rpartition(" ")[0], entry.field) for entry in entries)
    names = []
    for entry in entries:
        kind = entry.record.rpartition(" ")[0]
        count = kinds[kind, entry.field]
        many = bool(kind) and count >= MANY
        names.append(phrase("of_many", language, kind=kind, field=entry.field, count=count) if many else name_of(entry))
    return list(dict.fromkeys(names))


def name_of(entry: Change | Beyond | Moved) -> str:
    """A field, behind the listed record that it is of."""
    return f"{entry.record} {entry.field}".strip()


def shown_results(change: Change) -> list[Result]:
    """The results but for places, which are told with how many are ranked."""
    named = {name for name, _, _ in change.places}
    return [result for result in change.results if result.name not in named and result.value.value is not True]


def result_words(result: Result, language: str) -> str:
    return f"{result.name} {figure_text(result.value, language, bare=True)}"


def places(found: tuple[tuple[str, Figure, int], ...], language: str) -> str:
    said = [phrase("then_place", language, rank=name, place=figure_text(place, language, bare=True), of=of)
            for name, place, of in found]  # fmt: skip
    return phrase("joint", language).join(said)


def beyond_row(entry: Beyond, answer: WhyNot, language: str) -> Row:
    """The best that a field alone gives."""
    value = figure_text(entry.value, language) if entry.value is not None else ""
    result = figure_text(entry.result, language) if entry.result is not None else ""
    said = phrase("at_best", language, value=value, result=result)
    where = places(entry.places, language)
    return Row(name_of(entry), how=phrase("joint", language).join(part for part in (said, where) if part),
               clause=NO_CLAUSE, tone="quiet")  # fmt: skip
