"""A marked source as one HTML file: nothing is loaded from anywhere, everything said is escaped, it prints on A4."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import PurePath

from cli.render.coverage import By, bracketed, bys, nearest, summary, where, word
from cli.render.diagnostics import shown
from dsl.sources.marking import OPEN, Marked, Sentence

STYLE = """
:root { color-scheme: light; --ink: #1d2129; --soft: #5b6472; --line: #dfe3e8; --mark: #0b5d4e; --bad: #a8322a; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 3rem; max-width: 72rem; color: var(--ink); background: #fff;
  font: 15px/1.6 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Hiragino Sans GB",
  "Microsoft YaHei", "WenQuanYi Micro Hei", "Segoe UI", Roboto, "Helvetica Neue", Arial, SimSun, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.07em; margin: 1.6rem 0 .3rem; color: var(--bad); }
.counts { color: var(--soft); margin: 0; }
table { border-collapse: collapse; width: 100%; margin-top: 1rem; }
td { padding: .3rem .6rem; vertical-align: top; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
td.line { color: var(--soft); text-align: right; font-variant-numeric: tabular-nums; width: 3em; }
td.status { white-space: nowrap; font-size: .87em; width: 6em; }
td.by { width: 38%; font-size: .92em; }
td.by p { margin: 0; } .cite { color: var(--mark); } .file { color: var(--soft); }
tr.ruled td.text { border-left: 4px solid var(--mark); }
tr.declared td { color: var(--soft); } tr.declared td.text { border-left: 4px solid var(--line); }
tr.open td { background: #fbeceb; } tr.open td.text { border-left: 4px solid var(--bad); }
tr.open td.status, .left { color: var(--bad); font-weight: 600; }
dt { color: var(--soft); margin-top: .6rem; } dd { margin: 0 0 0 1.2rem; overflow-wrap: anywhere; }
@media screen and (max-width: 40rem) {
  body { padding: 1.2rem 1rem 2rem; } table, tbody { display: block; }
  tr { display: grid; grid-template-columns: 2.2rem 1fr; border-top: 1px solid var(--line); padding: .3rem 0; }
  td { border: 0; padding: .15rem .6rem; } td.line { width: auto; padding-left: 0; }
  td.status, td.by { grid-column: 2; width: auto; }
}
@page { size: A4; margin: 16mm 15mm; }
@media print { body { padding: 0; max-width: none; font-size: 9.5pt; } tr { break-inside: avoid; } }
"""


def render_html(marked: Marked, language: str) -> str:
    """The marked source as a self-contained HTML document."""
    title = safe(PurePath(marked.source.name).name)
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{"zh-CN" if language == "zh" else "en"}">',
            "<head>",
            '<meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            f"<h1>{title}</h1>",
            *(f'<p class="counts">{safe(line)}</p>' for line in summary(marked, language)),
            *_wrong(marked, language),
            "<table>",
            *(_row(sentence, language) for sentence in marked.sentences),
            "</table>",
            "</body>",
            "</html>",
            "",
        )
    )


def safe(text: str) -> str:
    """Text that cannot be taken for markup, with what is invisible shown."""
    return escape(shown(text.replace("\n", " ")), quote=True)


def _row(sentence: Sentence, language: str) -> str:
    by = "".join(f"<p>{_by(each, language)}</p>" for each in bys(sentence))
    if sentence.status == OPEN and sentence.quotes:
        by += "".join(f'<p class="left">{safe(word("left", language) + left)}</p>' for left in sentence.left)
    return (
        f'<tr class="{sentence.status}"><td class="line">{sentence.span.line}</td>'
        f'<td class="text">{safe(sentence.span.text)}</td>'
        f'<td class="status">{safe(word(sentence.status, language))}</td><td class="by">{by}</td></tr>'
    )


def _by(by: By, language: str) -> str:
    file = f"{PurePath(by.file).name}:{by.line}"
    cites = bracketed(by.cites, language)
    return f'<span class="cite">{safe(cites)}</span> {safe(by.said)} <span class="file">{safe(file)}</span>'


def _wrong(marked: Marked, language: str) -> Iterator[str]:
    """Misquotes and quotes that belong to nothing."""
    if marked.misquotes:
        yield f"<h2>{safe(word('misquotes', language))}</h2><dl>"
        for each in marked.misquotes:
            yield f"<dt>{safe(where(each.quote, language))} {safe(each.quote.statement)}</dt>"
            yield f"<dd>{safe(each.fragment)}</dd><dd>{safe(nearest(each, language))}</dd>"
        yield "</dl>"
    if marked.unattached:
        yield f"<h2>{safe(word('unattached', language))}</h2><dl>"
        for quote in marked.unattached:
            yield f"<dt>{safe(where(quote, language))}</dt><dd>{safe(quote.text)}</dd>"
        yield "</dl>"
