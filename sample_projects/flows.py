"""Cash flows of a few proposals, year by year: the investment in year 0, then what their facts say."""

import math
from collections.abc import Sequence

from sample_projects.proposals import Row

Cell = str | float | int | None
SHOWN = (
    "苦荞精深加工厂",
    "高山反季节蔬菜订单基地",
    "鸡苗到户发放项目",
    "外购菌棒香菇出菇项目",
    "万亩核桃提质扩面",
    "服装加工帮扶车间",
)
LONGEST_YEARS = 15


def delay_years(row: Row) -> int:
    """Whole years from the start to the first income."""
    (year, month), (later, month_later) = (row[key].split("-") for key in ("start", "first_income"))
    return math.floor(int(later) - int(year) + (int(month_later) - int(month)) / 12)


def flows(rows: Sequence[Row]) -> list[list[Cell]]:
    """Flows in yuan, a heading row first; benefits hold no subsidy, and end with the benefit years."""
    table: list[list[Cell]] = [["project_id", "period", "costs", "benefits", "subsidies", "household_benefit"]]
    for row in (row for row in rows if row["name"] in SHOWN):
        table.append([row["project_id"], 0, _yuan(row["investment_wan"]), 0, _yuan(row["subsidy_wan"]), 0])
        first = 1 + delay_years(row)
        for period in range(1, min(first + row["benefit_years"], LONGEST_YEARS + 1)):
            costs, net, subsidy, households = (_yuan(row.get(key, 0)) if period >= first else 0 for key in _YEARLY)
            table.append([row["project_id"], period, costs, costs + net, subsidy, households])
    return table


_YEARLY = ("cost_wan", "yearly_benefit_wan", "yearly_subsidy_wan", "yearly_household_benefit_wan")


def _yuan(wan: float) -> int:
    return round(10_000 * wan)
