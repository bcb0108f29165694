"""Extended two-way fixed effects: the same as the dense reference, in every replicate."""

import numpy as np
import pytest

from evaluator.income.etwfe import fit_etwfe
from tests.income.reference_etwfe import fit
from tests.income.simulate import TRAIT, draw


@pytest.mark.parametrize("villages", [12, 50])
@pytest.mark.parametrize("leads", [False, True])
def test_equals_the_dense_reference(villages, leads):
    cells = draw(np.random.default_rng(villages), villages).cells()
    ours, reference = fit_etwfe(cells, trait=TRAIT, leads=leads).effects, fit(cells, trait=TRAIT, leads=leads)
    np.testing.assert_allclose(ours.theta, reference.theta, atol=1e-12)
    np.testing.assert_allclose(ours.influence, reference.influence, atol=1e-12)
    seen = reference.replicate_weight > 0
    np.testing.assert_allclose(ours.replicates[seen], reference.replicates[seen], atol=1e-11)
    np.testing.assert_allclose(ours.replicate_weight, reference.replicate_weight)
    assert ours.method == ("sun_abraham" if leads else "etwfe")
