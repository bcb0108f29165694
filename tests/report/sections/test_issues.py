from dataclasses import replace

from evaluator.report.document import Paragraph, Table
from evaluator.report.sections.issues import ORDER, build_issues


def test_issues_stand_most_severe_first_with_address_and_remedy(county):
    issues = county.evaluation.portfolio.issues
    table = next(block for block in build_issues(county, "zh") if isinstance(block, Table))
    assert len(table.rows) == len(issues)
    ordered = sorted(issues, key=lambda issue: ORDER[issue.severity])
    assert [row[1] for row in table.rows] == [issue.where() for issue in ordered]
    assert [row[2] for row in table.rows] == [issue.message("zh") for issue in ordered]


def test_a_clean_list_says_so(material):
    clean = replace(material.evaluation, portfolio=replace(material.evaluation.portfolio, issues=()))
    (block,) = build_issues(replace(material, evaluation=clean), "en")
    assert block == Paragraph("Nothing to remark.")
