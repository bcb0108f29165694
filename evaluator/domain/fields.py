"""The project form: every column's key, titles, unit, range, need, headings it is known by, and meaning.

One table. The reader, the templates, the data dictionary, the screens and the tests all read it.
Money is yuan inside; a sheet's own unit is converted on reading. Shares run from 0 to 1.
"""

# fmt: off

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "prose", "category", "set", "flag", "money", "count", "number", "share", "months", "minutes",
               "days", "years", "date", "degrees", "product"]
Need = Literal["required", "scored", "industry", "employment", "optional"]

PROJECT_KINDS = ("industry", "employment", "other")
STAGES = ("grow", "raise", "gather", "process", "workshop", "service")
STATUSES = ("proposed", "approved", "running", "idle", "ended")
NATURES = ("new", "continuing")
OFFTAKE_GRADES = ("deposit", "written", "oral")
LINK_MECHANISMS = ("own work", "wage", "contract", "land rent", "dividend", "trusteeship")
LABOUR_STATES = ("farm", "migrant", "half-and-half")


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a table.

    ``need``: ``required`` for any reading; ``scored`` (all projects), ``industry`` or ``employment``
    for a point score instead of a range; ``optional`` otherwise. ``low`` and ``high`` bound what is
    accepted (same unit as the value); ``aliases`` are headings met in published lists.
    """

    key: str
    kind: Kind
    need: Need
    title_en: str
    title_zh: str
    meaning_en: str
    meaning_zh: str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """The column's title in ``en`` or ``zh``."""
        return self.title_zh if language == "zh" else self.title_en

    def meaning(self, language: str) -> str:
        """What the column means, in ``en`` or ``zh``."""
        return self.meaning_zh if language == "zh" else self.meaning_en

    @property
    def is_number(self) -> bool:
        """Whether the column holds numbers (and may carry ``_low`` and ``_high``)."""
        return self.kind in NUMBER_KINDS


NUMBER_KINDS = frozenset({"money", "count", "number", "share", "months", "minutes", "days", "years", "degrees"})
MAX_MONEY_YUAN = 1e11
_R: Need = "required"
_S: Need = "scored"
_I: Need = "industry"
_E: Need = "employment"
_O: Need = "optional"


def _money(key: str, need: Need, en: str, zh: str, men: str, mzh: str, *aliases: str) -> Field:
    return Field(key, "money", need, en, zh, men, mzh, "yuan", 0, MAX_MONEY_YUAN, aliases=aliases)


PROJECT_FIELDS: tuple[Field, ...] = (
    Field("project_id", "text", _O, "Project id", "项目编号", "The list's own number; made from the row when absent.",
          "名录自有编号；没有时按行号生成。", aliases=("编号", "项目代码", "项目编码", "项目库编号", "id", "project no", "project code")),
    Field("name", "text", _R, "Project name", "项目名称", "The project's name as published.", "公布的项目名称。",
          aliases=("项目", "建设项目", "合作社名称", "名称", "工程名称", "project title", "name of the project", "name of project",
                   "project", "title", "project name")),
    Field("kind", "category", _S, "Kind", "项目大类", "Industry or employment projects are scored; roads, fees, grants and the like are listed and summed.",
          "产业、就业项目参加评分；道路、管理费、补助等只列示、合计。", choices=PROJECT_KINDS),
    Field("project_type", "text", _O, "Project type", "项目类型", "The published type, up to three levels joined by “/”.", "公布的项目类型，最多三级，以“/”连接。",
          aliases=("项目类别", "项目子类型", "二级项目类型", "一级项目类型", "三级项目类型", "类型", "类别", "项目性质类别", "type", "project type", "category", "sector")),
    Field("product", "product", _I, "Product", "产品", "Product of the lexicon, or a family when only “fruit” or “livestock” is said.",
          "产品词库中的产品；只写“水果”“养殖”时为大类。", aliases=("主导产业", "产业", "品种", "农产品", "commodity", "crop", "主要产品", "产业类型", "产业类别", "产品名称", "特色产业")),
    Field("stage", "category", _O, "Stage", "环节", "Place in the chain: grow, raise, gather, process, workshop or service.",
          "产业链环节：种植、养殖、采集、加工、车间、服务。", choices=STAGES, aliases=("产业环节", "chain stage")),
    Field("place_code", "text", _S, "County code", "县级代码", "Six-digit county code.", "六位县级行政区划代码。", aliases=("行政区划代码", "县代码", "区划代码", "county code")),
    Field("place_name", "text", _S, "County", "县（市、区）", "County, with its prefecture when several share the name.", "县级地名；重名时加市州名。",
          aliases=("县", "所在县(市)", "所在县(市、区)", "县(市)", "所在县", "县市", "县区", "县(市、区)", "区县", "市县", "county", "municipality", "city")),
    Field("township", "text", _S, "Township", "乡镇", "Township, town or subdistrict.", "乡、镇或街道。",
          aliases=("镇街", "所在镇街", "镇", "乡", "乡镇街道", "乡镇(街道)", "所属乡镇", "乡(镇)", "街道", "镇(街道)", "township", "town", "barangay district")),
    Field("village", "text", _S, "Village", "村", "Village or community.", "行政村或社区。",
          aliases=("村名", "示范村名称", "行政村", "村(社区)", "所在村", "村组", "村居", "社区", "village", "barangay")),
    Field("lon", "degrees", _O, "Longitude", "经度", "Degrees east (WGS 84).", "东经度数（WGS 84）。", "°", -180, 180, aliases=("longitude",)),
    Field("lat", "degrees", _O, "Latitude", "纬度", "Degrees north (WGS 84).", "北纬度数（WGS 84）。", "°", -90, 90, aliases=("latitude",)),
    Field("content", "prose", _O, "Content", "建设内容", "What is built or done, in the list's own words.", "建设任务与规模的原文。",
          aliases=("建设任务", "项目建设内容", "补助建设内容", "项目内容及预期效益", "产出指标", "建设内容与规模", "建设内容及规模", "主要内容", "项目内容", "建设规模及内容",
                   "主要建设内容", "建设规模", "实施内容", "项目简介", "项目摘要", "description", "project description", "scope of work", "content", "activities", "components")),
    Field("scale", "prose", _O, "Scale", "规模", "Size as published: mu, heads, metres.", "公布的规模：亩、头、米等。",
          aliases=("项目规模", "生产规模", "项目规模(亩)", "number of heads/area", "number of heads", "scale", "种植面积", "养殖规模")),
    Field("status", "category", _O, "Status", "状态", "Proposed, approved, running, idle or ended.", "拟建、已批、运行、闲置、终止。", choices=STATUSES,
          aliases=("项目状态", "project status", "运行状况", "进展", "实施进度")),
    Field("nature", "category", _O, "New or continuing", "建设性质", "New, or continuing an earlier project.", "新建或续建。", choices=NATURES,
          aliases=("项目性质", "新建/续建", "nature")),
    Field("joint_venture_id", "text", _O, "Joint venture", "联建编号", "Rows with the same id are one pooled project (several villages, one company).",
          "编号相同的行是同一个抱团联建项目。", aliases=("抱团项目编号", "联建项目", "joint venture")),
    Field("start", "date", _S, "Start", "开工时间", "Month or year work starts.", "开工年月。", aliases=("开始时间", "开工日期", "起始时间", "计划开工时间", "start date", "date started")),
    Field("first_income", "date", _S, "First income", "首次收益时间", "Month or year of the first income.", "首次产生收益的年月。", aliases=("投产时间", "见效时间", "预计收益时间", "first income date")),
    Field("end", "date", _S, "End", "完工时间", "Month or year work ends.", "完工年月。", aliases=("结束时间", "完工日期", "竣工时间", "计划完工时间", "end date", "completion date")),
    Field("period", "prose", _O, "Period", "实施期限", "Start and end as published, before they are read apart.", "公布的起止时间原文。",
          aliases=("时间进度", "实施期限(月)", "实施期限(年/月-年/月)", "项目计划建设时限", "项目建设期限", "实施时间", "建设期限", "建设工期", "建设时间", "建设年限", "起止时间",
                   "duration", "implementation period", "project duration", "period", "timeframe", "计划实施时间", "实施年度")),
    Field("construction_months", "months", _O, "Construction", "建设周期", "Months from start to completion.", "从开工到完工的月数。", "months", 0, 240, aliases=("建设周期(月)", "建设周期（月）", "工期(月)", "construction months")),
    Field("asset_life_years", "years", _O, "Asset life", "资产寿命", "Years the main assets last.", "主要资产可用年数。", "years", 1, 60, aliases=("使用年限", "资产使用年限", "折旧年限", "asset life", "useful life")),
    Field("output_per_year", "number", _I, "Yearly output", "年产量", "Output a year at full running, in the output unit.", "达产后的年产量，单位见“产量单位”。", "output unit", 0, 1e12, aliases=("年产", "产量", "预计年产量", "annual output", "production volume")),
    Field("output_unit", "text", _I, "Output unit", "产量单位", "Unit of the output: t, kg, head, piece.", "产量的单位：吨、公斤、头、件。", aliases=("output unit", "单位(产量)")),
    _money("revenue_yuan_year", _O, "Yearly revenue", "年产值", "Gross output value a year at full running.", "达产后的年产值。", "年产值", "产值", "年销售收入", "预计年产值", "annual revenue", "gross sales", "annual sales"),
    _money("cost_yuan_year", _O, "Yearly cost", "年成本", "Running cost a year.", "年运行成本。", "年运营成本", "年支出", "operating cost", "annual cost"),
    Field("signed_offtake_share", "share", _I, "Signed offtake", "已签订单比例", "Share of the output with a buyer.", "已有买家的产量比例。", "share", 0, 1, aliases=("订单比例", "签约比例", "合同比例", "订单覆盖率", "signed offtake")),
    Field("offtake_grade", "category", _I, "Offtake grade", "订单等级", "How firm the buyer is: deposit paid, written, oral.", "买家的确定程度：付定金、书面、口头。", choices=OFFTAKE_GRADES, aliases=("订单类型", "合同类型", "offtake grade")),
    Field("evidence_grade", "number", _S, "Market evidence", "市场依据", "0 none, 1 assertion, 2 price series or survey, 3 study or signed buyer.", "0 无，1 仅陈述，2 价格序列或调查，3 研究报告或已签买家。", "grade", 0, 3, aliases=("市场依据等级", "市场证据", "evidence grade")),
    Field("link_mechanisms", "set", _O, "Household links", "联农带农机制", "Ways households gain: own work, wage, contract, land rent, dividend, trusteeship.",
          "带动方式：自主发展、务工、订单、土地流转、分红、托管。", choices=LINK_MECHANISMS,
          aliases=("联农带农富农利益联结机制", "带贫减贫机制", "利益联结机制", "联结机制", "联农带农方式", "带贫机制", "群众参与", "带动方式", "participation", "household links")),
    Field("performance_target", "prose", _O, "Performance target", "绩效目标", "The stated target, in the list's own words.", "绩效目标原文。",
          aliases=("预期绩效目标", "项目绩效目标", "效益指标", "满意度指标", "效益分析", "经济效益", "社会效益", "预期效益", "预期目标", "绩效", "项目效益", "objectives", "objective", "expected output", "target")),
    Field("beneficiaries", "prose", _O, "Beneficiaries", "受益对象", "Who benefits, in the list's own words.", "受益对象原文。",
          aliases=("受益对象和联农带农机制", "预期受益", "受益人群", "受益范围", "受益群体", "受益情况", "带动情况", "target beneficiaries", "beneficiary", "intended beneficiaries")),
    Field("operator", "text", _O, "Operator", "责任单位", "Unit that carries the project out (never a person).", "责任或实施单位（不记个人）。",
          aliases=("责任单位", "实施单位", "承担单位", "项目业主", "建设单位", "项目主管部门", "项目主管部门及实施单位", "部门", "主管部门", "经营主体", "实施主体", "实施单位及责任人",
                   "实施单位、责任人", "实施部门及责任人", "业主单位", "项目单位", "牵头单位", "行业主管部门", "proponent", "project proponent", "implementing agency", "implementing office")),
    Field("plan", "text", _O, "Industry plan", "产业规划", "The plan the project belongs to, or yes / no.", "所属产业规划，或是/否。", aliases=("规划", "发展规划", "plan")),
    Field("fund_source", "text", _O, "Source of funds", "资金来源", "Where the money comes from, as published.", "公布的资金来源。",
          aliases=("项目资金来源", "投资及资金来源", "资金筹措方式", "资金类别", "资金性质", "funding source", "source of fund", "source of funds", "lgu counterpart")),
    Field("standard", "text", _O, "Grant standard", "补助标准", "Grant per unit, as published.", "公布的补助标准。", aliases=("奖补标准", "补贴标准", "grant standard")),
    Field("area_mu", "number", _O, "Area", "面积", "Area in mu (15 mu = 1 ha).", "面积（亩）。", "mu", 0, 1e8, aliases=("面积(亩)", "规模(亩)", "种植面积(亩)", "area")),
    Field("heads", "count", _O, "Heads", "养殖数量", "Animals, birds or hives.", "头、只、羽、箱等数量。", "heads", 0, 1e9, aliases=("存栏", "出栏", "数量(头)", "heads")),
    Field("households", "count", _S, "Households", "受益户数", "Beneficiary households.", "受益户数。", "households", 0, 1e7,
          aliases=("带动户数", "受益户", "带动农户数", "户数", "受益农户数", "带动农户", "惠及户数", "受益总户数", "households", "no. of households", "number of beneficiaries", "beneficiary households", "no. of beneficiaries")),
    Field("poor_households", "count", _O, "Poor households", "脱贫户（监测户）数", "Poor or monitored households among them.", "其中脱贫户、监测对象户数。", "households", 0, 1e7,
          aliases=("带动脱贫户数", "脱贫户数", "脱贫户", "贫困户", "监测户", "脱贫户和监测户", "脱贫户(监测户)", "贫困户数", "带动贫困户数", "建档立卡贫困户数", "受益脱贫户数", "受益贫困户数", "监测户数", "poor households")),
    Field("persons", "count", _O, "Persons", "受益人数", "Beneficiary persons.", "受益人数。", "persons", 0, 1e8, aliases=("带动人数", "受益人口", "受益人口数", "惠及人数", "人数", "beneficiary persons")),
    Field("jobs", "count", _E, "Jobs", "就业岗位", "Posts created or filled.", "新增或安置的岗位数。", "posts", 0, 1e7, aliases=("岗位", "就业人数", "岗位数", "带动就业", "带动就业人数", "用工人数", "jobs", "jobs created")),
    Field("wage_yuan_month", "money", _E, "Monthly wage", "月工资", "Wage a month.", "每月工资。", "yuan a month", 0, 1e6, aliases=("工资", "月收入", "月均工资", "monthly wage", "wage")),
    Field("local_wage_yuan_month", "money", _O, "Alternative wage", "当地工资", "What the same worker earns a month without the project.", "不参加项目时的月收入。", "yuan a month", 0, 1e6, aliases=("当地月工资", "对照工资", "local wage", "alternative wage")),
    Field("contract_months", "months", _E, "Contract length", "合同期", "Months of the work contract.", "劳动合同月数。", "months", 0, 600, aliases=("合同期限", "用工合同月数", "合同月数", "contract months")),
    Field("travel_minutes", "minutes", _O, "Travel time", "通勤时间", "Door to door, one way.", "单程门到门时间。", "minutes", 0, 1e5, aliases=("通勤分钟", "路程(分钟)", "travel minutes")),
    Field("training_days", "days", _S, "Training", "培训天数", "Days of training for each participant.", "每名参与者的培训天数。", "days", 0, 1000, aliases=("培训时间(天)", "培训", "培训时长", "training days")),
    Field("placement_share", "share", _O, "Placement", "就业率", "Share of the last cohort in work after six months.", "上一期学员六个月后在岗比例。", "share", 0, 1, aliases=("安置率", "培训就业率", "placement")),
    _money("investment_yuan", _S, "Investment", "总投资", "Total money put into the project.", "项目总投资。", "资金规模和筹措方式", "资金规模和筹资方式", "资金规模", "计划投资", "计划投入资金",
           "投资规模", "投资额", "投资", "本次分配金额", "资金金额", "金额", "项目金额", "项目金额及资金来源", "提前下达金额", "扶持金额", "项目预算总投资", "项目总投资", "投资概算", "估算投资",
           "概算投资", "预算投资", "安排资金", "下达资金", "分配资金", "项目资金", "资金", "计划资金", "合计", "total investment", "project cost", "estimated budget", "total project cost", "budget",
           "amount", "cost", "estimated cost", "total cost", "项目投资", "投资金额", "安排金额", "资金额度", "拟安排资金", "资金安排"),
    _money("subsidy_yuan", _O, "Subsidy", "财政资金", "Public money within the investment.", "总投资中的财政资金。", "补助金额", "补助资金", "财政补助", "财政资金", "财政衔接资金", "衔接资金", "补贴金额", "奖补资金", "申请资金", "grant", "subsidy", "requested amount"),
    _money("yearly_benefit_yuan", _S, "Yearly benefit", "年净收益", "Net benefit to the project a year at full running.", "达产后项目年净收益。", "年收益", "年纯收入", "预期年收益", "年利润", "预计年收益", "年收入", "net income per year", "annual net income", "annual benefit"),
    _money("yearly_household_benefit_yuan", _S, "Yearly household benefit", "农户年增收", "All households together, a year, at full running.", "全部农户每年合计增收。", "农户年收益", "带动农户增收", "年带动增收", "household benefit"),
    _money("benefit_per_household_yuan_year", _O, "Benefit per household", "户均年增收", "One household's gain a year.", "户均每年增收。", "户均增收", "户均年收入", "户均增收(元)", "income per household"),
    _money("yearly_subsidy_yuan", _O, "Running subsidy", "年补贴", "Running subsidy to households a year.", "每年发给农户的补贴。", "年补助", "每年补贴", "running subsidy"),
    Field("benefit_years", "years", _S, "Benefit years", "持续受益年限", "Years of benefit without new subsidy.", "不再补贴时可持续受益的年数。", "years", 0, 60, aliases=("受益年限", "收益年限", "效益年限", "持续年限", "benefit years")),
    Field("promised_asset_income_share", "share", _O, "Promised asset income", "资产收益率", "Promised asset income a year as a share of the money put in.", "承诺的每年资产收益占投入的比例。", "share a year", 0, 1, aliases=("资产收益比例", "分红比例", "收益率", "保底分红", "promised asset income")),
    Field("value_added_share", "share", _I, "Value added", "增加值率", "Value added as a share of revenue.", "增加值占产值的比例。", "share", 0, 1, aliases=("附加值率", "value added share")),
    Field("local_labour_share", "share", _O, "Local labour", "本地用工比例", "Share of the work done by local people.", "本地用工比例。", "share", 0, 1, aliases=("本地劳动力比例", "local labour share")),
    Field("labour_days_year", "days", _O, "Labour days", "年用工量", "Labour days the project needs a year.", "项目每年需要的工日。", "days a year", 0, 1e9, aliases=("用工量", "年工日", "labour days")),
    Field("local_history_years", "years", _O, "Local history", "本地历史", "Years the product has been made here.", "该产品在本地的生产年数。", "years", 0, 3000, aliases=("种植历史", "产业历史", "local history")),
    Field("market_hours", "number", _O, "Hours to market", "到市场时间", "Hours to the main market.", "到主要市场的小时数。", "hours", 0, 1000, aliases=("到市场小时", "运输时间", "hours to market")),
    Field("skills", "text", _O, "Skills", "技能", "Skills the work needs or gives.", "需要或传授的技能。", aliases=("所需技能", "技能要求", "skills required")),
    Field("labour_state", "category", _O, "Labour state", "劳动状态", "Where the labour comes from: farm, migrant, half-and-half.", "劳动力状态：务农、外出、半工半农。", choices=LABOUR_STATES, aliases=("劳动力状态", "labour state")),
    Field("insured_share", "share", _O, "Insured share", "保险覆盖", "Share of a loss the insurance pays.", "保险赔付损失的比例。", "share", 0, 1, aliases=("保险比例", "insured share")),
    Field("loss_probability", "share", _O, "Yearly loss risk", "年灾损概率", "Probability of a loss in a year.", "一年内发生灾损的概率。", "share a year", 0, 1, aliases=("灾损概率", "loss probability")),
    Field("harvest_window", "text", _O, "Harvest months", "上市月份", "Months of harvest or sale, e.g. 8-10.", "收获或上市月份，如 8-10。", aliases=("上市时间", "采收期", "收获期", "harvest months")),
    Field("outcome_3y", "flag", _O, "Producing after 3 years", "三年后仍在生产", "For past projects: still producing after three years?", "往年项目：三年后是否仍在生产。", aliases=("三年后运行",)),
    Field("outcome_income_kept", "flag", _O, "Income kept", "增收是否保持", "For past projects: was the income gain kept?", "往年项目：增收是否保持。", aliases=("收入保持",)),
    Field("note", "prose", _O, "Note", "备注", "Remarks as published.", "备注原文。", aliases=("说明", "remarks", "notes", "comment")),
)

FIELDS: dict[str, Field] = {field.key: field for field in PROJECT_FIELDS}
FIELD_KEYS: tuple[str, ...] = tuple(FIELDS)
MONEY_FIELDS: tuple[str, ...] = tuple(f.key for f in PROJECT_FIELDS if f.kind == "money")
NUMBER_FIELDS: tuple[str, ...] = tuple(f.key for f in PROJECT_FIELDS if f.is_number)
PROSE_FIELDS: tuple[str, ...] = tuple(f.key for f in PROJECT_FIELDS if f.kind == "prose")

CHOICE_WORDS: dict[str, tuple[str, ...]] = {
    "industry": ("产业", "产业发展", "产业项目", "产业类"),
    "employment": ("就业", "就业项目", "就业类"),
    "other": ("其他", "基础设施"),
    "grow": ("种植",), "raise": ("养殖",), "gather": ("采集",), "process": ("加工",), "workshop": ("车间", "手工"), "service": ("服务", "旅游", "流通"),
    "proposed": ("拟建", "拟实施", "储备", "计划", "申报", "未开工"), "approved": ("已批", "批复", "已立项", "入库", "已入库", "在建", "ongoing"),
    "running": ("运行", "在运行", "正常运行", "投产", "已投产", "已建成", "operational", "completed"), "idle": ("闲置", "停产", "低效"), "ended": ("终止", "已终止", "失败", "cancelled"),
    "new": ("新建", "新增", "新购"), "continuing": ("续建", "扩建", "改建", "改扩建", "改造", "修缮", "维修", "提升", "延续", "巩固提升", "continuing", "expansion"),
    "deposit": ("定金", "付定金", "预付款"), "written": ("书面", "书面合同", "合同", "协议", "signed"), "oral": ("口头", "意向"),
    "own work": ("自主发展", "发展生产", "带动生产", "自主经营", "自种自养"), "wage": ("务工", "就业务工", "就近务工", "吸纳就业", "带动就业", "就业", "用工"),
    "contract": ("订单", "保底收购", "回收", "收购"), "land rent": ("土地流转", "流转", "租金", "土地租金"), "dividend": ("分红", "入股", "股份", "收益分红", "资产收益"), "trusteeship": ("托管", "代养", "寄养", "代管"),
    "farm": ("务农", "农业"), "migrant": ("外出务工", "外出"), "half-and-half": ("半工半农", "兼业"),
}
"""Chinese (and further English) words for each choice key."""


def missing_for_point_score(kind: str) -> tuple[str, ...]:
    """Keys a project of this kind must give for a point score instead of a range."""
    return tuple(f.key for f in PROJECT_FIELDS if f.need in (_R, _S, kind))
