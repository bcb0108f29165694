"""How firm the order is, in words and as plain tables: chances, pairs, switching weights, what drives the order."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evaluator.criteria.drivers import GROUPS
from evaluator.criteria.robustness import LONGEST_SHORTLIST, switching_weights
from evaluator.language import phrase
from evaluator.report.numbers import MISSING, format_percent, format_share
from evaluator.report.plain import plain
from evaluator.report.rules import PART_ANCHORS, say_part_rule
from evaluator.report.terms import say_criterion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluator.criteria.drivers import Drivers, Indices
    from evaluator.criteria.robustness import Pairwise, Switch
    from evaluator.domain.settings import Settings
    from evaluator.evaluation import Evaluation
    from evaluator.report.checked import Table

SHORTLIST = 10
LEAST_WHOLE = 0.01
"""Weights below this are said with a decimal: “less than <1 %” says nothing."""
SLIGHT_SHARE = 0.05
"""Groups that drive less than this are not named in the sentence."""


def shortlist(evaluation: Evaluation) -> tuple[int, ...]:
    """Rows of the first projects by rank, as many as the top but at least ten and at most thirty."""
    card = evaluation.scorecard
    order = np.argsort(card.rank, kind="stable")
    return tuple(order[: min(max(card.top, SHORTLIST), LONGEST_SHORTLIST)].tolist())


def find_switches(evaluation: Evaluation, ahead: int, behind: int) -> tuple[Switch, ...]:
    """The weights at which the project in row ``behind`` draws level with the one in row ``ahead``, nearest first."""
    card = evaluation.scorecard
    scores = card.scores.to_numpy()
    return switching_weights(scores[ahead], scores[behind], card.weights, space=card.space)


def describe_ranking(evaluation: Evaluation, drivers: Drivers | None) -> Table:
    """The ``ranking`` block of the JSON: what was varied, with what error, pairs of the shortlist, what drives."""
    card, settings = evaluation.scorecard, evaluation.settings
    ids = [str(project) for project in card.index]
    pairs = evaluation.compare(shortlist(evaluation))
    return {
        "weights": {
            "order": [list(group) for group in settings.weights.ranking()],
            "bounds": {name: list(ends) for name, ends in card.space.bounds.items()},
            "all": card.space.whole,
            "stated_inside": card.space.holds(card.weights),
        },
        "draws": int(card.draws),
        "mc_error": card.mc_error,
        "top": int(card.top),
        "pairwise": {
            "projects": [ids[row] for row in pairs.rows],
            "p": [[plain(p) for p in line] for line in pairs.p],
        },
        "pairs": [_describe_pair(evaluation, pairs, place, ids) for place in range(len(pairs.rows) - 1)],
        "drivers": None if drivers is None else _describe_drivers(drivers, settings.score.anchor_share),
    }


def _describe_drivers(drivers: Drivers, anchor_share: float) -> Table:
    return {
        "draws": drivers.draws,
        "anchor_share": anchor_share,
        "likeness": plain(drivers.likeness),
        "kept_top": plain(drivers.kept_top),
        "order": _describe_indices(drivers.order),
        "top": _describe_indices(drivers.top),
    }


def _describe_pair(evaluation: Evaluation, pairs: Pairwise, place: int, ids: Sequence[str]) -> Table:
    ahead, behind = pairs.rows[place : place + 2]
    return {
        "ahead": ids[ahead],
        "behind": ids[behind],
        "p": plain(pairs.p[place, place + 1]),
        "p_error": plain(pairs.error[place, place + 1]),
        "switches": [
            {"criterion": switch.criterion, "now": switch.now, "at": switch.at, "possible": switch.possible}
            for switch in find_switches(evaluation, ahead, behind)
            if not math.isnan(switch.at)
        ],
    }


def _describe_indices(indices: Indices) -> Table:
    columns = {"first": indices.first, "total": indices.total, "share": indices.shares, "error": indices.error}
    return {group: {key: plain(values[k]) for key, values in columns.items()} for k, group in enumerate(GROUPS)}


def describe_firmness(evaluation: Evaluation, drivers: Drivers | None) -> list[Table]:
    """What each scored project's JSON says of the firmness of its place, in list order."""
    card, shares = evaluation.scorecard, None if drivers is None else drivers.projects.shares
    return [
        {
            "expected_rank": plain(card.expected_rank[row]),
            "p_top_error": plain(card.p_top_error[row]),
            "drivers": None if shares is None else {group: plain(shares[k, row]) for k, group in enumerate(GROUPS)},
        }
        for row in range(len(card.index))
    ]


def say_points_error(error: float) -> str:
    """Twice the standard error of a share, in whole percentage points rounded up."""
    return f"{math.ceil(200 * error)}"


def say_top_chance(evaluation: Evaluation, row: int, language: str) -> str:
    """How often a project is among the top: “in the top 5 in 83 % of plausible readings (± 1)”."""
    card = evaluation.scorecard
    return phrase(
        "ranking.top",
        language,
        top=card.top,
        share=format_share(float(card.p_top[row]), language),
        error=say_points_error(float(card.p_top_error[row])),
    )


def say_pair(evaluation: Evaluation, first: int, second: int, language: str, *, pairs: Pairwise | None = None) -> str:
    """How often one project beats another, by rows: “A beats B in 71 % of plausible readings (± 1)”.

    ``pairs`` are chances already worked out that hold both.
    """
    pairs = pairs or evaluation.compare([first, second])
    at = pairs.rows.index(first), pairs.rows.index(second)
    return phrase(
        "ranking.pair",
        language,
        first=_name(evaluation, first),
        second=_name(evaluation, second),
        share=format_share(float(pairs.p[at]), language),
        error=say_points_error(float(pairs.error[at])),
    )


def say_switch(evaluation: Evaluation, first: int, second: int, language: str) -> str:
    """The nearest single weight that changes a pair, whichever is ahead, or that none does.

    “B overtakes A when market demand weighs more than 43 % (now 25 %)”.
    """
    total = evaluation.scorecard.total
    ahead, behind = (first, second) if total[first] >= total[second] else (second, first)
    names = {"ahead": _name(evaluation, ahead), "behind": _name(evaluation, behind)}
    if total[first] == total[second]:
        return phrase("ranking.level", language, **names)
    possible = [switch for switch in find_switches(evaluation, ahead, behind) if switch.possible]
    if not possible:
        return phrase("ranking.no_switch", language, **names)
    nearest = possible[0]
    return phrase(
        f"ranking.switch_{'more' if nearest.rises_for_behind else 'less'}",
        language,
        **names,
        criterion=say_criterion(nearest.criterion, language),
        at=format_share(nearest.at, language) if nearest.at >= LEAST_WHOLE else format_percent(nearest.at, language),
        now=format_share(nearest.now, language),
    )


def say_drivers(drivers: Drivers, language: str) -> str:
    """What the order hangs on: “the order hangs mostly on missing facts (62 %), then weights (30 %)”."""
    return _say_shares(drivers.order.shares, "order", language)


def say_project_drivers(drivers: Drivers, row: int, language: str) -> str:
    """What one project's total hangs on."""
    return _say_shares(drivers.projects.shares[:, row], "total", language)


def say_group(group: str, language: str) -> str:
    """What may drive an order: the weights, the anchors, missing facts."""
    return phrase(f"ranking.group.{group}", language)


def _say_shares(shares: np.ndarray, what: str, language: str) -> str:
    if np.isnan(shares).any():
        return phrase(f"ranking.nothing_drives_{what}", language)
    named = [k for k in np.argsort(-shares, kind="stable") if shares[k] >= SLIGHT_SHARE]
    said = [
        phrase(
            "ranking.driver",
            language,
            group=say_group(GROUPS[k], language),
            share=format_share(float(shares[k]), language),
        )
        for k in named
    ]
    if len(said) == 1:
        return phrase(f"ranking.driven_{what}_one", language, first=said[0])
    return phrase(
        f"ranking.driven_{what}", language, first=said[0], then=phrase("ranking.then", language).join(said[1:])
    )


def say_varied(evaluation: Evaluation, language: str) -> str:
    """What was varied for the chances: which weights, and how often."""
    card, ranking = evaluation.scorecard, evaluation.settings.weights.ranking()
    groups = (
        phrase("ranking.equals", language).join(say_criterion(name, language) for name in group) for group in ranking
    )
    order = phrase("ranking.before", language).join(groups)
    key = "varied_all" if card.space.whole else "varied_order" if ranking else "varied_bounds"
    return phrase(f"ranking.{key}", language, draws=f"{card.draws:,}", order=order)


def say_firmness(evaluation: Evaluation, language: str) -> list[str]:
    """How firm the order is: the first place, the first two, what it hangs on, what was varied."""
    if len(evaluation.scored) < 2:
        return []
    first, second = shortlist(evaluation)[:2]
    best = phrase(
        "format.colon", language, left=_name(evaluation, first), right=say_top_chance(evaluation, first, language)
    )
    pair = (say_pair(evaluation, first, second, language), say_switch(evaluation, first, second, language))
    both = phrase("format.sentence_join", language).join(pair)
    hangs = [say_drivers(evaluation.measure_drivers(), language)] if evaluation.in_depth else []
    lines = best, both, *hangs, say_varied(evaluation, language)
    return [line[:1].upper() + line[1:] for line in lines]


def say_swing(criterion: str, settings: Settings, language: str) -> str:
    """The question of swing weighting on the stated anchors of one criterion."""
    parts = [part for room, part in PART_ANCHORS if room == criterion]
    rules = phrase("format.sentence_join", language).join(
        say_part_rule(criterion, part, settings, language) for part in parts
    )
    return phrase("ranking.swing", language, criterion=say_criterion(criterion, language), rules=rules)


def tabulate_pairs(evaluation: Evaluation, language: str, *, pairs: Pairwise | None = None) -> pd.DataFrame:
    """P(row beats column) of the shortlist as whole percents, names on both sides; all cells text.

    ``pairs`` are chances already worked out, of these or of other rows.
    """
    pairs = pairs or evaluation.compare(shortlist(evaluation))
    names = [_name(evaluation, row) for row in pairs.rows]
    cells = [[MISSING if math.isnan(p) else format_share(float(p), language) for p in line] for line in pairs.p]
    ids = evaluation.scored[list(pairs.rows)]
    table = pd.DataFrame(cells, index=ids, columns=names, dtype=object)
    table.insert(0, phrase("ranking.beats", language), names, allow_duplicates=True)
    return table


def _name(evaluation: Evaluation, row: int) -> str:
    """The name of a scored project, told apart where another has the same."""
    return str(evaluation.portfolio.labels.loc[evaluation.scored[row]])
