"""Choose."""


def show_choosing(evaluation, language):
    """Draw."""
