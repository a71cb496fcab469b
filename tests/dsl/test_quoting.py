"""Quotes of documents, and a source marked with them: what fits, what is left, what is misquoted."""

from __future__ import annotations

import pytest

from dsl import pipeline
from dsl.sources.marking import DECLARED, OPEN, RULED, Marked, mark
from dsl.sources.quoting import NOWHERE, REMARK, RULE, Quote, quotes_of
from policy.source import Source

POLICY = """政策 “小考”
> 第一条 为了规范考试，制定本办法。
说明 “宗旨”                                 【第一条】
数据 人：                                   【第二条】
    编号：文本，主键
    > 笔试满分100分
    笔试：数 0..100 分，1 位小数            【第二条(一)】
> 60分以上为合格
> 由人事部公布
定义 合格 = 笔试 ≥ 60 分                    【第三条】
表 档：
    | 笔试    || 档 |
    > 90分以上的为甲档
    | 90 以上 || 1  |                       【第四条】
    | 否则    || 2  |
结果 合格，档
"""


def quoted(policy: str = POLICY) -> tuple[Quote, ...]:
    document = pipeline.parse(Source("小考.policy", policy)).document
    assert document is not None
    return quotes_of(document)


def marked(source: str, *policies: str) -> Marked:
    return mark(Source("原文.txt", source), [quoted(each) for each in policies])


def remark(*quotes: str) -> str:
    """A policy that declares each of these to be no rule."""
    return "政策 “a”\n" + "".join(f"> {quote}\n说明 “无关{at}”\n" for at, quote in enumerate(quotes))


def statuses(found: Marked) -> list[str]:
    return [sentence.status for sentence in found.sentences]


# -- quotes ----------------------------------------------------------------------------------------------------------


def test_every_quote_knows_its_statement() -> None:
    assert [(q.text, q.kind, q.statement, q.cites) for q in quoted()] == [
        ("第一条 为了规范考试，制定本办法。", REMARK, "说明", ("第一条",)),
        ("笔试满分100分", RULE, "数据 人", ("第二条(一)",)),
        ("60分以上为合格\n由人事部公布", RULE, "定义 合格", ("第三条",)),
        ("90分以上的为甲档", RULE, "表 档", ("第四条",)),
    ]
    assert quoted()[0].reason == "宗旨"


@pytest.mark.parametrize(
    ("statement", "label"),
    [
        ("参数 线 暂定 = 60 分", "参数 线"),
        ("选项 等级 = 优 > 良", "选项 等级"),
        ("定义 课程.得分 = 1", "定义 课程.得分"),
        ("评分 总分 满分 100：\n    笔试 满分 100", "评分 总分"),
        ("条件 达标 全部：\n    总分 ≥ 60", "条件 达标"),
        ("排名 名次：\n    按 总分 从高到低\n    并列 同名次", "排名 名次"),
        ("例外 违规 对 等级：\n    当 迟到：降 1 档", "例外 违规"),
        ("结果 总分，等级", "结果"),
        ("保证 提高 笔试 不降低 总分", "保证"),
    ],
)
def test_a_statement_is_named_as_it_is_written(statement: str, label: str) -> None:
    [quote] = quoted(f"政策 “a”\n> 原文\n{statement}\n")
    assert (quote.statement, quote.kind) == (label, RULE)


def test_an_english_statement_is_named_as_it_is_written() -> None:
    [quote] = quoted('policy "a"\n> 原文\ndefine  passed = written ≥ 60 points   [Art. 3]\n')
    assert (quote.statement, quote.cites) == ("define passed", ("Art. 3",))


def test_citations_come_from_around() -> None:
    policy = "政策 “a”\n评分 总分：   【第五条】\n    > 甲\n    加 1\n    > 乙\n    加 2   【第六条】\n"
    assert [quote.cites for quote in quoted(policy)] == [("第五条",), ("第六条",)]


def test_a_quote_before_what_bears_none_belongs_to_nothing() -> None:
    [quote] = quoted("政策 “a”\n> 原文\n例 “甲”：\n    得到 x = 1\n")
    assert (quote.kind, quote.statement) == (NOWHERE, "")


# -- sentences -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "sentences"),
    [
        ("甲。乙；丙\n丁", ["甲。", "乙；", "丙", "丁"]),
        ("他说“好。”我说;不", ["他说“好。”", "我说;", "不"]),
        ("加0.5分。1.熟悉 2.了解", ["加0.5分。", "1.熟悉 2.了解"]),
        ("不合格.不合格的不得担任", ["不合格.", "不合格的不得担任"]),
        ("It ends. So it does, by 0.5. ", ["It ends.", "So it does, by 0.5."]),
        ("  甲  \n\n ——。\n", ["甲"]),
        ("甲" * 40 + "\n乙。" + "丙" * 37 + "\n丁", ["甲" * 40 + "\n乙。", "丙" * 37, "丁"]),
        ("甲" * 40 + "。\n乙", ["甲" * 40 + "。", "乙"]),
        ("", []),
    ],
)
def test_sentences(source: str, sentences: list[str]) -> None:
    assert [sentence.span.text for sentence in marked(source).sentences] == sentences


def test_a_source_is_marked() -> None:
    found = marked(
        "第一条为了规范考试,制定本办法.\n第二条笔试满分100分.60分以上为合格,\n由人事部公布。90分以上的为甲档。", POLICY
    )
    assert statuses(found) == [DECLARED, OPEN, RULED, RULED, RULED]
    assert found.sentences[1].left == ("第二条",)
    assert [quote.statement for quote in found.sentences[3].quotes] == ["定义 合格"]
    assert not found.misquotes
    assert not found.complete


def test_all_that_is_quoted_makes_a_source_complete() -> None:
    assert marked("甲乙。丙丁。", remark("甲乙丙丁")).misquotes
    assert marked("甲乙。丙丁。", remark("甲乙。丙丁")).complete
    assert marked("甲乙。丙丁。", remark("甲乙"), remark("丙丁")).complete


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("面试( 40 分) : 综合", "面试（40分）：综合"),
        ("业务主\n管加2分", "业务主管加2分"),
        ("坚持”以市场, 为导向”的", "坚持“以市场，为导向”的"),
        ("ＡＢＣ级１００分", "abc级100分"),
        ("月——月", "月--月"),
        ("客 户 经 理", "客户经理"),
    ],
)
def test_blanks_breaks_and_widths_do_not_count(source: str, quote: str) -> None:
    assert marked(source, remark(quote)).complete


@pytest.mark.parametrize(
    ("source", "quote"),
    [("加0.5分", "加05分"), ("60分以上合格", "60分(含)以上合格"), ("满60分", "满80分"), ("不得高于", "不得低于")],
)
def test_a_misquote_is_told_and_covers_nothing(source: str, quote: str) -> None:
    found = marked(source, remark(quote))
    assert [each.fragment for each in found.misquotes] == [quote]
    assert statuses(found) == [OPEN]


def test_a_misquote_names_the_nearest_place() -> None:
    found = marked("一、总则\n客户经理考试成绩在60分以上为合格\n三、附则", remark("考试成绩在80分以上为合格"))
    [misquote] = found.misquotes
    assert misquote.nearest is not None
    assert misquote.nearest.text == "考试成绩在60分以上为合格"
    assert misquote.nearest.line == 2
    [strange] = marked("一、总则", remark("完全不同")).misquotes
    assert strange.nearest is None


@pytest.mark.parametrize("dots", ["……", "…", "..."])
def test_dots_leave_out_what_stands_between(dots: str) -> None:
    found = marked("甲乙丙丁戊。", remark(f"甲乙{dots}戊"))
    assert not found.misquotes
    assert found.sentences[0].left == ("丙丁",)


def test_quoted_lines_may_leave_out_what_stands_between() -> None:
    found = marked("甲乙。丙丁。戊己。", "政策 “a”\n> 甲乙。\n> 戊己\n说明 “无关”\n")
    assert statuses(found) == [DECLARED, OPEN, DECLARED]
    assert not found.misquotes


def test_a_short_fragment_is_laid_on_one_place() -> None:
    found = marked("管理。分级管理。", remark("分级……管理"))
    assert statuses(found) == [OPEN, DECLARED]


def test_a_sentence_that_is_repeated_is_covered_wherever_it_stands() -> None:
    assert marked("附则\n甲\n附则", remark("附则", "甲")).complete


def test_a_rule_outweighs_a_remark_and_both_are_named() -> None:
    found = marked("为规范考试，60分以上为合格。", remark("为规范考试"), "政策 “b”\n> 60分以上为合格\n定义 a = 1\n")
    assert statuses(found) == [RULED]
    assert [quote.kind for quote in found.sentences[0].quotes] == [REMARK, RULE]


def test_what_belongs_to_nothing_covers_nothing() -> None:
    found = marked("原文", "政策 “a”\n> 原文\n例 “甲”：\n    得到 x = 1\n")
    assert statuses(found) == [OPEN]
    assert len(found.unattached) == 1
