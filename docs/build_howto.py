"""Writes docs/how-to-write-it.zh.md, the page of clauses for readers of Chinese, from the one in both languages.

Run it after a change to docs/how-to-write-it.md; a test keeps the page up to date.
"""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parent
BOTH, CHINESE = DOCS / "how-to-write-it.md", DOCS / "how-to-write-it.zh.md"
_FENCED = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_ENGLISH = re.compile(r"^\*(?!\*)(?:.|\n(?!\n))*?\*\n\n?", re.MULTILINE)
_THIRD = re.compile(r"^(\|[^|\n]*\|[^|\n]*\|)[^|\n]*\|$", re.MULTILINE)
_TITLE = re.compile(r"^(#+ [^\n·]*?) · [^\n]*$", re.MULTILINE)


def page() -> str:
    """The text of the page: what is in English is left out, the policies stay as they are."""
    parts = _FENCED.split(BOTH.read_text(encoding="utf-8"))
    kept = [part if part.startswith("```") else _TITLE.sub(r"\1", _ENGLISH.sub("", part)) for part in parts]
    head, first, rest = "".join(kept).partition("\n## ")
    return _THIRD.sub(r"\1", head) + first + rest


if __name__ == "__main__":
    CHINESE.write_text(page(), encoding="utf-8")
