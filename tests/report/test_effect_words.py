"""Effects in words: percents of logs, yuan, points; groups, windows and limits in both languages."""

import math

import pytest

from evaluator.income.results import Caution, Estimate
from evaluator.language import LANGUAGES, catalogue
from evaluator.report.effect_words import (
    format_between,
    format_effect,
    format_estimate,
    format_p,
    is_withheld,
    say_caution,
    say_group,
    say_groups,
    say_method,
    say_name,
    say_trait,
    say_value,
)


def test_a_log_effect_is_the_percent_incomes_change_by():
    assert format_effect(math.log(1.25), "log", "en") == "+25.0 %"
    assert format_effect(math.log(0.8), "log", "zh") == "−20.0%"
    assert format_effect(0.0, "log", "en") == "0.0 %"
    assert format_effect(1234.5, "level", "en") == "+1,234 yuan"
    assert format_effect(-0.042, "share", "zh") == "−4.2个百分点"
    assert format_effect(None, "log", "en") == format_effect(math.nan, "log", "en") == "–"
    assert format_effect(math.inf, "log", "en") == "∞"


def test_an_estimate_has_its_interval_or_a_dash():
    found = Estimate("overall", estimate=0.1, low=0.0, high=0.2)
    assert format_estimate(found, "log", "en") == "+10.5 % (0.0 % to +22.1 %)"
    assert format_estimate(Estimate("overall"), "log", "en") == "–"
    hidden = Estimate("overall", refusal=Caution("few_units", {"needed": 10}))
    assert is_withheld(hidden) and format_estimate(hidden, "log", "zh") == "不公布"
    assert format_between(-0.1, 0.1, "level", "en") == "from −0.1 yuan to +0.1 yuan"
    assert (format_p(0.0004, "en"), format_p(0.25, "en"), format_p(math.nan, "en")) == ("<0.001", "0.250", "–")


@pytest.mark.parametrize(
    ("group", "en", "zh"),
    [
        ("flagged", "Short, flat and fast", "短平快项目"),
        ("trait_kind=industry", "Kind: industry", "类型：产业"),
        ("trait_labour_state=half-and-half", "Labour state: half and half", "劳动力状况：半工半农"),
        ("trait_demand=high", "Market demand: above the median", "市场需求：高于中位数"),
        ("trait_new_road=1", "new road: yes", "new road：是"),
        ("poorer=1", "Poorer half at the beginning", "起初较穷的一半"),
        ("trait_kind=industry_minus_employment", "Kind: industry less Kind: employment", "类型：产业减类型：就业"),
    ],
)
def test_groups_are_named(group, en, zh):
    assert (say_group(group, "en"), say_group(group, "zh")) == (en, zh)


def test_names_of_years():
    assert say_name("flagged_minus_unflagged_window_5_7", "en") == "Years 5–7"
    assert say_name("year_3", "zh") == "第3年"
    assert say_name("placebo_2", "en") == "Start pretended 2 years earlier"
    assert say_name("overall", "en") == "All years since the start"
    assert say_name("dynamic", "en").startswith("Every year") and say_name("jackknife", "en").startswith("delete")
    assert say_trait("trait_kind", "zh") == "类型" and say_value("migrant", "zh") == "外出务工"
    assert say_method("etwfe", "en") == "Extended two-way fixed effects"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_caution_can_be_said(language):
    counts = "found needed first last rows leads clusters seen wanted trait second known projects each count supported"
    values: dict[str, object] = dict.fromkeys(counts.split(), 3)
    values |= {"why": "no_leads", "groups": "treated_minus_never", "p": 0.01, "change": 0.1, "years": (2019, 2020)}
    values |= {"year": 2020, "traits": ("trait_demand", "trait_kind")}
    for key in catalogue(language):
        if key.startswith("income.caution."):
            said = say_caution(Caution(key.rpartition(".")[2], values), language)
            assert "{" not in said and said


def test_a_caution_says_why_another_could_not_be():
    caution = Caution("pretrend_untested", {"why": "few_clusters_for_leads", "leads": 6, "clusters": 5})
    assert "6 years before the start but only 5 villages" in say_caution(caution, "en")


def test_groups_of_one_trait_are_named_by_their_values_alone():
    farm, migrant = "trait_labour_state=farm", "trait_labour_state=migrant"
    assert list(say_groups((farm, migrant), "en").values()) == [say_value("farm", "en"), say_value("migrant", "en")]
    assert say_groups((farm,), "en") == {farm: say_group(farm, "en")}
    assert say_groups((farm, "poorer=1"), "zh")[farm] == say_group(farm, "zh")
    assert say_groups(("poorer=1", "poorer=0"), "zh")["poorer=1"] == say_group("poorer=1", "zh")
