"""A page for every code the engine can say, written from the catalogue: `python docs/build_findings.py`.

The texts come from `policy.catalogue`, the example from the golden files: the smallest bad document whose expected
output says the code. Pages are never edited by hand; a test compares them with what this script would write.
"""

from __future__ import annotations

import re
from pathlib import Path

from cli.mending import mended_text
from dsl.pipeline import compile_text
from policy.catalogue import Entry, entries
from policy.diagnostic import Severity
from policy.source import Source

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "findings"
GOLDEN = ROOT / "tests" / "golden"
CODE = re.compile(r"ZS\d{3}")

WEIGHTS = {
    Severity.ERROR: "error · 错误: nothing is decided until it is mended",
    Severity.FINDING: "finding · 发现: mend it, or accept it by its name with `认可` / `accept`",
    Severity.NOTE: "note · 提示: for information",
}
CHINESE_WEIGHTS = {Severity.ERROR: "错误", Severity.FINDING: "发现", Severity.NOTE: "提示"}
CHAPTERS = {
    "1": "Text and syntax · 文字与写法",
    "2": "Names · 名称",
    "3": "Types and units · 类型与单位",
    "4": "Totals, bands and cases · 合计、分档与情形",
    "5": "Ranks and outcomes · 排名与结局",
    "6": "Files of data · 数据文件",
    "7": "Values of data · 数据值",
    "8": "Why a value is undecided or referred · 未决与转人工的原因",
    "9": "Use of the command · 命令的使用",
}


def pages() -> dict[str, str]:
    """Every page by file name, as it should stand."""
    examples = golden_examples()
    known = dict(sorted(entries().items()))
    written = {f"{code}.md": page(entry, examples.get(code)) for code, entry in known.items()}
    both, chinese = index(list(known.values())), chinese_index(list(known.values()))
    return {"README.md": both, "README.zh.md": chinese, **written}


def index(known: list[Entry]) -> str:
    """The list of all codes, a chapter a hundred."""
    lines = [
        "# What the engine can say · 提示一览",
        "",
        "Written by `docs/build_findings.py` from `policy/catalogue/`.",
    ]
    for hundred, title in CHAPTERS.items():
        rows = [row(entry) for entry in known if entry.code[2] == hundred]
        if rows:
            lines += ["", f"## {title}", "", "| code | 中文 | English | |", "|---|---|---|---|", *rows]
    return "\n".join(lines) + "\n"


def chinese_index(known: list[Entry]) -> str:
    """The list of all codes for readers of Chinese."""
    lines = ["# 提示一览", "", "由 `docs/build_findings.py` 从 `policy/catalogue/` 写成。"]
    for hundred, title in CHAPTERS.items():
        rows = [f"| [{e.code}]({e.code}.md) | {cell(e.name_zh)} | {CHINESE_WEIGHTS[e.severity]} |"
                for e in known if e.code[2] == hundred]  # fmt: skip
        if rows:
            lines += ["", f"## {title.rpartition(' · ')[2]}", "", "| 编号 | 名称 | |", "|---|---|---|", *rows]
    return "\n".join(lines) + "\n"


def row(entry: Entry) -> str:
    weight = entry.severity.value
    return f"| [{entry.code}]({entry.code}.md) | {cell(entry.name_zh)} | {cell(entry.name_en)} | {weight} |"


def cell(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", "<br>")


def page(entry: Entry, example: tuple[Path, Path] | None) -> str:
    """One code: its names, texts, advice and example."""
    lines = [f"# {entry.code} {entry.name_zh} · {entry.name_en}", "", WEIGHTS[entry.severity], ""]
    lines += ["## 中文", *text_of(entry.zh, entry.help_zh), "", "## English", *text_of(entry.en, entry.help_en)]
    if example:
        lines += ["", *shown(*example)]
    return "\n".join(lines) + "\n"


def text_of(message: str, advice: str) -> list[str]:
    """A message as it is said, and the advice under it."""
    return ["", *block(message), *(["", *block(advice)] if advice else [])]


def block(text: str, kind: str = "text") -> list[str]:
    """A fenced block that holds whatever the text holds."""
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return [f"{fence}{kind}", *text.rstrip("\n").split("\n"), fence]


def shown(document: Path, expected: Path) -> list[str]:
    """The document that triggers a code and what is said about it."""
    where = document.relative_to(ROOT).as_posix()
    lines = ["## Example · 例", "", f"[{where}](../../{where})", "", *block(read(document), "policy")]
    lines += ["", *block(read(expected))]
    mended = mended_by_its_lines(document)
    return [*lines, *(["", "## Mended · 改好", "", *block(mended, "policy")] if mended else [])]


def mended_by_its_lines(document: Path) -> str:
    """The document with the lines that are offered for it put in; empty where none is."""
    text = read(document)
    loaded = compile_text(Source(document.name, text))
    if not any(d.fix is not None for d in loaded.diagnostics):
        return ""
    mended = mended_text(loaded).text
    return mended if mended != text else ""


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")


def golden_examples() -> dict[str, tuple[Path, Path]]:
    """For every code the bad document that shows it best: least else is said, then the shortest, then by name."""
    best: dict[str, tuple[tuple[int, int, str], Path, Path]] = {}
    for document in sorted(GOLDEN.rglob("bad/**/*.policy")):
        for expected in outputs(document):
            said = set(CODE.findall(read(expected)))
            merit = (len(said), document.stat().st_size, str(expected))
            for code in said:
                best[code] = min(best.get(code, (merit, document, expected)), (merit, document, expected))
    return {code: (document, expected) for code, (_, document, expected) in best.items()}


def outputs(document: Path) -> list[Path]:
    """The expected outputs that stand beside a golden document: same stem, another ending."""
    beside = sorted(document.parent.glob(f"{document.stem}.*"))
    return [path for path in beside if path != document and path.suffix != ".policy" and path.is_file()]


def write() -> None:
    """Write the pages that changed, remove those of codes that are gone."""
    PAGES.mkdir(exist_ok=True)
    wanted = pages()
    for name, text in wanted.items():
        path = PAGES / name
        if not path.exists() or read(path) != text:
            path.write_text(text, encoding="utf-8")
    for path in PAGES.glob("*.md"):
        if path.name not in wanted:
            path.unlink()


if __name__ == "__main__":
    write()
