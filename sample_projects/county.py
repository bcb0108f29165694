"""The sample county's surroundings: register, places, markets, prices and vacancies. All invented but the county codes."""
# ruff: noqa: E501, PLR0917 - one row a product, column or fault reads better than a wrapped one

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from evaluator.reference.places import adjacent, counties, liangshan_geojson
from sample_projects.proposals import TOWNSHIPS, VILLAGES, Row

HOST = "513436"
SIZES = {"513436": 90, "513431": 60, "513434": 45, "513435": 35, "513437": 45, "511132": 15, "511133": 15}
Cell = str | float | int | None
Rows = list[list[Cell]]
Point = tuple[float, float]


class Made(NamedTuple):
    """What the register's projects of one product look like.

    ``weight`` how common, ``price_yuan`` a unit, ``coverage`` the demand in reach over supply, ``elsewhere`` what
    other suppliers bring over what projects bring, ``trend`` and ``swing`` of the price a year.
    """

    weight: float
    unit: str
    price_yuan: float
    name: str
    stage: str
    coverage: float
    elsewhere: float = 0.3
    trend: float = 0.0
    swing: float = 0.1


MADE_HERE: dict[str, Made] = {
    "potato": Made(15, "吨", 1300, "洋芋种植基地", "grow", 0.62, 0.4, -0.02, 0.22),
    "buckwheat": Made(11, "吨", 4200, "苦荞种植基地", "grow", 0.95, 0.1, 0.01, 0.12),
    "chicken": Made(13, "羽", 62, "土鸡养殖基地", "raise", 0.55, 0.5, -0.03, 0.16),
    "pig": Made(12, "头", 2100, "生猪养殖场", "raise", 0.72, 0.8, -0.01, 0.24),
    "walnut": Made(7, "吨", 8200, "核桃基地", "grow", 0.4, 0.6, -0.08, 0.18),
    "sichuan_pepper": Made(6, "吨", 46000, "花椒基地", "grow", 0.8, 0.2, -0.05, 0.2),
    "cattle": Made(5, "头", 17500, "肉牛养殖场", "raise", 1.05, 0.5, 0.0, 0.08),
    "sheep": Made(4, "头", 1450, "绵羊养殖场", "raise", 1.2, 0.3, 0.02, 0.07),
    "goat": Made(4, "头", 1200, "黑山羊养殖场", "raise", 0.95, 0.3, 0.01, 0.09),
    "mushroom": Made(5, "吨", 8000, "食用菌大棚", "grow", 0.55, 0.5, -0.04, 0.15),
    "offseason_veg": Made(3, "吨", 2700, "高山蔬菜基地", "grow", 1.3, 0.3, 0.02, 0.11),
    "cabbage": Made(2, "吨", 2000, "白菜莴笋大棚", "grow", 0.8, 0.6, 0.0, 0.2),
    "eggs": Made(2, "吨", 12000, "蛋鸡养殖场", "raise", 0.85, 0.7, 0.0, 0.08),
    "honey": Made(2, "吨", 100000, "中蜂养殖", "raise", 1.35, 0.1, 0.03, 0.06),
    "alfalfa": Made(2, "吨", 420, "饲草基地", "grow", 1.1, 0.2, 0.02, 0.08),
    "buckwheat_process": Made(1, "吨", 18000, "苦荞茶加工厂", "process", 1.6, 0.2, 0.04, 0.05),
    "potato_starch": Made(1, "吨", 7200, "洋芋粉条加工厂", "process", 1.1, 0.3, 0.01, 0.08),
    "pepper_process": Made(1, "吨", 45000, "花椒烘干加工厂", "process", 1.3, 0.2, 0.0, 0.09),
    "meat_process": Made(1, "吨", 60000, "腊肉加工坊", "process", 1.2, 0.3, 0.02, 0.06),
    "coldwater_fish": Made(1, "吨", 30000, "冷水鱼养殖场", "raise", 0.9, 0.5, 0.0, 0.08),
    "huangjing": Made(1, "吨", 42000, "黄精种植基地", "grow", 0.9, 0.4, -0.02, 0.17),
    "blueberry": Made(1, "吨", 26000, "蓝莓基地", "grow", 1.1, 0.5, -0.03, 0.12),
    "olive": Made(1, "吨", 6000, "油橄榄基地", "grow", 0.5, 0.8, -0.02, 0.1),
    "homestay": Made(1, "间夜", 300, "彝家民宿", "service", 1.1, 0.4, 0.03, 0.05),
    "garment_workshop": Made(2, "件", 45, "服装帮扶车间", "workshop", 0),  # sells work: no goods market
    "embroidery": Made(1, "件", 120, "彝绣工坊", "workshop", 1.4, 0.2, 0.03, 0.04),
}
SOLD = {product: made for product, made in MADE_HERE.items() if made.coverage > 0}
WAVES = {"chicken": "洪溪镇", "pig": "井叶特西乡", "potato": "典补乡", "buckwheat": "九口乡"}
WAVE_SHARE = 0.62
"""Each product of the wave has a township it spread from; so many projects copy the nearest one."""
MARKETS = (  # id, name, lon, lat, share of the demand
    ("M1", "美姑县城农贸市场（示例）", 103.132, 28.329, 0.15),
    ("M2", "昭觉农产品集散地（示例）", 102.845, 28.012, 0.2),
    ("M3", "西昌农产品批发市场（示例）", 102.26, 27.9, 0.4),
    ("M4", "乐山农产品批发市场（示例）", 103.77, 29.57, 0.25),
)
NEAR_ONLY = {
    "eggs": ("M1", "M2"),
    "alfalfa": ("M1", "M2"),
    "homestay": ("M1",),
    "offseason_veg": ("M1", "M2"),
    "cabbage": ("M1", "M2"),
    "mushroom": ("M1", "M2"),
    "blueberry": ("M1", "M2"),
}


def _rings(code: str) -> list[list[Point]]:
    for feature in liangshan_geojson()["features"]:
        if feature["id"] == code:
            shape = feature["geometry"]
            polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            return [polygon[0] for polygon in polygons]
    return []


def _inside(point: Point, ring: Sequence[Point]) -> bool:
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossings += 1
    return crossings % 2 == 1


def scatter(rng: np.random.Generator, code: str, count: int, spread: float = 0.22) -> list[Point]:
    """Random points around a county seat, inside the county where its shape is known."""
    seat, rings = counties()[code], _rings(code)
    points: list[Point] = []
    while len(points) < count:
        lon, lat = (float(v) for v in (seat.lon, seat.lat) + spread * (2 * rng.random(2) - 1))
        if not rings or any(_inside((lon, lat), ring) for ring in rings):
            points.append((round(lon, 4), round(lat, 4)))
    return points


def township_points(rng: np.random.Generator) -> dict[str, Point]:
    """An invented place on the map for each township of the host county."""
    return dict(zip(TOWNSHIPS, scatter(rng, HOST, len(TOWNSHIPS)), strict=True))


def near(rng: np.random.Generator, point: Point, spread: float = 0.02) -> Point:
    """A point close to another."""
    lon, lat = np.asarray(point) + spread * (2 * rng.random(2) - 1)
    return round(float(lon), 4), round(float(lat), 4)


REGISTER = (
    "project_id", "name", "kind", "product", "stage", "place_code", "place_name", "township", "village", "lon", "lat", "status", "nature", "start",
    "output_per_year", "output_unit", "revenue_yuan_year", "investment_yuan", "households", "jobs", "outcome_3y", "outcome_income_kept",
)  # fmt: skip


def register(rng: np.random.Generator, townships: dict[str, Point]) -> Rows:
    """About 300 existing and approved projects: a wave of potato, buckwheat, chicken and pig, and a few others."""
    ids, weights = list(MADE_HERE), np.array([made.weight for made in MADE_HERE.values()])
    rows: Rows = [list(REGISTER)]
    for code, count in SIZES.items():
        points = scatter(rng, code, count)
        chosen = rng.choice(len(ids), size=count, p=weights / weights.sum())
        copies = rng.random(count) < WAVE_SHARE
        for point, pick, copied in zip(points, chosen, copies, strict=True):
            product = _nearest_wave(point, townships) if copied else ids[int(pick)]
            rows.append(_registered(rng, code, product, point, townships, len(rows)))
    return _numbered(rows)


def _nearest_wave(point: Point, townships: dict[str, Point]) -> str:
    return min(WAVES, key=lambda product: math.dist(point, townships[WAVES[product]]))


def _numbered(rows: Rows) -> Rows:
    """Later projects of the same village and kind are called phase 2, 3 and so on."""
    seen: dict[Cell, int] = {}
    for row in rows[1:]:
        seen[row[1]] = phase = seen.get(row[1], 0) + 1
        row[1] = row[1] if phase == 1 else f"{row[1]}（{'一二三四五六七八九十'[phase - 1]}期）"
    return rows


def _registered(
    rng: np.random.Generator, code: str, product: str, point: Point, townships: dict[str, Point], serial: int
) -> list[Cell]:
    made, county = MADE_HERE[product], counties()[code]
    year, luck = int(rng.integers(2018, 2025)), rng.random(4)
    investment = round(float(np.exp(rng.normal(13.3, 0.8))), -4)
    revenue = investment * (0.5 + float(luck[0])) * (0.6 if product in {"walnut", "olive", "huangjing"} else 1.0)
    village = list(VILLAGES)[int(luck[1] * len(VILLAGES))]
    township = min(townships, key=lambda name: math.dist(point, townships[name])) if code == HOST else ""
    lon, lat = point
    past, lasts = year <= 2021, 0.35 if made.trend < -0.02 else 0.7
    status = "已批" if year == 2024 else "闲置" if past and luck[3] > 0.9 else "运行"
    return [
        f"R{serial:03d}", f"{village}{made.name}", "就业" if product == "garment_workshop" else "产业", product, made.stage, code, county.name_zh, township, village, lon, lat,
        status, "新建" if luck[0] < 0.8 else "续建", f"{year}-{int(rng.integers(1, 13)):02d}", float(f"{revenue / made.price_yuan:.3g}"), made.unit, round(revenue, -3), investment,
        int(20 + 180 * luck[1]), int(15 + 60 * luck[2]) if product == "garment_workshop" else None, ("是" if luck[3] < lasts else "否") if past else None, ("是" if luck[3] < lasts - 0.15 else "否") if past else None,
    ]  # fmt: skip


def supply_by_product(registered: Rows, proposals: Sequence[Row]) -> dict[str, float]:
    """Yearly output of everything listed, by product, in the product's unit."""
    place = {key: REGISTER.index(key) for key in ("product", "output_per_year")}
    total: dict[str, float] = {}
    for row in registered[1:]:
        total[str(row[place["product"]])] = total.get(str(row[place["product"]]), 0.0) + float(
            row[place["output_per_year"]] or 0
        )
    for proposal in proposals:
        product, unit = proposal.get("product"), proposal.get("output_unit")
        if product in MADE_HERE and unit == MADE_HERE[product].unit:
            total[product] = total.get(product, 0.0) + proposal["output_per_year"]
    return total


def markets(supply: dict[str, float]) -> Rows:
    """Markets whose demand stands in a stated proportion to what is planned."""
    rows: Rows = [["market_id", "name", "lon", "lat", "product", "yearly_demand", "supplied_elsewhere", "unit"]]
    for product, made in SOLD.items():
        open_to = [market for market in MARKETS if market[0] in NEAR_ONLY.get(product, ("M1", "M2", "M3", "M4"))]
        whole = sum(market[4] for market in open_to)
        for market, name, lon, lat, share in open_to:
            brought = supply.get(product, 1.0) * share / whole
            elsewhere = float(f"{brought * made.elsewhere:.2g}")
            rows.append(
                [
                    market,
                    name,
                    lon,
                    lat,
                    product,
                    float(f"{made.coverage * (brought + elsewhere):.2g}"),
                    elsewhere,
                    made.unit,
                ]
            )
    return rows


def prices(rng: np.random.Generator) -> Rows:
    """Ten yearly prices and volumes of each product: its trend, its swings, a cobweb where prices swing most."""
    rows: Rows = [["product", "market", "year", "price_yuan", "volume"]]
    for product, made in SOLD.items():
        shock = 0.0
        for step, year in enumerate(range(2015, 2025)):
            shock = (-0.45 if made.swing > 0.2 else 0.2) * shock + made.swing * float(rng.normal()) * 0.8
            price = made.price_yuan * math.exp(made.trend * (step - 9) + shock)
            volume = 1000 * math.exp((0.03 + made.trend / 3) * step + 0.08 * float(rng.normal()))
            rows.append([product, "西昌农产品批发市场（示例）", year, float(f"{price:.4g}"), round(volume)])
    return rows


PLACES = (  # code, temperature, rain, altitude, growing days, labour days available
    ("513436", 11.4, 815, 2080, 240, 310000), ("513431", 10.9, 1020, 2170, 230, 420000), ("513434", 13.3, 1110, 1660, 255, 380000), ("513435", 16.2, 880, 1090, 300, 300000),
    ("513437", 14.0, 850, 1250, 270, 330000), ("511132", 16.5, 830, 640, 310, 150000), ("511133", 16.9, 1010, 560, 315, 160000), ("513401", 17.0, 1010, 1540, 320, 600000),
)  # fmt: skip
OUTPUT_WAN = {"potato": 9800, "buckwheat": 5200, "maize": 6100, "chicken": 4300, "pig": 8700, "cattle": 3900, "sheep": 5600, "goat": 2300, "walnut": 1500, "sichuan_pepper": 1900,
              "honey": 420, "offseason_veg": 1400, "rice": 600, "apple": 300, "tobacco": 700}  # fmt: skip
LEANING = {"513436": ("buckwheat", "sheep", "honey"), "513431": ("potato", "buckwheat", "sheep"), "513434": ("apple", "potato"), "513435": ("walnut", "sichuan_pepper"), "513437": ("sichuan_pepper", "walnut"),
           "511132": ("offseason_veg",), "511133": ("maize", "pig"), "513401": ("rice", "offseason_veg", "tobacco")}  # fmt: skip
PROCESSORS = {"513436": "buckwheat=900;potato=6000", "513431": "potato=30000;buckwheat=3000", "513434": "apple=8000", "513437": "sichuan_pepper=600;walnut=1500",
              "513401": "potato=40000;offseason_veg=60000;honey=300"}  # fmt: skip
BRANDS = {"513436": "chicken=county;potato=prefecture;buckwheat_process=prefecture;tobacco=prefecture"}


def minutes_between(code: str, other: str) -> int:
    """Minutes by mountain road: straight km × 1.6 at 40 km an hour."""
    a, b = counties()[code], counties()[other]
    across = (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return round(111.2 * math.hypot(across, a.lat - b.lat) * 1.6 / 40 * 60)


def places(rng: np.random.Generator) -> Rows:
    """The host county, its neighbours over the prefecture line, and the prefecture's seat."""
    rows: Rows = [["place_code", "name", "prefecture", "lon", "lat", "neighbours", "poor_households", "temperature_c", "rain_mm", "altitude_m", "growing_days", "labour_days_available",
                   "yearly_output_yuan", "processors", "brands"]]  # fmt: skip
    known = {entry[0] for entry in PLACES}
    for code, warm, rain, altitude, days, labour in PLACES:
        county = counties()[code]
        around = ";".join(f"{other}:{minutes_between(code, other)}" for other in sorted(adjacent(code) & known))
        poor = ";".join(f"{name}={int(rng.integers(180, 900))}" for name in TOWNSHIPS) if code == HOST else None
        output = ";".join(f"{product}={_output(rng, code, product, wan)}" for product, wan in OUTPUT_WAN.items())
        rows.append([code, county.name_zh, county.prefecture_zh, county.lon, county.lat, around, poor, warm, rain, altitude, days, labour, output, PROCESSORS.get(code),
                     BRANDS.get(code, "potato=prefecture;buckwheat_process=prefecture" if code[:4] == "5134" else None)])  # fmt: skip
    return rows


def _output(rng: np.random.Generator, code: str, product: str, wan: float) -> int:
    lean = 2.4 if product in LEANING[code] else 0.9
    return int(round(wan * 10_000 * lean * (0.7 + 0.6 * float(rng.random())), -4))


def vacancies() -> Iterator[list[Cell]]:
    """Open posts: some verified, some only announced."""
    yield [
        "employer",
        "region",
        "occupation",
        "posts",
        "wage_yuan_month",
        "months",
        "lon",
        "lat",
        "minutes",
        "verified",
        "product",
    ]
    yield ["示例康养中心", "西昌市", "养老护理员", 90, 4300, 36, 102.26, 27.9, 210, "是", "nursing"]
    yield ["示例医养集团", "成都市", "护理员", 140, 4800, 36, 104.07, 30.67, 480, "是", "nursing"]
    yield ["示例服装公司", "美姑县", "缝纫工", 110, 3300, 24, 103.132, 28.329, 25, "是", "garment_workshop"]
    yield ["示例鞋服厂", "昭觉县", "缝纫工", 60, 3000, 12, 102.84, 28.015, 95, "否", "garment_workshop"]
    yield ["示例电子厂", "美姑县", "装配工", 40, 2900, 12, 103.13, 28.33, 30, "是", "electronics_workshop"]
    yield ["示例电子厂", "佛山市", "装配工", 300, 4600, 24, 113.12, 23.02, 1500, "是", "electronics_workshop"]
    yield ["示例建筑公司", "西昌市", "挖掘机操作员", 35, 5200, 12, 102.26, 27.9, 210, "是", "training"]
    yield ["示例餐饮公司", "乐山市", "厨师", 50, 4100, 12, 103.77, 29.57, 240, "否", "training"]
    yield ["示例保洁公司", "美姑县", "保洁员", 20, 1600, 12, 103.13, 28.33, 20, "是", "public_posts"]
