"""Options of the command line: read exactly, refused in the language asked for."""

from datetime import date

import pytest

from evaluator.domain.errors import EvaluatorError
from evaluator.domain.tables import TABLE_FIELDS
from evaluator.report import options


def test_values_are_read():
    assert options.read_date("2025-06-30", "en") == date(2025, 6, 30)
    assert options.read_weights("4,3,2,1", "en") == (4, 3, 2, 1)
    assert options.read_weights("1，0，0，0", "zh") == (1, 0, 0, 0)
    assert options.read_top("12", "en") == 12
    assert options.read_rate("0.125", "en") == 0.125
    assert options.read_date(None, "en") is options.read_top(None, "en") is options.read_rate(None, "en") is None


@pytest.mark.parametrize("text", ["2025-13-01", "tomorrow", "", "30.06.2025"])
def test_bad_dates(text):
    with pytest.raises(EvaluatorError, match="YYYY-MM-DD"):
        options.read_date(text, "en")


@pytest.mark.parametrize("text", ["1,1,1", "0,0,0,0", "-1,1,1,1", "a,b,c,d", "inf,1,1,1", "nan,1,1,1", ""])
def test_bad_weights(text):
    with pytest.raises(EvaluatorError, match="权重"):
        options.read_weights(text, "zh")


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "x", "²", ""])
def test_bad_top(text):
    with pytest.raises(EvaluatorError, match="--top"):
        options.read_top(text, "en")


@pytest.mark.parametrize("text", ["0", "-1", "x", "inf", "nan", "1,2"])
def test_bad_rates(text):
    with pytest.raises(EvaluatorError, match="--yuan-per-unit"):
        options.read_rate(text, "en")


def test_language_is_known_before_the_options_are():
    assert options.find_language(["score", "x", "--language", "zh"]) == "zh"
    assert options.find_language(["score", "--language=zh"]) == "zh"
    assert options.find_language(["score", "--language"]) == options.find_language([]) == "en"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_help_names_every_command(language):
    text = options.make_parser(language).format_help()
    assert all(command in text for command in ("check", "score", "template", "serve"))


def test_forms_are_those_that_exist():
    assert set(options.FORMS) == set(TABLE_FIELDS)


def test_discount_rates_are_shares_or_percents():
    assert options.read_discount("8%", "--rate", "en") == options.read_discount("0.08", "--rate", "en") == 0.08
    assert options.read_discount(None, "--rate", "en") is None
    for text in ("-1", "-100%", "x", "", "inf", "1,2"):
        with pytest.raises(EvaluatorError, match="--rate"):
            options.read_discount(text, "--rate", "zh")


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("5000000", 5e6),
        ("5,000,000", 5e6),
        ("5，000，000元", 5e6),
        ("500万", 5e6),
        ("５００万元", 5e6),
        ("0.05亿", 5e6),
        ("5 million", 5e6),
        ("1e7", 1e7),
        ("0", 0),
        ("-5万", -5e4),
    ],
)
def test_budgets_in_plain_forms(text, yuan):
    assert options.read_budget(text, "en") == pytest.approx(yuan)


@pytest.mark.parametrize("text", ["", "much", "4-5百万", "100 USD", "万", "nan"])
def test_budgets_that_are_none(text):
    with pytest.raises(EvaluatorError, match="500万"):
        options.read_budget(text, "zh")


def test_columns_named_on_the_command_line_are_headings_with_a_meaning():
    assert options.read_columns(["outcome=lemp", "unit_id＝户号", "-=notes"], "en") == {
        "lemp": "outcome",
        "户号": "unit_id",
        "notes": None,
    }
    for wrong in ("lemp", "=lemp", "outcome="):
        with pytest.raises(EvaluatorError, match="not understood"):
            options.read_columns([wrong], "en")
