"""What a simulation shows: heads before and after, who went where, everyone whose result changes, and why."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct, structs

from cli import terminal, values
from cli.render.columns import aligned
from cli.render.explanation_rows import endless, reason_text
from cli.render.run import name_field
from cli.session import Session
from cli.sheets import Sheet
from cli.speech import say
from interpreter.exact.arithmetic import NUMERIC
from interpreter.exact.decide import Decision, Decisions
from interpreter.simulating import Change, Simulation
from interpreter.simulating.compare import DISPLACED, HIT, Summed, grouped, is_place, label, summed
from interpreter.simulating.direction import Ways, places_only, renamed, ways
from policy.core import Policy
from policy.numerals import decimal, in_unit
from policy.plurals import Put
from policy.types import Number, Type
from policy.units import Exact, whole

Cell: TypeAlias = "str | int | Fraction | None"
"""What stands in a cell of a table."""


class Because(Struct, frozen=True):
    """What is told of causes: their tables, the words for one person by key, and a note on how shares were found."""

    sheets: list[Sheet]
    of: Callable[[str], str]
    note: str = ""


WORDS: dict[str, tuple[str, str]] = {
    "title": ("模拟：{name}，{edit}", "simulation: {name}, {edit}"),
    "untouched": ("现行规则没有改动，以下只是试算", "the rule in force is not touched; this is a trial"),
    "summary": (
        "{all} 人中 {changed} 人结果改变：规则直接影响 {hit} 人，因名额变化 {displaced} 人",
        "of {all} {all:person|people} {changed} {changed:has|have} another result: {hit} by the rule, {displaced} as"
        " places moved",
    ),
    "nobody": ("没有人的结果改变", "nobody's result changes"),
    "nobody_else": ("其余的结果没有人改变", "nobody's other results change"),
    "up": ("升 {count} 人", "up {count}"),
    "down": ("降 {count} 人", "down {count}"),
    "entered": ("进入等级 {count} 人", "into the grades {count}"),
    "left": ("退出等级 {count} 人", "out of the grades {count}"),
    "others": ("其他变动 {count} 人", "otherwise {count}"),
    "places_only": ("只有名次变的 {count} 人", "only the place is another: {count}"),
    "gained": ("{name}：增加 {more} 人，减少 {less} 人", "{name}: more for {more}, less for {less}"),
    "renamed": (
        "结果改了名：{old} → {new}，这一项没有逐人比较",
        "a result has another name: {old} → {new}; it is not compared",
    ),
    "added": ("多了的结果：{names}", "results that are new: {names}"),
    "dropped": ("少了的结果：{names}，无从比较", "results that are no longer there: {names}; nothing to compare"),
    "fairness": ("按{field}看各组", "groups by {field}"),
    "good": ("得到", "has"),
    "or_better": ("{name} {grade}以上", "{name} {grade} or better"),
    "rate": ("比率", "rate"),
    "ratio": ("与最高组之比", "of the highest"),
    "chance": ("p", "p"),
    "remark": ("说明", "remark"),
    "low": ("低于五分之四", "under four fifths"),
    "small": ("人少", "few people"),
    "open_ones": ("未定 {count} 人不计", "{count} open, not counted"),
    "fairness_note": (
        "比率只算已定的人；低于最高一组的五分之四的，注明；不足 30 人的组，注明人少",
        "rates are of those decided; under four fifths of the highest group is marked, and so are groups under 30",
    ),
    "chance_note": (
        "p 是费希尔精确检验（双侧，一组与其余各组比）：没有差别时，偶然出现这么大差别的概率；它不作任何决定",
        "p is Fisher's exact test, two-sided, a group against all others: the chance of such a difference where there"
        " is none; nothing is decided by it",
    ),
    "no_test": (
        "要看费希尔精确检验，请安装：pip install 'zhunsheng[fair]'",
        "for Fisher's exact test install it: pip install 'zhunsheng[fair]'",
    ),
    "in_force": ("{name}：现行规则", "{name}: the rule in force"),
    "near_edge": ("{name} 离分界不超过 {distance} 的人", "within {distance} of an edge of {name}"),
    "near_counts": ("{title}：各处人数", "{title}: heads"),
    "edge": ("分界", "edge"),
    "edge_from": ("{value} 起", "from {value}"),
    "edge_last": ("{value}（末位）", "{value} (last place)"),
    "edge_over": ("{value} 以上（不含）", "over {value}"),
    "asks": ("用在", "asked by"),
    "side": ("在哪一边", "side"),
    "lower": ("下侧", "lower side"),
    "upper": ("上侧", "upper side"),
    "short": ("未到", "short of it"),
    "reached": ("已到", "reached"),
    "not_past": ("未过", "not past it"),
    "past": ("已过", "past it"),
    "placed": ("得到", "has a place"),
    "unplaced": ("没得到", "has none"),
    "away": ("相差", "distance"),
    "key": ("主键", "key"),
    "no_edge": ("{name} 没有与什么比过大小，没有分界", "{name} is compared with nothing; it has no edges"),
    "nobody_near": ("没有人离分界这么近", "nobody is that near"),
    "last_place": (
        "名额的分界是最后一个得到的人的数；上侧是得到这一档或更好的人",
        "the edge of a quota is the number of the last who has a place; the upper side has that place or a better one",
    ),
    "near_unknown": ("{name} 未定的 {count} 人不在内", "{count} whose {name} is not known {count:is|are} not in it"),
    "before": ("现行", "before"),
    "after": ("试改", "after"),
    "difference": ("增减", "difference"),
    "from_to": ("由（行）到（列）", "from (row) to (column)"),
    "cause": ("缘由", "cause"),
    "hit": ("规则直接影响", "by the rule"),
    "displaced": ("因名额变化", "places moved"),
    "own": ("自身变化", "own values"),
    "because_of": ("因为", "because of"),
    "causes": ("因为哪处改动", "because of which edit"),
    "cause_of": ("改动（改变的人数）", "edit (people changed)"),
    "shares": ("各处改动的份额", "shares of the edits"),
    "share_of": ("改动（份额）", "edit (share)"),
    "drawn": (
        "改动较多，份额按抽出的 {count} 种先后次序平均，相加仍等于总变化",
        "with so many edits the shares are averages over {count} drawn orders; they still add up to the change",
    ),
    "figure": ("", ""),
    "side_by_side": ("几种改法并列", "side by side"),
    "heads": ("人数", "heads"),
    "moves": ("去向", "moves"),
    "sum": ("合计", "total"),
    "average": ("平均", "average"),
    "number": ("数", "number"),
    "people": ("人数", "people"),
    "by": ("按{field}", "by {field}"),
    "more": ("增加", "more"),
    "less": ("减少", "less"),
    "changed": ("改变", "changed"),
    "open": ("未定", "open"),
    "refused": ("这个值不成立，政策会有错误", "refused: the policy would have errors"),
    "sweep_now": (
        "现行值 {value}；下面每一段里人人结果相同",
        "now {value}; within each stretch everyone gets the same",
    ),
    "goal": ("达到 {goal} 的值：{values}", "values that reach {goal}: {values}"),
    "no_goal": ("没有哪个值达到 {goal}；最近的：{near}", "no value reaches {goal}; the nearest: {near}"),
    "near": ("{value} 时是 {number}", "{number} at {value}"),
    "decided_only": ("合计只算已定的人，未定的人不在内", "sums are of those decided; open cases are not in them"),
    "opened": ("试改后有人未定", "open after the change"),
    "because": ("{count} 人：{reason}", "{count} {count:person|people}: {reason}"),
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


def show(
    found: Simulation,
    session: Session,
    edit: str,
    few: int | None = None,
    by: str = "",
    because: Because | None = None,
) -> None:
    """The whole simulation on the terminal, by the values of a field where one is named; of those who change, `few` at
    most."""
    language, rule = session.language, "-" if session.asked.ascii else "─"
    terminal.line(word("title", language, name=session.policy.name, edit=edit))
    terminal.line(word("untouched", language))
    terminal.line(_summary(found, language))
    for line in way_lines(found, language):
        terminal.line(line)
    for line in opened_lines(found, language):
        terminal.line(line)
    tables = [*_head_sheets(found, language), *moved_sheets(found, language), *sum_sheets(found, language)]
    titled_sheets = group_sheets(found, by, language)[1:] if by else []
    if because is not None:
        tables += because.sheets
    for sheet in (*tables, *(group_sheets(found, by, language)[:1] if by else ()), *titled_sheets):
        terminal.line()
        if sheet in titled_sheets:
            terminal.line(sheet.title)
        show_sheet(sheet, rule, numbers=True)
    if found.sums and any_open(found):
        terminal.line(word("decided_only", language))
    if found.changes:
        terminal.line()
        if because is not None and because.note:
            terminal.line(because.note)
        changes = _change_sheet(found, language, because)
        show_sheet(Sheet(changes.title, changes.headers, changes.rows[:few]), rule, numbers=False)
        if few is not None and len(changes.rows) > few:
            terminal.line(say("other_rows", language, count=len(changes.rows) - few))


def _summary(found: Simulation, language: str) -> str:
    if not found.changes:
        compared = set(found.before.policy.results) <= set(found.after.policy.results)
        return word("nobody" if compared else "nobody_else", language)
    counts = {cause: len(found.caused(cause)) for cause in (HIT, DISPLACED)}
    return word("summary", language, all=len(found.before.cases), changed=len(found.changes), **counts)


def way_lines(found: Simulation, language: str) -> list[str]:
    """Which way people move, and which results cannot be compared by name."""
    pairs, added, dropped = renamed(found.before.policy, found.after.policy)
    joint = "、" if language == "zh" else ", "
    lines = [word("renamed", language, old=old, new=new) for old, new in pairs]
    lines += [word("added", language, names=joint.join(added))] if added else []
    lines += [word("dropped", language, names=joint.join(dropped))] if dropped else []
    if not found.changes:
        return lines
    lines += [_way_line(name, each, language) for name, each in ways(found).items() if any(structs.astuple(each))]
    for name in found.sums:
        more, less = gained(list(found.before.cases), list(found.after.cases), name)
        lines += [word("gained", language, name=name, more=more, less=less)] if more or less else []
    only = places_only(found)
    return lines + ([word("places_only", language, count=len(only))] if only else [])


def any_open(found: Simulation) -> bool:
    """Whether a case is open under either rule."""
    return any(case.outcome != "decided" for decisions in (found.before, found.after) for case in decisions.cases)


def _way_line(name: str, each: Ways, language: str) -> str:
    parts = [word(way, language, count=count) for way, count in structs.asdict(each).items() if count]
    return f"{name}：{'，'.join(parts)}" if language == "zh" else f"{name}: {', '.join(parts)}"


def show_sheet(sheet: Sheet, rule: str, *, numbers: bool) -> None:
    rows = [[_text(cell) for cell in row] for row in sheet.rows]
    right = [numbers and at > 0 for at in range(len(sheet.headers))]
    for line in aligned(sheet.headers, rows, right, rule=rule):
        terminal.line(line)


def exactly(cell: Cell) -> str | None:
    """A cell for programs: nothing of a number is left out."""
    return decimal(cell) if isinstance(cell, int | Fraction) else cell


def _text(cell: Cell) -> str:
    """A cell on the terminal; a number without end is cut."""
    if not isinstance(cell, Fraction):
        return "" if cell is None else str(cell)
    return decimal(cell) if "/" not in decimal(cell) else endless(cell, None)


# -- tables ---------------------------------------------------------------------------------------------------------


def sheets(found: Simulation, language: str, by: str = "", because: Because | None = None) -> list[Sheet]:
    """The changes, heads and moves of each result that is a choice, numbers added up, by a field if one is named."""
    groups = group_sheets(found, by, language) if by else []
    return [
        _change_sheet(found, language, because),
        *(because.sheets if because is not None else ()),
        *_head_sheets(found, language),
        *_move_sheets(found, language),
        *sum_sheets(found, language),
        *groups,
    ]


def opened_lines(found: Simulation, language: str) -> list[str]:
    """Why cases that were decided are open now, the commonest reason first."""
    if not found.opened:
        return []
    joint = "：" if language == "zh" else ":"
    told = [word("because", language, count=n, reason=reason_text(reason, language)) for reason, n in found.opened]
    return [word("opened", language) + joint, *(f"  {line}" for line in told)]


def sum_sheets(found: Simulation, language: str) -> list[Sheet]:
    """The sum and the average of each result that is a number, under both rules."""
    if not found.sums:
        return []
    headers = [word(w, language) for w in ("number", "before", "after", "difference", "average", "average")]
    headers[4:] = [f"{headers[4]} {word(w, language)}" for w in ("before", "after")]
    rows: list[list[Cell]] = []
    for name, (old, new) in found.sums.items():
        kind = result_type(found, name)
        each = [amount(_average(s), kind) for s in (old, new)]
        rows.append([titled(name, kind, language), *three(old, new, kind), *each])
    return [Sheet(word("sum", language), headers, rows)]


def group_sheets(found: Simulation, field: str, language: str) -> list[Sheet]:
    """By the values of a field: how many people, whose results change; then each number added up."""
    groups = grouped(found, field)
    changed = {change.key for change in found.changes}
    title = word("by", language, field=field)
    heads: list[list[Cell]] = []
    for value, (old, new) in groups.items():
        people = {case.key for case in (*old, *new)}
        heads.append([value or word("missing", language), len(people), len(people & changed)])
    made = [Sheet(title, [field, word("people", language), word("changed", language)], heads)]
    said = [word(w, language) for w in ("before", "after", "difference", "more", "less")]
    for name in found.sums:
        kind = result_type(found, name)
        rows: list[list[Cell]] = [
            [value or word("missing", language), *three(summed(old, name), summed(new, name), kind),
             *gained(old, new, name)]
            for value, (old, new) in groups.items()
        ]  # fmt: skip
        made.append(Sheet(f"{titled(name, kind, language)} {title}", [field, *said], rows))
    return made


def gained(old: list[Decision], new: list[Decision], name: str) -> tuple[int, int]:
    """How many get more of a number, and how many less."""
    was = {case.key: case.results[name].value for case in old if name in case.results}
    pairs = [(was[case.key], case.results[name].value) for case in new if case.key in was and name in case.results]
    both = [(a, b) for a, b in pairs if type(a) in NUMERIC and type(b) in NUMERIC]
    return sum(b > a for a, b in both), sum(b < a for a, b in both)


def three(old: Summed, new: Summed, kind: Type) -> list[Cell]:
    """Before, after and the difference."""
    return [amount(old.total, kind), amount(new.total, kind), amount(whole(new.total - old.total), kind)]


def _average(of: Summed) -> Exact | None:
    return None if not of.count else whole(Fraction(of.total) / of.count)


def amount(value: Exact | None, kind: Type) -> Cell:
    """A number in its unit; a percentage as it is written, and what nobody has as nothing."""
    unit = kind.kind.unit if isinstance(kind.kind, Number) else None
    if value is None or unit is None:
        return value
    return in_unit(value, unit) if unit.family == "ratio" else whole(Fraction(value) / Fraction(unit.factor))


def titled(name: str, kind: Type, language: str) -> str:
    """A result with its unit, as the title of a column has it."""
    unit = kind.kind.unit if isinstance(kind.kind, Number) else None
    if unit is None or unit.family == "ratio":
        return name
    return f"{name}（{unit.spelled(language)}）" if language == "zh" else f"{name} ({unit.spelled(language)})"


def result_type(found: Simulation, name: str) -> Type:
    definition = found.before.policy.definition(name)
    assert definition is not None
    return definition.type


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
        there = {grade for pair in moves for grade in pair}
        order = [v for v, _, _ in found.heads[name] if v in there]
        rows = [[grade(a, language), *(moves.get((a, b)) or "·" for b in order)] for a in order]
        made.append(
            Sheet(
                f"{word('moves', language)} {name}",
                [word("from_to", language), *(grade(v, language) for v in order)],
                rows,
            )
        )
    return made


def moved_sheets(found: Simulation, language: str) -> list[Sheet]:
    """The moves for the terminal: only the grades that somebody leaves or comes to."""
    narrow = structs.replace(found, moves={name: _moved(moves) for name, moves in found.moves.items() if _moved(moves)})
    return _move_sheets(narrow, language)


def _moved(moves: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """The moves from and to grades between which somebody moves, empty where nobody does."""
    touched = {grade for pair in moves if pair[0] != pair[1] for grade in pair}
    return {pair: count for pair, count in moves.items() if touched.issuperset(pair)}


def _change_sheet(found: Simulation, language: str, because: Because | None = None) -> Sheet:
    """A line a person: each result that changes for somebody, as `old → new`; the cause; their own changed values."""
    policy = found.before.policy
    shown = [n for n in policy.results if any(n in c.results for c in found.changes)]
    name = name_field(policy)
    key = policy.main.key.name if policy.main.key else ""
    told = [word("because_of", language)] if because is not None else []
    headers = [key, *([name] if name else []), *shown, word("cause", language), *told, word("own", language)]
    rows = []
    for change in found.changes:
        case = change.before or change.after
        assert case is not None
        row = [change.key] + ([values.plain(case.subject.values.get(name, ""), language)] if name else [])
        row += [_change_cell(change, result, found, language) for result in shown]
        row += [word(change.cause, language), *([because.of(change.key)] if because is not None else [])]
        row += ["，".join(_own(change, n, found) for n in change.own)]
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
    ranks = [n for n in found.before.policy.results if is_place(found.before.policy, n)]
    return {
        "policy": found.before.policy.name,
        "edit": edit,
        "people": len(found.before.cases),
        "sums": {
            n: [{"total": exactly(amount(s.total, result_type(found, n))), "people": s.count} for s in pair]
            for n, pair in found.sums.items()
        },
        "opened": [
            {"code": reason.code, "arguments": dict(reason.arguments), "people": n} for reason, n in found.opened
        ],
        "ways": {n: structs.asdict(each) for n, each in ways(found).items()},
        "places_only": len(places_only(found)),
        "renamed": [list(pair) for pair in renamed(found.before.policy, found.after.policy)[0]],
        "added": list(renamed(found.before.policy, found.after.policy)[1]),
        "dropped": list(renamed(found.before.policy, found.after.policy)[2]),
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


def _results(case: Decision | None, decisions: Decisions) -> dict[str, str | None] | None:
    if case is None:
        return None
    return {n: _value(case, n, decisions) for n in decisions.policy.results} | {"outcome": case.outcome}
