import pytest

from evaluator.report.document import Listing, Table
from evaluator.report.findings import say_caution
from evaluator.report.sections.method import build_method


@pytest.mark.parametrize("language", ["en", "zh"])
def test_weights_rules_limits_and_identity_are_told(county, language):
    blocks = build_method(county, language)
    table = next(block for block in blocks if isinstance(block, Table))
    assert [row[1].replace(" ", "") for row in table.rows] == ["25%"] * 4
    limits, identity = (block.items for block in blocks if isinstance(block, Listing))
    evaluation = county.evaluation
    cautions = {say_caution(code, evaluation, language) for code in evaluation.cautions if code != "uncalibrated"}
    assert cautions <= set(limits)
    said = " ".join(identity)
    assert evaluation.fingerprint in said
    assert evaluation.version in said
    assert "projects.xlsx" in said


def test_the_tables_that_were_given_are_named(county, material):
    assert "register" in " ".join(build_method(county, "en")[-1].items)
    assert "Further tables" not in " ".join(build_method(material, "en")[-1].items)
