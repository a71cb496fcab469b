"""A marked source on the terminal: each sentence with its line, its mark, and under it the clauses that rule it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from msgspec import Struct
from rich.console import Group
from rich.table import Table
from rich.text import Text

from cli.render.diagnostics import shown
from dsl.sources.marking import DECLARED, OPEN, RULED, Marked, Misquote, Sentence
from dsl.sources.quoting import REMARK, Quote

SIGNS = {RULED: ("●", "+", "green"), DECLARED: ("○", "-", "dim"), OPEN: ("✗", "!", "bold red")}
"""Of each status the mark, the same in ASCII, and its colour."""

_WORDS = {
    "total": (
        "{source}：{all} 句，规则 {ruled}，不是规则 {declared}，未引到 {open}",
        "{source}: sentences {all}, ruled {ruled}, no rule {declared}, not covered {open}",
    ),
    "wrong": (
        "引文与原文不符 {misquotes}，引文无所属 {unattached}",
        "quotes not in the source {misquotes}, attached to nothing {unattached}",
    ),
    "complete": ("原文全部有着落", "the whole source is accounted for"),
    RULED: ("规则", "ruled"),
    DECLARED: ("不是规则", "no rule"),
    OPEN: ("未引到", "not covered"),
    "left": ("未引：", "not quoted: "),
    "misquotes": ("引文与原文不符", "quotes that are not in the source"),
    "unattached": ("引文后面没有可以带引文的语句", "quotes that stand before nothing that could bear them"),
    "nearest": ("原文第 {line} 行：", "source, line {line}: "),
    "nowhere": ("原文里没有相近的文字", "nothing in the source comes near"),
    "place": ("{file} 第 {line} 行", "{file} line {line}"),
}  # fmt: skip


def word(key: str, language: str, **arguments: object) -> str:
    """A phrase of this report in Chinese or English."""
    return _WORDS[key][0 if language == "zh" else 1].format_map({k: str(v) for k, v in arguments.items()})


class By(Struct, frozen=True):
    """What rules a sentence, or says that it is no rule: citations and the statement; `file` where several are read."""

    cites: tuple[str, ...]
    statement: str
    remark: bool
    reason: str
    file: str
    line: int

    @property
    def said(self) -> str:
        return f"{self.statement} “{self.reason}”" if self.remark else self.statement


def bys(sentence: Sentence) -> list[By]:
    """The statements that quote a sentence, each once, with all its citations."""
    found: dict[tuple[str, str, str], By] = {}
    for quote in sentence.quotes:
        file = quote.span.source.name
        key = (file, quote.statement, quote.reason)
        before = found.get(key)
        cites = tuple(dict.fromkeys((*(before.cites if before else ()), *quote.cites)))
        line = before.line if before else quote.span.line
        found[key] = By(cites, quote.statement, quote.kind == REMARK, quote.reason, file, line)
    return list(found.values())


def bracketed(cites: tuple[str, ...], language: str) -> str:
    """Citations as the language writes them."""
    return "".join(f"【{cite}】" for cite in cites) if language == "zh" else " ".join(f"[{cite}]" for cite in cites)


def counts(marked: Marked) -> dict[str, int]:
    """How many sentences of each kind, how many quotes that fit nowhere."""
    each = {status: sum(s.status == status for s in marked.sentences) for status in (RULED, DECLARED, OPEN)}
    wrong = {"misquotes": len(marked.misquotes), "unattached": len(marked.unattached)}
    return {"all": len(marked.sentences), **each, **wrong}


def summary(marked: Marked, language: str) -> list[str]:
    """The closing lines."""
    numbers = counts(marked)
    lines = [word("total", language, source=marked.source.name, **numbers)]
    if numbers["misquotes"] or numbers["unattached"]:
        lines.append(word("wrong", language, **numbers))
    return [*lines, word("complete", language)] if marked.complete else lines


# -- the terminal ----------------------------------------------------------------------------------------------------


def render(marked: Marked, language: str, *, gaps: bool = False, ascii: bool = False) -> Group:  # noqa: A002
    """The source sentence by sentence, then the quotes that fit nowhere, then the counts."""
    files = {quote.span.source.name for sentence in marked.sentences for quote in sentence.quotes}
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(justify="right", style="dim")
    grid.add_column()
    grid.add_column(overflow="fold")
    for sentence in marked.sentences:
        if sentence.status == OPEN or not gaps:
            sign, plain, style = SIGNS[sentence.status]
            told = _sentence(sentence, language, several=len(files) > 1)
            grid.add_row(str(sentence.span.line), Text(plain if ascii else sign, style), Text("\n").join(told))
    return Group(grid, *_wrong(marked, language), Text(), *(Text(shown(each)) for each in summary(marked, language)))


def _sentence(sentence: Sentence, language: str, *, several: bool) -> Iterator[Text]:
    """The text of a sentence, then what rules it, then what of it nobody quotes."""
    yield Text(shown(" ".join(sentence.span.text.split("\n"))))
    for by in bys(sentence):
        cites = bracketed(by.cites, language)
        place = f"  {PurePath(by.file).name}" if several else ""
        said = Text.assemble("  ", (shown(cites), "cyan"), " " if cites else "", shown(by.said), (shown(place), "dim"))
        if by.remark:
            said.stylize("dim")
        yield said
    if sentence.quotes:
        for left in sentence.left:
            yield Text.assemble("  ", (word("left", language), SIGNS[OPEN][2]), shown(left))


def _wrong(marked: Marked, language: str) -> Iterator[Text]:
    """Misquotes with their nearest place, and quotes that belong to nothing."""
    if marked.misquotes:
        yield Text(f"\n{word('misquotes', language)}", "bold red")
    for each in marked.misquotes:
        yield Text(shown(f"  {where(each.quote, language)}  {each.quote.statement}"), "dim", overflow="fold")
        yield Text(shown(f"    > {each.fragment}"), overflow="fold")
        yield Text(shown(f"    {nearest(each, language)}"), overflow="fold")
    if marked.unattached:
        yield Text(f"\n{word('unattached', language)}", "bold red")
    for quote in marked.unattached:
        yield Text(shown(f"  {where(quote, language)}"), "dim", overflow="fold")
        yield Text(shown(f"    > {' '.join(quote.text.split())}"), overflow="fold")


def where(quote: Quote, language: str) -> str:
    """File and line of what a quote stands before."""
    return word("place", language, file=quote.span.source.name, line=quote.span.line)


def nearest(misquote: Misquote, language: str) -> str:
    """The text of the source that comes closest to a misquote."""
    span = misquote.nearest
    if span is None:
        return word("nowhere", language)
    return word("nearest", language, line=span.line) + " ".join(span.text.split("\n"))


# -- machines --------------------------------------------------------------------------------------------------------


def as_object(marked: Marked) -> dict[str, Any]:
    """The marked source as a JSON object."""
    return {
        "source": marked.source.name,
        "complete": marked.complete,
        "counts": counts(marked),
        "sentences": [
            {
                "line": sentence.span.line,
                "text": sentence.span.text,
                "status": sentence.status,
                "by": [
                    {
                        "policy": by.file,
                        "line": by.line,
                        "statement": by.statement,
                        "cites": by.cites,
                        "reason": by.reason or None,
                    }
                    for by in bys(sentence)
                ],
                "left": sentence.left,
            }
            for sentence in marked.sentences
        ],
        "misquotes": [
            {
                "policy": each.quote.span.source.name,
                "line": each.quote.span.line,
                "statement": each.quote.statement,
                "quote": each.fragment,
                "nearest": {"line": each.nearest.line, "text": each.nearest.text} if each.nearest else None,
            }
            for each in marked.misquotes
        ],
        "unattached": [
            {"policy": quote.span.source.name, "line": quote.span.line, "quote": quote.text}
            for quote in marked.unattached
        ],
    }
