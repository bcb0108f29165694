"""Choices of the sample county for tests of the report floor."""

from functools import cache
from pathlib import Path

import evaluator as ev

COUNTY = Path(__file__).parents[2] / "sample_projects" / "county"
RULES = """
[[limit]]
each = "township"
of = "budget"
at_most = 0.4
[[limit]]
name = "长效"
where = {benefit_years = {at_least = 5}, kind = "industry", product = {not = "walnut"}}
among = {kind = "industry"}
of = "chosen"
at_least = 0.6
at_most = 1.0
[[limit]]
measure = "labour_days_year"
where = {flag = ["flag", "watch"], grade = "A", horizon = "over_5", product_group = "grain", product_family = "tuber"}
at_most = 100000
[[partial]]
where = {kind = "industry"}
least_share = 0.3
[[exclusive]]
projects = ["MG2025-021", "MG2025-022", "MG2025-023"]
[[depends]]
project = "MG2025-003"
needs = ["MG2025-045", "MG2025-004"]
any = true
[[depends]]
project = "MG2025-005"
needs = ["MG2025-002"]
[[together]]
projects = ["MG2025-029", "MG2025-031"]
[continuing]
within = "township"
[fixed]
out = ["MG2025-044"]
"""
TORN = RULES + '[[limit]]\nname = "户数"\nmeasure = "households"\nat_least = 500\n'


@cache
def evaluation():
    read = ev.read_portfolio
    return ev.evaluate(read(COUNTY / "projects.xlsx"), register=read(COUNTY / "register.csv"))


@cache
def selection(budget=8e6, rules=RULES, **settings):
    changed = evaluation().settings.with_values({f"choice.{key}": value for key, value in settings.items()})
    return ev.choose(evaluation(), budget_yuan=budget, rules=rules, settings=changed)
