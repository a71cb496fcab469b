"""Which language messages are in, and the phrases of the commands themselves in both."""

from __future__ import annotations

import os

from policy.plurals import Put

PHRASES: dict[str, tuple[str, str]] = {
    "all_well": ("{file}：检查通过", "{file}: checked, no errors"),
    "no_fix": ("{file}：没有可以直接改的", "{file}: there is no line to put in"),
    "fix_ask": ("写进 {file} 吗？", "Write this into {file}?"),
    "fix_how": ("没有写进文件；要写进去，请加 --yes", "nothing was written; add --yes to write it"),
    "fixed": ("{file}：已改", "{file}: mended"),
    "watching": ("保存后自动再检查；按 Ctrl+C 结束", "checked again whenever it is saved; Ctrl+C ends this"),
    "counts": ("错误 {errors}，发现 {findings}，已认可 {accepted}，提示 {notes}", "errors {errors}, findings {findings}, accepted {accepted}, notes {notes}"),
    "stopped": ("政策有错误，没有运行", "the policy has errors; nothing was run"),
    "open_findings": (
        "注意：政策有 {count} 处发现没有改正也没有认可（用 zhunsheng check 查看）",
        "note: {count} {count:finding|findings} in the policy {count:is|are} neither mended nor accepted (see zhunsheng check)",
    ),
    "reconciled": (
        "核对：读入 {read} = 决定 {decided} + 转人工 {referred} + 未决 {undecided} + 搁置 {rejected}",
        "reconciled: read {read} = decided {decided} + referred {referred} + undecided {undecided} + set aside {rejected}",
    ),
    "repeats": ("另有 {count} 行与别的行完全相同，只算一次", "{count} {count:row repeats|rows repeat} another exactly and {count:counts|count} once"),
    "outcome": ("结局", "outcome"),
    "reason": ("原因", "reason"),
    "of_whole_case": ("{title}（整案）", "{title} (whole case)"),
    "decided": ("决定", "decided"),
    "referred": ("转人工", "referred"),
    "undecided": ("未决", "undecided"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "needs_you": ("需要您处理", "needs a person"),
    "aside": ("搁置 {count} 行", "rows set aside: {count}"),
    "more": ("…… 其余 {count} 行见 {where}", "… {count} more in {where}"),
    "more_all": ("…… 其余 {count} 行用 --all 显示，或用 -o 写成文件", "… {count} more: show them with --all, or write a file with -o"),
    "others": ("…… 其余 {count} 个", "… {count} more"),
    "other_rows": ("…… 其余 {count} 行", "… {count} more rows"),
    "nobody": ("无主 {count} 行", "rows of nobody: {count}"),
    "row_at": ("{where} 第 {row} 行", "{where} row {row}"),
    "unowned": (
        "注意：{record} 搁置的行中有 {count} 行读不出是谁的，可能关系到任何人的结果：{rows}",
        "note: {count} of the rows of {record} set aside do not say whose they are and may bear on anybody's result: {rows}",
    ),
    "account": (
        "核对 {record}（{where}）：读入 {read} = 采用 {taken} + 搁置 {aside} + 无主 {nobody} + 重复 {repeated}",
        "reconciled {record} ({where}): read {read} = taken {taken} + set aside {aside} + of nobody {nobody} + repeated {repeated}",
    ),
    "account_none": ("核对 {record}：已说明没有（--none）", "reconciled {record}: said to be none (--none)"),
    "account_title": ("核对", "account"),
    "rejected_title": ("未采用的行", "rows not taken"),
    "record": ("数据", "record"),
    "kind": ("类别", "kind"),
    "rows_read": ("读入", "read"),
    "rows_taken": ("采用", "taken"),
    "rows_aside": ("搁置", "set aside"),
    "rows_nobody": ("无主", "of nobody"),
    "rows_repeated": ("重复", "repeated"),
    "written": ("已写入 {file}", "written: {file}"),
    "plain_utf8": (
        "CSV 是 UTF-8 编码；用 Excel 双击打开若成乱码，请加上 --encoding utf-8-sig（或 gb18030）再写一次",
        "the CSV is in UTF-8; if a double click in Excel garbles it, write it again with --encoding utf-8-sig (or gb18030)",
    ),
    "unsettled": (
        "注意：还有 {count} 人未定或搁置，他们补齐后名次可能变化，现在不是最终结果",
        "note: {count} {count:case is|cases are} open or set aside; places may change once {count:it is|they are} settled",
    ),
    "row": ("第 {row} 行", "row {row}"),
    "column": ("“{column}”", "`{column}`"),
    "file": ("文件", "file"),
    "sheet": ("工作表", "sheet"),
    "line": ("行", "row"),
    "field": ("列", "column"),
    "value": ("值", "value"),
    "key": ("编号", "key"),
    "as_of": ("基准日 {date}", "as of {date}"),
    "tried": (
        "这是试算，不是现行规则：参数改为 {settings}",
        "a trial, not the rule in force: parameters set: {settings}",
    ),
    "set": ("参数改为 {settings}", "parameters set: {settings}"),
    "examples": ("例子 {passed} 个通过，{failed} 个不通过", "{passed} {passed:example passes|examples pass}, {failed} {failed:fails|fail}"),
    "example_fails": ("例 “{name}”", 'example "{name}"'),
    "expected": ("应为", "expected"),
    "found": ("实为", "found"),
    "no_examples": ("没有例子", "there are no examples"),
    "covered": ("条款：{covered}/{all} 条有例子用到", "clauses: {covered} of {all} are exercised by examples"),
    "uncovered": ("没有例子用到", "not exercised"),
    "formatted": ("{count} 个文件已整理", "{count} {count:file|files} formatted"),
    "would_format": ("{file} 需要整理", "{file} would be formatted"),
    "reading": ("读取数据", "reading data"),
    "deciding": ("逐人裁定", "deciding"),
    "read_back": ("读作", "reads as"),
    "quota": ("{name}{where}：{grades}", "{name}{where}: {grades}"),
    "quota_open": ("{name}{where}：{open} 人未定，名额没有分", "{name}{where}: {open} {open:case is|cases are} open, no places given"),
    "quota_base": ("{name}{where} 基数 {base}：{grades}", "{name}{where}, base {base}: {grades}"),
    "quota_grade": ("{grade} {taken}/{places}", "{grade} {taken} of {places}"),
    "quota_tied": ("末位相同 {count} 人", "{count} equal at the cut"),
    "quota_may": (
        "注意：{name}{where} {open} 人未定，补齐后“{grade}”的名额可能由 {places} 变为 {possible}，现在不是最终结果",
        "note: {name}{where}: {open} {open:case is|cases are} open; once settled, the places of `{grade}` may be {possible} instead of {places}",
    ),
    "check_holds": ("检查 {name}：全部符合", "check {name}: holds for all"),
    "check_fails": ("检查 {name}：不符合 {keys}", "check {name}: fails for {keys}"),
    "check_open": ("检查 {name}：未能确定 {keys}", "check {name}: open for {keys}"),
    "total_row": ("合计", "total"),
}  # fmt: skip
"""Chinese and English by key; `{arguments}` are put in by `say`."""


def chosen(wanted: str | None, document: str = "zh") -> str:
    """The language of messages: as asked, else ZHUNSHENG_LANG, else the locale, else the document's."""
    if wanted is not None and wanted.lower()[:2] not in ("zh", "en"):
        import typer

        raise typer.BadParameter(f"--lang {wanted}: zh, en")
    for value in (wanted, os.environ.get("ZHUNSHENG_LANG")):
        if value:
            return "en" if value.lower().startswith("en") else "zh"
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "").lower()
        if value.startswith(("zh", "en")):
            return value[:2]
        if value:
            break
    return document


def say(key: str, language: str, /, **arguments: object) -> str:
    """A phrase with its arguments put in."""
    return PHRASES[key][0 if language == "zh" else 1].format_map({k: Put(v) for k, v in arguments.items()})
