"""A panel as people and programs hand it over becomes one checked panel; what was left out is told."""

import narwhals as nw
import numpy as np
import pandas as pd
import pytest

from evaluator.domain.errors import TableError
from evaluator.domain.settings import Settings
from evaluator.intake.panel import MOST_VALUES, read_panel
from tests.intake.made_panel import codes, flag_of, make_panel

FRAME = make_panel()


def settings(**given):
    return Settings().with_values({f"income.{name}": value for name, value in given.items()})


def rows_of(panel):
    rows = nw.from_native(panel.rows, pass_through=True)
    return (rows.collect() if isinstance(rows, nw.LazyFrame) else rows).to_pandas()


def told(panel, code):
    (found,) = (one for one in panel.issues if one.code == code)
    return found


def test_a_clean_panel_is_read_as_it_is():
    panel = read_panel(FRAME)
    assert codes(panel.issues) == []
    assert (panel.n_rows, panel.n_units, panel.n_clusters, panel.years) == (192, 32, 8, tuple(range(2015, 2021)))
    assert (panel.scale, panel.starts_vary, panel.weighted) == ("log", "cluster", False)
    rows = rows_of(panel)
    assert np.allclose(rows["outcome"], np.log(FRAME["outcome"]))
    assert np.allclose(rows["income"], FRAME["outcome"])


def test_the_frame_of_the_caller_is_not_changed():
    before = FRAME.copy()
    read_panel(FRAME)
    pd.testing.assert_frame_equal(FRAME, before)


def test_chinese_headings_with_a_unit_mean_the_same(tmp_path):
    named = {
        "unit_id": "农户编号",
        "year": "年份",
        "outcome": "人均纯收入（万元）",
        "first_year": "项目首年",
        "cluster_id": "行政村",
    }
    sheet = FRAME.rename(columns=named)
    sheet["人均纯收入（万元）"] /= 10_000
    sheet["年份"] = sheet["年份"].astype(str) + "年"
    sheet["项目首年"] = sheet["项目首年"].replace(0, "从未").astype(str)
    path = tmp_path / "农户收入.xlsx"
    sheet.to_excel(path, index=False)
    panel = read_panel(path)
    assert codes(panel.issues) == []
    assert np.allclose(rows_of(panel)["income"], FRAME["outcome"])
    assert panel.columns["行政村"] == "cluster_id"


def test_a_mapping_works_both_ways_and_leaves_columns_aside():
    odd = FRAME.rename(columns={"outcome": "lemp", "unit_id": "countyreal"}).assign(weight=2.0)
    for mapping in (
        {"lemp": "outcome", "countyreal": "unit_id", "weight": None},
        {"outcome": "lemp", "unit_id": "countyreal"},
    ):
        panel = read_panel(odd, mapping=mapping)
        assert panel.n_units == 32
        assert panel.weighted is ("weight" not in mapping)


def test_households_with_two_starts_or_villages_or_rows_are_left_out_and_named():
    frame = FRAME.copy()
    frame.loc[(frame["unit_id"] == "石桥-1") & (frame["year"] == 2020), "first_year"] = 2019
    frame.loc[(frame["unit_id"] == "白泉-0") & (frame["year"] > 2017), "cluster_id"] = "东岭"
    doubled = frame[(frame["unit_id"] == "大湾-2") & (frame["year"] == 2016)]
    frame = pd.concat([frame, doubled.assign(outcome=1e4), frame.head(1)], ignore_index=True)
    panel = read_panel(frame)
    assert panel.n_units == 29
    assert told(panel, "E_PANEL_TWO_STARTS").found == "石桥-1"
    assert told(panel, "E_PANEL_MOVED").found == "白泉-0"
    assert told(panel, "E_PANEL_TWICE").found == "大湾-2 (2016)"
    assert told(panel, "W_PANEL_REPEATED").values["count"] == 1
    assert not set(rows_of(panel)["unit_id"]) & {"石桥-1", "白泉-0", "大湾-2"}


def test_a_panel_of_contradictions_is_refused():
    frame = FRAME.assign(unit_id="all alike")
    with pytest.raises(TableError) as refused:
        read_panel(frame)
    assert codes(refused.value.issues)[-1] == "E_PANEL_CONTRADICTS"


def test_the_first_year_is_never_inferred():
    with pytest.raises(TableError) as refused:
        read_panel(FRAME.drop(columns="first_year"))
    assert codes(refused.value.issues) == ["E_PANEL_FIRST_YEAR"]


def test_always_treated_are_dropped_with_a_notice_unless_nothing_else_is_left():
    frame = make_panel(starts=(2015, 2017, 0, 2018, 2012, 0, 0, 0))
    panel = read_panel(frame)
    assert told(panel, "W_PANEL_ALWAYS").values == {"count": 8, "villages": 2}
    assert panel.n_clusters == 6
    alone = read_panel(make_panel(starts=(2015, 2012, 0, 0, 0, 0, 0, 0)))
    assert alone.n_clusters == 8


def test_starts_that_differ_in_a_village_are_told_and_kept():
    frame = FRAME.copy()
    frame.loc[frame["unit_id"] == "石桥-1", "first_year"] = 2019
    panel = read_panel(frame)
    assert panel.starts_vary == "unit"
    assert told(panel, "W_PANEL_STARTS_VARY").found == "石桥"


def test_weights_and_traits_that_change_within_a_household_are_settled():
    frame = flag_of(FRAME).assign(weight=1.0)
    one = frame["unit_id"] == "石桥-1"
    frame.loc[one, "weight"] = [1.0, 2.0, 3.0, 1.0, 2.0, 3.0]
    frame.loc[one & (frame["year"] == 2020), "trait_short_flat_fast"] = 0.0
    frame.loc[(frame["unit_id"] == "石桥-2") & (frame["year"] < 2017), "trait_short_flat_fast"] = np.nan
    rows = rows_of(panel := read_panel(frame))
    assert set(rows.loc[rows["unit_id"] == "石桥-1", "weight"]) == {2.0}
    assert rows.loc[rows["unit_id"] == "石桥-1", "trait_short_flat_fast"].isna().all()
    assert set(rows.loc[rows["unit_id"] == "石桥-2", "trait_short_flat_fast"]) == {1.0}
    assert told(panel, "W_PANEL_TRAIT").values["count"] == told(panel, "W_PANEL_WEIGHTS").values["count"] == 1


def test_covariates_that_change_or_have_many_values_are_set_aside():
    frame = FRAME.assign(size=FRAME["unit_id"].str[-1], moving=FRAME["year"].astype(str), many=FRAME["unit_id"])
    panel = read_panel(make_panel(homes=5).assign(many=lambda f: f["unit_id"]), settings=settings(discrete="many"))
    assert (panel.discrete, codes(panel.issues)) == (("many",), [])
    many = make_panel(8).assign(group=lambda f: f["unit_id"])
    assert many["group"].nunique() > MOST_VALUES
    assert codes(read_panel(many, settings=settings(discrete="group")).issues) == ["W_PANEL_MANY_VALUES"]
    panel = read_panel(frame, settings=settings(discrete="size, moving"))
    assert (panel.discrete, codes(panel.issues)) == (("size",), ["W_PANEL_DISCRETE"])


def test_names_and_telephones_do_not_get_in():
    frame = FRAME.assign(户主姓名="某某", 联系电话="13800000000")
    frame["unit_id"] = "138" + pd.Series(pd.factorize(frame["unit_id"])[0] + 10_000_000).astype(str)
    panel = read_panel(frame)
    assert codes(panel.issues) == ["W_PERSONAL_DATA", "W_PANEL_PERSONAL_IDS"]
    rows = rows_of(panel)
    assert set(rows) == {"unit_id", "year", "outcome", "first_year", "project_id", "cluster_id", "income"}
    assert rows["unit_id"].str.fullmatch(r"U\d+").all()
    assert not any("138" in str(one.found) + str(dict(one.values)) for one in panel.issues)


def test_what_a_list_tells_of_projects_is_laid_beside_their_households():
    known = pd.DataFrame({"project_id": ["X1", "X3", "X4"], "trait_kind": ["industry", "employment", "industry"]})
    panel = read_panel(FRAME, projects=known)
    assert panel.traits == ("trait_kind",)
    assert told(panel, "W_PANEL_PROJECT_UNKNOWN").found == "X6"
    rows = rows_of(panel)
    assert set(rows.loc[rows["cluster_id"] == "南坳", "trait_kind"]) == {"employment"}
    assert list(panel.project_traits.index) == ["X1", "X3", "X4"]


def test_every_issue_speaks_both_languages():
    frame = FRAME.copy()
    frame["outcome"] = frame["outcome"].astype(object)
    frame.loc[3, "outcome"] = "很多"
    panel = read_panel(frame.assign(户主姓名="某某"))
    for language in ("en", "zh"):
        for one in panel.issues:
            assert "{" not in one.message(language) + one.needed(language) + one.remedy(language)


def test_when_no_year_can_be_there_is_no_panel():
    with pytest.raises(TableError) as refused:
        read_panel(FRAME.assign(year=FRAME["year"] * 100 + 6))
    assert [one.code for one in refused.value.issues] == ["E_PANEL_YEAR", "E_PANEL_NO_ROWS"]
