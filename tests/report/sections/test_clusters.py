from evaluator.report.document import Listing, Table
from evaluator.report.numbers import format_share
from evaluator.report.rivals import say_network, tabulate_clusters
from evaluator.report.sections.clusters import MEMBERS, build_clusters, say_likeness


def test_clusters_stand_with_their_first_members_and_how_many_more(county):
    network = county.evaluation.network()
    blocks = build_clusters(county, "zh")
    assert any(getattr(block, "text", "") == say_network(network, "zh") for block in blocks)
    table = next(block for block in blocks if isinstance(block, Table))
    whole = tabulate_clusters(network, "zh")
    assert [row[:-1] for row in table.rows] == [tuple(row[:-1]) for row in whole.itertuples(index=False, name=None)]
    largest = network.clusters[0]
    assert f"{len(largest.members) - MEMBERS}" in table.rows[0][-1]


def test_copied_applications_are_named(county):
    listing = next(block for block in build_clusters(county, "en") if isinstance(block, Listing))
    assert "read the same" in listing.items[0]


def test_how_much_is_alike_is_the_share_of_the_screen(county):
    project = str(county.scored[0])
    assert format_share(float(county.evaluation.homogeneity.h[0]), "en") in say_likeness(county, project, "en")


def test_an_empty_list_has_none(nothing):
    assert build_clusters(nothing, "zh") == ()
