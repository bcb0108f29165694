"""What if one project moved to another product, place or year: a form, and what it changes for everyone at once."""

import streamlit as st

from evaluator.charts.moves import draw_moves
from evaluator.evaluation import Evaluation
from evaluator.network import Move, MoveEffect
from evaluator.pages import cluster_rows, measured, state
from evaluator.pages.pictures import show_picture
from evaluator.pages.text import plain, say
from evaluator.reference.lexicon import products
from evaluator.reference.places import counties
from evaluator.report import rivals, wording

STAYS = ""
YEARS_AHEAD = 10
_BETWEEN = "|"


def read_move(asked: tuple[str, ...]) -> Move | None:
    """The move a view asks for (``product:apple``, ``town:513436|乡``, ``year:2027``); ``None`` for no move."""
    given = dict(text.partition(":")[::2] for text in asked)
    code, _, town = given.get("town", "").partition(_BETWEEN)
    year = given.get("year", "")
    product = given.get("product") if given.get("product") in products() else None
    move = Move(
        product=product,
        place_code=code or None,
        township=town or None,
        year=int(year) if year.isdecimal() else None,
    )
    return None if move == Move() else move


def place_options(evaluation: Evaluation) -> list[str]:
    """Every township that is known, as ``code|township``; those of the list's county first."""
    found = measured.places_of(evaluation)
    return [f"{code}{_BETWEEN}{town}" for code, town in found]


def show_move(evaluation: Evaluation, key: str, language: str) -> None:
    """Draw the form and, once a move is asked for, its effect."""
    st.markdown(f"**{say('move.title', language)}**")
    st.caption(say("move.note", language))
    asked = dict(text.partition(":")[::2] for text in state.view().move)
    _show_form(evaluation, key, asked, language)
    move = read_move(state.view().move)
    if move is None:
        return
    with st.spinner(say("move.working", language), show_time=True):
        effect = measured.moved(evaluation, key, move)
    _show_effect(evaluation, effect, language)


def _show_form(evaluation: Evaluation, key: str, asked: dict[str, str], language: str) -> None:
    year = evaluation.portfolio.year or evaluation.as_of.year
    towns, known = [STAYS, *place_options(evaluation)], products()
    names = sorted(known, key=lambda product: known[product].name(language))
    mark = f"{key}_{'_'.join(state.view().move)}_{state.turn('move')}"
    with st.form(f"move_{mark}", border=True):
        product = st.selectbox(
            say("move.product", language),
            [STAYS, *names],
            index=_at([STAYS, *names], asked.get("product", STAYS)),
            format_func=lambda one: known[one].name(language) if one else say("move.stays", language),
            key=f"move_product_{mark}",
        )
        town = st.selectbox(
            say("move.place", language),
            towns,
            index=_at(towns, asked.get("town", STAYS)),
            format_func=lambda one: _say_place(one, evaluation, language),
            key=f"move_town_{mark}",
        )
        moved = st.number_input(
            say("move.year", language),
            value=int(asked["year"]) if asked.get("year", "").isdecimal() else year,
            min_value=year,
            max_value=year + YEARS_AHEAD,
            step=1,
            format="%d",
            help=say("move.year_help", language),
            key=f"move_year_{mark}",
        )
        with st.container(horizontal=True, gap="small"):
            if st.form_submit_button(say("move.apply", language), type="primary"):
                wanted = {"product": product, "town": town, "year": str(moved) if moved != year else ""}
                state.change(project=key, move=tuple(f"{name}:{value}" for name, value in wanted.items() if value))
                st.rerun()
            if asked and st.form_submit_button(say("move.reset", language), type="tertiary"):
                state.change(move=())
                state.begin_anew("move")
                st.rerun()


def _at(options: list[str], value: str) -> int:
    return options.index(value) if value in options else 0


def _say_place(option: str, evaluation: Evaluation, language: str) -> str:
    if option == STAYS:
        return say("move.stays", language)
    code, _, town = option.partition(_BETWEEN)
    if code == measured.counties_of(evaluation)[0]:
        return town
    return say(
        "move.elsewhere",
        language,
        township=town,
        county=counties()[code].name(language) if code in counties() else code,
    )


def _show_effect(evaluation: Evaluation, effect: MoveEffect, language: str) -> None:
    own = effect.own
    likeness = [wording.format_percent(own[f"h_{when}"], language) for when in ("before", "after")]
    demand = [wording.format_number(own[f"coverage_{when}"], language) for when in ("before", "after")]
    change = wording.format_percent(own["h_change"], language)
    with st.container(horizontal=True, key="move_figures"):
        st.metric(
            say("move.likeness", language),
            likeness[1],
            delta=say("move.from", language, before=likeness[0]),
            delta_color="off",
            delta_arrow="off",
            border=True,
            height="stretch",
            help=say("move.change", language, change=change),
        )
        st.metric(
            say("move.demand", language),
            demand[1],
            delta=say("move.from", language, before=demand[0]),
            delta_color="off",
            delta_arrow="off",
            border=True,
            height="stretch",
        )
        st.metric(say("move.winners", language), len(effect.winners), border=True, height="stretch")
        st.metric(say("move.losers", language), len(effect.losers), border=True, height="stretch")
    st.markdown("\n".join(f"- {plain(line)}" for line in rivals.say_move(effect, language)))
    touched = [effect.project_id, *effect.winners, *effect.losers, *effect.mixed]
    rows = cluster_rows.move_rows(effect.table, touched, language)
    fewer, more = (int((rows["better"] == way).sum()) if len(rows) else 0 for way in ("yes", "no"))
    if fewer or more:
        show_picture(
            say("move.picture", language, fewer=fewer, more=more),
            rows,
            draw_moves(language, state.theme()),
            key="moves",
            language=language,
            caption=say("move.picture_note", language),
            twin=rivals.tabulate_move(effect, language),
        )
