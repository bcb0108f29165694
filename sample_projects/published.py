"""The proposals as tables: the way a county publishes them (Chinese, two-row header, 10k yuan) and flat in English."""
# ruff: noqa: E501 - one row a product, column or fault reads better than a wrapped one

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO

import xlsxwriter

from evaluator.domain.fields import CHOICE_WORDS, FIELDS
from evaluator.report.workbook import MADE, OPTIONS, settle_bytes
from sample_projects.proposals import EMPLOYMENT, INDUSTRY, OTHER, TOWNSHIPS, VILLAGES, Row

Cell = str | float | int | date | None
COUNTY = ("513436", "美姑县", "凉山彝族自治州", "Meigu")
TITLE = "美姑县2025年度巩固拓展脱贫攻坚成果和乡村振兴项目库申报项目汇总表（示例：项目、村名、数字均为虚构）"
SECTIONS = ((INDUSTRY, "一、产业项目"), (EMPLOYMENT, "二、就业项目"), (OTHER, "三、其他项目"))


@dataclass(frozen=True, slots=True)
class Column:
    """One published column: the group above it (empty when it stands alone), its heading, the fact it prints."""

    group: str
    heading: str
    key: str
    percent: bool = False


def _columns(group: str, *pairs: str) -> tuple[Column, ...]:
    split = (pair.split("=") for pair in pairs)
    return tuple(Column(group, heading, key.rstrip("%"), key.endswith("%")) for heading, key in split)


COLUMNS: tuple[Column, ...] = (
    *_columns("", "序号=serial", "项目编号=project_id", "项目名称=name", "项目大类=kind", "项目类型=project_type", "建设性质=nature", "项目状态=status"),
    *_columns("实施地点", "县=county", "乡镇=township", "村=village", "经度=lon", "纬度=lat"),
    *_columns("", "建设任务=content", "规模=scale"),
    *_columns("项目资金(万元)", "总投资=investment_wan", "财政资金=subsidy_wan", "资金来源=fund_source", "补助标准=standard"),
    *_columns("", "开工时间=start", "完工时间=end", "首次收益时间=first_income", "实施期限=period", "建设周期(月)=construction_months"),
    *_columns("受益情况", "受益户数=households", "脱贫户数=poor_households", "受益人数=persons", "受益对象=beneficiaries"),
    *_columns("", "联农带农机制=link_mechanisms", "绩效目标=performance_target", "责任单位=operator", "产业规划=plan"),
    *_columns("", "产品=product", "环节=stage", "联建编号=joint_venture_id", "面积(亩)=area_mu", "养殖数量=heads", "年产量=output_per_year", "产量单位=output_unit", "上市月份=harvest_window",
              "本地历史(年)=local_history_years", "到市场时间(小时)=market_hours"),
    *_columns("", "年产值(万元)=revenue_wan", "年成本(万元)=cost_wan", "年净收益(万元)=yearly_benefit_wan", "农户年增收(万元)=yearly_household_benefit_wan", "年补贴(万元)=yearly_subsidy_wan"),
    *_columns("", "户均年增收(元)=benefit_per_household_yuan_year", "持续受益年限=benefit_years", "资产寿命=asset_life_years", "增加值率=value_added_share%", "资产收益率=promised_asset_income_share%"),
    *_columns("", "已签订单比例=signed_offtake_share%", "订单等级=offtake_grade", "市场依据等级=evidence_grade", "保险覆盖=insured_share%", "年灾损概率=loss_probability%"),
    *_columns("", "岗位数=jobs", "月工资(元)=wage_yuan_month", "当地工资(元)=local_wage_yuan_month", "合同期(月)=contract_months", "通勤时间(分钟)=travel_minutes", "培训天数=training_days", "就业率=placement_share%",
              "本地用工比例=local_labour_share%", "年用工量=labour_days_year", "技能=skills", "劳动状态=labour_state"),
    *_columns("", "yearly_benefit_yuan_low=yearly_benefit_yuan_low", "yearly_benefit_yuan_high=yearly_benefit_yuan_high", "备注=note"),
)  # fmt: skip
UNITS = {"吨": "t", "羽": "head", "头": "head", "件": "piece", "间夜": "room night"}
TYPES_EN = {
    "种植业基地": "Crop base", "养殖业基地": "Livestock base", "加工业": "Processing", "农产品仓储保鲜冷链基础设施建设": "Cold chain", "林草基地建设": "Forestry", "休闲农业与乡村旅游": "Rural tourism",
    "光伏电站建设": "Solar power", "帮扶车间(特色手工基地)建设": "Workshop", "技能培训": "Skills training", "公益性岗位": "Public-benefit posts", "交通费补助": "Travel grants", "农村道路建设": "Rural roads",
    "农村供水保障设施建设": "Water supply", "项目管理费": "Management fee", "小额贷款贴息": "Loan interest subsidy", "享受“雨露计划”职业教育补助": "Vocational school grants", "新型农村集体经济发展项目": "Village collective economy",
}  # fmt: skip
WORDS_EN = {
    "是": "yes", "县供销社与企业合资公司": "Joint company of the supply cooperative", "蔬菜专业合作社": "Vegetable cooperative", "花椒专业合作社": "Sichuan pepper cooperative", "妇女合作社": "Women's cooperative",
    "中蜂专业合作社": "Beekeepers' cooperative", "县农投公司": "County agricultural investment company", "村集体旅游公司": "Village tourism company", "县农业农村局": "County bureau of agriculture",
    "村集体经济组织": "Village collective", "乡人民政府": "Township government", "县林草局": "County forestry bureau", "农业公司": "Farming company", "乡镇联合公司": "Joint company of the villages",
    "药材合作社": "Herb cooperative", "渔业公司": "Fish company", "饲草合作社": "Forage cooperative", "食品公司": "Food company", "县供销社": "County supply cooperative", "县人社局": "County labour bureau",
    "县交通运输局": "County transport bureau", "县水利局": "County water bureau", "县金融工作局": "County finance office", "县教体局": "County education bureau", "县乡村振兴局": "County rural revitalisation bureau",
    "东西部协作资金、企业自筹": "East-west cooperation funds; the company's own money", "每羽补助35元": "35 yuan a bird", "每头补助800元": "800 yuan a head", "每亩补助700元": "700 yuan a mu",
    "全县肉羊产业规划": "County sheep plan", "年出栏半细毛羊2800头，五村集体年增收不低于36万元。": "2,800 sheep a year; at least 360,000 yuan a year for the five villages.",
    "年加工苦荞1500吨，带动420户增收，户均年增收4000元。": "1,500 t of buckwheat processed; 420 households gain 4,000 yuan a year each.", "全县苦荞种植户420户，其中脱贫户186户": "420 buckwheat households, 186 of them poor",
    "食品加工、质检": "food processing, quality control", "刺绣、图案设计": "embroidery, design", "客房服务、烹饪": "housekeeping, cooking", "缝纫": "sewing", "养老护理": "care of the elderly",
    "2025年3月至2025年12月": "2025-03 to 2025-12", "2025年2-9月": "2025-02 to 2025-09", "2025年4月至10月": "2025-04 to 2025-10", "2025年3月至8月": "2025-03 to 2025-08", "2025年3月至11月": "2025-03 to 2025-11",
    "2025年": "2025-01 to 2025-12", "2000亩": "2,000 mu", "1800亩": "1,800 mu", "300亩": "300 mu", "不超过1%": "at most 1 %",
}  # fmt: skip
SUMMED = ("investment_wan", "subsidy_wan")


def zh_word(choice: str) -> str:
    """A choice as Chinese lists write it."""
    return CHOICE_WORDS[choice][0]


def zh_cell(row: Row, key: str) -> Cell:
    """What a Chinese table prints for a fact."""
    value = row.get(key)
    if value is None or value == "":
        return None
    if key in {"start", "end", "first_income"}:
        return date(int(value[:4]), int(value[5:]), 1)
    if key == "link_mechanisms":
        return "、".join(zh_word(part) for part in value)
    if key in {"kind", "nature", "status", "stage", "offtake_grade", "labour_state"}:
        return zh_word(value)
    return round(value, 4) if isinstance(value, float) else value


def grid(rows: Sequence[Row], products_zh: dict[str, str]) -> tuple[list[list[Cell]], list[tuple[int, int, int, int]]]:
    """The published table as rows of cells, and its merged ranges (first row, first column, last row, last column)."""
    width = len(COLUMNS)
    cells: list[list[Cell]] = [[TITLE, *[None] * (width - 1)], [*[None] * (width - 1), "单位:万元"]]
    merges = [(0, 0, 0, width - 1)]
    upper: list[Cell] = []
    for place, column in enumerate(COLUMNS):
        first = place == 0 or column.group != COLUMNS[place - 1].group or not column.group
        upper.append((column.group or column.heading) if first else None)
        if not column.group:
            merges.append((2, place, 3, place))
        elif first:
            merges.append((2, place, 2, place + sum(c.group == column.group for c in COLUMNS) - 1))
    cells += [upper, [column.heading if column.group else None for column in COLUMNS]]
    serial = 0
    for kind, heading in SECTIONS:
        some = [row for row in rows if row["kind"] == kind]
        cells.append([heading] + [None] * (width - 1))
        for row in some:
            serial += 1
            facts = {**row, "serial": serial, "county": COUNTY[1], "product": products_zh.get(row.get("product", ""))}
            cells.append([zh_cell(facts, column.key) for column in COLUMNS])
        cells.append(_sums("小计", some))
    return [*cells, _sums("合计", rows)], merges


def _sums(label: str, rows: Sequence[Row]) -> list[Cell]:
    totals = {key: round(sum(row.get(key) or 0 for row in rows), 4) for key in SUMMED}
    return [label] + [totals.get(column.key) for column in COLUMNS[1:]]


def as_csv(cells: Sequence[Sequence[Cell]], *, percent: frozenset[int] = frozenset()) -> bytes:
    """Rows as CSV in UTF-8 with a byte order mark, which spreadsheets need for Chinese; ``percent`` columns as 70%."""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    for row in cells:
        writer.writerow([_percent(cell) if place in percent else _plain(cell) for place, cell in enumerate(row)])
    return ("\ufeff" + target.getvalue()).encode()


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return f"{cell.year}年{cell.month}月"
    return "" if cell is None else f"{cell:.10g}" if isinstance(cell, float) else str(cell)


def _percent(cell: Cell) -> str:
    return f"{100 * cell:.6g}%" if isinstance(cell, int | float) else _plain(cell)


def as_xlsx(
    cells: Sequence[Sequence[Cell]],
    merges: Sequence[tuple[int, int, int, int]],
    *,
    sheet: str,
    percent: frozenset[int] = frozenset(),
) -> bytes:
    """The same cells as a workbook with merged headings; ``percent`` columns are formatted as per cent."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"created": MADE})
    page = book.add_worksheet(sheet)
    plain, share = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"num_format": "0%"})
    month = book.add_format({"num_format": 'yyyy"年"m"月"'})
    head = book.add_format({"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"})
    for row, line in enumerate(cells):
        for place, cell in enumerate(line):
            if isinstance(cell, str):
                page.write_string(row, place, cell, head if row < 4 and merges else plain)
            elif isinstance(cell, date):
                page.write_datetime(row, place, cell, month)
            elif cell is not None:
                page.write_number(row, place, cell, share if place in percent else None)
    for first, left, last, right in merges:
        if (first, left) != (last, right):
            page.merge_range(first, left, last, right, cells[first][left], head)
    if merges:
        page.freeze_panes(4, 3)
        page.set_column(2, 2, 26)
    book.close()
    return settle_bytes(target.getvalue())


def percent_places() -> frozenset[int]:
    """Positions of the published columns that hold shares."""
    return frozenset(place for place, column in enumerate(COLUMNS) if column.percent)


def english(rows: Sequence[Row]) -> Iterator[list[Cell]]:
    """The flat English twin: form keys as headings, yuan, shares from 0 to 1."""
    keys = [key for key in FIELDS if any(_english(row, key) is not None for row in rows)]
    ranged = ["yearly_benefit_yuan_low", "yearly_benefit_yuan_high"]
    yield [*keys, *ranged]
    for row in rows:
        yield [_english(row, key) for key in (*keys, *ranged)]


def _english(row: Row, key: str) -> Cell:
    told = {
        "place_code": COUNTY[0],
        "place_name": COUNTY[3],
        "name": row["name_en"],
        "content": row["content_en"],
        "project_type": TYPES_EN[row["project_type"].rsplit("/", 1)[-1]],
        "output_unit": UNITS.get(row.get("output_unit", "")),
    }
    if key in told:
        return None if told[key] is None else str(told[key])
    wan = row.get(key.replace("_yuan_year", "_wan").replace("_yuan", "_wan"))
    if isinstance(wan, int | float) and key in FIELDS and FIELDS[key].kind == "money":
        return round(float(wan) * 10_000, 2)
    value: Cell = row.get(key)
    if key == "township":
        return TOWNSHIPS[row["township"]]
    if key == "village":
        return VILLAGES.get(row["village"])
    if key == "link_mechanisms" and value:
        return "; ".join(map(str, row[key]))
    if isinstance(value, str) and not value.isascii():
        return str(
            row.get(f"{key}_en") or WORDS_EN.get(value) or TOWNSHIPS[value.removesuffix("人民政府")] + " government"
        )
    return value if value != "" else None
