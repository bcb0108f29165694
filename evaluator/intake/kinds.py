"""Industry, employment or neither: what a row's type, name and content say it is."""

from evaluator.intake.draft import Draft
from evaluator.intake.listing import Listing


def settle_kinds(draft: Draft, listing: Listing) -> None:
    """Kind, product, stage and nature of every row."""
