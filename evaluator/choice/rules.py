"""What a county asks of a portfolio: limits by any field, sets, dependencies, what is fixed."""

import math
from dataclasses import dataclass, field

DERIVED_TEXT = ("product_family", "product_group", "horizon", "flag", "grade", "cluster")
"""Fields of a rule beside those of the form that hold words: see ``choice.candidates``."""
DERIVED_NUMBERS = ("score", "severity", "start_year")
BASES = ("amount", "chosen", "budget")
FUNDS, COUNT = "funds", "projects"
VENTURE = "venture: "
"""How the name of a rule begins that holds the rows of one joint venture together; the venture's id follows."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A field is one of ``values``, or a number from ``low`` to ``high``; a project that does not state it is not in.

    ``not_values`` turns the words round: any stated value but these.
    """

    field: str
    values: tuple[str, ...] = ()
    not_values: tuple[str, ...] = ()
    low: float = -math.inf
    high: float = math.inf

    @property
    def of_numbers(self) -> bool:
        """Whether the condition bounds a number."""
        return not (self.values or self.not_values)


Where = tuple[Condition, ...]
"""Conditions that all have to hold; none means every project."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A cap or floor.

    Attributes
    ----------
    where
        Which projects are counted.
    measure
        ``funds``, ``projects`` (how many), or a number of the form (``labour_days_year``, ``area_mu``, ``households``).
    at_least, at_most
        In the measure's unit, or a share 0-1 where ``of`` is not ``amount``; ``None`` = no such side.
    of
        ``amount``; ``chosen`` (share of the same measure over all that is chosen ``among``); ``budget`` (share of it).
    each
        A field: the limit holds for each of its values on its own.
    unknown
        What a project counts whose measure is not stated.
    """

    name: str
    where: Where = ()
    measure: str = FUNDS
    at_least: float | None = None
    at_most: float | None = None
    of: str = "amount"
    among: Where = ()
    each: str = ""
    unknown: float = 0.0


@dataclass(frozen=True, slots=True)
class Exclusive:
    """At most ``at_most`` of these projects."""

    name: str
    projects: tuple[str, ...]
    at_most: int = 1


@dataclass(frozen=True, slots=True)
class Dependency:
    """A project is chosen only with all (or one) of those it needs."""

    name: str
    project: str
    needs: tuple[str, ...]
    any_of: bool = False


@dataclass(frozen=True, slots=True)
class Together:
    """All of these projects or none."""

    name: str
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Partial:
    """These projects may be funded in part: nothing, or from ``least_share`` of their cost up to all of it."""

    name: str
    least_share: float
    projects: tuple[str, ...] = ()
    where: Where = ()


@dataclass(frozen=True, slots=True)
class Continuing:
    """New projects only where every continuing one is funded: of the whole list, or of the same value ``within``.

    A continuing project whose total is under ``score_at_least`` does not have to be.
    """

    name: str
    within: str = ""
    score_at_least: float = 0.0


@dataclass(frozen=True, slots=True)
class Rules:
    """All that a chosen portfolio has to satisfy beside the budget."""

    limits: tuple[Limit, ...] = ()
    exclusive: tuple[Exclusive, ...] = ()
    depends: tuple[Dependency, ...] = ()
    together: tuple[Together, ...] = ()
    partial: tuple[Partial, ...] = ()
    continuing: tuple[Continuing, ...] = ()
    fixed_in: tuple[str, ...] = ()
    fixed_out: tuple[str, ...] = ()
    budget_yuan: float | None = None
    addresses: dict[str, str] = field(default_factory=dict, compare=False)
    """Name of each rule to where it stands in the file it was read from."""

    @property
    def needed(self) -> frozenset[str]:
        """Ids that another project needs."""
        return frozenset(project for rule in self.depends for project in rule.needs)
