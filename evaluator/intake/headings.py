"""What headings look like beyond the form's own aliases: personal, serial, place, part-of-funds and unused ones."""

import re

PERSONAL = re.compile(
    r"责任人|户主|姓名|身份证|证件号|电话|手机|联系方式|联系人|负责人|法人|经办人|填表人|审核人|银行卡|银行账|账号|"
    r"家庭成员|^法定代表|"
    r"contact ?(?:person|no|number)|phone|mobile|id ?card|national ?id|household ?head|surname|"
    r"first ?name|last ?name|e-?mail|birth|出生"
)
ORGANISATION = re.compile(r"单位|部门|机构|组织|agency|office")
SERIALS = frozenset({"序号", "序", "no", "no.", "#", "s/n", "项次", "序列", "item no", "item no."})
CHECKED: dict[str, tuple[str, float, float]] = {
    "回收期": ("years", 0, 60),
    "投资回收期": ("years", 0, 60),
    "payback": ("years", 0, 60),
    "payback period": ("years", 0, 60),
}
"""Known headings without a place in the form whose values are checked all the same: kind, low, high."""
CHECKED_SHARE = re.compile(r"(?:占比|比例|比重|率)$|share$|percent")
PLACES = frozenset(
    {
        "实施地点",
        "建设地点",
        "项目地点",
        "项目实施地点",
        "项目建设地点",
        "地点",
        "地址",
        "实施地",
        "建设地址",
        "实施区域",
        "实施范围",
        "乡镇、村",
        "乡镇村",
        "乡村",
        "镇村",
        "乡镇(村)",
        "乡镇/村",
        "乡(镇)、村",
        "乡、村",
        "镇、村",
        "镇(街)村",
        "项目所在地",
        "所在地",
        "建设地",
        "项目区",
        "地区",
        "区域",
        "location",
        "project location",
        "project site",
        "site",
        "place",
        "address",
        "venue",
        "target area",
    }
)
"""Headings of places that may name county, township and village in one cell."""
UNUSED = frozenset({"功能类科目代码", "科目代码", "指标文号", "文号", "年度", "年份", "批次", "资金文号"})
PART = re.compile(
    r"^(?:其中)?[::]?(?:中央|省级?|市级?|州级?|县级?|区级?|县\(?区|乡镇|本级|财政专项|专项|东西部?|"
    r"对口|社会|企业|群众|村级?|银行|信贷|贷款|整合|自筹|其他|其它|结余|债券|彩票|统筹|"
    r"衔接|行业|少数民族|以工代赈|帮扶)[^/]{0,14}$"
)
PART_OF_FUNDS = re.compile(r"资金来源|资金构成|筹措|资金组成|其中|来源|资金类别|source")
OWN_MONEY = re.compile(r"其他|其它|自筹|社会|企业|群众|银行|信贷|贷款|业主|合作社")
NUMBERING = re.compile(
    r"^(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．:)]\s*|^\(\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*\)"
)
BRACKET = re.compile(r"\(([^()]*)\)")
PREFIX = re.compile(r"^(?:其中[::]?|所在|所属|项目|预计|计划|拟|本次|年度|申报)")
UNIT_TAIL = re.compile(r"[(/,]?\s*(亿元|万元|千元|元|php|usd|yuan|rmb)\)?$")
MERGED_TEXT = frozenset(
    {
        "content",
        "performance_target",
        "beneficiaries",
        "project_type",
        "note",
        "fund_source",
        "link_mechanisms",
        "scale",
        "standard",
    }
)
