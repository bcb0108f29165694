"""Results as tables: the ranking people read, the issues of a file, and the flat table that files carry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluator.domain.settings import CRITERIA
from evaluator.flags import SIGNS
from evaluator.language import phrase
from evaluator.report.changed import edited_fields, write_differences
from evaluator.report.checked import describe_issue, describe_portfolio
from evaluator.report.numbers import MISSING, format_interval, format_rank, format_score, format_share
from evaluator.report.scored import describe_evaluation
from evaluator.report.signs import say_level
from evaluator.report.terms import say_criterion, say_field, say_grade, say_severity

if TYPE_CHECKING:
    from evaluator.domain.errors import Issue
    from evaluator.evaluation import Evaluation

__all__ = [
    "describe_evaluation",
    "describe_issue",
    "describe_portfolio",
    "tabulate_issues",
    "tabulate_ranking",
    "tabulate_results",
]
ASKED = 2


def tabulate_ranking(evaluation: Evaluation, language: str, *, ranges: bool = True) -> pd.DataFrame:
    """The scored projects in list order under titles people read; index ``project_id``, all cells text.

    ``ranges`` prints the four criteria with their ranges, as the total always is.
    """
    card, index = evaluation.scorecard, evaluation.scored
    rows = range(len(index))
    columns: dict[str, list[str]] = {
        "rank": [
            format_rank(card.rank[i], card.rank_low[i], card.rank_high[i], bool(card.judged[i]), language) for i in rows
        ],
        "name": [str(name) for name in evaluation.portfolio.frame["name"].loc[index]],
        "total": [format_interval(card.total[i], card.low[i], card.high[i], language) for i in rows],
    }
    for name in CRITERIA:
        score = card.criteria[name]
        columns[name] = [
            format_interval(score.score[i], score.low[i], score.high[i], language)
            if ranges
            else format_score(score.score[i], language)
            for i in rows
        ]
    columns["p_top"] = [format_share(share, language) for share in card.p_top]
    columns["grade"] = [say_grade(str(card.grade[i]), language) if card.judged[i] else MISSING for i in rows]
    columns["flag"] = [say_level(str(level), language) for level in evaluation.flags.level]
    columns["coverage"] = [format_share(share, language) for share in card.coverage]
    comma = phrase("format.list_comma", language)
    columns["ask_next"] = [
        comma.join(say_field(q.field, language) for q in evaluation.questions[str(project)][:ASKED]) or MISSING
        for project in index
    ]
    titles = {key: _title(key, language, top=card.top) for key in columns}
    return pd.DataFrame({titles[key]: values for key, values in columns.items()}, index=index, dtype=object)


def _title(key: str, language: str, *, top: int) -> str:
    if key in (*CRITERIA, "total"):
        return say_criterion(key, language)
    return phrase(f"table.{key}", language, top=top)


def tabulate_issues(issues: Iterable[Issue], language: str) -> pd.DataFrame:
    """The issues of a file, one row each, under titles people read."""
    keys = ("severity", "where", "message", "needed", "remedy", "code")
    rows = [
        (
            say_severity(issue.severity, language),
            issue.where(),
            issue.message(language),
            issue.needed(language),
            issue.remedy(language),
            issue.code,
        )
        for issue in issues
    ]
    return pd.DataFrame(rows, columns=[phrase(f"table.{key}", language) for key in keys], dtype=object)


def tabulate_results(evaluation: Evaluation, language: str = "en") -> pd.DataFrame:
    """All projects in list order, one row each, flat ``snake_case`` columns in full precision; missing is empty.

    Reasons and what would clear them are sentences in ``language``.
    """
    described = describe_evaluation(evaluation, language)
    table = pd.DataFrame([_flat(project) for project in described["projects"]], columns=list(_flat(_SHAPE)))
    table["as_of"], table["fingerprint"], table["version"] = (
        described[key] for key in ("as_of", "fingerprint", "version")
    )
    table["settings_changed"] = write_differences(evaluation.settings)
    edited = edited_fields(evaluation.portfolio)
    table["edited_by_hand"] = [edited.get(project, "") for project in table["project_id"]]
    return _typed(table)


_NUMBERS = ("total", "total_low", "total_high", "rank", "rank_low", "rank_high", "p_top", "coverage")
_PAYBACK = (
    "payback_years",
    "discounted_payback_years",
    "npv_yuan",
    "irr",
    "irr_roots",
    "half_life_years",
    "lasting_years",
)
_SHAPE: dict[str, Any] = {
    "flag": {"signs": {sign: {} for sign in SIGNS}, "rules": []},
    **{name: {} for name in CRITERIA},
    "ask_next": [],
    "red_lines": [],
}


def _flat(project: dict[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {key: project.get(key) for key in ("project_id", "name", "kind", "scored")}
    flat |= {key: project.get(key) for key in _NUMBERS}
    flat |= {key: project.get(key) for key in ("judged", "grade")}
    for name in CRITERIA:
        score = project[name]
        flat |= {name: score.get("score"), f"{name}_low": score.get("low"), f"{name}_high": score.get("high")}
    near, money, flag = project["homogeneity"], project["payback"], project["flag"]
    flat |= {key: near.get(key) for key in ("h", "h_low", "h_high", "h_with_round")}
    flat |= {key: money.get(key) for key in (*_PAYBACK, "payback_status")}
    flat |= {"rivals": project.get("rivals"), "flag_level": flag.get("level"), "flag_severity": flag.get("severity")}
    flat["p_failure"] = flag.get("p_failure")
    flat["rules_failed"] = " ".join(rule["key"] for rule in flag["rules"] if rule["result"] == "fail")
    for sign, said in flag["signs"].items():
        flat |= {sign: said.get("degree"), f"{sign}_reason": said.get("reason"), f"{sign}_clears": said.get("clears")}
    flat["ask_next"] = " ".join(question["field"] for question in project["ask_next"])
    flat["red_lines"] = " ".join(project["red_lines"])
    return flat


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """Number columns as float64 and the rest as text, whatever is missing, so that files have one type a column."""
    text = {"project_id", "name", "kind", "grade", "payback_status", "rivals", "flag_level", "ask_next", "red_lines"}
    text |= {"rules_failed", "settings_changed", "edited_by_hand"}
    text |= {"as_of", "fingerprint", "version"} | {f"{sign}_{what}" for sign in SIGNS for what in ("reason", "clears")}
    kinds = {key: object if key in text else bool if key in ("scored", "judged") else "float64" for key in table}
    return table.astype(kinds)
