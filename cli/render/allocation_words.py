"""What a division says, in both languages."""

from __future__ import annotations

from policy.plurals import Put

WORDS: dict[str, tuple[str, str]] = {
    "title": ("{policy}：{name}", "{policy}: {name}"),
    "summary": (
        "{items} {count} 个：分出 {given}，分不出 {left}，未定 {open}，不在范围 {outside}",
        "{count} {items}: {given} given, {left} left, {open} open, {outside} not part of it",
    ),
    "summary_part": ("概况", "summary"),
    "none": (
        "没有分法：各条要求不能同时满足",
        "no division: the lines cannot all hold",
    ),
    "proven": ("各目标都已证明不能更好", "no goal can be better, which is proved"),
    "not_proven": (
        "时间用完，有的目标没有证明不能更好，见“最好可能”",
        "time ran out; of some goals it is not proved that they cannot be better",
    ),
    "others": (
        "还有同样好的分法；取按主键排在最前的一种",
        "other divisions are equally good; this is the first by key",
    ),
    "only": ("同样好的分法没有第二种", "no other division is equally good"),
    "open_owners": (
        "{owner} {keys} 本身未定，没有参加分配；定下来后分法可能变化",
        "{keys} are open themselves and take nothing; once they are settled the division may change",
    ),
    "doubtful": (
        "{count} 对能不能分未定，没有分：{pairs}；定下来后分法可能变化",
        "of {count} pairs it is open whether they may be, so they are not: {pairs}; the division may change",
    ),
    "goals_part": ("目标", "goals"),
    "goal": ("目标", "goal"),
    "says": ("内容", "says"),
    "came": ("达到", "reached"),
    "best": ("最好可能", "best possible"),
    "state": ("证明", "proof"),
    "yes": ("已证", "proved"),
    "no": ("未证", "not proved"),
    "of": ("{value} / {of}", "{value} of {of}"),
    "given_of": ("已依次分出 {value}", "{value} given in turn"),
    "apart": ("相差 {value}（不计允差）", "{value} apart (beyond what is allowed)"),
    "owners_part": ("按{owner}", "by {owner}"),
    "items_part": ("按{item}", "by {item}"),
    "left_part": ("分不出和未定", "left and open"),
    "count": ("个数", "number"),
    "list": ("分到", "given"),
    "to": ("分给", "to"),
    "name": ("名称", "name"),
    "outcome": ("结局", "outcome"),
    "reason": ("原因", "reason"),
    "moves_part": ("与上次相比", "since last time"),
    "was": ("上次", "before"),
    "now": ("这次", "now"),
    "moved": ("与上次相比，{count} 个换了，{same} 个没有变", "since last time {count} moved, {same} stayed"),
    "why": ("为什么", "why"),
    "may_not_any_more": ("原来的{owner}不再符合条件：{why}", "{owner} before may not take it any more: {why}"),
    "gone": ("原来的{owner}不在资料里", "{owner} before is not in the data"),
    "new": ("上次没有", "not there last time"),
    "gave_way": ("让给前面的目标或要求", "gave way to a line or a goal before"),
    "free": ("条件允许；按目标换", "allowed; changed by the goals"),
    "conflict_part": ("冲突", "conflict"),
    "conflict": (
        "下面这些不能同时满足；对其中任何一个不要求，其余都可以：",
        "these cannot all hold; leave any one out and the others can:",
    ),
    "member": ("要求", "line"),
    "for": ("对", "for"),
    "of_them": ("{count} 个：", "{count}: "),
    "would_do": ("只让这一条，至少要", "if this alone gives way, at the least"),
    "short_given": ("{short} 个{item}不分出去", "{short} {item} go to nobody"),
    "short_at_most": ("合计多承担 {short}", "{short} more in all"),
    "short_at_least": ("合计少承担 {short}", "{short} less in all"),
    "short_exactly": ("合计相差 {short}", "{short} more or less in all"),
    "short_fit": ("对 {short} 个{item}不适用", "it is set aside for {short} {item}"),
    "short_tied": ("{short} 处分开", "{short} of them apart"),
    "not_enough": ("还不够，另有冲突", "not enough; there are other conflicts"),
    "unplaced": (
        "必须分出去的{item}里，至少有 {count} 个分不出去",
        "of the {item} that must be given at least {count} cannot be",
    ),
    "whynot_part": ("为什么不给", "why not"),
    "asked": ("{item} 为什么不给 {owner}", "why {item} does not go to {owner}"),
    "given": ("就是给他的", "it does go there"),
    "unknown": ("资料里没有 {what}", "the data has no {what}"),
    "refused": ("不符合条件：", "the conditions do not allow it:"),
    "outside": ("不在分配范围内：", "not part of the division:"),
    "open": ("未定：{why}", "open: {why}"),
    "doubt": ("能不能分未定，所以没有分", "it is open whether it may be, so it is not"),
    "could": ("条件允许。", "The conditions allow it."),
    "instead": ("现在给 {owner}", "it goes to {owner}"),
    "instead_none": ("现在没有分出去", "it goes to nobody"),
    "nobody": ("（无）", "(nobody)"),
    "comma": ("，", ", "),
    "join": ("、", ", "),
    "stop": ("；", "; "),
    "more": ("…… 其余 {count} 行用 -o 写成文件看", "… {count} more rows: write a file with -o"),
    "again_part": ("如何重现", "how to have it again"),
    "data_part": ("资料核对", "the data"),
}  # fmt: skip


def word(code: str, language: str, **arguments: object) -> str:
    """A phrase with its arguments put in."""
    return WORDS[code][language == "en"].format_map({name: Put(value) for name, value in arguments.items()})
