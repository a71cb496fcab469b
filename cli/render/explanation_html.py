"""An explanation as one HTML file: nothing is loaded from anywhere, everything said is escaped, A4 is legible.

Quoted sources are folded away unless asked for; what is folded is not printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from cli.render.diagnostics import shown
from cli.render.explanation import Page, page
from cli.render.explanation_phrases import phrase
from cli.render.explanation_rows import Row, Section, cites, numeral
from interpreter.explaining.model import Explanation
from interpreter.explaining.whynot import WhyNot

STYLE = """
:root { color-scheme: light; --ink: #1d2129; --soft: #667080; --line: #dfe3e8; --mark: #0b5d4e; --bad: #a8322a; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 3rem; max-width: 60rem; color: var(--ink); background: #fff;
  font: 15px/1.55 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Hiragino Sans GB",
  "Microsoft YaHei", "WenQuanYi Micro Hei", "Segoe UI", Roboto, "Helvetica Neue", Arial, SimSun, sans-serif; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: .2rem 1.5rem;
  border-bottom: 2px solid var(--ink); padding-bottom: .5rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h1 small { font-size: .58em; font-weight: 400; color: var(--soft); margin-left: .6rem; }
h2 { font-size: 1.07em; margin: 1.6rem 0 .3rem; }
.policy { color: var(--soft); margin: 0; }
.results { display: flex; flex-wrap: wrap; align-items: flex-end; gap: .4rem 2.2rem; margin: 1rem 0 1.2rem; }
.results div { display: flex; flex-direction: column; }
.results dt { color: var(--soft); font-size: .87em; }
.results dd { margin: 0; font-size: 1.15em; font-weight: 600; overflow-wrap: anywhere; }
.results div:first-child dd { font-size: 1.6rem; line-height: 1.25; color: var(--mark); }
.status { margin: 1rem 0 0; padding: .5rem .8rem; border-left: 4px solid #c08a00; background: #fdf6e3; }
table { border-collapse: collapse; width: 100%; }
td { padding: .18rem .5rem .18rem 0; vertical-align: baseline; overflow-wrap: anywhere; }
td.val { min-width: 9em; }
td:first-child { min-width: 11em; padding-left: calc(var(--depth, 0) * 1.3rem); }
td.num { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; padding-right: .1rem; }
td.num i { visibility: hidden; font-style: normal; }
td.full { white-space: nowrap; padding-left: .35rem; color: var(--soft); font-variant-numeric: tabular-nums; }
td.cite { text-align: right; white-space: nowrap; color: var(--mark); font-size: .9em; padding-right: 0; }
td.how { color: #3b4350; width: 46%; }
table.ranks td.how { width: 70%; }
table.ranks td.val { width: 0; padding: 0; }
tr.top td { border-top: 1px solid var(--line); padding-top: .5rem; font-weight: 600; }
tr.top td.how, tr.top td.full, tr.top td.cite { font-weight: 400; }
tr.under td:first-child { color: #3b4350; }
tr.quiet td { color: var(--soft); font-size: .94em; }
tr.bad td.num, tr.bad td.val { color: var(--bad); font-weight: 600; }
tr.open td { color: #8a6100; }
details { color: var(--soft); font-size: .92em; }
summary { cursor: pointer; }
blockquote { margin: .2rem 0 .5rem; padding-left: .8rem; border-left: 3px solid var(--line); white-space: pre-line; }
.accepted { padding-left: 1.2rem; margin: .2rem 0; }
footer { margin-top: 1.6rem; padding-top: .5rem; border-top: 1px solid var(--line); color: var(--soft); }
@media screen and (max-width: 40rem) {
  body { padding: 1.2rem 1rem 2rem; } .results { gap: .4rem 1.4rem; }
  table:not(.data, .chart), table:not(.data, .chart) tbody { display: block; }
  table:not(.data, .chart) tr { display: flex; flex-wrap: wrap; }
  table:not(.data, .chart) td:first-child { flex: 1 1 8em; min-width: 0; }
  table:not(.data, .chart) td.val { min-width: 0; width: auto; }
  table:not(.data, .chart) td.how { flex: 1 1 100%; order: 1; padding-left: 1.3rem; }
  table:not(.data, .chart) td:empty { display: none; }
}
@page { size: A4; margin: 16mm 15mm; }
@media print {
  body { padding: 0; max-width: none; font-size: 9.5pt; line-height: 1.32; }
  h1 { font-size: 16pt; } .results div:first-child dd { font-size: 14pt; } h2 { margin-top: .8rem; break-after: avoid; }
  .results { margin: .6rem 0 .7rem; } footer { margin-top: .8rem; } header { padding-bottom: .2rem; }
  tr, li, .status { break-inside: avoid; } td, tr.top td { padding-top: .08rem; padding-bottom: .08rem; }
  details:not([open]), tr.folded { display: none; }
}
"""


def render_html(explanation: Explanation, language: str, quotes: bool = False, answer: WhyNot | None = None) -> str:
    """An explanation as a self-contained HTML document."""
    said = page(explanation, language, answer)
    lang = "zh-CN" if language == "zh" else "en"
    title = " ".join(part for part in (said.person, said.key, explanation.policy) if part)
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{lang}">',
            "<head>",
            '<meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{safe(title)}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            *head(said),
            *(line for section in said.sections for line in section_lines(section, said.language, quotes)),
            *foot(said),
            "</body>",
            "</html>",
            "",
        )
    )


def safe(text: str) -> str:
    """Text that cannot be taken for markup, with what is invisible shown."""
    return escape(shown(text), quote=True)


def head(said: Page) -> Iterator[str]:
    """Who, by which policy, and what came out."""
    small = "  ".join(part for part in (said.key, *said.others) if part)
    yield f"<header><h1>{safe(said.person)}<small>{safe(small)}</small></h1>"
    yield f'<p class="policy">{safe(said.policy)}</p></header>'
    yield '<dl class="results">'
    for name, value in said.results:
        yield f"<div><dt>{safe(name)}</dt><dd>{safe(value)}</dd></div>"
    yield "</dl>"
    if said.status:
        reasons = phrase("joint", said.language).join(said.reasons)
        yield f'<p class="status"><strong>{safe(said.status)}</strong> {safe(reasons)}</p>'


def foot(said: Page) -> Iterator[str]:
    if said.accepted:
        yield f"<h2>{safe(phrase('accepted', said.language))}</h2>"
        yield '<ul class="accepted">'
        for line in said.accepted:
            yield f"<li>{safe(line)}</li>"
        yield "</ul>"
    if said.source:
        yield f"<footer>{safe(phrase('source', said.language))}  {safe(said.source)}</footer>"


# -- tables ----------------------------------------------------------------------------------------------------------


def section_lines(section: Section, language: str, quotes: bool) -> Iterator[str]:
    if section.title:
        yield f"<h2>{safe(section.title)}</h2>"
    yield f'<table class="{section.code}">'
    for row in section.rows:
        decimals = most_decimals(row)
        yield from row_lines(row, 0, (language, quotes, decimals))
    yield "</table>"


def most_decimals(row: Row) -> int:
    """How many characters the longest fraction under a row takes, its point included."""
    own = len(row.value) - len(row.value.partition(".")[0]) if row.numeric else 0
    return max([own, *(most_decimals(inner) for inner in row.rows)])


def row_lines(row: Row, depth: int, how: tuple[str, bool, int]) -> Iterator[str]:
    """A row of the table and those under it."""
    language, quotes, decimals = how
    kind = " ".join(part for part in ("under" if depth else "top", row.tone) if part)
    style = f' style="--depth: {depth}"' if depth else ""
    label = numeral(row.number, language).strip() + (" " if row.number and language != "zh" else "") + row.label
    if row.wide:
        yield f'<tr class="{kind}"><td colspan="5"{style}>{safe(label)}</td></tr>'
    else:
        cells = f'<td class="how">{safe(row.how)}</td><td class="cite">{safe(cites(row.clause, language))}</td>'
        yield f'<tr class="{kind}"><td{style}>{safe(label)}</td>{value_cells(row, decimals)}{cells}</tr>'
    if row.clause.quote:
        opened = (" open", "") if quotes else ("", ' class="folded"')
        yield f'<tr{opened[1]}><td colspan="5"{style}><details{opened[0]}>'
        yield f"<summary>{safe(phrase('quote', language))} {safe(cites(row.clause, language))}</summary>"
        yield f"<blockquote>{safe_lines(row.clause.quote)}</blockquote></details></td></tr>"
    for inner in row.rows:
        yield from row_lines(inner, depth + 1, how)


def value_cells(row: Row, decimals: int) -> str:
    """The value and the full mark; numbers stand with their points under each other."""
    if not row.numeric:
        return f'<td class="val" colspan="2">{safe(row.value)}</td>'
    missing = decimals - (len(row.value) - len(row.value.partition(".")[0]))
    pad = "." * (missing == decimals and missing > 0) + "0" * (missing - (missing == decimals))
    blank = f'<i aria-hidden="true">{pad}</i>' if missing > 0 else ""
    full = f"/ {safe(row.full)}" if row.full else ""
    return f'<td class="num">{safe(row.value)}{blank}</td><td class="full">{full}</td>'


def safe_lines(text: str) -> str:
    """Quoted text keeps its lines."""
    return "\n".join(safe(line) for line in text.splitlines())
