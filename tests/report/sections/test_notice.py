from dataclasses import replace
from datetime import date

from evaluator.report.document import Notice, Table, texts_of
from evaluator.report.numbers import format_money
from evaluator.report.sections.notice import build_notice


def said(material, language="zh"):
    return "\n".join(text for block in build_notice(material, language) for text in texts_of(block))


def test_the_period_is_seven_days_the_last_one_included(county):
    dated = said(replace(county, notice_from=date(2026, 7, 29)))
    assert "公示时间：2026年7月29日至2026年8月4日，共7日" in dated
    assert "＿＿＿＿年＿＿月＿＿日至" in said(county)


def test_it_names_every_project_with_its_money_and_no_score(county):
    table = next(block for block in build_notice(county, "zh") if isinstance(block, Table))
    portfolio = county.evaluation.portfolio
    assert [row[0] for row in table.rows] == list(portfolio.frame["name"].loc[county.scored])
    first = float(portfolio.amounts["investment_yuan"][county.scored[0]])
    assert table.rows[0][3] == format_money(first, "zh")
    assert not [word for word in ("得分", "警示", "名次", "短平快") if word in "".join(sum(table.rows, ()))]


def test_only_the_chosen_projects_are_named_when_there_is_a_choice(funded):
    table = next(block for block in build_notice(funded, "en") if isinstance(block, Table))
    names = funded.evaluation.portfolio.frame["name"]
    assert [row[0] for row in table.rows] == [names[project] for project in funded.selection.chosen]
    assert f"{len(table.rows)} projects" in said(funded, "en")


def test_what_is_not_stated_stays_open_and_is_listed_for_completion(material):
    blocks = build_notice(material, "zh")
    table = next(block for block in blocks if isinstance(block, Table))
    assert all(row[5] == "＿＿＿" for row in table.rows)
    last = [block for block in blocks if isinstance(block, Notice)][-1]
    assert "责任单位（4个项目）" in last.text


def test_nothing_is_to_be_announced_of_an_empty_list(nothing):
    assert build_notice(nothing, "zh") == ()
