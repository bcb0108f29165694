"""The tables of headings do not contradict the form."""

from evaluator.domain.fields import FIELDS
from evaluator.intake.columns import spellings, tidy
from evaluator.intake.headings import CHECKED, MERGED_TEXT, PART, PERSONAL, PLACES, SERIALS, UNUSED


def test_no_heading_stands_in_two_tables():
    known = set(spellings())
    for table in (PLACES, SERIALS, UNUSED, CHECKED):
        assert not known & {tidy(heading) for heading in table}


def test_merged_fields_exist_and_hold_words():
    assert all(not FIELDS[key].is_number for key in MERGED_TEXT)


def test_parts_and_persons():
    assert PART.search("中央衔接资金")
    assert not PART.search("总投资")
    assert not PERSONAL.search("受益人数")
