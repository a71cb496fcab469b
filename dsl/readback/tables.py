"""Read-back of tables, a sentence a row, and of exceptions, which may be tables of effects."""

from __future__ import annotations

from collections.abc import Iterator

from dsl.readback.cases import Under, cases, outcome
from dsl.readback.conditions import Phrases
from dsl.readback.words import Sentence
from dsl.syntax import surface as s

_MODES = {
    "": ("符合哪一行按哪一行；几行都符合而结果不同的，未决", "the row that fits gives it; undecided if several differ"),
    "INORDER": ("从上到下，取第一条符合的", "from top to bottom, the first row that fits gives it"),
    "ADDUP": ("符合的各行相加", "the rows that fit are added up"),
    "HIGHESTOF": ("取符合的各行中最高的", "the highest of the rows that fit counts"),
}


def table(p: Phrases, statement: s.Table, name: str) -> Iterator[Sentence]:
    """A table: how its rows are taken, then a sentence a row."""
    if statement.mode in ("MARGINAL", "WHOLEAMT"):
        yield from _tiers(p, statement, name)
        return
    inputs = [p.value(head) for head in statement.heads]
    inputs += [p.value(statement.across)] if statement.across is not None else []
    end = "" if any(row.tests is None for row in statement.rows) else _none_fits(p, statement.mode)
    how = p.say(*_MODES[statement.mode])
    bare = statement.head.path.names[-1].text
    text = p.say(
        "{name}按{inputs}查下表，{how}{end}：",
        "{name} is looked up by {inputs}: {how}{end}:",
        name=name,
        inputs=p.listed(inputs),
        how=how,
        end=end,
    )
    yield p.sentence(text, statement, clause=statement.clause)
    for row in statement.rows:
        yield p.sentence(_row(p, statement, row, bare), row, 1, row.clause.within(statement.clause))


def _none_fits(p: Phrases, mode: str) -> str:
    if mode == "ADDUP":
        return p.say("；都不符合的，为0", "; if none fits, it is 0")
    if not mode:
        return p.say("；都不符合的，也未决", " or none fits")
    return p.say("；都不符合的，未决", "; if none fits, it is undecided")


def _row(p: Phrases, statement: s.Table | s.Exempting, row: s.Row, name: str) -> str:
    guard = _row_guard(p, statement.heads, row)
    if statement.across is not None:
        return _across(p, statement, row, name, guard)
    if len(row.values) == 1:
        what = outcome(p, name, row.values[0])
    else:
        names = [_output(p, tests) for tests in statement.outputs]
        what = p.say("，", ", ").join(outcome(p, n, v) for n, v in zip(names, row.values, strict=False))
    return _placed(p, row, guard, what)


def _placed(p: Phrases, row: s.Row, guard: str, what: str) -> str:
    if row.tests is None:
        return p.say("其余的，{what}", "otherwise, {what}", what=what)
    if not guard:
        return p.say("任何情形下，{what}", "in any case, {what}", what=what)
    return p.say("{guard}的，{what}", "if {guard}, {what}", guard=guard, what=what)


def _row_guard(p: Phrases, heads: tuple[s.Expr, ...], row: s.Row) -> str:
    """The cells of a row as one condition; cells that allow anything are left out."""
    if row.tests is None:
        return ""
    clauses = [p.holds(head, tests) for head, tests in zip(heads, row.tests, strict=False)]
    return p.say("，且", " and ").join(clause for clause in clauses if clause)


def _across(p: Phrases, statement: s.Table | s.Exempting, row: s.Row, name: str, guard: str) -> str:
    """A row of a two-way table: its own cells, then each column's."""
    assert statement.across is not None
    cells = []
    for tests, value in zip(statement.outputs, row.values, strict=False):
        column = p.holds(statement.across, tests)
        what = outcome(p, name, value)
        cells.append(p.say("{column}的，{what}", "if {column}, {what}", column=column, what=what) if column else what)
    joined = p.say("；", "; ").join(cells)
    if row.tests is None:
        return p.say("其余的：{cells}", "otherwise: {cells}", cells=joined)
    return p.say("{guard}的：{cells}", "where {guard}: {cells}", guard=guard, cells=joined) if guard else joined


def _output(p: Phrases, tests: tuple[s.Test, ...]) -> str:
    if len(tests) == 1 and isinstance(tests[0], s.Exactly) and isinstance(tests[0].value, s.Path):
        return tests[0].value.names[-1].text
    return p.say("值", "the value")


def _tiers(p: Phrases, statement: s.Table, name: str) -> Iterator[Sentence]:
    """Tiers: the mode in words, then what each band counts at."""
    amount = statement.heads[0]
    if statement.mode == "MARGINAL":
        text = (
            "{name}按{amount}分段累进：落在每一段的部分按该段计，再相加：",
            "{name} is marginal on {amount}: the part in each band counts at the rate of that band, and all are added:",
        )
    else:
        text = (
            "{name}按{amount}全额计：{amount}在哪一段，全部就按哪一段计：",
            "{name} takes all of {amount} at the rate of the band that it lies in:",
        )
    yield p.sentence(p.say(*text, name=name, amount=p.value(amount)), statement, clause=statement.clause)
    for row in statement.rows:
        band = _row_guard(p, statement.heads, row)
        line = (
            ("{band}的部分，{rate}", "the part where {band}: {rate}")
            if statement.mode == "MARGINAL"
            else ("{band}的，全部{rate}", "if {band}, all of it: {rate}")
        )
        yield p.sentence(
            p.say(*line, band=band, rate=_rate(p, amount, row)), row, 1, row.clause.within(statement.clause)
        )


def _rate(p: Phrases, amount: s.Expr, row: s.Row) -> str:
    rate = row.values[0]
    assert not isinstance(rate, s.Bound | s.Shift | s.Void | s.Refer)
    unit, own = p.known.unit(amount), p.known.unit(rate)
    value = p.value(rate)
    if unit is None or own is None or own.family == "ratio":
        return p.say("按{rate}计", "at {rate}", rate=value)
    return p.say("每{unit}计{rate}", "{rate} for each of its {unit}", unit=p.unit(unit), rate=value)


# -- exceptions ------------------------------------------------------------------------------------------------------


def exception(p: Phrases, statement: s.Exempting, names: frozenset[str]) -> Iterator[Sentence]:
    """An exception: on what, for which records, over which others, then its effects."""
    target = _target(p, statement, names)
    notes = ""
    if statement.each is not None:
        notes += p.say(
            "，对名下每一条{each}分别适用", ", for each {each} record belonging to it", each=statement.each.text
        )
    if statement.over:
        over = p.listed([p.quoted(word.text) for word in statement.over])
        notes += p.say("，与例外{over}同时成立时以本例外为准", ", prevailing over the exception {over}", over=over)
    text = p.say(
        "例外“{name}”作用于{target}{notes}：",
        "the exception “{name}” acts on {target}{notes}:",
        name=statement.name.text,
        target=target,
        notes=notes,
    )
    yield p.sentence(text, statement, clause=statement.clause)
    yield from cases(
        p, statement.cases, Under((), statement.clause), lambda value: _effect(p, target, value, statement, names)
    )
    for row in statement.rows:
        yield p.sentence(_row(p, statement, row, target), row, 1, row.clause.within(statement.clause))


def _target(p: Phrases, statement: s.Exempting, names: frozenset[str]) -> str:
    if statement.target is None:
        return p.say("整个结果", "the whole result")
    name = statement.target.text
    return p.say("例外“{name}”", "the exception “{name}”", name=name) if name in names else name


def _effect(p: Phrases, target: str, value: s.Outcome, statement: s.Exempting, names: frozenset[str]) -> str:
    on_exception = statement.target is not None and statement.target.text in names
    if isinstance(value, s.Void) and on_exception:
        return p.say("{target}不适用", "{target} does not apply", target=target)
    return outcome(p, target, value)
