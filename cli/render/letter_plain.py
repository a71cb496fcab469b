"""A letter as Markdown and as one HTML file that prints on A4; whatever could be markup is escaped."""

from __future__ import annotations

from cli.render.explanation_html import safe
from cli.render.explanation_markdown import safe as plain
from cli.render.letter import Letter
from cli.render.letter_phrases import said

STYLE = """
body { max-width: 42rem; margin: 0 auto; padding: 2.5rem 1.5rem; color: #1d2129; line-height: 1.65;
  font: 16px/1.65 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, Georgia, serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; text-align: center; } h2 { font-size: 1.05rem; margin: 1.4rem 0 .3rem; break-after: avoid; }
p { margin: .25rem 0; } .result { font-weight: 600; } footer { margin-top: 2.5rem; text-align: right; }
@page { size: A4; margin: 25mm 22mm; } @media print { body { padding: 0; max-width: none; font-size: 11pt; } }
"""


def dear(letter: Letter) -> str:
    """To whom it goes."""
    return said("dear", letter.language, name=f"{letter.person}  {letter.key}".strip())


def as_markdown(letter: Letter) -> str:
    """The letter as a Markdown text, a paragraph for each line."""
    lines = [f"# {plain(letter.title)}", plain(dear(letter)), *(f"**{plain(line)}**" for line in letter.result)]
    for heading, told in letter.parts:
        lines += [f"## {plain(heading)}", *map(plain, told)]
    return "\n\n".join([*lines, "---", *map(plain, letter.closing)]) + "\n"


def as_html(letter: Letter) -> str:
    """The letter as a self-contained HTML document."""
    body = [f"<h1>{safe(letter.title)}</h1>", f"<p>{safe(dear(letter))}</p>"]
    body += [f'<p class="result">{safe(line)}</p>' for line in letter.result]
    for heading, told in letter.parts:
        body += [f"<h2>{safe(heading)}</h2>", *(f"<p>{safe(line)}</p>" for line in told)]
    closing = "".join(f"<p>{safe(line)}</p>" for line in letter.closing)
    lang = "zh-CN" if letter.language == "zh" else "en"
    policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    phone = '<meta name="viewport" content="width=device-width, initial-scale=1">'
    head = f'<meta charset="utf-8">{policy}{phone}<title>{safe(letter.title)}</title><style>{STYLE}</style>'
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head>{head}</head>\n<body>\n'
        + "\n".join(body)
        + (f"\n<footer>{closing}</footer>\n</body></html>\n")
    )
