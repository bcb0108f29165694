"""Industry, employment or neither: what a row's type, name and content say it is; its product, stage and nature."""

import re
from typing import NamedTuple

import numpy as np

from evaluator.domain.portfolio import Evidence
from evaluator.intake.draft import Draft
from evaluator.intake.listing import Listing, Position
from evaluator.intake.values import fold
from evaluator.reference.lexicon import match_product, products

NEVER_SCORED = re.compile(
    r"管理费|贴息|风险补偿|小额信贷|小额贷款|贷款|保险|保费|雨露|助学|学前|教育|医疗|救治|低保|特困|"
    r"养老|危房|住房|农房|易地搬迁|搬迁后|债券|厕|污水|垃圾|人居环境|村容|饮水|供水|"
    r"人饮|安全水|自来水|道路|公路|硬化|人行道|桥梁|大桥|便桥|危桥|桥(?:建设|工程|项目|维修)|路灯|"
    r"照明|亮化|电网|卫生室|幼儿园|学校|规划编制|广场|文化活动|堤防|河堤|护堤|排水|护坡|绿化|环境整治|"
    r"村史|治理|文明|减贫摘帽|"
    r"监理|第三方|验收|宣传|产业路|资源路|机耕路|生产路|便道|道.{0,4}修|road|bridge|toilet|"
    r"water system|water supply|sanitation|scholarship|insurance|interest|admin(?:istrative)? cost|"
    r"management fee",
    re.I,
)
"""Words of roads, water, toilets, fees, loans, insurance and services: listed and summed, never scored."""
EMPLOYMENT = re.compile(
    r"技能培训|培训|就业|务工|劳务|公益性?岗|公益岗|帮扶车间|扶贫车间|振兴车间|创业|以工代训|工匠|"
    r"稳岗|家政|外出务工|交通(?:费)?补|training|employment|skills|job placement|workfare",
    re.I,
)
SUPPORT = re.compile(
    r"灌溉|水利|渠|机井|塘坝|水池|蓄水|管网|基础设施|配套设施|奖补|奖励|补贴|补助|以奖代补|兜底|慰问|"
    r"晒场|irrigation|infrastructure|subsid",
    re.I,
)
"""Words of works and grants that are industry only when a product is named or the list says so."""
INDUSTRY = re.compile(
    r"种植|养殖|基地|产业|[果茶菜桑枣李梨桃杏橘橙药菌花]园|加工|合作社|集体经济|旅游|民宿|光伏|冷库|冷链|保鲜|仓储|"
    r"物流|市场|电商|厂房|车间|工厂|厂|入股|股份|农机|机械|烘干|大棚|温室|牧场|农场|养|种苗|育苗|种业|"
    r"苗木|林木|套种|栽种|"
    r"农产品|特色|庭院经济|林下|示范园|livelihood|livestock|production|processing|farm|"
    r"income generating|crop|dispersal|enterprise|agri|fish|poultry|swine",
    re.I,
)
TYPE_INDUSTRY = re.compile(
    r"产业|生产项目|种植业|养殖业|加工|集体经济|休闲农业|庭院|光伏|income generating|livelihood|agri", re.I
)
TYPE_OTHER = re.compile(
    r"乡村建设|人居环境|公共服务|三保障|管理费|乡村治理|精神文明|易地|住房|教育|健康|综合保障|"
    r"基础设施|少数民族特色村寨|示范村|精品村",
    re.I,
)
TYPE_EMPLOYMENT = re.compile(r"就业|务工补助|创业|工匠|公益性?岗|培训", re.I)

TYPE_STAGES = ((re.compile(r"种植|林草"), "grow"), (re.compile(r"养殖"), "raise"), (re.compile(r"加工"), "process"))
CONTENT_STAGES = ((re.compile(r"加工厂|加工车间|厂房|加工(?:生产)?线|烘干|冷链|冷库|保鲜库|检测中心|分拣"), "process"),)
_INCLUDED = re.compile(
    r"[(（\[【]\s*(?:含|包括|包含|不含|其中|incl)[^)）\]】]*[)）\]】]|[(（\[【][^)）\]】]*除外\s*[)）\]】]|(?<=类)[,，:：]?(?:含|包括|包含|不含).*",
    re.I,
)
"""What a name only counts in or out: 产业类(含小额信贷贴息) is a row of industry."""
_NEW = re.compile(r"新建|新购|购置|新增|新植|新种")
_CONTINUING = re.compile(r"续建|扩建|改建|维修|维护|修缮|修护|改造|巩固提升|提质增效|延续")
NATURE_CELL = re.compile(r"(?:新建|续建|扩建|改建|改扩建|维修|改造|新增|新购|提升|延续|巩固提升|迁建|重建)+")


class KindCall(NamedTuple):
    """A kind and the words it was told by; ``words`` is empty when it is only the likeliest."""

    kind: str
    words: str


def classify_kind(
    name: str,
    *,
    project_type: str = "",
    content: str = "",
    section: str = "",
    title: str = "",
    has_product: bool = False,
) -> KindCall:
    """Whether a project is ``industry``, ``employment`` or ``other``.

    Loans, fees, roads, water and the like are never industry, whatever they are filed under; training, posts
    and workshops for employment come next; the published type decides where the name leaves it open, the
    content where the type does, and the list's title last. What a name counts in or out in brackets does not decide.
    """
    kind = _by_name(_INCLUDED.sub("", name) or name, f"{project_type} {section}", has_product)
    if kind:
        return kind
    filed = f"{project_type} {section}"
    for pattern, called in ((TYPE_EMPLOYMENT, "employment"), (TYPE_OTHER, "other"), (TYPE_INDUSTRY, "industry")):
        if found := pattern.search(filed):
            return KindCall(called, found[0])
    for pattern, called in (
        (INDUSTRY, "industry"),
        (NEVER_SCORED, "other"),
        (EMPLOYMENT, "employment"),
        (SUPPORT, "other"),
    ):
        if found := pattern.search(content):
            return KindCall(called, found[0])
    if has_product:
        return KindCall("industry", "")
    if found := re.search(r"产业|就业", title):
        return KindCall("industry" if found[0] == "产业" else "employment", found[0])
    return KindCall("other", "")


def _by_name(name: str, filed: str, has_product: bool) -> KindCall | None:
    never, employment = NEVER_SCORED.search(name), EMPLOYMENT.search(name)
    if employment and not (never and not re.search(r"培训|岗|务工", name)):
        return KindCall("employment", employment[0])
    if never:
        return KindCall("other", never[0])
    industry, support = INDUSTRY.search(name), SUPPORT.search(name)
    if TYPE_OTHER.search(filed) and not TYPE_INDUSTRY.search(filed):
        return KindCall("other", TYPE_OTHER.search(filed)[0])  # type: ignore[index]
    if support and not has_product and not re.search(r"种植|养殖|加工|入股", name):
        return KindCall("other", support[0])
    if industry or support:
        return KindCall("industry", (industry or support)[0])  # type: ignore[index]
    return None


def settle_kinds(draft: Draft, listing: Listing) -> None:
    """Kind, product, stage and nature of every row, each with where it was read."""
    if listing.sections and draft.missing("project_type").all():
        for position, section in enumerate(listing.sections):
            if section:
                draft.put("project_type", position, section, Evidence.GIVEN)
    _settle_products(draft)
    _settle_kind_of_rows(draft, listing)
    _settle_nature(draft)
    _compare_type_with_content(draft)


def _text(draft: Draft, key: str, position: Position) -> str:
    value = draft.texts(key)[position]
    return fold(value) if isinstance(value, str) else ""


def _settle_products(draft: Draft) -> None:
    open_rows = np.flatnonzero((draft.missing("product") | draft.missing("stage")) & ~draft.missing("name"))
    for position in open_rows:
        given = draft.column("product")[position]
        if given is not None and not _is_refined(draft, int(position), str(given)):
            stage = _stage_of(draft, int(position), str(given))
            draft.settle("stage", int(position), stage, str(given), Evidence.ASSUMED)
            continue
        if given is not None:
            continue
        match = match_product(
            *(_text(draft, key, position) for key in ("product", "name", "content", "performance_target", "scale"))
        )
        if match is None:
            continue
        evidence = Evidence.TEXT if match.certain else Evidence.ASSUMED
        draft.settle("product", int(position), match.product_id, match.words, evidence)
        draft.settle("stage", int(position), match.stage or products()[match.product_id].stage, match.words, evidence)


def _is_refined(draft: Draft, position: int, given: str) -> bool:
    """Put the product the name or content says for the family its column gives (养殖: 乌金猪)."""
    if not products()[given].generic:
        return False
    match = match_product(
        _text(draft, "product", position), _text(draft, "name", position), _text(draft, "content", position)
    )
    if match is None or products()[match.product_id].generic or not match.certain:
        return False
    draft.put("product", position, match.product_id, Evidence.TEXT)
    draft.quotes[position, "product"] = match.words
    draft.settle("stage", position, match.stage or products()[match.product_id].stage, match.words, Evidence.TEXT)
    return True


def _stage_of(draft: Draft, position: int, product_id: str) -> str:
    match = match_product(_text(draft, "name", position), _text(draft, "content", position))
    product = products()[product_id]
    if match is not None and match.stage and products()[match.product_id].family == product.family:
        return match.stage
    return product.stage


def _settle_kind_of_rows(draft: Draft, listing: Listing) -> None:
    title = " ".join(listing.title)
    doubtful = []
    known: dict[tuple[str, ...], KindCall] = {}
    for position in np.flatnonzero(draft.missing("kind") & ~draft.missing("name")):
        product = draft.column("product")[position]
        named = product is not None and draft.evidence_of("product")[position] is not Evidence.ASSUMED
        section = listing.sections[position] if listing.sections else ""
        token = (
            _bare_name(draft, int(position)),
            *(_text(draft, key, position) for key in ("project_type", "content")),
            section,
            str(named),
        )
        if token not in known:
            known[token] = classify_kind(
                token[0], project_type=token[1], content=token[2], section=section, title=title, has_product=named
            )
        kind, words = known[token]
        draft.settle("kind", int(position), kind, words, Evidence.TEXT if words else Evidence.ASSUMED)
        if not words and not named:
            doubtful.append(int(position))
        if kind == "other" and draft.evidence_of("product")[position] is not Evidence.GIVEN:
            _forget(draft, position, "product", "stage")
    if doubtful:
        draft.fault(
            "W_KIND_ASSUMED", doubtful, column=draft.headings.get("name", ""), found=draft.column("name")[doubtful[0]]
        )


def _bare_name(draft: Draft, position: int) -> str:
    """A project's name without its places: 石桥镇 builds no bridge."""
    name = _text(draft, "name", position)
    for key in ("place_name", "township", "village"):
        place = _text(draft, key, position)
        if len(place) >= 2 and place != name:
            name = name.replace(place, "")
    return name


def _forget(draft: Draft, position: Position, *keys: str) -> None:
    for key in keys:
        if draft.evidence_of(key)[position] is not Evidence.GIVEN:
            draft.put(key, position, None, Evidence.MISSING)
            draft.quotes.pop((int(position), key), None)


def _settle_nature(draft: Draft) -> None:
    for position in np.flatnonzero(draft.missing("nature")):
        for key in ("name", "content"):
            text = _text(draft, key, position)
            if found := _CONTINUING.search(text) or _NEW.search(text):
                draft.settle("nature", int(position), "continuing" if _CONTINUING.search(text) else "new", found[0])
                break


def _compare_type_with_content(draft: Draft) -> None:
    """Warn where the published type grows or raises what the content processes or stores; both are kept."""
    for position in np.flatnonzero(~draft.missing("project_type") & ~draft.missing("content")):
        filed, content = _text(draft, "project_type", position), _text(draft, "content", position)
        stage = next((stage for pattern, stage in TYPE_STAGES if pattern.search(filed)), "")
        said = next(
            ((stage, found[0]) for pattern, stage in CONTENT_STAGES if (found := pattern.search(content))), None
        )
        if said and stage in ("grow", "raise") and not re.search(r"种植|栽植|养殖|饲养|育苗", content):
            draft.fault(
                "W_TYPE_CONTENT", [position], column=draft.headings.get("project_type", ""), found=filed, other=said[1]
            )
            if draft.evidence_of("stage")[position] is not Evidence.GIVEN:
                draft.put("stage", position, said[0], Evidence.TEXT)
                draft.quotes[int(position), "stage"] = said[1]


def holds_nature(cells: object) -> bool:
    """Whether a 建设内容 column holds nothing but 新建, 续建, 维修 and the like."""
    texts = [fold(cell) for cell in cells if isinstance(cell, str)]  # type: ignore[attr-defined]
    return bool(texts) and sum(1 for text in texts if NATURE_CELL.fullmatch(text)) >= 0.6 * len(texts)
