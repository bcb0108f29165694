"""The rule book: every anchor, weight and threshold with its unit, range and source.

One frozen group a room. Values marked ° in the design are judgements: they are shown beside every score, may be
changed in a TOML file, and every difference from the default is printed with the results.
"""

import json
import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from evaluator.domain.errors import SettingsError
from evaluator.domain.rule_checks import check_book

Anchors = tuple[tuple[float, float], ...]
"""Points (x, value) of a piecewise linear value function; x strictly rising, value 0-100, one direction."""

JUDGEMENT = "judgement of the authors"
CRITERIA = ("demand", "homogeneity", "payback", "advantage")
CHOICES = {"value": ("score_funds", "score", "households"), "cost": ("investment_yuan", "subsidy_yuan")}
"""What may be maximised by a choice, and which amount a project takes from the budget."""
_SEPARATORS = re.compile("[>＞,，]")


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of one setting: unit, smallest and largest value, source."""

    unit: str = ""
    low: float = 0.0
    high: float = 1.0
    source: str = JUDGEMENT


def _rule(default: Any, unit: str = "share", low: float = 0.0, high: float = 1.0, source: str = JUDGEMENT) -> Any:
    return field(default=default, metadata={"rule": Rule(unit, low, high, source)})


def _anchors(default: Anchors, unit: str, low: float = -1e6, high: float = 1e6, source: str = JUDGEMENT) -> Any:
    return field(default=default, metadata={"rule": Rule(unit, low, high, source)})


@dataclass(frozen=True, slots=True)
class WeightSettings:
    """Weight of each criterion in the total; any non-negative numbers, normalised to sum to 1."""

    demand: float = _rule(0.25, high=1e6, source="equal until someone states them")
    homogeneity: float = _rule(0.25, high=1e6, source="equal until someone states them")
    payback: float = _rule(0.25, high=1e6, source="equal until someone states them")
    advantage: float = _rule(0.25, high=1e6, source="equal until someone states them")
    order: str = _rule("", "most important first, > or =", source="none until a committee states one")
    at_least: tuple[float, ...] = _rule((0.0, 0.0, 0.0, 0.0), "share of each", source="all weights until ruled out")
    at_most: tuple[float, ...] = _rule((1.0, 1.0, 1.0, 1.0), "share of each", source="all weights until ruled out")

    def ranking(self) -> tuple[tuple[str, ...], ...]:
        """The stated rank order as groups of equal criteria, most important first; criteria not named are left out."""
        groups = _SEPARATORS.split(self.order.strip()) if self.order.strip() else []
        return tuple(tuple(name.strip() for name in re.split("[=＝]", group)) for group in groups)

    def shares(self) -> tuple[float, float, float, float]:
        """The four weights as shares adding to 1, in the order of ``CRITERIA``."""
        total = self.demand + self.homogeneity + self.payback + self.advantage
        return self.demand / total, self.homogeneity / total, self.payback / total, self.advantage / total


@dataclass(frozen=True, slots=True)
class ScoreSettings:
    """How missing facts, ranges, grades and red lines are handled."""

    missing_value: float = _rule(35.0, "score", 1, 99)
    judge_coverage: float = _rule(0.5)
    interval_low: float = _rule(0.05)
    interval_high: float = _rule(0.95)
    draws: int = _rule(10_000, "draws", 100, 1_000_000, "Monte Carlo error of a share under 0.5 %")
    draws_total: int = _rule(10_000_000, "draws of all projects together", 1_000, 10**9, "memory and time")
    draws_least: int = _rule(1_000, "draws", 100, 1_000_000, "Monte Carlo error of a share under 1.6 %")
    red_line: float = _rule(20.0, "score", 0, 100)
    grade_a: float = _rule(75.0, "score", 0, 100)
    grade_b: float = _rule(60.0, "score", 0, 100)
    grade_c: float = _rule(45.0, "score", 0, 100)
    top_share: float = _rule(0.25)
    anchor_share: float = _rule(0.2, "share of the way to the nearer anchor", 0, 0.49)

    @property
    def range_draws(self) -> int:
        """Draws a score's range is read from: the same however long the list, so that no other row moves a bit."""
        return min(self.draws, self.draws_least)


@dataclass(frozen=True, slots=True)
class DemandSettings:
    """Market demand: anchors and weights of its parts, evidence caps, reach."""

    coverage: Anchors = _anchors(((0.5, 0), (0.8, 40), (1.0, 70), (1.5, 100)), "demand in reach over supply")
    trend: Anchors = _anchors(((-0.05, 0), (0.0, 50), (0.05, 100)), "share a year")
    semi_deviation: Anchors = _anchors(((0.05, 100), (0.15, 50), (0.30, 0)), "share")
    offtake: Anchors = _anchors(((0.0, 0), (0.3, 60), (0.7, 100)), "share of output")
    cobweb: Anchors = _anchors(
        ((0.5, 100), (1.0, 40), (1.5, 0)), "ratio of elasticities", source="Ezekiel 1938; " + JUDGEMENT
    )
    weight_coverage: float = _rule(0.40)
    weight_trend: float = _rule(0.15)
    weight_semi_deviation: float = _rule(0.15)
    weight_offtake: float = _rule(0.20)
    weight_cobweb: float = _rule(0.10)
    evidence_caps: tuple[float, ...] = _rule((40.0, 60.0, 85.0, 100.0), "score", 0, 100)
    offtake_written: float = _rule(0.5)
    offtake_oral: float = _rule(0.2)
    reach_fresh: tuple[float, ...] = _rule((1.0, 4.0), "hours", 0, 1000)
    reach_fruit: tuple[float, ...] = _rule((3.0, 12.0), "hours", 0, 1000)
    reach_dry: tuple[float, ...] = _rule((24.0, 72.0), "hours", 0, 1000)
    reach_commute: tuple[float, ...] = _rule((0.5, 1.5), "hours", 0, 1000)
    reach_migrate: tuple[float, ...] = _rule((24.0, 72.0), "hours", 0, 1000)
    national_volatility: tuple[float, ...] = _rule((0.5, 4.0), "times the national deviation", 0, 100)
    detour: float = _rule(1.6, "road km over straight km", 1, 5, "mountain roads; " + JUDGEMENT)
    speed_km_hour: float = _rule(40.0, "km an hour", 1, 150, "mountain roads; " + JUDGEMENT)
    vacancy_coverage: Anchors = _anchors(((0.5, 0), (0.8, 40), (1.0, 70), (1.5, 100)), "vacancies over workers")
    wage_ratio: Anchors = _anchors(((1.0, 0), (1.3, 60), (1.6, 100)), "wage over alternative wage")
    contract_months: Anchors = _anchors(((3, 0), (12, 60), (24, 100)), "months")
    travel_minutes: Anchors = _anchors(((30, 100), (90, 0)), "minutes")
    placement: Anchors = _anchors(((0.30, 0), (0.60, 60), (0.85, 100)), "share")
    weight_vacancy_coverage: float = _rule(0.35)
    weight_wage_ratio: float = _rule(0.25)
    weight_contract_months: float = _rule(0.20)
    weight_travel_minutes: float = _rule(0.10)
    weight_placement: float = _rule(0.10)


@dataclass(frozen=True, slots=True)
class HomogeneitySettings:
    """Homogeneity with neighbouring projects: reach, reference size, similarity levels, anchors."""

    radius_km: float = _rule(30.0, "km, straight line", 0.1, 1000)
    reference_yuan: float = _rule(600_000.0, "yuan", 1, 1e10, "median of published projects")
    same_product: float = _rule(1.0, "similarity")
    same_family_and_stage: float = _rule(0.6, "similarity")
    same_family: float = _rule(0.2, "similarity")
    complement: float = _rule(0.2, "similarity")
    same_county: float = _rule(0.5, "nearness")
    adjacent_county: float = _rule(0.25, "nearness")
    travel_minutes: float = _rule(0.0, "minutes", 0, 10_000)
    season_factor: float = _rule(1.0, "times the similarity")
    copied_text: float = _rule(0.8, "cosine of two texts", 0.5, 1.0)
    copied_characters: int = _rule(15, "characters", 1, 10_000)
    value: Anchors = _anchors(((0.10, 100), (0.18, 70), (0.30, 30), (0.45, 0)), "homogeneity h, 0-1")
    named_neighbours: int = _rule(50, "neighbours listed for one project", 1, 10_000)


@dataclass(frozen=True, slots=True)
class PaybackSettings:
    """Payback horizon: discount rate, horizon, anchors."""

    rate: float = _rule(
        0.08,
        "share a year",
        -0.99,
        1.0,
        "usual social discount rate in China's public appraisal; shown at 5, 8 and 12 %",
    )
    payback_years: Anchors = _anchors(((3, 100), (5, 80), (8, 40), (12, 0)), "years")
    lasting_years: Anchors = _anchors(((1, 0), (3, 40), (6, 80), (10, 100)), "years")
    lasting_share: float = _rule(0.05, "yearly household benefit over investment")
    horizon_years: float = _rule(10.0, "years", 1, 60)
    horizon_longest: float = _rule(20.0, "years", 1, 60)
    delay_low_years: float = _rule(0.0, "years to first income when nothing is said", 0, 30)
    delay_years: float = _rule(1.0, "years to first income when nothing is said", 0, 30)
    delay_high_years: float = _rule(3.0, "years to first income when nothing is said", 0, 30)
    loss_cap: float = _rule(20.0, "score", 0, 100)
    poverty_line_yuan: float = _rule(0.0, "yuan a person a year", 0, 1e6, "none is built in as fact")
    poverty_line_year: int = _rule(0, "year", 0, 2200, "none is built in as fact")


@dataclass(frozen=True, slots=True)
class RiskSettings:
    """Downside of households: how far price, yield, delay and losses may go."""

    price_sd: float = _rule(0.15, "standard deviation of the logarithm", 0, 2)
    yield_sd: float = _rule(0.15, "standard deviation of the logarithm", 0, 2)
    delay_low_years: float = _rule(0.0, "years", 0, 20)
    delay_high_years: float = _rule(1.0, "years", 0, 20)
    loss_probability_low: float = _rule(0.0, "share a year")
    loss_probability_high: float = _rule(0.2, "share a year")
    loss_share: float = _rule(0.5, "share of output")
    leverage: float = _rule(1.0, "change of the gain over change of the value of output", 0, 20)
    bad_year_share: float = _rule(0.5, "share of the planned gain")
    tail: float = _rule(0.05, "share", 0.001, 0.5)
    draws: int = _rule(1_024, "draws", 100, 1_000_000, "Monte Carlo error of a share under 1.6 %")


@dataclass(frozen=True, slots=True)
class AdvantageSettings:
    """Local advantage: anchors and weights of its five parts."""

    ecology: Anchors = _anchors(((0.0, 0), (1.0, 100)), "limiting factor, 0-1", source="FAO EcoCrop; " + JUDGEMENT)
    specialisation: Anchors = _anchors(((-0.5, 0), (0.0, 40), (0.33, 75), (0.6, 100)), "symmetric location quotient")
    local_history: Anchors = _anchors(((0, 0), (5, 50), (10, 100)), "years")
    brand: Anchors = _anchors(((0.0, 20), (0.6, 60), (1.0, 100)), "none 0, prefecture 0.6, county 1")
    chain: Anchors = _anchors(((0.0, 0), (1.0, 100)), "capacity over output")
    market_hours: Anchors = _anchors(((1, 100), (3, 70), (6, 40), (12, 0)), "hours")
    labour: Anchors = _anchors(((0.5, 100), (1.0, 60), (1.5, 0)), "labour days needed over available")
    local_labour: Anchors = _anchors(((0.2, 0), (0.5, 50), (0.8, 100)), "share")
    skills: Anchors = _anchors(((0.0, 0), (0.5, 50), (1.0, 100)), "training days over days needed")
    jobs_nearby: Anchors = _anchors(((0.0, 0), (0.2, 50), (0.5, 100)), "posts in daily reach over households")
    craft: Anchors = _anchors(((0.0, 0), (0.6, 70), (1.0, 100)), "none 0, craft 0.6, heritage 1")
    weight_ecology: float = _rule(0.25)
    weight_specialisation: float = _rule(0.25)
    weight_brand: float = _rule(0.15)
    weight_chain: float = _rule(0.20)
    weight_reach: float = _rule(0.15)
    prior_mass: float = _rule(0.05, "share of the county's output")
    short_cycle_days: float = _rule(120.0, "days", 0, 366)
    warmer_c: float = _rule(5.0, "°C", 0, 30)
    season_slack: float = _rule(0.75, "share of the shortest cycle", 0, 0.99)
    half_labour: float = _rule(0.5, "share")
    daily_minutes: tuple[float, ...] = _rule((30.0, 90.0), "minutes", 0, 1000)
    skill_days: tuple[float, ...] = _rule((3.0, 20.0, 60.0), "days", 0.1, 1000)


@dataclass(frozen=True, slots=True)
class FlagSettings:
    """Short, flat and fast: where each sign begins (degree 0) and is full (degree 1)."""

    short_benefit_years: tuple[float, ...] = _rule((5.0, 2.0), "years", 0, 60)
    short_half_life: tuple[float, ...] = _rule((3.0, 1.0), "years", 0, 60)
    short_contract_months: tuple[float, ...] = _rule((12.0, 3.0), "months", 0, 600)
    flat_value_added: tuple[float, ...] = _rule((0.40, 0.15), "share of revenue")
    flat_training_days: tuple[float, ...] = _rule((20.0, 3.0), "days", 0, 1000)
    flat_wage_premium: tuple[float, ...] = _rule((0.30, 0.0), "share above the alternative wage")
    fast_share: tuple[float, ...] = _rule((0.15, 0.50), "share of benefit before the next assessment")
    homogeneous_h: tuple[float, ...] = _rule((0.10, 0.30), "homogeneity h")
    thin_offtake: tuple[float, ...] = _rule((0.50, 0.10), "share of output")
    thin_saturation: tuple[float, ...] = _rule((0.7, 1.1), "supply over reachable demand", 0, 100)
    thin_evidence: tuple[float, ...] = _rule((3.0, 0.0), "grade", 0, 3)
    subsidy_share: tuple[float, ...] = _rule((0.20, 0.60), "share of the yearly household benefit")
    degree: float = _rule(0.5, "degree", 0.01)
    watch_severity: float = _rule(35.0, "severity", 0, 100)


_PRESS_2018 = "opinion piece in the press; no law"
_PRESS_2019 = "press article on low-end and alike industries; no law"
_LINKS = "notice 9 of the national rural revitalisation administration, as county texts quote it"
_HUOSHAN = "practice in a county's published lists; no law"
_HUARONG = "what a town keeps out of its project library"
_PINGJIANG = "a county's gate for new industry projects"
_PINGJIANG_SORTED = "working definitions of Pingjiang county, 2024; " + JUDGEMENT
_HUBEI = "what a province's money for beautiful villages may not pay for"
_HUOQIU = "what a county names in the notice of an approved project"
_PROMISES = "our reading of promised asset incomes in published lists"


def _switch(default: bool, source: str) -> Any:
    return _rule(default, "on or off", source=source)


def _year(default: int, source: str) -> Any:
    return _rule(default, "year, 0 = not stated", 0, 2100, source)


def _place(default: str, source: str) -> Any:
    return _rule(default, "place, empty = no place's rule", source=source)


@dataclass(frozen=True, slots=True)
class PolicySettings:
    """Readable rules beside the six signs: each on or off, its threshold where it has one, its year and its place."""

    dividend_only: bool = _switch(True, _PRESS_2019)
    dividend_only_year: int = _year(2019, _PRESS_2019)
    dividend_only_place: str = _place("", _PRESS_2019)
    no_link: bool = _switch(True, _LINKS)
    no_link_year: int = _year(2022, _LINKS)
    no_link_place: str = _place("全国", _LINKS)
    fewer_links_than: bool = _switch(False, _HUOSHAN)
    fewer_links_than_kinds: int = _rule(2, "kinds of link", 1, 6, _HUOSHAN)
    fewer_links_than_year: int = _year(0, _HUOSHAN)
    fewer_links_than_place: str = _place("安徽省霍山县", _HUOSHAN)
    no_performance_target: bool = _switch(True, _HUARONG)
    no_performance_target_year: int = _year(2023, _HUARONG)
    no_performance_target_place: str = _place("湖南省华容县梅田湖镇", _HUARONG)
    no_operator_or_plan: bool = _switch(True, _PINGJIANG)
    no_operator_or_plan_year: int = _year(2024, _PINGJIANG)
    no_operator_or_plan_place: str = _place("湖南省平江县", _PINGJIANG)
    same_year: bool = _switch(True, _PRESS_2018)
    same_year_year: int = _year(2018, _PRESS_2018)
    same_year_place: str = _place("", _PRESS_2018)
    short_horizon: bool = _switch(True, _PRESS_2018)
    short_horizon_years: float = _rule(3.0, "years", 0, 60, _PRESS_2018)
    short_horizon_year: int = _year(2018, _PRESS_2018)
    short_horizon_place: str = _place("", _PRESS_2018)
    promised_income_outlives_asset: bool = _switch(True, _PROMISES)
    promised_income_outlives_asset_year: int = _year(0, _PROMISES)
    promised_income_outlives_asset_place: str = _place("", _PROMISES)
    negative_list: bool = _switch(True, _HUBEI)
    negative_list_year: int = _year(2022, _HUBEI)
    negative_list_place: str = _place("湖北省", _HUBEI)
    low_end: bool = _switch(True, _PRESS_2019)
    low_end_yuan_per_household: float = _rule(10_000.0, "yuan", 0, 1e9)
    low_end_year: int = _year(2019, _PRESS_2019)
    low_end_place: str = _place("", _PRESS_2019)
    notice_incomplete: bool = _switch(True, _HUOQIU)
    notice_incomplete_year: int = _year(2024, _HUOQIU)
    notice_incomplete_place: str = _place("安徽省霍邱县", _HUOQIU)


_FLOOR_2023 = "press article quoting the first central document of 2023: an aim, no law"
_FEES = "county lists of 2024 and 2025: share of central money; no law quoted"
_TWO_HORIZONS = "a county report, one long and two short industries; the share: judgement of the authors"


@dataclass(frozen=True, slots=True)
class BalanceSettings:
    """How a county's list is held together: policy tests of the whole list by year and place, and where lines fall."""

    industry_share: bool = _switch(True, _FLOOR_2023)
    industry_share_least: float = _rule(0.60, "share of funds", source=_FLOOR_2023)
    industry_share_year: int = _year(2023, _FLOOR_2023)
    industry_share_place: str = _place("全国", _FLOOR_2023)
    industry_share_xizang: bool = _switch(True, "press report of February 2023")
    industry_share_xizang_least: float = _rule(0.60, "share of funds", source="press report of February 2023")
    industry_share_xizang_year: int = _year(2023, "press report of February 2023")
    industry_share_xizang_place: str = _place("西藏自治区", "press report of February 2023")
    industry_share_inner_mongolia: bool = _switch(True, "regional newspaper of 23 May 2022")
    industry_share_inner_mongolia_least: float = _rule(
        0.55, "share of funds", source="regional newspaper of 23 May 2022"
    )
    industry_share_inner_mongolia_year: int = _year(2022, "regional newspaper of 23 May 2022")
    industry_share_inner_mongolia_place: str = _place("内蒙古自治区", "regional newspaper of 23 May 2022")
    industry_share_shaanxi: bool = _switch(True, "provincial newspaper of 2016, in a copy")
    industry_share_shaanxi_least: float = _rule(
        0.70, "share of funds", source="provincial newspaper of 2016, in a copy"
    )
    industry_share_shaanxi_year: int = _year(2016, "provincial newspaper of 2016, in a copy")
    industry_share_shaanxi_place: str = _place("陕西省", "provincial newspaper of 2016, in a copy")
    fee_share: bool = _switch(True, _FEES)
    fee_share_most: float = _rule(0.01, "share of funds", source=_FEES)
    fee_share_year: int = _year(2024, _FEES)
    fee_share_place: str = _place("全国", _FEES)
    linked_share: bool = _switch(True, _LINKS)
    linked_share_least: float = _rule(1.0, "share of industry projects", source=_LINKS)
    linked_share_year: int = _year(2022, _LINKS)
    linked_share_place: str = _place("全国", _LINKS)
    long_share: bool = _switch(True, _TWO_HORIZONS)
    long_share_least: float = _rule(0.20, "share of funds", source=_TWO_HORIZONS)
    long_share_year: int = _year(0, _TWO_HORIZONS)
    long_share_place: str = _place("", _TWO_HORIZONS)
    flagged_share: bool = _switch(False, JUDGEMENT)
    flagged_share_most: float = _rule(0.30, "share of funds")
    flagged_share_year: int = _year(0, JUDGEMENT)
    flagged_share_place: str = _place("", JUDGEMENT)
    product_share: bool = _switch(False, JUDGEMENT)
    product_share_most: float = _rule(0.40, "share of funds")
    product_share_year: int = _year(0, JUDGEMENT)
    product_share_place: str = _place("", JUDGEMENT)
    long_years: float = _rule(5.0, "years of benefit, above which a project is long", 0, 60)
    short_years: float = _rule(3.0, "years of benefit, up to which a project is short", 0, 60)
    cluster_seed: int = _rule(1, "seed of the communities", 0, 2**31 - 1)
    cluster_resolution: float = _rule(1.0, "resolution of the communities", 0.01, 100, "Blondel et al. 2008: 1")
    cluster_projects: int = _rule(3_000, "projects in one network", 2, 100_000, "time")
    cluster_links: int = _rule(20, "strongest links kept of each project", 1, 10_000, "time")


@dataclass(frozen=True, slots=True)
class CalibrationSettings:
    """From when on outcomes of past projects calibrate the severity of flags."""

    least_labels: int = _rule(30, "labelled past projects", 4, 10**6)
    least_failures: int = _rule(10, "past projects that failed", 2, 10**6)
    least_successes: int = _rule(10, "past projects that lasted", 2, 10**6)
    least_counties: int = _rule(3, "counties with labelled projects", 2, 3000)
    isotonic_from: int = _rule(
        1_000,
        "labelled past projects",
        4,
        10**7,
        "Niculescu-Mizil and Caruana 2005: isotonic regression needs about 1,000",
    )
    bins: int = _rule(5, "groups of the reliability curve", 2, 20)
    confidence: float = _rule(0.95, "share", 0.5, 0.999, "usual")


@dataclass(frozen=True, slots=True)
class CategorySettings:
    """The four categories of existing projects: what counts as a middling market, a payback and links that hold."""

    market_score: float = _rule(45.0, "score", 0, 100, _PINGJIANG_SORTED)
    links_least: int = _rule(1, "kinds of link", 1, 6, _LINKS)
    life_share: float = _rule(1.0, "payback over asset life", 0.1, 5, _PINGJIANG_SORTED)


_ETWFE = "Wooldridge 2025"
_FEW_CLUSTERS = "simulation with 12 to 200 villages; " + JUDGEMENT


@dataclass(frozen=True, slots=True)
class IncomeSettings:
    """Long-term income effects from a panel of households or villages; the line is ``payback.poverty_line_yuan``."""

    outcome: str = _rule("auto", "auto, income or log", source="read from the column")
    scale: str = _rule("log", "log, asinh or level")
    deflator: str = _rule("", "year = index, … or a column; empty: as they are", source="none is built in as fact")
    deflator_base_year: int = _rule(0, "year, 0 = not stated", 0, 2200, "none is built in as fact")
    trait: str = _rule("trait_short_flat_fast", "column")
    discrete: str = _rule("", "columns, separated by commas")
    continuous: str = _rule("", "columns, separated by commas")
    window_from: tuple[int, ...] = _rule((0, 3, 5), "years since the start", 0, 60)
    window_to: tuple[int, ...] = _rule((2, 4, 7), "years since the start", 0, 60)
    estimator: str = _rule(
        "etwfe",
        "etwfe, imputation, sun_abraham, callaway_santanna, twfe, pooled or ancova",
        source="Wooldridge 2025",
    )
    control: str = _rule("not_yet", "not_yet or never")
    adjustment: str = _rule("doubly_robust", "doubly_robust or regression", source="Sant'Anna & Zhao 2020")
    base: str = _rule("universal", "universal or varying")
    leads: bool = _rule(True, "on or off")
    baseline: str = _rule("all", "all, last or none")
    inference: str = _rule("jackknife", "jackknife, cluster, wild, classical, hc1, hc2 or hc3", source=_FEW_CLUSTERS)
    confidence: float = _rule(0.95, "share", 0.5, 0.999, "usual")
    least_treated: int = _rule(5, "clusters with a project", 2, 10_000, _FEW_CLUSTERS)
    least_untreated: int = _rule(5, "clusters without a project", 2, 10_000, _FEW_CLUSTERS)
    least_units: int = _rule(10, "households shown together", 5, 10_000)
    units_apart: float = _rule(300.0, "times the usual income", 10, 1e6)
    wild_replications: int = _rule(999, "draws", 99, 1_000_000, "usual")
    permutations: int = _rule(999, "draws", 99, 1_000_000, "usual")
    seed: int = _rule(20_260_101, "number", 0, 2**31, "any number; equal seeds give equal results")

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """First and last year since the start of each window, e.g. ``((0, 2), (3, 4), (5, 7))``; the last: long run."""
        return tuple((int(first), int(last)) for first, last in zip(self.window_from, self.window_to, strict=True))

    @property
    def discrete_columns(self) -> tuple[str, ...]:
        """Covariates that are constant within a unit and few-valued."""
        return _names(self.discrete)

    @property
    def continuous_columns(self) -> tuple[str, ...]:
        """Numeric covariates that may vary by year."""
        return _names(self.continuous)

    @property
    def deflator_column(self) -> str:
        """The column that states the price level, where ``deflator`` names one."""
        return "" if re.search(r"[=＝]|^\s*\d", self.deflator) else self.deflator.strip()

    @property
    def price_index(self) -> dict[int, float]:
        """Price level by year, from ``deflator``; empty when incomes are as they are or a column states the level."""
        pairs = [] if self.deflator_column else [pair.split("=") for pair in _names(self.deflator.replace("＝", "="))]
        return {int(year): float(level) for year, level in pairs}


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in re.split("[,，;；、]", text) if name.strip()))


@dataclass(frozen=True, slots=True)
class ChoiceSettings:
    """Choosing under a budget: what is maximised, what a project costs, how long the solver may take."""

    value: str = _rule("score_funds", "score_funds, score or households")
    cost: str = _rule("investment_yuan", "investment_yuan or subsidy_yuan")
    red_lines_out: bool = _rule(True, "on or off")
    ventures_together: bool = _rule(True, "on or off")
    time_limit_s: float = _rule(5.0, "seconds", 0.05, 3600)
    gap: float = _rule(1e-3, "share of the value", 0, 0.5)
    core_draws: int = _rule(200, "draws", 1, 1_000, "Monte Carlo error of a share under 3.6 %")
    core_from: float = _rule(0.95, "share of the draws")
    out_to: float = _rule(0.05, "share of the draws")
    frontier_points: int = _rule(8, "portfolios", 2, 50)


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole rule book. Equal settings give equal results; ``differences`` says what was changed."""

    weights: WeightSettings = field(default_factory=WeightSettings)
    score: ScoreSettings = field(default_factory=ScoreSettings)
    demand: DemandSettings = field(default_factory=DemandSettings)
    homogeneity: HomogeneitySettings = field(default_factory=HomogeneitySettings)
    payback: PaybackSettings = field(default_factory=PaybackSettings)
    advantage: AdvantageSettings = field(default_factory=AdvantageSettings)
    flags: FlagSettings = field(default_factory=FlagSettings)
    risk: RiskSettings = field(default_factory=RiskSettings)
    policy: PolicySettings = field(default_factory=PolicySettings)
    calibration: CalibrationSettings = field(default_factory=CalibrationSettings)
    categories: CategorySettings = field(default_factory=CategorySettings)
    choice: ChoiceSettings = field(default_factory=ChoiceSettings)
    balance: BalanceSettings = field(default_factory=BalanceSettings)
    income: IncomeSettings = field(default_factory=IncomeSettings)

    def __post_init__(self) -> None:
        for key, value, rule in self.rules():
            _check_value(key, value, rule)
        _check_weights(self.weights)
        _check_income(self.income)
        if not sum(getattr(self.weights, name) for name in CRITERIA) > 0:
            raise SettingsError("weights", 0, "some_weight")
        if not self.score.interval_low < self.score.interval_high:
            raise SettingsError("score.interval_low", self.score.interval_low, "below", other="score.interval_high")

        for key, known in CHOICES.items():
            found = getattr(self.choice, key)
            if found not in known:
                raise SettingsError(f"choice.{key}", found, "one_of", choices=", ".join(known))
        check_book({key: value for key, value, _ in self.rules()}, _defaults())

    def rules(self) -> Iterator[tuple[str, Any, Rule]]:
        """Every setting as (``group.key``, value, rule), in the order of the book."""
        for group in fields(self):
            values = getattr(self, group.name)
            for entry in fields(values):
                yield f"{group.name}.{entry.name}", getattr(values, entry.name), entry.metadata["rule"]

    def differences(self) -> dict[str, tuple[Any, Any]]:
        """Each setting that is not the default: ``group.key`` to (default, value)."""
        default = _defaults()
        return {key: (default[key], value) for key, value, _ in self.rules() if value != default[key]}

    def with_values(self, values: Mapping[str, Any]) -> "Settings":
        """A copy with ``{"group.key": value}`` changed.

        Raises ``SettingsError`` for unknown keys and impossible values; it names all of them.
        """
        changed: dict[str, dict[str, Any]] = {}
        known = {key: (value, rule) for key, value, rule in self.rules()}
        faults: list[SettingsError] = []
        for key, value in values.items():
            group, _, name = key.partition(".")
            try:
                changed.setdefault(group, {})[name] = _read_value(key, value, known)
            except SettingsError as fault:
                faults.append(fault)
        if faults:
            raise SettingsError.together(faults)
        return replace(self, **{group: replace(getattr(self, group), **new) for group, new in changed.items()})

    @classmethod
    def from_toml(cls, text: str) -> "Settings":
        """Read a rule book; what it does not name keeps its default.

        Raises ``SettingsError`` when the text is not TOML, keys are unknown or values impossible; it names all of them.
        """
        try:
            groups = tomllib.loads(text)
        except tomllib.TOMLDecodeError as fault:
            raise SettingsError("TOML", str(fault), "toml") from fault
        loose = [SettingsError(key, value, "group") for key, value in groups.items() if not isinstance(value, dict)]
        if loose:
            raise SettingsError.together(loose)
        return cls().with_values(
            {f"{group}.{key}": value for group, values in groups.items() for key, value in values.items()}
        )

    def to_toml(self, *, only_differences: bool = False) -> str:
        """Write the rule book as TOML that ``from_toml`` reads back unchanged."""
        return _write_toml(self, only_differences)


@lru_cache(maxsize=128)
def _write_toml(book: Settings, only_differences: bool) -> str:
    kept = book.differences() if only_differences else None
    lines: list[str] = []
    group = ""
    for key, value, rule in book.rules():
        if kept is not None and key not in kept:
            continue
        if key.split(".")[0] != group:
            group = key.split(".")[0]
            lines += ["", f"[{group}]"]
        lines.append(f"{key.split('.')[1]} = {json.dumps(value, ensure_ascii=False)}  # {rule.unit}")
    return "\n".join(lines).lstrip() + "\n"


@cache
def _defaults() -> dict[str, Any]:
    """Every setting at its default, read from the groups themselves."""
    return {
        f"{group.name}.{entry.name}": entry.default
        for group in fields(Settings)
        for entry in fields(group.default_factory)  # type: ignore[arg-type]
    }


def _read_value(key: str, value: Any, known: Mapping[str, tuple[Any, Rule]]) -> Any:
    """A value in the shape of the one it replaces and within its range."""
    if key not in known:
        raise SettingsError(key, value, "known_key", near=", ".join(_near(key, tuple(known))))
    old, rule = known[key]
    read = _like(key, value, old)
    _check_value(key, read, rule)
    return read


def _near(key: str, known: tuple[str, ...]) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong key pays for it

    return get_close_matches(key, known, n=3, cutoff=0.3) or list(known[:3])


def _like(key: str, value: Any, default: Any) -> Any:
    """``value`` in the shape of ``default`` (TOML lists become tuples)."""
    if isinstance(default, tuple):
        listed = isinstance(value, list | tuple)
        if listed and isinstance(default[0], tuple):
            return _like_anchors(key, value)
        if not listed or not all(_is_number(item) for item in value) or not _has_length(key, value, default):
            raise SettingsError(key, value, "list", example=json.dumps(default))
        return tuple(tuple(item) if isinstance(item, list | tuple) else item for item in value)
    if isinstance(default, bool | str):
        if not isinstance(value, type(default)):
            raise SettingsError(key, value, "like", example=json.dumps(default, ensure_ascii=False))
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SettingsError(key, value, "number", example=json.dumps(default))
    if not isinstance(default, int):
        return _as_float(value)
    if not (math.isfinite(_as_float(value)) and _as_float(value).is_integer()):
        raise SettingsError(key, value, "whole", example=json.dumps(default))
    return int(value)


def _as_float(number: float) -> float:
    """A number as a float; one too large for a float is endless, and refused by its range."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def _like_anchors(key: str, value: Any) -> Anchors:
    """Points of two numbers each; anything else could not even be compared."""
    pairs = [tuple(item) if isinstance(item, list | tuple) else () for item in value]
    if not all(len(pair) == 2 and all(map(_is_number, pair)) for pair in pairs):
        raise SettingsError(key, value, "pairs")
    return tuple((x, score) for x, score in pairs)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _has_length(key: str, value: Any, default: tuple[Any, ...]) -> bool:
    """Begin and end, or one number for each grade, weight or skill; windows of the income effects are of any number."""
    return len(value) == len(default) or key.startswith("income.") or key in _OWN_CHECK


_OWN_CHECK = frozenset({"weights.at_least", "weights.at_most"})


def _check_value(key: str, value: Any, rule: Rule) -> None:
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        _check_anchors(key, value, rule)
        return
    if isinstance(value, str):
        return
    numbers = value if isinstance(value, tuple) else (value,)
    if not numbers or not all(isinstance(n, int | float) and rule.low <= n <= rule.high for n in numbers):
        raise SettingsError(key, value, "range", low=f"{rule.low:,.15g}", high=f"{rule.high:,.15g}", unit=rule.unit)


def _check_weights(weights: WeightSettings) -> None:
    named = [name for group in weights.ranking() for name in group]
    if len(set(named)) < len(named) or not set(named) <= set(CRITERIA) or len(named) == 1:
        raise SettingsError("weights.order", weights.order, "order", known=" > ".join(CRITERIA))
    for key in ("at_least", "at_most"):
        if len(getattr(weights, key)) != len(CRITERIA):
            raise SettingsError(f"weights.{key}", getattr(weights, key), "four_shares", known=", ".join(CRITERIA))


_INCOME_WORDS = {
    "outcome": ("auto", "income", "log"),
    "scale": ("log", "asinh", "level"),
    "estimator": ("etwfe", "imputation", "sun_abraham", "callaway_santanna", "twfe", "pooled", "ancova"),
    "control": ("not_yet", "never"),
    "adjustment": ("doubly_robust", "regression"),
    "base": ("universal", "varying"),
    "baseline": ("all", "last", "none"),
    "inference": ("jackknife", "cluster", "wild", "classical", "hc1", "hc2", "hc3"),
}


def _check_income(income: IncomeSettings) -> None:
    for name, known in _INCOME_WORDS.items():
        if getattr(income, name) not in known:
            raise SettingsError(f"income.{name}", getattr(income, name), "one_of", choices=", ".join(known))
    whole = all(float(year).is_integer() for year in (*income.window_from, *income.window_to))
    if not whole or len(income.window_from) != len(income.window_to) or any(a > b for a, b in income.windows):
        raise SettingsError("income.window_to", income.window_to, "windows")
    try:
        positive = all(level > 0 for level in income.price_index.values())
    except ValueError:
        positive = False
    if not positive:
        raise SettingsError("income.deflator", income.deflator, "price_index")


def _check_anchors(key: str, anchors: Anchors, rule: Rule) -> None:
    if len(anchors) < 2 or any(len(pair) != 2 for pair in anchors):
        raise SettingsError(key, anchors, "anchors", low=f"{rule.low:,.15g}", high=f"{rule.high:,.15g}")
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(anchors)]
    monotone = all(dv >= 0 for _, dv in steps) or all(dv <= 0 for _, dv in steps)
    inside = all(rule.low <= x <= rule.high and 0 <= v <= 100 for x, v in anchors)
    if not (monotone and inside and all(dx > 0 for dx, _ in steps)):
        raise SettingsError(key, anchors, "anchors", low=f"{rule.low:,.15g}", high=f"{rule.high:,.15g}")
