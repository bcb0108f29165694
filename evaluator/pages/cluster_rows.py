"""The rows behind the network and the map of look-alikes, and the names their clusters go by."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from evaluator.network import Network
from evaluator.pages.apart import PHONE, WIDE, find_apart
from evaluator.pages.figures import shorten
from evaluator.pages.text import say
from evaluator.reference.places import counties
from evaluator.report import wording
from evaluator.report.rivals import say_cluster

COLOURED = 6
"""Clusters with a colour and shape of their own."""
NAMED_FROM = 3
"""Projects from which a cluster carries the name of its product in the picture."""


def name_clusters(network: Network, language: str) -> dict[str, str]:
    """Cluster id to its name; told apart by the id where two have the same product and place."""
    names = {cluster.cluster_id: say_cluster(cluster, language) for cluster in network.clusters}
    often = Counter(names.values())
    return {key: f"{name} ({key})" if often[name] > 1 else name for key, name in names.items()}


def legend_names(network: Network, language: str) -> tuple[str, ...]:
    """The clusters of the legend, largest first; the last entry is all others."""
    named = name_clusters(network, language)
    shown = [named[cluster.cluster_id] for cluster in network.clusters[:COLOURED]]
    return (*shown, say("near.others", language))


def _legend_of(network: Network, language: str) -> Mapping[str, str]:
    named = name_clusters(network, language)
    own = {cluster.cluster_id: named[cluster.cluster_id] for cluster in network.clusters[:COLOURED]}
    return {
        str(key): own.get(str(cluster), say("near.others", language))
        for key, cluster in network.nodes["cluster"].items()
    }


def _described(network: Network, language: str, currency: str) -> pd.DataFrame:
    """Every node with the words of its point."""
    nodes, legend = network.nodes, _legend_of(network, language)
    largest = float(nodes["capacity_yuan"].max()) if len(nodes) else 1.0
    return pd.DataFrame(
        {
            "cluster": [legend[str(key)] for key in nodes.index],
            "size": nodes["capacity_yuan"] / (largest or 1.0),
            "project": [str(name) for name in nodes["name"]],
            "more": [
                say(
                    "near.point",
                    language,
                    place=row["township"] or row["village"] or wording.MISSING,
                    money=wording.format_money(row["amount"], language, currency),
                    state=say("near.listed" if row["listed"] else "near.registered", language),
                )
                for _, row in nodes.iterrows()
            ],
        },
        index=nodes.index,
    )


def network_rows(network: Network, positions: pd.DataFrame, language: str, *, currency: str = "CNY") -> pd.DataFrame:
    """Links, then projects, for ``draw_network``; only projects that have a position."""
    points = _described(network, language, currency).loc[positions.index].assign(mark="project", label="", wide=False)
    points["x"], points["y"] = positions["x"], positions["y"]
    links = network.links
    links = links[links["a"].isin(positions.index) & links["b"].isin(positions.index)]
    strongest = float(links["weight"].max()) if len(links) else 1.0
    lines = pd.DataFrame(
        {
            "mark": "link",
            "wide": False,
            "x": positions["x"].reindex(links["a"]).to_numpy(),
            "y": positions["y"].reindex(links["a"]).to_numpy(),
            "x2": positions["x"].reindex(links["b"]).to_numpy(),
            "y2": positions["y"].reindex(links["b"]).to_numpy(),
            "weight": np.sqrt(links["weight"].to_numpy(float) / strongest),
        }
    )
    return pd.concat([lines, points, _names(network, positions, language)], ignore_index=True)


def _names(network: Network, positions: pd.DataFrame, language: str) -> pd.DataFrame:
    """The product of each cluster that is drawn, above it."""
    rows = []
    for cluster in network.clusters:
        spots = positions[positions.index.isin(cluster.members)]
        if len(spots) >= NAMED_FROM:
            product = wording.say_product(cluster.product, language)
            at = {"x": float(spots["x"].mean()), "y": float(spots["y"].max())}
            rows.append({"mark": "name", **at, "label": shorten(product, 30)})
    names = pd.DataFrame(rows, columns=["mark", "x", "y", "label"])
    return _with_room(names, across=positions["x"], down=positions["y"])


def _with_room(rows: pd.DataFrame, *, across: pd.Series, down: pd.Series) -> pd.DataFrame:
    """The rows with labels that have room alone, the first of the list before others, and which need a wide window.

    ``across`` and ``down``: the positions of all that is drawn.
    """
    axes = [axis for axis in rows.columns if axis in ("x", "y", "lon", "lat")]
    x, y = (
        ((rows[axis] - all_of.min()) / ((all_of.max() - all_of.min()) or 1.0)).to_numpy(float)
        for axis, all_of in zip(axes, (across, down), strict=True)
    )
    labels = rows["label"].tolist()
    phone, wide = (find_apart(x, y, labels, size=size) for size in (PHONE, WIDE))
    return rows.assign(label=np.where(wide, rows["label"], ""), wide=wide & ~phone)


def cluster_map_rows(network: Network, language: str, *, currency: str = "CNY", outlined: bool = True) -> pd.DataFrame:
    """One point a project that has a position or a county, for ``draw_cluster_map``.

    Without an outline each place is labelled once.
    """
    nodes, seats = network.nodes, counties()
    points = _described(network, language, currency).assign(label="")
    codes = nodes["place_code"].fillna(network.county or "").astype(str)
    for axis in ("lon", "lat"):
        seat = pd.Series([getattr(seats[c], axis) if c in seats else np.nan for c in codes], nodes.index, dtype=float)
        points[axis] = nodes[axis].astype(float).fillna(seat)
    if not outlined:
        places = nodes["township"].fillna(nodes["village"]).where(nodes["lon"].notna())
        first = ~places.duplicated() & places.notna()
        points.loc[first, "label"] = places[first].map(shorten)
    drawn = points[points["lon"].notna() & points["lat"].notna()].reset_index(drop=True)
    return _with_room(drawn, across=drawn["lon"], down=drawn["lat"])


def move_rows(table: pd.DataFrame, touched: list[str], language: str, *, most: int = 12) -> pd.DataFrame:
    """Likeness before and after for ``draw_moves``: the mover first, then those with the largest change."""
    shown = table.loc[touched].dropna(subset=["h_before", "h_after"])
    shown = shown[(shown["h_change"] != 0) | (shown.index == touched[0])].head(most)
    rows = [
        {
            "label": shorten(row["name"]),
            "before": row["h_before"],
            "after": row["h_after"],
            "right": max(row["h_before"], row["h_after"]),
            "better": "yes" if row["h_change"] < 0 else "no" if row["h_change"] > 0 else "same",
            "text": " → ".join(wording.format_percent(row[f"h_{when}"], language) for when in ("before", "after")),
        }
        for _, row in shown.iterrows()
    ]
    drawn = pd.DataFrame(rows)
    return drawn.assign(room=1.35 * float(drawn["right"].max())) if len(drawn) else drawn
