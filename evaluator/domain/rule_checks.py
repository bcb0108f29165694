"""What a rule book cannot say, beyond the range of each setting: reversed ramps, reversed anchors, crossed limits."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from evaluator.domain.errors import SettingsError

FREE = ("weights.", "income.")
"""Groups whose lists have checks of their own."""
RISING: tuple[tuple[str, ...], ...] = (
    ("score.grade_c", "score.grade_b", "score.grade_a"),
    ("homogeneity.same_family", "homogeneity.same_family_and_stage", "homogeneity.same_product"),
    ("homogeneity.adjacent_county", "homogeneity.same_county"),
    ("payback.delay_low_years", "payback.delay_years", "payback.delay_high_years"),
    ("risk.delay_low_years", "risk.delay_high_years"),
    ("risk.loss_probability_low", "risk.loss_probability_high"),
    ("choice.out_to", "choice.core_from"),
    ("balance.short_years", "balance.long_years"),
)
"""Settings of which none may be above the next."""


def check_book(values: Mapping[str, Any], default: Mapping[str, Any]) -> None:
    """Check what two settings, or two numbers of one, say together.

    Raises ``SettingsError``: a list or anchors that run the other way than the default (more demand can never be worth
    less), a ramp without a slope, a lower limit above an upper one.
    """
    lists = {key: v for key, v in values.items() if isinstance(v, tuple) and not key.startswith(FREE)}
    faults = [
        SettingsError(key, value, need) for key, value in lists.items() if (need := _wrong_way(value, default[key]))
    ]
    faults += [
        SettingsError(low, values[low], "at_most", other=high, bound=f"{values[high]:g}")
        for chain in RISING
        for low, high in pairwise(chain)
        if values[low] > values[high]
    ]
    if faults:
        raise SettingsError.together(faults)


def _wrong_way(value: tuple[Any, ...], default: tuple[Any, ...]) -> str:
    """What is needed of a list or anchors that run another way than the default; empty for the same way."""
    if isinstance(value[0], tuple):
        found, expected = value[-1][1] - value[0][1], default[-1][1] - default[0][1]
        return "" if found * expected >= 0 else "anchors_up" if expected > 0 else "anchors_down"
    rises = default[-1] > default[0]
    strict = len(value) == 2  # a ramp needs a slope
    if any((a >= b if strict else a > b) if rises else (a <= b if strict else a < b) for a, b in pairwise(value)):
        return "list_up" if rises else "list_down"
    return ""
