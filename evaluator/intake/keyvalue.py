"""Key-value pages: one or more projects, each a run of heading–value pairs."""

from evaluator.intake.listing import Listing
from evaluator.intake.cells import Sheet


def read_key_values(sheet: Sheet) -> Listing | None:
    """The projects of a key-value page; ``None`` when the sheet is not one."""
    return None
