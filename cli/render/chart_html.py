"""Charts of a report in HTML: bars, the way from one sum to another, and steps over a range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from cli.render.explanation_html import safe
from cli.render.explanation_rows import endless
from cli.render.report import Chart
from cli.render.simulation_words import word
from policy.numerals import decimal
from policy.units import Exact

CHARTS = """
figure { margin: .8rem 0 1rem; } figcaption { font-weight: 600; } .key { font-weight: 400; margin-left: 1rem; }
.bar { display: inline-block; height: .72em; min-width: 1px; vertical-align: baseline; print-color-adjust: exact;
  -webkit-print-color-adjust: exact; background: #1d4e79; }
.bar.b { background: repeating-linear-gradient(135deg, #e8a33d 0 3px, #fdf1dd 3px 5px); outline: 1px solid #b36b00;
  outline-offset: -1px; }
.bar.less { background: repeating-linear-gradient(135deg, #b36b00 0 3px, #fdf1dd 3px 5px); outline: 1px solid #b36b00;
  outline-offset: -1px; }
.key .bar { width: 1.4em; margin-right: .3em; }
.chart { width: 100%; font-variant-numeric: tabular-nums; }
.chart th { text-align: left; font-weight: 400; width: 26%; padding: .25rem .6rem .25rem 0; vertical-align: middle;
  overflow-wrap: anywhere; }
.chart td, .chart td:first-child { padding: .15rem 0; min-width: 0; vertical-align: middle; }
.bar.none { visibility: hidden; }
.chart td div { display: flex; align-items: center; gap: .4rem; line-height: 1.25; }
.chart td.mark { width: 18%; color: var(--mark); padding-left: .5rem; font-size: .92em; }
.chart .gap { display: inline-block; }
.steps { width: 100%; height: auto; max-width: 46rem; } .steps text { font-size: 12px; fill: #1d2129; }
"""
_WIDEST = 72
"""Per cent of the cell that the longest bar takes; its figure stands behind it."""


def chart_lines(chart: Chart, language: str) -> Iterator[str]:
    """One chart as a figure."""
    yield f"<figure><figcaption>{safe(chart.title)}{_key(chart)}</figcaption>"
    if chart.kind == "bars":
        yield from _bars(chart)
    elif chart.kind == "waterfall":
        yield from _waterfall(chart, language)
    else:
        yield from _steps(chart)
    yield "</figure>"


def _key(chart: Chart) -> str:
    if chart.kind != "bars":
        return ""
    return "".join(
        f'<span class="key"><span class="bar {kind}"></span>{safe(name)}</span>'
        for kind, (name, _) in zip("ab", chart.series, strict=False)
    )


def _bars(chart: Chart) -> Iterator[str]:
    most = max((Fraction(v) for _, values in chart.series for v in values), default=Fraction(0))
    yield '<table class="chart"><tbody>'
    for at, label in enumerate(chart.labels):
        bars = "".join(
            _bar(kind if values[at] else "none", _share(Fraction(values[at]), most), _read(values[at]))
            for kind, (_, values) in zip("ab", chart.series, strict=False)
        )
        mark = f'<td class="mark">{safe(chart.marks[at])}</td>' if any(chart.marks) else ""
        yield f'<tr><th scope="row">{safe(label)}</th><td>{bars}</td>{mark}</tr>'
    yield "</tbody></table>"


def _bar(kind: str, width: str, figure: str, gap: str = "") -> str:
    """A bar with its figure behind it, after a gap where it does not start at the axis."""
    space = f'<span class="gap" style="width:{gap}"></span>' if gap else ""
    return f'<div>{space}<span class="bar {kind}" style="width:{width}"></span><span>{safe(figure)}</span></div>'


def _share(value: Fraction, most: Fraction) -> str:
    """The width of a bar, in tenths of a per cent."""
    tenths = int(value * _WIDEST * 10 / most) if most > 0 and value > 0 else 0
    return f"{tenths // 10}.{tenths % 10}%"


def _waterfall(chart: Chart, language: str) -> Iterator[str]:
    """From the first value by differences to the last; where all are far from nothing, the axis starts near them."""
    values = [Fraction(v) for v in chart.series[0][1]]
    levels = [values[0]]
    for step in values[1:-1]:
        levels.append(levels[-1] + step)
    low, high = min(levels), max(levels)
    spread, zero = high - low, Fraction(0)
    start = low - spread if low > 3 * spread > 0 else min(low, zero)
    high = max(high, zero)
    span = high - start or Fraction(1)
    yield '<table class="chart"><tbody>'
    last = len(values) - 1
    for at, (label, value) in enumerate(zip(chart.labels, values, strict=True)):
        ends = (start, value) if at in (0, last) else (levels[at - 1], levels[at])
        kind = "a" if at in (0, last) else "less" if value < 0 else "b"
        gap, width = _share(min(ends) - start, span), _share(abs(ends[1] - ends[0]), span)
        sign = "+" if at not in (0, last) and value > 0 else ""
        bar = _bar(kind if width != "0.0%" else "none", width, sign + _read(value), gap)
        yield f'<tr><th scope="row">{safe(label)}</th><td>{bar}</td></tr>'
    yield "</tbody></table>"
    if start > 0:
        yield f"<p>{safe(word('axis', language, value=_read(start)))}</p>"


def _read(value: Exact) -> str:
    """A figure as people read it."""
    told = decimal(value)
    return endless(value, None) if "/" in told else told


# -- steps ----------------------------------------------------------------------------------------------------------

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 260, 78, 16, 14, 40


def _steps(chart: Chart) -> Iterator[str]:
    """Values that hold from one label to the next, with a point and its figure where they change."""
    name, values = chart.series[0]
    low, high = min(map(Fraction, values)), max(map(Fraction, values))
    wide = Fraction(_WIDTH - _LEFT - _RIGHT, max(1, len(values)))

    def x(at: int) -> str:
        return str(int(_LEFT + wide * at))

    def y(value: Exact) -> str:
        part = (Fraction(value) - low) / (high - low) if high > low else Fraction(1, 2)
        return str(int(_HEIGHT - _BOTTOM - part * (_HEIGHT - _TOP - _BOTTOM)))

    path = " ".join(f"{'L' if at else 'M'}{x(at)} {y(v)} L{x(at + 1)} {y(v)}" for at, v in enumerate(values))
    said = safe(f"{chart.title} {name}")
    yield f'<svg class="steps" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{said}">'
    yield f'<path d="{path}" fill="none" stroke="#1d4e79" stroke-width="2"/>'
    for value in dict.fromkeys((low, high)):
        place = f'x="{_LEFT - 8}" y="{y(value)}" text-anchor="end" dominant-baseline="middle"'
        yield f"<text {place}>{safe(_read(value))}</text>"
    for at in _told(values, int(wide)):
        yield f'<text x="{x(at)}" y="{_HEIGHT - 20}" text-anchor="start">{safe(chart.labels[at])}</text>'
        yield f'<circle cx="{x(at)}" cy="{y(values[at])}" r="3" fill="#1d4e79"/>'
    yield "</svg>"


def _told(values: Sequence[Exact], wide: int) -> list[int]:
    """Where values change, as many as have room for their labels."""
    told: list[int] = []
    for at in range(len(values)):
        changes = at == 0 or values[at] != values[at - 1]
        if changes and (not told or (at - told[-1]) * wide >= 60):
            told.append(at)
    return told
