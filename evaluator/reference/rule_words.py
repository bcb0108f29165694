"""The words that readable rules look for in a row's own prose, Chinese and English.

A screen of key words is a question, not a finding: the words are quoted so that people can look them up.
"""

import re

_FORBIDDEN = re.compile(
    r"(?:不得|不准|不能|不可|严禁|禁止|不用于|must not|may not|not be used)[^。；;!！\n]*", re.IGNORECASE
)
_BARRED = re.compile(
    r"单位基本支出|基本支出|办公经费|人员经费"
    r"|交通工具|公务用车|购置车辆|购买车辆|购车|小轿车"
    r"|楼堂馆所|办公楼|办公用房"
    r"|奖金|津贴|津补贴"
    r"|偿还债务|偿还贷款|化解债务|还债"
    r"|垫资|垫付"
    r"|office buildings?|staff bonus(?:es)?|official (?:cars?|vehicles?)|debt repayment|repay(?:ing)? debts?",
    re.IGNORECASE,
)
_DEPTH = re.compile(
    r"深加工|精深加工|加工|冷链|冷库|品牌|地理标志|商标|有机认证|绿色食品|电商|包装"
    r"|process(?:ing|ed)?\b|cold (?:chain|store)|brand|organic certificat|e-commerce|packag",
    re.IGNORECASE,
)
_ORGANISER = re.compile(
    r"公司|企业|合作社|联合社|龙头|家庭农场|养殖场|产业园|集体经济组织"
    r"|compan(?:y|ies)|cooperatives?|co-op|enterprise|corporation|family farm",
    re.IGNORECASE,
)
_CONTRIBUTION = re.compile(
    r"自筹|投工投劳|投劳|投工|以工代赈|own contribution|own money|own labour|work for relief", re.IGNORECASE
)

_FEE = re.compile(r"管理费|management fees?|administration fees?|overhead", re.IGNORECASE)


def find_barred_words(text: str) -> tuple[str, ...]:
    """What a text says of things the negative list bars, each once, as written; forbidding clauses do not count."""
    return tuple(dict.fromkeys(match.group() for match in _BARRED.finditer(_FORBIDDEN.sub("", text))))


def find_words_of_depth(text: str) -> tuple[str, ...]:
    """Words of processing, brand, cold chain or selling, as written."""
    return tuple(dict.fromkeys(match.group() for match in _DEPTH.finditer(text)))


def names_organiser(text: str) -> bool:
    """Whether a company, cooperative, family farm or the like is named."""
    return _ORGANISER.search(text) is not None


def names_contribution(text: str) -> bool:
    """Whether households put in money or work of their own."""
    return _CONTRIBUTION.search(text) is not None


def names_fee(text: str) -> bool:
    """Whether a management fee is named."""
    return _FEE.search(text) is not None
