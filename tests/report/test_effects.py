"""Income effects as text, JSON and files."""

import io
import json
from functools import cache

import numpy as np
import pandas as pd
import pytest

from evaluator.domain.settings import Settings
from evaluator.income.effects import estimate_effects
from evaluator.report.effects import (
    describe_effects,
    say_effects,
    say_headline,
    say_how,
    say_title,
    write_effects,
)
from tests.income.made import panel_of, small_frame, world_frame

FRAME = world_frame(60, seed=11)


@cache
def shown():
    return estimate_effects(panel_of(FRAME))


@pytest.mark.slow
def test_the_headline_is_a_sentence_with_its_interval():
    said = say_headline(shown(), "en")
    assert said.startswith("Years 5–7 after the start: incomes with flagged projects are") and "lower" in said
    assert "低" in say_headline(shown(), "zh")
    assert say_title(shown(), "en") == "Income effects of projects: 900 households, 60 villages, 1–12"
    assert "delete-one-village jackknife; 95 % intervals" in say_how(shown(), "en")


def test_an_open_contrast_is_not_sold_as_a_finding():
    found = estimate_effects(panel_of(world_frame(20, seed=2, idle_trait=True)), checks=False)
    assert "do not tell" in say_headline(found, "en") or not (found.headline.low <= 0 <= found.headline.high)


def test_without_a_trait_the_long_run_of_all_is_said():
    found = estimate_effects(panel_of(FRAME.drop(columns="trait_short_flat_fast")), checks=False)
    assert say_headline(found, "en").startswith("All projects, years 5–7")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_has_every_part(language):
    said = say_effects(shown(), language)
    assert "{" not in said and "nan" not in said
    assert said.count("\n\n") >= 8


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_refusal_says_what_is_needed_and_what_can_be_said(language):
    frame = small_frame()
    frame["first_year"] = np.where(frame["cluster_id"].isin(["c01", "c02"]), 2004, 0)
    found = estimate_effects(panel_of(frame), settings=Settings().with_values({"income.permutations": 99}))
    said = say_effects(found, language)
    assert ("Found 2 villages" in said) == (language == "en")
    assert "chance assignment" in said or "随机指派检验" in said
    told = describe_effects(found, language)
    assert told["overall"]["estimate"] is None and told["overall"]["refusal"] == "few_treated"
    assert told["refusals"][0].startswith("few_treated: ")


def test_json_has_the_promised_keys():
    told = json.loads(write_effects(shown(), ".json", "en"))
    promised = {
        "method", "estimand", "n_units", "n_clusters", "n_rows", "years", "by_year", "overall", "contrasts", "pretrend",
        "sensitivity", "cautions", "projection",
    }  # fmt: skip
    assert promised <= set(told)
    row = told["by_year"][0]
    assert {"year_since_start", "estimate", "se", "low", "high", "units", "clusters"} <= set(row)
    assert {"p", "joint_stat", "df"} <= set(told["pretrend"])
    assert {"name", "estimate", "se", "low", "high", "p"} <= set(told["contrasts"][0])
    assert all(": " in caution for caution in told["cautions"])
    assert told["projection"] == []


def test_files_hold_the_same_numbers():
    csv = pd.read_csv(io.BytesIO(write_effects(shown(), ".csv", "zh")))
    parquet = pd.read_parquet(io.BytesIO(write_effects(shown(), ".parquet", "zh")))
    np.testing.assert_allclose(csv["estimate"], parquet["estimate"])
    sheets = pd.read_excel(io.BytesIO(write_effects(shown(), ".xlsx", "zh")), sheet_name=None, engine="openpyxl")
    assert list(sheets) == ["按开始后年数", "按组别和时间段", "检验", "结果的局限", "data"]
    assert write_effects(shown(), ".csv", "zh") == write_effects(shown(), ".csv", "zh")
