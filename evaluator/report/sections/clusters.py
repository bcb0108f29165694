"""Who does the same: clusters of look-alike projects, and applications copied from one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from evaluator.language import phrase
from evaluator.report.copies import say_copies
from evaluator.report.document import Block, Heading, Listing, Paragraph, tabulated
from evaluator.report.numbers import format_share
from evaluator.report.rivals import say_network, tabulate_clusters
from evaluator.report.sections.material import say_left_out
from evaluator.report.terms import say_rivals

if TYPE_CHECKING:
    from evaluator.network import Network
    from evaluator.report.sections.material import Material

CLUSTERS, MEMBERS, COPIES = 25, 6, 20


def build_clusters(material: Material, language: str) -> tuple[Block, ...]:
    """Clusters of the county, list and register together; groups of copied texts below."""
    evaluation = material.evaluation
    if not len(evaluation.scored):
        return ()
    network = evaluation.network()
    blocks: list[Block] = [
        Paragraph(phrase("score.rivals", language, rivals=say_rivals(evaluation.rivals, language)), style="note"),
        Paragraph(say_network(network, language)),
    ]
    if network.clusters:
        table = tabulate_clusters(network, language, currency=evaluation.portfolio.currency)
        table[table.columns[-1]] = [_name_members(network, at, language) for at in range(len(network.clusters))]
        widths = {0: 0.7, 1: 1.9, 2: 0.8, 3: 1.4, 4: 0.8, 5: 1.1, 6: 5.0}
        blocks.append(tabulated(pd.DataFrame(table.iloc[:CLUSTERS]), widths, small=True))
        blocks += say_left_out(min(CLUSTERS, len(table)), len(table), language)
    said = say_copies(evaluation, language)
    blocks += [Heading(phrase("document.copies", language)), Listing(said[:COPIES])]
    return (*blocks, *say_left_out(min(COPIES, len(said)), len(said), language))


def _name_members(network: Network, place: int, language: str) -> str:
    """The first members of a cluster by name, and how many more there are."""
    members, names = network.clusters[place].members, network.nodes["name"]
    listed = [str(names[key]) for key in members[:MEMBERS]]
    if len(members) > MEMBERS:
        listed.append(phrase("balance.more", language, count=len(members) - MEMBERS))
    return phrase("format.list_comma", language).join(listed)


def say_likeness(material: Material, project: str, language: str) -> str:
    """Which share of the capacity around does the same as a project."""
    row = int(material.scored.get_indexer(pd.Index([project]))[0])
    share = format_share(float(material.evaluation.homogeneity.h[row]), language)
    return phrase("pages.neighbours.finding", language, share=share)
