"""The first sentence of every screen and report, built from the numbers; and what limits them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from evaluator.domain.fields import FIELDS
from evaluator.domain.settings import CRITERIA
from evaluator.language import phrase
from evaluator.report.balance_finding import say_balance_finding
from evaluator.report.numbers import format_money, format_quantity, format_rank, format_score, format_share
from evaluator.report.terms import say_field

if TYPE_CHECKING:
    import pandas as pd

    from evaluator.evaluation import Evaluation

ASKED_FACTS = 3


def say_caution(code: str, evaluation: Evaluation, language: str) -> str:
    """One sentence on what limits the result."""
    return phrase(
        f"caution.{code}",
        language,
        currency=evaluation.portfolio.currency,
        listed=_projects(len(evaluation.unscored), language),
        scored=_projects(len(evaluation.scored), language),
    )


def find_settling_facts(evaluation: Evaluation, limit: int = ASKED_FACTS) -> tuple[tuple[str, int, float], ...]:
    """The facts whose answers would settle most: (field, projects that lack it, points of range settled in all).

    Fields that only serve together, such as an output and its unit, are named by the first.
    """
    projects: Counter[str] = Counter()
    points: dict[str, float] = {}
    whys: dict[str, str] = {}
    for questions in evaluation.questions.values():
        for question in questions:
            projects[question.field] += 1
            points[question.field] = points.get(question.field, 0.0) + question.gain
            whys.setdefault(question.field, question.why)
    chosen: dict[tuple[str, int, float], tuple[str, int, float]] = {}
    position = {key: place for place, key in enumerate(FIELDS)}
    for field in sorted(projects, key=lambda key: (-points[key], -projects[key], position[key])):
        chosen.setdefault(
            (whys[field], projects[field], round(points[field], 6)), (field, projects[field], points[field])
        )
    return tuple(chosen.values())[:limit]


def most_facts_missing(evaluation: Evaluation) -> bool:
    """Whether fewer than half of the scored projects have the facts for a point rank."""
    return 2 * int(evaluation.scorecard.judged.sum()) < len(evaluation.scored)


def say_finding(evaluation: Evaluation, language: str) -> str:
    """What the list says: flags and the best project, its balance, the facts to ask for; see ``say_sentences``."""
    return phrase("format.sentence_gap", language).join(say_sentences(evaluation, language))


def say_sentences(evaluation: Evaluation, language: str) -> list[str]:
    """The finding sentence by sentence: flags and the best project, or what can be judged when most facts are missing;
    then the balance of the money; then the facts that would settle most.
    """
    if not len(evaluation.scored):
        said = [
            phrase(
                "finding.empty",
                language,
                listed=_projects(len(evaluation.unscored), language),
                money=_money_of(evaluation, evaluation.unscored, language),
            )
        ]
    elif most_facts_missing(evaluation):
        said = _say_missing(evaluation, language)
    else:
        said = [phrase("format.sentence_join", language).join(_say_judged(evaluation, language))]
    balance = say_balance_finding(evaluation.balance, language)
    said += [phrase("finding.balance", language, said=balance)] if balance else []
    said += _say_asked(evaluation, language)
    stop = phrase("format.clause_join", language).strip()
    return [part[:1].upper() + part[1:] + stop for part in said]


def _projects(count: int, language: str) -> str:
    return format_quantity(count, "projects", language)


def _money_of(evaluation: Evaluation, rows: pd.Index, language: str) -> str:
    amount = evaluation.portfolio.amounts["investment_yuan"].loc[rows].sum(min_count=1)
    return format_money(float(amount), language, evaluation.portfolio.currency)


def _say_judged(evaluation: Evaluation, language: str) -> list[str]:
    counts = evaluation.flags.level.value_counts()
    flagged, watch, unjudged = (int(counts.get(level, 0)) for level in ("flag", "watch", "cannot_judge"))
    amounts = evaluation.portfolio.amounts["investment_yuan"].loc[evaluation.scored]
    facts = {
        "scored": _projects(len(evaluation.scored), language),
        "money": _money_of(evaluation, evaluation.scored, language),
        "flagged": _projects(flagged, language),
    }
    if amounts.sum() > 0:
        share = amounts[evaluation.flags.level == "flag"].sum() / amounts.sum()
        said = [
            phrase(
                "finding.flagged" if flagged else "finding.flagged_none",
                language,
                **facts,
                share=format_share(float(share), language),
            )
        ]
    else:
        said = [phrase("finding.flagged_uncounted", language, **facts)]
    if watch:
        said.append(phrase("finding.watch", language, watch=_projects(watch, language)))
    if unjudged:
        said.append(phrase("finding.unjudged", language, unjudged=_projects(unjudged, language)))
    return [*said, _say_best(evaluation, language)]


def _say_best(evaluation: Evaluation, language: str) -> str:
    card = evaluation.scorecard
    judged = card.judged.nonzero()[0]
    row = int(min(judged, key=lambda i: (int(card.rank[i]), i)))
    name = evaluation.portfolio.frame["name"].loc[card.index[row]]
    rank = format_rank(card.rank[row], card.rank_low[row], card.rank_high[row], True, language)
    return phrase("finding.best", language, name=name, total=format_score(card.total[row], language), rank=rank)


def _say_missing(evaluation: Evaluation, language: str) -> list[str]:
    card, n = evaluation.scorecard, len(evaluation.scored)
    judged = {
        name: int(card.criteria[name].judged.sum())
        for name in ("homogeneity", *(c for c in CRITERIA if c != "homogeneity"))
    }
    judged["signs"] = int((evaluation.flags.level != "cannot_judge").sum())
    can = [
        phrase(f"finding.can.{name}", language, count=_projects(count, language))
        for name, count in judged.items()
        if count
    ]
    industries = sum(name not in ("other", "unknown") for name in evaluation.balance.by_industry.index)
    if industries:
        can.append(
            phrase("finding.can.concentration", language, count=format_quantity(industries, "industries", language))
        )
    cannot = [
        phrase(f"finding.cannot.{name}", language, count=_projects(n - count, language))
        for name, count in sorted(judged.items(), key=lambda item: item[1])
        if 2 * count < n
    ]
    comma = phrase("format.list_comma", language)
    said = [
        phrase("finding.missing", language, judged=int(card.judged.sum()), scored=n),
        phrase("finding.now", language, facts=comma.join(can)),
    ]
    if cannot:
        said.append(phrase("finding.not_now", language, facts=comma.join(cannot)))
    return said


def _say_asked(evaluation: Evaluation, language: str) -> list[str]:
    """The facts that would settle most, to ask the townships for; nothing where nothing is missing."""
    facts = [
        phrase(
            "finding.fact.asked",
            language,
            field=_lower(say_field(field, language), language),
            count=_projects(count, language),
        )
        for field, count, _ in find_settling_facts(evaluation)
    ]
    comma = phrase("format.list_comma", language)
    return [phrase("finding.ask", language, facts=comma.join(facts))] if facts else []


def _lower(title: str, language: str) -> str:
    return title[:1].lower() + title[1:] if language == "en" else title
