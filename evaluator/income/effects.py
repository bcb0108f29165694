"""From a checked panel to the income effects of projects: estimates, their uncertainty, and what limits them."""

from evaluator.domain.panel import IncomePanel
from evaluator.domain.settings import IncomeSettings, Settings
from evaluator.income.average import Mean
from evaluator.income.cells import compress
from evaluator.income.etwfe import fit_etwfe
from evaluator.income.findings import ALL, CONTRAST, IncomeEffects
from evaluator.income.results import CellEffects, Estimate
from evaluator.income.summary import (
    FLAGGED,
    UNFLAGGED,
    Frame,
    choose,
    find_contrast_path,
    find_path,
    find_windows,
    name_groups,
    window_name,
)
from evaluator.income.uncertainty import Inference, cluster_factor


def estimate_effects(panel: IncomePanel, *, settings: Settings | None = None) -> IncomeEffects:
    """Estimate the effect of projects on income by year since the start, and whether flagged ones last less.

    Parameters
    ----------
    panel
        As ``read_panel`` returns it.
    settings
        ``income`` group: estimator, inference, windows, trait, limits.

    Returns
    -------
    IncomeEffects
        With ``refusals`` instead of numbers where the data cannot carry them.
    """
    rules = (settings or Settings()).income
    trait = rules.trait if rules.trait in panel.traits else ""
    by = (*((trait,) if trait else ()), *panel.discrete)
    cells = compress(panel, by=by, continuous=panel.continuous)
    main = fit_etwfe(cells, trait=trait or None, strata=panel.discrete)
    study = fit_etwfe(cells, trait=trait or None, strata=panel.discrete, leads=True)
    frame = Frame(main.effects, cells, _inference(rules, main.effects, cells.n_clusters), rules.least_units)
    leads = Frame(study.effects, cells, _inference(rules, study.effects, cells.n_clusters), rules.least_units)
    kinds: dict[str, str | None] = {ALL: None, **(name_groups(main.effects.table, trait) if trait else {})}
    contrasts: tuple[Estimate, ...] = ()
    paths = {group: find_path(frame, leads, group, kind) for group, kind in kinds.items()}
    if FLAGGED in kinds and UNFLAGGED in kinds:
        paths[CONTRAST] = find_contrast_path(frame, leads, ("1", "0"))
        contrasts = (
            frame.say(CONTRAST, _contrast(frame, 0, None)),
            *(frame.say(f"{CONTRAST}_{window_name(a, b)}", _contrast(frame, a, b)) for a, b in rules.windows),
        )
    overall = {
        group: frame.say("overall", frame.mean(choose(frame.effects.table, kind=k))) for group, k in kinds.items()
    }
    windows = {
        group: find_windows(
            frame,
            rules.windows,
            lambda a, b, k=kind: frame.mean(choose(frame.effects.table, kind=k, first=a, last=b)),  # type: ignore[misc]
        )
        for group, kind in kinds.items()
    }
    return IncomeEffects(
        method=main.effects.method,
        estimand="treated_unit_years",
        outcome="outcome",
        scale=panel.scale,
        control="not_yet",
        inference=rules.inference,
        confidence=rules.confidence,
        trait=trait,
        groups=tuple(kinds),
        n_units=panel.n_units,
        n_clusters=panel.n_clusters,
        n_rows=panel.n_rows,
        years=panel.years,
        overall=overall[ALL],
        overall_by=overall,
        paths=paths,
        windows=windows,
        contrasts=contrasts,
        cells=main.effects,
    )


def _inference(rules: IncomeSettings, effects: CellEffects, clusters: int) -> Inference:
    factor = cluster_factor(clusters, effects.n_rows, effects.n_columns)
    return Inference(rules.inference, 1 - rules.confidence, factor, rules.seed)


def _contrast(frame: Frame, first: int, last: int | None) -> Mean:
    one, other = (frame.mean(choose(frame.effects.table, kind=kind, first=first, last=last)) for kind in ("1", "0"))
    return one - other
