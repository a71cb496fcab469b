"""The committee's page shows what the command says: it is written again and compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.build_committee import PAGES, QUESTIONS, page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_answers_shown_are_those_given(language: str, tmp_path: Path) -> None:
    assert PAGES[language].read_text(encoding="utf-8") == page(language, tmp_path), "run docs/build_committee.py"


def test_there_are_twenty_questions() -> None:
    assert len(QUESTIONS) == 20
