# ruff: noqa: E501 - one row a figure reads better than a wrapped one
"""The patterns by which figures stand in prose: one row a figure, tried in order, the first match of a field wins."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from evaluator.intake.values import NUMBER

_N = rf"({NUMBER})\s*(万|千|亿)?\s*(?:余|多)?"
_GAP = r"[^\d,;。]{0,12}?"
_MORE = r"(?:以上|左右|余|多)?"
_POOR = r"(?:已?脱贫|贫困|监测|低收入|建档立卡|困难|三类)"
_YEARLY = r"(?:每年|年均|年|每年可?)"
_TENS = {"万": 1e4, "千": 1e3, "亿": 1e8}
AREA_UNITS = {"亩": 1.0, "公顷": 15.0, "hectares": 15.0, "hectare": 15.0, "has": 15.0, "ha": 15.0}
OUTPUT_UNITS = {"吨": ("t", 1.0), "公斤": ("kg", 1.0), "千克": ("kg", 1.0), "斤": ("kg", 0.5), "头": ("head", 1.0), "只": ("head", 1.0),
                "羽": ("head", 1.0), "尾": ("head", 1.0), "枚": ("piece", 1.0), "件": ("piece", 1.0), "袋": ("piece", 1.0), "瓶": ("piece", 1.0),
                "盒": ("piece", 1.0), "套": ("piece", 1.0), "株": ("piece", 1.0), "千瓦时": ("kWh", 1.0), "度": ("kWh", 1.0), "tons": ("t", 1.0)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """How one field's figure is said.

    ``hints`` are characters of which one must occur, so that most texts are passed over quickly. ``first`` names
    the texts to try before the rest. ``value`` turns a match into the field's number.
    """

    key: str
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    value: Callable[[re.Match[str]], float]


def _digits(match: re.Match[str]) -> float:
    """The first number of a match with its 万, 千 or 亿."""
    number, tens = next((match[i], match[i + 1]) for i in range(1, match.re.groups, 2) if match[i])
    return float(number.replace(",", "")) * _TENS.get(tens or "", 1.0)


def _twelfth(match: re.Match[str]) -> float:
    return _digits(match) / 12


def _share(match: re.Match[str]) -> float:
    return float(next(group for group in match.groups() if group)) / 100


def _measured(units: dict[str, float]) -> Callable[[re.Match[str]], float]:
    return lambda match: _digits(match) * units[match[match.re.groups].lower()]


def _figure(key: str, hints: str, pattern: str, value: Callable[[re.Match[str]], float] = _digits) -> Figure:
    return Figure(key, tuple(hints.split()), re.compile(pattern, re.I), value)


def _one_of(*patterns: str) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


_HOUSEHOLD = r"户(?!均|厕|籍|型|用|主|外|口)"
FIGURES: tuple[Figure, ...] = (
    _figure("poor_households", "户", _one_of(rf"{_POOR}[^\d,;。户]{{0,8}}户?[^\d,;。]{{0,4}}?{_N}\s*{_HOUSEHOLD}{_MORE}",
                                             rf"{_N}\s*户\s*(?:的)?{_POOR}")),
    _figure("poor_households", "households families", rf"{_N}\s*(?:poor|indigent|vulnerable|low-income)\s+(?:households|families)"),
    _figure("households", "户", _one_of(
        rf"(?:(?<!一般)(?<!普通)(?<!其他)农户|群众|受益|带动|惠及|覆盖|总户数|辐射|涉及|服务|扶持|联结)(?:(?!{_POOR})[^\d,;。]){{0,10}}?{_N}\s*{_HOUSEHOLD}{_MORE}",
        rf"(?<![\d.]){_N}\s*户(?:农户|群众|村民|农民|居民)", rf"(?:^|。)\s*{_N}\s*户\s*(?=$|[。,;、\d])")),
    _figure("households", "household famil beneficiar", rf"{_N}\s*(?:farm(?:er|ing)?\s+)?(?:households|household|families|family\s+beneficiaries|beneficiaries)"),
    _figure("persons", "人", _one_of(
        rf"户\s*{_N}\s*人(?!次|均|民)", rf"(?:受益|带动|惠及|覆盖|涉及|群众|人口|劳动力|吸纳|解决){_GAP}{_N}\s*(?:人|名)(?!次|均|民|工){_MORE}")),
    _figure("persons", "persons people individuals", rf"{_N}\s*(?:persons|people|individuals)"),
    _figure("jobs", "岗 务工 就业 用工 上岗", _one_of(
        rf"(?:务工|就业|用工|吸纳|安置|上岗)(?:岗位)?{_GAP}{_N}\s*(?:个|人|名)(?!次|月|工){_MORE}(?:岗位)?", rf"岗位{_GAP}{_N}\s*个?{_MORE}",
        rf"{_N}\s*个?{_MORE}(?:就业|务工|工作|公益性?)?岗位", rf"{_N}\s*(?:余)?(?:人|名)(?!次){_MORE}[^\d,;。]{{0,8}}(?:就业|务工|上岗)")),
    _figure("jobs", "jobs workers", rf"{_N}\s*(?:new\s+)?(?:jobs|workers)"),
    _figure("wage_yuan_month", "月", _one_of(
        rf"(?:月(?:均|平均)?(?:工资|收入|薪|薪资|增收|务工收入)|每人每月|每月工资|每月){_GAP}{_N}\s*元", rf"{_N}\s*元\s*(?:/|每)\s*(?:人\s*[/·.]?\s*)?月")),
    _figure("wage_yuan_month", "年", _one_of(
        rf"(?:每人每年|人均每?年|年人均|人均年|每年每人){_GAP}(?:务工|工资){_GAP}{_N}\s*元", rf"(?:务工|工资)[^\d,;。]{{0,6}}(?:每人每年|人均每?年|年人均){_GAP}{_N}\s*元",
        rf"(?:年工资|年务工收入){_GAP}{_N}\s*元"), _twelfth),
    _figure("benefit_per_household_yuan_year", "户", _one_of(
        rf"(?:户均|每户|户年均)(?:每年|年)?[^\d,;。]{{0,8}}(?:增收|收入|分红|收益|增加|纯收入|获得|受益|补助收入){_GAP}{_N}\s*元",
        rf"(?:户均|每户)(?:每年|年){_GAP}{_N}\s*元", rf"{_N}\s*元\s*/\s*户\s*[/.·]?\s*年")),
    _figure("benefit_per_household_yuan_year", "per household", rf"(?:php|₱|p|\$)?\s*{_N}\s*(?:php|pesos|usd)?\s*per\s+household\s+(?:per|a)\s+year"),
    _figure("yearly_benefit_yuan", "集体 收益 利润 租金 纯收入 净收入 收入", _one_of(
        rf"集体(?:经济)?(?:组织)?[^\d。;]{{0,14}}(?:增收|增加|收入|收益|分红|获利){_GAP}{_N}\s*元(?!/)",
        rf"{_YEARLY}(?:可|预计|实现|增加|收取|获得|产生|净|纯|有)*(?:收益|利润|纯利润|净利润|纯利|租金|租赁费|租赁收入|纯收入|净收入|净收益|纯收益|资产收益)(?!率)"
        rf"[^\d,;。%]{{0,8}}?{_N}\s*元(?!/)")),
    _figure("revenue_yuan_year", "产值 销售 营业", rf"(?:年产值|年销售额|年销售收入|年营业额|产值|销售收入|销售额|营业收入)[^\d,;。%]{{0,8}}?{_N}\s*元(?!/)"),
    _figure("promised_asset_income_share", "%", _one_of(
        r"(?:收益率|收益|分红|租金|回报率?|固定收益|资产收益)(?:比例|率)?[^\d%,;。]{0,10}?(?:不低于|不少于|不小于|达到?|按|为|≥|至少)[^\d%,;。]{0,8}?(\d+(?:\.\d+)?)\s*%",
        r"(?:不低于|不少于|按照?|以)[^\d,;。%]{0,16}?(\d+(?:\.\d+)?)\s*%(?!以上的?农户)[^,;。]{0,10}?(?:收益|分红|租金|回报|收取|返还)",
        r"(?:收益率|资产收益率|年收益)[^\d%,;。]{0,4}(\d+(?:\.\d+)?)\s*%"), _share),
    _figure("signed_offtake_share", "%", r"(?:订单|包销|保底收购|回收|签约)[^\d%,;。]{0,12}?(\d+(?:\.\d+)?)\s*%", _share),
    _figure("output_per_year", "年", rf"(?:年产(?:量)?|年出栏|年加工(?:量)?|年生产|年产出|年可产|年可生产|年处理)[^\d,;。]{{0,14}}?{_N}\s*({'|'.join(u for u in OUTPUT_UNITS if u != 'tons')})",
            lambda m: _digits(m) * OUTPUT_UNITS[m[3]][1]),
    _figure("output_per_year", "tons per year", rf"{_N}\s*(?:metric\s+)?(tons)\s*(?:per|a|/)\s*year"),
    _figure("construction_months", "工期 建设周期 建设期", r"(?:工期|建设周期|建设工期|建设期)(?:限)?[^\d,;。]{0,6}?(\d+(?:\.\d+)?)()\s*个?月"),
    _figure("construction_months", "工期 建设周期 建设期", r"(?:工期|建设周期|建设工期|建设期)(?:限)?[^\d,;。]{0,6}?(\d+(?:\.\d+)?)()\s*年(?!\d|\s*\d{1,2}月)", lambda m: _digits(m) * 12),
    _figure("construction_months", "工期 建设周期 建设期", r"(?:工期|建设周期|建设工期|建设期)(?:限)?[^\d,;。]{0,6}?(\d+)()\s*(?:日历)?天", lambda m: round(_digits(m) / 30.4375, 2)),
    _figure("benefit_years", "年", r"(?:受益期|收益期|合作期限?|租期|租赁期限?|经营期限?|受益年限|收益年限|持续收益|持续受益|分红期限?|连续分红|连续受益|合作经营|托管期限?)[^\d,;。]{0,6}?(\d{1,2})()\s*年"),
    _figure("asset_life_years", "年", r"(?:使用年限|使用寿命|设计寿命|折旧年限|使用期限)[^\d,;。]{0,6}?(\d{1,2})()\s*年"),
    _figure("contract_months", "合同", r"(?:劳动合同|用工合同|务工合同|就业合同)[^\d,;。]{0,8}?(\d{1,2})()\s*个月"),
    _figure("contract_months", "合同", r"(?:劳动合同|用工合同|务工合同|就业合同)[^\d,;。]{0,8}?(\d{1,2})()\s*年", lambda m: _digits(m) * 12),
    _figure("training_days", "天 日 days", _one_of(r"培训[^\d,;。]{0,12}?(\d{1,3})()\s*(?:天|日)", r"(\d{1,3})()\s*(?:天|日)[^\d,;。]{0,8}培训", r"(\d{1,3})()\s*days?\s+(?:of\s+)?training")),
    _figure("placement_share", "%", r"(?:就业率|上岗率|安置率)[^\d%,;。]{0,10}?(\d+(?:\.\d+)?)\s*%", _share),
)  # fmt: skip
SIZES: tuple[Figure, ...] = (
    _figure("area_mu", "亩 公顷", rf"(?<![\d.]){_N}\s*(亩|公顷)", _measured(AREA_UNITS)),
    _figure("area_mu", "ha hectare", rf"(?<![\d.]){_N}\s*(hectares?|has?)\b", _measured(AREA_UNITS)),
    _figure("heads", "头 只 羽 匹", rf"(?<![\d.]){_N}\s*(?:头|只(?!要|有|能)|羽|匹)"),
    _figure("heads", "蜂", rf"(?<![\d.]){_N}\s*(?:箱|桶|群|窝)"),
    _figure("heads", "head", rf"{_N}\s*heads?\b"),
)  # fmt: skip
"""Sizes are looked for in scale, content and name first: a target may speak of other people's land."""

LINKS: dict[str, re.Pattern[str]] = {
    "own work": re.compile(
        r"带动.{0,4}生产|发展生产|自主发展|自主经营|承包(?:大棚|经营|种植|养殖)|自种|自养|庭院|self-employ|own production",
        re.I,
    ),
    "wage": re.compile(
        r"务工|就近就业|就地就业|吸纳|就业岗位|公益性?岗位|带动.{0,8}就业|提供.{0,8}岗位|用工|wage|employ", re.I
    ),
    "contract": re.compile(r"订单|保底收购|保护价|包销|回收|收购协议|contract (?:farming|growing)|buy-?back", re.I),
    "land rent": re.compile(r"土地流转|流转土地|流转费|土地租金|地租|land rent|lease of land", re.I),
    "dividend": re.compile(r"分红|入股|股份|股权|持股|折股|资产收益|收益分配|二次分配|dividend|shares", re.I),
    "trusteeship": re.compile(r"托管|代养|寄养|代种|代管|trustee", re.I),
}
OFFTAKE = (
    (re.compile(r"定金|预付款"), "deposit"),
    (re.compile(r"签订[^,;。]{0,14}(?:订单|收购|购销|销售|包销)|(?:订单|收购|购销)(?:合同|协议)"), "written"),
    (re.compile(r"意向(?:协议|订单|收购)?|口头"), "oral"),
)  # fmt: skip
OPERATOR = re.compile(
    r"由([一-鿿()]{2,24}?(?:公司|合作社|联合社|企业|农场|村委会|经济合作社))(?:负责|实施|经营|承建|运营|组织|承租|统一|管理)"
)
BLOCKED = re.compile(r"满意|合格|完成率|验收|及时|达标|覆盖率|成活率|利用率")
"""Words of target tables whose percentages say nothing of money."""
