"""The two evaluators can disagree: faults put into a copy of the one under test are each found by documents at random."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.reference.hunt import prepare

ROOT = Path(__file__).parents[2]
DOCUMENTS = 450
FAULTS = {
    "half a step goes down": ("arithmetic.py", "more = 2 * rest >= below", "more = 2 * rest > below"),
    "a part counts as a full unit": ("arithmetic.py", "return int(value // unit)", "return -int(-value // unit)"),
    "a band lacks its upper end": ("arithmetic.py", "(band.high_in and amount == high)", "False"),
    "one true line is enough for all": ("absence.py", "enough_hold(values, len(values))", "enough_hold(values, 1)"),
    "not of what is open is no": ("absence.py", "(not value) if type(value) is bool else spread((value,))", "value is False"),
    "equals stand one behind the other": ("cohorts.py", "if key == last:", "if False:"),
    "the worst stand first": ("cohorts.py", "-1 if order.descending else 1", "1 if order.descending else -1"),
    "who lacks a value is never left out": ("cohorts.py", '"left_out"', '"never"'),
    "the cut takes in one more": ("ranking.py", "if mine.ahead + mine.tied <= cut:", "if mine.ahead + mine.tied <= cut + 1:"),
    "the first row counts though a later one differs": ("choosing.py", "if value != values[0]", "if False"),
    "a deduction adds": ("choosing.py", "-worth if line.sign < 0 else worth", "worth"),
    "the whole list counts, not the best": ("lists.py", "[:count]]", "[:]]"),
    "a gap does not end a run": ("lists.py", "at == last + 1", "True"),
    "unfilled places are lost": ("quotas.py", 'state.left if self.quota.vacancies == "next" else 0', "0"),
    "the surplus drops out": ("quotas.py", 'None if self.quota.overflow == "dropped" else over', "None"),
    "who prevails does not": ("exceptions.py", "t.exempt.name not in overruled", "True"),
    "an exception to an exception is not heard": ("exceptions.py", "trying.void is not True", "bool(trying.void is not None)"),
    "the average of nothing is open": ("absence.py", "value if type(value) is NoneListed else spread((value,))", "spread((value,))"),
    "the lower floor counts": ("exceptions.py", "!= worth(best):\n            best = each", "== worth(best):\n            best = each"),
    "a month keeps no last day": ("dates.py", "min(day.day, monthrange(year, month + 1)[1])", "min(day.day, 28)"),
    "a default covers what others lack": ("logic.py", "if type(part.value) in GONE:", 'if type(part.value) in GONE or "ZS803" in str(part.value):'),
    "an empty cell is no word": ("absence.py", "type(value) is Missing and value.code", "type(value) is Missing"),
    "whoever waits on others is left out": ("absence.py", 'reason.cause == "lacks"', 'reason.cause != "rule"'),
    "a place that is left to people is among the first": ("ranking.py", "not only_tied(place, stand)", "stand is None"),
    "a filter that says no does not leave out": ("lists.py", "doubts.append(theirs)", "return spread((theirs,)), None"),
    "who lacks what is shared is in nobody's way": ("cohorts.py", "stray.append((entry, why))", "pass"),
    "outside the order is the worst": ("cohorts.py", "None if (at := kind.rank_of(grade)) is None else -at", "-(99 if (at := kind.rank_of(grade)) is None else at)"),
    "dense places are counted in heads": ("ranking.py", " or stand.cohort.dense", ""),
    "none is an order value": ("cohorts.py", "if Nil in map(type, entry.values):", "if not gaps and Nil in map(type, entry.values):"),
    "none is a period": ("lists.py", "if type(each.by) is not Nil", "if True"),
    "a row set aside counts": ("population.py", "return value if subject.aside is None or value is False else subject.aside", "return value"),
    "a row set aside is in no list": ("population.py", "return self.of(record) if record == self.main else self.all_of(record)", "return self.of(record)"),
    "a row set aside is not of the period before": ("compiled.py", "if doubt is not None:", "if False:"),
    "an owner set aside was never there": ("population.py", "return aside or undecided(", "return undecided("),
    "negative places take from the next grade": ("quotas.py", "if number < 0]", "if False]"),
    "quotas of one name are one": ("quotas.py", "program.cohorts.allotments[definition.key]", 'program.cohorts.allotments["", definition.name]'),
    "a guard that is none is open": ("absence.py", "return value if value is True or type(value) in OPEN else False", "return value if value is True or type(value) in ABSENT_TYPES else False"),
    "minus seven is counted by": ("arithmetic.py", "if step <= 0:", "if step == 0:"),
    "limits touch what is outside the order": ("exceptions.py", "if order is not None and isinstance(value, str) and order.rank_of(value) is None:", "if False:"),
    "a missing limit touches what is outside the order": ("limits.py", "if order is not None and mine is None:", "if order is not None and mine is None and type(limit) not in ABSENT_TYPES:"),
    "long decimals are lost": ("arithmetic.py", "    if parts:\n", "    if parts and below > 1:\n"),
    "a row that gives none adds up to nothing": ("choosing.py", "due = [value for value in values if type(value) is not Nil]", "due = list(values)"),
    "the latest of what is missing is missing": ("lists.py", "each.by == last]\n    if any(type(item) in OPEN for item in items):", "each.by == last]\n    if len(items) > 1 and any(type(item) in OPEN for item in items):"),
    "long chains are worked out from the top": ("reach.py", "return tuple(turns) if deepest > DEEP else ()", "return ()"),
}  # fmt: skip
"""What is broken: the file of interpreter/exact, its text, and the text instead."""


def broken(folder: Path, name: str, text: str, instead: str) -> None:
    shutil.copytree(ROOT / "interpreter", folder / "interpreter", ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / "interpreter" / "exact" / name
    before = path.read_text(encoding="utf-8")
    assert text in before, f"{name} no longer says {text!r}: break something else of the same kind"
    path.write_text(before.replace(text, instead), encoding="utf-8")


def found(fault: str, folder: Path, documents: Path) -> str:
    """What the documents show of a fault; empty if nothing."""
    broken(folder, *FAULTS[fault])
    run = subprocess.run(
        [sys.executable, "-P", "-m", "tests.reference.hunt", str(documents)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stderr
    return run.stdout.strip()


def test_every_fault_is_found(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    prepare(documents, range(DOCUMENTS))
    folders = {fault: tmp_path / str(at) for at, fault in enumerate(FAULTS)}
    assert not [fault for fault, folder in folders.items() if not found(fault, folder, documents)]
