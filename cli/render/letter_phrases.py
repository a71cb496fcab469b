"""What letters say in Chinese and English."""

from __future__ import annotations

from policy.plurals import Put

WORDS: dict[str, tuple[str, str]] = {
    "title": ("结果通知", "Notice of a result"),
    "dear": ("{name}：", "Dear {name},"),
    "decided": ("您的{result}为：{value}。", "Your {result} is: {value}."),
    "undecided": ("您的结果尚未裁定，缺什么见下。", "Your result is not decided yet; what is missing is told below."),
    "referred": ("您的结果转人工处理，原因见下。", "Your result is referred to a person; the reason is told below."),
    "by": ("依据《{policy}》作出。", "This is by {policy}."),
    "by_day": ("依据《{policy}》，按 {day} 的情况作出。", "This is by {policy}, as things stood on {day}."),
    "lacking": ("尚缺", "What is missing"),
    "why_referred": ("转人工的原因", "Why it is referred"),
    "who": ("（{key}）", " ({key})"),
    "unmet": ("未达到的要求", "Requirements not met"),
    "unmet_for": ("要达到“{target}”还差什么", "What stands between you and {target}"),
    "mattered": ("结果怎样得出", "How the result came about"),
    "changes": ("只改一项、其他人都不变，就能再上一档", "One figure changed, all others as they are, would reach it"),
    "failed": ("未达到：{what}", "Not met: {what}"),
    "≥": ("{left}，要求{right}以上", "{left}, required: {right} or more"),
    ">": ("{left}，要求超过{right}", "{left}, required: more than {right}"),
    "≤": ("{left}，要求{right}以下", "{left}, required: {right} or less"),
    "<": ("{left}，要求低于{right}", "{left}, required: less than {right}"),
    "=": ("{left}，要求为{right}", "{left}, required: {right}"),
    "≠": ("{left}，要求不是{right}", "{left}, required: not {right}"),
    "behind": ("{by}与第 {place} 名相差 {distance}", "{by} is {distance} short of place {place}"),
    "behind_bare": ("须排到第 {place} 名之前", "place {place} must be passed"),
    "part": ("— {what}", "— {what}"),
    "full": ("（满分 {full}）", " (out of {full})"),
    "ranked": ("— 共 {of} 人排名，前面有 {before} 人", "— {of} ranked, {before} of them ahead"),
    "tied": ("— 另有 {others} 人名次相同", "— the place is shared with {others} more"),
    "edge_up": ("— 与“{name}”末位{by}相差 {distance}", "— {by}: {distance} short of the last with {name}"),
    "edge_own": ("— {by}比下一档首位高出 {distance}", "— {by}: {distance} ahead of the first below {name}"),
    "then": ("，则", ", then "),
    "other": ("另一人", "another person"),
    "count": ("{count} 人", "{count} in all"),
    "contact": ("如有疑问，请联系：＿＿＿＿＿＿＿＿", "Questions go to: ________________"),
    "date": ("日期：{day}", "Date: {day}"),
    "no_date": ("日期：＿＿＿＿年＿＿月＿＿日", "Date: ________________"),
    "version": ("文件版本：{version}", "Version of the scheme: {version}"),
    "signature": ("签章：＿＿＿＿＿＿＿＿", "Signed: ________________"),
}
"""Chinese and English by code; `{arguments}` are put in as plain text."""


def said(code: str, language: str, /, **arguments: object) -> str:
    """A phrase with its arguments put in."""
    template = WORDS[code][0 if language == "zh" else 1]
    return template.format_map({name: Put(value) for name, value in arguments.items()})
