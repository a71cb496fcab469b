"""Makes dsl/syntax/tables.bin from keywords.yaml and grammar.lark: the parser's tables, built once and loaded on start.

Run `python -m dsl.syntax.build` after a change to either; a test fails when the file is out of date.
"""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path
from typing import Any

import lark

from dsl.syntax.lexer import PolicyIndenter, PolicyLexer
from dsl.syntax.words import Keyword

HERE = Path(__file__).parent
TABLES = HERE / "tables.bin"


def keywords() -> tuple[Keyword, ...]:
    """The keyword table, in the order of keywords.yaml."""
    import yaml

    table: dict[str, dict[str, str]] = yaml.load(
        (HERE / "keywords.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
    )
    return tuple(Keyword(token, **entry) for token, entry in table.items())


def grammar(words: tuple[Keyword, ...]) -> str:
    """The whole grammar: grammar.lark with the keyword terminals declared."""
    rules = (HERE / "grammar.lark").read_text(encoding="utf-8")
    return rules + "%declare " + " ".join(k.token for k in words) + "\n"


def fingerprint(words: tuple[Keyword, ...]) -> str:
    """What the tables depend on: grammar, keywords and the version of Lark."""
    return hashlib.sha256((lark.__version__ + repr(words) + grammar(words)).encode()).hexdigest()


def build() -> dict[str, Any]:
    """The tables, as `parser.load` takes them."""
    words = keywords()
    parser = lark.Lark(
        grammar(words),
        parser="lalr",
        lexer=PolicyLexer,
        postlex=PolicyIndenter(),
        maybe_placeholders=True,
        propagate_positions=True,
    )
    data, memo = parser.memo_serialize([lark.lexer.TerminalDef, lark.grammar.Rule])
    data["options"] = {k: v for k, v in data["options"].items() if k not in ("postlex", "lexer")}
    return {
        "lark": lark.__version__,
        "fingerprint": fingerprint(words),
        "keywords": [(k.token, k.zh, k.en, k.family, k.use) for k in words],
        "data": data,
        "memo": memo,
    }


def write() -> None:
    """Write tables.bin."""
    TABLES.write_bytes(pickle.dumps(build(), protocol=5))


if __name__ == "__main__":
    write()
