"""A rules file in TOML is read whole, or refused with every place where it is wrong."""

import math

import pytest

from evaluator.choice.rules import Condition, Continuing, Dependency, Exclusive, Limit, Partial, Together
from evaluator.domain.errors import TableError
from tests.choice.made import pose

WHOLE = """
budget_yuan = 4_000_000
[fixed]
in = ["P01"]
out = ["P02", "P03"]
[[limit]]
name = "cap"
where = {product = ["potato", "pig"], kind = {not = "employment"}, benefit_years = {at_least = 3, at_most = 9}}
among = {kind = "industry"}
measure = "households"
of = "chosen"
at_least = 0.1
at_most = 0.5
each = "township"
unknown = 7
[[exclusive]]
name = "sites"
projects = ["P04", "P05", "P06"]
at_most = 2
[[depends]]
project = "P07"
needs = ["P08", "P09"]
any = true
[[together]]
projects = ["P04", "P08"]
[[partial]]
projects = ["P09"]
least_share = 0.25
[[partial]]
where = {township = "甲乡"}
least_share = 0.5
[continuing]
within = "township"
score_at_least = 40
"""


def test_every_kind_of_rule_is_read():
    rules = pose(None, WHOLE).rules
    assert rules.limits == (
        Limit(
            name="cap",
            where=(
                Condition("product", values=("potato", "pig")),
                Condition("kind", not_values=("employment",)),
                Condition("benefit_years", low=3.0, high=9.0),
            ),
            measure="households",
            at_least=0.1,
            at_most=0.5,
            of="chosen",
            among=(Condition("kind", values=("industry",)),),
            each="township",
            unknown=7.0,
        ),
    )
    assert rules.exclusive == (Exclusive("sites", ("P04", "P05", "P06"), 2),)
    assert rules.depends == (Dependency("depends 1", "P07", ("P08", "P09"), True),)
    assert rules.together == (Together("together 1", ("P04", "P08")),)
    assert rules.partial == (
        Partial("partial 1", 0.25, ("P09",)),
        Partial("partial 2", 0.5, (), (Condition("township", values=("甲乡",)),)),
    )
    assert rules.continuing == (Continuing("continuing", "township", 40.0),)
    assert (rules.fixed_in, rules.fixed_out, rules.budget_yuan) == (("P01",), ("P02", "P03"), 4e6)
    assert rules.addresses["cap"] == "limit 1" and rules.addresses["sites"] == "exclusive 1"


def test_a_limit_that_says_little_is_a_cap_on_funds():
    (limit,) = pose(rules="[[limit]]\nat_most = 5\n").rules.limits
    assert limit == Limit(name="limit 1", at_most=5.0)
    (open_end,) = pose(rules="[[limit]]\nwhere = {score = {at_least = 50}}\nat_most = 5\n").rules.limits[0].where
    assert open_end.high == math.inf


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("[[limit]\n", {"E_RULES_TOML"}),
        ("foo = 1\n", {"E_RULES_KEY"}),
        ("limit = 3\n", {"E_RULES_TABLE"}),
        ("[[limit]]\nat_most = -1\n", {"E_RULES_NUMBER"}),
        ('[[limit]]\nat_most = "ten"\n', {"E_RULES_NUMBER"}),
        ('[[limit]]\nof = "chosen"\nat_most = 2\n', {"E_RULES_NUMBER"}),
        ("[[limit]]\n", {"E_RULES_NO_BOUND"}),
        ('[[limit]]\nof = "all"\nat_most = 1\n', {"E_RULES_OF"}),
        ('[[limit]]\nof = "budget"\nmeasure = "households"\nat_most = 1\n', {"E_RULES_OF"}),
        ('[[limit]]\nmeasure = "beauty"\nat_most = 1\n', {"E_RULES_FIELD"}),
        ('[[limit]]\neach = "score"\nat_most = 1\n', {"E_RULES_FIELD"}),
        ('[[limit]]\nwhere = {colour = "red"}\nat_most = 1\n', {"E_RULES_FIELD"}),
        ('[[limit]]\nwhere = {kind = "road"}\nat_most = 1\n', {"E_RULES_VALUE"}),
        ('[[limit]]\nwhere = "all"\nat_most = 1\n', {"E_RULES_WHERE"}),
        ("[[limit]]\nwhere = {score = 3}\nat_most = 1\n", {"E_RULES_RANGE"}),
        ("[[limit]]\nwhere = {score = {at_least = 3, at_most = 2}}\nat_most = 1\n", {"E_RULES_CROSSED"}),
        ("[[limit]]\nwhere = {kind = {at_least = 3}}\nat_most = 1\n", {"E_RULES_WORDS"}),
        ('[[limit]]\namong = {kind = "industry"}\nat_most = 1\n', {"E_RULES_AMONG"}),
        ('[[limit]]\nname = "x"\nat_most = 1\n[[limit]]\nname = "x"\nat_most = 1\n', {"E_RULES_NAME"}),
        ('[[limit]]\nname = ""\nat_most = 1\n', {"E_RULES_LIST"}),
        ('[[exclusive]]\nprojects = ["P01", "P99"]\n', {"E_RULES_PROJECT"}),
        ("[[exclusive]]\n", {"E_RULES_MISSING"}),
        ('[[exclusive]]\nprojects = ["P01", "P02"]\nat_most = 1.5\n', {"E_RULES_NUMBER"}),
        ('[[depends]]\nproject = "P01"\nneeds = ["P02"]\nany = "yes"\n', {"E_RULES_SWITCH"}),
        ('[[depends]]\nproject = ["P01", "P03"]\nneeds = ["P02"]\n', {"E_RULES_ONE_PROJECT"}),
        ('[[depends]]\nproject = "P01"\nneeds = ["P01"]\n', {"E_RULES_SELF"}),
        ("[[partial]]\nleast_share = 0.5\n", {"E_RULES_PARTIAL"}),
        ('[[partial]]\nprojects = ["P01"]\nleast_share = 0\n', {"E_RULES_NUMBER"}),
        ('[[partial]]\nprojects = ["P01"]\n', {"E_RULES_NUMBER"}),
        ("budget_yuan = 0\n", {"E_RULES_NUMBER"}),
        ('[[limit]]\nof = "x"\nat_most = -1\nwhere = {kind = "road", foo = 1}\n',
         {"E_RULES_OF", "E_RULES_NUMBER", "E_RULES_VALUE", "E_RULES_FIELD"}),
    ],
)  # fmt: skip
def test_every_fault_is_told(text, codes):
    with pytest.raises(TableError) as told:
        pose(rules=text)
    assert {issue.code for issue in told.value.issues} == codes
    for issue in told.value.issues:
        for language in ("en", "zh"):
            assert issue.message(language) and issue.needed(language) and issue.remedy(language)
