"""Ranks: equals, cuts and missing values need a rule of their own."""

from __future__ import annotations

from policy.catalogue import Entry
from policy.diagnostic import Severity

ERROR, FINDING, NOTE = Severity.ERROR, Severity.FINDING, Severity.NOTE

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "ZS501",
        ERROR,
        "前几名用错地方",
        "top of what",
        "“前”只能用在名次上，“{what}”不是名次",
        "`top` is for places given by a rank; `{what}` is none",
        "",
        "",
    ),
    Entry(
        "ZS502",
        ERROR,
        "比例没说取整",
        "share without rounding",
        "“{test}”算出来可能不是整数名",
        "`{test}` may not be a whole number of places",
        "请写明取整，例如“前 30% 进位到 1 名”",
        "say how it is rounded, as in `top 30% rounded up to 1 place`",
    ),
    Entry(
        "ZS503",
        ERROR,
        "没说末位并列",
        "no rule for ties at the cut",
        "用了“前 …”，但“{name}”没说末位同分怎么办",
        "`top …` is used, but `{name}` does not say what happens to equals across the cut",
        "请在“{name}”下面加一行：“末位并列 全进”“末位并列 全不进”“末位并列 转人工”或“末位并列 未决”",
        "add one line under `{name}`: `ties at the cut all in`, `all out`, `refer` or `undecided`",
    ),
    Entry(
        "ZS510",
        ERROR,
        "没说并列",
        "no rule for ties",
        "“{name}”没说同分怎么排",
        "`{name}` does not say what equals get",
        "请在下面加一行：“并列 同名次”（1、2、2、4）、“并列 不跳号”（1、2、2、3）、“并列 转人工”或“并列 未决”",
        "add one line: `ties share` (1, 2, 2, 4), `ties share without gaps` (1, 2, 2, 3), `ties refer` or `ties undecided`",
    ),
    Entry(
        "ZS511",
        ERROR,
        "没说缺的怎么排",
        "no rule for missing values",
        "“{name}”可能缺，没说缺的人怎么排",
        "`{name}` may be missing, and nothing says where such a person stands",
        "请加一行：“缺 不参加”“缺 排末”或“缺 未决”",
        "add one line: `missing left out`, `missing last` or `missing undecided`",
    ),
    Entry(
        "ZS512",
        ERROR,
        "没说按什么排",
        "no order",
        "“{name}”没说按什么排",
        "`{name}` does not say what it is ordered by",
        "请加一行，例如“按 总分 从高到低”",
        "add a line such as `by total highest first`",
    ),
    Entry(
        "ZS513",
        ERROR,
        "不能用来排序",
        "cannot be ordered by",
        "“{what}”是{kind}，不能用来排先后",
        "`{what}` is {kind} and gives no order",
        "请用数、日期，或排了高低的选项",
        "order by a number, a date or a choice with an order",
    ),
    Entry(
        "ZS514",
        ERROR,
        "说了两次",
        "said twice",
        "同一件事上面已经说过，而且说法不同",
        "this has been said above, differently",
        "请留下一行",
        "keep one of the lines",
    ),
)
