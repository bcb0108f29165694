"""Figures stated in prose."""

from evaluator.intake.draft import Draft


def extract_figures(draft: Draft) -> None:
    """Read figures from prose."""
