import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.domain.fields import STAGES
from evaluator.reference.lexicon import find_products, find_stage, match_product, products


def ids(text):
    return [match.product_id for match in find_products(text)]


@pytest.mark.parametrize(
    "words",
    [
        ("洋芋", "土豆", "马铃薯", "potatoes"),
        ("猪", "生猪", "育肥猪", "仔猪", "piglets"),
        ("蘑菇", "食用菌"),
        ("荞麦", "苦荞"),
    ],
)
def test_words_for_one_product_agree(words):
    assert len({match_product(word).product_id for word in words}) == 1


@pytest.mark.parametrize(
    ("text", "product_id"),
    [
        ("稻花鱼养殖基地", "rice_fish"),
        ("秋桃基地", "peach"),
        ("橙子基地", "navel_orange"),
        ("养殖中蜂", "honey"),
        ("养殖生态土鸡", "chicken"),
        ("桑树种植", "mulberry_silk"),
        ("通甸镇蔬菜大棚建设项目", "vegetable"),
        ("冷棚育苗基地建设项目", "seedling"),
        ("超大棚室种植基地", "shed"),
        ("烘干塔项目", "grain_drying"),
        ("笨榨豆油项目", "soybean_oil"),
        ("合作社保鲜库改造项目", "cold_chain"),
        ("农民持股抱团共建光伏发电项目", "pv"),
        ("省藤套种", "rattan"),
        ("中药材种植(黄精)", "huangjing"),
        ("短期技能培训项目", "training"),
        ("Hog fattening", "pig"),
        ("Livestock Dispersal Livelihood Program", "livestock"),
        ("Rice mill with cherries", "flour"),
    ],
)
def test_published_names_are_read(text, product_id):
    assert match_product(text).product_id == product_id


NOT_PRODUCTS = (
    "李家村道路硬化 牛角村饮水工程 茶店镇村组道路 核桃坪村道路硬化 花椒沟村组公路 桃园镇便民服务中心 石榴籽一家亲广场 "
    "梨树县 羊场镇 茶叶村 天门市 鱼塘坎村 陈家桥村 李和平 产业路、资源路、旅游路建设 项目管理费 雨露计划"
)


@pytest.mark.parametrize("text", ["", "solar street light", *NOT_PRODUCTS.split()])
def test_place_names_and_lookalikes_are_not_products(text):
    assert match_product(text) is None


def test_longer_words_hide_shorter_ones():
    assert ids("羊肚菌") == ["morel"]
    assert ids("牛蒡") == ["radish"]
    assert ids("鱼腥草") == ["fern_veg"]
    assert ids("高山药材") == ["herb_generic"]
    assert ids("油茶、苦荞茶、茶叶") == ["oil_camellia", "buckwheat_process", "tea"]


def test_a_village_name_does_not_hide_its_project():
    assert ids("王家桥村核桃基地") == ["walnut"]
    assert ids("李子塘村水果基地") == ["fruit"]


def test_one_character_words_need_farming_beside_them():
    assert ids("苹果、梨、桃") == ["apple", "pear", "peach"]
    assert [match.certain for match in find_products("苹果、梨")] == [True, False]
    assert ids("购买牛100头") == ["cattle"]


def test_an_earlier_text_wins_and_a_named_product_beats_a_family():
    assert match_product("核桃基地", "苹果种植").product_id == "walnut"
    assert match_product("水果基地", "种植猕猴桃30亩").product_id == "kiwi"
    assert match_product("水果基地", "新建冷库一座").product_id == "fruit"
    assert match_product("农产品种植产业园", "新建标准化大棚11座").product_id == "shed"
    assert match_product("道路", "管网") is None


def test_labour_words_yield_to_what_is_made():
    assert match_product("水果基地，开展技能培训").product_id == "fruit"
    assert match_product("养殖技能培训").product_id == "training"
    assert match_product("短期技能培训", "开展茶叶种植培训").product_id == "training"
    assert match_product("蔬菜大棚", "带动就业务工30人").product_id == "vegetable"
    assert match_product("帮扶车间", "服装加工").product_id == "garment_workshop"


def test_doubtful_matches_say_so():
    assert match_product("洋芋种植").certain
    assert not match_product("扶持种植业(人参果、核桃、苹果)").certain
    assert not match_product("特色种植基地").certain


def test_stage_follows_the_words():
    assert match_product("薯类加工入股").stage == "process"
    assert match_product("魔芋种植").stage == "grow"
    assert match_product("苹果保鲜库").stage == "service"
    assert match_product("马铃薯种植及加工").stage == "grow"
    assert match_product("黑猪养殖基地", "配套冷链").stage == "raise"
    assert find_stage("花椒初加工厂") == "process"


def test_every_row_is_sound():
    for product in products().values():
        assert product.stage in STAGES
        assert product.perishability in {"fresh", "fruit", "dry", ""}
        assert product.family
        assert product.group
        assert product.name("zh") != product.name("en")
        assert all(product.synonyms_zh)


def test_every_word_leads_to_its_own_product():
    for product in products().values():
        for word in (*product.synonyms_zh, *product.synonyms_en):
            plain = word.lstrip("?")
            assert ids(plain)[:1] == [product.product_id], plain


def test_no_word_is_claimed_twice():
    words = [w.lstrip("?").lower() for p in products().values() for w in (*p.synonyms_zh, *p.synonyms_en)]
    assert len(words) == len(set(words))


@settings(max_examples=20)
@given(
    st.lists(
        st.sampled_from(["桃", "李家", "羊", "村", "种植", "马铃薯", "、", "fish ", "a", "鱼", "镇", "加工"]),
        max_size=12,
    ).map("".join)
)
def test_matches_quote_the_text_and_never_overlap(text):
    end = 0
    for match in find_products(text):
        assert text[match.start : match.start + len(match.words)] == match.words
        assert match.start >= end
        end = match.start + len(match.words)
