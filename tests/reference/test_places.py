import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.reference.places import adjacent, counties, find_county, liangshan_geojson, townships


def codes(text, context=""):
    return [county.code for county in find_county(text, context=context)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("昭觉县", "513431"),
        ("昭觉", "513431"),
        ("布拖2023年项目计划", "513429"),
        ("木里", "513422"),
        ("木里县", "513422"),
        ("凉山州昭觉县2024年度项目", "513431"),
        ("邵阳市北塔区", "430511"),
        ("北塔区2020年第一批", "430511"),
        ("耿马县", "530926"),
        ("东乡县", "622926"),
        ("鄂温克旗", "150724"),
        ("长白县", "220623"),
        ("513431", "513431"),
        ("Zhaojue County", "513431"),
        ("昭觉县和县城周边", "513431"),
    ],
)
def test_names_as_people_write_them(text, code):
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "通道建设项目",
        "互助养老服务",
        "和平镇",
        "邵阳市",
        "周口市城乡一体化示范区",
        "木里镇",
        "San Carlos City",
        "管理费",
    ],
)
def test_other_words_are_no_counties(text):
    assert codes(text) == []


def test_a_shared_name_is_settled_by_the_title():
    assert codes("朝阳区") == ["110105", "220104"]
    assert codes("朝阳区", "北京市2024年计划") == ["110105"]
    assert codes("长春市朝阳区", "北京市2024年计划") == ["220104"]
    assert codes("永定区", "福建省项目表") == ["350803"]
    assert len(codes("永定区", "浙江省")) == 2


def test_borders_are_symmetric_and_leave_the_prefecture():
    assert {"513429", "513436", "513401"} <= adjacent("513431")
    assert "530623" in adjacent("513430") or any(code.startswith("53") for code in adjacent("513430"))
    assert adjacent("000000") == frozenset()


@settings(max_examples=20)
@given(st.sampled_from(sorted(counties())))
def test_whoever_borders_is_bordered(code):
    assert code not in adjacent(code)
    for other in adjacent(code):
        assert code in adjacent(other)
        assert other in counties()


@settings(max_examples=20)
@given(st.sampled_from(sorted(counties())))
def test_every_county_is_found_by_its_region_and_name(code):
    county = counties()[code]
    found = find_county(county.name_zh, context=county.province_zh + county.prefecture_zh)
    assert county in found


def test_liangshan_map_and_townships_fit_the_codes():
    features = {feature["id"] for feature in liangshan_geojson()["features"]}
    assert features == {code for code in counties() if code.startswith("5134")}
    assert len(features) == 17
    assert townships("513431")["513431102"] == "竹核镇"
    assert not townships("110101")


def test_the_map_is_a_fresh_copy():
    liangshan_geojson()["features"].clear()
    assert len(liangshan_geojson()["features"]) == 17
