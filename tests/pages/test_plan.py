import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.pages.plan import VALUES, Plan, known_projects, read_plan, rules_toml, write_plan

NAMES = {key: key for key in ("industry", "township", "flagged", "long", "continuing")}
percents = st.none() | st.integers(0, 100).map(float) | st.just(12.5)
ids = st.lists(st.text("PQ-0123:村\"'", min_size=1, max_size=8), unique=True, max_size=4).map(tuple)
plans = st.builds(
    Plan,
    budget=st.none() | st.integers(-(10**12), 10**12).map(float) | st.just(1234.5),
    value=st.sampled_from(["", *VALUES]),
    industry=percents, township=percents, flagged=percents, long=percents,
    continuing=st.booleans(), fixed_in=ids, fixed_out=ids,
)  # fmt: skip


@given(plans)
def test_a_plan_comes_back_from_its_texts(plan):
    assert read_plan(write_plan(plan)) == (plan, ())


@given(plans)
def test_the_rules_of_a_plan_are_a_rules_file(plan):
    written = tomllib.loads(rules_toml(plan, NAMES))
    limits = {one["name"]: one for one in written.get("limit", [])}
    for key in ("industry", "township", "flagged", "long"):
        asked = getattr(plan, key)
        assert (key in limits) == (asked is not None)
        if asked is not None:
            side = "at_least" if key == "long" else "at_most"
            assert limits[key][side] == pytest.approx(asked / 100)
    assert ("continuing" in written) == plan.continuing
    assert tuple(written.get("fixed", {}).get("in", ())) == plan.fixed_in
    assert plan.has_rules == bool(written)


@pytest.mark.parametrize(
    "text", ["budget:much", "budget:inf", "industry:101", "long:-1", "value:fame", "in:", "nonsense", "flagged"]
)
def test_unusable_texts_are_named(text):
    plan, ignored = read_plan(["budget:5", text])
    assert plan == Plan(budget=5.0)
    assert ignored == (text,)


def test_projects_of_another_list_are_named_and_left_out():
    plan, lost = known_projects(Plan(fixed_in=("a", "x"), fixed_out=("y",)), ["a"])
    assert plan == Plan(fixed_in=("a",))
    assert lost == ("x", "y")
