"""Divisions in plain words: who may take what, how much, what is wished for in which order, and the rest."""

from __future__ import annotations

from collections.abc import Iterator

from dsl.readback.conditions import Phrases
from dsl.readback.words import Sentence
from dsl.syntax import surface as s

_BOUNDS = {
    "EXACTLY": ("恰好", "exactly"),
    "ATLEAST": ("至少", "at least"),
    "ATMOST": ("至多", "at most"),
}


def allocation(p: Phrases, statement: s.Allocate, name: str) -> Iterator[Sentence]:
    """A division: who and what takes part, the lines that must hold, the goals in order."""
    item, owner = statement.item.text, statement.owner.text
    only = ""
    if statement.among is not None:
        only = p.say("，限{condition}", ", where {condition}", condition=p.condition(statement.among))
    text = p.say(
        "把{item}分给{owner}，结果是{name}；每个{item}最多分给一个{owner}{only}；下面的要求都要满足，"
        "在满足的分法里依次按目标挑：",
        "{item} is given to {owner} as {name}, each {item} to one {owner} at most{only}; all lines below hold, and of"
        " the divisions that meet them the goals choose in order:",
        item=item, owner=owner, name=name, only=only,
    )  # fmt: skip
    yield p.sentence(text, statement, clause=statement.clause)
    for line in statement.lines:
        yield p.sentence(_line(p, line, statement), line, 1, line.clause.within(statement.clause))
    told = p.say(
        "几种分法同样好时，按主键的次序，排在前的{item}先给排在前的{owner}",
        "of divisions equally good, the first {item} by key goes to the first {owner} by key",
        item=item, owner=owner,
    )  # fmt: skip
    yield p.sentence(told, statement, 1, statement.clause)


def _line(p: Phrases, line: s.AllocationLine, statement: s.Allocate) -> str:
    what = line.what
    if isinstance(what, s.Aim):
        assert line.goal is not None
        number = str(line.goal.value)
        return p.say("目标{number}：{aim}", "goal {number}: {aim}", number=number, aim=_aim(p, what, statement))
    said = _unplaced(p, line, statement) if isinstance(what, s.Refer | s.Nothing) else _demand(p, what, statement)
    if line.guard is not None:
        said = p.say("{guard}的，{said}", "where {guard}, {said}", guard=p.condition(line.guard), said=said)
    if line.order is not None:
        said = p.say(
            "{said}；实在不行时可以让步，让步次序 {order}",
            "{said}; where nothing else helps this may yield, as number {order}",
            said=said, order=str(line.order.value),
        )  # fmt: skip
    return said


def _demand(p: Phrases, what: s.Node, statement: s.Allocate) -> str:
    if isinstance(what, s.Arity):
        by = p.say("（按{by}合计）", " in sum of {by}", by=p.path(what.by)) if what.by is not None else ""
        if what.same:
            paths = p.listed([p.path(path) for path in what.same])
            by = p.say("{by}（{same}相同的合起来算）", "{by} among those with the same {same}", by=by, same=paths)
        if what.whom.text == statement.item.text:
            one = p.say("必须分出去", "must be given to somebody")
            free = p.say("可以分不出去", "may go to nobody")
            rule = free if what.bound == "ATMOST" else one
            return p.say("每个{item}{rule}", "each {item} {rule}", item=what.whom.text, rule=rule)
        return p.say(
            "每个{owner}{bound}承担{amount}{by}",
            "each {owner} takes {bound} {amount}{by}",
            owner=what.whom.text, bound=p.say(*_BOUNDS[what.bound]), amount=p.value(what.amount), by=by,
        )  # fmt: skip
    if isinstance(what, s.Together):
        by = p.path(what.by)
        return p.say("{by}相同的分给同一个{owner}", "those with the same {by} go to one {owner}", by=by,
                     owner=statement.owner.text)  # fmt: skip
    return p.say("必须{condition}", "{condition} must hold", condition=p.condition(what))  # type: ignore[arg-type]


def _unplaced(p: Phrases, line: s.AllocationLine, statement: s.Allocate) -> str:
    what = line.what
    item = statement.item.text
    if isinstance(what, s.Refer):
        way = ("转人工", "is referred") if what.outcome == "referred" else ("定为未决", "is undecided")
        return p.say("分不出去的{item}{way}，原因是“{why}”", "{item} that nobody takes {way}: {why}", item=item,
                     way=p.say(*way), why=what.reason)  # fmt: skip
    return p.say("分不出去的{item}，结果为无", "{item} that nobody takes has none", item=item)


def _aim(p: Phrases, aim: s.Aim, statement: s.Allocate) -> str:
    where = ""
    if aim.where is not None:
        where = p.say("，只算{c}的", ", counting where {c} alone", c=p.condition(aim.where))
    item, owner = statement.item.text, statement.owner.text
    match aim.kind:
        case "KEEP":
            return p.say("尽量多的{item}仍由{value}承担", "as many {item} as can be stay with {value}", item=item,
                         value=p.value(aim.value))  # type: ignore[arg-type]  # fmt: skip
        case "PREFER":
            return p.say("尽量多的分配做到{c}", "as many as can be where {c}", c=p.condition(aim.value))  # type: ignore[arg-type]
        case "BY" if aim.wishes:
            paths = p.listed([p.path(path) for path in aim.wishes])
            way = p.say("从高到低", "highest first") if aim.descending else p.say("从低到高", "lowest first")
            return p.say(
                "按{first}{way}逐个考虑{item}，每个尽量给它排在前面的志愿，依次是{paths}{where}",
                "{item} in the order of {first}, {way}, each to the first it can have of {paths}{where}",
                first=p.value(aim.value), way=way, item=item, paths=paths, where=where,  # type: ignore[arg-type]
            )  # fmt: skip
        case "BY":
            ways = [p.say("从高到低", "highest first") if down else p.say("从低到高", "lowest first")
                    for down in (aim.descending, aim.second_descending)]  # fmt: skip
            return p.say(
                "按{first}{way}逐个考虑{item}，每个尽量给{second}{other}排在前面的{owner}{where}",
                "{item} in the order of {first}, {way}, each to its first {owner} by {second}, {other}{where}",
                first=p.value(aim.value), way=ways[0], item=item, second=p.value(aim.second), other=ways[1],  # type: ignore[arg-type]
                owner=owner, where=where,
            )  # fmt: skip
        case "BALANCE":
            what = p.say("个数", "number") if aim.value is None else p.value(aim.value)
            same = ""
            if aim.same:
                paths = p.listed([p.path(path) for path in aim.same])
                same = p.say("{same}相同的", " with the same {same}", same=paths)
            slack = ""
            if aim.tolerance is not None:
                slack = p.say("，相差{t}以内不计", ", a difference within {t} not counted", t=p.value(aim.tolerance))
            return p.say(
                "{same}{owner}之间，所分{item}的{what}最多与最少相差尽量小{slack}{where}",
                "between {owner}{same}, most and least {what} of {item} differ as little as can be{slack}{where}",
                same=same, owner=owner, item=item, what=what, slack=slack, where=where,
            )  # fmt: skip
        case _:
            most = aim.kind == "MOST"
            way = p.say("尽量大", "as large as can be") if most else p.say("尽量小", "as small as can be")
            return p.say("所分的{value}合计{way}{where}", "the sum of {value} over what is given is {way}{where}",
                         value=p.value(aim.value), way=way, where=where)  # type: ignore[arg-type]  # fmt: skip
