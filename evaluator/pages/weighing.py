"""Other ways to state the weights: by swings, by an order alone, by bounds; and what is left possible."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from evaluator.criteria.weighting import swing_weights
from evaluator.domain.errors import SettingsError
from evaluator.domain.settings import CRITERIA, Settings
from evaluator.evaluation import Evaluation
from evaluator.language import LANGUAGES
from evaluator.pages import changes, state
from evaluator.pages.text import plain, say
from evaluator.report import wording
from evaluator.report.ranking import say_swing

WAYS = ("swing", "order", "bounds")
PLACES = (1, 2, 3, 4)


def show_weighing(evaluation: Evaluation, language: str) -> None:
    """Draw the three ways; what is worked out only when the section is open."""
    opened = st.expander(say("weighing.title", language), icon=":material/balance:", key="weighing", on_change="rerun")
    if not opened.open:
        return
    with opened:
        way = st.segmented_control(
            say("weighing.title", language), WAYS, default=WAYS[0], required=True, key="weighing_way",
            format_func=lambda key: say(f"weighing.{key}", language), label_visibility="collapsed",
        )  # fmt: skip
        st.caption(say(f"weighing.{way}_note", language))
        {"swing": _show_swing, "order": _show_order, "bounds": _show_bounds}[way or WAYS[0]](
            evaluation.settings, language
        )
        refused = state.recall("weights_refused")
        if refused:
            st.error(plain(refused[language]), icon=":material/error:")
        _show_possible(evaluation, language)


def _show_swing(settings: Settings, language: str) -> None:
    shares = settings.weights.shares()
    with st.form("swing", border=False):
        for column, name, share in zip(st.columns(4, gap="medium"), CRITERIA, shares, strict=True):
            with column:
                st.number_input(
                    wording.say_criterion(name, language), 0, 100, value=round(100 * share / max(shares)), step=5,
                    key=_widget("swing", name), help=plain(say_swing(name, settings, language)),
                )  # fmt: skip
        st.form_submit_button(say("weighing.use", language), type="primary", on_click=_take_swing)


def _show_order(settings: Settings, language: str) -> None:
    stated = places_of(settings.weights.ranking())
    with st.form("order", border=False):
        for column, name in zip(st.columns(4, gap="medium"), CRITERIA, strict=True):
            with column:
                st.selectbox(
                    wording.say_criterion(name, language), PLACES, key=_widget("order", name),
                    index=None if stated.get(name) is None else stated[name] - 1, placeholder="–",
                    format_func=lambda place: say("weighing.place", language, place=place),
                )  # fmt: skip
        st.form_submit_button(say("weighing.use", language), type="primary", on_click=_take_order)


def _show_bounds(settings: Settings, language: str) -> None:
    bounds = zip(settings.weights.at_least, settings.weights.at_most, strict=True)
    with st.form("bounds", border=False):
        for column, name, (low, high) in zip(st.columns(4, gap="medium"), CRITERIA, bounds, strict=True):
            with column:
                st.slider(
                    wording.say_criterion(name, language), 0, 100, (round(100 * low), round(100 * high)),
                    format="%d%%", key=_widget("bounds", name),
                )  # fmt: skip
        st.form_submit_button(say("weighing.use", language), type="primary", on_click=_take_bounds)


def _widget(way: str, name: str) -> str:
    return f"weighing_{way}_{name}_{state.turn('weighing')}"


def _typed(way: str) -> dict[str, object]:
    return {name: state.typed(_widget(way, name)) for name in CRITERIA}


def _take_swing() -> None:
    points = {name: float(str(value or 0)) for name, value in _typed("swing").items()}
    try:
        shares = swing_weights(points)
    except SettingsError as fault:
        _refuse(fault)
        return
    _refuse(changes.change_settings({f"weights.{name}": share for name, share in shares.items()}))


def _take_order() -> None:
    places = {name: int(str(place)) for name, place in _typed("order").items() if place is not None}
    _refuse(changes.change_setting("weights.order", order_of(places)))


def _take_bounds() -> None:
    ends = [value if isinstance(value, tuple) else (0, 100) for value in _typed("bounds").values()]
    values = {
        f"weights.{key}": tuple(float(end[side]) / 100 for end in ends)
        for side, key in enumerate(("at_least", "at_most"))
    }
    _refuse(changes.change_settings(values))


def _refuse(fault: SettingsError | None) -> None:
    state.remember("weights_refused", None if fault is None else {name: fault.message(name) for name in LANGUAGES})
    if fault is None:
        state.begin_anew("weighing")


def order_of(places: Mapping[str, int]) -> str:
    """Places of the criteria as the rule book states an order: “payback > demand = advantage”."""
    groups = (tuple(name for name in CRITERIA if places.get(name) == place) for place in PLACES)
    return " > ".join(" = ".join(group) for group in groups if group)


def places_of(ranking: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    """The place of each criterion in a stated order, from 1; criteria not named have none."""
    return {name: place for place, group in enumerate(ranking, 1) for name in group}


def _show_possible(evaluation: Evaluation, language: str) -> None:
    """What is left possible, whether the stated weights lie there, and the way to its middle."""
    card = evaluation.scorecard
    bounds = " · ".join(
        say(
            "weighing.between", language,
            criterion=wording.say_criterion(name, language),
            low=wording.format_share(low, language), high=wording.format_share(high, language),
        )
        for name, (low, high) in card.space.bounds.items()
    )  # fmt: skip
    st.caption(say("weighing.possible", language, bounds=bounds))
    if card.space.whole:
        return
    if not card.space.holds(card.weights):
        st.warning(say("weighing.outside", language), icon=":material/warning:")
    with st.container(horizontal=True, gap="small"):
        st.button(
            say("weighing.centre", language), key="weighing_centre", icon=":material/adjust:",
            on_click=partial(_use_centre, dict(zip(CRITERIA, map(float, card.space.centre), strict=True))),
        )  # fmt: skip
        st.button(say("weighing.clear", language), key="weighing_clear", icon=":material/undo:", on_click=_clear)


def _use_centre(centre: Mapping[str, float]) -> None:
    _refuse(changes.change_settings({f"weights.{name}": share for name, share in centre.items()}))


def _clear() -> None:
    default = Settings().weights
    values = {f"weights.{key}": getattr(default, key) for key in ("order", "at_least", "at_most")}
    _refuse(changes.change_settings(values))
