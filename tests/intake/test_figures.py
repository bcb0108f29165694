"""Each pattern reads the sentence it was made for."""

import pytest

from evaluator.domain.fields import FIELDS
from evaluator.intake.figures import FIGURES, LINKS, OFFTAKE, SIZES

SAID = [
    ("households", "带动农户500户", 500),
    ("households", "50 households/5 hectares", 50),
    ("poor_households", "脱贫户413户1782人", 413),
    ("poor_households", "分配给64户低收入户", 64),
    ("persons", "脱贫户413户1782人", 1782),
    ("persons", "受益人口220人", 220),
    ("jobs", "务工100人以上", 100),
    ("jobs", "提供就业岗位50个", 50),
    ("jobs", "吸纳15人就业", 15),
    ("wage_yuan_month", "月工资2500元", 2500),
    ("wage_yuan_month", "每人每年务工收入可达2万元", 20_000 / 12),
    ("benefit_per_household_yuan_year", "户均增收2000元", 2000),
    ("yearly_benefit_yuan", "村集体经济增收12.5万元", 125_000),
    ("yearly_benefit_yuan", "每年租金8万元", 80_000),
    ("revenue_yuan_year", "年产值300万元", 3_000_000),
    ("promised_asset_income_share", "收益不低于5%", 0.05),
    ("promised_asset_income_share", "按投入资金的6%收取固定收益", 0.06),
    ("signed_offtake_share", "订单占比80%", 0.8),
    ("output_per_year", "年产鲜食玉米5000吨", 5000),
    ("construction_months", "建设工期4个月", 4),
    ("construction_months", "工期1年", 12),
    ("benefit_years", "连续分红5年", 5),
    ("asset_life_years", "使用年限20年", 20),
    ("contract_months", "劳动合同1年", 12),
    ("training_days", "开展培训30天", 30),
    ("placement_share", "就业率达到85%", 0.85),
    ("area_mu", "种植花椒500亩", 500),
    ("area_mu", "5 hectares", 75),
    ("heads", "11.3006万羽", 113_006),
    ("heads", "养殖中蜂900桶", 900),
]


def first(key, text):
    for figure in (*FIGURES, *SIZES):
        if figure.key == key and any(hint in text for hint in figure.hints) and (match := figure.pattern.search(text)):
            return figure.value(match)
    return None


@pytest.mark.parametrize(("key", "text", "value"), SAID)
def test_a_figure_is_read(key, text, value):
    assert first(key, text) == pytest.approx(value)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("households", "户均增收2000元"),
        ("households", "建设户厕200户厕"),
        ("jobs", "培训务工300人次"),
        ("yearly_benefit_yuan", "每年收益率5%"),
        ("yearly_benefit_yuan", "流转土地每年租金800元/亩"),
        ("promised_asset_income_share", "满意度不低于95%"),
        ("construction_months", "2023年1月"),
    ],
)
def test_what_only_looks_like_it(key, text):
    assert first(key, text) is None


def test_every_figure_is_a_field_of_numbers():
    assert all(FIELDS[figure.key].is_number for figure in (*FIGURES, *SIZES))
    assert set(LINKS) == set(FIELDS["link_mechanisms"].choices)
    assert {grade for _, grade in OFFTAKE} == set(FIELDS["offtake_grade"].choices)
