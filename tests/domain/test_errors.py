"""Issues and errors speak: where, what was found, what is needed, what to do, in both languages."""

from multiprocessing.reduction import ForkingPickler

import pytest

from evaluator.domain.errors import EvaluatorError, Issue, SettingsError, TableError


def test_an_issue_has_an_address_and_words_in_both_languages():
    issue = Issue("E_FILE_EMPTY", "error", sheet="项目表", row=12, column="金额")
    assert issue.where() == "项目表!12 · 金额"
    for language in ("en", "zh"):
        assert issue.message(language)
        assert issue.needed(language)
        assert issue.remedy(language)
    assert issue.message("en") != issue.message("zh")


def test_the_address_leaves_out_what_is_not_known():
    assert Issue("E_FILE_EMPTY", "error").where() == ""
    assert Issue("E_FILE_EMPTY", "error", row=3).where() == "3"


def test_a_table_error_lists_every_fault_on_its_own_line():
    error = TableError(Issue("E_FILE_EMPTY", "error"), Issue("E_FILE_EMPTY", "error", sheet="二"))
    assert len(str(error).splitlines()) == len(error.lines("zh")) == 2
    assert isinstance(error, EvaluatorError)
    assert isinstance(error, ValueError)


def test_a_table_error_survives_the_way_between_processes():
    error = TableError(Issue("E_FILE_EMPTY", "error", sheet="二"))
    assert ForkingPickler.loads(ForkingPickler.dumps(error)).issues == error.issues


def test_a_settings_error_names_key_found_and_need():
    error = SettingsError("payback.rate", -2.0, "range", low="-0.99", high="1", unit="share")
    assert "payback.rate" in str(error)
    assert "-2.0" in str(error)
    assert "-0.99" in error.message("zh")


def test_an_unknown_need_fails_a_test_not_a_user():
    with pytest.raises(KeyError):
        SettingsError("x", 1, "no such need")


def test_a_range_is_said_with_the_readers_numbers_and_unit():
    issue = Issue("E_RANGE", "error", row=3, found="-80", values={"low": 0, "high": 100_000_000_000, "unit": "yuan"})
    assert "100,000,000,000" in issue.needed("en")
    assert "元" in issue.needed("zh")
    assert "yuan" not in issue.needed("zh")
