"""The rule book: TOML there and back, differences, impossible values refused."""

import pytest

from evaluator.domain.errors import SettingsError
from evaluator.domain.settings import Settings


def test_toml_reads_back_unchanged():
    assert Settings.from_toml(Settings().to_toml()) == Settings()


def test_differences_name_default_and_value():
    changed = Settings.from_toml("[weights]\ndemand = 0.5\n[payback]\nrate = 0.05\n")
    assert changed.differences() == {"weights.demand": (0.25, 0.5), "payback.rate": (0.08, 0.05)}
    assert Settings.from_toml(changed.to_toml(only_differences=True)) == changed


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("weights.demand", -0.1),
        ("payback.rate", -2.0),
        ("payback.payback_years", ((5, 80), (3, 100))),
        ("payback.payback_years", ((3, 100), (5, 40), (8, 60))),
        ("payback.payback_years", ((3, 140), (5, 40))),
        ("demand.coverage", 3.0),
        ("homogeneity.radius_km", "thirty"),
        ("homogeneity.radius_km", float("nan")),
        ("homogenity.radius_km", 30.0),
        ("weights.order", "demand"),
        ("weights.order", "demand > demand"),
        ("weights.order", "demand > subsidy"),
        ("weights.order", 3),
        ("weights.at_most", (0.5, 0.5)),
        ("demand.reach_fresh", (1.0, 2.0, 3.0)),
        ("demand.evidence_caps", (40.0, "x", 85.0, 100.0)),
        ("demand.evidence_caps", ()),
        ("payback.payback_years", (1.0, 2.0)),
        ("payback.payback_years", (("a", 1), ("b", 2))),
    ],
)
def test_impossible_settings_are_refused_with_the_key_and_the_need(key, value):
    with pytest.raises(SettingsError) as refusal:
        Settings().with_values({key: value})
    assert refusal.value.key == key
    assert key in str(refusal.value)
    assert key in refusal.value.message("zh")


def test_every_impossible_setting_of_a_book_is_named_at_once():
    book = "[weights]\ndemand = -1\nhomogenity = 0.3\n[payback]\nrate = -2.0\npayback_years = [[3, 100], [2, 80]]"
    with pytest.raises(SettingsError) as refusal:
        Settings.from_toml(book)
    for language, known in (("en", "There is no setting weights.homogenity"), ("zh", "没有设置项 weights.homogenity")):
        lines = refusal.value.message(language).splitlines()
        assert lines == refusal.value.lines(language) and len(lines) == 4
        assert known in lines[1] and "-0.99" in lines[2] and "[[3, 100], [2, 80]]" in lines[3]
    crossed = "[score]\ngrade_c = 80\n[demand]\ntrend = [[-0.05, 100], [0.0, 50], [0.05, 0]]"
    with pytest.raises(SettingsError) as refusal:
        Settings.from_toml(crossed)
    assert len(refusal.value.lines()) == 2, "what settings say together is told at once too"


def test_all_weights_zero_is_refused():
    with pytest.raises(SettingsError, match="weights"):
        Settings().with_values({f"weights.{name}": 0 for name in ("demand", "homogeneity", "payback", "advantage")})


def test_broken_toml_is_refused_kindly():
    with pytest.raises(SettingsError, match="TOML"):
        Settings.from_toml("[weights\ndemand=1")
    with pytest.raises(SettingsError, match=r"weights[\s\S]*payback"):
        Settings.from_toml("weights = 3\npayback = 4")


def test_every_rule_has_a_range_and_a_source():
    for key, _, rule in Settings().rules():
        assert rule.low < rule.high, key
        assert rule.source, key


def test_an_order_of_weights_is_read_with_any_sign():
    for order in ("payback > demand=advantage", "payback,demand = advantage", "payback＞demand＝advantage"):
        weights = Settings.from_toml(f"[weights]\norder = '{order}'\n").weights
        assert weights.ranking() == (("payback",), ("demand", "advantage"))
    assert Settings().weights.ranking() == ()


def test_income_windows_columns_and_prices_are_read_from_plain_text():
    text = '[income]\nwindow_from = [0, 3]\nwindow_to = [2, 9]\ndeflator = "2015=100，2016=102.5"\ndiscrete = "a, b"\n'
    income = Settings.from_toml(text).income
    assert income.windows == ((0, 2), (3, 9))
    assert income.price_index == {2015: 100.0, 2016: 102.5}
    assert income.discrete_columns == ("a", "b")
    assert Settings().income.windows == ((0, 2), (3, 4), (5, 7))


@pytest.mark.parametrize(
    ("key", "value"),
    [("scale", "logs"), ("window_to", (2, 4)), ("window_to", (2, 2, 7)), ("deflator", "2015:100"), ("deflator", "1=0")],
)
def test_impossible_income_settings_are_refused(key, value):
    with pytest.raises(SettingsError) as refusal:
        Settings().with_values({f"income.{key}": value})
    assert refusal.value.key == f"income.{key}"
