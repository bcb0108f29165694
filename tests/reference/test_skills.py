"""Words for skills and craft."""

import pytest

from evaluator.reference.skills import name_skill, rate_craft


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("电焊、搬运", "trade"),
        ("彝绣", "craft"),
        ("普工", "simple"),
        ("sewing", "trade"),
        ("packing", "simple"),
        ("", None),
    ],
)
def test_the_most_demanding_skill_counts(text, skill):
    assert name_skill(text) == skill


@pytest.mark.parametrize(
    ("text", "level"),
    [("彝族漆器非遗工坊", 1.0), ("银饰加工", 0.6), ("lacquerware", 0.6), ("漆树种植", 0.0), ("白银市种植", 0.0)],
)
def test_craft_is_heard_and_trees_and_towns_are_none(text, level):
    assert rate_craft(text) == level
