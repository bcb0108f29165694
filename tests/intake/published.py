"""Nine shapes counties publish, re-typed with invented places and amounts; as csv and as merged workbooks."""

import csv
import io

import xlsxwriter

TWO_ROW_HEADER = """柏溪市2031年度特色产业项目计划表,,,,,,,,,,,
单位:万元,,,,,,,,,,,
序号,乡镇,村,项目名称,项目子类型,建设内容,计划投入资金,资金来源,,实施期限(年/月-年/月),联农带农富农利益联结机制,责任人
,,,,,,,省级财政资金,其他 资金,,,
合 计,,,,,,320.5,200,120.5,,,
1,云岭镇,上坪村,柏溪市蔬菜强链项目,种植业基地,"蔬菜加工厂房建设,冷链设备采购。",320.5,200,120.5,2031年6月到12月,土地流转、就业务工、带动生产,张某
"""
SUBTOTALS = """北桥区2030年第一批资金,,,,
安排表,,,,
单位:万元,,,,
序号,村名,项目名称,建设内容,资金金额
1,桃花村,水果基地,续建,20
2,桃花村,蔬菜基地,新建,30
小计,,,,50
3,石湾村,葡萄基地,续建,"10(其中,灾情因素6万元)"
4,石湾村,灌溉设施,维修,16
小计,,,,26
5,小额信贷贴息,,,12
合计,,,,88
"""
BLANK_SERIALS = """南舞市2030年资金分配表,,,,,,
序号,项目名称,资金来源,投资规模 (万元),建设地点,建设内容,责任单位
1,小额贴息,市级资金,67.90712,相关乡镇办,小额贷款政策贴息,帮扶办
,到户产业扶持项目,市级资金,336.64,相关乡镇办,"资金入股合作企业,带动农户增收。",帮扶办
,管理费,结余资金,5,帮扶办,监理等管理费用。,帮扶办
"""
UNIT_IN_CELLS = """东关区2028年资金分配表,,,,,
序号,项目名称,建设地点,建设内容,投资 规模,责任 单位
1,青山办事处周庄村人行道硬化项目,青山办事处周庄村,铺设道板砖1136.7平方米。,20万元,青山办事处
2,柏树镇后林村道路建设项目,柏树镇后林村,270米×4米。,73.5万元,柏树镇
,,,,,
"""
KEY_VALUES = """(一)农产品种植产业园项目,
项目名称,农产品种植产业园项目
项目类型,产业发展类
建设性质,新建
实施地点,青禾镇
时间进度,2033年1月至2033年12月
建设任务,新建标准化大棚11座。
资金规模和筹措方式,财政衔接推进乡村振兴补助资金575.038908万元。
绩效目标,"预计带动脱贫劳动力务工100人以上,每人每年务工收入可达2万元以上。"
(二)小型水利桥梁建设项目,
项目名称,小型水利桥梁建设项目
项目类型,产业发展类
建设性质,新建
实施地点,青禾镇
时间进度,2033年1月至2033年12月
"""
LOST_BLANKS = """2032年产业帮扶项目调整明细表,,,,
乡镇,基地,基础设施,车间,合计
东塘镇,350,350,,
金沙,18.5,18.5,,
东旺,151,63.2,214.2,
洛河,32.25,107.25,139.5,
合计,533.25,125.75,63.2,722.2
"""
BLANK_NAMES = """2033年示范村专项资金分配方案,,,,,,
序号,镇街,示范村名称,,提前下达金额 (万元),项目名称,绩效目标
1,云山街道,南塘村,精品示范村,600,人居环境整治,完成示范村建设。
2,云山街道,北塘村,精品示范村,465.2,,
3,南 街道,东社区,精品示范村,,,
"""
ENGLISH_PROFILE = """COMPREHENSIVE PROJECT PROFILE,
Project Title,Livelihood through Livestock
Project Type,Income Generating
Project Location,Municipality of Santa Clara
Project Status,Proposed
Project Cost (Php),"P3,431,397.20"
"""
ENGLISH_HEADS = """Name of the Project,Livestock Dispersal Program
Location,"Barangay 9, San Mateo City"
Number of Heads/Area,50 households/5 hectares
Estimated Budget,"PHP 500,000"
"""
MERGES = {
    "two-row header": (TWO_ROW_HEADER, ("A1:L1", "A2:L2", "H3:I3", *(f"{c}3:{c}4" for c in "ABCDEFGJKL"), "A5:F5")),
    "subtotals": (SUBTOTALS, ("A1:E1", "A2:E2", "A7:D7", "A10:D10", "A12:D12")),
    "blank serials": (BLANK_SERIALS, ("A1:G1", "A3:A5")),
    "unit in cells": (UNIT_IN_CELLS, ("A1:F1",)),
    "key values": (KEY_VALUES, ("A1:B1", "A10:B10")),
    "lost blanks": (LOST_BLANKS, ("A1:E1",)),
    "blank names": (BLANK_NAMES, ("A1:G1", "C2:D2", "F3:F5", "G3:G5")),
    "English profile": (ENGLISH_PROFILE, ("A1:B1",)),
    "English heads": (ENGLISH_HEADS, ()),
}
"""Each shape's csv and the cells its workbook merges."""


def grid(text: str) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(text)))
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def workbook(text: str, merges: tuple[str, ...] = (), *, sheets: int = 1) -> bytes:
    """The same table as xlsx: numbers as numbers, ``merges`` merged."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for number in range(sheets):
        sheet = book.add_worksheet(f"表{number + 1}")
        for area in merges:
            sheet.merge_range(area, "")
        for row, cells in enumerate(grid(text)):
            for column, cell in enumerate(cells):
                if cell:
                    sheet.write(row, column, _number(cell))
    book.close()
    return stream.getvalue()


def _number(cell: str) -> object:
    try:
        return float(cell)
    except ValueError:
        return cell
