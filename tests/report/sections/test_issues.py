from dataclasses import replace

from evaluator.intake.tables import read_prices
from evaluator.report.document import Paragraph, Table
from evaluator.report.sections.issues import ORDER, build_issues


def test_issues_stand_most_severe_first_with_address_and_remedy(county):
    issues = county.evaluation.issues
    table = next(block for block in build_issues(county, "zh") if isinstance(block, Table))
    assert len(table.rows) == len(issues)
    ordered = sorted(issues, key=lambda issue: ORDER[issue.severity])
    assert [row[1] for row in table.rows] == [issue.where() for issue in ordered]
    assert [row[2] for row in table.rows] == [issue.message("zh") for issue in ordered]


def test_rows_of_a_side_table_that_were_left_out_are_named_with_their_file(county):
    prices = read_prices(b"product,year,price_yuan\npotato,2024,-2\nmoon dust,2024,3", file_name="prices.csv")
    told = replace(county.evaluation, tables={**county.evaluation.tables, "prices": prices})
    (table, *_) = build_issues(replace(county, evaluation=told), "zh")
    assert [row[1] for row in table.rows[:2]] == ["prices.csv!2 · price_yuan", "prices.csv!3 · product"]


def test_a_clean_list_says_so(material):
    clean = replace(
        material.evaluation, portfolio=replace(material.evaluation.portfolio, issues=()), register=None, tables={}
    )
    (block,) = build_issues(replace(material, evaluation=clean), "en")
    assert block == Paragraph("Nothing to remark.")
