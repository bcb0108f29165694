"""Neighbours: who does the same nearby, how tightly, and what would change if one project moved."""

import streamlit as st

from evaluator.charts.network import draw_cluster_map, draw_network
from evaluator.evaluation import Evaluation
from evaluator.network import Network
from evaluator.pages import cluster_rows, figures, measured, project_rows, state
from evaluator.pages.moving import show_move
from evaluator.pages.pictures import show_picture, show_table
from evaluator.pages.text import plain, say
from evaluator.reference.places import counties, liangshan_geojson
from evaluator.report import rivals, wording

MOST_LINKED = 12  # members of a cluster that get a link each; the table holds all


def show() -> None:
    """Draw the page."""
    evaluation, language = state.evaluation(), state.view().language
    if not len(evaluation.scored):
        st.header(say("nav.neighbours", language), anchor=False)
        st.info(say("overview.nothing_scored", language))
        return
    head, county = st.container(), _choose_county(evaluation, language)
    with st.spinner(say("near.working", language), show_time=True):
        network = measured.network(evaluation, county)
    with head:
        st.header(
            plain(rivals.say_neighbourhood(network, language, currency=evaluation.portfolio.currency)), anchor=False
        )
        if evaluation.register is None:
            st.caption(say("near.no_register", language))
    _show_figures(network, language)
    if network.clusters:
        left, right = st.columns(2, gap="large")
        with left:
            _show_network(network, evaluation, language)
        with right:
            _show_map(network, evaluation, language)
        _show_clusters(network, evaluation, language)
    _show_project(evaluation, language)


def _choose_county(evaluation: Evaluation, language: str) -> str | None:
    """The county looked at; the one most of the list's projects stand in unless another is asked for."""
    codes = measured.counties_of(evaluation)
    if not codes:
        return None
    asked = state.view().county
    if asked and asked not in codes:
        st.warning(say("ignored.c", language, value=plain(asked)), icon=":material/link_off:")
    chosen = asked if asked in codes else codes[0]
    if len(codes) == 1:
        return chosen
    st.selectbox(
        say("near.county", language),
        codes,
        format_func=lambda code: counties()[code].name(language) if code in counties() else code,
        width=280,
        **state.controlled("county", chosen, lambda code: state.change(county=code or "", cluster=""), among=codes),
    )
    return chosen


def _show_figures(network: Network, language: str) -> None:
    nodes = network.nodes
    joined = int((nodes["cluster"] != "").sum())
    flagged = int(((nodes["level"] == "flag") & (nodes["cluster"] != "")).sum())
    shown = (
        ("clusters", f"{len(network.clusters)}", say("near.clusters_note", language, alone=len(network.alone))),
        ("joined", f"{joined}", say("near.joined_note", language, all=len(nodes))),
        ("flagged", f"{flagged}", say("near.flagged_note", language)),
        (
            "modularity",
            wording.format_number(network.modularity, language, decimals=2),
            say("near.modularity_note", language),
        ),
    )
    with st.container(horizontal=True, key="figures"):
        for key, value, note in shown:
            st.metric(
                say(f"near.{key}", language),
                value,
                delta=note,
                delta_color="off",
                delta_arrow="off",
                border=True,
                height="stretch",
                help=say(f"near.{key}_help", language),
            )
    if network.projects_left_out or network.links_left_out:
        st.caption(plain(rivals.say_left_out(network, language)))


def _show_network(network: Network, evaluation: Evaluation, language: str) -> None:
    positions = measured.positions(evaluation, network)
    strongest = max(network.clusters, key=lambda cluster: len(cluster.members))
    finding = say(
        "near.network",
        language,
        cluster=cluster_rows.name_clusters(network, language)[strongest.cluster_id],
        members=len(strongest.members),
    )
    show_picture(
        finding,
        cluster_rows.network_rows(network, positions, language, currency=evaluation.portfolio.currency),
        draw_network(language, cluster_rows.legend_names(network, language), state.theme()),
        key="network",
        language=language,
        caption=say("near.network_note", language, shown=len(positions)),
        twin=rivals.tabulate_links(network, language),
    )


def _show_map(network: Network, evaluation: Evaluation, language: str) -> None:
    outlines = {feature["properties"]["code"] for feature in liangshan_geojson()["features"]}
    shown = frozenset({network.county or ""} & outlines)
    points = cluster_rows.cluster_map_rows(
        network, language, currency=evaluation.portfolio.currency, outlined=bool(shown)
    )
    placed = int(network.nodes["lon"].notna().sum())
    if points.empty or not (placed or shown):
        st.markdown(f"**{say('near.no_map', language)}**")
        st.caption(say("near.no_map_note", language))
        return
    finding = say("near.map", language, places=len(points[["lon", "lat"]].drop_duplicates()), projects=len(points))
    note = "near.map_note" if shown else "near.map_note_points"
    show_picture(
        finding,
        points,
        draw_cluster_map(language, shown, cluster_rows.legend_names(network, language), state.theme()),
        key="cluster_map",
        language=language,
        caption=say(note, language, seats=len(points) - placed)
        if placed < len(points)
        else say(f"{note}_all", language),
        twin=rivals.tabulate_places(network, language),
    )


def _show_clusters(network: Network, evaluation: Evaluation, language: str) -> None:
    currency = evaluation.portfolio.currency
    left, right = st.columns([5, 7], gap="large")
    with left:
        title = say("near.cluster_table", language)
        st.subheader(title, anchor=False)
        st.caption(say("near.cluster_note", language))
        table = rivals.tabulate_clusters(network, language, currency=currency)
        kept = [rivals.say_column(column, language) for column in ("name", "projects", "amount", "flagged", "inside")]
        show_table(table[kept], title, key="clusters")
    with right:
        _show_members(network, evaluation, language)


def _show_members(network: Network, evaluation: Evaluation, language: str) -> None:
    names = cluster_rows.name_clusters(network, language)
    chosen = state.view().cluster if state.view().cluster in names else next(iter(names))
    st.selectbox(
        say("near.members", language),
        list(names),
        format_func=names.__getitem__,
        width=420,
        **state.controlled("cluster", chosen, lambda key: state.change(cluster=key or ""), among=list(names)),
    )
    show_table(
        rivals.tabulate_members(network, chosen, language, currency=evaluation.portfolio.currency),
        names[chosen],
        key="members",
    )
    members = next(cluster.members for cluster in network.clusters if cluster.cluster_id == chosen)
    _link_projects([key for key in members if key in evaluation.scored], evaluation, language, key="members")


def _link_projects(ids: list[str], evaluation: Evaluation, language: str, *, key: str) -> None:
    if not ids:
        st.caption(say("near.only_register", language))
        return
    with st.container(horizontal=True, gap="small", key=f"links_{key}"):
        st.caption(say("near.open", language), width="content")
        for project in ids[:MOST_LINKED]:
            st.page_link(
                state.page("project"),
                label=plain(figures.shorten(evaluation.portfolio.labels[project], 24)),
                icon=":material/description:",
                query_params=state.link_parameters(page="project", project=project),
            )
        if len(ids) > MOST_LINKED:
            st.caption(say("near.more", language, rest=len(ids) - MOST_LINKED), width="content")


def _show_project(evaluation: Evaluation, language: str) -> None:
    st.divider()
    st.subheader(say("near.one", language), anchor=False)
    names = evaluation.portfolio.labels
    keys = [str(key) for key in evaluation.scored]
    current = state.view().project if state.view().project in keys else measured.most_alike(evaluation)
    st.selectbox(
        say("near.choose", language),
        keys,
        format_func=lambda key: figures.shorten(names[key], 60),
        width=520,
        **state.controlled("near_project", current, lambda key: state.change(project=key or "", move=()), among=keys),
    )
    row = figures.position_of(evaluation, current)
    h = float(evaluation.homogeneity.h[row])
    finding = say("near.alike", language, share=wording.format_share(h, language))
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.markdown(f"**{plain(finding)}**")
        st.caption(
            say(
                "neighbours.note",
                language,
                radius=wording.format_number(evaluation.settings.homogeneity.radius_km, language),
                rivals=plain(wording.say_rivals(evaluation.rivals, language)),
            )
        )
        rows = project_rows.neighbour_rows(evaluation, row, language)
        if rows.empty:
            st.caption(say("neighbours.none", language))
        else:
            show_table(rows, finding, key="near")
        _link_projects([current], evaluation, language, key="one")
    with right:
        show_move(evaluation, current, language)


if __name__ == "__main__":
    show()
