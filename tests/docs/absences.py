"""The table of absent.md put to the evaluator: for every row a small policy, for every column someone of that kind.

The first cell of a row holds policy text between backticks. It stands in the policy that `SETTINGS` gives for the whole
of that cell; where the cell is not listed, each piece is a value by itself. Three people are decided: Ann, who stands
in front, Bob, who is of the column's kind, and Cid, who stands behind; each has two courses, of which Bob's later one
is of the column's kind. Where a cell reads `a · b`, a is Bob's and b is the others'.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from msgspec import Struct

from interpreter.exact.decide import Decisions, decide
from interpreter.exact.population import Population, Subject
from policy.core import Policy
from policy.values import Missing, Nil, NoneListed, Period, Referred, Undecided, Value

KINDS: Final = ("empty", "word", "no_records", "none_due", "open_now", "with_panel")
"""The columns, by the `state` of whoever is of that kind."""
AS_OF: Final = date(2025, 6, 30)
CODE: Final = "absent"
PIECE: Final = re.compile(r"`([^`]+)`")


def record(name: str, number: str, yes_no: str, text: str, day: str, more: str = "") -> str:
    """A record with four values, each of the kind that its `state` says."""
    sitting = f"{name}_past"
    lines = [
        f"data {name}:",
        f"    {name}_no: text, key",
        f"    state: choice (there, {', '.join(KINDS)})",
        f"    {number}_read: number 0..100 points, 1 decimal, optional ({CODE}, exempt)",
        f"    {yes_no}_read: yes or no, optional ({CODE}, exempt)",
        f"    {text}_read: text, optional ({CODE}, exempt)",
        f"    {day}_read: date, optional ({CODE}, exempt)",
        "    exam: number 0..100 points, 1 decimal",
        "    passed: yes or no",
        "    failed: yes or no",
        *([f"    {more}"] if more else []),
        f"data {sitting}:",
        f"    {name}: {name}, belongs",
        "    mark: number 0..100 points, 1 decimal",
        "    verdict: yes or no",
        "    place_held: text",
        "    day_held: date",
    ]
    asked = {
        number: f"highest({sitting}.mark)",
        yes_no: f"latest({sitting}.verdict by day_held)",
        text: f"latest({sitting}.place_held by day_held)",
        day: f"latest({sitting}.day_held by day_held)",
    }
    for each, listed in asked.items():
        lines += [
            f"define {name}.{each}:",
            "    when state = none_due: none",
            '    when state = open_now: undecided "later"',
            '    when state = with_panel: refer "the panel decides"',
            f"    when state = no_records: {listed}",
            f"    otherwise: {each}_read",
        ]
    return "\n".join(lines) + "\n"


PEOPLE: Final = (
    'policy "Absent"\nchoice grade = good > fair, deferred\n'
    + record("employee", "interview", "member", "branch", "hired", "head: employee, optional")
    + record("course", "rating", "counted", "room", "held", "lecturer: employee, belongs\n    in_month: month, series")
)


class Setting(Struct, frozen=True):
    """What stands round the text of a row, whose pieces are {0}, {1} …

    `first`: Bob's earlier course is of the kind, not the later one. `unlike`: his other course is not counted. `head`:
    Ann, to whom Bob refers, is of the kind. `later`: what his later course has `before` is asked. `front`: Ann is, and takes Bob's part. `plain`: the value is the field.
    """

    lines: str = "define answer = {0}"
    first: bool = False
    unlike: bool = False
    head: bool = False
    later: bool = False
    front: bool = False
    plain: bool = False
    outcome: bool = False


def body(*lines: str, **more: bool) -> Setting:
    return Setting("\n    ".join(lines), **more)


GRADES: Final = (
    "otherwise: deferred",
    "ties at the cut refer",
    "overflow to next",
    "vacancies stay empty",
)
PLACES: Final = ("good at most 2 places", "fair at most 1 place", *GRADES)


def placing(head: str, order: str) -> tuple[Setting, ...]:
    """The same order, limit or partition, for a rank and for a quota that has places for all."""
    return (
        body(f"rank answer{head}:", order, "ties share", "{1}"),
        body(f"quota answer{head}:", order, "{1}", *PLACES),
    )


def table(row: str, *mode: str, under: str = "exam", last: str = "otherwise || 60 points") -> tuple[Setting, ...]:
    return tuple(
        body(f"table answer{each}:", f"| {under} || answer |", f"| {row} |", f"| {last} |") for each in mode or ("",)
    )


BY_EXAM: Final = "by exam highest first"
ADDED: Final = (" {1}", " {2}")
ON_80: Final = "define answer = 80 points\nexception change on answer:\n    {%d}"
ON_IT: Final = "define answer = interview\nexception change on answer:\n    {0}"
CASE: Final = "when member: 80 points"
LINES: Final = ("by interview highest first", "among member", "same branch")
LACKING: Final = ("missing left out", "missing last", "missing undecided")

SETTINGS: Final[dict[str, tuple[Setting, ...]]] = {
    "`head.interview`, the head lacking it": (Setting(head=True),),
    "`previous.rating`": (
        Setting(
            "define course.before = {0}\ndefine answer = count(course where before missing)", first=True, later=True
        ),
    ),
    "`interview` in a table `marginal` or `whole amount`": tuple(
        body(f"table answer {mode}:", "| {0} || rate |", "| 100 or less || 1 yuan |") for mode in ("{1}", "{2}")
    ),
    "`exam` in a table `marginal` or `whole amount` up to `interview`": tuple(
        body(f"table answer {mode}:", "| {0} || rate |", "| {3} or less || 1 yuan |", "| more than {3} || 2 yuan |")
        for mode in ("{1}", "{2}")
    ),
    "`interview = absent`": (Setting(plain=True),),
    "`interview = exempt`": (Setting(plain=True),),
    "`at least 2` of `member`, `passed`, `failed`": (body("requirement answer {0}:", "{1}", "{2}", "{3}"),),
    "case `when member: 80 points`, otherwise 60": (
        body("define answer:", "{0}", "otherwise: 60 points"),
        body("define answer in order:", "{0}", "otherwise: 60 points"),
    ),
    "the same behind `when passed: 70 points`, in order": (
        body("define answer in order:", "{0}", CASE, "otherwise: 60 points"),
    ),
    "the same beside `when passed: 70 points`, not in order": (
        body("define answer:", CASE, "{0}", "otherwise: 60 points"),
    ),
    "cell `yes` under `member`, otherwise 60": table("{0} || 80 points", under="{1}"),
    "cell `any` under `member`": (body("table answer:", "| {1} || answer |", "| {0} || 80 points |"),),
    "cell `missing` under `member`, otherwise 60": table("{0} || 80 points", under="{1}"),
    "cell `none` under `interview`, otherwise 60": table("{0} || 80 points", under="{1}"),
    "a row giving `interview` beside a row giving 80, `added up` or `highest of`": table(
        "any || {0}", *ADDED, last="any || 80 points"
    ),
    "a row giving `interview` alone, `added up` or `highest of`": table("any || {0}", *ADDED, last="0 || 80 points"),
    "line `when member: add 5` beside `add 60`": (body("score answer:", "{1}", "{0}"),),
    "the same, then `otherwise: add 3`": (body("score answer:", "add 60", "when member: add 5", "{0}"),),
    "line `add interview` beside `add 60`": (body("score answer:", "{1}", "{0}"),),
    "line `interview weight 50%`": (body("score answer:", "exam weight 50%", "{0}"),),
    "line `interview every 5 points add 1`": (body("score answer:", "{0}"),),
    "`when member: exam moves to the rest`": (body("score answer:", "exam weight 50%", "exam × 1 weight 50%", "{0}"),),
    "requirement line `member`": (body("requirement answer all of:", "passed", "{0}"),),
    "requirement line `when member: failed`": (body("requirement answer all of:", "passed", "{0}"),),
    "the same, the other not counted: `exists(course where counted)`": (Setting(unlike=True),),
    "`when member: 60 points` on 80": (Setting(ON_80 % 0),),
    "`when passed: interview`, `when passed: capped at interview`, on 80": (Setting(ON_80 % 0), Setting(ON_80 % 1)),
    "`when passed: capped at 60 points` on `interview`": (Setting(ON_IT),),
    "`when failed: capped at 60 points` on `interview`": (Setting(ON_IT),),
    **{f"`{LINES[0]}`, `{missing}`": placing("", "{0}") for missing in LACKING},
    **{f"`{line}`, `{missing}`": placing(" {0}", BY_EXAM) for line in LINES[1:] for missing in LACKING},
    "`by exam + sum(all employee.interview) highest first`, `missing left out`": placing("", "{0}"),
    "`place in (top 5)`, the place `among member`": (
        body(
            "rank place {1}:", BY_EXAM, "ties share", "ties at the cut all in", "missing undecided\ndefine answer = {0}"
        ),
    ),
    "a grade's own `among member`, of one in front": (
        body("quota answer:", BY_EXAM, "good at most 2 places {0}", "fair at most 1 place", *GRADES, front=True),
    ),
    "the case whose result is `interview`": (Setting(outcome=True),),
}


class Way(Struct, frozen=True):
    """One way in which a row is put: its setting, and its policy."""

    setting: Setting
    text: str


def ways(label: str, plain: bool = True) -> list[Way]:
    """The policies of a row; without `plain` none asks a field in place of a value that may be absent in every way."""
    pieces = PIECE.findall(label)
    settings = SETTINGS.get(label, (Setting(),))
    put = [(each, pieces) for each in settings]
    if len(settings) == 1 and settings[0].lines == Setting().lines:
        put = [(settings[0], [piece]) for piece in pieces]
    return [Way(each, policy_text(each, inside, plain)) for each, inside in put]


def policy_text(setting: Setting, pieces: list[str], plain: bool) -> str:
    lines = setting.lines.format(*pieces)
    if setting.plain and plain:
        lines = lines.replace("interview", "interview_read")
    return f"{PEOPLE}{lines}\nresult answer\n"


def found(policy: Policy, setting: Setting, kind: str) -> tuple[str, str]:
    """What comes of it, for Bob and for the others; the others' is empty where they differ."""
    all_decided = decisions(policy, setting, kind)
    if setting.later:
        return absent(all_decided.population.of("course")[-1].memo["before"].value), ""
    cases = {case.key: case for case in all_decided.cases}
    own, *others = ("ann", "bob", "cid") if setting.front else ("bob", "ann", "cid")
    if setting.outcome:
        return cases[own].outcome, ""
    said = {told(policy, cases[key].results["answer"].value, False) for key in others}
    return told(policy, cases[own].results["answer"].value, True), said.pop() if len(said) == 1 else ""


def told(policy: Policy, value: Value, own: bool) -> str:
    """A value in the words of the table."""
    answer = next(each for each in policy.definitions if each.name == "answer")
    if answer.ranking is not None or answer.quota is not None:
        return standing(value, own)
    return absent(value) or (("yes" if value else "no") if isinstance(value, bool) else str(value))


def standing(value: Value, own: bool) -> str:
    """Where someone stands of three who are ranked, or graded into two places for `good` and one for `fair`."""
    match value:
        case Nil() | "deferred":
            return "out"
        case 3 | "fair" if own:
            return "last"
        case int() | "good" | "fair":
            return "placed"
        case _:
            return absent(value)


def absent(value: Value) -> str:
    match value:
        case Missing(_, ""):
            return "missing"
        case Missing(_, code):
            return code
        case NoneListed():
            return "no records"
        case Nil():
            return "none"
        case Undecided():
            return "undecided"
        case Referred():
            return "referred"
        case _:
            return ""


AS_IT_IS: Final = dict(zip(KINDS, ("missing", CODE, "no records", "none", "undecided", "referred"), strict=True))


def agrees(cell: str, kind: str, own: str, others: str) -> bool:
    """Whether a cell says what comes of it."""
    wanted, _, more = cell.partition(" · ")
    return (AS_IT_IS[kind] if wanted == "as it is" else wanted) == own and more in ("", others)


def people(setting: Setting, kind: str) -> list[dict[str, Any]]:
    """Ann, Bob and Cid, the better in front."""
    ann = kind if setting.head or setting.front else "there"
    bob = "there" if setting.head or setting.front else kind
    nobody = Missing("head")
    return [
        {"employee_no": "ann", **values("interview", "member", "branch", "hired", ann, 90), "head": nobody},
        {"employee_no": "bob", **values("interview", "member", "branch", "hired", bob, 80), "head": "ann"},
        {"employee_no": "cid", **values("interview", "member", "branch", "hired", "there", 70), "head": nobody},
    ]


def courses(setting: Setting, kind: str) -> list[dict[str, Any]]:
    states = [kind, "there"] if setting.first else ["there", kind]
    listed = []
    for at, state in enumerate(states):
        row = values("rating", "counted", "room", "held", state, 80)
        if state == "there" and setting.unlike:
            row["counted_read"] = False
        listed.append({"course_no": f"c{at}", **row, "lecturer": "bob", "in_month": Period(2025, at + 1, "month")})
    return listed


def values(number: str, yes_no: str, text: str, day: str, state: str, mark: int) -> dict[str, Any]:
    there = {number: mark, yes_no: True, text: "north", day: date(2020, 7, 1)}
    read = {f"{name}_read": value if state == "there" else lack(f"{name}_read", state) for name, value in there.items()}
    return {"state": state, **read, "exam": mark, "passed": True, "failed": False}


def lack(field: str, state: str) -> Missing:
    return Missing(field, CODE if state == "word" else "")


def decisions(policy: Policy, setting: Setting, kind: str) -> Decisions:
    known = {each.name: each for each in policy.records}
    rows = [Subject(known["employee"], row) for row in people(setting, kind)]
    rows += [Subject(known["course"], row) for row in courses(setting, kind)]
    return decide(policy, Population(policy.records, rows), AS_OF)
