"""The project form: one table, complete in both languages, headings that lead to one field only."""

from collections import Counter

from evaluator.domain.fields import (
    CHOICE_WORDS,
    FIELD_KEYS,
    FIELDS,
    MONEY_FIELDS,
    PROJECT_FIELDS,
    missing_for_point_score,
)


def test_keys_are_unique_snake_case():
    assert len(set(FIELD_KEYS)) == len(PROJECT_FIELDS)
    assert all(key == key.lower() and key.replace("_", "").isalnum() for key in FIELD_KEYS)


def test_every_field_has_titles_and_meanings_in_both_languages():
    for field in PROJECT_FIELDS:
        for language in ("en", "zh"):
            assert field.title(language), field.key
            assert field.meaning(language), field.key
        assert any("一" <= letter <= "鿿" for letter in field.title_zh), field.key


def test_numbers_have_a_unit_and_a_range():
    for field in PROJECT_FIELDS:
        if field.is_number:
            assert field.unit, field.key
            assert field.low is not None, field.key
            assert field.high is not None, field.key
            assert field.low < field.high, field.key


def test_money_names_its_unit():
    assert all("yuan" in key for key in MONEY_FIELDS)


def test_no_heading_leads_to_two_fields():
    headings = Counter(
        alias.casefold() for field in PROJECT_FIELDS for alias in {field.key, field.title_zh, *field.aliases}
    )
    doubled = {heading for heading, count in headings.items() if count > 1}
    assert not doubled


def test_every_choice_has_a_chinese_word_and_no_word_has_two_meanings_in_one_field():
    for field in PROJECT_FIELDS:
        words = [word for choice in field.choices for word in CHOICE_WORDS[choice]]
        assert len(words) == len(set(words)), field.key
        assert all(CHOICE_WORDS[choice] for choice in field.choices)


def test_what_a_point_score_needs_differs_by_kind():
    industry, employment = missing_for_point_score("industry"), missing_for_point_score("employment")
    assert "signed_offtake_share" in industry
    assert "signed_offtake_share" not in employment
    assert "contract_months" in employment
    assert "name" in industry
    assert FIELDS["note"].key not in industry
