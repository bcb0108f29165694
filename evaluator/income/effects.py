"""From a checked panel to the income effects of projects: estimates, their uncertainty, and what limits them."""

from collections.abc import Callable
from dataclasses import replace

import narwhals as nw
import numpy as np

from evaluator.domain.panel import IncomePanel
from evaluator.domain.settings import Settings
from evaluator.income.agreement import compare_engines
from evaluator.income.cautions import find_cautions
from evaluator.income.checks import bound_trends, check_pretrends, draw_study, leave_out, pretend_starts
from evaluator.income.comparisons import compare_errors, compare_methods, permute_overall, show_naive
from evaluator.income.estimation import Estimation, prepare, study_of
from evaluator.income.etwfe import Fit
from evaluator.income.findings import ALL, IncomeEffects
from evaluator.income.frames import least_shown
from evaluator.income.gate import Counts, count_clusters, describe_change, find_refusals
from evaluator.income.honest import Sensitivity
from evaluator.income.leaving import bound_leaving
from evaluator.income.pretrend import Pretrend
from evaluator.income.results import Caution, Estimate
from evaluator.income.slopes import find_slopes, find_waves
from evaluator.income.specification import METHODS, Specification, regress, specify
from evaluator.income.splits import split_by_traits
from evaluator.income.summary import find_averages
from evaluator.income.support import gather_support
from evaluator.income.withheld import withhold_few

Progress = Callable[[str], None]
BELOW = "below_line"
FEW = 10  # treated or untreated clusters up to which chance assignment is tried too


def estimate_effects(
    panel: IncomePanel, *, settings: Settings | None = None, checks: bool = True, progress: Progress | None = None
) -> IncomeEffects:
    """Estimate the effect of projects on income by year since the start, and whether flagged ones last less.

    Parameters
    ----------
    panel
        As ``read_panel`` returns it.
    settings
        ``income`` group: estimator, inference, windows, trait, covariates, limits.
    checks
        False: the estimates alone, at once; True: with everything that speaks for and against them.
    progress
        Called with the stage that begins: ``compressing``, ``estimating``, ``checking``, ``comparing``, ``splitting``.

    Returns
    -------
    IncomeEffects
        With ``refusals`` instead of numbers where the data cannot carry them.
    """
    tell = progress or (lambda _stage: None)
    rules = (settings or Settings()).income
    tell("compressing")
    spec = specify(panel, rules, trait=rules.trait if rules.trait in panel.traits else "")
    sampled = rules.estimator == "pooled"
    counts = count_clusters(spec.cells, sampled=sampled)
    found = _blank(spec)
    refusals = find_refusals(spec.cells, counts, rules, sampled=sampled)
    if refusals:
        return _refuse(found, spec, counts, refusals)
    tell("estimating")
    study = study_of(spec)
    estimation = prepare(spec, rules.estimator, study)
    if estimation.refusal is not None:
        return _refuse(found, spec, counts, (estimation.refusal,))
    main = estimation.together.level.fit if rules.estimator == "etwfe" and rules.control == "not_yet" else None
    fit = main or regress(spec)
    found = _with_estimates(found, estimation, fit, counts)
    if checks:
        tell("checking")
        found = _with_checks(found, estimation, fit, study)
        tell("comparing")
        found = _with_comparisons(found, estimation, study, counts)
        tell("splitting")
        found = _with_splits(found, spec)
    found = withhold_few(found, spec.cells, least_shown(spec))
    return replace(found, cautions=find_cautions(found, counts, rules, spec.cells, checked=checks))


def _blank(spec: Specification) -> IncomeEffects:
    panel, rules = spec.panel, spec.rules
    return IncomeEffects(
        method=rules.estimator,
        estimand="treated_unit_years",
        outcome=spec.outcome,
        scale="share" if spec.outcome == BELOW else panel.scale,
        control="never" if rules.control == "never" or rules.estimator == "sun_abraham" else "not_yet",
        inference=rules.inference,
        confidence=rules.confidence,
        trait=spec.trait,
        groups=(ALL,),
        n_units=panel.n_units,
        n_clusters=panel.n_clusters,
        n_rows=panel.n_rows,
        years=panel.years,
        overall=Estimate("overall"),
        issues=panel.issues,
    )


def _refuse(found: IncomeEffects, spec: Specification, counts: Counts, refusals: tuple[Caution, ...]) -> IncomeEffects:
    """No estimate; with few treated clusters what chance alone would give, and always what can be described."""
    first = refusals[0]
    change = describe_change(spec.cells, least=least_shown(spec))
    described = (Caution("change_described", {"change": change}),) if np.isfinite(change) else ()
    few = {"few_treated", "few_untreated"} & {refusal.code for refusal in refusals}
    errors = permute_overall(spec) if few and counts.treated else ()
    overall = Estimate("overall", refusal=first)
    return replace(
        found, overall=overall, overall_by={ALL: overall}, refusals=refusals, cautions=described, errors=errors
    )


def _with_estimates(found: IncomeEffects, estimation: Estimation, fit: Fit, counts: Counts) -> IncomeEffects:
    spec, overall = estimation.spec, estimation.overall()
    support = gather_support(
        spec.cells, fit, counts, trait=spec.trait, window=spec.rules.windows[-1], pair=estimation.pair
    )
    return replace(
        found,
        groups=tuple(estimation.kinds),
        overall=overall[ALL],
        overall_by=overall,
        windows=estimation.windows(),
        contrasts=estimation.contrasts(),
        paths=estimation.paths(),
        averages=find_averages(estimation.together.level),
        covariates=find_slopes(spec, estimation.together.level.fit),
        waves=find_waves(spec, estimation.together.years.fit),
        support=support,
        cells=estimation.apart.windows.effects,
    )


def _with_checks(found: IncomeEffects, estimation: Estimation, fit: Fit, study: Fit | None) -> IncomeEffects:
    spec, alpha = estimation.spec, 1 - found.confidence
    window = spec.rules.windows[-1]
    pretrends: dict[str, Pretrend] = {}
    sensitivity: dict[str, Sensitivity] = {}
    if study is not None:
        drawn = draw_study(spec, study, estimation.kinds, pair=estimation.pair, contrast=estimation.contrast)
        pretrends = check_pretrends(drawn, alpha)
        sensitivity = bound_trends(drawn, window, names=(ALL, estimation.contrast), alpha=alpha, unit=_unit(spec))
    return replace(
        found,
        pretrend=pretrends.get(ALL, Pretrend((), refusal=Caution("no_leads"))),
        pretrends=pretrends,
        sensitivity=sensitivity,
        placebo=pretend_starts(spec),
        influence=leave_out(spec, estimation.together.level.between(0, None), estimation.headline()),
        attrition=bound_leaving(spec, window, pair=estimation.pair, contrast=estimation.contrast),
        agreement=compare_engines(spec, fit),
    )


def _with_comparisons(found: IncomeEffects, estimation: Estimation, study: Fit | None, counts: Counts) -> IncomeEffects:
    few = min(counts.treated, counts.untreated) <= FEW
    return replace(
        found,
        errors=compare_errors(estimation, few=few),
        alternatives=compare_methods(estimation, study),
        naive=show_naive(estimation),
        below_line=_below_line(estimation.spec),
    )


def _with_splits(found: IncomeEffects, spec: Specification) -> IncomeEffects:
    """Effects by further traits, each in a regression of its own; same groups in paths, windows and overall effects."""
    overall, windows, paths = dict(found.overall_by), dict(found.windows), dict(found.paths)
    groups = list(found.groups)
    method = spec.rules.estimator if spec.rules.estimator in METHODS else "etwfe"
    for _, other in split_by_traits(spec):
        estimation = prepare(other, method, None)
        del estimation.kinds[ALL]
        groups += list(estimation.kinds)
        overall |= estimation.overall()
        windows |= estimation.windows()
        paths |= {name: path for name, path in estimation.paths().items() if name in estimation.kinds}
    return replace(found, groups=tuple(groups), overall_by=overall, windows=windows, paths=paths)


def _below_line(spec: Specification) -> IncomeEffects | None:
    """The probability of being below the poverty line as a second outcome, where a line is stated."""
    names = nw.from_native(spec.panel.rows, pass_through=False).collect_schema().names()
    if spec.outcome != "outcome" or BELOW not in names:
        return None
    other = specify(spec.panel, spec.rules, trait=spec.trait, outcome=BELOW)
    counts = count_clusters(other.cells)
    found = _blank(other)
    refusals = find_refusals(other.cells, counts, spec.rules)
    if refusals:
        return replace(found, overall=Estimate("overall", refusal=refusals[0]), refusals=refusals)
    estimation = prepare(other, spec.rules.estimator, study_of(other))
    found = _with_estimates(found, estimation, estimation.together.level.fit or regress(other), counts)
    found = withhold_few(found, other.cells, least_shown(other))
    return replace(found, cautions=find_cautions(found, counts, spec.rules, other.cells, checked=False))


def _unit(spec: Specification) -> float:
    """What one hundredth of the outcome is counted in: of logs 1, of levels their mean."""
    if spec.outcome != "outcome" or spec.panel.scale != "level":
        return 1.0
    rows = float((spec.cells.weight[:, None] * spec.cells.attended).sum())
    return abs(float(spec.cells.sums[:, :, 0].sum())) / rows if rows > 0 else 1.0
