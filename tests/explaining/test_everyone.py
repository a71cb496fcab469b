"""Everyone in every shipped document is explained, in both languages: no construct at work is without its phrase."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

import zhunsheng as engine
from cli.render.explanation_text import render_text
from tests.cli.command import CANDIDATES, ZH
from tests.examples.test_examples import SCHEMES
from tests.library.documents import ALL

SHIPPED = [
    pytest.param(ZH, [str(CANDIDATES)], None, id="selection"),
    *(pytest.param(d.zh, [str(d.folder / file) for _, file in d.records], d.as_of, id=d.name) for d in ALL),
    *(pytest.param(s.policy, [str(s.data)], s.as_of, id=s.name) for s in SCHEMES),
]


@pytest.mark.parametrize(("policy", "data", "as_of"), SHIPPED)
def test_everyone_is_explained(policy: Path, data: list[str], as_of: str | None) -> None:
    rules = engine.load(policy)
    decided = engine.run(rules, data, date.fromisoformat(as_of) if as_of else None)
    assert decided.decisions.cases
    for case in decided.decisions.cases:
        explanation = engine.explain(decided, case.key)
        assert {result.name for result in explanation.results} == set(rules.results)
        for language in ("zh", "en"):
            page = Console(file=io.StringIO(), width=120)
            page.print(render_text(explanation, language))
