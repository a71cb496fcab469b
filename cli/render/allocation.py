"""A division as people see it: its goals, what each takes, where each goes, what is left, what cannot all hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from cli import values
from cli.render.allocation_words import word
from cli.render.explanation_phrases import spoken
from cli.render.explanation_rows import figure_text, formula_text, remark_text
from cli.render.report import Part, Report
from cli.sheets import Sheet
from cli.speech import say
from interpreter.allocating import telling
from interpreter.allocating.conflicts import Conflict, Member
from interpreter.allocating.telling import Answer, GoalTold
from interpreter.exact.absence import reasons_of
from interpreter.exact.trace import Division
from interpreter.explaining.conditions import condition
from interpreter.explaining.divisions import named, price_remarks
from interpreter.explaining.model import Figure
from interpreter.explaining.told import ALONE, Told, one_line
from policy.core import Fit, Taking, Tied
from policy.types import Number, Text, Type
from policy.units import Exact
from policy.values import Nil, Referred, Value

if TYPE_CHECKING:
    from interpreter.exact.compiled import Program
    from interpreter.exact.population import Subject


FEW = 5
"""Records so few that each is told by name."""


class Divided(Struct, frozen=True, eq=False):
    """One division with everything that is told of it. `values` is what each item came to, by key; `kept` the division
    before, by item, empty where none is given."""

    division: Division
    program: Program
    values: Mapping[str, Value]
    language: str
    conflict: Conflict | None = None
    answer: Answer | None = None
    kept: Mapping[str, str] = {}

    @property
    def item(self) -> str:
        return self.division.posed.allocation.item

    @property
    def owner(self) -> str:
        return self.division.posed.allocation.owner

    def name_of(self, record: str, key: str) -> str:
        """What a record is called: its first field of free text beside the key."""
        described = self.program.population.records[record]
        field = next((f for f in described.fields if isinstance(f.type.kind, Text) and not f.key), None)
        subject = self.program.population.find(record, key)
        value = subject.values.get(field.name) if subject is not None and field is not None else None
        return value if isinstance(value, str) else ""

    def called(self, record: str, key: str) -> str:
        """A key with the name behind it."""
        name = self.name_of(record, key)
        return f"{key} {name}".strip()

    def subject(self, record: str, key: str) -> Subject | None:
        return self.program.population.find(record, key)


def report(found: Sequence[Divided], title: str, again: Sequence[tuple[str, str]] = ()) -> Report:
    """All of some divisions; the items of the first stand for them where there is room for one table."""
    language = found[0].language
    items = [items_sheet(each) for each in found]
    parts = [part for each, sheet in zip(found, items, strict=True) for part in parts_of(each, sheet, len(found) > 1)]
    if again:
        rows = [[name, value] for name, value in again]
        parts.append(Part(word("again_part", language), (), [Sheet(word("again_part", language), ["", ""], rows)]))
    kept = [p for p in parts if p.lines or any(s.rows for s in p.sheets)]
    names = word("join", language).join(each.division.name for each in found)
    return Report(word("title", language, policy=title, name=names), kept, items[0], language)


def parts_of(found: Divided, items: Sheet, several: bool) -> list[Part]:
    """The parts that tell one division; each says which, where there are several."""
    language = found.language

    def titled(code: str, **arguments: object) -> str:
        title = word(code, language, **arguments)
        return word("part_of", language, name=found.division.name, part=title) if several else title

    return [
        Part(titled("summary_part"), summary(found)),
        Part(titled("conflict_part"), conflict_lines(found), [conflict_sheet(found)]),
        Part(titled("goals_part"), (), [goals_sheet(found)]),
        Part(titled("owners_part", owner=found.owner), (), [owners_sheet(found)]),
        Part(titled("items_part", item=found.item), (), [items], long=True),
        Part(titled("left_part"), (), [left_sheet(found)]),
        Part(titled("moves_part"), moves_lines(found), [moves_sheet(found)]),
        Part(titled("whynot_part"), answer_lines(found)),
    ]


def counts(found: Divided) -> dict[str, int]:
    """How many items went where."""
    posed = found.division.posed
    given = sum(1 for value in found.values.values() if isinstance(value, str))
    open_ones = sum(key in posed.open_items for key in found.values)
    outside = sum(key in posed.outside for key in found.values)
    left = len(found.values) - given - open_ones - outside
    return {"count": len(found.values), "given": given, "left": left, "open": open_ones, "outside": outside}


def summary(found: Divided) -> list[str]:
    """What is to be known of the division as a whole."""
    language, posed, solution = found.language, found.division.posed, found.division.solution
    lines = [word("summary", language, items=found.item, **counts(found))]
    if solution is None:
        lines.append(word("none", language))
    else:
        proven = all(goal.proven for goal in solution.goals)
        lines.append(word("proven" if proven else "not_proven", language))
        if solution.others is not None:
            lines.append(word("others" if solution.others else "only", language))
    if posed.open_owners:
        keys = some(sorted(posed.open_owners), language)
        lines.append(word("open_owners", language, owner=found.owner, keys=keys))
    if posed.doubtful:
        pairs = some([f"{item} → {owner}" for item, owner in posed.doubtful], language)
        lines.append(word("doubtful", language, count=len(posed.doubtful), pairs=pairs))
    return lines


def some(keys: Sequence[str], language: str, most: int = 8) -> str:
    """The first of some keys, and how many more there are."""
    more = " " + say("others", language, count=len(keys) - most) if len(keys) > most else ""
    return word("join", language).join(keys[:most]) + more


# -- goals -----------------------------------------------------------------------------------------------------------


def goals_sheet(found: Divided) -> Sheet:
    language = found.language
    heads = [word(code, language) for code in ("goal", "says", "came", "best", "state")]
    rows: list[list[str]] = []
    for goal in telling.goals(found.division):
        head, says = named(goal.aim)
        came, best = (goal_value(goal, value, language) for value in (goal.value, goal.bound))
        rows.append([head, says, came, best, word("yes" if goal.proven else "no", language)])
    return Sheet(word("goals_part", language), heads, rows)


def goal_value(goal: GoalTold, value: Exact, language: str) -> str:
    """What a goal comes to, in words."""
    aim = goal.aim
    if aim.kind == "by_order":
        return word("given_of", language, value=value)
    kind = aim.value.type if aim.value is not None else Type(Number())
    shown = figure_text(Figure(value, kind if isinstance(kind.kind, Number) else Type(Number())), language)
    if aim.kind == "balance":
        return word("apart" if aim.tolerance is None else "apart_beyond", language, value=shown)
    return word("of", language, value=shown, of=goal.of) if goal.of is not None else shown


# -- who and what ----------------------------------------------------------------------------------------------------


def owners_sheet(found: Divided) -> Sheet:
    """Everyone who takes something, with what."""
    language = found.language
    by_owner: dict[str, list[str]] = {}
    for item, owner in sorted(found.division.placed.items()):
        by_owner.setdefault(owner, []).append(item)
    key = found.program.population.records[found.owner].key
    heads = [key.name if key else found.owner, word("name", language), word("count", language), word("list", language)]
    rows: list[list[str | Exact | None]] = [
        [owner, found.name_of(found.owner, owner), len(items), word("join", language).join(items)]
        for owner, items in sorted(by_owner.items())
    ]
    return Sheet(word("owners_part", language, owner=found.owner), heads, rows)


def items_sheet(found: Divided) -> Sheet:
    """Every item, to whom it goes, and what became of it."""
    language, name = found.language, found.division.name
    key = found.program.population.records[found.item].key
    heads = [key.name if key else found.item, name, say("outcome", language), say("reason", language)]
    rows = [[item, *told(value, language)] for item, value in found.values.items()]
    return Sheet(word("items_part", language, item=found.item), heads, rows)


def told(value: Value, language: str) -> tuple[str, str, str]:
    """Who takes it, the outcome, the reasons."""
    if isinstance(value, str | Nil):
        return ("" if isinstance(value, Nil) else value), say("decided", language), ""
    outcome = "referred" if isinstance(value, Referred) else "undecided"
    return "", say(outcome, language), values.reasons(reasons_of(value), language)


def left_sheet(found: Divided) -> Sheet:
    """What went to nobody, with why."""
    language = found.language
    key = found.program.population.records[found.item].key
    heads = [key.name if key else found.item, word("name", language), say("outcome", language), say("reason", language)]
    rows = [
        [item, found.name_of(found.item, item), *told(value, language)[1:]]
        for item, value in found.values.items()
        if not isinstance(value, str | Nil)
    ]
    return Sheet(word("left_part", language), heads, rows)


# -- since last time -------------------------------------------------------------------------------------------------


def moves_lines(found: Divided) -> list[str]:
    if not found.kept:
        return []
    same = sum(found.division.placed.get(item, "") == owner for item, owner in found.kept.items() if owner)
    return [word("moved", found.language, count=len(_moves(found)), same=same)]


def _moves(found: Divided) -> list[tuple[str, str, str]]:
    now = found.division.placed
    items = [item for item in found.values if found.kept and found.kept.get(item, "") != now.get(item, "")]
    return [(item, found.kept.get(item, ""), now.get(item, "")) for item in items]


def moves_sheet(found: Divided) -> Sheet:
    """What went elsewhere since a division before, and why where its conditions say so."""
    language = found.language
    key = found.program.population.records[found.item].key
    heads = [key.name if key else found.item, *(word(code, language) for code in ("was", "now", "why"))]
    rows = [[item, was, now, _moved_why(found, item, was)] for item, was, now in _moves(found)]
    return Sheet(word("moves_part", language), heads, rows)


def _moved_why(found: Divided, item: str, was: str) -> str:
    language = found.language
    if item not in found.kept:
        return word("new", language)
    if not was:
        return ""
    answer = telling.why_not(found.division, item, was, found.program, priced=False)
    if answer.standing in ("refused", "outside"):
        why = word("stop", language).join(refusal_text(found, each, item, was)[0] for each in answer.refusals)
        return word("may_not_any_more", language, owner=found.owner, why=why)
    if answer.standing == "unknown":
        return word("gone", language, owner=found.owner)
    if answer.standing == "open":
        return word("open", language, why=values.reasons(answer.reasons, language))
    return word("gave_way", language)


# -- conflicts -------------------------------------------------------------------------------------------------------


def conflict_lines(found: Divided) -> list[str]:
    if found.conflict is None:
        return []
    lines = [word("conflict", found.language)]
    if found.conflict.unplaced:
        lines.append(word("unplaced", found.language, item=found.item, count=found.conflict.unplaced))
    return lines


def conflict_sheet(found: Divided) -> Sheet:
    language = found.language
    heads = [word(code, language) for code in ("member", "for", "would_do")]
    members = found.conflict.members if found.conflict is not None else ()
    rows = [[*member_text(found, member), would_do(member, found)] for member in members]
    return Sheet(word("conflict_part", language), heads, rows)


def member_text(found: Divided, member: Member) -> tuple[str, str]:
    """A line as it is written, with its clause, and for whom."""
    allocation, language = found.division.posed.allocation, found.language
    lines: dict[str, Sequence[Fit | Taking | Tied]] = {"taking": allocation.takings, "tied": allocation.ties}
    line = lines.get(member.kind, allocation.fits)[member.at]
    record = line.each if isinstance(line, Taking) else "" if member.kind == "tied" else found.item
    cites = "".join(f"【{cite}】" if language == "zh" else f"[{cite}]" for cite in line.clause.cites)
    said = one_line(line.span).split("【")[0].strip()
    called = [found.called(record, key) if record and len(member.of) < FEW else key for key in member.of]
    count = word("of_them", language, count=len(called)) if len(called) > 1 else ""
    return f"{said}{cites}", f"{count}{some(called, language)}"


def would_do(member: Member, found: Divided) -> str:
    """What it would take if this line gave way alone."""
    language, allocation = found.language, found.division.posed.allocation
    if member.short is None:
        return word("not_enough", language)
    if member.kind != "taking":
        return word(
            "short_tied" if member.kind == "tied" else "short_fit", language, short=member.short, item=found.item
        )
    taking = allocation.takings[member.at]
    if taking.each == allocation.item:
        return word("short_given", language, short=member.short, item=found.item)
    return word(f"short_{taking.bound}", language, short=member.short)


# -- why not ---------------------------------------------------------------------------------------------------------


def answer_lines(found: Divided) -> list[str]:
    """Why an item does not go to somebody."""
    answer, language = found.answer, found.language
    if answer is None:
        return []
    names = {"item": found.called(found.item, answer.item), "owner": found.called(found.owner, answer.owner)}
    lines = [word("asked", language, **names)]
    match answer.standing:
        case "given":
            return [*lines, word("given", language)]
        case "unknown":
            known = found.subject(found.item, answer.item) is not None
            what = f"{found.owner} {answer.owner}" if known else f"{found.item} {answer.item}"
            return [*lines, word("unknown", language, what=what)]
        case "open":
            lines.append(word("open", language, why=values.reasons(answer.reasons, language)))
        case "refused" | "outside":
            lines.append(word(answer.standing, language))
            for refusal in answer.refusals:
                lines += [f"  {line}" for line in refusal_text(found, refusal, answer.item, answer.owner)]
        case "doubtful":
            lines.append(word("doubt", language))
        case "could":
            said = (
                [remark_text(r, language) for r in price_remarks(found.division, answer.price)] if answer.price else []
            )
            lines.append(word("could", language) + word("stop", language).join(said))
    instead = found.called(found.owner, answer.instead)
    lines.append(word("instead", language, owner=instead) if answer.instead else word("instead_none", language))
    return lines


def refusal_text(found: Divided, refusal: telling.Refusal, item: str, owner: str) -> list[str]:
    """A condition with the figures that it fails by, and the clause it stands in."""
    language = found.language
    mine, theirs = found.subject(found.item, item), found.subject(found.owner, owner)
    assert mine is not None
    assert theirs is not None
    step = found.program.code(refusal.condition)((mine, theirs))
    told_item = condition(step, refusal.clause, Told("", ALONE))
    text = spoken(formula_text(told_item.formula, language), language)
    remarks = [remark_text(remark, language) for remark in told_item.remarks]
    cites = "".join(f"【{c}】" if language == "zh" else f"[{c}]" for c in refusal.clause.cites)
    said = word("stop", language).join(part for part in (text, *remarks) if part)
    if refusal.guard is not None:
        guard = " ".join(refusal.guard.span.text.split())
        said += f"（{guard}）" if language == "zh" else f" ({guard})"
    return [said + cites]
