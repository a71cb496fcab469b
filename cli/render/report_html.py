"""A report as one HTML file that needs nothing from anywhere: charts with their figures, a list that can be searched.

Charts are tables whose bars are drawn by width alone, so that figures stand in the text, print and are read aloud; the
two sides differ in brightness and in hatching, not in hue alone. Without scripts everything is there but the search.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from cli.render.chart_html import CHARTS, chart_lines
from cli.render.columns import as_read, is_figure
from cli.render.explanation_html import STYLE, safe
from cli.render.report import Part, Report
from cli.render.simulation_words import word
from cli.sheets import Sheet

OWN = """
h2 { border-top: 1px solid var(--line); padding-top: 1rem; } h3 { font-size: 1em; margin: 1.1rem 0 .2rem; }
nav { margin: .8rem 0; display: flex; flex-wrap: wrap; gap: .2rem 1rem; } nav a { color: var(--mark); }
p.said { margin: .15rem 0; white-space: pre-wrap; }
.scroll { overflow-x: auto; max-width: 100%; }
.data { width: auto; min-width: 40%; font-variant-numeric: tabular-nums; }
.data th, .data td, .data td:first-child { padding: .2rem .7rem .2rem 0; min-width: 3.2em; text-align: left;
  vertical-align: top; overflow-wrap: normal; }
.data th { border-bottom: 1px solid var(--ink); vertical-align: bottom; font-weight: 600; }
.data td { border-bottom: 1px solid var(--line); white-space: pre-wrap; }
.data .n, .data td.n { text-align: right; white-space: nowrap; } .data td.n.same { color: var(--soft); }
.search { font: inherit; padding: .3rem .5rem; margin: .3rem 0; width: 100%; max-width: 24rem;
  border: 1px solid var(--soft); }
@media print { nav, .search { display: none; } h2, h3 { break-after: avoid; } thead { display: table-header-group; }
  .scroll { overflow: visible; } .data { width: 100%; } .data td, .data th { overflow-wrap: anywhere; }
  .data .n, .data td.n { white-space: normal; } figure { break-inside: avoid; } }
"""
SCRIPT = """for (const box of document.querySelectorAll('input.search')) {
  const rows = [...box.parentElement.querySelectorAll('tbody tr')];
  const told = box.parentElement.querySelector('.found');
  box.hidden = false;
  box.addEventListener('input', () => {
    const words = box.value.trim().toLowerCase().split(/\\s+/);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !words.every(word => row.textContent.toLowerCase().includes(word));
      shown += !row.hidden;
    }
    told.textContent = shown + ' / ' + rows.length;
  });
}
"""
SIGNED = b64encode(sha256(SCRIPT.encode()).digest()).decode()


def render(report: Report) -> str:
    """The whole page."""
    lang = "zh-CN" if report.language == "zh" else "en"
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{SIGNED}'"
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{lang}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{safe(report.title)}</title>",
            f"<style>{STYLE}{OWN}{CHARTS}</style>",
            "</head>",
            "<body>",
            f"<header><h1>{safe(report.title)}</h1></header>",
            *_contents(report),
            *(line for number, part in enumerate(report.parts) for line in _part(part, number, report.language)),
            f"<script>{SCRIPT}</script>",
            "</body>",
            "</html>",
            "",
        )
    )


def _contents(report: Report) -> Iterator[str]:
    if len(report.parts) > 2:
        links = (f'<a href="#p{number}">{safe(part.title)}</a>' for number, part in enumerate(report.parts))
        yield f"<nav>{''.join(links)}</nav>"


def _part(part: Part, number: int, language: str) -> Iterator[str]:
    yield f'<section id="p{number}"><h2>{safe(part.title)}</h2>'
    for line in part.lines:
        yield f'<p class="said">{safe(line)}</p>'
    for chart in part.charts:
        yield from chart_lines(chart, language)
    if part.long:
        yield f'<input type="search" class="search" hidden placeholder="{safe(word("search", language))}"'
        yield f' aria-label="{safe(word("search", language))}"> <span class="found" aria-live="polite"></span>'
    for sheet in part.sheets:
        if sheet.rows:
            yield from _table(sheet, titled=sheet.title != part.title)
    yield "</section>"


def _table(sheet: Sheet, *, titled: bool) -> Iterator[str]:
    if titled:
        yield f"<h3>{safe(sheet.title)}</h3>"
    rows = as_read(sheet)
    numeric = [at > 0 and all(is_figure(row[at]) for row in rows if at < len(row)) for at in range(len(sheet.headers))]
    yield '<div class="scroll"><table class="data"><thead><tr>'
    yield "".join(
        f'<th scope="col"{_kind(number)}>{safe(header)}</th>'
        for header, number in zip(sheet.titles or sheet.headers, numeric, strict=True)
    )
    yield "</tr></thead><tbody>"
    for row in rows:
        cells = (f"<td{_kind(number)}>{safe(cell)}</td>" for cell, number in zip(row, numeric, strict=False))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"


def _kind(number: bool) -> str:
    return ' class="n"' if number else ""
