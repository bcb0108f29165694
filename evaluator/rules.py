"""Readable rules beside the six signs: what counties, notices and the press ask of one project.

A rule passes, fails, or cannot be told; it never changes a score or a flag level. Year, place and threshold are
settings, because most are one county's practice and none is claimed as law. Sentences are made in the report floor.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from evaluator.criteria.policy_rules import NOTICE, TESTS, Rows, Tested
from evaluator.domain.portfolio import Evidence, Portfolio
from evaluator.domain.settings import PolicySettings

RESULTS = ("pass", "fail", "cannot_tell")


@dataclass(frozen=True, slots=True)
class Rule:
    """One readable rule: key (also of its settings), theme, the setting of its threshold, the facts it reads."""

    key: str
    theme: str
    threshold: str = ""
    fields: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()


RULES: tuple[Rule, ...] = (
    Rule("dividend_only", "linkage", fields=("link_mechanisms",), clears=("link_mechanisms",)),
    Rule("no_link", "linkage", fields=("link_mechanisms", "nature"), clears=("link_mechanisms",)),
    Rule("fewer_links_than", "linkage", "fewer_links_than_kinds", ("link_mechanisms",), ("link_mechanisms",)),
    Rule("no_performance_target", "entry", fields=("performance_target",), clears=("performance_target",)),
    Rule("no_operator_or_plan", "entry", "", ("plan", "operator", "link_mechanisms", "nature")),
    Rule("same_year", "horizon", fields=("start", "end", "first_income"), clears=("first_income",)),
    Rule("short_horizon", "horizon", "short_horizon_years", ("benefit_years",), ("benefit_years",)),
    Rule(
        "promised_income_outlives_asset", "asset income", "",
        ("promised_asset_income_share", "asset_life_years"), ("promised_asset_income_share",),
    ),
    Rule("negative_list", "negative list", fields=("content",), clears=("content",)),
    Rule(
        "low_end", "short, flat and fast", "low_end_yuan_per_household",
        ("product", "investment_yuan", "households", "content", "operator"), ("link_mechanisms",),
    ),
    Rule("notice_incomplete", "process", fields=NOTICE),
)  # fmt: skip
RULE: Mapping[str, Rule] = {rule.key: rule for rule in RULES}


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule on one project.

    Attributes
    ----------
    result
        ``pass``, ``fail`` or ``cannot_tell``.
    value
        What was read: a number, words quoted from the row, keys of links, fields that are empty.
    threshold
        The bound, NaN where the rule has none.
    missing
        Form fields without which it cannot be told.
    clears
        Form field to the value that clears a failing rule; words are to be taken out of the fields they stand in.
    """

    key: str
    result: str
    value: float | tuple[str, ...] | None
    threshold: float
    missing: tuple[str, ...]
    clears: Mapping[str, float | str]
    year: int
    place: str
    source: str


@dataclass(frozen=True, slots=True)
class RuleResults:
    """The rules in force over n scored projects; ``of(id)`` lists those that apply to one."""

    index: pd.Index
    tested: Mapping[str, Tested]
    settings: PolicySettings

    def of(self, project_id: str) -> tuple[RuleResult, ...]:
        """Every rule that is on and applies to this project, in the order of the book."""
        row = self.index.get_loc(project_id)
        if not isinstance(row, int):  # pragma: no cover - ids are unique
            raise KeyError(project_id)
        return tuple(self._read(key, tested, row) for key, tested in self.tested.items() if tested.applies[row])

    def failing(self) -> dict[str, list[str]]:
        """Each rule to the ids of the projects that fail it."""
        return {key: [str(i) for i in self.index[t.applies & t.fails]] for key, t in self.tested.items()}

    def _read(self, key: str, tested: Tested, row: int) -> RuleResult:
        failing, unknown = bool(tested.fails[row]), bool(tested.unknown[row])
        threshold, value = float(tested.thresholds[row]), tested.values[row]
        source = PolicySettings.__dataclass_fields__[key].metadata["rule"].source
        return RuleResult(
            key=key,
            result="fail" if failing else "cannot_tell" if unknown else "pass",
            value=value,
            threshold=threshold,
            missing=tuple(tested.lacking[row]) if unknown and not failing else (),
            clears=_clearing(key, value, threshold) if failing else {},
            year=getattr(self.settings, f"{key}_year"),
            place=getattr(self.settings, f"{key}_place"),
            source=source,
        )


def _clearing(key: str, value: object, threshold: float) -> dict[str, float | str]:
    """The smallest change of the project's own facts that lets a failing rule pass."""
    if key in ("no_operator_or_plan", "notice_incomplete"):
        return dict.fromkeys(value if isinstance(value, tuple) else (), "stated")
    fixed: dict[str, dict[str, float | str]] = {
        "dividend_only": {"link_mechanisms": "+own work"},
        "no_link": {"link_mechanisms": "+own work"},
        "no_performance_target": {"performance_target": "stated"},
        "low_end": {"link_mechanisms": "+contract"},
        "negative_list": {"content": "without"},
    }
    return fixed.get(key) or {RULE[key].clears[0]: threshold}


def find_rules(portfolio: Portfolio, scored: pd.Index, *, settings: PolicySettings) -> RuleResults:
    """Hold every rule that is on against the scored projects of a list.

    A list without a column for a fact cannot be held to it: its projects cannot be told, they do not fail.
    """
    rows = Rows(portfolio.frame.loc[scored], portfolio.amounts.loc[scored], stated_columns(portfolio), settings)
    tested = {rule.key: TESTS[rule.key](rows) for rule in RULES if getattr(settings, rule.key)}
    return RuleResults(index=scored, tested=tested, settings=settings)


def stated_columns(portfolio: Portfolio) -> frozenset[str]:
    """Form fields that a heading of the list names, or that one of its rows states."""
    named = {key for reading in portfolio.readings for key in reading.columns.values() if key is not None}
    evidence = portfolio.evidence
    given = evidence.columns[(evidence.to_numpy(object) == Evidence.GIVEN).any(axis=0)]
    return frozenset(named | {str(key) for key in given})
