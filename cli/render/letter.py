"""A letter to the person about their result, in words: what was decided first, then only what mattered.

In: an Explanation and the answer to why-not for the grade above. Out: a Letter, which Markdown, HTML and Word lay out.
Other people are in it as distances and counts; what names one of them is put out of sight unless names are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct, structs

from cli.render.explanation_phrases import phrase, spoken
from cli.render.explanation_rows import cites, figure_text, formula_text, reason_text, remark_text
from cli.render.explanation_whynot import change_row, together_rows
from cli.render.letter_phrases import said
from interpreter.explaining.model import Edge, Explanation, Figure, Item, Rank, Remark, Sign
from interpreter.explaining.whynot import WhyNot
from policy.source import NO_CLAUSE, Clause

Known = Callable[[str], bool]
"""Whether a text is the key or the name of somebody else."""
COMPARED = ("≥", ">", "≤", "<", "=", "≠")
OTHERS = ("key", "keys")
"""What a remark calls other people by."""


class Letter(Struct, frozen=True):
    """A letter in one language: `result` are its first sentences, `parts` headings with their lines."""

    language: str
    title: str
    policy: str
    person: str
    key: str
    result: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    contact: str
    date: str
    version: str
    signature: str

    @property
    def body(self) -> tuple[str, ...]:
        """Headings and lines one after the other."""
        return tuple(line for heading, lines in self.parts for line in (heading, *lines))

    @property
    def closing(self) -> tuple[str, ...]:
        """Whom to ask, the version, who signs, the day."""
        return tuple(line for line in (self.contact, self.version, self.signature, self.date) if line)


def letter(
    explanation: Explanation, answer: WhyNot | None, language: str, effective: str, known: Known, *, named: bool = False
) -> Letter:
    """The letter about an explanation; `known` tells the texts that would name others, who are told if `named`."""
    names = [figure_text(value, language) for _, value in explanation.names]
    parts = [
        (
            said("why_referred" if explanation.outcome == "referred" else "lacking", language),
            tuple(missing(explanation, language, known)),
        ),
        _needed(explanation, answer, language, known),
        (said("mattered", language), tuple(mattered(explanation, language, known, named=named))),
        (said("changes", language), tuple(single_changes(answer, language))),
    ]
    day = explanation.as_of.isoformat() if explanation.as_of is not None else effective
    version = explanation.version
    return Letter(
        language=language,
        title=said("title", language),
        policy=explanation.policy,
        person=names[0] if names else explanation.key,
        key=explanation.key if names else "",
        result=opening(explanation, language),
        parts=tuple((heading, lines) for heading, lines in parts if lines),
        contact=said("contact", language),
        date=said("date", language, day=day) if day else said("no_date", language),
        version=said("version", language, version=version) if version else "",
        signature=said("signature", language),
    )


def opening(explanation: Explanation, language: str) -> tuple[str, str]:
    """What was decided, and by what as of when."""
    if explanation.outcome == "decided" and explanation.results:
        first = explanation.results[0]
        value = figure_text(first.value, language)
        what = said("decided", language, result=spoken(first.name, language), value=value)
    else:
        what = said(explanation.outcome, language)
    scheme = phrase("policy" if explanation.version else "policy_bare", language, name=explanation.policy,
                    version=explanation.version)  # fmt: skip
    if explanation.as_of is None:
        return what, said("by", language, policy=scheme)
    return what, said("by_day", language, policy=scheme, day=explanation.as_of.isoformat())


def missing(explanation: Explanation, language: str, known: Known) -> Iterator[str]:
    """Why a case is not decided."""
    for reason in explanation.reasons:
        arguments = tuple(
            (name, said("other", language) if isinstance(value, str) and known(value) else value)
            for name, value in reason.arguments
        )
        yield reason_text(structs.replace(reason, arguments=arguments), language)


# -- what is not met -------------------------------------------------------------------------------------------------


def _needed(
    explanation: Explanation, answer: WhyNot | None, language: str, known: Known
) -> tuple[str, tuple[str, ...]]:
    """What was not met, of the grade above or, where there is none, of what is answered with no."""
    if explanation.outcome == "undecided":
        return "", ()
    if answer is not None:
        lines = _once(failures(answer.blocking, NO_CLAUSE, language, known))
        if lines:
            return said("unmet_for", language, target=figure_text(answer.target, language)), lines
    failed = [item for item in explanation.steps if item.value is not None and item.value.value is False]
    refused = bool(explanation.results) and explanation.results[0].value.value is False
    refused = refused or explanation.outcome == "referred"
    return said("unmet", language), _once(failures(failed, NO_CLAUSE, language, known)) if refused else ()


def _once(lines: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))


def failures(items: tuple[Item, ...] | list[Item], above: Clause, language: str, known: Known) -> Iterator[str]:
    """Every requirement that fails, told where it is not told more closely by what it is made of."""
    for item in items:
        clause = item.clause if item.clause.cites else above
        deeper = tuple(failures(item.items, clause, language, known))
        yield from deeper
        fails = item.holds is False if item.role == "condition" else item.role == "step" and bool(item.formula)
        if fails and not deeper:
            yield said("failed", language, what=requirement(item, language, known)) + cites(clause, language)
        elif item.role in ("passes", "lacking"):
            for remark in item.remarks:
                if remark.code in ("ahead_of", "ahead_of_by"):
                    yield to_pass(remark, language) + cites(clause, language)


def requirement(item: Item, language: str, known: Known) -> str:
    """`总分 59.9 分，要求 60 分以上`."""
    formula = tuple(hidden(token, language, known) if isinstance(token, Figure) else token for token in item.formula)
    at = [index for index, token in enumerate(formula) if isinstance(token, Sign) and token.code in COMPARED]
    if len(at) != 1:
        told = [remark_text(anonymous(remark, language, known), language) for remark in item.remarks]
        return phrase("joint", language).join(part for part in (formula_text(formula, language), *told) if part)
    left, right = (_with_units(side, language) for side in (formula[: at[0]], formula[at[0] + 1 :]))
    sign = formula[at[0]]
    assert isinstance(sign, Sign)
    if language == "zh" and right[:1].isascii():
        right = f" {right}"
    return said(sign.code, language, left=left, right=right)


def _with_units(formula: tuple[object, ...], language: str) -> str:
    """One side of a comparison; the only figure of a side has its unit."""
    tokens = [token for token in formula if token is not None]
    if tokens and isinstance(tokens[-1], Figure) and not any(isinstance(token, Sign) for token in tokens):
        words = formula_text(tuple(tokens[:-1]), language)  # type: ignore[arg-type]
        return f"{words} {figure_text(tokens[-1], language)}".strip()
    return formula_text(tuple(tokens), language)  # type: ignore[arg-type]


def to_pass(remark: Remark, language: str) -> str:
    """How far it is to somebody who stands before, without saying who."""
    told = dict(remark.arguments)
    distance = told.get("distance")
    words = {"by": spoken(str(told["by"]), language), "place": told["place"]}
    if isinstance(distance, Figure):
        return said("behind", language, distance=figure_text(distance, language), **words)
    return said("behind_bare", language, **words)


# -- what mattered ---------------------------------------------------------------------------------------------------


def mattered(explanation: Explanation, language: str, known: Known, *, named: bool) -> Iterator[str]:
    """The steps in the order of the document, with the parts of scores; places as counts and distances."""
    ranks = {rank.name: rank for rank in explanation.ranks}
    for step in explanation.steps:
        yield line_of(step, language, known)
        if step.label in ranks:
            yield from rank_lines(ranks[step.label], language, named=named)
        for inner in step.items:
            if inner.role == "line" or (inner.role == "exception" and inner.holds is True):
                yield said("part", language, what=line_of(inner, language, known))
    for item in explanation.overall:
        yield line_of(item, language, known)


def line_of(item: Item, language: str, known: Known) -> str:
    """`总分：59.9 分【四(三)】`."""
    value = figure_text(hidden(item.value, language, known), language) if item.value is not None else ""
    full = said("full", language, full=figure_text(item.full, language)) if item.full is not None else ""
    if item.role == "exception":
        value, full = "", remark_text(anonymous(item.remarks[0], language, known), language)
    label = said("other", language) if known(item.label) else spoken(item.label, language)
    return f"{label}{phrase('colon', language)}{value}{full}{cites(item.clause, language)}"


def rank_lines(rank: Rank, language: str, *, named: bool) -> Iterator[str]:
    """How many were ranked, how many stand before, how far it is to the edges of the band."""
    place = rank.place.value
    if not isinstance(place, int):
        return
    yield said("ranked", language, of=rank.of, before=place - 1)
    if rank.tied > 1:
        yield said("tied", language, others=rank.tied - 1)
    for edge in rank.edges:
        yield from edge_line(edge, language, named=named)


def edge_line(edge: Edge, language: str, *, named: bool) -> Iterator[str]:
    """The distance to the last of the band above, or to the first of the band below."""
    if edge.other is None or edge.other.distance is None:
        return
    line = said("edge_up" if edge.up else "edge_own", language, name=figure_text(edge.name, language),
                by=spoken(edge.other.by, language), distance=figure_text(edge.other.distance, language))  # fmt: skip
    yield line + (said("who", language, key=edge.other.key) if named else "")


def single_changes(answer: WhyNot | None, language: str) -> Iterator[str]:
    """The smallest changes of one figure that reach the grade above."""
    if answer is None or answer.state != "blocked":
        return
    for change in answer.changes:
        row = change_row(change, answer, language)
        yield said(
            "part", language, what=f"{row.label}{phrase('colon', language)}{row.value}{said('then', language)}{row.how}"
        )
    for row in together_rows(answer, language) if answer.together is not None else ():
        yield row.label
        for move in row.rows:
            joint = phrase("colon", language) if move.label else ""
            yield said("part", language, what=f"{move.label}{joint}{move.value or move.how}")


# -- others ----------------------------------------------------------------------------------------------------------


def hidden(figure: Figure, language: str, known: Known) -> Figure:
    """A figure that names nobody else."""
    named = isinstance(figure.value, str) and known(figure.value)
    return Figure(said("other", language)) if named else figure


def anonymous(remark: Remark, language: str, known: Known) -> Remark:
    """A remark with a count in place of those it names."""
    arguments: list[tuple[str, Figure | str | int | tuple[str, ...]]] = []
    for name, value in remark.arguments:
        if isinstance(value, tuple) and name in OTHERS:
            arguments.append((name, said("count", language, count=len(value))))
        elif isinstance(value, Figure):
            arguments.append((name, hidden(value, language, known)))
        else:
            arguments.append((name, said("other", language) if isinstance(value, str) and known(value) else value))
    return Remark(remark.code, tuple(arguments))
