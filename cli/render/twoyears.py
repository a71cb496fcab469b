"""What two periods show: each figure at its corners with its change cut in two, who came, who left, who changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cli import terminal, values
from cli.render.run import name_field
from cli.render.simulation import show_sheet
from cli.render.simulation_tables import amount, exactly, titled
from cli.render.simulation_words import grade
from cli.render.simulation_words import word as common
from cli.session import Session
from cli.sheets import Sheet
from interpreter.exact.decide import Decision
from interpreter.simulating.compare import label, summed
from interpreter.simulating.periods import BOTH, DATA, RULES, Parted, TwoYears
from policy.core import Policy
from policy.plurals import Put
from policy.types import Type

WORDS: dict[str, tuple[str, str]] = {
    "title": ("两期：{name}", "two periods: {name}"),
    "title_edit": ("两期：{name}，{edit}", "two periods: {name}, {edit}"),
    "people_note": (
        "人的变化 = 旧数据换成新数据带来的；按两种先后（先换数据、先改规则）各算一遍取平均，两部分之和恰是全部变化",
        "due to people = what the new data brings, due to rules = what the new rules bring: the average of both orders"
        " (data first, rules first); the two add up to the whole change exactly",
    ),
    "summary": (
        "两期都在 {stayed} 人，新来 {came} 人，离开 {left} 人；都在的人中 {data} 人因数据改变，{rules} 人因规则改变，"
        "{both} 人两者都有",
        "in both {stayed}, came {came}, left {left}; of those in both {data} {data:changes|change} with the data,"
        " {rules} with the rules, {both} with both",
    ),
    "summary_data": (
        "两期都在 {stayed} 人，新来 {came} 人，离开 {left} 人；都在的人中 {data} 人改变",
        "in both {stayed}, came {came}, left {left}; of those in both {data} {data:changes|change}",
    ),
    "aside": (
        "另有 {count} 人两期都在，但至少一期的行被搁置，不作比较",
        "{count} more {count:is|are} in both, with a row set aside in one: not compared",
    ),
    "0": ("旧规则旧数据", "old rules, old data"),
    "1": ("旧规则新数据", "old rules, new data"),
    "2": ("新规则旧数据", "new rules, old data"),
    "3": ("新规则新数据", "new rules, new data"),
    "change": ("全部变化", "whole change"),
    "due_people": ("其中人的变化", "due to people"),
    "due_rules": ("其中规则的变化", "due to rules"),
    "who": ("谁", "who"),
    "came": ("新来", "came"),
    "left": ("离开", "left"),
    "stayed": ("两期都在", "in both"),
    "comings": ("新来和离开", "came and left"),
    "data": ("数据", "data"),
    "rules": ("规则", "rules"),
    "both": ("数据和规则", "data and rules"),
    "old_data": ("旧数据", "old data"),
    "new_data": ("新数据", "new data"),
}
NAMES = ("old_rules_old_data", "old_rules_new_data", "new_rules_old_data", "new_rules_new_data")
"""The corners in JSON, in the order in which they are shown."""


def word(key: str, language: str, /, **arguments: object) -> str:
    """A phrase of this page."""
    return WORDS[key][0 if language == "zh" else 1].format_map({k: Put(v) for k, v in arguments.items()})


# -- the terminal ---------------------------------------------------------------------------------------------------


def show(found: TwoYears, session: Session, edit: str) -> None:
    """Both periods on the terminal."""
    language, rule = session.language, "-" if session.asked.ascii else "─"
    terminal.line(title(session.policy.name, edit, language))
    terminal.line(common("untouched", language))
    for line in summary(found, language):
        terminal.line(line)
    changes, *figures = sheets(found, language)
    for sheet in figures:
        terminal.line()
        terminal.line(sheet.title)
        show_sheet(sheet, rule, numbers=True)
    if found.moved:
        terminal.line()
        show_sheet(changes, rule, numbers=False)


def title(name: str, edit: str, language: str) -> str:
    """The title of the comparison."""
    return word("title_edit" if edit else "title", language, name=name, edit=edit)


def summary(found: TwoYears, language: str) -> list[str]:
    """Who is there and who changes, and how the change is cut in two."""
    counts = {"stayed": found.stayed, "came": len(found.came), "left": len(found.left)}
    causes = {cause: found.caused(cause) for cause in (DATA, RULES, BOTH)}
    ruled = found.corners.new_ruled is not None
    lines = [word("summary" if ruled else "summary_data", language, **counts, **causes)]
    if found.aside:
        lines.append(word("aside", language, count=len(found.aside)))
    return [*lines, word("people_note", language)] if ruled else lines


# -- tables ---------------------------------------------------------------------------------------------------------


def sheets(found: TwoYears, language: str) -> list[Sheet]:
    """Who changes; the heads of each grade; numbers added up; who came and left."""
    return [
        _changes(found, language),
        *(_heads(name, found, language) for name in found.heads),
        *([_sums(found, language)] if found.sums else []),
        _comings(found, language),
    ]


def _corner_titles(found: TwoYears, language: str) -> list[str]:
    parts = ("due_people", "due_rules") if found.corners.new_ruled is not None else ()
    corners = (str(at) for at in range(len(found.corners.each)))
    return [word(w, language) for w in (*corners, "change", *parts)]


def _parted(parted: Parted, found: TwoYears, kind: Type | None = None) -> list[Any]:
    """The corners, the change, and its parts where there are two."""
    parts = (parted.people, parted.rules) if found.corners.new_ruled is not None else ()
    figures = (*parted.corners, parted.change, *parts)
    return list(figures) if kind is None else [amount(each, kind) for each in figures]


def _heads(name: str, found: TwoYears, language: str) -> Sheet:
    rows = [[grade(value, language), *_parted(parted, found)] for value, parted in found.heads[name]]
    return Sheet(f"{common('heads', language)} {name}", [name, *_corner_titles(found, language)], rows)


def _sums(found: TwoYears, language: str) -> Sheet:
    kinds = _kinds(found)
    rows = [
        [titled(name, kinds[name], language), *_parted(parted, found, kinds[name])]
        for name, (parted, _) in found.sums.items()
    ]
    return Sheet(common("sum", language), [common("number", language), *_corner_titles(found, language)], rows)


def _comings(found: TwoYears, language: str) -> Sheet:
    """Who came and who left: heads, and what each number adds up to."""
    kinds = _kinds(found)
    headers = [word("who", language), common("people", language), *(titled(n, kinds[n], language) for n in found.sums)]
    rows = [
        [word(who, language), len(cases), *(amount(summed(cases, n).total, kinds[n]) for n in found.sums)]
        for who, cases in (("came", found.came), ("left", found.left))
    ]
    return Sheet(word("comings", language), headers, rows)


def _changes(found: TwoYears, language: str) -> Sheet:
    """A line a person: each result that changes for somebody, along the way; and what it changes with."""
    policy = found.corners.old.policy
    shown = [n for n in policy.results if any(n in each.results for each in found.moved)]
    name = name_field(policy)
    headers = [policy.main.key.name if policy.main.key else "", *([name] if name else []), *shown]
    rows = [
        [
            each.key,
            *([values.plain(each.way[-1].subject.values.get(name, ""), language)] if name else []),
            *(_way(each.way, n, found, language) for n in shown),
            word(each.cause, language),
        ]
        for each in found.moved
    ]
    return Sheet(common("changes", language), [*headers, common("cause", language)], rows)


def _way(way: Iterable[Decision], name: str, found: TwoYears, language: str) -> str:
    """A result at each stop of the way; one word where it stays."""
    stops = [grade(_text(case, name, policy), language) for case, policy in zip(way, _policies(found), strict=True)]
    return " → ".join(stops) if len(set(stops)) > 1 else stops[0]


def _policies(found: TwoYears) -> list[Policy]:
    """The rules at each stop of a person's way."""
    corners = found.corners
    return [d.policy for d in (corners.old, corners.new, corners.new_ruled) if d is not None]


def _text(case: Decision, name: str, policy: Policy) -> str:
    value = case.results[name].value
    return values.shown(value, values.result_types(policy)[name], policy.language) or label(value)


def _kinds(found: TwoYears) -> dict[str, Type]:
    return values.result_types(found.corners.old.policy)


# -- JSON -----------------------------------------------------------------------------------------------------------


def as_object(found: TwoYears, edit: str) -> dict[str, Any]:
    """Both periods as JSON: numbers as exact text in the unit of the result."""
    kinds = _kinds(found)
    return {
        "policy": found.corners.old.policy.name,
        "edit": edit,
        "people": {
            "both": found.stayed,
            "came": [case.key for case in found.came],
            "left": [case.key for case in found.left],
            "set_aside": list(found.aside),
            "changed": {cause: found.caused(cause) for cause in (DATA, RULES, BOTH)},
        },
        "heads": {
            name: [{"value": value, **_told(parted)} for value, parted in rows] for name, rows in found.heads.items()
        },
        "sums": {
            name: {
                **_told(parted, kinds[name]),
                "decided": {corner: each.count for corner, each in zip(NAMES, each_sum, strict=False)},
                "came": exactly(amount(summed(found.came, name).total, kinds[name])),
                "left": exactly(amount(summed(found.left, name).total, kinds[name])),
            }
            for name, (parted, each_sum) in found.sums.items()
        },
        "changes": [
            {
                "key": each.key,
                "cause": each.cause,
                "results": list(each.results),
                "way": [
                    {name: _text(case, name, policy) for name in policy.results} | {"outcome": case.outcome}
                    for case, policy in zip(each.way, _policies(found), strict=True)
                ],
            }
            for each in found.moved
        ],
    }


def _told(parted: Parted, kind: Type | None = None) -> dict[str, Any]:
    def put(value: Any) -> str | None:
        return exactly(value if kind is None else amount(value, kind))

    return {
        "corners": {corner: put(value) for corner, value in zip(NAMES, parted.corners, strict=False)},
        "change": put(parted.change),
        "due_to_people": put(parted.people),
        "due_to_rules": put(parted.rules),
    }
