"""The forms of the side tables: markets, prices, vacancies and places, one row a column.

Read by the table readers, the templates and the data dictionary, as ``fields.py`` is for projects.
"""
# ruff: noqa: E501 - one row a field reads better than a wrapped one
# fmt: off

from evaluator.domain.fields import Field

MAX_AMOUNT = 1e13

MARKET_FIELDS: tuple[Field, ...] = (
    Field("market_id", "text", "optional", "Market id", "市场编号", "The market's own id; made from the row when absent.",
          "市场编号；没有时按行号生成。", aliases=("编号", "id")),
    Field("name", "text", "optional", "Market", "市场名称", "Name of the market or buyer.", "市场或买家名称。",
          aliases=("市场", "批发市场", "名称", "买家", "market name", "buyer")),
    Field("lon", "degrees", "optional", "Longitude", "经度", "Degrees east (WGS 84).", "东经度数。", "°", -180, 180, aliases=("longitude",)),
    Field("lat", "degrees", "optional", "Latitude", "纬度", "Degrees north (WGS 84).", "北纬度数。", "°", -90, 90, aliases=("latitude",)),
    Field("product", "product", "required", "Product", "产品", "Product the market buys.", "市场收购的产品。",
          aliases=("品种", "农产品", "产品名称", "商品", "commodity", "crop")),
    Field("yearly_demand", "number", "required", "Yearly demand", "年需求量", "What the market takes in a year, in its unit.",
          "市场每年可吸纳的数量。", "unit", 0, MAX_AMOUNT, aliases=("需求量", "年销量", "年交易量", "年吸纳量", "demand", "annual demand")),
    Field("supplied_elsewhere", "number", "optional", "Supplied from elsewhere", "外部供应量",
          "What already comes each year from outside the listed projects.", "每年已由名录以外供应的数量。", "unit", 0, MAX_AMOUNT,
          aliases=("外来供应", "其他供应", "已有供应", "外地供应量", "other supply", "existing supply")),
    Field("unit", "text", "optional", "Unit", "单位", "Unit of demand and supply: t, kg, head.", "数量单位：吨、公斤、头。",
          aliases=("数量单位", "计量单位")),
)
PRICE_FIELDS: tuple[Field, ...] = (
    Field("product", "product", "required", "Product", "产品", "Product the price is for.", "产品。",
          aliases=("品种", "农产品", "产品名称", "商品", "commodity", "crop")),
    Field("market", "text", "optional", "Market", "市场", "Where the price was taken.", "采价市场。",
          aliases=("市场名称", "批发市场", "采价点", "market name")),
    Field("year", "years", "required", "Year", "年份", "Year of the price.", "年份。", "", 1949, 2100, aliases=("年", "年度", "日期", "date")),
    Field("month", "number", "optional", "Month", "月份", "Month, 1 to 12, for monthly prices.", "月份（1–12）。", "", 1, 12, aliases=("月",)),
    Field("price_yuan", "money", "required", "Price", "价格", "Price of one unit, the same unit in all rows of a product.",
          "单价；同一产品各行单位一致。", "yuan", 0, 1e9, aliases=("单价", "均价", "平均价", "价格(元)", "平均价格", "price", "average price")),
    Field("volume", "number", "optional", "Volume", "交易量", "Quantity sold or produced, the same unit in all rows of a product.",
          "成交量或产量。", "", 0, MAX_AMOUNT, aliases=("成交量", "销量", "产量", "quantity")),
)
VACANCY_FIELDS: tuple[Field, ...] = (
    Field("employer", "text", "optional", "Employer", "用人单位", "Company or unit that hires (never a person).", "招聘企业或单位。",
          aliases=("企业", "单位名称", "公司", "招聘单位", "company")),
    Field("region", "text", "optional", "Region", "地区", "Where the work is.", "工作地区。", aliases=("地点", "工作地点", "工作地", "location", "place")),
    Field("occupation", "text", "optional", "Occupation", "工种", "Kind of work.", "岗位或工种。", aliases=("岗位", "职位", "岗位名称", "job", "position")),
    Field("posts", "count", "required", "Posts", "岗位数", "Open posts.", "招聘人数。", "posts", 0, 1e7,
          aliases=("招聘人数", "人数", "岗位数量", "需求人数", "vacancies", "openings")),
    Field("wage_yuan_month", "money", "optional", "Monthly wage", "月工资", "Wage a month.", "每月工资。", "yuan a month", 0, 1e6,
          aliases=("工资", "月薪", "薪资", "工资待遇", "wage", "monthly wage")),
    Field("months", "months", "optional", "Contract length", "合同期", "Months of work offered.", "合同月数。", "months", 0, 600,
          aliases=("合同月数", "合同期限", "用工月数", "contract months")),
    Field("lon", "degrees", "optional", "Longitude", "经度", "Degrees east (WGS 84).", "东经度数。", "°", -180, 180, aliases=("longitude",)),
    Field("lat", "degrees", "optional", "Latitude", "纬度", "Degrees north (WGS 84).", "北纬度数。", "°", -90, 90, aliases=("latitude",)),
    Field("minutes", "minutes", "optional", "Travel time", "路程时间", "Minutes from the county, door to door, one way.",
          "从本县出发的单程时间。", "minutes", 0, 1e5, aliases=("路程(分钟)", "通勤时间", "通勤分钟", "travel minutes")),
    Field("verified", "flag", "optional", "Verified", "已核实", "Whether someone has confirmed the posts.", "岗位是否已核实。",
          aliases=("是否核实", "核实", "confirmed")),
    Field("product", "product", "optional", "Product", "产品", "Product or trade the posts belong to; empty for any.",
          "岗位所属产品或行业；空为不限。", aliases=("行业", "产业", "trade")),
)
PLACE_FIELDS: tuple[Field, ...] = (
    Field("place_code", "text", "required", "County code", "县级代码", "Six-digit county code.", "六位县级行政区划代码。",
          aliases=("行政区划代码", "县代码", "区划代码", "代码", "code", "county code")),
    Field("name", "text", "optional", "County", "县（市、区）", "Name of the county.", "县级地名。", aliases=("名称", "县", "县市", "县名", "county", "place")),
    Field("prefecture", "text", "optional", "Prefecture", "市（州）", "Prefecture the county belongs to.", "所属市州。", aliases=("市州", "市", "州", "地市")),
    Field("lon", "degrees", "optional", "Longitude", "经度", "Of the county seat, degrees east (WGS 84).", "县城东经度数。", "°", -180, 180, aliases=("longitude",)),
    Field("lat", "degrees", "optional", "Latitude", "纬度", "Of the county seat, degrees north (WGS 84).", "县城北纬度数。", "°", -90, 90, aliases=("latitude",)),
    Field("neighbours", "set", "optional", "Neighbours", "相邻县",
          "Codes of neighbouring counties, with minutes where known: 513432:55;513430.", "相邻县代码，可加分钟数：513432:55;513430。",
          aliases=("邻县", "相邻区县", "neighbors")),
    Field("poor_households", "set", "optional", "Poor households", "脱贫户（监测户）数", "By township: township=123;…", "按乡镇：乡镇=123;…",
          aliases=("脱贫户数", "脱贫户", "监测户数", "各乡镇脱贫户")),
    Field("temperature_c", "number", "optional", "Mean temperature", "年均气温", "Mean temperature of the year.", "全年平均气温。", "°C", -30, 45,
          aliases=("年平均气温", "平均气温", "气温", "temperature")),
    Field("rain_mm", "number", "optional", "Yearly rain", "年降水量", "Rain in a year.", "全年降水量。", "mm", 0, 12000,
          aliases=("降水量", "年均降水量", "年降雨量", "降雨量", "rain", "rainfall")),
    Field("altitude_m", "number", "optional", "Altitude", "海拔", "Altitude of the fields; a note, not a gate.", "海拔；仅作说明。", "m", -430, 8900,
          aliases=("海拔高度", "平均海拔", "altitude", "elevation")),
    Field("growing_days", "days", "optional", "Growing season", "生长期天数", "Frost-free days in a year.", "全年无霜期天数。", "days", 0, 366,
          aliases=("无霜期", "无霜期天数", "frost-free days", "growing season")),
    Field("labour_days_available", "days", "optional", "Labour available", "可用工日", "Labour days free for projects in a year.",
          "每年可用于项目的工日。", "days a year", 0, 1e10, aliases=("可用劳动日", "劳动力工日", "labour days available")),
    Field("yearly_output_yuan", "set", "optional", "Yearly output by product", "分产品年产值", "By product: potato=12000000;…", "按产品：马铃薯=12000000;…",
          "yuan", aliases=("分品种产值", "各产业产值", "主要产品产值", "output by product")),
    Field("processors", "set", "optional", "Processors and stores", "加工与冷库能力", "Capacity a year by product: potato=30000;…",
          "按产品的年加工、冷藏或收购能力：马铃薯=30000;…", "t a year", aliases=("加工能力", "加工企业", "冷库能力", "processing capacity")),
    Field("brands", "set", "optional", "Brands", "地理标志", "By product, covering county or prefecture: buckwheat=county;…",
          "按产品，覆盖本县或全州：荞麦=县;马铃薯=州", aliases=("品牌", "地标产品", "区域公用品牌", "geographical indications")),
    Field("average_yield", "set", "optional", "Average yield by product", "平均单产",
          "Average of the area by product: potato=1500;… kg a mu, for animals kg a head.",
          "按产品的当地平均单产：马铃薯=1500;…（公斤/亩，养殖为公斤/头）", "kg a mu or head",
          aliases=("单产", "当地单产", "平均亩产", "average yield", "yield")),
)
