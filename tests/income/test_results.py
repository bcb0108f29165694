"""An estimate that could not be made holds no number."""

import math

from evaluator.income.results import Caution, Estimate


def test_a_refused_estimate_has_no_number():
    refused = Estimate("overall", refusal=Caution("few_treated", {"found": 3, "needed": 5}))
    assert all(math.isnan(getattr(refused, key)) for key in ("estimate", "se", "low", "high", "p", "df"))
    assert refused.refusal is not None and refused.refusal.values["needed"] == 5
