"""What explanations say in Chinese and English: the phrases behind the codes of interpreter/explaining."""

from __future__ import annotations

import re

from policy.plurals import Put

PHRASES: dict[str, tuple[str, str]] = {
    # -- frame
    "policy": ("{name}（版本 {version}）", "{name} (version {version})"),
    "policy_bare": ("{name}", "{name}"),
    "as_of": ("基准日 {date}", "as of {date}"),
    "steps": ("如何得出", "How it came about"),
    "overall": ("对整个结果的例外", "Exceptions to the whole outcome"),
    "accepted": ("涉及的已认可问题", "Accepted findings that touch this"),
    "accepted_one": ("{name}（{definition}{cites}）：{reason}", "{name} ({definition}{cites}): {reason}"),
    "source": ("数据来源", "Data"),
    "source_sheet": ("{file}（{sheet}）第 {row} 行", "{file} ({sheet}), row {row}"),
    "source_file": ("{file} 第 {row} 行", "{file}, row {row}"),
    "undecided_case": ("未决", "Undecided"),
    "referred_case": ("转人工", "Referred to a person"),
    "quote": ("原文", "Source text"),
    "item": ("项目", "Item"),
    "worth": ("值", "Value"),
    "full": ("满分", "Out of"),
    "how": ("说明", "How"),
    "clause": ("条款", "Clause"),
    "joint": ("；", "; "),
    "list": ("、", ", "),
    "colon": ("：", ": "),
    "row_number": ("第 {row} 行", "row {row}"),
    "skipped": ("不适用：{names}", "not applied: {names}"),
    # -- ranks
    "place": ("第 {place} 名", "place {place}"),
    "rank_line": ("第 {place} 名，共 {of} 人排名", "place {place} of {of} ranked"),
    "rank_all": ("全部 {all} 人", "{all} in all"),
    "rank_more": ("（{parts}）", " ({parts})"),
    "rank_tied": ("，{tied} 人并列", ", shared by {tied}"),
    "rank_by": ("按 {orders}", "by {orders}"),
    "rank_open": ("注意：{keys} 缺数据，补齐后名次可能变化", "note: data of {keys} is missing; places may change"),
    "above": ("上一名", "ahead"),
    "below": ("下一名", "behind"),
    "neighbour": ("第 {place} 名 {key}：{equal}{by} {theirs}", "place {place}, {key}: {equal}{by} {theirs}"),
    "more_by": ("，高 {distance}", ", {distance} more"),
    "less_by": ("，低 {distance}", ", {distance} less"),
    "same_values": ("，各项相同", ", all equal"),
    "band_up": ("再上一档", "band above"),
    "band_own": ("所在档次", "own band"),
    "edge_up": ("{name}，到第 {last} 名为止", "{name} ends at place {last}"),
    "edge_own": ("{name}，到第 {last} 名为止", "{name} ends at place {last}"),
    "edge_endless": ("{name}，以下不再分档", "{name}, the last band"),
    "taken": ("取此行", "this row applies"),
    "edge_short": (
        "；第 {place} 名{equal} {by} {theirs}，还差 {distance}",
        "; place {place}:{equal} {by} {theirs}, {distance} short",
    ),
    "edge_lead": (
        "；第 {place} 名{equal} {by} {theirs}，领先 {distance}",
        "; place {place}:{equal} {by} {theirs}, {distance} ahead",
    ),
    "edge_differs": (
        "；第 {place} 名{equal} {by} {theirs}，本人 {mine}",
        "; place {place}:{equal} {by} {theirs}, here {mine}",
    ),
    "equal": ("{names}相同，", "{names} equal, "),
    "standing": ("共 {of} 人", "of {of}"),
    "not_ranked": ("不参加排名", "not ranked"),
    "left_out": ("排名所依据的数据缺失，不参加排名", "left out of the ranking: a value is missing"),
    # -- quotas
    "base": ("基数 {base}：{what}", "base {base}: {what}"),
    "base_bare": ("基数 {base}", "base {base}"),
    "candidate": ("参评第 {place} 名，共 {of} 人", "place {place} of {of} candidates"),
    "no_candidate": ("不参评", "no candidate"),
    "taken_places": ("已用 {taken}", "{taken} taken"),
    "took": ("占用一名", "takes one"),
    "tied_at_cut": ("末位同分", "tied at the cut"),
    "surplus": ("名额已满", "no place left"),
    "possible": ("未决的人补齐后最多 {places}", "up to {places} once open cases are settled"),
    "quota_open": (
        "注意：{count} 人未定（{keys}），名额可能变化",
        "note: {count} open cases ({keys}); places may change",
    ),
    # -- values
    "given": ("直接给定", "given"),
    "capped": ("应为 {was}，封顶 {bound}", "would be {was}, capped at {bound}"),
    "floored": ("应为 {was}，保底 {bound}", "would be {was}, at least {bound}"),
    "half_up": ("{was} 四舍五入到 {by}：{now}", "{was} rounded half up to {by}: {now}"),
    "half_even": ("{was} 四舍六入五成双到 {by}：{now}", "{was} rounded half even to {by}: {now}"),
    "down": ("{was} 舍去到 {by}：{now}", "{was} rounded down to {by}: {now}"),
    "up": ("{was} 进位到 {by}：{now}", "{was} rounded up to {by}: {now}"),
    "half_up_of_it": ("四舍五入到 {by}：{now}", "rounded half up to {by}: {now}"),
    "half_even_of_it": ("四舍六入五成双到 {by}：{now}", "rounded half even to {by}: {now}"),
    "down_of_it": ("舍去到 {by}：{now}", "rounded down to {by}: {now}"),
    "up_of_it": ("进位到 {by}：{now}", "rounded up to {by}: {now}"),
    "defaulted": ("{what} 缺，按 {value}", "{what} is missing, taken as {value}"),
    "referred": ("转人工：{reason}", "referred: {reason}"),
    "undecided": ("未决：{reason}", "undecided: {reason}"),
    "chosen": ("取此项", "this one counts"),
    "highest_line": ("各项取高", "the highest counts"),
    "weight_moved": ("权重调整为 {weight}", "weight moved to {weight}"),
    "carried": ("含上一档空下的 {places}", "{places} of them left by the grade above"),
    "both_days": ("首尾两天都算", "both days counted"),
    "worked": ("周一至周五 {weekdays} 天，其中放假 {off} 天，另有周末上班 {extra} 天",
               "{weekdays} from Monday to Friday, {off} of them free, and {extra} worked at weekends"),
    "marginal": ("分段累进", "by slices"),
    "whole": ("全额按档", "the whole amount at its rate"),
    # -- rows and conditions
    "adds_rows": ("各行相加", "rows add up"),
    "highest_row": ("各行取高", "the highest row"),
    "otherwise": ("以上都不符合", "none of the others holds"),
    "not_reached": ("上面已有一行符合，不再看这一行", "not looked at: a row above applies"),
    "met": ("符合", "met"),
    "not_met": ("不符合", "not met"),
    "last_grade": ("没有再高或再低的一档，不变", "there is no grade beyond it; it stays"),
    "short": ("差 {by}", "{by} short"),
    "beyond": ("超出 {by}", "{by} over"),
    "just_not": ("正好相等，不算", "exactly equal, which does not count"),
    "at_least": ("{of} 项中至少 {needed} 项，符合 {held} 项", "at least {needed} of {of}; {held} hold"),
    # -- lists
    "no_records": ("没有“{record}”的记录", "no {record} records"),
    "sum": ("{record} {all} 条，计入 {kept} 条", "{kept} of {all} {record} {all:record|records} counted"),
    "count": ("{record} {all} 条，符合 {kept} 条", "{kept} of {all} {record} {all:record|records}"),
    "average": ("{record} {all} 条，取 {kept} 条平均", "average of {kept} of {all} {record} {all:record|records}"),
    "highest": ("{record} {all} 条，{kept} 条中取最高", "highest of {kept} of {all} {record} {all:record|records}"),
    "lowest": ("{record} {all} 条，{kept} 条中取最低", "lowest of {kept} of {all} {record} {all:record|records}"),
    "median": ("{record} {all} 条，{kept} 条的中位数", "median of {kept} of {all} {record} {all:record|records}"),
    "most_frequent": (
        "{record} {all} 条，{kept} 条中最多的",
        "most frequent of {kept} of {all} {record} {all:record|records}",
    ),
    "share": (
        "{record} {all} 条，{kept} 条中符合的所占比例",
        "share of {kept} of {all} {record} {all:record|records} that hold",
    ),
    "exists": ("{record} {all} 条，符合 {kept} 条", "{kept} of {all} {record} {all:record|records}"),
    "latest": ("{record} {all} 条，{kept} 条中取最近", "latest of {kept} of {all} {record} {all:record|records}"),
    "in_a_row": (
        "{record} {all} 条，到最后一条为止连续",
        "in a row up to the last of {all} {record} {all:record|records}",
    ),
    "longest_run": ("{record} {all} 条，取最长连续", "longest run in {all} {record} {all:record|records}"),
    "last_only": ("只取最近的 {count} 条", "only the last {count}"),
    "best_only": ("只取最好的 {count} 条", "only the best {count}"),
    "worst_only": ("只取最低的 {count} 条", "only the lowest {count}"),
    "kept": ("计入", "counted"),
    "beyond_best": ("不在其内", "not among them"),
    "share_yes": ("符合", "holds"),
    "share_no": ("不符合", "does not hold"),
    "left": ("不计", "left out"),
    "doubtful": ("未定", "open"),
    "more_kept": ("另有 {count} 条计入", "{count} more counted"),
    "more_out": ("另有 {count} 条不计", "{count} more left out"),
    "more_open": ("另有 {count} 条未定", "{count} more open"),
    "data_row": ("{file} 第 {row} 行", "{file}, row {row}"),
    "record_at": ("{own}（{file} 第 {row} 行）", "{own} ({file}, row {row})"),
    # -- exceptions
    "acts": ("起作用", "acts"),
    "acts_idly": ("符合，但没有改变结果", "applies, and changes nothing"),
    "open": ("是否适用未定", "open whether it applies"),
    "voided": ("被“{by}”排除", "voided by {by}"),
    "overruled": ("让位于“{by}”", "gives way to {by}"),
    "fix": ("定为 {value}", "fixed at {value}"),
    "cap": ("封顶 {value}", "capped at {value}"),
    "floor": ("保底 {value}", "at least {value}"),
    "raise": ("升 {value}", "raised by {value}"),
    "lower": ("降 {value}", "lowered by {value}"),
    "exception": ("例外“{name}”", "exception {name}"),
    # -- why not
    "why_not": ("为什么不是{target}？", "Why not {target}?"),
    "already": ("已经是{target}。", "It is {target} already."),
    "not_decided": ("本人的情况还没有裁定，无法回答：", "This case is not decided; there is no answer yet:"),
    "no_rule": ("没有哪一行给出{target}。", "No row gives {target}."),
    "taken_first": ("先符合的是 {row}", "{row} holds first"),
    "ahead_of": (
        "须超过第 {place} 名 {key}：{by} {theirs}，本人 {mine}，还差 {distance}",
        "must pass place {place}, {key}: {by} {theirs}, here {mine}, {distance} short",
    ),
    "ahead_of_by": (
        "须超过第 {place} 名 {key}：{by} {theirs}，本人 {mine}",
        "must pass place {place}, {key}: {by} {theirs}, here {mine}",
    ),
    "room": ("最高 {most}，还可提高 {left}", "at most {most}, {left} left"),
    "one_change": ("只改一项、其他人都不变，就能达到：", "One figure changed, all others as they are, would do:"),
    "moved": ("{was} → {now}", "{was} → {now}"),
    "then_place": ("{rank} {place}（共 {of} 人）", "{rank} {place} of {of}"),
    "less": ("（{value} 时为{result}）", " ({result} at {value})"),
    "out_of_reach": ("只改这一项达不到：", "Not reachable by this figure alone:"),
    "at_best": ("{value} 时为{result}", "at {value}: {result}"),
    "useless": ("怎么改都一样：{fields}", "makes no difference: {fields}"),
    "of_many": ("{count} 条{kind}的{field}", "{field} of {count} {kind} records"),
    "no_better": ("改了也不会更好：{fields}", "gives nothing better: {fields}"),
    "untried": ("没有试遍的项：{fields}", "not tried through: {fields}"),
    "lost_by": ("只改一项、其他人都不变，就保不住：", "One figure changed, all others as they are, would lose it:"),
    "together": (
        "只改任何一项都达不到；这 {count} 项一起改、其他都不变，就能达到：",
        "No single figure does; these {count} together, all others as they are, would do:",
    ),
    "alone": ("只改这一项、其他人都不变，就能达到：", "This figure changed, all others as they are, would do:"),
    "needs_each": (
        "少改一项，或少改一步，都达不到",
        "with one of them left out, or a step less, it is not reached",
    ),
    "bound_whole": (
        "能试的各项都取到最低或最高，所有组合都试过，最好也只是 {result}",
        "With the ends of all ranges that can be tried, in every combination, the best is {result}",
    ),
    "bound_part": (
        "能试的各项取最低或最高的组合太多，没有全试；试过的最好是 {result}",
        "The ends of all ranges have too many combinations to try them all; the best of those tried is {result}",
    ),
    "bound_fixed": ("要改不能改的才行：{fields}", "It would take what nobody can change: {fields}"),
    "unpaired": ("没有把每两项的组合都试遍", "Not every two figures were tried together"),
    "no_change": ("只改任何一项都达不到。", "No single change reaches it."),
}  # fmt: skip
"""Chinese and English by code; `{arguments}` are put in as plain text."""

_JOINED = re.compile(r"(?<=[^\W_])_+(?=[^\W\d_])")

SIGNS: dict[str, tuple[str, str]] = {
    "+": (" + ", " + "),
    "-": (" - ", " - "),
    "×": (" × ", " × "),
    "÷": (" ÷ ", " ÷ "),
    "→": (" → ", " → "),
    "=": (" = ", " = "),
    "≠": (" ≠ ", " ≠ "),
    "<": (" < ", " < "),
    "≤": (" ≤ ", " ≤ "),
    ">": (" > ", " > "),
    "≥": (" ≥ ", " ≥ "),
    "(": ("（", "("),
    ")": ("）", ")"),
    ",": ("，", ", "),
    "to": (" 至 ", " to "),
    "and": ("，且 ", " and "),
    "also": ("；", "; "),
    "or": (" 或 ", " or "),
    "and_of": ("、", ", "),
    "of": (" 项以上：", " or more of: "),
    "if": ("如 ", "if "),
    "then": ("，则 ", " then "),
    "not": ("非 ", "not "),
    "in_top": (" 在前 ", " among the first "),
    "that_is": ("，即前 ", ", which is the first "),
    "is_there": ("（不缺）", " (not missing)"),
    "must": ("，须", ", must be"),
    "one_of": (" 属于（", " is one of ("),
    "must_be_one_of": ("，须属于（", ", must be one of ("),
    "must_be": ("，须为 ", ", must be "),
    "must_not_be": ("，须不是 ", ", must not be "),
    "fails": ("：不符", ": not so"),
    "is_coded": (" = ", " = "),
    "is_not_none": ("（不为无）", " (not none)"),
    "taken_as": (" 缺，按 ", " missing, taken as "),
    "is_none": (" 为无", " is none"),
    "always": ("任意", "any"),
    "never": ("从不", "never"),
    "larger": ("较大", "larger of "),
    "smaller": ("较小", "smaller of "),
}
"""The signs of formulas by code, with the blanks around them."""


def phrase(code: str, language: str, /, **arguments: object) -> str:
    """A phrase with its arguments put in."""
    template = PHRASES[code][0 if language == "zh" else 1]
    return template.format_map({name: Put(value) for name, value in arguments.items()})


def spoken(words: str, language: str) -> str:
    """Words of a document as one says them: in English a name's parts stand apart, `next_boundary` as next
    boundary; a digit stays with its word, lest it be read as a figure."""
    return words if language == "zh" else _JOINED.sub(" ", words)


def sign(code: str, language: str) -> str:
    """A sign of a formula."""
    return SIGNS[code][0 if language == "zh" else 1]
