"""Whom an explanation is of: by key or name, several, everyone; and what kind of file it goes into."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import zhunsheng

SELECTION = Path(__file__).parents[2] / "policy" / "library" / "selection"
ASKED = ("explain", SELECTION / "selection.policy", SELECTION / "candidates.csv")


def test_by_name_where_one_goes_by_it() -> None:
    by_key = zhunsheng(*ASKED, "--for", "H0100008")
    by_name = zhunsheng(*ASKED, "--for", "卫军桂")
    assert (by_key.code, by_key.out) == (0, by_name.out)


def test_several_one_after_another() -> None:
    both = zhunsheng(*ASKED, "--for", "H0100002", "--for", "H0100008", "--format", "json")
    assert [each["key"] for each in json.loads(both.out)] == ["H0100002", "H0100008"]


def test_everyone_into_a_folder(tmp_path: Path) -> None:
    ended = zhunsheng(*ASKED, "--all", "-o", tmp_path / "pages", "--format", "md")
    assert ended.code == 0, ended.err
    written = sorted(path.name for path in (tmp_path / "pages").iterdir())
    assert len(written) == 90
    assert written[0] == "H0100001.md"
    alone = zhunsheng(*ASKED, "--for", "H0100001", "--format", "md")
    assert (tmp_path / "pages" / "H0100001.md").read_text(encoding="utf-8") == alone.out
    again = zhunsheng(*ASKED, "--all", "-o", tmp_path / "pages", "--format", "md")
    assert again.code == 2


@pytest.mark.parametrize(
    "options",
    [(), ("--all", "--for", "H0100008"), ("--for", "H0100008", "-o", "why.docx"), ("--all", "--format", "html")],
)
def test_what_is_not_clear_is_refused(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = zhunsheng(*ASKED, *options)
    assert ended.code == 2
    assert not list(tmp_path.iterdir())
