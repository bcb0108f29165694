"""Ground floor: which product a text speaks of, by a lexicon of Chinese and English words.

``products.csv`` holds one row a product. A word written ``?桃`` there is short and risky (桃园镇, 李家村):
it counts only when it stands alone or beside a word of farming.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from evaluator.reference.products import Product, products

__all__ = ["Product", "ProductMatch", "find_products", "find_stage", "match_product", "products"]

SERVICE_GROUPS = frozenset({"trade", "energy", "farm service"})
"""Groups whose words name a facility or service; a crop or animal named in the same text comes first."""
CATCH_ALL = frozenset({"planting", "processing", "livestock", "understorey"})
"""Generic products that say least; another generic product in any text comes first."""
_NOT_PRODUCTS = (
    "石榴籽 桃花源 枣庄 竹山县 牡丹江 牡丹区 鱼米之乡 鱼鳞坑 旅游路 旅游公路 旅游道路 旅游厕所 光伏路灯 太阳能路灯 "
    "葡萄糖 茶话会 组培楼 桃李 牛皮纸 米易 花果山 羊城 鱼跃 杏林 天门市 玉门市 松桃 鲅鱼圈 茄子河 "
    "梨树区 桃园市 牡丹街道"
)
NOT_PRODUCTS = frozenset(_NOT_PRODUCTS.split())
"""Words that hold a product's characters and mean something else."""

_PLACE_END = re.compile(
    "[坪沟坝湾塘坡岭山河园林树店溪洞冲垭口岩井桥湖坳场角沱田庄家营寨屯堡岗头咀嘴箐洼梁岔关铺街子坨木坎]{0,2}"
    "(?:村(?!集体|级|民|办|企)|县(?!域|级|城|委|政)|镇(?!域|级)|乡(?!村|土|愁|镇)|社区|街道|自然村|居委会|组(?!织|培|合|建))"
)
_AFTER_RISKY = re.compile(
    "[树苗林叶崽羔仔蛋种养育饲饮肥舍圈业科]|子?(?:园|基地|种植)|加工|产业|产品|产地|项目|标准|提质|特色|保险|场(?:[^镇乡村]|$)|果(?:[^洛]|$)"
)
_BEFORE_RISKY = re.compile(
    "(?:[种养殖植栽喂]|发放|采购|购买|购进|引进|发展|新增|新植|繁育|生态|优质|有机|林下|特色|良种)$"
)
_JOINED = re.compile("[和及与等]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]+")
_PROCESS = re.compile(
    "加工|压榨|榨油|分拣|分选|烘干|屠宰|酿造|酿酒|炒制|脱壳|灌装|缫丝|processing|milling|drying|mill\\b|factory",
    re.IGNORECASE,
)
_PROCESS_PLANT = re.compile("加工[厂房坊车线基园项]|[茶酒面粉油]厂|processing (?:plant|facility|cent)", re.IGNORECASE)
_SERVICE = re.compile(
    "冷链|冷库|保鲜库|气调库|仓储|物流|电商|电子商务|[交批][易发]市场|销售|展销|"
    "cold (?:store|storage|chain)|warehouse|e-?commerce",
    re.IGNORECASE,
)
_PRODUCE = re.compile(
    "种植|养殖|基地(?!加工)|育苗|栽培|饲养|繁育|果园|茶园|planting|raising|farm\\b|orchard", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ProductMatch:
    """A product found in a text.

    ``words`` are the characters it was read from, ``start`` where they begin. ``certain`` is false for
    risky one-character words and, from :func:`match_product`, when the text names several products or only
    a catch-all (种植).
    ``stage`` is the stage the text says (a 花椒加工厂 processes); empty from :func:`find_products`.
    """

    product_id: str
    words: str
    start: int
    certain: bool
    stage: str = ""


@cache
def _chinese_words() -> tuple[dict[str, tuple[str | None, bool]], dict[str, tuple[int, ...]]]:
    """Word to (product id, risky), and first two characters to the lengths worth trying, longest first."""
    words: dict[str, tuple[str | None, bool]] = dict.fromkeys(NOT_PRODUCTS, (None, False))
    for product in products().values():
        for word in product.synonyms_zh:
            words[word.lstrip("?")] = (product.product_id, word.startswith("?"))
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[:2], set()).add(len(word))
    return words, {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}


@cache
def _english_words() -> tuple[dict[str, str], int]:
    words = {
        " ".join(_ENGLISH.findall(word.lower())): product.product_id
        for product in products().values()
        for word in (*product.synonyms_en, product.product_id)
    }
    return words, max(word.count(" ") + 1 for word in words)


def _fits(text: str, start: int, end: int) -> bool:
    """Whether the characters around allow a risky word: it stands alone or beside a word of farming."""
    alone_before = start == 0 or not _HAN.match(text, start - 1)
    alone_after = end == len(text) or not _HAN.match(text, end)
    if (alone_before and alone_after) or _AFTER_RISKY.match(text, end):
        return True
    led_by = _BEFORE_RISKY.search(text[max(0, start - 4) : start])
    return led_by is not None and (alone_after or _JOINED.match(text, end) is not None)


def _find_chinese(text: str) -> Iterator[ProductMatch]:
    words, lengths = _chinese_words()
    position, size = 0, len(text)
    while position < size:
        step = 1
        for length in (*lengths.get(text[position : position + 2], ()), 1):
            known = words.get(text[position : position + length])
            if known is None or (known[1] and not _fits(text, position, position + length)):
                continue
            if known[0] is not None and not _PLACE_END.match(text, position + length):
                yield ProductMatch(known[0], text[position : position + length], position, not known[1])
            step = length
            break
        position += step


def _singular(word: str) -> Iterator[str]:
    yield word
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es"):
        yield word[:-2]
    if word.endswith("s"):
        yield word[:-1]


def _find_english(text: str) -> Iterator[ProductMatch]:
    words, longest = _english_words()
    tokens = list(_ENGLISH.finditer(text))
    lowered = [token.group().lower() for token in tokens]
    position = 0
    while position < len(tokens):
        step = 1
        for count in range(min(longest, len(tokens) - position), 0, -1):
            head = " ".join(lowered[position : position + count - 1])
            ends = (f"{head} {last}".strip() for last in _singular(lowered[position + count - 1]))
            product_id = next((words[word] for word in ends if word in words), None)
            if product_id is not None:
                begin, end = tokens[position].start(), tokens[position + count - 1].end()
                yield ProductMatch(product_id, text[begin:end], begin, certain=True)
                step = count
                break
        position += step


@lru_cache(maxsize=50_000)
def find_products(text: str) -> tuple[ProductMatch, ...]:
    """Every product a text names, in order of appearance; the longest word wins where words overlap.

    Examples
    --------
    >>> [match.product_id for match in find_products("洋芋、苦荞种植，羊肚菌大棚")]
    ['potato', 'buckwheat', 'planting', 'morel', 'shed']
    """
    if not text:
        return ()
    found = list(_find_chinese(text)) if not text.isascii() else []
    if _ENGLISH.search(text):
        found += _find_english(text)
        found.sort(key=lambda match: match.start)
    return tuple(found)


def _strength(match: ProductMatch) -> float:
    """Three for a named product, two for a facility, one for a family, a half for labour, zero for a catch-all."""
    product = products()[match.product_id]
    if product.generic:
        return 0 if product.product_id in CATCH_ALL else 1
    return 0.5 if product.group == "labour" else 2 if product.group in SERVICE_GROUPS else 3


def find_stage(text: str) -> str:
    """The stage a text says by its own words: ``process``, ``service`` or empty when it only grows or raises."""
    if _PROCESS_PLANT.search(text):
        return "process"
    grows = _PRODUCE.search(text) is not None
    if _PROCESS.search(text) and not grows:
        return "process"
    return "service" if _SERVICE.search(text) and not grows else ""


def _with_stage(match: ProductMatch, texts: tuple[str, ...]) -> ProductMatch:
    own = products()[match.product_id].stage
    if own not in {"grow", "raise", "gather"}:
        return replace(match, stage=own)
    said = (find_stage(text) or (own if _PRODUCE.search(text) else "") for text in texts if text)
    return replace(match, stage=next(filter(None, said), own))


def match_product(*texts: str) -> ProductMatch | None:
    """The product a project makes, from texts in order of trust (product column, name, content).

    A named product in an earlier text comes before one in a later text; a family (水果) is kept unless a
    later text names a product; a facility (冷库) counts as a product unless its own text names a crop, and
    training or posts only where their text names nothing that is made.
    ``None`` when no text names any.

    Examples
    --------
    >>> match_product("脱贫户产业基地", "新建洋芋粉条加工厂1座").product_id
    'potato_starch'
    """
    best: ProductMatch | None = None
    for text in texts:
        matches = find_products(text or "")
        if not matches:
            continue
        strongest = max(matches, key=lambda match: (_strength(match), -match.start))
        if best is not None and not _overrules(strongest, best):
            continue
        rivals = {match.product_id for match in matches if _strength(match) == _strength(strongest)}
        best = replace(strongest, certain=strongest.certain and len(rivals) == 1 and _strength(strongest) > 0)
        if _strength(best) in {0.5, 2, 3}:
            break
    return None if best is None else _with_stage(best, texts)


def _overrules(later: ProductMatch, earlier: ProductMatch) -> bool:
    """Whether a later text's match replaces an earlier family: a named product does, a facility only a catch-all."""
    return _strength(later) == 3 or _strength(earlier) == 0 < _strength(later)
