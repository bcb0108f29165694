"""What a reader asks of a portfolio by simple controls: a budget, a definition of value, a few rules.

A plan is a tuple of texts such as ``budget:8000000``, ``flagged:10``, ``in:P-7``; ``read_plan`` settles it, and
``rules_toml`` writes it as the rules file that anyone can download, extend and upload.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evaluator.domain.settings import CHOICES

MOST_FIXED = 40
LONGEST_ID = 120
PERCENTS = ("industry", "township", "flagged", "long")
"""Rules given in percent of the chosen funds: largest share of one industry, of one township, of flagged projects,
least share of projects that pay for over five years."""
VALUES = CHOICES["value"]


@dataclass(frozen=True, slots=True)
class Plan:
    """A budget in yuan (``None``: not given), what is made largest (empty: as the rule book says), and simple rules.

    ``industry``, ``township``, ``flagged`` are caps and ``long`` a floor, in percent of the chosen funds; ``None`` = no
    such rule. ``continuing`` funds new projects only after all continuing ones. ``fixed_in`` and ``fixed_out`` are ids.
    """

    budget: float | None = None
    value: str = ""
    industry: float | None = None
    township: float | None = None
    flagged: float | None = None
    long: float | None = None
    continuing: bool = False
    fixed_in: tuple[str, ...] = ()
    fixed_out: tuple[str, ...] = ()

    @property
    def has_rules(self) -> bool:
        """Whether anything but the budget and the value is asked."""
        percents = any(getattr(self, key) is not None for key in PERCENTS)
        return percents or self.continuing or bool(self.fixed_in or self.fixed_out)


def read_plan(texts: Sequence[str]) -> tuple[Plan, tuple[str, ...]]:
    """The plan that texts of a link state, and the texts that state nothing usable.

    A budget may be any finite number: whether it can be spent is for the choice to say.
    """
    given: dict[str, object] = {}
    fixed: dict[str, list[str]] = {"in": [], "out": []}
    ignored = []
    for text in texts:
        key, _, value = text.partition(":")
        number = _number(value)
        if key == "budget" and number is not None:
            given["budget"] = number
        elif key in PERCENTS and number is not None and 0 <= number <= 100:
            given[key] = number
        elif key == "value" and value in VALUES:
            given["value"] = value
        elif text == "continuing":
            given["continuing"] = True
        elif key in fixed and value and len(fixed[key]) < MOST_FIXED:
            fixed[key].append(value[:LONGEST_ID])
        else:
            ignored.append(text)
    sides = {f"fixed_{side}": tuple(dict.fromkeys(ids)) for side, ids in fixed.items()}
    return Plan(**given, **sides), tuple(ignored)  # type: ignore[arg-type] # each key has its own type


def write_plan(plan: Plan) -> tuple[str, ...]:
    """The texts of a plan, in one order, so that equal plans have equal links."""
    said = [f"budget:{_plain(plan.budget)}"] if plan.budget is not None else []
    said += [f"value:{plan.value}"] if plan.value else []
    percents = [(key, getattr(plan, key)) for key in PERCENTS]
    said += [f"{key}:{_plain(value)}" for key, value in percents if value is not None]
    said += ["continuing"] if plan.continuing else []
    said += [f"in:{key}" for key in plan.fixed_in] + [f"out:{key}" for key in plan.fixed_out]
    return tuple(said)


def known_projects(plan: Plan, ids: Iterable[str]) -> tuple[Plan, tuple[str, ...]]:
    """The plan without projects a list does not have, and those ids."""
    here = set(ids)
    lost = tuple(key for key in (*plan.fixed_in, *plan.fixed_out) if key not in here)
    fixed_in, fixed_out = (tuple(key for key in side if key in here) for side in (plan.fixed_in, plan.fixed_out))
    return replace(plan, fixed_in=fixed_in, fixed_out=fixed_out), lost


def rules_toml(plan: Plan, names: dict[str, str]) -> str:
    """The rules of a plan as a rules file; ``names`` gives each kind of rule its name in the reader's language."""
    scored = 'kind = ["industry", "employment"]'
    blocks = []
    if plan.industry is not None:
        blocks.append(_limit(names["industry"], 'each = "product_group"', f"at_most = {_share(plan.industry)}"))
    if plan.township is not None:
        blocks.append(_limit(names["township"], 'each = "township"', f"at_most = {_share(plan.township)}"))
    if plan.flagged is not None:
        asked = ('where = {flag = "flag"}', f"among = {{{scored}}}", f"at_most = {_share(plan.flagged)}")
        blocks.append(_limit(names["flagged"], *asked))
    if plan.long is not None:
        asked = ('where = {horizon = "over_5"}', f"among = {{{scored}}}", f"at_least = {_share(plan.long)}")
        blocks.append(_limit(names["long"], *asked))
    if plan.continuing:
        blocks.append(f"[continuing]\nname = {json.dumps(names['continuing'], ensure_ascii=False)}\n")
    if plan.fixed_in or plan.fixed_out:
        sides = ((side, ids) for side, ids in (("in", plan.fixed_in), ("out", plan.fixed_out)) if ids)
        lines = [f"{side} = {json.dumps(list(ids), ensure_ascii=False)}" for side, ids in sides]
        blocks.append("[fixed]\n" + "\n".join(lines) + "\n")
    return "\n".join(blocks)


def _limit(name: str, *lines: str) -> str:
    asked = "\n".join(lines)
    return f'[[limit]]\nname = {json.dumps(name, ensure_ascii=False)}\nof = "chosen"\n{asked}\n'


def _share(percent: float) -> str:
    return f"{percent / 100:.6g}" if percent % 100 else f"{percent / 100:.1f}"


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _plain(value: float) -> str:
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.12g}"
