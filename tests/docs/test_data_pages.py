"""The pages on data show what the command says: their files are written, their commands run, the output compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.command import zhunsheng
from tests.docs.snippets import DOCS

FILES = re.compile(r"^`([^`\n]+\.csv)`[：:]\n\n```csv\n(.*?)^```$", re.MULTILINE | re.DOTALL)
POLICY = re.compile(r"^```policy\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SESSION = re.compile(r"^```console\n\$ zhunsheng ([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ["data.md", "data.zh.md"])
def test_the_account_shown_is_the_account_told(page: str, tmp_path: Path) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    policy = POLICY.findall(text)[-1]
    for name, rows in FILES.findall(text):
        (tmp_path / name).write_text(rows, encoding="utf-8")
    sessions = SESSION.findall(text)
    assert len(sessions) == 2
    for words, shown in sessions:
        command, name, *more = words.split()
        (tmp_path / name).write_text(policy, encoding="utf-8")
        ended = zhunsheng(command, name, *more, cwd=tmp_path)
        assert ended.code == (3 if shown else 0), ended.err
        assert not shown or ended.out.rstrip("\n") == shown.rstrip("\n")
