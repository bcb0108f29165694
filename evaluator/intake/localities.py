"""Where a project is: county from columns, title or file name; township and village out of one cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evaluator.domain.portfolio import Evidence
from evaluator.intake.columns import Column
from evaluator.intake.draft import Draft
from evaluator.intake.listing import Listing


@dataclass(frozen=True, slots=True)
class Locality:
    """The county a list is about."""

    code: str | None = None
    name: str | None = None


def find_locality(*texts: str) -> Locality:
    """The county named by the first text that names one."""
    return Locality()


def settle_places(
    draft: Draft, listing: Listing, columns: Sequence[Column], *, place: str | None, file: str
) -> Locality:
    """County, township and village of every row; answers the list's own county."""
    return Locality()
