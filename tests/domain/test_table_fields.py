import pytest

from evaluator.domain.table_fields import MARKET_FIELDS, PLACE_FIELDS, PRICE_FIELDS, VACANCY_FIELDS

FORMS = {"markets": MARKET_FIELDS, "places": PLACE_FIELDS, "prices": PRICE_FIELDS, "vacancies": VACANCY_FIELDS}


@pytest.mark.parametrize("fields", FORMS.values(), ids=FORMS)
def test_no_heading_means_two_columns(fields):
    names = [n.lower() for f in fields for n in {f.key, f.title_en, f.title_zh, *f.aliases, f.title_en.lower()}]
    spoken = {
        n: {f.key for f in fields if n in map(str.lower, (f.key, f.title_en, f.title_zh, *f.aliases))} for n in names
    }
    assert {name: keys for name, keys in spoken.items() if len(keys) > 1} == {}


@pytest.mark.parametrize("fields", FORMS.values(), ids=FORMS)
def test_every_column_says_what_it_means_and_numbers_have_bounds(fields):
    for field in fields:
        assert field.meaning_en
        assert field.meaning_zh
        if field.is_number:
            assert field.low is not None
            assert field.high is not None
            assert field.low < field.high
    assert any(field.need == "required" for field in fields)
