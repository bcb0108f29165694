import pytest

from evaluator.domain.tables import TABLE_FIELDS


@pytest.mark.parametrize("table", TABLE_FIELDS)
def test_columns_are_unique_and_said_in_both_languages(table):
    fields = TABLE_FIELDS[table]
    assert len({field.key for field in fields}) == len(fields)
    for language in ("en", "zh"):
        titles = [field.title(language) for field in fields]
        assert len(set(titles)) == len(titles)
        assert all(field.meaning(language) for field in fields)


def test_every_table_of_the_design_is_there():
    assert set(TABLE_FIELDS) == {"projects", "register", "places", "markets", "prices", "vacancies", "flows", "panel"}
    assert {"unit_id", "year", "outcome", "first_year"} <= {
        f.key for f in TABLE_FIELDS["panel"] if f.need == "required"
    }
