"""The parser's tables: up to date with grammar and keywords, without a conflict, and reserving few words."""

from __future__ import annotations

import logging
from pathlib import Path

import lark
import pytest

from dsl.syntax import build, parser
from dsl.syntax.lexer import PolicyIndenter, PolicyLexer

RESERVED = Path(__file__).with_name("reserved_words.txt")


def test_the_tables_are_up_to_date() -> None:
    words = build.keywords()
    assert parser._tables()["fingerprint"] == build.fingerprint(words), "run `python -m dsl.syntax.build`"


def test_the_grammar_has_no_conflict(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="lark"):
        lark.Lark(
            build.grammar(build.keywords()), parser="lalr", lexer=PolicyLexer, postlex=PolicyIndenter(), debug=True
        )
    assert "conflict" not in caplog.text.lower()


def test_every_spelling_means_one_keyword() -> None:
    words = build.keywords()
    for spellings in ([w.zh for w in words], [w.en for w in words]):
        assert len(set(spellings)) == len(spellings)


def test_a_word_is_reserved_only_where_a_name_could_stand(rewrite: bool) -> None:
    """Which keywords a column or definition can be called only in quotes: those the parser may meet where it may meet
    a name, and that need nothing behind them to be a keyword."""
    states = parser.parser().parser.parser._parse_table.states.values()
    beside = {token for state in states if "NAME" in state for token in state}
    reserved = [k for k in parser.lexicon().keywords if k.token in beside and k.use == "word"]
    told = "".join(f"{k.zh}  {k.en}\n" for k in reserved)
    if rewrite:
        RESERVED.write_text(told, encoding="utf-8")
    assert told == RESERVED.read_text(encoding="utf-8")
