import pytest

from evaluator.reference.products import products


def test_generic_products_stand_for_whole_families():
    generic = {product.product_id for product in products().values() if product.generic}
    assert {
        "fruit",
        "vegetable",
        "livestock",
        "aquaculture",
        "grain",
        "nut",
        "herb_generic",
        "planting",
        "processing",
    } <= generic
    assert "potato" not in generic


def test_processors_share_the_family_of_their_growers():
    table = products()
    for grown, made in [("potato", "potato_starch"), ("buckwheat", "buckwheat_process"), ("tea", "tea_process")]:
        assert table[grown].family == table[made].family
        assert table[grown].stage != table[made].stage


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError):
        products()["potato"] = None
