"""The fenced policy text of the reference pages, read from the pages themselves and made whole.

    ```policy                a whole document
    ```policy-lines          lines of one, completed with the prelude given above the block
    ```policy-bad ZS412      the same, and the check must say this code
    ```policy-amendment      an amendment of the whole document that stands last above it

A prelude stands in an HTML comment right above its block: `<!-- prelude: staff -->` names a file of `preludes/`; lines
below the name are put between it and the block. The block is indented as the last of those lines is, below a line with
a colon one level deeper, below a lone `.` (which is left out) not at all. Without a comment a block follows the prelude
`people` of the page's language.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from msgspec import Struct

from dsl.pipeline import Loaded, compile_text
from policy.source import Source

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PRELUDES = Path(__file__).parent / "preludes"
PAGES = sorted(
    [DOCS / name for name in ("language.md", "language.zh.md", "data.md", "data.zh.md")]
    + list((DOCS / "language").glob("*.md"))
)
_BLOCK = re.compile(
    r"(?:^<!-- prelude: (?P<prelude>(?:(?!-->).)*?) ?-->\n)?^```(?P<kind>policy[\w-]*)(?: (?P<code>ZS\d{3}))?\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Snippet(Struct, frozen=True):
    """A block of policy text: the page and line it stands on, the code it must give ("" for none), and all of it."""

    page: str
    line: int
    kind: str
    code: str
    text: str
    whole: str
    base: str = ""

    @property
    def id(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def language(self) -> str:
        return language_of(self.page)


def language_of(page: str) -> str:
    return "zh" if page.endswith(".zh.md") else "en"


def snippets_of(page: Path) -> list[Snippet]:
    text, name = page.read_text(encoding="utf-8"), page.relative_to(DOCS).as_posix()
    found: list[Snippet] = []
    for match in _BLOCK.finditer(text):
        shown = match["text"]
        own = match["kind"] in ("policy", "policy-amendment")
        base = next((s.whole for s in reversed(found) if s.kind == "policy"), "") if match["kind"] != "policy" else ""
        whole = shown if own else completed(shown, match["prelude"] or "", language_of(name))
        line = text.count("\n", 0, match.start("text")) + 1
        found.append(Snippet(name, line, match["kind"], match["code"] or "", shown, whole, base))
    return found


@cache
def snippets() -> tuple[Snippet, ...]:
    return tuple(snippet for page in PAGES for snippet in snippets_of(page))


def completed(text: str, prelude: str, language: str) -> str:
    """A fragment behind its prelude; a fragment that is a document by itself has the prelude `none`."""
    name, _, lines = prelude.partition("\n")
    name = name.strip() or "people"
    before = "" if name == "none" else prelude_text(name, language)
    lines = lines.rstrip() + "\n" if lines.strip() else ""
    flush = lines.endswith("\n.\n")
    indent = "" if flush else _indent_below(lines)
    return before + lines.removesuffix(".\n" if flush else "") + _indented(text, indent)


def _indented(text: str, indent: str) -> str:
    return "".join(indent + line if line.strip() else line for line in text.splitlines(keepends=True))


def _indent_below(lines: str) -> str:
    """How deep what follows these lines stands."""
    if not lines:
        return ""
    last = lines.rstrip("\n").rpartition("\n")[2]
    own = last[: len(last) - len(last.lstrip())]
    return own + ("    " if last.endswith((":", "：")) else "")


def prelude_text(name: str, language: str) -> str:
    return (PRELUDES / f"{name}.{language}.policy").read_text(encoding="utf-8")


def loaded(snippet: Snippet) -> Loaded:
    base = Source("base.policy", snippet.base) if snippet.kind == "policy-amendment" else None
    return compile_text(Source(str(DOCS / f"{snippet.id}.policy"), snippet.whole), base=base)
