"""The generator does what its text says, and its cells are those of its frame."""

import numpy as np
import pytest

from evaluator.income.cells import compress_frame
from sample_projects import households
from tests.income import simulate
from tests.income.simulate import TRAIT, draw


def world(villages=20, seed=0, **options):
    return draw(np.random.default_rng(seed), villages, **options)


def test_cells_equal_the_compressed_frame():
    made = world()
    direct, compressed = made.cells(), compress_frame(made.frame(), by=(TRAIT,))
    for one, other in zip(direct.moments(), compressed.moments(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-9)
    np.testing.assert_allclose(direct.cross, compressed.cross, rtol=1e-9)
    np.testing.assert_allclose(direct.squares, compressed.squares)
    for column in ("cluster", "cluster_id", "first_year", TRAIT):
        assert direct.groups[column].tolist() == compressed.groups[column].tolist()


def test_truth_weighs_observed_household_years():
    made = world()
    frame = made.frame()
    frame["effect"] = made.effect[frame["cluster_id"].str[1:].astype(int), frame["year"] - 1]
    late = frame[(frame["first_year"] > 0) & (frame["year"] - frame["first_year"]).between(5, 7)]
    by_kind = late.groupby(TRAIT)["effect"].mean()
    assert made.contrast() == pytest.approx(by_kind["1"] - by_kind["0"])
    assert made.truth(5, 7) == pytest.approx(late["effect"].mean())


def test_world_as_described():
    made = world(4_000, seed=1)
    assert np.mean(made.start == 0) == pytest.approx(0.25)
    assert set(made.start) == {0, 3, 4, 5, 6, 7}
    shares = [made.short[made.start == s].mean() for s in (3, 4, 5, 6, 7)]
    assert shares == pytest.approx([0.3, 0.4, 0.5, 0.6, 0.7], abs=0.06)
    assert made.contrast() == pytest.approx(-0.186, abs=0.01)
    seen = made.attended.mean(axis=(0, 1))
    assert seen[1:] / seen[:-1] == pytest.approx(np.full(11, 0.96), abs=0.006)
    rest = made.outcome - made.effect[:, None, :]
    village = rest.mean(axis=1)
    step = np.diff(village - village.mean(axis=0), axis=1)
    noise = 0.15**2 / (1 - 0.25**2) / 15
    assert step.var() == pytest.approx(2 * 0.08**2 * (1 - 0.6) + 2 * noise * (1 - 0.25), rel=0.03)
    never = made.start == 0
    assert rest[~never & (made.start == 3)].mean() < rest[made.start == 7].mean()


def test_idle_trait_leaves_no_contrast():
    assert world(50, idle_trait=True).contrast() == pytest.approx(0, abs=0.002)


def test_sample_panel_is_a_draw_from_the_same_world():
    assert households.EFFECTS["short"] == tuple(simulate.SHORT[:9])
    assert households.EFFECTS["growing"] == tuple(simulate.GROWING[:9])
    np.testing.assert_allclose(households.COHORT_FACTORS, simulate.COHORT_FACTORS)
    np.testing.assert_allclose(households.SHORT_SHARES, simulate.SHORT_SHARES)
    assert (households.YEARS, households.HOUSEHOLDS, households.COHORTS, households.NEVER_SHARE) == (
        12,
        15,
        (3, 4, 5, 6, 7),
        0.25,
    )
