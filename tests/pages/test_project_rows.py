import numpy as np
import pytest

from evaluator.domain.fields import FIELDS
from evaluator.domain.settings import CRITERIA
from evaluator.pages import project_rows


@pytest.fixture(params=["en", "zh"])
def language(request):
    return request.param


def test_the_waterfall_ends_at_the_total(evaluation, language):
    for row in range(len(evaluation.scored)):
        rows = project_rows.contribution_rows(evaluation, row, language)
        assert rows["end"].iloc[-1] == pytest.approx(evaluation.scorecard.total[row])
        assert rows["end"].iloc[-2] == pytest.approx(evaluation.scorecard.total[row])


def test_every_part_says_its_rule_and_evidence(evaluation, language):
    for row in range(0, len(evaluation.scored), 5):
        for criterion in CRITERIA:
            parts = project_rows.part_rows(evaluation, criterion, row, language)
            assert len(parts)
            assert parts["evidence"].str.len().gt(0).all()


def test_a_missing_part_is_said_to_be_missing(evaluation):
    for row in range(len(evaluation.scored)):
        parts = project_rows.part_rows(evaluation, "demand", row, "en")
        missing = parts.loc[parts["value"].isna(), "evidence"]
        assert missing.str.startswith(project_rows.evidence_words("missing", "en")).all()


def test_six_signs_for_every_project(evaluation, language):
    for key in evaluation.scored[::7]:
        rows = project_rows.sign_rows(evaluation, key, language)
        assert len(rows) == 6
        assert rows["degree_or_zero"].between(0, 1).all()


def test_neighbours_stand_with_the_largest_share_first(evaluation):
    row = int(np.argmax(evaluation.homogeneity.h))
    table = project_rows.neighbour_rows(evaluation, row, "en")
    assert len(table) == len(evaluation.neighbours[row])


def test_the_published_row_shows_only_stated_facts(evaluation, language):
    key = str(evaluation.scored[0])
    facts = project_rows.fact_rows(evaluation, key, language)
    assert len(facts) == (evaluation.portfolio.evidence.loc[key].drop("project_id", errors="ignore") != "missing").sum()


@pytest.mark.parametrize(
    ("field", "value", "language", "text"),
    [
        ("investment_yuan", 600_000.0, "zh", "60万元"),
        ("kind", "industry", "zh", "产业"),
        ("households", 120.0, "en", "120 households"),
    ],
)
def test_values_read_as_people_write_them(field, value, language, text):
    assert project_rows.say_value(FIELDS[field], value, language) == text
