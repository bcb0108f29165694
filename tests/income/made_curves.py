"""A small trait-curve model with every part in it, and the same model as one dense Gaussian."""

import numpy as np

from evaluator.income.curves import COHORT_LIKENESS, Array, Curves, correlation, curve_design, hats

EVENTS, KNOTS = np.arange(5.0), np.array([0.0, 2.0, 4.0])
STARTS = np.array([2003.0, 2004.0, 2006.0])
PATTERN = np.array([0.1, 0.2, 0.05, 0.1, -0.1, -0.3])


def make_curves(seed: int = 0, *, projects: int = 7, noise: float = 1.0, unseen: bool = True) -> Curves:
    """Projects with two traits in three cohorts, own and shared errors, and years that are not seen."""
    random = np.random.default_rng(seed)
    traits = np.column_stack([random.integers(0, 2, projects), random.normal(size=projects)]).astype(float)
    seen = np.ones((projects, len(EVENTS)), bool)
    if unseen:
        seen[: projects // 2, 3:] = False
        seen[1, 1] = False
    both = seen[:, :, None] * seen[:, None, :]
    root = random.normal(size=(projects, 5, 5)) * 0.1
    own = noise * (root @ np.swapaxes(root, 1, 2) + 0.01 * np.eye(5)) * both
    common = np.sqrt(noise) * random.normal(size=(projects, 5, 2)) * 0.05 * seen[:, :, None]
    y = random.normal(size=(projects, 5)) * 0.2 * seen
    design = curve_design(traits, hats(EVENTS, KNOTS))
    cohort = np.arange(projects) % 3
    return Curves(y, seen, design, own, common, cohort, STARTS, EVENTS, KNOTS, main=2, pattern=PATTERN)


class Dense:
    """Prior covariances of all effects, seen or not, and of the estimates, written out."""

    def __init__(self, curves: Curves, tau: float, rho: float, omega: float) -> None:
        self.curves, self.rows = curves, curves.seen.ravel()
        self.at = tau, rho, omega
        self.prior = curves.prior
        of = np.arange(len(curves.y))
        self.effects = self.between(curves.design, curves.starts[curves.cohort], of, of)
        n, e = curves.y.shape
        errors = np.zeros((n, e, n, e))
        for p in range(n):
            errors[p, :, p, :] += curves.own[p]
        errors += np.einsum("per,qfr->peqf", curves.common, curves.common)
        self.errors = errors.reshape(n * e, n * e)
        self.data = (self.effects + self.errors)[np.ix_(self.rows, self.rows)]
        self.y = curves.y.ravel()[self.rows]

    def between(self, design: Array, starts: Array, project: Array, same: Array) -> Array:
        """Covariance of the effects of some projects (rows) with those of the curves' own projects (columns)."""
        tau, rho, omega = self.at
        c = self.curves
        like = correlation(starts, c.starts[c.cohort], COHORT_LIKENESS)
        pattern, own = (one[:, :, : len(c.pattern)] @ c.pattern for one in (design, c.design))
        shared = omega**2 * like[:, None, :, None] * pattern[:, :, None, None] * own[None, None, :, :]
        lone = tau**2 * (project[:, None] == same)[:, None, :, None] * correlation(c.events, c.events, rho)[:, None, :]
        curve = np.einsum("neq,qr,mfr->nemf", design, self.prior, c.design)
        m, e = c.y.shape
        return (shared + lone + curve).reshape(len(design) * e, m * e)

    def log_likelihood(self) -> float:
        """Of the estimates, all coefficients integrated out."""
        _, logdet = np.linalg.slogdet(self.data)
        return float(-0.5 * (logdet + self.y @ np.linalg.solve(self.data, self.y)))

    def condition(self, cross: Array, prior: Array) -> tuple[Array, Array]:
        """Mean and covariance of effects given the estimates; ``cross`` with all, ``prior`` their own covariance."""
        cross = cross[:, self.rows]
        gain = np.linalg.solve(self.data, cross.T).T
        return gain @ self.y, prior - gain @ cross.T

    def gain(self) -> Array:
        """Weights of the estimates in the predictions of the running projects."""
        return np.asarray(np.linalg.solve(self.data, self.effects[:, self.rows].T).T)
