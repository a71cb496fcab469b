"""The reference cannot lie: each piece of policy text in it is read from its page, completed, checked and run."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from cli.render.diagnostics import plain_text
from dsl.layout import format_text
from dsl.pipeline import compile_text
from dsl.readback import read_back
from dsl.syntax.parser import Parsing, lexicon
from dsl.syntax.text import plain
from interpreter.exact.examples import run_example
from policy.catalogue import entries
from policy.source import Source
from tests.docs.snippets import DOCS, PAGES, PRELUDES, Snippet, loaded, snippets

LATER = ("ZS901",)
CODE = re.compile(r"ZS\d{3}")
LINKED = re.compile(r"\[(ZS\d{3})\]\(([^)]+)\)")


def those(*kinds: str) -> list[object]:
    return [pytest.param(snippet, id=snippet.id) for snippet in snippets() if snippet.kind in kinds]


@pytest.mark.parametrize("snippet", those("policy", "policy-lines", "policy-amendment"))
def test_it_checks_without_a_word(snippet: Snippet) -> None:
    said = loaded(snippet).diagnostics
    open_ = [d for d in said if d.blocks or (d.severity.value == "finding" and d.accepted is None)]
    assert not open_, plain_text(tuple(open_), snippet.language)


@pytest.mark.parametrize("snippet", those("policy-bad"))
def test_the_mistake_is_found(snippet: Snippet) -> None:
    """The code is said, of the lines that the page shows."""
    assert snippet.code, "a policy-bad block names its code"
    before = len(snippet.whole.splitlines()) - len(snippet.text.splitlines())
    said = loaded(snippet).diagnostics
    shown = plain_text(said, snippet.language)
    assert [d for d in said if d.code == snippet.code], shown or "nothing is said"
    assert any(d.span.line > before for d in said if d.code == snippet.code), shown
    assert not [d for d in said if d.blocks and d.code != snippet.code], shown


@pytest.mark.parametrize("snippet", those("policy", "policy-lines"))
def test_its_examples_hold(snippet: Snippet) -> None:
    policy = loaded(snippet).policy
    assert policy is not None
    assert [mismatch for example in policy.examples for mismatch in run_example(policy, example)] == []


@pytest.mark.parametrize("snippet", those("policy", "policy-amendment"))
def test_it_is_written_the_canonical_way(snippet: Snippet) -> None:
    assert format_text(Source(snippet.id, snippet.whole)) == snippet.whole


@pytest.mark.parametrize("snippet", those("policy", "policy-lines"))
def test_the_other_language_reads_it_too(snippet: Snippet) -> None:
    other = "en" if snippet.language == "zh" else "zh"
    turned = format_text(Source(snippet.id, snippet.whole), other)
    assert isinstance(turned, str)
    assert [d.code for d in compile_text(Source(str(DOCS / snippet.id), turned)).diagnostics if d.blocks] == []


@pytest.mark.parametrize("snippet", those("policy", "policy-lines", "policy-amendment"))
def test_it_is_read_back_in_both_languages(snippet: Snippet) -> None:
    """With every keyword at work in some snippet, no construct is without its sentence."""
    found = loaded(snippet)
    if found.document is None or found.policy is None:
        assert snippet.code, "only what is shown to be wrong has no meaning to read back"
        return
    for language in ("zh", "en"):
        assert read_back(found.document, found.policy, language)


@pytest.mark.parametrize("path", sorted(PRELUDES.glob("*.policy")), ids=lambda path: path.stem)
def test_preludes_check(path: Path) -> None:
    said = compile_text(Source(path.name, path.read_text(encoding="utf-8"))).diagnostics
    assert [d for d in said if d.blocks or d.severity.value == "finding"] == []


def test_no_block_of_policy_text_is_left_out() -> None:
    fenced = sum(len(re.findall(r"^```policy", page.read_text(encoding="utf-8"), flags=re.MULTILINE)) for page in PAGES)
    assert len(snippets()) == fenced


INLINE = re.compile(r"`([^`]+)`")
FIRST_PAGES = {"zh": DOCS / "language.zh.md", "en": DOCS / "language.md"}
ONE_PAGE = 45
"""Lines of a printed page."""


def first_page(language: str) -> tuple[str, str, str]:
    """The table of words, the document made of them, and the table of mistakes of the first page."""
    text = FIRST_PAGES[language].read_text(encoding="utf-8")
    table, _, rest = text.partition("\n## ")
    document = next(s.whole for s in snippets() if s.page == FIRST_PAGES[language].name and s.kind == "policy")
    return table, document, rest.rpartition("\n## ")[2]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_words_fit_one_page_and_stand_in_its_document(language: str) -> None:
    table, document, _ = first_page(language)
    lines = {" ".join(line.partition("【" if language == "zh" else "  [")[0].split()) for line in document.splitlines()}
    shown = [
        code.replace(r"\|", "|") for row in table.splitlines()[6:] for code in INLINE.findall(row.rpartition(" | ")[2])
    ]
    assert len(table.splitlines()) <= ONE_PAGE
    assert len(shown) >= 30
    assert [line for line in shown if line not in lines] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_mistakes_of_the_first_page_are_found(language: str) -> None:
    _, document, mistakes = first_page(language)
    rows = re.findall(r"^\| `(.+?)` \| `(.+?)` \| \[(ZS\d{3})\]", mistakes, flags=re.MULTILINE)
    missed = []
    for right, wrong, code in rows:
        assert document.count(right) >= 1, right
        said = compile_text(Source("wrong.policy", document.replace(right, wrong, 1))).diagnostics
        if code not in {d.code for d in said}:
            missed.append((wrong, code, [d.code for d in said if d.accepted is None]))
    assert missed == []
    assert len(rows) >= 10


@cache
def words_used(language: str) -> frozenset[str]:
    """The terminals in the snippets of one language, preludes not counted; of wrong ones only what comes later."""
    told = [s for s in snippets() if s.language == language and s.code in ("", *LATER)]
    return frozenset(word for snippet in told for word in words_of(snippet))


def words_of(snippet: Snippet) -> set[str]:
    start = len(snippet.whole) - len(completed_part(snippet))
    tokens = Parsing(plain(snippet.whole)).tokens()
    return {token.type for token in tokens if token.start >= start}


def completed_part(snippet: Snippet) -> str:
    """The block as it stands in its document, indented."""
    lines = snippet.whole.splitlines(keepends=True)
    return "".join(lines[len(lines) - len(snippet.text.splitlines()) :])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_keyword_is_shown_at_work(language: str) -> None:
    assert sorted({k.token for k in lexicon().keywords} - words_used(language)) == []


def test_every_code_that_is_linked_exists() -> None:
    wrong = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for code, target in LINKED.findall(text):
            at = (page.parent / target).resolve()
            if code not in entries() or at != DOCS / "findings" / f"{code}.md":
                wrong.append(f"{page.name}: {code} {target}")
        unlinked = set(CODE.findall(re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)))
        wrong += [f"{page.name}: {code}" for code in unlinked - {code for code, _ in LINKED.findall(text)}]
    assert wrong == []
