"""What skills take to learn, and which crafts carry a culture: words to look for in what forms say."""

import re
from typing import Literal

SkillLevel = Literal["simple", "trade", "craft"]
LEVELS: tuple[SkillLevel, ...] = ("simple", "trade", "craft")

_HERITAGE = re.compile(r"非遗|非物质文化遗产|代表性传承人|传承人|intangible (?:cultural )?heritage", re.IGNORECASE)
_CULTURE = re.compile(
    r"刺绣|彝绣|苗绣|羌绣|藏绣|马尾绣|蜡染|扎染|织锦|漆器|银饰|银器|剪纸|唐卡|氆氇|擀毡|年画|皮影|土陶|木雕|竹编|藤编|草编|"
    r"民族服饰|民族手工艺|传统工艺|传统手工|embroider|lacquerware|silverware|silver jewel|paper.?cut|batik|"
    r"brocade|thangka|bamboo weaving|felt.?making|traditional craft|ethnic craft",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"电焊|焊工|缝纫|车工|电工|瓦工|木工|泥工|厨师|烹饪|月嫂|育婴|护理|家政|驾驶|挖掘机|叉车|电商|直播|嫁接|修剪|兽医|防疫|"
    r"人工授精|加工|食品检验|weld|sew|electrician|carpent|mason|cook|nursing|driver|forklift|e-?commerce|graft|prun|veterinar",
    re.IGNORECASE,
)
_SIMPLE = re.compile(
    r"普工|搬运|清洁|保洁|保安|分拣|包装|装卸|采摘|packing|cleaning|guard|picking|loading", re.IGNORECASE
)


def name_skill(text: str) -> SkillLevel | None:
    """The most demanding skill a text names; ``None`` when it names none that is known.

    Examples
    --------
    >>> name_skill("缝纫、包装"), name_skill("彝族刺绣"), name_skill("搬运"), name_skill("热情")
    ('trade', 'craft', 'simple', None)
    """
    if _CULTURE.search(text) or _HERITAGE.search(text):
        return "craft"
    if _TRADE.search(text):
        return "trade"
    return "simple" if _SIMPLE.search(text) else None


def rate_craft(text: str) -> float:
    """Cultural and ethnic craft a text names: 1 with recognised heritage, 0.6 a craft, 0 none."""
    if _HERITAGE.search(text):
        return 1.0
    return 0.6 if _CULTURE.search(text) else 0.0
