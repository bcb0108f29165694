import numpy as np
import pytest

from evaluator.charts.comparison import draw_comparison
from evaluator.charts.contributions import draw_contributions
from evaluator.charts.map import draw_map
from evaluator.charts.shares import draw_shares
from evaluator.charts.signs import draw_signs
from evaluator.charts.totals import draw_totals
from evaluator.pages import figures, project_rows
from evaluator.pages.link import View


def test_rows_run_from_the_best_total(evaluation):
    totals = evaluation.scorecard.total[figures.find_rows(evaluation, View())]
    assert len(totals) == len(evaluation.scored)
    assert (np.diff(totals) <= 0).all()


def test_filters_keep_only_what_passes(evaluation):
    rows = figures.find_rows(evaluation, View(levels=("flag",)))
    assert {evaluation.flags.level.iloc[row] for row in rows} == {"flag"}
    assert not figures.find_rows(evaluation, View(search="no such words anywhere"))


def test_search_finds_a_project_by_its_name(evaluation):
    name = str(evaluation.portfolio.frame["name"].loc[evaluation.scored[0]])
    found = [str(evaluation.scored[row]) for row in figures.find_rows(evaluation, View(search=name))]
    assert str(evaluation.scored[0]) in found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_ranking_rows_carry_the_ids_in_order(evaluation, language):
    rows = figures.find_rows(evaluation, View())
    table = figures.ranking_rows(evaluation, rows, language)
    assert list(table.index) == [str(evaluation.scored[row]) for row in rows]
    assert table["total"].between(0, 100).all()


def test_flag_words_never_stand_on_colour_alone(evaluation):
    table = figures.ranking_rows(evaluation, figures.find_rows(evaluation, View()), "en")
    assert set(table["flag"].str[0]) <= {"●", "◆", "▲", "■"}
    assert (table["flag"].str.len() > 3).all()


def test_shares_of_all_rows_add_to_one(evaluation):
    rows = figures.share_rows(evaluation.balance.by_industry, "en", currency="CNY", name=str, most=3)
    assert rows["share"].sum() == pytest.approx(1.0)


def test_what_is_not_known_stands_last_and_muted(evaluation):
    rows = figures.horizon_rows(evaluation.balance, "en", currency="CNY")
    if "unknown" in evaluation.balance.by_horizon.index and evaluation.balance.by_horizon.loc["unknown", "projects"]:
        assert rows["muted"].iloc[-1]


def test_equal_names_are_told_apart():
    labels = figures.unique_labels(["养牛", "养牛", "种茶"], ["a", "b", "c"])
    assert len(set(labels)) == 3
    assert labels[2] == "种茶"


def test_long_names_are_shortened_with_an_ellipsis():
    assert figures.shorten("甲" * 40, 10) == "甲" * 9 + "…"


def test_comparison_has_four_rows_a_project(evaluation):
    ids = [str(key) for key in evaluation.scored[:3]]
    rows = figures.comparison_rows(evaluation, ids, "zh")
    assert len(rows) == 12
    assert (rows["low"] <= rows["score"]).all()
    assert (rows["score"] <= rows["high"]).all()


def test_every_place_on_the_map_has_a_position(evaluation):
    points = figures.map_rows(evaluation)
    assert points["projects"].sum() <= len(evaluation.scored)
    assert points[["lon", "lat"]].notna().all(axis=None)
    assert points["flagged"].sum() <= (evaluation.flags.level == "flag").sum()


def fields_of(node):
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "field" and isinstance(value, str))
        for key, value in node.items():
            if key != "data":
                yield from fields_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from fields_of(value)


def test_every_chart_finds_its_columns(evaluation):
    rows, ids = figures.find_rows(evaluation, View()), [str(key) for key in evaluation.scored[:2]]
    pairs = [
        (draw_totals("en"), figures.total_rows(evaluation, rows, "en")),
        (draw_comparison("en"), figures.comparison_rows(evaluation, ids, "en")),
        (draw_shares("en"), figures.share_rows(evaluation.balance.by_industry, "en", currency="CNY", name=str)),
        (draw_map("en", frozenset({"513436"})), figures.map_rows(evaluation)),
        (draw_contributions("en"), project_rows.contribution_rows(evaluation, 0, "en")),
        (draw_signs("en"), project_rows.sign_rows(evaluation, ids[0], "en")),
    ]
    for spec, table in pairs:
        assert {name for name in fields_of(spec) if not name.startswith("properties.")} <= set(table.columns)
