"""`simulate --people 10000`: rules tried out on people who are made up, and said to be so wherever they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import structs

from cli import options, session
from cli.sheets import Sheet

if TYPE_CHECKING:
    from cli.render.report import Report
    from interpreter.reading.account import Account
    from interpreter.reading.dataset import Dataset
    from interpreter.simulating import Simulation
    from policy.core import Policy

WORDS: dict[str, tuple[str, str]] = {
    "made": (
        "虚构的 {count} 人（按声明的字段，种子 {seed}）",
        "{count} made-up people (from the declared fields, seed {seed})",
    ),
    "drawn": (
        "虚构的 {count} 人（从样本的 {sample} 人中有放回抽取，各行一起，数在一步之内挪动，种子 {seed}）",
        "{count} made-up people (drawn with replacement from the {sample} of the sample, each with all rows, numbers"
        " moved by one step at most, seed {seed})",
    ),
    "mark": ("虚构 ", "made-up "),
    "unlike": (
        "--people：{record}“{field}”在两份政策里声明得不一样，虚构不出两边都合用的人",
        "--people: `{field}` of {record} is declared differently in the two policies; nobody fits both",
    ),
    "nobody": ("--people：样本里一个可用的人也没有", "--people: there is no usable person in the sample"),
}


def word(key: str, language: str, /, **arguments: object) -> str:
    """A phrase about made-up people."""
    return WORDS[key][0 if language == "zh" else 1].format_map(arguments)


def marked(report: Report) -> Report:
    """A report in which every title says that the people are made up."""
    mark = word("mark", report.language)

    def sheet(of: Sheet) -> Sheet:
        return structs.replace(of, title=mark + of.title)

    main = sheet(report.main)
    parts = [
        structs.replace(
            part,
            title=mark + part.title,
            sheets=[main if each is report.main else sheet(each) for each in part.sheets],
            charts=[structs.replace(chart, title=mark + chart.title) for chart in part.charts],
        )
        for part in report.parts
    ]
    return structs.replace(report, parts=parts, main=main)


def simulated(
    rules: tuple[session.Session, session.Session],
    data: Sequence[str],
    as_of: str | None,
    how: options.DataOptions,
    wanted: tuple[int, int],
) -> tuple[Simulation, Account, str]:
    """Both rules decided over made-up people; the account is of the sample where there is one, else of those made; with
    the words that say what they are."""
    from interpreter.exact.population import Population
    from interpreter.reading.account import account_of
    from interpreter.simulating import Variant, simulate

    before, after = rules
    if before.policy.main.name != after.policy.main.name:
        left, right = before.policy.main.name, after.policy.main.name
        session.fault("ZS917", before.language, before.asked, left=left, right=right)
    days = [session.moment(each, as_of) for each in rules]
    people, sample = _people(rules, data, days[0] or days[1], how, wanted)
    variants = [Variant(p.policy, Population.of_dataset(p.policy.records, _of(people, p.policy))) for p in rules]
    found = simulate(variants[0], variants[1], days[0] or days[1])
    count = {"count": len(people.tables[people.main].rows), "seed": wanted[1]}
    if sample is None:
        return found, account_of(people), word("made", before.language, **count)
    persons = len(sample.tables[sample.main].rows)
    return found, account_of(sample), word("drawn", before.language, sample=persons, **count)


def _people(
    rules: tuple[session.Session, session.Session],
    data: Sequence[str],
    day: date | None,
    how: options.DataOptions,
    wanted: tuple[int, int],
) -> tuple[Dataset, Dataset | None]:
    """People who fit both rules, and the sample that they are like."""
    from interpreter.simulating.drawing import drawn
    from interpreter.simulating.joined import UnlikeError, joined
    from interpreter.simulating.making import made

    before, after = rules
    try:
        both = joined(before.policy, after.policy)
    except UnlikeError as error:
        why = word("unlike", before.language, record=error.record, field=error.field)
        session.fault("ZS911", before.language, before.asked, why=why)
        raise
    if not data:
        return made(both, *wanted, day), None
    sample = session.read_data(structs.replace(before, policy=both), data, how)
    if not sample.tables[sample.main].rows:
        session.fault("ZS911", before.language, before.asked, why=word("nobody", before.language))
    return drawn(both, sample, *wanted, day), sample


def _of(people: Dataset, policy: Policy) -> Dataset:
    """What one policy sees of people made for two: its own records and fields."""
    known = {record.name: record for record in policy.records}
    tables = {}
    for name, table in people.tables.items():
        if name in known:
            fields = [field.name for field in known[name].fields]
            rows = tuple(
                structs.replace(row, values={f: row.values[f] for f in fields if f in row.values}) for row in table.rows
            )
            tables[name] = structs.replace(table, record=known[name], rows=rows)
    return structs.replace(people, tables=tables)
