"""The documents tell the truth about the tree: every path they name exists, every module says why it is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("policy", "dsl", "interpreter", "cli", "zhunsheng", "tests", "docs", "benchmarks", ".ci")
AT_THE_ROOT = re.compile(r"[A-Z]+(?:\.zh)?\.md|pyproject\.toml|Makefile|LICENSE")
IN_A_ROOM = re.compile(rf"(?:{'|'.join(re.escape(room) for room in ROOMS)})/[^\s:,，。；、）)\]}}\"'`|│]*")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
QUOTED = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1\s*$", re.MULTILINE | re.DOTALL)
A_PATTERN = re.compile(r"[<>{}…$]|\b(?!README|ARCHITECTURE|CHANGELOG|LICENSE)[A-Z]{3,}\b")


def documents() -> list[Path]:
    at_root = [*ROOT.glob("README*.md"), ROOT / "ARCHITECTURE.md", ROOT / "CHANGELOG.md"]
    return sorted(path for path in [*at_root, *(ROOT / "docs").rglob("*.md")] if path.exists())


def links(text: str) -> list[str]:
    """Relative link targets, without what points into the page."""
    targets = [unquote(target).split("#")[0] for target in LINK.findall(FENCE.sub("", text))]
    return [target for target in targets if target and not re.match(r"[a-z]+:", target)]


def paths(text: str) -> list[str]:
    """What a text names as a path of this repository: in backticks, and in fenced blocks when in one of its rooms."""
    prose = FENCE.sub("", text)
    quoted = [word for span in QUOTED.findall(prose) for word in span.split()]
    named = [word for word in quoted if AT_THE_ROOT.fullmatch(word) or IN_A_ROOM.fullmatch(word)]
    fenced = [found for block in FENCE.finditer(text) for word in block[0].split() for found in IN_A_ROOM.findall(word)
              if word.startswith(found)]  # fmt: skip
    return [path for path in [*named, *fenced] if not A_PATTERN.search(path)]


def exists(path: str) -> bool:
    return any(True for _ in ROOT.glob(path.rstrip("/"))) if "*" in path else (ROOT / path).exists()


def missing(document: Path) -> list[str]:
    text = document.read_text(encoding="utf-8")
    broken = [target for target in links(text) if not (document.parent / target).exists()]
    return broken + [path for path in paths(text) if not exists(path)]


def test_every_path_in_the_documents_exists() -> None:
    gone = {str(document.relative_to(ROOT)): missing(document) for document in documents()}
    assert {document: found for document, found in gone.items() if found} == {}


def shipped_pages() -> list[Path]:
    """Every page that is shipped, those beside policies and examples too."""
    return sorted({*documents(), *(page for room in ("policy", "examples") for page in (ROOT / room).rglob("*.md"))})


def says_something(text: str) -> bool:
    """Whether a page has a title and something under it."""
    title, _, rest = text.strip().partition("\n")
    return title.startswith("# ") and bool(rest.strip())


def test_every_page_that_is_linked_says_something() -> None:
    linked = {
        (page.parent / target).resolve()
        for page in shipped_pages()
        for target in links(page.read_text(encoding="utf-8"))
        if target.endswith(".md")
    }
    assert len(linked) > 100
    empty = [str(p.relative_to(ROOT)) for p in sorted(linked) if not says_something(p.read_text(encoding="utf-8"))]
    assert empty == []


@pytest.mark.parametrize("text", ["", "\n", "# Title", "# Title\n\n \n", "no title\nbut text"])
def test_an_empty_page_is_known(text: str) -> None:
    assert not says_something(text)


def test_no_page_is_out_of_reach() -> None:
    """Every page can be reached from the first one by links."""
    seen: set[Path] = set()
    ahead = [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        ahead += [(page.parent / target).resolve() for target in links(page.read_text(encoding="utf-8"))]
    assert [str(page.relative_to(ROOT)) for page in shipped_pages() if page not in seen] == []


def modules() -> list[Path]:
    inside = (
        path
        for room in ("policy", "dsl", "interpreter", "cli", "zhunsheng", "benchmarks")
        for path in (ROOT / room).rglob("*.py")
    )
    return sorted([*ROOT.glob("*.py"), *inside])


def test_every_module_says_why_it_is_there() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


@pytest.mark.parametrize("room", ["policy", "dsl", "interpreter", "cli", "zhunsheng"])
def test_every_room_has_a_door_plate(room: str) -> None:
    assert (ROOT / room / "__init__.py").exists()


def test_every_package_says_what_comes_in_what_goes_out_and_what_is_never_there() -> None:
    """The front door shows it by an example."""
    plates = {
        str(path.relative_to(ROOT)): ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        for path in modules()
        if path.name == "__init__.py" and path.parent.name != "zhunsheng"
    }
    assert [
        path
        for path, plate in plates.items()
        if not (5 <= len(plate.splitlines()) <= 15 and "In: " in plate and "Out: " in plate and "Never here: " in plate)
    ] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see `dsl/syntax/grammar.lark` and `ARCHITECTURE.md`", ["dsl/syntax/grammar.lark", "ARCHITECTURE.md"]),
        ("`python -m dsl.syntax.build`, `1/2`, `a/b.py`", []),
        ("`tests/golden/<feature>/bad`, `docs/findings/CODE.md`, `out.md`", []),
        ("```\nzhunsheng run policy/library/x.policy -o out.csv\n```", ["policy/library/x.policy"]),
        ("`tests/golden/*/bad`", ["tests/golden/*/bad"]),
    ],
)
def test_paths_are_recognised(text: str, found: list[str]) -> None:
    assert paths(text) == found


def test_links_are_recognised() -> None:
    text = "[a](docs/a.md#top) [b](https://example.org) ![c](pictures/c%20d.svg) [d](#here)\n```\n[x](no.md)\n```"
    assert links(text) == ["docs/a.md", "pictures/c d.svg"]
