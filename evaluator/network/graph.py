"""Who undercuts whom: look-alike projects of one county as a network, and the clusters they form.

Two projects are linked by w·s·√(c c)/c0: how near, how alike and how large they are, exactly as homogeneity takes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.neighbours import Pairs, RivalIndex
from evaluator.domain.settings import BalanceSettings

if TYPE_CHECKING:
    import networkx as nx

Array = NDArray[np.float64]

COUNTED = ("industry", "employment")
DRAWN = 150
"""Projects that are given a position in the picture of a network: a larger one shows nothing."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A community of look-alike projects.

    Attributes
    ----------
    members
        Project ids, largest capacity first.
    amount, capacity_yuan
        Stated funds, and size as homogeneity takes it, summed.
    product, product_share
        The product with most capacity and its share of it; ``None`` when no member names one.
    place, place_share
        The township (else village) with most capacity, likewise.
    flagged
        Members that are flagged.
    inside
        Share of its members' links, by weight, that stay inside it.
    lon, lat
        Middle of the members on the map, by capacity; NaN without coordinates.
    """

    cluster_id: str
    members: tuple[str, ...]
    amount: float
    capacity_yuan: float
    product: str | None
    product_share: float
    place: str | None
    place_share: float
    flagged: int
    inside: float
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Network:
    """The look-alike projects of one county.

    Attributes
    ----------
    nodes
        Index project id, sorted: ``name, product, township, place_code, lon, lat, capacity_yuan, amount, level``
        (flag level, "" for the register), ``listed`` (in the list, not the register), ``strength`` (sum of all link
        weights), ``degree`` (all links), ``ego_density`` (share of the pairs among a project's neighbours that are
        linked themselves, over the kept links; NaN with fewer than two), ``cluster`` ("" when it stands alone).
    links
        ``a, b`` (ids, a before b), ``weight``, ``nearness``, ``similarity``, ``km``: the kept links, strongest first.
    clusters
        Largest capacity first; a project without look-alikes is in none.
    modularity
        Of the clusters, −0.5 to 1; NaN without links.
    county
        Six-digit code looked at; ``None`` when all counties were.
    projects_left_out, links_left_out
        Beyond the caps of the settings: smallest projects, and the weakest links of both ends.
    weight_left_out
        Share of the weight of all links that the left-out links hold.
    """

    nodes: pd.DataFrame
    links: pd.DataFrame
    clusters: tuple[Cluster, ...]
    modularity: float
    county: str | None
    projects_left_out: int
    links_left_out: int
    weight_left_out: float

    @property
    def cluster_of(self) -> dict[str, str]:
        """Project id to cluster id, for those in a cluster (for caps on clusters); listed and register alike."""
        members = self.nodes["cluster"]
        return {str(key): str(cluster) for key, cluster in members.items() if cluster}

    @property
    def alone(self) -> tuple[str, ...]:
        """Projects without any look-alike in reach."""
        return tuple(str(key) for key in self.nodes.index[self.nodes["cluster"] == ""])


def make_network(
    projects: pd.DataFrame,
    register: pd.DataFrame | None = None,
    *,
    near: Mapping[str, Any],
    level: pd.Series | None = None,
    amount: pd.Series | None = None,
    county: str | None = None,
    settings: BalanceSettings | None = None,
) -> Network:
    """Link the look-alike projects of a list and its register.

    Parameters
    ----------
    projects, register
        As for ``measure_homogeneity``. All of both are each other's rivals; a register row with the id of a project
        is that project.
    near
        How near and how alike count: the keywords of ``measure_homogeneity``.
    level, amount
        Flag level and funds by project id.
    county
        Six-digit code; rows of other counties are left out. All unless given.
    settings
        Caps, seed and resolution.

    Notes
    -----
    Communities by Louvain's method on the kept links, in an order set by project id, so that rows may come in any
    order. Strength and degree count all links.

    References
    ----------
    Blondel, Guillaume, Lambiotte & Lefebvre 2008, *Journal of Statistical Mechanics* P10008.
    """
    rules = settings or BalanceSettings()
    frame = _join(projects, register, county)
    index = RivalIndex.build(frame, **near)
    size = pd.Series(index.rivals.yuan, index=frame.index)
    kept = _largest(size, rules.cluster_projects)
    left_out = len(frame) - len(kept)
    if left_out:
        frame = frame.loc[kept]
        index = RivalIndex.build(frame, **near)
    links = _links(frame.index, index)
    nodes = _nodes(frame, index, links, level=level, amount=amount)
    strong = _strongest(links, rules.cluster_links)
    graph = _graph(nodes.index, strong)
    groups, modularity = _communities(graph, rules)
    nodes["ego_density"] = _ego_density(graph, nodes.index)
    clusters = _describe(nodes, links, groups)
    for cluster in clusters:
        nodes.loc[list(cluster.members), "cluster"] = cluster.cluster_id
    whole = float(links["weight"].sum())
    return Network(
        nodes=nodes,
        links=strong.sort_values(["weight", "a", "b"], ascending=[False, True, True], ignore_index=True),
        clusters=clusters,
        modularity=modularity,
        county=county,
        projects_left_out=left_out,
        links_left_out=len(links) - len(strong),
        weight_left_out=1.0 - float(strong["weight"].sum()) / whole if whole > 0 else 0.0,
    )


def arrange(network: Network, *, most: int = DRAWN) -> pd.DataFrame:
    """Positions for a picture of the largest projects that have links: ``x`` and ``y`` in −1…1 by project id.

    Each cluster takes a disc as large as its projects are many, so that none is a blot; within it look-alikes attract
    each other (Fruchterman & Reingold 1991).
    """
    linked = network.nodes[network.nodes["degree"] > 0]
    shown = linked.sort_values(["capacity_yuan"], ascending=False, kind="stable").index[:most].sort_values()
    if not len(shown):
        return pd.DataFrame({"x": [], "y": []}, index=shown, dtype=float)
    groups = network.nodes.loc[shown, "cluster"].groupby(network.nodes.loc[shown, "cluster"], sort=True).groups
    ordered = sorted(groups.values(), key=lambda members: (-len(members), str(members[0])))
    middles = _pack([_disc(len(members)) for members in ordered])
    parts = [_spread(network, members) * _disc(len(members)) + at for members, at in zip(ordered, middles, strict=True)]
    placed = pd.concat(parts).loc[shown]
    low, high = placed.min(), placed.max()
    return 2 * (placed - low) / (high - low).where(high > low, 1.0) - 1


def _disc(members: int) -> float:
    """Radius of a disc with room for so many projects."""
    return float(np.sqrt(members)) + 0.4


def _spread(network: Network, members: pd.Index) -> pd.DataFrame:
    """The projects of one cluster in the unit disc, by their links."""
    import networkx as nx  # noqa: PLC0415 - loaded when a network is drawn

    inside = network.links["a"].isin(members) & network.links["b"].isin(members)
    links = network.links[inside]
    graph = _graph(members, links.assign(weight=np.sqrt(links["weight"] / links["weight"].max())))
    at = nx.spring_layout(graph, seed=1, weight="weight", iterations=80)
    spots = pd.DataFrame([at[key] for key in members], index=members, columns=["x", "y"])
    size = np.hypot(spots["x"], spots["y"])
    return 0.85 * spots.div(size.max() or 1.0)


def _pack(radii: list[float]) -> list[Array]:
    """Middles of discs without overlap, each as near to the first as there is room; wider than high, as screens are."""
    placed: list[tuple[Array, float]] = []
    turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    ring = np.column_stack([1.7 * np.cos(turns), np.sin(turns)])
    for radius in radii:
        reach = 0.0
        spot: Array | None = np.zeros(2) if not placed else None
        while spot is None:
            reach += 0.25
            spots = ring * reach
            free = np.all([np.hypot(*(spots - at).T) >= radius + other + 0.3 for at, other in placed], axis=0)
            spot = spots[free][0] if free.any() else None
        placed.append((spot, radius))
    return [at for at, _ in placed]


def default_county(frame: pd.DataFrame, fallback: str | None = None) -> str | None:
    """The county most of a list's projects stand in; ``None`` when none is known."""
    codes = frame["place_code"].dropna().astype(str)
    return str(codes.value_counts(sort=True).index[0]) if len(codes) else fallback


def _join(projects: pd.DataFrame, register: pd.DataFrame | None, county: str | None) -> pd.DataFrame:
    parts = [projects.assign(listed=True)]
    if register is not None:
        parts.append(register[~register.index.isin(projects.index)].assign(listed=False))
    frame = pd.concat([part for part in parts if len(part)] or parts[:1])
    frame = frame[frame["kind"].isin(COUNTED) & (frame["status"] != "ended")]
    if county is not None:
        code = frame["place_code"]
        frame = frame[(code == county) | code.isna()]
    return frame.sort_index(kind="stable")


def _largest(size: pd.Series, most: int) -> pd.Index:
    if len(size) <= most:
        return size.index
    return size.sort_values(ascending=False, kind="stable").index[:most].sort_values()


def _links(ids: pd.Index, index: RivalIndex) -> pd.DataFrame:
    """Each pair once, the smaller id first."""
    pairs: Pairs = index.pairs()
    once = pairs.row < pairs.rival  # rows stand by id
    row, rival = pairs.row[once], pairs.rival[once]
    yuan = index.rivals.yuan / index.rivals.reference_yuan
    nearness, similarity = pairs.weight[once], pairs.similarity[once]
    return pd.DataFrame(
        {
            "a": ids.to_numpy(object)[row],
            "b": ids.to_numpy(object)[rival],
            "weight": nearness * similarity * np.sqrt(yuan[row] * yuan[rival]),
            "nearness": nearness,
            "similarity": similarity,
            "km": pairs.km[once],
        }
    )


def _nodes(
    frame: pd.DataFrame, index: RivalIndex, links: pd.DataFrame, *, level: pd.Series | None, amount: pd.Series | None
) -> pd.DataFrame:
    nodes = frame[["name", "product", "township", "village", "place_code", "lon", "lat", "listed"]].copy()
    nodes.index.name = "project_id"
    nodes["capacity_yuan"] = index.rivals.yuan
    own = frame["investment_yuan"] if amount is None else amount.reindex(frame.index)
    nodes["amount"] = own.fillna(frame["investment_yuan"]).astype(float)
    nodes["level"] = "" if level is None else level.reindex(frame.index).fillna("")
    ends = pd.concat([links["a"], links["b"]], ignore_index=True)
    weight = pd.concat([links["weight"], links["weight"]], ignore_index=True)
    nodes["strength"] = weight.groupby(ends).sum().reindex(nodes.index).fillna(0.0).astype(float)
    nodes["degree"] = ends.value_counts().reindex(nodes.index).fillna(0).astype(int)
    nodes["ego_density"], nodes["cluster"] = np.nan, ""
    return nodes


def _strongest(links: pd.DataFrame, most: int) -> pd.DataFrame:
    """Links among the strongest of either of their ends."""
    if not len(links):
        return links
    ends = [pd.DataFrame({"node": links[end], "weight": links["weight"], "link": links.index}) for end in ("a", "b")]
    both = pd.concat(ends, ignore_index=True)
    both = both.sort_values(["weight", "link"], ascending=[False, True], kind="stable")
    place = both.groupby("node", sort=False).cumcount()
    return links.loc[np.sort(both.loc[(place < most).to_numpy(), "link"].unique())]


def _graph(ids: pd.Index, links: pd.DataFrame) -> "nx.Graph":
    import networkx as nx  # noqa: PLC0415 - loaded when a network is asked for

    graph = nx.Graph()
    graph.add_nodes_from(ids)
    ordered = links.sort_values(["a", "b"], kind="stable")
    graph.add_weighted_edges_from(zip(ordered["a"], ordered["b"], ordered["weight"].tolist(), strict=True))
    return graph


def _communities(graph: "nx.Graph", rules: BalanceSettings) -> tuple[list[list[str]], float]:
    import networkx as nx  # noqa: PLC0415 - loaded when a network is asked for

    if not graph.number_of_edges():
        return [], np.nan
    found = nx.community.louvain_communities(
        graph, weight="weight", resolution=rules.cluster_resolution, seed=rules.cluster_seed
    )
    modularity = nx.community.modularity(graph, found, weight="weight", resolution=rules.cluster_resolution)
    return [sorted(members) for members in found if len(members) > 1], float(modularity)


def _ego_density(graph: "nx.Graph", ids: pd.Index) -> list[float]:
    """Share of the pairs among each node's neighbours that are linked: its local clustering coefficient."""
    import networkx as nx  # noqa: PLC0415 - loaded when a network is asked for

    found = nx.clustering(graph)
    return [float(found[key]) if graph.degree(key) > 1 else np.nan for key in ids]


def _describe(nodes: pd.DataFrame, links: pd.DataFrame, groups: list[list[str]]) -> tuple[Cluster, ...]:
    ordered = sorted(groups, key=lambda members: (-float(nodes.loc[members, "capacity_yuan"].sum()), members[0]))
    home = pd.Series({key: at for at, members in enumerate(ordered) for key in members}, dtype=float)
    one, other = (links[end].map(home) for end in ("a", "b"))
    inside = links["weight"].where(one == other, 0.0).groupby(one).sum()
    width = len(str(len(ordered)))
    return tuple(
        _cluster(f"C{at + 1:0{width}d}", nodes.loc[members], 2 * float(inside.get(at, 0.0)))
        for at, members in enumerate(ordered)
    )


def _cluster(cluster_id: str, members: pd.DataFrame, inside: float) -> Cluster:
    members = members.sort_values("capacity_yuan", ascending=False, kind="stable")
    yuan = members["capacity_yuan"]
    product, product_share = _dominant(members["product"], yuan)
    place, place_share = _dominant(members["township"].fillna(members["village"]), yuan)
    mapped = members["lon"].notna() & members["lat"].notna()
    middle = [
        float(np.average(members.loc[mapped, axis].astype(float), weights=yuan[mapped])) if mapped.any() else np.nan
        for axis in ("lon", "lat")
    ]
    strength = float(members["strength"].sum())
    return Cluster(
        cluster_id=cluster_id,
        members=tuple(str(key) for key in members.index),
        amount=float(members["amount"].sum()),
        capacity_yuan=float(yuan.sum()),
        product=product,
        product_share=product_share,
        place=place,
        place_share=place_share,
        flagged=int((members["level"] == "flag").sum()),
        inside=inside / strength if strength > 0 else np.nan,
        lon=middle[0],
        lat=middle[1],
    )


def _dominant(group: pd.Series, yuan: pd.Series) -> tuple[str | None, float]:
    held = yuan.groupby(group, sort=True).sum()
    return (str(held.idxmax()), float(held.max() / yuan.sum())) if len(held) else (None, np.nan)
