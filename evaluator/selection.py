"""From an evaluated list to the projects to fund: the best portfolio, how firm each place in it is, what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from evaluator.balance import Balance
from evaluator.choice.baselines import HABITS, Baseline, fund_by
from evaluator.choice.chosen import Choice, choose_projects, slide_weights
from evaluator.choice.core import CoreIndex, measure_core
from evaluator.choice.frontier import Comparison, FrontierPoint, compare_choices, trace_frontier
from evaluator.choice.price import BudgetPrice, price_budget, price_rules, slide_budget
from evaluator.choice.problem import Problem, pose_problem
from evaluator.choice.rules import Rules
from evaluator.criteria.score import Array
from evaluator.domain.errors import Issue, TableError
from evaluator.domain.portfolio import Portfolio
from evaluator.domain.settings import Settings
from evaluator.evaluation import Evaluation, evaluate


@dataclass(frozen=True, slots=True)
class Selection:
    """Which projects to fund under a budget, and everything that helps to judge that answer.

    Attributes
    ----------
    evaluation
        The scored list.
    choice
        The portfolio of largest value, how every rule stands in it, its certified gap; or, where no portfolio
        satisfies the rules, which conflict and how little would have to give way (``choice.conflict``).
    core
        Core, borderline or out for each project that can be chosen; ``None`` when it was not asked for.
    price
        What more or less budget would be worth; ``None`` where there is no portfolio or it was not asked for.
    rule_prices
        (kind, name) of each rule that costs value to the value that could be gained if it fell, the dearest first.
    baselines
        What funding by value for money, by rank and in the order of the list would do, with the rules each breaks.
    fingerprint
        Hash of the evaluation, the budget and the rules: same inputs, same answer.
    """

    evaluation: Evaluation
    choice: Choice
    core: CoreIndex | None
    price: BudgetPrice | None
    rule_prices: Mapping[tuple[str, str], float]
    baselines: tuple[Baseline, ...]
    fingerprint: str

    @property
    def problem(self) -> Problem:
        """The question: what can be chosen, budget, rules, settings."""
        return self.choice.problem

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the chosen projects in list order."""
        return self.choice.chosen

    @property
    def shares(self) -> Mapping[str, float]:
        """Each chosen project with its funded share (1 = in full), in list order."""
        return self.choice.shares

    def frontier(self, measure: str, *, time_limit_s: float | None = None) -> tuple[FrontierPoint, ...]:
        """What safety costs: the largest value at each level of ``risk`` or of ``flagged`` funds, loosest first."""
        return trace_frontier(self.problem, self.choice, measure=measure, time_limit_s=time_limit_s)

    def balance(self) -> Balance:
        """The balance of what is chosen, projects funded in part with that part of their amounts."""
        return self.evaluation.balance_of(self.shares)

    def against(self, other: "Selection") -> Comparison:
        """What is given up and gained on the way from this portfolio to the other."""
        return compare_choices(self.choice, other.choice)

    def slide_weights(self, weights: Array) -> Array:
        """Funded shares (n,) of the candidates at other weights of the criteria, at once (linear relaxation)."""
        return slide_weights(self.problem, weights)

    def slide_budget(self, budget_yuan: float) -> Array:
        """Funded shares (n,) of the candidates at another budget, at once (linear relaxation)."""
        return slide_budget(self.problem, budget_yuan)


def choose(
    listed: Portfolio | Evaluation,
    *,
    budget_yuan: float | None = None,
    rules: Rules | str | Path | None = None,
    settings: Settings | None = None,
    time_limit_s: float | None = None,
    core: bool = True,
    prices: bool = True,
    **tables: Any,  # noqa: ANN401 - the side tables of ``evaluate``, each of its own type
) -> Selection:
    """Choose the projects of largest value under a budget and a county's rules.

    Parameters
    ----------
    listed
        A list of projects, or one already evaluated.
    budget_yuan
        What there is to spend, yuan, above 0; goes before the ``budget_yuan`` of the rules.
    rules
        Caps, floors, shares, sets and the like (docs/methods.md, section 11): ready ``Rules``, the text of a rules
        file (TOML), or its path. None: the budget alone.
    settings
        The rule book. For a list already evaluated only its group ``choice`` is read.
    time_limit_s
        Longest time for the portfolio, and again for the core index; a setting (5 s) unless given.
    core
        Whether to measure core, borderline and out (the slower half).
    prices
        Whether to measure what more budget is worth and what each rule costs.
    **tables
        ``register``, ``places``, ``markets``, ``prices``, ``vacancies``, ``flows``, ``as_of`` as in ``evaluate``.

    Returns
    -------
    Selection
        Frozen. Where rules conflict there is no portfolio and ``choice.conflict`` says why.

    Raises
    ------
    TableError
        For an unusable budget or rules, every fault at once, and for lists without amounts in yuan.
    TypeError
        For side tables beside a list already evaluated.

    Examples
    --------
    >>> import evaluator as ev
    >>> portfolio = ev.read_portfolio("sample_projects/county/projects.xlsx")
    >>> found = ev.choose(portfolio, budget_yuan=8_000_000)
    >>> found.choice.status, len(found.chosen) > 0, found.choice.funds <= 8_000_000
    ('optimal', True, True)
    """
    if isinstance(listed, Evaluation):
        if tables:
            raise TypeError(f"the list is evaluated already: {', '.join(tables)} cannot be given")
        evaluation = listed
    else:
        evaluation = evaluate(listed, settings=settings, **tables)
    chosen_settings = evaluation.settings if settings is None else replace(evaluation.settings, choice=settings.choice)
    text, file = _read_rules(rules)
    problem = pose_problem(
        evaluation.portfolio,
        evaluation.scorecard,
        evaluation.flags,
        budget_yuan=budget_yuan,
        rules=text,
        clusters=name_clusters(evaluation) if _names_clusters(text) else None,
        settings=chosen_settings,
        file=file,
    )
    choice = choose_projects(problem, time_limit_s=time_limit_s)
    return Selection(
        evaluation=evaluation,
        choice=choice,
        core=measure_core(problem, time_limit_s=time_limit_s) if core else None,
        price=price_budget(problem, time_limit_s=time_limit_s) if prices and choice.found else None,
        rule_prices=price_rules(choice, time_limit_s=time_limit_s) if prices and choice.found else {},
        baselines=tuple(fund_by(problem, habit) for habit in HABITS),
        fingerprint=_fingerprint(evaluation, problem),
    )


def name_clusters(evaluation: Evaluation) -> dict[str, str]:
    """Project id to its cluster of look-alikes, for rules on clusters; what stands alone is in none."""
    return {member: cluster.cluster_id for cluster in evaluation.network().clusters for member in cluster.members}


def _read_rules(rules: Rules | str | Path | None) -> tuple[Rules | str | None, str]:
    """Rules ready or as text, and the name of the file they come from."""
    if not isinstance(rules, Path):
        return rules, ""
    try:
        return rules.read_bytes().decode("utf-8-sig"), rules.name
    except UnicodeDecodeError as fault:
        raise TableError(Issue("E_RULES_ENCODING", "error", sheet=rules.name)) from fault


def _names_clusters(rules: Rules | str | None) -> bool:
    if isinstance(rules, str):
        return "cluster" in rules
    if rules is None:
        return False
    asked = [
        *((one.where, one.among, one.each) for one in rules.limits),
        *((one.where, (), "") for one in rules.partial),
    ]
    named = {condition.field for where, among, _ in asked for condition in (*where, *among)}
    named |= {each for _, _, each in asked} | {one.within for one in rules.continuing}
    return "cluster" in named


def _fingerprint(evaluation: Evaluation, problem: Problem) -> str:
    """Hash of everything the answer depends on, as 16 hexadecimal characters."""
    rules = replace(problem.rules, addresses={})
    parts = (evaluation.fingerprint, repr(problem.budget_yuan), repr(rules), problem.settings.to_toml())
    return sha256("|".join(parts).encode()).hexdigest()[:16]
