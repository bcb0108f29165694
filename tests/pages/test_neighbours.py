"""The page of neighbours: clusters, members, one project's neighbours, by link and by hand, with and without facts."""

import pytest

from evaluator.language import catalogue
from evaluator.report.rivals import say_column, tabulate_clusters, tabulate_members


def labels(app):
    return {metric.label: metric.value for metric in app.metric}


@pytest.mark.slow
def test_the_figures_are_those_of_the_network(open_page, evaluation):
    network = evaluation.network()
    shown = labels(open_page("neighbours"))
    assert shown[catalogue("en")["pages.near.clusters"]] == str(len(network.clusters))
    assert shown[catalogue("en")["pages.near.joined"]] == str(int((network.nodes["cluster"] != "").sum()))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_clusters_and_members_are_tables_too(open_page, evaluation, shows, language):
    network = evaluation.network()
    app = open_page("neighbours", lang=language, cl=network.clusters[1].cluster_id)
    kept = [say_column(column, language) for column in ("name", "projects", "amount", "flagged", "inside")]
    assert shows(app, tabulate_clusters(network, language)[kept])
    assert shows(app, tabulate_members(network, network.clusters[1].cluster_id, language))


def test_the_project_of_the_link_is_the_one_looked_at(open_page, evaluation):
    key = str(evaluation.scored[5])
    assert open_page("neighbours", p=key).selectbox(key="near_project").value == key


def test_an_unknown_county_is_said(open_page):
    app = open_page("neighbours", c="999999")
    assert [warning.value for warning in app.warning] == [catalogue("en")["pages.ignored.c"].format(value="999999")]


def test_without_a_register_the_list_stands_alone(open_page, turn_to, upload, published_list):
    app = turn_to(upload(open_page("data"), "mine.csv", published_list.encode()), "neighbours")
    assert catalogue("en")["pages.near.no_register"] in [caption.value for caption in app.caption]
    assert app.header[0].value.replace("\\", "") == catalogue("en")["rivals.none"]


def test_a_list_without_anything_scored_says_so(open_page, turn_to, upload):
    roads = "项目名称,项目类型,资金金额(万元)\n云顶村通村公路硬化,乡村建设行动/农村基础设施/农村道路建设,50\n"
    app = turn_to(upload(open_page("data"), "roads.csv", roads.encode()), "neighbours")
    assert catalogue("en")["pages.overview.nothing_scored"] in [info.value for info in app.info]


def test_names_from_a_file_are_text(open_page, turn_to, upload):
    listed = "项目名称,项目类型,产业,资金金额(万元),乡镇\n" + "".join(
        f"![x](http://evil.test/{n}.png)<b>土豆</b>,产业,土豆种植,{50 + n},云顶镇\n" for n in range(3)
    )
    app = turn_to(upload(open_page("data"), "mine.csv", listed.encode()), "neighbours")
    shown = [element.value for element in (*app.markdown, *app.header, *app.caption)]
    assert not any("![" in text or "<b>" in text for text in shown)
