"""How long the firmness of an order takes, beside plain ways to rank the same draws.

Run by hand: `python tests/benchmarks/ranking.py [projects] [draws]`, from the root of the repository. Every project has
a range on every criterion, the worst case. Prints the best of three for each step, the plain ways on the same drawn
totals, whether they agree, and what drives 50 projects.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import rankdata

sys.path.insert(0, str(Path(__file__).parents[2]))

from evaluator.criteria.draws import Draws
from evaluator.criteria.drivers import measure_drivers
from evaluator.criteria.robustness import compare_pairs, drawn_totals, measure_firmness
from evaluator.criteria.score import CriterionScore, Part, Quantity, score_parts
from evaluator.criteria.weighting import WeightSpace
from evaluator.domain.settings import CRITERIA, Settings

IDENTITY = ((0.0, 0.0), (100.0, 100.0))


def score(values: np.ndarray, draws: Draws, settings: Settings) -> dict[str, CriterionScore]:
    """Four criteria known to ± 5 points."""
    index = pd.Index([f"p{i}" for i in range(len(values))])
    return {
        name: score_parts(
            name,
            index,
            {"only": Part(Quantity(x := values[:, k], x - 5, x + 5), IDENTITY, np.ones(len(values)))},
            settings=settings.score,
            draws=draws,
        )
        for k, name in enumerate(CRITERIA)
    }


def best(task: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the fastest of three runs, and the answer."""
    seconds, answer = [], None
    for _ in range(3):
        begin = time.perf_counter()
        answer = task()
        seconds.append(time.perf_counter() - begin)
    return min(seconds), answer


def loop_ranks(drawn: np.ndarray, top: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One draw after another with scipy's ranks, as decision packages do."""
    ranks = np.empty(drawn.shape, dtype=np.int32)
    for d in range(drawn.shape[1]):
        ranks[:, d] = rankdata(-drawn[:, d], method="min")
    low, high = np.quantile(ranks, [0.05, 0.95], axis=1, method="nearest")
    return low, high, (ranks <= top).mean(axis=1)


def frame_ranks(drawn: np.ndarray, top: int) -> np.ndarray:
    """A data frame's ranks, column by column."""
    ranks = pd.DataFrame(drawn).rank(ascending=False, method="min")
    ranks.quantile([0.05, 0.95], axis=1)
    return (ranks <= top).mean(axis=1).to_numpy()


def main(projects: int = 1_000, draws: int = 10_000) -> None:
    """Print the seconds of each step."""
    settings = Settings().with_values({"score.draws": draws, "score.draws_total": projects * draws})
    values = np.random.default_rng(0).uniform(10, 90, (projects, 4))
    ids, top = [f"p{i}" for i in range(projects)], projects // 4
    space = WeightSpace.of(settings.weights)
    print(f"{projects:,} projects × {draws:,} draws, every criterion of every project uncertain")
    drawing, criteria = best(lambda: score(values, Draws.of(ids, settings.score), settings))
    adding, drawn = best(lambda: drawn_totals(criteria, space.draw(draws)))
    ranking, found = best(lambda: measure_firmness(drawn, top=top, settings=settings.score))
    print(f"  draw every input and score it     {drawing:.2f} s")
    print(f"  draw weights, add up the totals   {adding:.2f} s")
    print(f"  ranks, intervals, P(top), mean    {ranking:.2f} s")
    print(f"  together                          {drawing + adding + ranking:.2f} s")
    looped, (low, high, p_top) = best(lambda: loop_ranks(drawn, top))
    framed, _ = best(lambda: frame_ranks(drawn, top))
    agree = (
        (low == found.rank_low).all() and (high == found.rank_high).all() and np.allclose(p_top, found.p_top, atol=1e-3)
    )
    print(f"plain ways to rank the same totals: scipy loop {looped:.2f} s, data frame {framed:.2f} s; equal: {agree}")
    print(f"30 × 30 pairs: {best(lambda: compare_pairs(criteria, range(30), space=space))[0]:.2f} s")
    few = values[:50]
    driving, _ = best(
        lambda: measure_drivers(
            lambda again: score(few, again, settings),
            ids[:50],
            stated=few.mean(axis=1),
            top=12,
            space=space,
            settings=settings.score,
        )
    )
    print(f"what drives 50 projects: {driving:.2f} s")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
