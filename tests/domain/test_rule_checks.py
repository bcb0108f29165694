"""Settings that are each in range and impossible together, or run the wrong way."""

import pytest

from evaluator.domain.errors import SettingsError
from evaluator.domain.rule_checks import RISING, check_book
from evaluator.domain.settings import Settings

DEFAULT = {key: value for key, value, _ in Settings().rules()}


def refusal(changes):
    with pytest.raises(SettingsError) as refused:
        Settings().with_values(changes)
    return refused.value


def test_the_default_book_is_possible():
    check_book(DEFAULT, DEFAULT)


@pytest.mark.parametrize(
    ("key", "value", "need"),
    [
        ("demand.offtake", [[0.0, 100], [0.7, 0]], "anchors_up"),
        ("payback.payback_years", [[3, 0], [12, 100]], "anchors_down"),
        ("demand.reach_fruit", [12.0, 3.0], "list_up"),
        ("flags.fast_share", [0.5, 0.15], "list_up"),
        ("flags.fast_share", [0.5, 0.5], "list_up"),
        ("flags.flat_value_added", [0.15, 0.4], "list_down"),
        ("demand.evidence_caps", [60.0, 40.0, 85.0, 100.0], "list_up"),
        ("advantage.skill_days", [20.0, 3.0, 60.0], "list_up"),
    ],
)
def test_what_runs_the_wrong_way_is_refused_with_key_found_and_needed(key, value, need):
    refused = refusal({key: value})
    assert (refused.key, refused.need) == (key, need)
    for language in ("en", "zh"):
        assert key in refused.message(language)
        assert str(value[0] if not isinstance(value[0], list) else value[0][1]) in refused.message(language)


@pytest.mark.parametrize("chain", RISING, ids=lambda chain: chain[0])
def test_a_lower_limit_above_an_upper_one_is_refused(chain):
    low, high = chain[:2]
    if DEFAULT[low] == DEFAULT[high]:
        pytest.skip("both stand at the same value")
    refused = refusal({low: DEFAULT[high], high: DEFAULT[low]})
    assert refused.need == "at_most"
    assert high in refused.message("zh")


def test_equal_caps_and_flat_anchors_are_possible():
    book = Settings().with_values(
        {"demand.evidence_caps": [100.0] * 4, "advantage.brand": [[0, 60], [1, 60]], "score.grade_c": 60.0}
    )
    assert book.demand.evidence_caps == (100.0,) * 4


@pytest.mark.parametrize("value", [10**400, -(10**400), 1e308, float("inf"), float("nan"), 1000.5])
def test_draws_must_be_a_whole_number_that_a_computer_can_hold(value):
    assert refusal({"score.draws": value}).key == "score.draws"


def test_a_long_value_is_not_repeated_in_full_and_units_follow_the_language():
    assert len(refusal({"payback.rate": 10**400}).message("en")) < 400
    assert "share a year" not in refusal({"payback.rate": -2.0}).message("zh")
    assert "-2.0" in refusal({"payback.rate": -2.0}).message("zh")
