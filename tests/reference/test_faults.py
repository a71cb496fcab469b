"""The two evaluators can disagree: faults put into a copy of the one under test are each found by documents at random."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reference.hunt import prepare

ROOT = Path(__file__).parents[2]
DOCUMENTS = 700
"""How many are looked at where those that met a fault once no longer do."""
FAULTS = {
    "half a step goes down": ("arithmetic.py", "more = 2 * rest >= below", "more = 2 * rest > below"),
    "a part counts as a full unit": ("arithmetic.py", "return int(value // unit)", "return -int(-value // unit)"),
    "a band lacks its upper end": ("tiers.py", "(self.high_in and amount == self.high)", "False"),
    "one true line is enough for all": ("absence.py", "enough_hold(values, len(values))", "enough_hold(values, 1)"),
    "not of what is open is no": ("absence.py", "(not value) if type(value) is bool else spread((value,))", "value is False"),
    "equals stand one behind the other": ("cohorts.py", "if key == last:", "if False:"),
    "the worst stand first": ("cohorts.py", "-1 if order.descending else 1", "1 if order.descending else -1"),
    "who lacks a value is never left out": ("cohorts.py", '"left_out"', '"never"'),
    "the cut takes in one more": ("ranking.py", "if mine.ahead + mine.tied <= cut:", "if mine.ahead + mine.tied <= cut + 1:"),
    "the first row counts though a later one differs": ("choosing.py", "if value != values[0]", "if False"),
    "a deduction adds": ("scoring.py", "-worth if line.sign < 0 and type(worth) in NUMERIC else worth", "worth"),
    "the whole list counts, not the best": ("lists.py", "[:count]]", "[:]]"),
    "a gap does not end a run": ("lists.py", "at == last + 1", "True"),
    "unfilled places are lost": ("quotas.py", 'state.left if self.quota.vacancies == "next" else 0', "0"),
    "the surplus drops out": ("quotas.py", 'None if self.quota.overflow == "dropped" else over', "None"),
    "who prevails does not": ("exceptions.py", "t.exempt.name not in overruled", "True"),
    "an exception to an exception is not heard": ("exceptions.py", "trying.void is not True", "bool(trying.void is not None)"),
    "the average of nothing is open": ("absence.py", "value if type(value) is NoneListed else spread((value,))", "spread((value,))"),
    "the lower floor counts": ("exceptions.py", "!= worth(best):\n            best = each", "== worth(best):\n            best = each"),
    "a tier that ends before it starts is one": ("tiers.py", "extent.high < low", "False"),
    "a weighted line has no limit": ("scoring.py", "return least if cap is None else min(least, cap)", "return worth"),
    "29 February never comes to March": ("dates.py", "if reckoning.leap_in_march and", "if False and"),
    "both ends of days never count": ("dates.py", "+ reckoning.both_days", "+ 0"),
    "holidays are worked": ("workdays.py", "weekdays - off + extra", "weekdays + extra"),
    "a year without holidays has none": ("workdays.py", "if lacking:", "if False:"),
    "a month keeps no last day": ("dates.py", "min(day.day, last)", "min(day.day, 28)"),
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
    "a row set aside is in no list": ("population.py", "return self.of(record) if about else self.all_of(record)", "return self.of(record)"),
    "a row set aside is not of the period before": ("compiled.py", "if doubt is not None:", "if False:"),
    "an owner set aside was never there": ("population.py", "return aside or undecided(", "return undecided("),
    "negative places take from the next grade": ("quotas.py", "if number < 0]", "if False]"),
    "quotas of one name are one": ("quotas.py", "program.cohorts.allotments[definition.key]", 'program.cohorts.allotments["", definition.name]'),
    "minus seven is counted by": ("arithmetic.py", "if step <= 0:", "if step == 0:"),
    "long decimals are lost": ("arithmetic.py", "    if parts:\n", "    if parts and below > 1:\n"),
    "a row that gives none adds up to nothing": ("choosing.py", "due = [value for value in values if type(value) is not Nil]", "due = list(values)"),
    "the latest of what is missing is no longer that": ("lists.py", "    if all(item == items[0] for item in items):\n", "    if type(items[0]) not in OPEN and all(item == items[0] for item in items):\n"),
    "long chains are worked out from the top": ("reach.py", "return tuple(turns) if deepest > DEEP else ()", "return ()"),
}  # fmt: skip
"""What is broken: the file of interpreter/exact, its text, and the text instead."""


WRITTEN = {
    "an unmarked reference does not say whose": ("dsl/check/symbols.py", "structs.replace(fields[references[0]], owner=True)", "fields[references[0]]", "owned"),
    "dates are sorted by their letters": ("dsl/check/parameters.py", "key=lambda pair: pair[0], reverse", "key=lambda pair: pair[1].guard.right.span.text, reverse", "days"),
    "an exception on the result reads no date": ("dsl/check/document.py", "isinstance(node, core.AsOf) for node in walk.nodes(walk.of_rules(built, overall))", "isinstance(node, core.AsOf) for node in walk.nodes(walk.of_rules(built, ()))", "the other evaluator"),
    "a value of the year stands on the right only": ("dsl/check/expressions.py", "s.Nothing | s.YesNo | s.Text | s.Number)", "s.Nothing)", "mirrored"),
    "a row of nobody is gone": ("interpreter/reading/belonging.py", "if (stray := _stray(row, judges)) is not None", "if False and (stray := _stray(row, judges)) is not None", "from files"),
    "rows of one set aside count": ("interpreter/reading/belonging.py", "    if not moved:\n", "    if True:\n", "from files"),
    "a value called none cannot come from data": ("interpreter/reading/cells.py", "absent_words = absent_words.difference(map(folded, field.type.kind.values))", "pass", "from files"),
    "a field nobody reads sets aside": ("interpreter/reading/answers.py", "record.name != self.main and ", "", "from files"),
    "a row set aside is lost to the decision": ("interpreter/exact/population.py", "return cls(records, chain(taken, (Subject.set_aside(record, row) for record, row in aside)))", "return cls(records, taken)", "from files"),
}  # fmt: skip
"""What is broken of checking and reading: the file, its text, the text instead, and the trial that tells."""

MET: dict[str, tuple[int, ...]] = {
    "half a step goes down": (15, 123, 156, 223),
    "a part counts as a full unit": (12, 70, 123, 132),
    "a band lacks its upper end": (12, 15, 17, 30),
    "one true line is enough for all": (0, 2, 14, 24),
    "not of what is open is no": (19, 28, 36, 40),
    "equals stand one behind the other": (15, 18, 19, 32),
    "the worst stand first": (3, 6, 15, 18),
    "who lacks a value is never left out": (49, 54, 57, 129),
    "the cut takes in one more": (21, 82, 233, 441),
    "the first row counts though a later one differs": (15, 23, 24, 25),
    "a deduction adds": (9, 14, 40, 50),
    "the whole list counts, not the best": (341, 475, 668, 685),
    "a gap does not end a run": (223, 564, 591, 695),
    "unfilled places are lost": (8, 123, 202, 216),
    "the surplus drops out": (3, 15, 37, 49),
    "who prevails does not": (49, 88, 132, 202),
    "an exception to an exception is not heard": (25, 227, 233, 363),
    "the average of nothing is open": (13, 47, 80, 473),
    "the lower floor counts": (384, 436),
    "a tier that ends before it starts is one": (77, 122, 161, 550),
    "a weighted line has no limit": (9, 50, 54, 87),
    "29 February never comes to March": (1563,),
    "the latest of what is missing is no longer that": (3439,),
    "both ends of days never count": (432, 477, 639, 722),
    "holidays are worked": (484,),
    "a year without holidays has none": (6, 74, 126, 136),
    "a month keeps no last day": (126, 246, 484, 766),
    "a default covers what others lack": (115, 236, 311, 321),
    "an empty cell is no word": (27, 40, 52, 72),
    "whoever waits on others is left out": (266, 302, 473, 539),
    "a place that is left to people is among the first": (457, 535, 605, 700),
    "a filter that says no does not leave out": (163, 284, 338, 359),
    "who lacks what is shared is in nobody's way": (3, 15, 86, 116),
    "outside the order is the worst": (266, 720, 915),
    "dense places are counted in heads": (721, 813),
    "none is an order value": (273, 563, 1052),
    "none is a period": (199, 235, 473, 734),
    "a row set aside counts": (15, 27, 58, 74),
    "a row set aside is in no list": (15, 27, 58, 71),
    "a row set aside is not of the period before": (571, 607, 669),
    "an owner set aside was never there": (413,),
    "negative places take from the next grade": (8, 140, 267, 311),
    "quotas of one name are one": (3, 4, 8, 15),
    "minus seven is counted by": (602, 967),
    "long decimals are lost": (5, 46, 247, 346),
    "a row that gives none adds up to nothing": (315, 429, 517, 738),
    "long chains are worked out from the top": (5, 6, 34, 84),
}
"""Documents that met each fault, of the first seven hundred."""


def broken(folder: Path, name: str, text: str, instead: str) -> None:
    """A copy of a package with one text of it replaced."""
    package = name.split("/")[0]
    shutil.copytree(ROOT / package, folder / package)
    path = folder / name
    before = path.read_text(encoding="utf-8")
    assert text in before, f"{name} no longer says {text!r}: break something else of the same kind"
    path.write_text(before.replace(text, instead), encoding="utf-8")


def hunted(folder: Path, *words: str) -> str:
    """What documents show of the copy in a folder; empty if nothing."""
    run = subprocess.run(
        [sys.executable, "-P", "-m", "tests.reference.hunt", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stderr
    return run.stdout.strip()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Path]:
    """The documents that met a fault, or all of them, worked out by this evaluator."""
    folder, met = tmp_path_factory.mktemp("documents"), {seed for name in FAULTS for seed in MET.get(name, ())}

    def kept(every: bool) -> Path:
        path = folder / str(every)
        if not path.exists():
            prepare(path, range(DOCUMENTS) if every else sorted(met))
        return path

    return kept


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_deciding_is_found(fault: str, tmp_path: Path, documents: Callable[[bool], Path]) -> None:
    name, text, instead = FAULTS[fault]
    broken(tmp_path, f"interpreter/exact/{name}", text, instead)
    met = [str(seed) for seed in MET.get(fault, ())]
    assert (met and hunted(tmp_path, str(documents(False)), *met)) or hunted(tmp_path, str(documents(True)))


@pytest.mark.parametrize("fault", WRITTEN)
def test_a_fault_of_checking_or_reading_is_found(fault: str, tmp_path: Path) -> None:
    name, text, instead, trial = WRITTEN[fault]
    broken(tmp_path, name, text, instead)
    for seeds in (MET.get(fault, ()), range(DOCUMENTS)):
        if hunted(tmp_path, "--trial", trial, *map(str, seeds)):
            return
    raise AssertionError(f"{DOCUMENTS} documents do not show it")
