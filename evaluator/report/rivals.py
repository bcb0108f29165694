"""The look-alike network and moves in words, as tables people read, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from evaluator.language import phrase
from evaluator.report.numbers import (
    MISSING,
    format_money,
    format_number,
    format_quantity,
    format_share,
    is_missing,
)
from evaluator.report.plain import plain
from evaluator.report.signs import say_level
from evaluator.report.terms import say_product

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluator.network import Cluster, MoveEffect, Network

CLUSTER_COLUMNS = ("cluster_id", "name", "projects", "amount", "flagged", "inside", "members")
MEMBER_COLUMNS = ("member", "list", "product", "place", "amount", "strength", "ego_density", "level")
NAMED = 8
MOVE_COLUMNS = ("name", "h_before", "h_after", "h_change", "coverage_before", "coverage_after", "coverage_change")


def say_cluster(cluster: Cluster, language: str) -> str:
    """A cluster by its dominant product and place."""
    return phrase(
        "rivals.cluster",
        language,
        product=say_product(cluster.product, language) if cluster.product else phrase("rivals.no_product", language),
        place=cluster.place or phrase("rivals.no_place", language),
    )


def say_network(network: Network, language: str) -> str:
    """How many clusters there are, and what was left out as too many."""
    if not network.clusters:
        return phrase("rivals.none", language)
    said = [phrase("rivals.title", language, clusters=len(network.clusters), alone=len(network.alone))]
    if network.projects_left_out or network.links_left_out:
        said.append(say_left_out(network, language))
    return phrase("format.sentence_gap", language).join(said)


def say_left_out(network: Network, language: str) -> str:
    """What was left out of a network as too many; empty when nothing was."""
    said = []
    if network.projects_left_out:
        said.append(phrase("rivals.left_projects", language, projects=network.projects_left_out))
    if network.links_left_out:
        weight = format_share(network.weight_left_out, language)
        said.append(phrase("rivals.left_links", language, links=network.links_left_out, weight=weight))
    return phrase("rivals.left_out", language, what=phrase("format.sentence_join", language).join(said)) if said else ""


def say_neighbourhood(network: Network, language: str, *, currency: str = "CNY") -> str:
    """The first sentence on who does the same: how many clusters, and what the one with most projects holds."""
    if not network.clusters:
        return phrase("rivals.none", language)
    most = max(network.clusters, key=lambda cluster: len(cluster.members))
    return phrase(
        "rivals.headline",
        language,
        clusters=len(network.clusters),
        cluster=say_cluster(most, language),
        projects=format_quantity(len(most.members), "projects", language),
        money=format_money(most.amount, language, currency),
        flagged=most.flagged,
    )


def say_column(column: str, language: str) -> str:
    """The title of a column of ``tabulate_clusters``."""
    return phrase(f"rivals.column.{column}", language)


def tabulate_clusters(network: Network, language: str, *, currency: str = "CNY") -> pd.DataFrame:
    """One row a cluster, all cells text, largest first."""
    names, comma = network.nodes["name"], phrase("format.list_comma", language)
    rows = [
        (
            cluster.cluster_id,
            say_cluster(cluster, language),
            str(len(cluster.members)),
            format_money(cluster.amount, language, currency),
            str(cluster.flagged),
            format_share(cluster.inside, language),
            comma.join(str(names[key]) for key in cluster.members),
        )
        for cluster in network.clusters
    ]
    titles = [phrase(f"rivals.column.{column}", language) for column in CLUSTER_COLUMNS]
    return pd.DataFrame(rows, columns=titles, dtype=object)


def tabulate_members(network: Network, cluster_id: str, language: str, *, currency: str = "CNY") -> pd.DataFrame:
    """The projects of one cluster, largest first, all cells text; index project id."""
    members = next(cluster.members for cluster in network.clusters if cluster.cluster_id == cluster_id)
    rows = [_member(node, language, currency) for _, node in network.nodes.loc[list(members)].iterrows()]
    return _titled(rows, MEMBER_COLUMNS, language, index=members)


def tabulate_places(network: Network, language: str) -> pd.DataFrame:
    """Where the projects stand: one row a place with its clusters, all cells text."""
    nodes = network.nodes
    names = {cluster.cluster_id: say_cluster(cluster, language) for cluster in network.clusters}
    place = nodes["township"].fillna(nodes["village"]).fillna(MISSING)
    comma = phrase("format.list_comma", language)
    rows = []
    for name, part in nodes.groupby(place, sort=False):
        held = list(dict.fromkeys(names[str(key)] for key in part["cluster"] if key))
        flagged = int((part["level"] == "flag").sum())
        rows.append((str(name), str(len(part)), str(flagged), comma.join(held) or MISSING))
    rows.sort(key=lambda row: -int(row[1]))
    return _titled(rows, ("place", "projects", "flagged", "clusters"), language)


def tabulate_links(network: Network, language: str, *, most: int = 300) -> pd.DataFrame:
    """The strongest links, all cells text: both projects, how far, how alike, how strong."""
    names = network.nodes["name"]
    rows = [
        (
            str(names[row["a"]]),
            str(names[row["b"]]),
            MISSING if is_missing(row["km"]) else format_quantity(row["km"], "km", language),
            format_share(row["similarity"], language),
            format_number(row["weight"], language),
        )
        for _, row in network.links.head(most).iterrows()
    ]
    return _titled(rows, ("name", "other", "km", "similarity", "weight"), language)


def _member(node: pd.Series, language: str, currency: str) -> tuple[str, ...]:
    return (
        str(node["name"]),
        phrase("rivals.listed" if node["listed"] else "rivals.registered", language),
        say_product(node["product"], language),
        MISSING if is_missing(node["township"]) else str(node["township"]),
        format_money(node["amount"], language, currency),
        format_number(node["strength"], language),
        format_share(node["ego_density"], language),
        say_level(str(node["level"]), language) if node["level"] else MISSING,
    )


def _titled(
    rows: Sequence[tuple[str, ...]], columns: tuple[str, ...], language: str, *, index: tuple[str, ...] | None = None
) -> pd.DataFrame:
    titles = [phrase(f"rivals.column.{column}", language) for column in columns]
    return pd.DataFrame(rows, columns=titles, index=None if index is None else pd.Index(index), dtype=object)


def describe_network(network: Network, language: str = "en") -> dict[str, Any]:
    """Clusters, nodes and caps as plain values for JSON."""
    keys = ("cluster", "strength", "degree", "ego_density", "capacity_yuan", "listed")
    return {
        "county": network.county,
        "modularity": plain(network.modularity),
        "left_out": {
            "projects": network.projects_left_out,
            "links": network.links_left_out,
            "weight_share": plain(network.weight_left_out),
        },
        "clusters": [
            {
                "cluster_id": cluster.cluster_id,
                "name": say_cluster(cluster, language),
                **{key: plain(getattr(cluster, key)) for key in (
                    "product", "product_share", "place", "place_share", "amount", "capacity_yuan", "flagged", "inside",
                    "lon", "lat", "members")},
            }
            for cluster in network.clusters
        ],
        "projects": [
            {"project_id": str(row.name), **{key: plain(row[key]) for key in keys}}
            for _, row in network.nodes.iterrows()
        ],
        "alone": list(network.alone),
    }  # fmt: skip


def say_move(effect: MoveEffect, language: str) -> list[str]:
    """What a move does, sentence by sentence: the mover, who gains, who loses, what had to be settled."""
    own, names = effect.own, effect.table["name"]
    name = str(names[effect.project_id])
    said = [
        phrase(
            "rivals.move.own_h",
            language,
            name=name,
            before=format_share(own["h_before"], language),
            after=format_share(own["h_after"], language),
        )
    ]
    if not (is_missing(own["coverage_before"]) and is_missing(own["coverage_after"])):
        before, after = (format_number(own[f"coverage_{when}"], language) for when in ("before", "after"))
        said.append(phrase("rivals.move.own_coverage", language, name=name, before=before, after=after))
    comma = phrase("format.list_comma", language)
    for key in ("winners", "losers", "mixed"):
        ids = getattr(effect, key)
        if ids:
            listed = [str(names[i]) for i in ids[:NAMED]]
            if len(ids) > NAMED:
                listed.append(phrase("balance.more", language, count=len(ids) - NAMED))
            said.append(phrase(f"rivals.move.{key}", language, names=comma.join(listed)))
    if not (effect.winners or effect.losers or effect.mixed):
        said.append(phrase("rivals.move.nobody", language))
    return [*said, *(phrase(f"rivals.note.{note}", language) for note in effect.notes)]


def tabulate_move(effect: MoveEffect, language: str) -> pd.DataFrame:
    """Every project whose likeness or demand changes, the mover first; all cells text."""
    touched = [effect.project_id, *effect.winners, *effect.losers, *effect.mixed]
    rows = [
        (
            str(row["name"]),
            *(format_share(row[key], language) for key in ("h_before", "h_after")),
            _signed(row["h_change"], language, percent=True),
            *(format_number(row[key], language) for key in ("coverage_before", "coverage_after")),
            _signed(row["coverage_change"], language, percent=False),
        )
        for _, row in effect.table.loc[touched].iterrows()
    ]
    titles = [phrase(f"rivals.move_column.{column}", language) for column in MOVE_COLUMNS]
    return pd.DataFrame(rows, columns=titles, index=pd.Index(touched), dtype=object)


def _signed(value: float, language: str, *, percent: bool) -> str:
    if is_missing(value):
        return MISSING
    text = format_number(100 * value if percent else value, language, decimals=1 if percent else 3)
    return f"+{text}" if value > 0 and any(figure in text for figure in "123456789") else text
