from dataclasses import replace
from datetime import UTC, datetime

import pytest

from evaluator.domain.settings import Settings
from evaluator.pages.inputs import evaluate_inputs
from evaluator.pages.link import View, write_link
from evaluator.pages.saved import (
    files_of,
    follow,
    hold_against,
    open_bundle_case,
    open_snapshot_case,
    view_of,
    view_texts,
)
from evaluator.report.saved import make_case

NOW = datetime(2026, 7, 1, tzinfo=UTC)
BOOK = Settings().with_values({"payback.rate": 0.05, "weights.demand": 0.4})
VIEW = View(language="zh", townships=("云顶镇",), levels=("flag",), search="羊", project="x", toml="a = 1\n" * 900)


@pytest.fixture(scope="module")
def kept(sample):
    evaluation = evaluate_inputs(sample, BOOK)
    return make_case(
        evaluation, read=sample.projects, view=view_texts(VIEW), page="ranking", files=files_of(sample), now=NOW
    )


@pytest.fixture(scope="module")
def opened(kept):
    return open_snapshot_case(kept, snapshot="id", expires=None)


def test_a_saved_view_returns_whole_even_what_its_link_shortens(kept):
    back = view_of(kept)
    assert write_link(VIEW)["toml"] != [VIEW.toml]
    assert back.toml == VIEW.toml
    assert (back.language, back.townships, back.levels, back.search) == ("zh", ("云顶镇",), ("flag",), "羊")
    assert back.rules


@pytest.mark.slow
def test_a_snapshot_evaluates_to_its_fingerprint(opened, kept):
    again = evaluate_inputs(opened.inputs, kept.settings)
    assert again.fingerprint == kept.fingerprint
    assert opened.inputs.sources["projects"].name == "projects.xlsx"
    assert not any(source.data for source in opened.inputs.sources.values())


def test_a_bare_link_shows_what_was_saved_and_a_longer_one_its_own(opened):
    bare = {"snapshot": ("id",)}
    assert follow(opened, View(snapshot="id"), bare) is opened.view
    own = View(snapshot="id", language="en", search="牛")
    assert follow(opened, own, bare | {"lang": ("en",), "q": ("牛",)}) == own


def test_marks_of_long_texts_find_them_in_the_snapshot(opened):
    written = write_link(opened.view)
    asked = View(snapshot="id", toml=written["toml"][0])
    assert follow(opened, asked, {key: tuple(value) for key, value in written.items()}).toml == VIEW.toml


def test_two_bundles_of_one_view_are_told_apart_by_their_bytes(kept):
    one, two = (open_bundle_case(kept, data=data) for data in (b"a", b"b"))
    assert one.inputs.key != two.inputs.key
    assert one.id == ""


@pytest.mark.slow
def test_the_same_numbers_are_the_same(opened, kept):
    evaluation = evaluate_inputs(opened.inputs, kept.settings)
    assert hold_against(opened, evaluation, kept.settings, {})[0] == "same"


@pytest.mark.slow
def test_a_changed_rule_makes_it_the_readers_own(opened):
    evaluation = evaluate_inputs(opened.inputs, Settings())
    assert hold_against(opened, evaluation, Settings(), {})[0] == "yours"


@pytest.mark.slow
def test_another_version_is_held_against_the_numbers_kept(opened, kept):
    evaluation = evaluate_inputs(opened.inputs, kept.settings)
    older = replace(opened, case=replace(kept, fingerprint="of an older version", version="0.0.1"))
    state, difference = hold_against(older, evaluation, kept.settings, {})
    assert (state, difference.projects) == ("recomputed", ())
    numbers = kept.outcome.copy()
    numbers.loc[numbers.index[3], "total"] += 2.5
    other = replace(older, case=replace(older.case, outcome=numbers))
    state, difference = hold_against(other, evaluation, kept.settings, {})
    assert (state, difference.projects, round(difference.largest, 6)) == ("recomputed", (numbers.index[3],), 2.5)


@pytest.mark.slow
def test_tables_changed_in_the_file_are_said(opened, kept):
    evaluation = evaluate_inputs(opened.inputs, kept.settings)
    touched = replace(opened, case=replace(kept, fingerprint="before someone typed into the file"))
    assert hold_against(touched, evaluation, kept.settings, {})[0] == "edited"


@pytest.mark.slow
def test_numbers_that_were_not_kept_cannot_be_compared(opened, kept):
    evaluation = evaluate_inputs(opened.inputs, kept.settings)
    bare = replace(opened, case=replace(kept, fingerprint="x", version="0.0.1", outcome=kept.outcome.iloc[:0]))
    assert hold_against(bare, evaluation, kept.settings, {})[0] == "unkept"
