"""Every table the evaluator reads, by name: its columns as fields. Templates and the data dictionary read it."""
# ruff: noqa: E501 - one row a field reads better than a wrapped one
# fmt: off

from collections.abc import Mapping
from types import MappingProxyType

from evaluator.domain.fields import MAX_MONEY_YUAN, PROJECT_FIELDS, Field
from evaluator.domain.table_fields import MARKET_FIELDS, PLACE_FIELDS, PRICE_FIELDS, VACANCY_FIELDS

FLOW_FIELDS: tuple[Field, ...] = (
    Field("project_id", "text", "required", "Project id", "项目编号", "The project of the list these flows belong to.", "流量所属项目的编号。", aliases=("编号", "id")),
    Field("period", "years", "required", "Year", "期次", "Year of the project: 0 is the year of the investment.", "项目第几年：0 为投资当年。", "years", 0, 60, aliases=("年次", "期数", "year")),
    Field("costs", "money", "optional", "Costs", "支出", "Money paid out in the year: investment, inputs, wages, repairs.", "当年支出：投资、投入品、工资、维修。", "yuan", 0, MAX_MONEY_YUAN, aliases=("成本", "流出", "cost")),
    Field("benefits", "money", "optional", "Benefits", "收入", "Money received in the year without any subsidy.", "当年收入，不含任何补贴。", "yuan", 0, MAX_MONEY_YUAN, aliases=("收益", "流入", "benefit", "revenue")),
    Field("subsidies", "money", "optional", "Subsidies", "补贴", "Subsidy received in the year.", "当年获得的补贴。", "yuan", 0, MAX_MONEY_YUAN, aliases=("补助", "财政补贴", "subsidy")),
    Field("household_benefit", "money", "optional", "Household benefit", "农户收益", "Gain of all households together in the year.", "当年全部农户的合计收益。", "yuan", 0, MAX_MONEY_YUAN, aliases=("农户增收", "带动增收")),
)

PANEL_FIELDS: tuple[Field, ...] = (
    Field("unit_id", "text", "required", "Household id", "农户编号", "The same household has the same id in every year; never a name.", "同一农户各年编号相同；不填姓名。",
          aliases=("户编号", "户号", "户编码", "农户编码", "农户号", "家庭编号", "household_id", "household no", "household", "hhid", "hh_id", "hh", "unit", "unitid", "pid", "person_id", "individual_id", "family_id", "id", "编号", "农户", "户ID", "农户ID", "家庭ID", "样本编号")),
    Field("year", "years", "required", "Year", "年份", "Year of the income.", "收入所属年份。", "", -100, 2200, aliases=("年度", "年", "调查年份", "调查年度", "收入年份", "survey_year", "yr", "period", "time", "t", "wave", "date", "调查年", "时间")),
    Field("outcome", "number", "required", "Income", "收入", "Yearly income per person of the household, or its logarithm.", "农户人均年收入，或其对数。", "yuan",
          aliases=("人均收入", "人均纯收入", "人均可支配收入", "家庭人均纯收入", "家庭人均收入", "户人均纯收入", "年人均纯收入", "人均年收入", "年收入", "纯收入", "可支配收入", "家庭收入", "income", "income_yuan",
                   "per capita income", "income per person", "household income", "log_income", "ln_income", "lnincome", "log income", "log(income)", "ln(income)", "lninc", "lny", "y",
                   "收入对数", "人均收入对数", "家庭人均可支配收入", "农户人均收入", "农户收入", "ln人均收入", "ln收入")),
    Field("first_year", "years", "required", "First project year", "项目首年", "First year with the project; empty or 0 = never.", "首次参加项目的年份；空或 0 表示从未参加。", "", -100, 10_000,
          aliases=("首年", "开始年份", "参加年份", "首次参加年份", "首次受益年份", "受益首年", "项目开始年份", "项目起始年份", "treatment_year", "first_treated", "first_treat", "first.treat", "first treated year",
                   "year_treated", "treat_year", "start_year", "cohort", "gvar", "g", "treatment_start", "treat_start", "first_treatment_year", "year_first_treated", "adoption_year",
                   "参与年份", "开始年", "处理年份", "首次处理年份", "启动年份", "项目启动年份", "实施年份", "项目实施年份")),
    Field("project_id", "text", "optional", "Project id", "项目编号", "The project the household takes part in.", "农户参加的项目。", aliases=("项目代码", "project", "参加项目", "项目")),
    Field("cluster_id", "text", "optional", "Village id", "村编号", "Village or other group that projects were given to.", "项目覆盖的村或其他单元。",
          aliases=("村", "行政村", "村名", "村代码", "村编码", "所在村", "所属村", "village_id", "village", "village code", "village name", "villid", "vill", "cluster", "村庄", "自然村", "村ID")),
    Field("weight", "number", "optional", "Weight", "权重", "Survey weight, the same in every year of a household.", "抽样权重，同一农户各年相同。", "", 0, 1e9, aliases=("抽样权重", "权数", "weights", "sample weight", "survey weight", "pweight")),
    Field("below_line", "flag", "optional", "Below the line", "低于监测线", "Whether the household is below the poverty or monitoring line that year.", "农户当年是否低于贫困线或监测线。", aliases=("是否低于监测线", "监测对象", "是否监测对象", "是否返贫", "返贫", "poor", "below poverty line")),
    Field("illness", "flag", "optional", "Illness", "大病", "Whether a grave illness struck the household that year.", "农户当年是否有人患大病。", aliases=("患病", "是否患大病", "因病", "serious illness")),
    Field("disaster", "flag", "optional", "Disaster", "受灾", "Whether flood, drought, hail, disease of animals or the like struck that year.", "农户当年是否遭受水旱、冰雹、动物疫病等灾害。", aliases=("灾害", "是否受灾", "因灾", "natural disaster")),
    Field("insured", "flag", "optional", "Insured", "参保", "Whether crops or animals were insured that year.", "农户当年种养业是否参加保险。", aliases=("是否参保", "农业保险", "保险", "insurance")),
    Field("trait_short_flat_fast", "share", "optional", "Short, flat and fast", "短平快", "1 when the project was flagged as short, flat and fast, else 0.", "项目被提示为“短平快”为 1，否则为 0。", "share", 0, 1, aliases=("短平快标记", "是否短平快")),
    Field("trait_kind", "category", "optional", "Project kind", "项目类别", "Industry or employment.", "产业或就业。", choices=("industry", "employment"), aliases=("类别", "项目大类")),
    Field("trait_demand", "number", "optional", "Demand score", "市场需求得分", "Market demand score of the project.", "项目的市场需求得分。", "score", 0, 100),
    Field("trait_homogeneity", "share", "optional", "Homogeneity", "同质化程度", "Homogeneity of the project with its neighbours.", "项目与周边的同质化程度。", "share", 0, 1),
    Field("trait_advantage", "number", "optional", "Advantage score", "本地优势得分", "Local advantage score of the project.", "项目的本地优势得分。", "score", 0, 100),
    Field("trait_labour_state", "category", "optional", "Labour state", "劳动状态", "Farm, migrant or half-and-half.", "务农、外出或半工半农。", choices=("farm", "migrant", "half-and-half"), aliases=("就业状态", "务工状态")),
)
"""One row a household and year. Years may be of the calendar or counted (0, 1, 2, …)."""

TABLE_FIELDS: Mapping[str, tuple[Field, ...]] = MappingProxyType({
    "projects": PROJECT_FIELDS,
    "register": PROJECT_FIELDS,
    "places": PLACE_FIELDS,
    "markets": MARKET_FIELDS,
    "prices": PRICE_FIELDS,
    "vacancies": VACANCY_FIELDS,
    "flows": FLOW_FIELDS,
    "panel": PANEL_FIELDS,
})
"""Table name to its columns, in template order. The register has the form of the projects."""
