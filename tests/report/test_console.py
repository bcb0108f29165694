"""Text on a terminal: aligned with wide characters, one line a cell, what was understood and what is doubtful."""

from evaluator.domain.errors import Issue
from evaluator.domain.portfolio import Portfolio, Reading
from evaluator.report.console import say_check, say_issue, say_issues, say_scores


def test_check_says_sheet_mapping_unit_and_total(portfolio):
    said = say_check(portfolio, "en")
    assert "总投资(万元)" in said
    assert "Investment (investment_yuan)" in said
    assert "5.8 million yuan" in said
    assert "项目：5个" in say_check(portfolio, "zh")


def test_check_compares_the_printed_total(portfolio):
    def with_total(total):
        reading = Reading(
            file="名录.xlsx", sheet="表1", header_rows=(2, 3), control_total=total, unit="10k yuan", left_out=(9,)
        )
        return say_check(
            Portfolio(
                frame=portfolio.frame, amounts=portfolio.amounts, evidence=portfolio.evidence, readings=(reading,)
            ),
            "en",
        )

    assert "agrees" in with_total(5_800_000)
    assert "differs by 200,000 yuan" in with_total(6_000_000)
    assert "headings in row 2, 3" in with_total(None)
    assert "Rows left out: 9" in with_total(None)


def test_issues_stand_with_their_row_worst_first():
    issues = [
        Issue("W_HEADER_MERGED", "warning", row=3, values={"count": 2, "example": "资金/中央"}),
        Issue("E_FILE_MISSING", "error", found="x.csv"),
    ]
    lines = list(say_issues(issues, "en"))
    assert lines[0].startswith("Error: ")
    assert "row 3" in lines[1]
    assert "第3行" in say_issue(issues[0], "zh")
    assert len(list(say_issues(issues * 5, "en", limit=4))) == 5


def test_scores_in_list_order_with_what_they_rest_on(evaluation, empty_evaluation):
    said = say_scores(evaluation, "en")
    assert said.index("A1") < said.index("A2") < said.index("A3")
    assert evaluation.fingerprint in said
    assert "Listed and summed only: 1 project, 1.2 million yuan" in said
    assert "指纹" in say_scores(empty_evaluation, "zh")


def test_scores_give_the_reasons_of_flagged_projects_and_red_lines(evaluation):
    said = say_scores(evaluation, "en")
    assert "青岭花椒基地 (A1): Flag" in said
    assert "Short: The benefit stops after 1 year" in said
    assert "Clears with" in said
    assert "Grade D by a red line, payback horizon under 20: A1" in said
    assert "云顶苦荞加工厂 (A3): Flag" not in said
