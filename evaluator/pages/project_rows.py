"""The rows of one project's page: contributions, parts with rule and evidence, signs, neighbours, the published row."""

import numpy as np
import pandas as pd

from evaluator.domain.fields import FIELDS, Field
from evaluator.domain.portfolio import Evidence
from evaluator.domain.settings import CRITERIA
from evaluator.evaluation import Evaluation
from evaluator.flags import SIGNS
from evaluator.pages.text import say
from evaluator.questions import ASKED
from evaluator.report import wording
from evaluator.report.remarks import say_part_source

EVIDENCE_SYMBOLS = {"given": "✓", "text": "“ ”", "assumed": "≈", "missing": "○"}


def contribution_rows(evaluation: Evaluation, row: int, language: str) -> pd.DataFrame:
    """The waterfall of one total, for ``draw_contributions``."""
    card = evaluation.scorecard
    rows, start = [], 0.0
    for key, weight in zip(CRITERIA, card.weights, strict=True):
        score = float(card.criteria[key].score[row])
        end = start + float(weight) * score
        text = say(
            "project.contribution",
            language,
            points=wording.format_number(end - start, language, decimals=1),
            score=wording.format_score(score, language),
            share=wording.format_share(float(weight), language),
        )
        rows.append(
            {"label": wording.say_criterion(key, language), "start": start, "end": end, "key": key, "text": text}
        )
        start = end
    total = wording.format_interval(card.total[row], card.low[row], card.high[row], language)
    rows.append(
        {"label": wording.say_criterion("total", language), "start": 0.0, "end": start, "key": "total", "text": total}
    )
    return pd.DataFrame(rows)


def part_rows(evaluation: Evaluation, criterion: str, row: int, language: str) -> pd.DataFrame:
    """The parts of one criterion: raw value, value 0-100, weight, rule, and where the facts came from."""
    score = evaluation.scorecard.criteria[criterion]
    mass = float(score.weights.iloc[row].sum())
    rows = []
    for part in score.parts.columns:
        weight = float(score.weights[part].iloc[row])
        if weight <= 0:
            continue
        value = float(score.parts[part].iloc[row])
        rows.append(
            {
                "part": wording.say_part(criterion, part, language),
                "raw": wording.format_input(criterion, part, float(score.inputs[part].iloc[row]), language),
                "value": value,
                "weight": wording.format_share(weight / mass, language),
                "evidence": part_evidence(evaluation, criterion, part, row, language, known=not np.isnan(value)),
                "rule": wording.say_part_rule(criterion, part, evaluation.settings, language),
            }
        )
    return pd.DataFrame(rows)


def part_evidence(evaluation: Evaluation, criterion: str, part: str, row: int, language: str, *, known: bool) -> str:
    """Where a part's facts came from: the form, prose (with its words), a convention, a table or list, nowhere."""
    source = say_part_source(evaluation, criterion, part, row, language)
    if not known:
        missing = evidence_words(Evidence.MISSING, language)
        return say("project.evidence_source", language, evidence=missing, source=source) if source else missing
    key = str(evaluation.scored[row])
    portfolio = evaluation.portfolio
    fields = ASKED.get((criterion, part), ())
    found = {str(portfolio.evidence.loc[key, field]) for field in fields if field in portfolio.evidence}
    found.discard(Evidence.MISSING)
    if not found:
        tables = say("project.from_tables", language)
        return f"▤ {source}" if source else tables
    states = [state for state in ("text", "assumed", "given") if state in found]
    quotes = [portfolio.quotes[(key, field)] for field in fields if (key, field) in portfolio.quotes]
    words = evidence_words(states[0], language)
    if quotes:
        words = say("project.evidence_quote", language, evidence=words, words="；".join(dict.fromkeys(quotes)))
    return say("project.evidence_source", language, evidence=words, source=source) if source else words


def evidence_words(state: str, language: str) -> str:
    """Where a value came from, as symbol and words."""
    return f"{EVIDENCE_SYMBOLS[str(state)]} {wording.say_evidence(str(state), language)}"


def sign_rows(evaluation: Evaluation, key: str, language: str) -> pd.DataFrame:
    """The six degrees of one project, for ``draw_signs``."""
    signs = evaluation.flags.of(key)
    return pd.DataFrame(
        {
            "label": [wording.say_sign_name(sign, language) for sign in SIGNS],
            "degree_or_zero": [0.0 if np.isnan(signs[sign].degree) else signs[sign].degree for sign in SIGNS],
            "on": [signs[sign].on for sign in SIGNS],
            "text": [
                say("project.sign_unknown", language)
                if np.isnan(signs[sign].degree)
                else wording.format_share(signs[sign].degree, language)
                for sign in SIGNS
            ],
            "threshold": evaluation.settings.flags.degree,
        }
    )


def neighbour_rows(evaluation: Evaluation, row: int, language: str) -> pd.DataFrame:
    """Which projects make this one homogeneous, largest share first, what is left of a long list last."""
    found = sorted(evaluation.neighbours[row], key=lambda neighbour: (not neighbour.project_id, -neighbour.share))
    return pd.DataFrame(
        {
            say("neighbours.name", language): [
                " ".join(str(n.name).split()) if n.project_id else say("neighbours.rest", language, count=n.count)
                for n in found
            ],
            say("neighbours.km", language): [
                wording.MISSING
                if not n.project_id
                else say("neighbours.no_km", language)
                if wording.is_missing(n.km)
                else wording.format_quantity(n.km, "km", language)
                for n in found
            ],
            say("neighbours.share", language): [wording.format_share(n.share, language) for n in found],
        }
    )


def fact_rows(evaluation: Evaluation, key: str, language: str) -> pd.DataFrame:
    """The row as it was read: every stated field, its value, where it came from and the words."""
    portfolio = evaluation.portfolio
    rows = []
    for field in FIELDS.values():
        if field.key == "project_id":
            continue
        state = str(portfolio.evidence.loc[key, field.key])
        value = (
            portfolio.amounts.loc[key, field.key]
            if field.key in portfolio.amounts
            else portfolio.frame.loc[key, field.key]
        )
        if state == Evidence.MISSING or wording.is_missing(value):
            continue
        rows.append(
            {
                say("facts.field", language): field.title(language),
                say("facts.value", language): say_value(field, value, language, currency=portfolio.currency),
                say("facts.evidence", language): evidence_words(state, language),
                say("facts.words", language): portfolio.quotes.get((key, field.key), ""),
            }
        )
    return pd.DataFrame(rows)


def say_value(field: Field, value: object, language: str, *, currency: str = "CNY") -> str:
    """One value of the form as people read it."""
    if isinstance(value, tuple):
        return "、".join(wording.say_choice(str(item), language) for item in value)
    if field.kind == "money":
        return wording.format_money(float(value), language, currency)  # type: ignore[arg-type]
    if field.kind == "share":
        return wording.format_percent(float(value), language)  # type: ignore[arg-type]
    if field.kind == "date":
        return wording.format_month(value, language)  # type: ignore[arg-type]
    if field.kind == "category":
        return wording.say_choice(str(value), language)
    if field.kind == "product":
        return wording.say_product(str(value), language)
    if field.kind == "flag":
        return say("facts.yes" if value else "facts.no", language)
    if field.is_number:
        number = wording.format_number(float(value), language, decimals=4 if field.kind == "degrees" else None)  # type: ignore[arg-type]
        return (
            f"{number} {wording.say_unit(field.unit, language)}".strip()
            if field.unit and field.kind != "degrees"
            else number
        )
    return str(value)
