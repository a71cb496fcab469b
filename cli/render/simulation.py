"""What a simulation shows: heads before and after, who went where, everyone whose result changes, and why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cli import terminal, values
from cli.render.columns import aligned
from cli.render.run import name_field
from cli.session import Session
from cli.sheets import Sheet
from cli.speech import say
from interpreter.exact.decide import Decision, Decisions
from interpreter.simulating import Change, Simulation
from interpreter.simulating.compare import DISPLACED, HIT, label
from policy.core import Policy
from policy.plurals import Put
from policy.types import Number

WORDS: dict[str, tuple[str, str]] = {
    "title": ("模拟：{name}，{edit}", "simulation: {name}, {edit}"),
    "untouched": ("现行规则没有改动，以下只是试算", "the rule in force is not touched; this is a trial"),
    "summary": (
        "{all} 人中 {changed} 人结果改变：规则直接影响 {hit} 人，因名额变化 {displaced} 人",
        "of {all} {all:person|people} {changed} {changed:has|have} another result: {hit} by the rule, {displaced} as"
        " places moved",
    ),
    "nobody": ("没有人的结果改变", "nobody's result changes"),
    "before": ("现行", "before"),
    "after": ("试改", "after"),
    "difference": ("增减", "difference"),
    "from_to": ("由（行）到（列）", "from (row) to (column)"),
    "cause": ("缘由", "cause"),
    "hit": ("规则直接影响", "by the rule"),
    "displaced": ("因名额变化", "places moved"),
    "own": ("自身变化", "own values"),
    "heads": ("人数", "heads"),
    "moves": ("去向", "moves"),
    "changes": ("改变的人", "changes"),
    "aside": ("搁置", "set aside"),
    "none": ("无", "none"),
    "missing": ("缺", "missing"),
    "referred": ("转人工", "referred"),
    "undecided": ("未决", "undecided"),
}


def word(key: str, language: str, /, **arguments: object) -> str:
    """A phrase of this page."""
    return WORDS[key][0 if language == "zh" else 1].format_map({k: Put(v) for k, v in arguments.items()})


def grade(value: str, language: str) -> str:
    """A value of a choice as it is; what stands in its place in words."""
    return word(value, language) if value in ("none", "missing", "referred", "undecided") else value


# -- the terminal ---------------------------------------------------------------------------------------------------


def show(found: Simulation, session: Session, edit: str, output: Path | None, few: int | None = None) -> None:
    """The whole simulation on the terminal; of those who change, `few` at most."""
    language, rule = session.language, "-" if session.asked.ascii else "─"
    terminal.line(word("title", language, name=session.policy.name, edit=edit))
    terminal.line(word("untouched", language))
    terminal.line(_summary(found, language))
    for sheet in (*_head_sheets(found, language), *_move_sheets(found, language)):
        terminal.line()
        _show_sheet(sheet, rule, numbers=True)
    if found.changes:
        terminal.line()
        changes = _change_sheet(found, language)
        _show_sheet(Sheet(changes.title, changes.headers, changes.rows[:few]), rule, numbers=False)
        if few is not None and len(changes.rows) > few:
            terminal.line(say("other_rows", language, count=len(changes.rows) - few))
    if output is not None:
        terminal.line(say("written", language, file=output))


def _summary(found: Simulation, language: str) -> str:
    if not found.changes:
        return word("nobody", language)
    counts = {cause: len(found.caused(cause)) for cause in (HIT, DISPLACED)}
    return word("summary", language, all=len(found.before.cases), changed=len(found.changes), **counts)


def _show_sheet(sheet: Sheet, rule: str, *, numbers: bool) -> None:
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.rows]
    right = [numbers and at > 0 for at in range(len(sheet.headers))]
    for line in aligned(sheet.headers, rows, right, rule=rule):
        terminal.line(line)


# -- tables ---------------------------------------------------------------------------------------------------------


def sheets(found: Simulation, language: str) -> list[Sheet]:
    """The changes, then heads and moves of each result that is a choice."""
    return [_change_sheet(found, language), *_head_sheets(found, language), *_move_sheets(found, language)]


def _head_sheets(found: Simulation, language: str) -> list[Sheet]:
    headers = [word(w, language) for w in ("before", "after", "difference")]
    return [
        Sheet(
            f"{word('heads', language)} {name}",
            [name, *headers],
            [[grade(v, language), a, b, f"{b - a:+d}" if b != a else "0"] for v, a, b in rows],
        )
        for name, rows in found.heads.items()
    ]


def _move_sheets(found: Simulation, language: str) -> list[Sheet]:
    made = []
    for name, moves in found.moves.items():
        order = [v for v, _, _ in found.heads[name]]
        rows = [[grade(a, language), *(moves.get((a, b)) or "·" for b in order)] for a in order]
        made.append(
            Sheet(
                f"{word('moves', language)} {name}",
                [word("from_to", language), *(grade(v, language) for v in order)],
                rows,
            )
        )
    return made


def _change_sheet(found: Simulation, language: str) -> Sheet:
    """A line a person: each result that changes for somebody, as `old → new`; the cause; their own changed values."""
    policy = found.before.policy
    shown = [n for n in policy.results if any(n in c.results for c in found.changes)]
    name = name_field(policy)
    key = policy.main.key.name if policy.main.key else ""
    headers = [key, *([name] if name else []), *shown, word("cause", language), word("own", language)]
    rows = []
    for change in found.changes:
        case = change.before or change.after
        assert case is not None
        row = [change.key] + ([values.plain(case.subject.values.get(name, ""), language)] if name else [])
        row += [_change_cell(change, result, found, language) for result in shown]
        row += [word(change.cause, language), "，".join(_own(change, n, found) for n in change.own)]
        rows.append(row)
    return Sheet(word("changes", language), headers, rows)


def _change_cell(change: Change, result: str, found: Simulation, language: str) -> str:
    old, new = (_value(d, result, of) for d, of in ((change.before, found.before), (change.after, found.after)))
    old, new = (word("aside", language) if cell is None else grade(cell, language) for cell in (old, new))
    return old if old == new else f"{old} → {new}"


def _value(case: Decision | None, result: str, decisions: Decisions) -> str | None:
    if case is None or result not in case.results:
        return None
    value = case.results[result].value
    kinds = values.result_types(decisions.policy)
    text = values.shown(value, kinds[result], decisions.policy.language)
    return text or label(value)


def _own(change: Change, name: str, found: Simulation) -> str:
    assert change.before is not None
    assert change.after is not None
    old = _own_value(change.before, name, found.before.policy)
    new = _own_value(change.after, name, found.after.policy)
    return f"{name} {old} → {new}"


def _own_value(case: Decision, name: str, policy: Policy) -> str:
    definition = policy.definition(name)
    assert definition is not None
    value = case.subject.memo[name].value
    return values.shown(value, definition.type, policy.language) or label(value)


# -- JSON -----------------------------------------------------------------------------------------------------------


def json_writer(told: dict[str, Any]) -> Callable[[Path], None]:
    """What writes a simulation, told as an object, as a JSON file."""

    def fill(path: Path) -> None:
        import json

        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    return fill


def as_object(found: Simulation, edit: str) -> dict[str, Any]:
    """A simulation as JSON: values as text in the unit of the result, places as numbers."""
    ranks = [n for n in found.before.policy.results if _is_place(found.before.policy, n)]
    return {
        "policy": found.before.policy.name,
        "edit": edit,
        "people": len(found.before.cases),
        "heads": {n: [{"value": v, "before": a, "after": b} for v, a, b in rows] for n, rows in found.heads.items()},
        "moves": {
            n: [{"from": a, "to": b, "people": count} for (a, b), count in sorted(moves.items())]
            for n, moves in found.moves.items()
        },
        "changes": [
            {
                "key": change.key,
                "cause": change.cause,
                "own": list(change.own),
                "before": _results(change.before, found.before),
                "after": _results(change.after, found.after),
                "places": {
                    n: [_value(change.before, n, found.before), _value(change.after, n, found.after)] for n in ranks
                },
            }
            for change in found.changes
        ],
    }


def _is_place(policy: Policy, name: str) -> bool:
    definition = policy.definition(name)
    return definition is not None and isinstance(definition.type.kind, Number) and definition.type.kind.place


def _results(case: Decision | None, decisions: Decisions) -> dict[str, str | None] | None:
    if case is None:
        return None
    return {n: _value(case, n, decisions) for n in decisions.policy.results} | {"outcome": case.outcome}
