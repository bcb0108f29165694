"""The proposals of the sample county: invented projects in invented villages.

Money in 10k yuan (``*_wan``) or, for wages and one household's gain, in yuan. ``told`` is what the published content
says in prose when the facts have no column; ``P`` gathers one row.
"""
# ruff: noqa: E501, ANN401, PLR0917 - one row a project reads better than a wrapped one
# fmt: off

from typing import Any

Row = dict[str, Any]
INDUSTRY, EMPLOYMENT, OTHER = "industry", "employment", "other"
TYPES = {
    "crop": "产业发展/生产项目/种植业基地", "animal": "产业发展/生产项目/养殖业基地", "process": "产业发展/加工流通项目/加工业",
    "cold": "产业发展/加工流通项目/农产品仓储保鲜冷链基础设施建设", "forest": "产业发展/生产项目/林草基地建设",
    "tour": "产业发展/生产项目/休闲农业与乡村旅游", "pv": "产业发展/生产项目/光伏电站建设", "shop": "就业项目/就业/帮扶车间(特色手工基地)建设",
    "train": "就业项目/就业/技能培训", "posts": "就业项目/公益性岗位/公益性岗位", "travel": "就业项目/务工补助/交通费补助",
    "road": "乡村建设行动/农村基础设施/农村道路建设", "water": "乡村建设行动/农村基础设施/农村供水保障设施建设", "fee": "项目管理费/项目管理费/项目管理费",
    "loan": "产业发展/金融保险配套项目/小额贷款贴息", "school": "巩固三保障成果/教育/享受“雨露计划”职业教育补助", "craft": "产业发展/加工流通项目/加工业",
    "share": "产业发展/新型农村集体经济发展项目/新型农村集体经济发展项目",
}
TOWNSHIPS = {
    "巴普镇": "Bapu", "洪溪镇": "Hongxi", "新桥镇": "Xinqiao", "牛牛坝镇": "Niuniuba", "拉马镇": "Lama", "候播乃拖镇": "Houbonaituo", "候古莫镇": "Hougumo",
    "觉洛乡": "Jueluo", "井叶特西乡": "Jingyetexi", "合姑洛乡": "Heguluo", "典补乡": "Dianbu", "九口乡": "Jiukou", "龙门乡": "Longmen", "洒库乡": "Saku", "瓦候乡": "Wahou",
}
VILLAGES = {
    "云杉坪村": "Yunshanping", "半月村": "Banyue", "松风村": "Songfeng", "星桥村": "Xingqiao", "映山村": "Yingshan", "白鹿坡村": "Bailupo", "望云村": "Wangyun",
    "石笋村": "Shisun", "暖泉村": "Nuanquan", "听泉村": "Tingquan", "桃花岭村": "Taohualing", "核桃坪村": "Hetaoping", "长歌村": "Changge", "银杉村": "Yinshan",
    "雪松村": "Xuesong", "花鹿村": "Hualu", "清水岩村": "Qingshuiyan", "团圆村": "Tuanyuan", "向阳坝村": "Xiangyangba", "李子塘村": "Lizitang",
}


def P(name: str, name_en: str, kind: str, type_: str, place: str, content: str, content_en: str, investment_wan: float | None, **facts: Any) -> Row:  # noqa: N802
    """One proposal; ``place`` is township and village."""
    township, _, village = place.partition(" ")
    return {"name": name, "name_en": name_en, "kind": kind, "project_type": TYPES[type_], "township": township, "village": village,
            "content": content, "content_en": content_en, "investment_wan": investment_wan, "status": "proposed", "nature": "new", **facts}


def _flock(place: str, chicks: int, households: int, poor: int, **more: Any) -> Row:
    """Chicks handed out to every poor household: the textbook case."""
    base = {
        "product": "chicken", "stage": "raise", "heads": chicks, "households": households, "poor_households": poor, "subsidy_wan": chicks * 35e-4, "output_per_year": chicks * 0.8,
        "output_unit": "羽", "revenue_wan": chicks * 0.8 * 60e-4, "cost_wan": chicks * 0.8 * 45e-4, "yearly_benefit_wan": chicks * 0.8 * 15e-4,
        "yearly_household_benefit_wan": chicks * 0.8 * 15e-4, "yearly_subsidy_wan": round(chicks * 0.8 * 15e-4 * 0.8, 2), "benefit_years": 1, "asset_life_years": 1, "value_added_share": 0.15, "training_days": 1,
        "signed_offtake_share": 0, "offtake_grade": "oral", "evidence_grade": 0, "start": "2025-03", "first_income": "2025-08", "end": "2025-05", "construction_months": 2,
        "link_mechanisms": ("own work",), "standard": "每羽补助35元", "operator": "县农业农村局", "market_hours": 6, "loss_probability": 0.25, "insured_share": 0,
    }
    return {**P("鸡苗到户发放项目", "Chicks for poor households", INDUSTRY, "animal", place, f"采购脱温鸡苗{chicks}羽，发放到{households}户脱贫户，每户{chicks // households}羽。",
              f"Buy {chicks} chicks and hand them out to {households} poor households.", round(chicks * 40e-4, 2)), **base, **more}


def _pooled(place: str, households: int, poor: int) -> Row:
    """One of five villages that own one sheep company together."""
    return P("五村抱团联建半细毛羊育肥场", "Joint sheep fattening company of five villages", INDUSTRY, "animal", place, "五村出资共建标准化半细毛羊育肥场一座，统一经营，按股分红，优先吸纳脱贫户务工。",
             "Five villages build one fattening farm for half-fine-wool sheep together and share its income.", 120, joint_venture_id="LJ-2025-01", product="sheep", stage="raise", subsidy_wan=100, households=households, poor_households=poor, persons=households * 4,
             heads=600, output_per_year=560, output_unit="头", revenue_wan=90, cost_wan=62, yearly_benefit_wan=26, yearly_household_benefit_wan=16.5, yearly_subsidy_wan=0, benefit_years=8, asset_life_years=12, value_added_share=0.32, training_days=10,
             signed_offtake_share=0.4, offtake_grade="written", evidence_grade=2, start="2025-04", first_income="2026-02", end="2025-12", construction_months=8, link_mechanisms=("dividend", "wage", "contract"), promised_asset_income_share=0.06,
             local_labour_share=0.9, labour_days_year=1800, local_history_years=12, market_hours=5, operator="乡镇联合公司", insured_share=0.6, loss_probability=0.08, plan="全县肉羊产业规划", performance_target="年出栏半细毛羊2800头，五村集体年增收不低于36万元。")


PROPOSALS: tuple[Row, ...] = (
    # long, asked for, local: what good ones look like
    P("苦荞精深加工厂", "Tartary buckwheat processing plant", INDUSTRY, "process", "巴普镇 星桥村", "新建苦荞茶、苦荞粉生产线各一条，厂房3200平方米，与两家食品企业签订供货合同并收取定金，订单收购全县苦荞。",
      "Build lines for buckwheat tea and flour; two food companies have paid deposits; buckwheat of the county is bought on contract.", 860, product="buckwheat_process", stage="process", subsidy_wan=500, fund_source="东西部协作资金、企业自筹", households=420, poor_households=186, persons=1700, jobs=46,
      output_per_year=1200, output_unit="吨", revenue_wan=2160, cost_wan=1930, yearly_benefit_wan=230, yearly_benefit_yuan_low=1800000, yearly_benefit_yuan_high=2700000, yearly_household_benefit_wan=168, yearly_subsidy_wan=0, benefit_per_household_yuan_year=4000, benefit_years=12, asset_life_years=15, value_added_share=0.45, training_days=20,
      signed_offtake_share=0.7, offtake_grade="deposit", evidence_grade=3, start="2025-03", first_income="2026-01", end="2025-12", construction_months=9, link_mechanisms=("contract", "wage"), local_labour_share=0.85, labour_days_year=9600, local_history_years=15, market_hours=9, operator="县供销社与企业合资公司",
      insured_share=0.5, loss_probability=0.05, plan="是", performance_target="年加工苦荞1500吨，带动420户增收，户均年增收4000元。", beneficiaries="全县苦荞种植户420户，其中脱贫户186户", skills="食品加工、质检", labour_state="half-and-half"),
    P("高山反季节蔬菜订单基地", "Off-season vegetables on contract", INDUSTRY, "crop", "新桥镇 半月村", "建设露地与拱棚蔬菜基地600亩，与超市连锁签订八成产量供货合同并收定金，配套预冷间。", "600 mu of off-season vegetables; a supermarket chain has signed for 80 % and paid a deposit; a pre-cooling room.", 310, product="offseason_veg", stage="grow", subsidy_wan=180, area_mu=600,
      households=160, poor_households=72, persons=610, output_per_year=1900, output_unit="吨", revenue_wan=520, cost_wan=410, yearly_benefit_wan=92, yearly_household_benefit_wan=110, yearly_subsidy_wan=6, benefit_years=8, asset_life_years=8, value_added_share=0.38, training_days=16, signed_offtake_share=0.8, offtake_grade="deposit",
      evidence_grade=3, start="2025-04", first_income="2026-06", end="2025-11", construction_months=7, link_mechanisms=("own work", "contract", "land rent"), local_labour_share=0.95, labour_days_year=15000, local_history_years=6, market_hours=4, harvest_window="6-10", operator="蔬菜专业合作社", insured_share=0.7, loss_probability=0.1, plan="是"),
    P("花椒烘干与花椒油加工厂", "Sichuan pepper drying and oil plant", INDUSTRY, "process", "拉马镇 石笋村", "新建花椒烘干线4条、花椒油生产线1条，注册合作社商标，与调味品企业签订书面供货协议。", "Four drying lines and one oil line for Sichuan pepper; written supply agreement with a seasoning company.", 260, product="pepper_process", stage="process", subsidy_wan=150,
      households=210, poor_households=88, output_per_year=160, output_unit="吨", revenue_wan=720, cost_wan=640, yearly_benefit_wan=78, yearly_household_benefit_wan=63, yearly_subsidy_wan=0, benefit_years=10, asset_life_years=12, value_added_share=0.41, training_days=14, signed_offtake_share=0.55, offtake_grade="written", evidence_grade=3,
      start="2025-05", first_income="2026-08", end="2025-12", construction_months=7, link_mechanisms=("contract", "wage"), local_labour_share=0.9, labour_days_year=3200, local_history_years=20, market_hours=7, harvest_window="8-9", operator="花椒专业合作社", plan="是", loss_probability=0.06, insured_share=0.4),
    P("彝绣非遗工坊", "Yi embroidery workshop", INDUSTRY, "craft", "巴普镇 团圆村", "改造闲置校舍为彝绣工坊，培训绣娘120名，与两家文创公司签订书面订单，电商直播销售。", "Turn an idle school into an embroidery workshop; train 120 embroiderers; written orders from two design companies.", 95, product="embroidery", stage="workshop", subsidy_wan=60, households=120, poor_households=64, persons=120,
      jobs=60, output_per_year=18000, output_unit="件", revenue_wan=216, cost_wan=168, yearly_benefit_wan=34, yearly_household_benefit_wan=108, yearly_subsidy_wan=4, benefit_years=10, asset_life_years=10, value_added_share=0.62, training_days=40, signed_offtake_share=0.6, offtake_grade="written", evidence_grade=3, start="2025-03", first_income="2025-12",
      end="2025-09", construction_months=4, link_mechanisms=("wage", "own work"), local_labour_share=1, labour_days_year=14000, local_history_years=60, market_hours=10, operator="妇女合作社", skills="刺绣、图案设计", labour_state="half-and-half", plan="是", loss_probability=0.02),
    P("中蜂养殖与蜂蜜灌装", "Chinese bees and honey bottling", INDUSTRY, "animal", "九口乡 花鹿村", "发展中蜂1200群，建蜂蜜灌装车间一间，统一检测、统一商标，签约电商平台包销四成。", "1,200 colonies of Chinese bees and a bottling room; an online platform has signed for 40 %.", 130, product="honey", stage="raise", subsidy_wan=90, households=90, poor_households=41, heads=1200, output_per_year=9.6, output_unit="吨",
      revenue_wan=96, cost_wan=58, yearly_benefit_wan=30, yearly_household_benefit_wan=33, yearly_subsidy_wan=2, benefit_years=8, asset_life_years=8, value_added_share=0.5, training_days=18, signed_offtake_share=0.4, offtake_grade="written", evidence_grade=2, start="2025-03", first_income="2026-06", end="2025-10", construction_months=6,
      link_mechanisms=("own work", "contract"), local_labour_share=1, labour_days_year=3600, local_history_years=30, market_hours=8, operator="中蜂专业合作社", plan="是", loss_probability=0.12, insured_share=0.3),
    P("脱毒马铃薯原种繁育基地", "Virus-free seed potato base", INDUSTRY, "crop", "洪溪镇 核桃坪村", "建原种繁育网室40亩、田间繁育800亩，与省种业公司签订书面回购合同，配套种薯贮藏库。", "Seed potato multiplication, 40 mu of net houses and 800 mu of fields; written buy-back by a seed company; a seed store.", 540, product="potato", stage="grow", subsidy_wan=380, area_mu=840, households=230,
      poor_households=104, persons=930, output_per_year=1500, output_unit="吨", revenue_wan=480, cost_wan=366, yearly_benefit_wan=98, yearly_household_benefit_wan=88, yearly_subsidy_wan=8, benefit_years=10, asset_life_years=12, value_added_share=0.4, training_days=15, signed_offtake_share=0.65, offtake_grade="written", evidence_grade=3,
      start="2025-02", first_income="2026-09", end="2026-04", construction_months=14, link_mechanisms=("own work", "contract", "wage"), local_labour_share=0.9, labour_days_year=12500, local_history_years=40, market_hours=6, harvest_window="8-9", operator="县农投公司", insured_share=0.8, loss_probability=0.1, plan="是"),
    P("彝家民宿集群", "Cluster of Yi homestays", INDUSTRY, "tour", "候古莫镇 暖泉村", "改造民居18院为民宿，统一运营、保底分红，与旅行社签订客源协议。", "Turn 18 houses into homestays run together; a travel agency has agreed to send guests.", 420, product="homestay", stage="service", subsidy_wan=200, households=62, poor_households=23, output_per_year=5400, output_unit="间夜", revenue_wan=172, cost_wan=104,
      yearly_benefit_wan=66, yearly_household_benefit_wan=39, yearly_subsidy_wan=0, benefit_years=10, asset_life_years=15, value_added_share=0.55, training_days=25, signed_offtake_share=0.3, offtake_grade="written", evidence_grade=2, start="2025-03", first_income="2026-05", end="2026-03", construction_months=12,
      link_mechanisms=("dividend", "wage", "own work"), local_labour_share=0.95, labour_days_year=5200, local_history_years=3, market_hours=3, operator="村集体旅游公司", plan="是", promised_asset_income_share=0.05, skills="客房服务、烹饪", loss_probability=0.1),
    # short, flat and fast
    _flock("洪溪镇 松风村", 30000, 600, 600), _flock("候播乃拖镇 望云村", 18000, 360, 360, name="小鸡到户增收项目", name_en="Chickens for income", nature="continuing"),
    P("仔猪代购代发项目", "Piglets bought and handed out", INDUSTRY, "animal", "井叶特西乡 雪松村", "统一采购仔猪1600头发放到脱贫户，养殖公司口头承诺回收。", "Buy 1,600 piglets for poor households; a company promises by word to buy them back.", 128, product="pig", stage="raise", subsidy_wan=128, heads=1600, households=800, poor_households=800, persons=3300,
      output_per_year=1360, output_unit="头", revenue_wan=272, cost_wan=231, yearly_benefit_wan=41, yearly_household_benefit_wan=41, yearly_subsidy_wan=24.6, benefit_years=1, asset_life_years=1, value_added_share=0.15, training_days=2, signed_offtake_share=0.5, offtake_grade="oral", evidence_grade=1, start="2025-02",
      first_income="2025-07", end="2025-04", construction_months=2, link_mechanisms=("own work",), standard="每头补助800元", operator="县农业农村局", local_labour_share=1, labour_days_year=4800, local_history_years=30, market_hours=5, loss_probability=0.2, insured_share=0.5),
    P("外购菌棒香菇出菇项目", "Bought-in mushroom logs", INDUSTRY, "crop", "新桥镇 听泉村", "外购成品菌棒12万棒，搭建简易棚，出菇一季，随行就市销售。", "Buy 120,000 ready logs, put up simple sheds, one flush, sold on the spot market.", 96, product="mushroom", stage="grow", subsidy_wan=80, households=110, poor_households=70, output_per_year=90, output_unit="吨", revenue_wan=72, cost_wan=55, yearly_benefit_wan=15,
      yearly_household_benefit_wan=17, yearly_subsidy_wan=8, benefit_years=1, asset_life_years=2, value_added_share=0.2, training_days=3, signed_offtake_share=0, offtake_grade="oral", evidence_grade=1, start="2025-02", first_income="2025-05", end="2025-04", construction_months=2, link_mechanisms=("wage", "land rent"),
      operator="村集体经济组织", local_labour_share=0.9, labour_days_year=1400, local_history_years=1, market_hours=4, loss_probability=0.15, insured_share=0),
    P("脱贫资金入股企业固定分红", "Cash shares with a fixed dividend", INDUSTRY, "share", "拉马镇 向阳坝村", "将到户产业资金入股生猪养殖企业，按本金10%固定分红三年，到期退股。", "Household money is put into a pig company for a fixed 10 % dividend during three years.", 200, product="pig", stage="raise", subsidy_wan=200, households=400, poor_households=400, output_per_year=900, output_unit="头", revenue_wan=180,
      cost_wan=160, yearly_benefit_wan=20, yearly_household_benefit_wan=20, yearly_subsidy_wan=18, benefit_years=2, asset_life_years=3, value_added_share=0, training_days=0, signed_offtake_share=0, evidence_grade=0, start="2025-01", first_income="2025-06", end="2025-02", construction_months=1, link_mechanisms=("dividend",),
      promised_asset_income_share=0.1, operator="乡人民政府", local_labour_share=0.1, market_hours=5, loss_probability=0.1),
    P("洋芋良种到户", "Seed potatoes for households", INDUSTRY, "crop", "典补乡 映山村", "采购洋芋良种240吨，免费发放到户种植1200亩，农户自行销售。", "Buy 240 t of seed potatoes and hand them out for 1,200 mu; households sell by themselves.", 84, product="potato", stage="grow", subsidy_wan=84, area_mu=1200, households=520, poor_households=390, output_per_year=1680, output_unit="吨", revenue_wan=218,
      cost_wan=163, yearly_benefit_wan=36, yearly_household_benefit_wan=55, yearly_subsidy_wan=38, benefit_years=1, asset_life_years=1, value_added_share=0.22, training_days=1, signed_offtake_share=0, evidence_grade=0, start="2025-02", first_income="2025-08", end="2025-03", construction_months=1, link_mechanisms=("own work",), standard="每亩补助700元",
      operator="县农业农村局", local_labour_share=1, labour_days_year=12000, local_history_years=40, market_hours=6, loss_probability=0.15),
    P("林下肉鸡育肥租棚项目", "Rented broiler sheds", INDUSTRY, "animal", "九口乡 长歌村", "租用简易鸡棚30座，购买脱温肉鸡苗育肥四个月后出售。", "Rent 30 simple sheds and fatten bought chicks for four months.", 75, product="chicken", stage="raise", subsidy_wan=60, households=75, poor_households=60, heads=15000, output_per_year=13000, output_unit="羽", revenue_wan=85, cost_wan=72, yearly_benefit_wan=12,
      yearly_household_benefit_wan=12, yearly_subsidy_wan=6, benefit_years=2, asset_life_years=3, value_added_share=0.18, training_days=3, signed_offtake_share=0.1, offtake_grade="oral", evidence_grade=1, start="2025-02", first_income="2025-06", end="2025-03", construction_months=1, link_mechanisms=("own work", "wage"),
      operator="村集体经济组织", local_labour_share=1, labour_days_year=1500, market_hours=6, loss_probability=0.2),
    # something to watch
    P("莴笋大棚基地", "Lettuce sheds", INDUSTRY, "crop", "新桥镇 清水岩村", "新建钢架大棚80亩种植莴笋，一年两季，批发市场销售。", "80 mu of sheds for stem lettuce, two crops a year, sold on wholesale markets.", 150, product="cabbage", stage="grow", subsidy_wan=120, area_mu=80, households=64, poor_households=35, output_per_year=420, output_unit="吨", revenue_wan=84, cost_wan=62,
      yearly_benefit_wan=19, yearly_household_benefit_wan=22, yearly_subsidy_wan=6, benefit_years=4, asset_life_years=6, value_added_share=0.27, training_days=8, signed_offtake_share=0.15, offtake_grade="oral", evidence_grade=1, start="2025-02", first_income="2025-06", end="2025-04", construction_months=2, link_mechanisms=("wage", "land rent"),
      operator="蔬菜专业合作社", local_labour_share=0.95, labour_days_year=3600, local_history_years=2, market_hours=4, harvest_window="5-6,9-10", loss_probability=0.12, insured_share=0.5),
    P("土鸡蛋规模养殖场", "Laying hens and eggs", INDUSTRY, "animal", "洪溪镇 银杉村", "建蛋鸡舍2栋，存栏蛋鸡8000羽，鸡蛋供应县城学校食堂（意向）。", "Two hen houses for 8,000 layers; the county's school canteens intend to buy.", 165, product="eggs", stage="raise", subsidy_wan=110, households=58, poor_households=30, heads=8000, output_per_year=118, output_unit="吨", revenue_wan=141, cost_wan=116, yearly_benefit_wan=23,
      yearly_household_benefit_wan=19, yearly_subsidy_wan=6, benefit_years=4, asset_life_years=8, value_added_share=0.24, training_days=7, signed_offtake_share=0.4, offtake_grade="oral", evidence_grade=1, start="2025-03", first_income="2025-08", end="2025-06", construction_months=3, link_mechanisms=("wage", "dividend"), operator="村集体经济组织",
      local_labour_share=0.8, labour_days_year=1500, local_history_years=4, market_hours=2, promised_asset_income_share=0.06, loss_probability=0.1, insured_share=0.4),
    P("黑山羊母羊扶持", "Goats for households", INDUSTRY, "animal", "龙门乡 白鹿坡村", "向脱贫户投放黑山羊能繁母羊900只，合作社书面约定回收两成。", "900 breeding goats for poor households; a cooperative has agreed in writing to buy back 20 %.", 162, product="goat", stage="raise", subsidy_wan=150, households=180, poor_households=180, heads=900, output_per_year=1250, output_unit="头", revenue_wan=150, cost_wan=112,
      yearly_benefit_wan=34, yearly_household_benefit_wan=34, yearly_subsidy_wan=12, benefit_years=4, asset_life_years=6, value_added_share=0.26, training_days=6, signed_offtake_share=0.2, offtake_grade="written", evidence_grade=1, start="2025-02", first_income="2025-10", end="2025-04", construction_months=2, link_mechanisms=("own work", "contract"),
      operator="县农业农村局", local_labour_share=1, labour_days_year=5400, local_history_years=25, market_hours=6, loss_probability=0.12, insured_share=0.5),
    P("西门塔尔肉牛育肥场", "Beef cattle fattening farm", INDUSTRY, "animal", "牛牛坝镇 云杉坪村", "建标准化牛舍3000平方米，存栏架子牛300头，村集体与养殖大户合作经营。", "A barn for 300 feeder cattle, run by the village with a farmer.", 480, product="cattle", stage="raise", subsidy_wan=320, households=140, poor_households=66, heads=300, output_per_year=520, output_unit="头", revenue_wan=936, cost_wan=868, yearly_benefit_wan=60,
      yearly_household_benefit_wan=31, yearly_subsidy_wan=10, benefit_years=6, asset_life_years=12, value_added_share=0.22, training_days=10, signed_offtake_share=0.25, offtake_grade="written", evidence_grade=2, start="2025-03", first_income="2026-01", end="2025-10", construction_months=7, link_mechanisms=("dividend", "wage"), operator="村集体经济组织",
      local_labour_share=0.85, labour_days_year=3000, local_history_years=8, market_hours=4, promised_asset_income_share=0.065, loss_probability=0.06, insured_share=0.7),
    # long and without a buyer
    P("万亩核桃提质扩面", "Walnut expansion", INDUSTRY, "crop", "合姑洛乡 李子塘村", "新植核桃3200亩、提质6800亩，五年后挂果，未落实收购方。", "Plant 3,200 mu of walnut and improve 6,800 mu; fruit after five years; no buyer yet.", 620, product="walnut", stage="grow", subsidy_wan=560, area_mu=10000, households=1300, poor_households=640, output_per_year=750, output_unit="吨", revenue_wan=600,
      cost_wan=540, yearly_benefit_wan=58, yearly_household_benefit_wan=72, yearly_subsidy_wan=0, benefit_years=20, asset_life_years=20, value_added_share=0.3, training_days=4, signed_offtake_share=0, evidence_grade=0, start="2025-03", first_income="2030-09", end="2025-12", construction_months=9, link_mechanisms=("own work",), operator="县林草局",
      local_labour_share=1, labour_days_year=52000, local_history_years=18, market_hours=7, harvest_window="9-10", loss_probability=0.2, insured_share=0.2, plan="是"),
    P("油橄榄基地", "Olive planting", INDUSTRY, "forest", "瓦候乡 向阳坝村", "流转坡地1500亩种植油橄榄，六年后见效，拟自建榨油厂。", "1,500 mu of olives on rented slopes; income after six years; an oil mill is planned.", 450, product="olive", stage="grow", subsidy_wan=300, area_mu=1500, households=260, poor_households=120, output_per_year=300, output_unit="吨", revenue_wan=180, cost_wan=150,
      yearly_benefit_wan=24, yearly_household_benefit_wan=30, yearly_subsidy_wan=10, benefit_years=18, asset_life_years=20, value_added_share=0.25, training_days=5, signed_offtake_share=0, evidence_grade=1, start="2025-04", first_income="2031-11", end="2025-12", construction_months=8, link_mechanisms=("land rent", "wage"), operator="农业公司",
      local_labour_share=0.8, labour_days_year=9000, local_history_years=0, market_hours=9, loss_probability=0.25),
    # pooled venture
    _pooled("觉洛乡 望云村", 85, 42), _pooled("觉洛乡 石笋村", 72, 30), _pooled("洒库乡 松风村", 94, 51), _pooled("洒库乡 长歌村", 60, 28), _pooled("龙门乡 映山村", 78, 37),
    # half of the facts
    P("黄精林下种植", "Solomon's seal under forest", INDUSTRY, "crop", "合姑洛乡 清水岩村", "林下种植黄精260亩，三年采挖，与药材商口头约定。", "260 mu of Solomon's seal under trees, dug after three years.", 145, product="huangjing", subsidy_wan=100, area_mu=260, households=70, poor_households=38, output_per_year=30, output_unit="吨", yearly_benefit_wan=38, benefit_years=9,
      start="2025-03", first_income="2028-10", evidence_grade=1, value_added_share=0.42, operator="药材合作社", link_mechanisms=("own work", "land rent")),
    P("蓝莓采摘园", "Blueberry garden", INDUSTRY, "crop", "巴普镇 银杉村", "建设蓝莓采摘园120亩，配套水肥一体化。", "120 mu of blueberries for picking with drip irrigation.", 330, product="blueberry", subsidy_wan=200, area_mu=120, households=45, start="2025-03", end="2025-12", yearly_benefit_wan=52, yearly_household_benefit_wan=28, training_days=8, operator="农业公司",
      link_mechanisms=("wage", "land rent")),
    P("冷水鱼养殖场", "Cold-water fish farm", INDUSTRY, "animal", "候播乃拖镇 暖泉村", "利用冷泉水养殖鲟鱼、虹鳟，水面18亩。", "Sturgeon and trout in 18 mu of spring water.", 280, product="coldwater_fish", subsidy_wan=160, households=36, poor_households=14, output_per_year=110, output_unit="吨", revenue_wan=330, yearly_benefit_wan=55, benefit_years=8, start="2025-02", first_income="2026-10",
      signed_offtake_share=0.35, offtake_grade="written", operator="渔业公司"),
    P("燕麦草饲草基地", "Forage oats", INDUSTRY, "crop", "龙门乡 雪松村", "种植燕麦草、黑麦草1500亩，供应本县牛羊养殖场。", "1,500 mu of forage oats and ryegrass for the county's cattle and sheep farms.", 90, product="alfalfa", subsidy_wan=70, area_mu=1500, households=130, poor_households=61, output_per_year=2200, output_unit="吨", yearly_household_benefit_wan=40, benefit_years=5,
      value_added_share=0.3, training_days=4, start="2025-03", operator="饲草合作社", link_mechanisms=("own work", "land rent"), evidence_grade=1),
    P("彝家腊肉加工坊", "Cured meat workshop", INDUSTRY, "process", "牛牛坝镇 半月村", "新建腊肉、香肠加工车间600平方米，年加工黑猪1000头。", "A workshop for cured pork and sausages, 1,000 black pigs a year.", 110, product="meat_process", subsidy_wan=70, households=85, output_per_year=70, output_unit="吨", revenue_wan=420, cost_wan=372, value_added_share=0.35, start="2025-04", end="2025-10", evidence_grade=2, operator="食品公司", link_mechanisms=("contract", "wage")),
    P("村级光伏电站", "Village solar station", INDUSTRY, "pv", "瓦候乡 望云村", "建设村级光伏发电站200千瓦，收益归村集体。", "A 200 kW village solar station; its income goes to the village.", 98, product="pv", subsidy_wan=98, yearly_benefit_wan=13, yearly_household_benefit_wan=8, benefit_years=18, asset_life_years=20, start="2025-05", first_income="2025-11", households=140, evidence_grade=3, promised_asset_income_share=0.08,
      link_mechanisms=("dividend",), operator="县农投公司"),
    # only as published
    P("农产品冷链保鲜库", "Cold store", INDUSTRY, "cold", "巴普镇 星桥村", "新建保鲜库1200立方米及分拣车间，配备冷藏车2辆，带动周边150户农户。", "A cold store of 1,200 m³ with sorting room and two refrigerated lorries for 150 households.", 185, period="2025年3月至2025年12月", operator="县供销社", performance_target="带动150户，其中脱贫户60户，户均年增收800元。", performance_target_en="Benefits 150 households, 60 of them poor; 800 yuan a household a year."),
    P("洋芋标准化种植基地", "Potato base", INDUSTRY, "crop", "洪溪镇 桃花岭村", "建设洋芋标准化种植基地2000亩。", "2,000 mu of potatoes.", 120, scale="2000亩", period="2025年2-9月", operator="洪溪镇人民政府", performance_target="带动320户农户种植，其中脱贫户210户，户均年增收1200元，通过务工、土地流转增加收入。", performance_target_en="Benefits 320 households, 210 of them poor; 1,200 yuan a household a year through wages and land rent."),
    P("苦荞种植基地", "Buckwheat base", INDUSTRY, "crop", "典补乡 松风村", "发展苦荞种植1800亩，统一供种、统一收购。", "1,800 mu of buckwheat with seed and purchase in common.", 76, scale="1800亩", period="2025年4月至10月", operator="典补乡人民政府", performance_target="带动脱贫户180户，户均年增收900元。", performance_target_en="Benefits 180 poor households; 900 yuan a household a year."),
    P("生态土鸡养殖小区", "Free-range chicken park", INDUSTRY, "animal", "洪溪镇 听泉村", "新建土鸡养殖小区一处，鸡舍1500平方米，年出栏土鸡1.2万羽。", "A park for 12,000 free-range chickens a year.", 68, period="2025年3月至8月", operator="洪溪镇人民政府", performance_target="带动45户农户增收，户均年增收1500元，收益分红。", performance_target_en="Benefits 45 households; 1,500 yuan a household a year as dividends."),
    P("高山黑猪养殖场", "Black pig farm", INDUSTRY, "animal", "井叶特西乡 团圆村", "新建猪舍1800平方米，年出栏生猪1500头。", "A farm for 1,500 black pigs a year.", 155, period="2025年", operator="井叶特西乡人民政府", performance_target="年资产收益8万元，带动脱贫户务工12人。", performance_target_en="Asset income of 80,000 yuan a year; 12 wage jobs for poor households."),
    P("经果林基地", "Fruit orchard", INDUSTRY, "crop", "候古莫镇 花鹿村", "新建水果基地300亩，配套蓄水池2口。", "300 mu of orchard with two ponds.", 88, scale="300亩", operator="候古莫镇人民政府"),
    P("规模养殖小区", "Livestock park", INDUSTRY, "animal", "拉马镇 白鹿坡村", "新建养殖小区一处。", "A livestock park.", 58, operator="拉马镇人民政府"),
    # employment
    P("服装加工帮扶车间", "Garment workshop", EMPLOYMENT, "shop", "巴普镇 团圆村", "引进服装企业，建设缝纫生产线2条，就近吸纳脱贫劳动力80人，签订两年劳动合同。", "A garment company sets up two sewing lines for 80 local workers on two-year contracts.", 210, product="garment_workshop", stage="workshop", subsidy_wan=160, households=80, poor_households=58, persons=80, jobs=80, wage_yuan_month=3300, local_wage_yuan_month=2300,
      contract_months=24, travel_minutes=25, training_days=20, placement_share=0.78, yearly_benefit_wan=44, yearly_household_benefit_wan=96, yearly_subsidy_wan=6, benefit_years=8, asset_life_years=10, evidence_grade=3, start="2025-03", first_income="2025-09", end="2025-08", construction_months=5, link_mechanisms=("wage",), local_labour_share=1,
      operator="县人社局", skills="缝纫", labour_state="farm", plan="是"),
    P("养老护理员订单培训", "Nursing-aide training with signed vacancies", EMPLOYMENT, "train", "巴普镇 星桥村", "与州府养老机构签订用工协议，培训护理员120名，45天，合格后输送就业。", "120 nursing aides trained for 45 days for vacancies signed with care homes.", 66, product="nursing", stage="service", subsidy_wan=66, households=120, poor_households=95, persons=120, jobs=110,
      wage_yuan_month=4200, local_wage_yuan_month=2400, contract_months=36, travel_minutes=210, training_days=45, placement_share=0.82, yearly_benefit_wan=180, yearly_household_benefit_wan=237, yearly_subsidy_wan=12, benefit_years=10, evidence_grade=3, start="2025-03", first_income="2026-01", end="2025-11", construction_months=8, link_mechanisms=("wage",),
      operator="县人社局", skills="养老护理", labour_state="migrant", plan="是"),
    P("乡村公益性岗位", "Public-benefit posts", EMPLOYMENT, "posts", "牛牛坝镇 ", "开发保洁员、护路员等公益性岗位260个，期限10个月，每月补贴800元。", "260 posts for cleaners and road keepers during ten months at 800 yuan a month.", 208, product="public_posts", stage="service", subsidy_wan=208, households=260, poor_households=260, persons=260, jobs=260, wage_yuan_month=800, local_wage_yuan_month=700, contract_months=4,
      travel_minutes=15, training_days=1, placement_share=0.25, yearly_benefit_wan=0, yearly_household_benefit_wan=83, yearly_subsidy_wan=83, benefit_years=1, evidence_grade=0, start="2025-01", first_income="2025-02", end="2025-12", link_mechanisms=("wage",), operator="县人社局", labour_state="farm"),
    P("电子元件来料加工车间", "Electronics assembly workshop", EMPLOYMENT, "shop", "牛牛坝镇 清水岩村", "利用闲置厂房建电子元件加工车间，计件用工60人，五年租约。", "An assembly workshop in an idle building for 60 workers, five-year lease.", 120, product="electronics_workshop", stage="workshop", subsidy_wan=90, households=60, poor_households=40, jobs=60, wage_yuan_month=2900, local_wage_yuan_month=2300, contract_months=12,
      travel_minutes=30, training_days=12, yearly_household_benefit_wan=43, yearly_subsidy_wan=6, benefit_years=5, evidence_grade=2, start="2025-04", first_income="2025-10", end="2025-09", link_mechanisms=("wage",), operator="县人社局", labour_state="half-and-half"),
    P("脱贫劳动力短期技能培训", "Short skills training", EMPLOYMENT, "train", "巴普镇 ", "开展挖掘机、烹饪等短期技能培训500人次，每期7天。", "Short courses for 500 people, seven days each.", 60, persons=500, operator="县人社局", period="2025年", performance_target="培训500人，推荐就业200人。", performance_target_en="500 people trained, 200 recommended for jobs."),
    P("跨省务工交通补助", "Travel grants for migrant workers", EMPLOYMENT, "travel", "巴普镇 ", "对跨省务工脱贫人口给予一次性交通补助。", "One-off travel grants for migrant workers.", 45, operator="县人社局", period="2025年"),
    # listed and summed only
    P("通村道路硬化工程", "Village road", OTHER, "road", "典补乡 映山村", "硬化通村道路6.5公里，路面宽4.5米。", "Pave 6.5 km of village road.", 390, operator="县交通运输局", period="2025年3月至11月"),
    P("安全饮水巩固提升工程", "Drinking water", OTHER, "water", "合姑洛乡 李子塘村", "新建取水口2处，铺设管道18千米。", "Two intakes and 18 km of pipes.", 142, operator="县水利局", period="2025年3月至11月"),
    P("小额信贷贴息", "Interest subsidy on small loans", OTHER, "loan", "巴普镇 ", "脱贫人口小额信贷贴息。", "Interest subsidy on small loans to poor households.", 160, operator="县金融工作局", period="2025年"),
    P("雨露计划职业教育补助", "Vocational school grants", OTHER, "school", "巴普镇 ", "对脱贫家庭职业院校学生给予补助。", "Grants for vocational students of poor families.", 210, operator="县教体局", period="2025年"),
    P("项目管理费", "Project management fee", OTHER, "fee", "巴普镇 ", "项目设计、监理、验收等管理费用。", "Design, supervision and acceptance.", 58, operator="县乡村振兴局", period="2025年", note="不超过1%"),
)
