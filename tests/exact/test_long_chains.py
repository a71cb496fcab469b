"""Definitions that build on each other in chains of any length and any order of writing: checked, run, explained."""

from __future__ import annotations

from random import Random

import pytest

from dsl.layout import format_text
from dsl.pipeline import compile_text
from interpreter.exact.decide import decide
from interpreter.exact.examples import run_example
from interpreter.exact.population import Population, Subject
from interpreter.explaining import explain
from policy.components import components
from policy.source import Source
from policy.values import Period

LONG = 300
"""Links; a chain of some sixty once was too long."""
BEFORE = """policy "chain"
data person:
    staff: text, key
    mark: number 0..100 points, 1 decimal
data course:
    owner: person, belongs
    at: month, series
    value: number 0..100 points, 1 decimal
table level(a):
    | a            || level   |
    | 50 or more   || 1 point |
    | less than 50 || a       |
"""
LINKS = {
    "cases": (
        "define d{n}:\n    when mark > {low} points: d{next}\n    otherwise: 1 point",
        "define d{n} = mark",
    ),
    "with_inputs": ("define d{n} = level(d{next})", "define d{n} = mark"),
    "parameters": ("parameter d{n} = d{next} capped at 5 points", "parameter d{n} = 7 points"),
    "listed": ("define course.d{n} = d{next} capped at 90 points", "define course.d{n} = value"),
    "exceptions": (
        "define d{n} = mark\nexception e{n} on d{n}:\n    when mark > {low} points: capped at d{next}",
        "define d{n} = 5 points",
    ),
    "exceptions_to_exceptions": (
        "define d{n} = mark\nexception e{n} on d{n}:\n    when mark > 1 point: 2 points\n"
        "exception f{n} on e{n}:\n    when d{next} > 1 point: does not apply",
        "define d{n} = 5 points",
    ),
    "ranks": ("rank d{n}:\n    by d{next} highest first\n    ties share", "define d{n} = mark"),
    "scores": ("score d{n}:\n    d{next} weight 100%", "define d{n} = mark"),
    "requirements": ("requirement d{n} all of:\n    d{next}", "define d{n} = mark > 1 point"),
    "between_records": (
        "define d{n} = sum(course.c{next}) capped at 90 points\ndefine course.c{n} = owner.d{next} capped at 80 points",
        "define d{n} = mark\ndefine course.c{n} = value",
    ),
    "periods": (
        "define course.d{n} = d{next} capped at 80 points",
        "define course.d{n} = (previous.d0 if missing 0 points) + value",
    ),
    "a_long_way_back": (
        "define course.d{n} = d{next} capped at 80 points",
        "define course.d{n} = (previous.d1 if missing 0 points) + value",
    ),
}


def chain(kind: str, order: str, length: int = LONG) -> str:
    link, last = LINKS[kind]
    texts = [link.format(n=n, next=n + 1, low=n % 60) for n in range(length)] + [last.format(n=length)]
    if order == "backward":
        texts.reverse()
    elif order == "mixed":
        Random(length).shuffle(texts)
    listed = "course.d0" in link.format(n=0, next=1, low=0)
    total = "define total = sum(course.d0)" if listed else "define total = d0"
    example = '\nexample "one":\n    given staff = "a", mark = 70 points\n'
    expected = "    expect total = {}\n".format({"ranks": "1 place", "requirements": "yes"}.get(kind, "{}"))
    worked = example + expected if kind in ("ranks", "requirements") else ""
    return "\n".join([BEFORE, *texts, total, "result total"]) + "\n" + worked


@pytest.mark.parametrize("order", ["forward", "backward", "mixed"])
@pytest.mark.parametrize("kind", LINKS)
def test_a_chain_of_any_length_has_its_value(kind: str, order: str) -> None:
    loaded = compile_text(Source("chain.policy", chain(kind, order)))
    assert loaded.policy is not None, loaded.diagnostics[:3]
    assert [d for d in loaded.diagnostics if d.code != "ZS425"] == []
    rules = loaded.policy
    person, course = rules.records
    people = [Subject(person, {"staff": name, "mark": 70}) for name in ("a", "b")]
    rows = [{"owner": "a", "at": Period(2024, month, "month"), "value": month} for month in (2, 1, 3)]
    decisions = decide(rules, Population(rules.records, [*people, *(Subject(course, row) for row in rows)]))
    assert [case.outcome for case in decisions.cases] == ["decided", "decided"]
    short = compile_text(Source("short.policy", chain(kind, order, 4))).policy
    assert short is not None
    if kind not in ("exceptions", "exceptions_to_exceptions", "between_records"):
        subjects = [*(Subject(person, s.values) for s in people), *(Subject(course, row) for row in rows)]
        plain = decide(short, Population(short.records, subjects))
        found = [case.results["total"].value for case in decisions.cases]
        assert found == [case.results["total"].value for case in plain.cases]
    assert explain(decisions, "a").steps
    assert [found for example in rules.examples for found in run_example(rules, example)] == []


@pytest.mark.parametrize("order", ["forward", "backward", "mixed"])
def test_a_circle_of_any_length_is_found_once(order: str) -> None:
    text = chain("listed", order).replace(f"define course.d{LONG} = value", f"define course.d{LONG} = d0")
    loaded = compile_text(Source("circle.policy", text))
    assert loaded.policy is None
    assert [d.code for d in loaded.diagnostics if d.blocks] == ["ZS217"]


def test_a_long_chain_is_formatted_and_turned() -> None:
    text = chain("cases", "forward")
    turned = format_text(Source("chain.policy", text), "zh")
    assert isinstance(turned, str)
    assert format_text(Source("chain.policy", turned), "en") == format_text(Source("chain.policy", text), "en")


def test_definitions_with_inputs_end_somewhere() -> None:
    doubling = "\n".join(f"define f{n}(a) = f{n + 1}(a) + f{n + 1}(a)" for n in range(15))
    text = BEFORE + doubling + "\ndefine f15(a) = a\ndefine total = f0(mark)\nresult total\n"
    found = compile_text(Source("doubling.policy", text)).diagnostics
    assert "ZS230" in {d.code for d in found}


def test_components_come_after_those_they_lead_to() -> None:
    graph = {1: [2, 5], 2: [3], 3: [1, 4], 4: [6], 5: [], 6: [4]}
    found = [set(each) for each in components([1], graph.__getitem__)]
    assert sorted(found, key=sorted) == [{1, 2, 3}, {4, 6}, {5}]
    assert found[-1] == {1, 2, 3}
