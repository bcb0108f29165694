"""Overview: one screen that says what the list is, what is wrong with it, and what to ask next."""

import streamlit as st

from evaluator.charts.map import draw_map
from evaluator.charts.shares import draw_shares
from evaluator.evaluation import Evaluation
from evaluator.flags import Sign
from evaluator.pages import figures, state, structure
from evaluator.pages.pictures import show_chart
from evaluator.pages.text import LEVEL_BADGES, LEVEL_SYMBOLS, plain, say
from evaluator.reference.places import liangshan_geojson
from evaluator.report import wording

MOST_FLAGGED = 4
ASKED_FACTS = 5
MOST_REASONS = 3
SHORT_MOSAIC, FEW_INDUSTRIES = 540, 5


def show() -> None:
    """Draw the page."""
    evaluation, language = state.evaluation(), state.view().language
    first, *rest = wording.say_sentences(evaluation, language)
    st.header(plain(first), anchor=False)
    if rest:
        st.markdown("  \n".join(plain(sentence) for sentence in rest))
    _show_figures(evaluation, language)
    if not len(evaluation.scored):
        st.info(say("overview.nothing_scored", language))
        return
    left, right = st.columns([11, 9], gap="large")
    with left:
        structure.show_mosaic(evaluation.balance, language, height=SHORT_MOSAIC, most=FEW_INDUSTRIES)
        st.page_link(
            state.page("portfolio"),
            label=say("overview.to_portfolio", language),
            icon=":material/arrow_forward:",
            query_params=state.link_parameters(page="portfolio"),
        )
        _show_questions(evaluation, language)
    with right:
        _show_flagged(evaluation, language)
    left, right = st.columns([11, 9], gap="large")
    with left:
        _show_township_shares(evaluation, language)
    with right:
        _show_map(evaluation, language)
    _show_cautions(evaluation, language)


def _show_figures(evaluation: Evaluation, language: str) -> None:
    portfolio, levels = evaluation.portfolio, evaluation.flags.level
    counts = levels.value_counts()
    scored, listed = len(evaluation.scored), len(portfolio)
    total = portfolio.total
    amounts = portfolio.amounts["investment_yuan"].loc[evaluation.scored]
    share = wording.format_share(
        float(amounts[levels == "flag"].sum() / amounts.sum()) if amounts.sum() > 0 else None, language
    )
    figures_shown = (
        ("scored", f"{scored}", say("overview.scored_note", language, others=listed - scored)),
        ("money", wording.format_money(total, language, portfolio.currency), _amounts_note(evaluation, language)),
        (
            "flagged",
            f"{int(counts.get('flag', 0))}",
            say("overview.flagged_note", language, share=share, watch=int(counts.get("watch", 0))),
        ),
        (
            "unjudged",
            f"{int(counts.get('cannot_judge', 0))}",
            say(
                "overview.unjudged_note",
                language,
                share=wording.format_share(float(evaluation.scorecard.coverage.mean()) if scored else None, language),
            ),
        ),
    )
    with st.container(horizontal=True, key="figures"):
        for key, value, note in figures_shown:
            st.metric(
                say(f"overview.{key}", language),
                value,
                delta=note,
                delta_color="off",
                delta_arrow="off",
                border=True,
                height="stretch",
                help=say(f"overview.{key}_help", language),
            )


def _amounts_note(evaluation: Evaluation, language: str) -> str:
    missing = evaluation.balance.without_amount
    return (
        say("overview.money_note", language, missing=missing) if missing else say("overview.money_note_all", language)
    )


def _show_flagged(evaluation: Evaluation, language: str) -> None:
    levels, severity = evaluation.flags.level, evaluation.flags.severity
    chosen = severity[levels.isin(["flag", "watch"])].sort_values(ascending=False, kind="stable").index
    st.subheader(_say_flagged(evaluation, language), anchor=False)
    st.caption(say("overview.flag_meaning", language))
    for key in [key for key in chosen if levels[key] == "flag"][:MOST_FLAGGED] or list(chosen[:MOST_FLAGGED]):
        _show_flagged_project(evaluation, str(key), language)
    if len(chosen) > MOST_FLAGGED:
        st.page_link(
            state.page("ranking"),
            label=say("overview.all_flagged", language, rest=len(chosen)),
            icon=":material/arrow_forward:",
            query_params=state.link_parameters(page="ranking", levels=("flag", "watch")),
        )


def _say_flagged(evaluation: Evaluation, language: str) -> str:
    """How many are flagged; where none is, whether that means none or not known."""
    counts = evaluation.flags.level.value_counts()
    flagged, watch, unjudged = (int(counts.get(level, 0)) for level in ("flag", "watch", "cannot_judge"))
    if flagged or watch:
        return say("overview.needs_you", language, flagged=flagged, watch=watch)
    if unjudged:
        return say("overview.not_yet", language, unjudged=unjudged, scored=len(evaluation.scored))
    return say("overview.none_flagged", language)


def _show_flagged_project(evaluation: Evaluation, key: str, language: str) -> None:
    level = str(evaluation.flags.level[key])
    signs = evaluation.flags.of(key)
    row = figures.position_of(evaluation, key)
    card = evaluation.scorecard
    with st.container(border=True, gap="xsmall", key=f"flagged_{row}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(f"{LEVEL_SYMBOLS[level]} {wording.say_level(level, language)}", color=LEVEL_BADGES[level])
            st.page_link(
                state.page("project"),
                label=plain(figures.shorten(evaluation.portfolio.frame.loc[key, "name"], 60)),
                query_params=state.link_parameters(page="project", project=key),
            )
            st.caption(
                say(
                    "overview.total_of",
                    language,
                    total=wording.format_interval(card.total[row], card.low[row], card.high[row], language),
                ),
                width="content",
            )
        lit = sorted((sign for sign in signs.values() if sign.on), key=lambda sign: -sign.degree)[:MOST_REASONS]
        st.markdown("  \n".join(_say_reason(evaluation, sign, language) for sign in lit))


def _say_reason(evaluation: Evaluation, sign: Sign, language: str) -> str:
    """The sign with the value that pushes it most; the project's page says all of them."""
    strongest = max((r for r in sign.readings if r.degree == r.degree), key=lambda reading: reading.degree)
    said = wording.say_reading(strongest, language, degree=evaluation.settings.flags.degree, as_of=evaluation.as_of)
    return f"**{plain(wording.say_sign_name(sign.key, language))}** – {plain(said)}"


def _show_township_shares(evaluation: Evaluation, language: str) -> None:
    """Who receives how much: for each poor household where the county's table counts them, else shares of the money."""
    balance = evaluation.balance
    if not balance.townships.reason:
        structure.show_townships(balance, language)
        return
    finding = figures.say_largest(balance.by_township, "township", language, name=str)
    rows = figures.share_rows(balance.by_township, language, currency=balance.currency, name=str, most=5)
    with st.container(gap="xsmall"):
        st.markdown(f"**{plain(finding)}**")
        st.caption(figures.say_share_caption(balance.by_township, "township", language))
        show_chart(rows, draw_shares(language, state.theme()), alt=finding, key="shares_township")


def _show_questions(evaluation: Evaluation, language: str) -> None:
    asked = wording.find_settling_facts(evaluation, ASKED_FACTS)
    st.subheader(say("overview.ask", language), anchor=False)
    if not asked:
        st.caption(say("overview.nothing_to_ask", language))
        return
    st.caption(say("overview.ask_note", language))
    lines = [
        say(
            "overview.ask_line",
            language,
            field=plain(wording.say_field(field, language)),
            projects=wording.format_quantity(count, "projects", language),
            points=wording.format_quantity(round(points), "points", language),
        )
        if points >= 0.5
        else say(
            "overview.ask_line_flag",
            language,
            field=plain(wording.say_field(field, language)),
            projects=wording.format_quantity(count, "projects", language),
        )
        for field, count, points in asked
    ]
    st.markdown("\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)))


def _show_map(evaluation: Evaluation, language: str) -> None:
    points = figures.map_rows(evaluation)
    codes = {feature["properties"]["code"] for feature in liangshan_geojson()["features"]}
    places = set(evaluation.portfolio.frame["place_code"].dropna().astype(str)) | {
        evaluation.portfolio.place_code or ""
    }
    if not len(points) or not places & codes:
        st.caption(say("overview.no_map", language))
        return
    flagged = int(points["flagged"].sum())
    finding = say(
        "overview.map", language, places=int(points[["lon", "lat"]].drop_duplicates().shape[0]), flagged=flagged
    )
    st.markdown(f"**{finding}**")
    show_chart(points, draw_map(language, frozenset(places & codes), state.theme()), alt=finding, key="map")


def _show_cautions(evaluation: Evaluation, language: str) -> None:
    if evaluation.cautions:
        with st.expander(say("overview.cautions", language, count=len(evaluation.cautions)), icon=":material/info:"):
            st.markdown(
                "\n".join(f"- {plain(wording.say_caution(code, evaluation, language))}" for code in evaluation.cautions)
            )


if __name__ == "__main__":
    show()
