"""Every fault of a list at once."""

from collections.abc import Sequence

import numpy as np

from evaluator.intake.amounts import MoneyReading
from evaluator.intake.columns import Column
from evaluator.intake.draft import Draft
from evaluator.intake.listing import Listing


def check_draft(
    draft: Draft, listing: Listing, columns: Sequence[Column], money: MoneyReading
) -> tuple[float | None, float | None]:
    """Check a whole draft; answers the sum of its rows and the total the list prints, in its currency."""
    amounts = np.asarray(draft.column("investment_yuan")[~draft.left_out], dtype=float)
    return (float(np.nansum(amounts)) if np.isfinite(amounts).any() else None), None
