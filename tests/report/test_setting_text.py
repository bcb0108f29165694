"""A setting written as text is read back as it was; what is no value is refused with what is needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.domain.errors import SettingsError
from evaluator.domain.settings import Settings
from evaluator.report.setting_text import read_setting, say_setting_range, write_setting

BOOK = list(Settings().rules())


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, value, _ in BOOK], ids=lambda part: str(part)[:40])
def test_every_setting_survives_the_way_through_text(key, value):
    if isinstance(value, bool):
        return  # a switch, never text
    book = Settings().with_values({key: read_setting(key, write_setting(value), value)})
    assert not book.differences()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_digit_of_a_number_is_lost(number):
    assert read_setting("payback.rate", write_setting(number), 0.08) == number


@pytest.mark.parametrize(
    ("text", "value"), [("5 %", 0.05), ("５％", 0.05), (" 0.05 ", 0.05), ("−0.05", -0.05), ("600,000", 600_000.0)]
)
def test_numbers_as_people_write_them(text, value):
    assert read_setting("payback.rate", text, 0.08) == value


@pytest.mark.parametrize("text", ["0.5→0; 1→70", "0.5 -> 0, 1 -> 70", "０.５：0；1：70", "50%→0、100%→70\n"])
def test_anchors_as_people_write_them(text):
    assert read_setting("demand.coverage", text, ((0.0, 0), (1.0, 100))) == ((0.5, 0.0), (1.0, 70.0))


def test_lists_as_people_write_them():
    assert read_setting("demand.reach_dry", "24 72", (1.0, 2.0)) == (24.0, 72.0)
    assert read_setting("demand.reach_dry", "24，72", (1.0, 2.0)) == (24.0, 72.0)


@pytest.mark.parametrize(
    ("key", "text", "need"),
    [
        ("payback.rate", "a lot", "number"),
        ("payback.rate", "", "number"),
        ("demand.coverage", "x→1; 2→3", "pairs"),
        ("demand.reach_dry", "soon; later", "list"),
    ],
)
def test_what_is_no_value_is_refused_with_what_is_needed(key, text, need):
    like = next(value for name, value, _ in BOOK if name == key)
    with pytest.raises(SettingsError) as refused:
        read_setting(key, text, like)
    assert (refused.value.key, refused.value.need) == (key, need)
    assert refused.value.message("zh")


def test_half_an_anchor_reaches_the_rule_book_and_is_refused_there():
    like = Settings().demand.coverage
    with pytest.raises(SettingsError):
        Settings().with_values({"demand.coverage": read_setting("demand.coverage", "0.5; 1→70", like)})


def test_ranges_are_said_in_both_languages():
    said = {
        key: (say_setting_range(value, rule, "en"), say_setting_range(value, rule, "zh")) for key, value, rule in BOOK
    }
    assert said["payback.rate"] == ("-0.99 to 1".replace("-", "−"), "−0.99 至 1")
    assert said["weights.demand"] == ("0 or more", "不小于 0")
    assert all(english and chinese for english, chinese in said.values())
