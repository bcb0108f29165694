"""Other coefficients of the regression, with the errors of the estimation: covariates and year effects."""

from functools import partial

import numpy as np
from numpy.typing import NDArray

from evaluator.income.average import Mean
from evaluator.income.etwfe import Fit
from evaluator.income.frames import make_inference
from evaluator.income.results import Estimate
from evaluator.income.specification import Specification
from evaluator.income.uncertainty import estimate_mean, with_error


def find_slopes(spec: Specification, fit: Fit | None) -> tuple[Estimate, ...]:
    """One estimate a covariate that varies within units; none for estimators without a single regression."""
    return _estimates(spec, fit, spec.moving)


def find_waves(spec: Specification, fit: Fit | None) -> tuple[Estimate, ...]:
    """``year_2001`` …: how far units without a project moved since the first year, net of covariates."""
    return _estimates(spec, fit, tuple(f"year_{year}" for year in spec.cells.years[1:]))


def _estimates(spec: Specification, fit: Fit | None, names: tuple[str, ...]) -> tuple[Estimate, ...]:
    if fit is None:
        return ()
    inference = make_inference(spec, fit.effects, fit)
    estimates = []
    for name in names:
        column, found = np.array([fit.further[name]]), fit.solution
        own = np.eye(len(found.beta))[:, column]
        mean = Mean(float(found.beta[column[0]]), found.left(column)[:, 0], partial(_pull, fit, own))
        if inference.kind == "classical":
            se = float(np.sqrt(fit.sigma2 * found.inverse[column[0], column[0]]))
            estimates.append(with_error(name, mean, se, df=inference.free, alpha=inference.alpha))
        else:
            estimates.append(estimate_mean(name, mean, inference))
    return tuple(estimates)


def _pull(fit: Fit, own: NDArray[np.float64]) -> NDArray[np.float64]:
    return fit.solution.influence(own)[:, 0]
