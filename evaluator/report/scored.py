"""An evaluation as plain nested tables: what ``score --json`` prints and files carry.

Keys are stable English names; only reasons and cautions are sentences in the language asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from evaluator.domain.settings import CRITERIA
from evaluator.flags import SIGNS
from evaluator.report.calibrated import describe_calibration
from evaluator.report.changed import describe_edits
from evaluator.report.checked import Table, describe_issue, yuan_rate
from evaluator.report.findings import say_caution
from evaluator.report.household import describe_households, no_household
from evaluator.report.plain import plain, plain_number
from evaluator.report.policy import describe_rules
from evaluator.report.ranking import describe_firmness, describe_ranking
from evaluator.report.signs import say_signs
from evaluator.report.yields import describe_yields, no_yield

if TYPE_CHECKING:
    from typing import Any

    from evaluator.criteria.homogeneity import Neighbour
    from evaluator.criteria.score import CriterionScore
    from evaluator.evaluation import Evaluation
    from evaluator.remedies import Remedy


def describe_evaluation(evaluation: Evaluation, language: str = "en") -> Table:
    """Scores, ranges, ranks, flags and reasons of a list, in the order of the list.

    A list of thousands is described more briefly (``Evaluation.in_depth``): without drivers and downside (``None``),
    with failing rules only, and with what clears a sign worked out from its own readings alone.
    """
    card, portfolio = evaluation.scorecard, evaluation.portfolio
    drivers = evaluation.measure_drivers() if evaluation.in_depth else None
    scored = {
        str(project): described | firmness
        for project, described, firmness in zip(
            evaluation.scored, _scored(evaluation, language), describe_firmness(evaluation, drivers), strict=True
        )
    }
    names, kinds = portfolio.frame["name"].tolist(), portfolio.frame["kind"].tolist()
    projects = [
        {
            "project_id": str(project),
            "name": plain(name),
            "kind": plain(kind),
            **scored.get(str(project), _unscored(evaluation.rivals)),
        }
        for project, name, kind in zip(portfolio.frame.index, names, kinds, strict=True)
    ]
    return {
        "version": evaluation.version,
        "fingerprint": evaluation.fingerprint,
        "as_of": evaluation.as_of.isoformat(),
        "currency": portfolio.currency,
        "rivals": evaluation.rivals,
        "draws": int(card.draws),
        "top": int(card.top),
        "weights": dict(zip(CRITERIA, card.weights.tolist(), strict=True)),
        "ranking": describe_ranking(evaluation, drivers),
        "settings_differences": [
            {"key": key, "default": plain(default), "value": plain(value)}
            for key, (default, value) in evaluation.settings.differences().items()
        ],
        "edited_facts": describe_edits(portfolio),
        "cautions": [f"{code}: {say_caution(code, evaluation, language)}" for code in evaluation.cautions],
        "calibration": describe_calibration(evaluation),
        "unscored": _sum_unscored(evaluation),
        "left_out": [
            {"file": reading.file, "sheet": reading.sheet, "rows": list(reading.left_out)}
            for reading in portfolio.readings
            if reading.left_out
        ],
        "issues": [describe_issue(issue, language) for issue in evaluation.issues],
        "copies": [
            {"projects": list(group.project_ids), "likeness": plain(group.likeness)} for group in evaluation.copies
        ],
        "projects": projects,
    }


def _sum_unscored(evaluation: Evaluation) -> Table:
    rows, rate = evaluation.unscored, yuan_rate(evaluation.portfolio)
    amount = plain_number(evaluation.portfolio.amounts["investment_yuan"].loc[rows].sum(min_count=1))
    return {
        "projects": len(rows),
        "amount": amount,
        "amount_yuan": None if amount is None or rate is None else amount * rate,
    }


def _scored(evaluation: Evaluation, language: str) -> Iterator[Table]:
    card, flags = evaluation.scorecard, evaluation.flags
    criteria = {name: list(_criterion(card.criteria[name])) for name in CRITERIA}
    homogeneity, payback = _homogeneity(evaluation), _payback(evaluation)
    yields = describe_yields(evaluation)
    contributions = card.contributions.to_dict("records")
    chances = None if evaluation.calibration is None else evaluation.calibration.p_failure
    for row, project in enumerate(evaluation.scored):
        judged = bool(card.judged[row])
        yield {
            "scored": True,
            "total": plain(card.total[row]),
            "total_low": plain(card.low[row]),
            "total_high": plain(card.high[row]),
            "rank": int(card.rank[row]) if judged else None,
            "rank_low": int(card.rank_low[row]),
            "rank_high": int(card.rank_high[row]),
            "p_top": plain(card.p_top[row]),
            "coverage": plain(card.coverage[row]),
            "judged": judged,
            "grade": str(card.grade[row]) if judged else None,
            "balanced": plain(card.balanced[row]),
            "demand": criteria["demand"][row],
            "homogeneity": homogeneity[row] | criteria["homogeneity"][row],
            "payback": criteria["payback"][row] | payback[row],
            "advantage": criteria["advantage"][row] | yields[row],
            "contributions": {name: plain(points) for name, points in contributions[row].items()},
            "rivals": evaluation.rivals,
            "flag": {
                "level": str(flags.level.iloc[row]),
                "severity": plain(flags.severity.iloc[row]),
                "p_failure": None if chances is None else plain(chances.iloc[row]),
                "signs": _signs(evaluation, project, language),
                "rules": describe_rules(evaluation, str(project), language),
            },
            "ask_next": [
                {
                    "field": question.field,
                    "why": question.why,
                    "gain": plain(question.gain),
                    "decides": plain(question.decides),
                    "value": plain(question.value),
                }
                for question in evaluation.questions[str(project)]
            ],
            "red_lines": list(card.red_lines[row]),
        }


def _criterion(score: CriterionScore) -> Iterator[Table]:
    values, inputs, weights = (table.to_dict("records") for table in (score.parts, score.inputs, score.weights))
    for row, mass in enumerate(weights):
        whole = sum(mass.values()) or 1.0
        yield {
            "score": plain(score.score[row]),
            "low": plain(score.low[row]),
            "high": plain(score.high[row]),
            "coverage": plain(score.coverage[row]),
            "judged": bool(score.judged[row]),
            "parts": {
                part: {
                    "value": plain(values[row][part]),
                    "input": plain(inputs[row].get(part)),
                    "weight": weight / whole,
                }
                for part, weight in mass.items()
                if weight > 0
            },
        }


def _homogeneity(evaluation: Evaluation) -> list[Table]:
    measured, with_round = evaluation.homogeneity, evaluation.homogeneity_round
    return [
        {
            "h": plain(measured.h[row]),
            "h_low": plain(measured.h_low[row]),
            "h_high": plain(measured.h_high[row]),
            "h_with_round": None if with_round is None else plain(with_round.h[row]),
            "neighbours": [_neighbour(neighbour) for neighbour in evaluation.neighbours[row]],
        }
        for row in range(len(evaluation.scored))
    ]


def _neighbour(neighbour: Neighbour) -> Table:
    """One neighbour; the rest of a long list is one entry without id and name, so that the shares add to h."""
    return {
        "project_id": str(neighbour.project_id) or None,
        "name": plain(neighbour.name) or None,
        "km": plain(neighbour.km),
        "share": plain(neighbour.share),
        "count": int(neighbour.count),
    }


def pay_status(years: float) -> str:
    """``paid_back``, ``never`` (the money does not come back) or ``unknown`` (a fact is missing)."""
    return "unknown" if years != years else "never" if years == float("inf") else "paid_back"  # noqa: PLR0124


def _payback(evaluation: Evaluation) -> list[Table]:
    rate = yuan_rate(evaluation.portfolio)
    households = describe_households(evaluation, evaluation.downside() if evaluation.in_depth else None)
    appraised = (_appraised(measures, rate) for measures in evaluation.appraisal.to_dict("records"))
    return [measures | gains for measures, gains in zip(appraised, households, strict=True)]


def _appraised(measures: Mapping[Any, Any], rate: float | None) -> Table:
    npv = plain_number(measures["npv_yuan"])
    roots = plain_number(measures["irr_roots"])
    return {
        "payback_years": plain(measures["payback_years"]),
        "payback_status": pay_status(float(measures["payback_years"])),
        "discounted_payback_years": plain(measures["discounted_payback_years"]),
        "discounted_payback_status": pay_status(float(measures["discounted_payback_years"])),
        "npv_yuan": None if npv is None or rate is None else npv * rate,
        "npv": npv,
        "irr": plain(measures["irr"]),
        "irr_roots": None if roots is None else int(roots),
        **{
            key: plain(measures[key])
            for key in ("half_life_years", "lasting_years", "mirr", "benefit_cost", "from_flows")
            if key in measures
        },
    }


def _remedy(remedy: Remedy | None) -> Table:
    """The change in columns of the form; which readings only another product or place can move."""
    if remedy is None:
        return {"changes": None, "others": None}
    return {
        "changes": [
            {"field": change.field, "value": plain(change.value), "upward": change.upward, "passed": change.passed}
            for change in remedy.changes
        ],
        "others": {key: plain(value) for key, value in remedy.others},
    }


def _signs(evaluation: Evaluation, project: object, language: str) -> Table:
    remedies = evaluation.remedies(str(project)) if evaluation.in_depth else {}
    return {
        said.key: {
            "degree": plain(said.degree),
            "on": said.on,
            "reason": said.reason or None,
            "clears": said.clears or None,
            "source": said.source,
            **_remedy(remedies.get(said.key)),
        }
        for said in say_signs(evaluation, str(project), language, remedies=remedies)
    }


def _unscored(rivals: str) -> Table:
    """The keys of a scored project, empty: roads, fees and grants are listed, never scored or flagged."""
    empty: Table = {"score": None, "low": None, "high": None, "coverage": None, "judged": False, "parts": {}}
    near: Table = {"h": None, "h_low": None, "h_high": None, "h_with_round": None, "neighbours": []}
    keys = (
        "payback_years",
        "discounted_payback_years",
        "npv_yuan",
        "npv",
        "irr",
        "irr_roots",
        "half_life_years",
        "lasting_years",
    )
    money = {
        **dict.fromkeys((*keys, "from_flows")),
        "payback_status": "unknown",
        "discounted_payback_status": "unknown",
        **no_household(),
    }
    nothing = ("total", "total_low", "total_high", "rank", "rank_low", "rank_high", "p_top", "coverage")
    signs: Table = {
        sign: {"degree": None, "on": False, "reason": None, "clears": None, "source": None, "changes": [], "others": {}}
        for sign in SIGNS
    }
    return {
        "scored": False,
        **dict.fromkeys((*nothing, "expected_rank", "p_top_error", "drivers")),
        "judged": False,
        "grade": None,
        "balanced": None,
        "demand": dict(empty),
        "homogeneity": near | empty,
        "payback": empty | money,
        "advantage": empty | no_yield(),
        "contributions": dict.fromkeys(CRITERIA),
        "rivals": rivals,
        "flag": {"level": "none", "severity": None, "p_failure": None, "signs": signs, "rules": []},
        "ask_next": [],
        "red_lines": [],
    }
