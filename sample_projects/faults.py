"""A table with one of each fault a row may have, so that anyone can see what the reader says to it. All invented."""
# ruff: noqa: E501 - one row a product, column or fault reads better than a wrapped one

from collections.abc import Sequence

Cell = str | float | int | None
HEADINGS = (
    "项目编号", "项目名称", "县", "乡镇", "产品", "总投资(万元)", "财政资金(万元)", "受益户数", "建设周期(月)", "订单比例", "开工日期", "户主姓名", "身份证号", "image", "备注",
)  # fmt: skip
_SOUND: tuple[Cell, ...] = (
    "",
    "花椒初加工厂",
    "美姑县",
    "巴普镇",
    "花椒",
    "320.5",
    "150",
    "210",
    "12",
    "60%",
    "2025-03-01",
    "",
    "",
    "",
    "",
)


def _row(note: str, **changed: Cell) -> list[Cell]:
    row: dict[str, Cell] = dict(zip(HEADINGS, _SOUND, strict=True))
    row.update({"备注": note, **changed})
    return [row[heading] for heading in HEADINGS]


MONEY, NAME, DATE, SHARE = "总投资(万元)", "项目名称", "开工日期", "订单比例"
FAULTS: Sequence[list[Cell]] = (
    _row("没有问题的一行 / a sound row", 项目编号="F001"),
    _row("千位分隔符 / thousands separator", 项目编号="F002", **{NAME: "洋芋原种基地", MONEY: "1,320.5"}),
    _row("全角分隔符 / full-width separator", 项目编号="F003", **{NAME: "苦荞基地", MONEY: "１，１８０"}),
    _row("看不清的数 / unclear number", 项目编号="F004", **{NAME: "黑猪养殖小区", MONEY: "9'500"}),
    _row("欧式写法 / European number", 项目编号="F005", **{NAME: "苦荞茶电商服务站", MONEY: "1.234.567,8"}),
    _row(
        "以元填报 / yuan in a column of 10k yuan",
        项目编号="F006",
        **{NAME: "中蜂养殖", MONEY: "1800000", "财政资金(万元)": "90"},
    ),
    _row(
        "单位写在格内 / unit in the cell",
        项目编号="F007",
        **{NAME: "土鸡养殖", MONEY: "20万元", "财政资金(万元)": "15"},
    ),
    _row(
        "格内有说明 / a note in the cell",
        项目编号="F008",
        **{NAME: "葡萄基地", MONEY: "10(其中,灾情因素6万元)", "财政资金(万元)": "10"},
    ),
    _row("负数 / negative", 项目编号="F009", **{NAME: "核桃基地", MONEY: "-320.5"}),
    _row("会计括号 / accountant's brackets", 项目编号="F010", **{NAME: "油菜基地", MONEY: "(60)"}),
    _row("大得荒唐 / absurdly large", 项目编号="F011", **{NAME: "茶园", MONEY: "1e308"}),
    _row("占位符 / placeholder", 项目编号="F012", **{NAME: "蔬菜大棚", MONEY: "待定"}),
    _row("短横 / dash for missing", 项目编号="F013", **{NAME: "苹果园", MONEY: "-"}),
    _row("用文字写数 / number in words", 项目编号="F014", **{NAME: "绵羊养殖", MONEY: "约三十"}),
    _row("公式错误 / formula error", 项目编号="F015", **{NAME: "牦牛养殖", MONEY: "#DIV/0!"}),
    _row("百分数 85 / per cent written 85", 项目编号="F016", **{NAME: "蓝莓基地", SHARE: "85"}),
    _row("百分数超过一百 / over 100 %", 项目编号="F017", **{NAME: "樱桃基地", SHARE: "160%"}),
    _row("日期两可 / ambiguous date", 项目编号="F018", **{NAME: "石榴基地", DATE: "03/04/2025"}),
    _row("日期不全 / date without a day", 项目编号="F019", **{NAME: "魔芋基地", DATE: "2025.6"}),
    _row("不存在的日期 / impossible date", 项目编号="F020", **{NAME: "烤烟基地", DATE: "2025-13-45"}),
    _row("工期二十年 / twenty years to build", 项目编号="F021", **{NAME: "冷库建设", "建设周期(月)": "240"}),
    _row("单位写在格内 / unit in the cell", 项目编号="F022", **{NAME: "光伏电站", "建设周期(月)": "12个月"}),
    _row("编号重复，内容不同 / id used twice", 项目编号="F001", **{NAME: "另一个项目", MONEY: "500"}),
    _row("整行重复 / the same row twice", 项目编号="F023", **{NAME: "花椒初加工厂"}),
    _row("形近字 / look-alike characters", 项目编号="F024", **{NAME: "花椒初加⼯⼚"}),
    _row("没有名称 / no name", 项目编号="F025", **{NAME: ""}),
    _row("不认识的产品 / unknown product", 项目编号="F026", **{NAME: "某特色产业", "产品": "甲乙丙"}),
    _row("不认识的县 / unknown county", 项目编号="F027", **{NAME: "羊肚菌基地", "县": "不存在县"}),
    _row("重名的县 / county name shared by two", 项目编号="F028", **{NAME: "草莓大棚", "县": "朝阳区"}),
    _row("名称过长 / name too long", 项目编号="F029", **{NAME: "很长的项目名称" * 60}),
    _row("控制字符 / control characters", 项目编号="F030", **{NAME: "花椒\x1b[31m厂\u2028二期"}),
    _row("网页代码 / web code", 项目编号="F031", **{NAME: "<script>window.hacked=1</script>"}),
    _row("公式 / formula", 项目编号="F032", **{NAME: '=HYPERLINK("http://example.test","点我")'}),
    _row("数据库语句 / database statement", 项目编号="F033", **{NAME: "'); DROP TABLE projects;--"}),
    _row(
        "个人信息（虚构）/ personal data (invented)",
        项目编号="F034",
        **{NAME: "危房改造", "户主姓名": "测试甲", "身份证号": "513436199001010015"},
    ),
    _row("图片地址 / image address", 项目编号="F035", **{NAME: "民宿改造", "image": "http://example.test/tip.png"}),
    _row(
        "前后不一 / contradiction within the row: 桑树8060亩，构树918亩",
        项目编号="F036",
        **{NAME: "桑树种植8060亩（目标：构树918亩）"},
    ),
)
TOTAL: list[Cell] = ["合计", None, None, None, None, "9999", *[None] * (len(HEADINGS) - 6)]
"""A printed total that is not the sum of the rows."""


def faulty() -> list[list[Cell]]:
    """Headings, the rows, and a wrong printed total."""
    return [list(HEADINGS), *FAULTS, TOTAL]
