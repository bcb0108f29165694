"""Income effects in one call, from any panel, with what a list tells of its projects."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

import evaluator as ev
from tests.income.made import world_frame

FRAME = world_frame(16).assign(
    trait_short_flat_fast=lambda f: f["trait_short_flat_fast"].replace("", None),
    project_id=lambda f: np.where(f["first_year"] > 0, f["cluster_id"], None),
)
TRAITS = FRAME.groupby("project_id")[["trait_short_flat_fast"]].first().astype(float)


@pytest.mark.slow
def test_a_table_a_read_panel_and_another_engine_give_the_same():
    one = ev.estimate_effects(FRAME, checks=False)
    assert one.headline is not None
    for source in (ev.read_panel(FRAME), pl.from_pandas(FRAME)):
        other = ev.estimate_effects(source, checks=False)
        assert np.isclose(other.headline.estimate, one.headline.estimate, rtol=1e-10)
        assert np.isclose(other.overall.se, one.overall.se, rtol=1e-10)


@pytest.mark.slow
def test_traits_of_a_list_split_effects_as_traits_of_the_panel_do():
    bare = FRAME.drop(columns="trait_short_flat_fast")
    assert ev.estimate_effects(bare, checks=False).contrasts == ()
    joined = ev.estimate_effects(bare, evaluation=TRAITS, checks=False)
    own = ev.estimate_effects(FRAME, checks=False)
    assert np.isclose(joined.headline.estimate, own.headline.estimate, rtol=1e-10)


@pytest.mark.slow
def test_a_panel_beside_a_list_gives_its_effects_with_the_list():
    listed = pd.DataFrame(
        {
            "项目编号": ["V00", "V02"],
            "项目名称": ["柑橘种植", "扶贫车间"],
            "建设内容": ["种植柑橘100亩", "吸纳就业30人"],
            "投资": [10, 20],
        }
    )
    small = FRAME[FRAME["year"] < 7].drop(columns="trait_short_flat_fast")
    result = ev.evaluate(ev.read_portfolio(listed), panel=small)
    assert result.income.n_units == small["unit_id"].nunique()
    assert list(result.traits().columns)[:2] == ["trait_short_flat_fast", "trait_kind"]
    assert ev.evaluate(ev.read_portfolio(listed)).income is None
    assert ev.evaluate(ev.read_portfolio(listed)).fingerprint != result.fingerprint
