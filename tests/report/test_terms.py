"""Every key a person may meet has a word in both languages."""

import pytest

from evaluator.balance import HORIZONS
from evaluator.criteria.scorecard import Scorecard
from evaluator.domain import table_fields
from evaluator.domain.fields import PROJECT_FIELDS
from evaluator.domain.portfolio import Evidence
from evaluator.domain.settings import CRITERIA, Settings
from evaluator.language import has_phrase
from evaluator.questions import ASKED, Question
from evaluator.reference.products import products
from evaluator.report import terms as say

LANGUAGES = ("en", "zh")
ALL_FIELDS = [
    *PROJECT_FIELDS,
    *(f for name in dir(table_fields) if name.endswith("_FIELDS") for f in getattr(table_fields, name)),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_units_and_sources(language):
    groups = set()
    for key, _, rule in Settings().rules():
        assert say.say_setting(key, language)
        assert say.say_unit(rule.unit, language)
        assert say.say_source(rule.source, language)
        groups.add(key.split(".")[0])
    assert all(say.say_setting_group(group, language) for group in groups)


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_units_needs_and_choices(language):
    for field in ALL_FIELDS:
        assert say.say_need(field.need, language)
        assert field.unit == "" or say.say_unit(field.unit, language)
        assert all(say.say_choice(choice, language) for choice in field.choices)


@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_grades_horizons_and_groups(language):
    assert all(say.say_evidence(state, language) and say.say_evidence_meaning(state, language) for state in Evidence)
    assert all(say.say_grade(grade, language) for grade in "ABCD")
    assert all(say.say_horizon(horizon, language) for horizon in HORIZONS)
    groups = {product.group for product in products().values()} | {"employment", "other", "unknown"}
    assert {group for group in groups if not has_phrase(f"group.{group}", language)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_criteria_and_parts(evaluation, language):
    card: Scorecard = evaluation.scorecard
    for criterion in CRITERIA:
        assert say.say_criterion(criterion, language)
        assert say.say_criterion_meaning(criterion, language)
        for part in card.criteria[criterion].parts:
            assert say.say_part(criterion, part, language)
            assert say.say_part_meaning(criterion, part, language)


def test_products_by_name():
    assert say.say_product("potato", "zh") == "马铃薯"
    assert say.say_product(None, "en") == "–"
    assert say.say_product("moon_cheese", "en") == "moon_cheese"


def test_questions_say_what_they_serve():
    asked = Question("signed_offtake_share", "demand.offtake", 8.6)
    assert (
        say.say_question(asked, "en")
        == "Signed offtake – settles up to 9 points of the range (Market demand: Signed offtake)"
    )
    needed = Question("first_income", "flag.fast", 0.0)
    assert say.say_question(needed, "en") == "First income – needed to judge the sign “Fast”"
    assert all(say.say_field(field, "zh") != field for fields in ASKED.values() for field in fields)
