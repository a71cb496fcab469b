"""The parser's tables: what Lark makes of grammar and keywords, without a conflict, and reserving few words."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import lark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark.lexer import Lexer

from dsl.syntax import build, parser
from dsl.syntax.parser import Parsing, Refusal
from dsl.syntax.tables import PATH, tables
from dsl.syntax.text import plain
from dsl.syntax.tree import Tree
from tests.conftest import Golden
from tests.dsl.random_policy import sentence, written

ROOT = Path(__file__).parents[2]
RESERVED = Path(__file__).with_name("reserved_words.txt")
DOCUMENTS = sorted(
    path for room in ("policy/library", "examples", "docs", "tests") for path in (ROOT / room).rglob("*.policy")
)


def test_the_tables_are_up_to_date() -> None:
    assert PATH.read_text(encoding="utf-8") == build.text(), "run `python -m dsl.syntax.build`"


def test_nothing_generated_is_binary() -> None:
    assert [path.name for path in PATH.parent.iterdir() if path.is_file() and b"\0" in path.read_bytes()] == []


def test_the_grammar_has_no_conflict(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="lark"):
        lark.Lark(build.grammar(build.keywords()), parser="lalr", lexer=Replay, debug=True)
    assert "conflict" not in caplog.text.lower()


class Replay(Lexer):
    """Gives Lark's own parser the tokens that ours cut."""

    __future_interface__ = 2
    tokens: tuple[lark.Token, ...] = ()

    def __init__(self, lexer_conf: Any) -> None:
        del lexer_conf

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[lark.Token]:
        yield from self.tokens


@cache
def larks() -> lark.Lark:
    return build.parser(Replay, build.keywords())


def by_lark(text: str) -> lark.Tree[lark.Token] | lark.UnexpectedToken:
    """What Lark makes of the tokens of a text."""
    parsing = Parsing(text)
    Replay.tokens = tuple(
        lark.Token(t.type, str(t), start_pos=t.start, end_pos=t.end, line=1, column=1, end_line=1, end_column=1)
        for t in parsing.tokens()
    )
    try:
        return larks().parse(parsing.text)
    except lark.UnexpectedToken as error:
        return error


def seen(node: Any) -> Any:
    """A tree or token of either kind, with where it stands."""
    match node:
        case Tree():
            return node.data, node.start, node.end, [seen(child) for child in node.children]
        case lark.Tree(meta=meta):
            place = (None, None) if meta.empty else (meta.start_pos, meta.end_pos)
            return str(node.data), *place, [seen(child) for child in node.children]
        case lark.Token():
            return node.type, str(node), node.start_pos, node.end_pos
        case None:
            return None
        case _:
            return node.type, str(node), node.start, node.end


def same(text: str) -> None:
    """The automaton makes of a text what Lark makes of it, or stops where Lark stops."""
    ours, theirs = parser.parse(text), by_lark(text)
    if isinstance(ours, Refusal):
        assert isinstance(theirs, lark.UnexpectedToken)
        assert (ours.token.type, ours.token.start) == (theirs.token.type, theirs.token.start_pos)
        assert ours.allowed - {"$END"} == theirs.expected - {"$END"}
        assert parser.acceptable(text) - {"$END"} == theirs.interactive_parser.accepts() - {"$END"}
    else:
        assert seen(ours) == seen(theirs)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_are_parsed_as_lark_parses_them(path: Path) -> None:
    same(plain(path.read_text(encoding="utf-8", errors="replace")))


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_any_policy_is_parsed_as_lark_parses_it(seed: int) -> None:
    random = Random(seed)
    text = plain(written(sentence(random), random))
    same(text)
    cut = random.randrange(len(text))
    same(text[:cut])
    same(text[:cut] + random.choice(["：", "=", "(", "否", "\n", "  ", "|"]) + text[cut:])


def test_every_spelling_means_one_keyword() -> None:
    words = build.keywords()
    for spellings in ([w.zh for w in words], [w.en for w in words]):
        assert len(set(spellings)) == len(spellings)


def test_a_word_is_reserved_only_where_a_name_could_stand(golden: Golden) -> None:
    """Which keywords a column or definition can be called only in quotes: those the parser may meet where it may meet
    a name, and that need nothing behind them to be a keyword."""
    beside = {token for row in tables().rows if "NAME" in row for token in row}
    reserved = [k for k in parser.lexicon().keywords if k.token in beside and k.use == "word"]
    golden(RESERVED, "".join(f"{k.zh}  {k.en}\n" for k in reserved))
