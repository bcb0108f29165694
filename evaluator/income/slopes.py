"""Coefficients of the continuous covariates, with the errors of the estimation."""

import numpy as np

from evaluator.income.average import Mean
from evaluator.income.etwfe import Fit
from evaluator.income.frames import make_inference
from evaluator.income.results import Estimate
from evaluator.income.specification import Specification
from evaluator.income.uncertainty import estimate_mean, with_error


def find_slopes(spec: Specification, fit: Fit | None) -> tuple[Estimate, ...]:
    """One estimate a covariate that varies within units; none for estimators without a single regression."""
    if fit is None or fit.slopes is None or fit.slopes_left is None or fit.slopes_influence is None:
        return ()
    inference = make_inference(spec, fit.effects, fit)
    found = []
    for j, name in enumerate(fit.covariates):
        mean = Mean(float(fit.slopes[j]), fit.slopes_left[:, j], fit.slopes_influence[:, j])
        if inference.kind == "classical" and fit.slopes_unscaled is not None:
            se = float(np.sqrt(fit.sigma2 * fit.slopes_unscaled[j]))
            found.append(with_error(name, mean, se, df=inference.free, alpha=inference.alpha))
        else:
            found.append(estimate_mean(name, mean, inference))
    return tuple(found)
