import altair as alt
import pytest

LANGUAGES = ("en", "zh")


def named(node, key):
    """Every value under ``key`` anywhere in a spec."""
    if isinstance(node, dict):
        yield from (value for name, value in node.items() if name == key and isinstance(value, str))
        for value in node.values():
            yield from named(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from named(value, key)


@pytest.fixture
def check_spec():
    """A spec is valid Vega-Lite, holds no table of its own, and asks only for the columns it documents."""

    def check(spec, columns):
        alt.Chart.from_dict({**spec, "data": {"name": "rows"}}).to_dict()
        assert "data" not in spec
        assert "image" not in set(named(spec, "field")), "a field of that name would fetch pictures"
        assert set(named(spec, "field")) <= columns
        assert "http" not in str(
            {**spec, "layer": [{k: v for k, v in part.items() if k != "data"} for part in spec["layer"]]}
        )

    return check
