"""Ground floor: counties of China, which county a name means, who borders whom, and the Liangshan map.

County seats stand for their counties; where no seat is known, the middle of the county does.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

_GROUPS = (
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 普米 塔吉克 怒 保安 裕固 独龙 鄂温克 鄂伦春"
)
_AUTONOMOUS = re.compile(f"(?:(?:{'|'.join(_GROUPS.split())})族|各族|哈萨克|塔吉克|锡伯|蒙古|柯尔克孜)*自治[县旗州]$")
_PROVINCE_END = re.compile("(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)$")
_NOT_A_PREFECTURE = frozenset({"", "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
_CODE = re.compile(r"(?<!\d)[1-8]\d{5}(?!\d)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_AFTER_SHORT = re.compile("$|[县市旗]|自治|[0-9０-９二]")
_NOT_AFTER_PAIR = re.compile("[城级域委政内外]")


@dataclass(frozen=True, slots=True)
class County:
    """One county-level place; ``lon`` and ``lat`` are its seat in degrees."""

    code: str
    name_zh: str
    name_pinyin: str
    prefecture_zh: str
    province_zh: str
    lon: float
    lat: float

    def name(self, language: str) -> str:
        """The county's name in ``en`` (machine-made pinyin) or ``zh``."""
        return self.name_zh if language == "zh" else self.name_pinyin


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files(__package__).joinpath(name).open(encoding="utf-8") as source:
        yield from csv.DictReader(source)


@cache
def counties() -> Mapping[str, County]:
    """Every county-level place of China by its six-digit code (2023)."""
    return MappingProxyType(
        {
            row["code"]: County(
                code=row["code"],
                name_zh=row["name_zh"],
                name_pinyin=row["name_pinyin"],
                prefecture_zh=row["prefecture_zh"],
                province_zh=row["province_zh"],
                lon=float(row["lon"]),
                lat=float(row["lat"]),
            )
            for row in _rows("counties.csv")
        }
    )


@cache
def _borders() -> Mapping[str, frozenset[str]]:
    pairs: dict[str, set[str]] = {}
    for row in _rows("county_adjacency.csv"):
        pairs.setdefault(row["code_a"], set()).add(row["code_b"])
        pairs.setdefault(row["code_b"], set()).add(row["code_a"])
    return {code: frozenset(others) for code, others in pairs.items()}


def adjacent(code: str) -> frozenset[str]:
    """Codes of the counties that share a border with this one, across prefecture and province lines too."""
    return _borders().get(code, frozenset())


@cache
def townships(county_code: str) -> Mapping[str, str]:
    """Township code to name for a county of Liangshan (2023); empty for other counties."""
    return MappingProxyType(
        {row["code"]: row["name_zh"] for row in _rows("liangshan_townships.csv") if row["county_code"] == county_code}
    )


@cache
def _map_text() -> str:
    return files(__package__).joinpath("liangshan_counties.geojson").read_text("utf-8")


def liangshan_geojson() -> dict[str, Any]:
    """The 17 counties of Liangshan as GeoJSON, features by ``id`` = county code; a fresh copy at each call."""
    loaded: dict[str, Any] = json.loads(_map_text())
    return loaded


@cache
def _region_names() -> dict[str, tuple[str, ...]]:
    """Prefecture or province to the forms it is written in (凉山彝族自治州, 凉山州, 凉山)."""
    forms: dict[str, tuple[str, ...]] = {}
    for county in counties().values():
        forms[county.province_zh] = (county.province_zh, _PROVINCE_END.sub("", county.province_zh))
    provinces = {short for _, short in forms.values()}
    for prefecture in {county.prefecture_zh for county in counties().values()} - _NOT_A_PREFECTURE:
        bare = _AUTONOMOUS.sub("", prefecture)
        written = (prefecture, f"{bare}州") if bare != prefecture else (prefecture,)
        short = re.sub("(?:市|地区|盟)$", "", bare)
        forms[prefecture] = written if short in provinces or len(short) < 2 else (*written, short)
    return {region: names for region, names in forms.items() if region not in _NOT_A_PREFECTURE}


def _short_name(county: County) -> str:
    bare = _AUTONOMOUS.sub("", county.name_zh) or re.sub("族自治[县旗]$", "", county.name_zh)
    return bare if bare != county.name_zh else re.sub("[县市旗]$", "", county.name_zh)


@cache
def _names() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Full name, short name and pinyin, each to the codes it may mean."""
    full: dict[str, tuple[str, ...]] = {}
    short: dict[str, tuple[str, ...]] = {}
    pinyin: dict[str, tuple[str, ...]] = {}
    regions = {form for forms in _region_names().values() for form in forms}
    for code, county in counties().items():
        full[county.name_zh] = (*full.get(county.name_zh, ()), code)
        pinyin[county.name_pinyin.lower()] = (*pinyin.get(county.name_pinyin.lower(), ()), code)
        name = _short_name(county)
        if len(name) >= 2 and name not in regions and name != county.name_zh:
            short[name] = (*short.get(name, ()), code)
    return full, short, pinyin


@cache
def _pattern(kind: int) -> re.Pattern[str]:
    names = sorted(_names()[kind], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


@cache
def _regions_pattern() -> re.Pattern[str]:
    forms = {form for forms in _region_names().values() for form in forms}
    return re.compile(f"(?:{'|'.join(sorted(forms, key=len, reverse=True))})[州市省]?$")


def _begins_a_name(text: str, start: int) -> bool:
    """Whether a name may begin here: at the start, after a year or sign, or after a prefecture or province."""
    before = text[:start]
    return not before or not _HAN.match(before[-1]) or bool(_regions_pattern().search(before)) or before.endswith("年")


def _mentioned(text: str) -> tuple[str, ...]:
    """Codes the best mention in a text may mean: full names first, then the earliest."""
    full, short, pinyin = _names()
    for found in _pattern(0).finditer(text):
        name = found.group()
        if len(name) > 2 or (_begins_a_name(text, found.start()) and not _NOT_AFTER_PAIR.match(text, found.end())):
            return full[name]
    for found in _pattern(1).finditer(text):
        start, end = found.span()
        led = _regions_pattern().search(text[:start])
        if led or (_begins_a_name(text, start) and _AFTER_SHORT.match(text, end) and not text.startswith("市", end)):
            return short[found.group()]
    if text.isascii():
        words = re.findall("[a-z]+", text.lower())
        return next((pinyin[word] for word in words if word in pinyin and len(word) > 3), ())
    return ()


@lru_cache(maxsize=8192)
def find_county(text: str, *, context: str = "") -> tuple[County, ...]:
    """Every county a name in the text may mean; empty when it names none.

    Several are returned only when they share a name (朝阳区). A prefecture or province in the text, or in
    ``context`` such as the sheet's title, settles between them where it can.

    Parameters
    ----------
    text
        A cell, a title, a six-digit code; full names (木里藏族自治县) or short ones (木里).
    context
        Further text that may name the prefecture or province.

    Examples
    --------
    >>> [county.code for county in find_county("凉山州昭觉县2024年项目计划")]
    ['513431']
    """
    code = _CODE.search(text)
    if code and code.group() in counties():
        return (counties()[code.group()],)
    found = [counties()[code] for code in _mentioned(text)]
    if len(found) < 2:
        return tuple(found)
    for around in (text, context):
        fit = [(_fits_region(county, around), county) for county in found]
        best = max(score for score, _ in fit)
        if best:
            found = [county for score, county in fit if score == best]
    return tuple(found)


def _fits_region(county: County, text: str) -> int:
    """Two when the text names the county's prefecture, one for its province, else zero."""
    regions = _region_names()
    if any(form in text for form in regions.get(county.prefecture_zh, ())):
        return 2
    return int(any(form in text for form in regions.get(county.province_zh, ()) if form))
