"""Compare."""


def show_comparing(evaluation, language):
    """Draw."""
