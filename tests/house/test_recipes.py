"""The recipes of ARCHITECTURE.md, held to: what each says must be there for a keyword, a node, a command, a format."""

from __future__ import annotations

import ast
import inspect
import re
from collections import defaultdict
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
from lark.grammar import Rule

from cli.main import COMMANDS
from cli.render.explanation_phrases import PHRASES
from cli.writing import KINDS
from dsl.check import calendar, lists, workdays
from dsl.readback import values
from dsl.syntax import build, reader, reader_values, surface
from policy import core, kinds

ROOT = Path(__file__).parents[2]
NODES = sorted(getattr(member, "__forward_arg__", "") or member.__name__ for member in get_args(core.Expr))


def source(module: Any) -> str:
    return Path(str(module.__file__)).read_text(encoding="utf-8")


# -- a keyword ------------------------------------------------------------------------------------------------------


@cache
def rules() -> list[Rule]:
    return build.rules()


@cache
def choices() -> dict[str, set[str]]:
    """The rules of the grammar that are a choice of words."""
    found: dict[str, set[str]] = defaultdict(set)
    others = set()
    for rule in rules():
        if len(rule.expansion) == 1 and rule.expansion[0].is_term:
            found[rule.origin.name].add(rule.expansion[0].name)
        else:
            others.add(rule.origin.name)
    return {rule: words for rule, words in found.items() if rule not in others}


def test_every_keyword_has_a_place_in_the_grammar() -> None:
    used = {symbol.name for rule in rules() for symbol in rule.expansion}
    assert [word.token for word in build.keywords() if word.token not in used] == []


TOPS = {"start", "policy", "amendment", "supplement"}
NOT_DECIDED_YET = {"allocate", "guarantee", "change"}
"""Refused by name (ZS901), and what lies under them with them."""


def decided_rules() -> set[str]:
    """The rules that can stand in a policy outside what is not decided yet; some by another name."""
    found: set[str] = set()
    ahead = ["start"]
    while ahead:
        origin = ahead.pop()
        if origin not in found | NOT_DECIDED_YET:
            found.add(origin)
            ahead += [s.name for r in rules() if r.origin.name == origin for s in r.expansion if not s.is_term]
    return {rule.alias or rule.origin.name for rule in rules() if rule.origin.name in found}


def test_every_rule_is_read() -> None:
    """A rule that makes a tree has a method of its name in the reader, or is read by the rule above it."""
    said = source(reader) + source(reader_values)
    trees = {tree for tree in decided_rules() - TOPS if not tree.startswith("_")}
    assert len(trees) > 80
    assert sorted(tree for tree in trees if f"def {tree}(" not in said and f'"{tree}"' not in said) == []


def test_every_word_of_a_choice_has_a_meaning_and_is_read_back() -> None:
    folding, func = choices()["folding"], choices()["func"]
    assert lists._KINDS.keys() == folding
    assert values._FOLDS.keys() | {"EXISTS"} == folding, "EXISTS is a condition and told as one"
    assert calendar.FUNCTIONS.keys() | workdays.FUNCTIONS.keys() == func
    assert values._CALLS.keys() == func


UNIONS = ("Expr", "Test", "Outcome", "ScoreLine", "Statement")
SILENT = {"dsl/check/*.py": {"Remark"}}
"""Nodes that need no checking: a remark is quoted text."""


@pytest.mark.parametrize("room", ["dsl/syntax/reader*.py", "dsl/check/*.py", "dsl/readback/*.py"])
def test_every_kind_of_statement_line_and_expression_is_read_checked_and_read_back(room: str) -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in ROOT.glob(room))
    nodes = {
        member.__name__ for union in UNIONS for member in get_args(getattr(surface, union)) if inspect.isclass(member)
    }
    assert len(nodes) > 40
    assert {node for node in nodes if not re.search(rf"\bs\.{node}\b", said)} == SILENT.get(room, set())


# -- a core node, a kind --------------------------------------------------------------------------------------------

ARMS = {
    "the evaluator": "interpreter/exact/compiled.py",
    "the walker": "policy/walk.py",
    "the explanation": "interpreter/explaining/telling.py",
    "the second evaluator": "tests/reference/evaluator.py",
}


def arms(text: str) -> set[str]:
    """The classes that the patterns of a module name."""
    classes = [node.cls for node in ast.walk(ast.parse(text)) if isinstance(node, ast.MatchClass)]
    return {
        cls.attr if isinstance(cls, ast.Attribute) else cls.id
        for cls in classes
        if hasattr(cls, "attr") or isinstance(cls, ast.Name)
    }


@pytest.mark.parametrize("who", ARMS)
def test_every_core_node_has_its_arm(who: str) -> None:
    assert sorted(set(NODES) - arms((ROOT / ARMS[who]).read_text(encoding="utf-8"))) == []


def test_every_core_node_is_an_expression() -> None:
    """A node that is left out of `Expr` is left out of every `match` that the types check."""
    subclasses = {
        name for name, member in vars(core).items() if inspect.isclass(member) and issubclass(member, core.Node)
    }
    assert subclasses - {"Node"} == set(NODES)


def test_every_core_node_is_made_by_the_checker() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "dsl" / "check").glob("*.py"))
    assert [node for node in NODES if not re.search(rf"\bcore\.{node}\(", said)] == ["Excepted"], "no text makes one"


@pytest.mark.parametrize(
    ("kind", "silent"),
    [
        ("Aggregate", set()),
        ("Rounding", set()),
        ("Tiering", set()),
        ("Open", set()),
        ("Acting", {"void"}),
        ("Fate", {"idle"}),
    ],
)
def test_every_member_of_a_kind_is_told(kind: str, silent: set[str]) -> None:
    """`silent` are those of which nothing is said by themselves."""
    assert sorted(set(get_args(getattr(kinds, kind))) - PHRASES.keys() - silent) == []


# -- a command ------------------------------------------------------------------------------------------------------


def test_every_command_is_listed() -> None:
    files = {path.stem for path in (ROOT / "cli" / "commands").glob("*.py")} - {"__init__"}
    assert files == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented_in_both_languages(name: str) -> None:
    command = import_module(f"cli.commands.{name}").command
    assert re.search("[\u4e00-\u9fff]", command.__doc__)
    assert re.search("[a-z]{3}", command.__doc__)
    for page in ("README.md", "README.zh.md"):
        assert re.search(rf"^\| `(?:zhunsheng )?{name}\b", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE), (
            page
        )


@pytest.mark.parametrize("name", COMMANDS)
def test_the_options_of_a_command_are_told_in_both_languages(name: str) -> None:
    """Help is Chinese and then English, or signs and words that are the same in both."""
    from typing import get_type_hints

    hints = get_type_hints(import_module(f"cli.commands.{name}").command, include_extras=True)
    helps = [
        extra.help
        for hint in hints.values()
        for extra in getattr(hint, "__metadata__", ())
        if getattr(extra, "help", None)
    ]
    odd = [
        text for text in helps if not re.search("[\u4e00-\u9fff].*[a-z]{2}", text) and not SAME_IN_BOTH.fullmatch(text)
    ]
    assert odd == []


SAME_IN_BOTH = re.compile(r"[a-z]+(?:, [a-z]+)+")


# -- an output format -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_an_output_format_is_documented(kind: str) -> None:
    run = import_module("cli.commands.run")
    assert kind in source(run), "the help of -o"
    for page in ("docs/data.md", "docs/data.zh.md"):
        assert kind in (ROOT / page).read_text(encoding="utf-8"), page
