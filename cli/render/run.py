"""What a run shows: a line a person, heads by grade, what needs a person, and the reconciliation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from msgspec import Struct

from cli import terminal, values
from cli.render import account
from cli.render.columns import aligned
from cli.session import Run, open_findings
from cli.sheets import Sheet
from cli.speech import say
from interpreter.exact.decide import Decision
from interpreter.exact.trace import Allotment, Places
from policy import catalogue
from policy.core import Policy
from policy.numerals import decimal
from policy.types import Choice, Number, Text
from policy.units import Exact
from policy.values import ABSENT, Value

FEW = 20
"""Lines shown when the rest is in a file."""
MANY = 300
"""Lines shown when it is not."""


class Shown(Struct, frozen=True):
    """How a run is to be shown: the file written, everyone or not, the settings, ASCII only, how many lines at most."""

    output: Path | None
    everyone: bool
    settings: list[str]
    ascii: bool
    few: int | None = None
    plain_csv: bool = False


# -- tables ---------------------------------------------------------------------------------------------------------


def results_sheet(run: Run) -> Sheet:
    """The key, the results in the policy's order, the outcome and the reasons."""
    policy = run.session.policy
    language = policy.language
    key = policy.main.key
    around = key.name if key else "", own_columns(policy, language)
    headers = [around[0], *policy.results, *around[1]]
    titles = [around[0], *values.result_titles(policy), *around[1]]
    kinds = values.result_types(policy)
    rows = []
    for case in run.decisions.cases:
        results = [_cell(case.results[name].value, kinds, name, language) for name in policy.results]
        told = values.reasons(case.reasons, language)
        rows.append([case.key, *results, say(case.outcome, language), told])
    return Sheet(policy.name, headers, rows, titles)


def own_columns(policy: Policy, language: str) -> list[str]:
    """The titles of the columns beside the results; one called like a result says that it is the case's."""
    titles = [say("outcome", language), say("reason", language)]
    return [say("of_whole_case", language, title=t) if t in policy.results else t for t in titles]


def _cell(value: Value, kinds: dict[str, Any], name: str, language: str) -> str | Exact | None:
    """An exact number in its unit, or text; None where there is no value."""
    kind = kinds[name].kind
    if isinstance(value, int | Fraction) and not isinstance(value, bool) and isinstance(kind, Number):
        unit = kind.unit
        if unit is None or unit.family != "ratio":
            scaled = Fraction(value) / Fraction(unit.factor if unit else 1)
            return scaled.numerator if scaled.denominator == 1 else scaled
    return values.shown(value, kinds[name], language) or None


# -- the terminal ---------------------------------------------------------------------------------------------------


def show(run: Run, shown: Shown) -> None:
    """Everything a run has to say, on the terminal."""
    language = run.session.language
    terminal.line(_title(run, shown))
    for line in account.headlines(run.account, language):
        terminal.line(line)
    cases = _in_place_order(run)
    most = shown.few or (len(cases) if shown.everyone else FEW if shown.output else MANY)
    _people(run, cases[:most], shown)
    if len(cases) > most:
        where = ("more", {"where": shown.output}) if shown.output else ("more_all", {})
        terminal.line(say(where[0], language, count=len(cases) - most, **where[1]))
    for line in heads(run):
        terminal.line(line)
    for line in quotas(run):
        terminal.line(line)
    for line in divisions(run):
        terminal.line(line)
    _checks(run)
    _needing(run)
    for line in cautions(run):
        terminal.line(line)
    if shown.output is not None:
        terminal.line(say("written", language, file=shown.output))
    if shown.plain_csv:
        terminal.line(say("plain_utf8", language))
    for line in account.summaries(run.account, language, but=run.session.policy.main.name):
        terminal.line(line)
    terminal.line(reconciliation(run))


def _title(run: Run, shown: Shown) -> str:
    policy, language = run.session.policy, run.session.language
    title = policy.name + (
        f"（{policy.version}）"
        if policy.version and language == "zh"
        else f" ({policy.version})"
        if policy.version
        else ""
    )
    if run.as_of is not None:
        title += "  " + say("as_of", language, date=run.as_of.isoformat())
    if shown.settings:
        title += "  " + say("set", language, settings="，".join(shown.settings))
    return title


def _in_place_order(run: Run) -> list[Decision]:
    """By place where there is a rank among the results, else as in the data."""
    kinds = values.result_types(run.session.policy)
    ranks = [n for n, t in kinds.items() if isinstance(t.kind, Number) and t.kind.place]
    cases = list(run.decisions.cases)
    if not ranks:
        return cases
    return sorted(
        cases, key=lambda c: (isinstance(v := c.results[ranks[0]].value, ABSENT), 0 if isinstance(v, ABSENT) else v)
    )


def name_field(policy: Policy) -> str | None:
    """The field that people are called by: the first text field that is not the key."""
    return next((f.name for f in policy.main.fields if isinstance(f.type.kind, Text) and not f.key), None)


def _people(run: Run, cases: list[Decision], shown: Shown) -> None:
    policy, language = run.session.policy, run.session.language
    kinds, name = values.result_types(policy), name_field(policy)
    remarks = any(case.reasons for case in run.decisions.cases)
    key = policy.main.key.name if policy.main.key else ""
    headers = [key, *([name] if name else []), *values.result_titles(policy)]
    right = [False] * (2 if name else 1) + [isinstance(kinds[r].kind, Number) for r in policy.results]
    if remarks:
        headers += own_columns(policy, language)
        right += [False, False]
    rows = []
    for case in cases:
        row = [case.key] + ([values.plain(case.subject.values.get(name, ""), language)] if name else [])
        row += [values.shown(case.results[r].value, kinds[r], policy.language) for r in policy.results]
        row += [say(case.outcome, language), values.reasons(case.reasons, language)] if remarks else []
        rows.append(row)
    terminal.line()
    for line in aligned(headers, rows, right, rule="-" if shown.ascii else "─"):
        terminal.line(line)
    terminal.line()


def heads(run: Run) -> list[str]:
    """How many have each value of each result that is a choice."""
    lines = []
    for name, kind in values.result_types(run.session.policy).items():
        if not isinstance(kind.kind, Choice):
            continue
        counted = Counter(str(v) for c in run.decisions.cases if not isinstance(v := c.results[name].value, ABSENT))
        each = "  ".join(f"{value} {counted[value]}" for value in kind.kind.values if counted[value])
        if each:
            lines.append(f"{name}  {each}")
    return lines


def divisions(run: Run) -> list[str]:
    """What each division of the policy came to; `allocate` tells the rest."""
    if not run.decisions.divisions:
        return []
    from cli.render.allocation_words import word

    language, lines = run.session.language, []
    for division in run.decisions.divisions.values():
        posed, solution = division.posed, division.solution
        state = "none" if solution is None else "proven" if all(g.proven for g in solution.goals) else "not_proven"
        given = len(division.placed)
        numbers = {"given": given, "left": len(posed.items) - given, "open": len(posed.open_items)}
        lines.append(word("in_run", language, name=division.name, **numbers, state=word(state, language)))
    return lines


def quotas(run: Run) -> list[str]:
    """How the places of each quota were given out, and where open cases could still change their number."""
    language = run.session.language
    shared = Counter(name for _, name in run.decisions.allotments)
    return [
        line
        for (record, name), allotments in run.decisions.allotments.items()
        for allotment in allotments
        for line in _quota(allotment, f"{record}.{name}" if shared[name] > 1 else name, language)
    ]


def _quota(allotment: Allotment, name: str, language: str) -> Iterator[str]:
    shared = [values.plain(value, language) for value in allotment.partition]
    where = (f"（{'，'.join(shared)}）" if language == "zh" else f" ({', '.join(shared)})") if shared else ""
    told: dict[str, object] = {"name": name, "where": where, "open": len(allotment.open)}
    if not allotment.grades:
        yield say("quota_open", language, **told)
        return
    counted = allotment.base.value if allotment.base is not None else None
    grades = "  ".join(_grade(places, language) for places in allotment.grades)
    if isinstance(counted, int | Fraction):
        yield say("quota_base", language, **told, base=decimal(counted), grades=grades)
    else:
        yield say("quota", language, **told, grades=grades)
    for places in allotment.grades:
        if places.possible is not None:
            numbers = {"places": decimal(places.places), "possible": decimal(places.possible)}
            yield say("quota_may", language, **told, **numbers, grade=places.tier.value)


def _grade(places: Places, language: str) -> str:
    told = say("quota_grade", language, grade=places.tier.value, taken=len(places.taken), places=decimal(places.places))
    if places.tied:
        tied = say("quota_tied", language, count=len(places.tied))
        told += f"（{tied}）" if language == "zh" else f" ({tied})"
    return told


def _checks(run: Run) -> None:
    """The 检查 that fail or are open, each with the records of which that is so."""
    language = run.session.language
    found: dict[tuple[str, str], list[str]] = {}
    for check in run.decisions.checks:
        if check.step.value is not True:
            word = "fails" if check.step.value is False else "open"
            found.setdefault((f"{check.record}.{check.name}", word), []).append(check.key)
    stated = dict.fromkeys(f"{check.record}.{check.name}" for check in run.decisions.checks)
    for name in stated:
        failing = [(word, keys) for (n, word), keys in found.items() if n == name]
        if not failing:
            terminal.line(say("check_holds", language, name=name))
        for word, keys in failing:
            terminal.line(say(f"check_{word}", language, name=name, keys=_some(keys, language)))


def _needing(run: Run) -> None:
    """The cases that a person must look at, by reason; and the rows set aside."""
    language = run.session.language
    by_reason: dict[str, list[str]] = {}
    for case in run.decisions.cases:
        if case.outcome != "decided":
            told = (
                say(case.outcome, language)
                + ("：" if language == "zh" else ": ")
                + values.reasons(case.reasons, language)
            )
            by_reason.setdefault(told, []).append(case.key)
    lines = [
        f"  {told}（{_some(keys, language)}）" if language == "zh" else f"  {told} ({_some(keys, language)})"
        for told, keys in by_reason.items()
    ]
    lines += [f"  {line}" for line in account.problems(run.account, language)]
    if lines:
        terminal.line(say("needs_you", language) + ("：" if language == "zh" else ":"))
        for line in lines:
            terminal.line(line)


def _some(keys: list[str], language: str) -> str:
    """The first keys, and how many more there are."""
    more = " " + say("others", language, count=len(keys) - 8) if len(keys) > 8 else ""
    return ("、" if language == "zh" else ", ").join(keys[:8]) + more


def cautions(run: Run) -> list[str]:
    """What the reader must know before using the results: notes on the files, open cases that could move others."""
    language = run.session.language
    lines = []
    for note in run.dataset.notes:
        told = catalogue.message(note.reason.code, dict(note.reason.arguments), language)
        where = " ".join(p for p in (note.place.file, note.place.sheet) if p)
        lines.append(f"{where}{'：' if language == 'zh' else ': '}{told}" if where else told)
    count = open_findings(run.session)
    if count:
        lines.append(say("open_findings", language, count=count))
    rejected = run.dataset.tables[run.session.policy.main.name].rejected
    aside = len({row.key or row.place for row in rejected if not row.totals})
    unsettled = aside + sum(c.outcome == "undecided" for c in run.decisions.cases)
    if unsettled and any(d.cohort for d in run.session.policy.definitions):
        lines.append(say("unsettled", language, count=unsettled))
    return lines


def counts(run: Run) -> dict[str, int]:
    """Rows in, and what became of them."""
    table = run.dataset.tables[run.session.policy.main.name]
    outcomes = Counter(case.outcome for case in run.decisions.cases)
    found = {word: outcomes[word] for word in ("decided", "referred", "undecided")}
    return {
        "read": table.read - table.duplicates,
        **found,
        "rejected": len(table.rejected),
        "repeats": table.duplicates,
    }


def reconciliation(run: Run) -> str:
    """The last line: rows in = decided + referred + undecided + set aside."""
    language, found = run.session.language, counts(run)
    line = say("reconciled", language, **found)
    if found["repeats"]:
        line += ("；" if language == "zh" else "; ") + say("repeats", language, count=found["repeats"])
    return line


# -- JSON -----------------------------------------------------------------------------------------------------------


def as_object(run: Run) -> dict[str, Any]:
    """A run as JSON; numbers are text in the unit of the result, so that every digit survives."""
    policy, language = run.session.policy, run.session.policy.language
    kinds = values.result_types(policy)
    return {
        "policy": {"name": policy.name, "version": policy.version},
        "as_of": run.as_of,
        "units": values.result_units(policy),
        "counts": counts(run),
        "account": account.as_object(run.account),
        "decisions": [
            {
                "key": case.key,
                "results": {n: values.shown(case.results[n].value, kinds[n], language) or None for n in policy.results},
                "outcome": case.outcome,
                "reasons": [
                    {"code": r.code, "text": catalogue.message(r.code, dict(r.arguments), language)}
                    for r in case.reasons
                ],
            }
            for case in run.decisions.cases
        ],
        "rejected": account.rejected_objects(run.account, language),
        "checks": [
            {
                "check": f"{c.record}.{c.name}",
                "key": c.key,
                "holds": c.step.value if isinstance(c.step.value, bool) else None,
            }
            for c in run.decisions.checks
        ],
        "notes": cautions(run),
    }
