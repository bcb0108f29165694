"""How alike two products are: the same product, the same family and stage, the same family, or unlike.

Where a product is unknown or named only in general ("livestock"), likeness has a least and a most beside what is
known.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from evaluator.reference.lexicon import match_product, products

Similarity = tuple[float, ...]
"""Likeness of the same product, the same family and stage, the same family, and (last, unless equal to the third) of
a processor beside those who grow, raise or gather in its family."""

PRIMARY = frozenset({"grow", "raise", "gather"})
ACTIVITY_ONLY = frozenset({"planting", "processing"})
"""General products that name an activity and could stand for any family."""


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """What is known of a product; ``""`` is unknown.

    ``wide``: the family is a general word ("livestock") that spans the families of ``group``.
    """

    family: str = ""
    stage: str = ""
    product: str = ""
    group: str = ""
    wide: bool = False

    @property
    def certain(self) -> bool:
        """Whether product, family and stage are all known."""
        return bool(self.family and self.stage and self.product)


def describe(word: str, family: str = "", stage: str = "") -> Kind:
    """What is known of a product from its word and from the family and stage stated beside it."""
    match = match_product(word) if word and word not in products() else None
    listed = products().get(match.product_id if match else word)
    if listed is None:
        return Kind(family, stage, f"word:{word.casefold()}" if word else "")
    said = stage or (match.stage if match else "") or listed.stage
    known = Kind(family or listed.family, said, "" if listed.generic else listed.product_id)
    if family or not listed.generic:
        return known
    spanned = _family_groups()
    if listed.family in ACTIVITY_ONLY:
        return replace(known, wide=True)
    specific = any(p.family == listed.family and p.stage == listed.stage and not p.generic for p in products().values())
    group = spanned[listed.family]
    alone = [name for name in spanned if spanned[name] == group] == [listed.family]
    return known if specific or alone else replace(known, group=group, wide=True)


def known_likeness(a: Kind, b: Kind, similarity: Similarity) -> float:
    """Likeness of two kinds by what is known of both, 0–1."""
    if a.product and (a.product, a.family, a.stage) == (b.product, b.family, b.stage):
        return similarity[0]
    if not a.family or a.family != b.family:
        return 0.0
    if a.stage and a.stage == b.stage:
        return similarity[1]
    return similarity[-1] if are_complements(a.stage, b.stage) else similarity[2]


def are_complements(one: str, other: str) -> bool:
    """Whether one stage processes what the other grows, raises or gathers."""
    return (one == "process" and other in PRIMARY) or (other == "process" and one in PRIMARY)


def lowest_likeness(a: Kind, b: Kind, similarity: Similarity) -> float:
    """Likeness two kinds have at the least: none is sure where a family is only a general word."""
    if a.wide or b.wide:
        return 0.0
    known = known_likeness(a, b, similarity)
    related = bool(a.family) and a.family == b.family and known < similarity[0]
    stages = {a.stage, b.stage}
    may_complete = "" in stages and (stages == {""} or "process" in stages or bool(stages & PRIMARY))
    return min(known, similarity[-1]) if related and may_complete else known


def highest_likeness(a: Kind, b: Kind, similarity: Similarity) -> float:
    """Likeness two kinds may have at the most, whatever the unknown turns out to be."""
    known = known_likeness(a, b, similarity)
    if a.certain and b.certain:
        return known
    if a.wide or b.wide:
        family = not (_group_of(a) and _group_of(b)) or _group_of(a) == _group_of(b)
    else:
        family = not (a.family and b.family) or a.family == b.family
    if not family:
        return known
    if a.stage and b.stage and a.stage != b.stage:
        return max(known, similarity[-1] if are_complements(a.stage, b.stage) else similarity[2])
    return similarity[0]


def _group_of(kind: Kind) -> str:
    return kind.group if kind.wide else _family_groups().get(kind.family, "")


@cache
def _family_groups() -> dict[str, str]:
    """The group most of a family's products stand in; processing counts only where there is nothing else."""
    votes: dict[str, Counter[str]] = {}
    for product in sorted(products().values(), key=lambda p: p.product_id):
        weight = 1 if product.stage == "process" else 1000
        votes.setdefault(product.family, Counter())[product.group] += weight
    return {family: count.most_common(1)[0][0] for family, count in votes.items()}
