"""What a link carries of the pages Portfolio and Neighbours: section, dimension, county, cluster, move, plans."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

from evaluator.balance import DIMENSIONS, MEASURES
from evaluator.pages.plan import known_projects, read_plan, write_plan

PARTS = ("balance", "tests", "more_or_less", "choose", "compare")
"""Sections of the portfolio page."""
MEASURED = ("amount", "projects", "households")
"""What shares can be taken of."""
KEYS = ("part", "dim", "by", "me", "c", "cl", "move", "plan", "plana", "toml", "tomla")
LONGEST_TEXT = 120
LONGEST_TOML = 1_500
"""Characters of a rules file that a link carries; a longer one goes by its mark."""
MOST_TEXTS = 60
MOVES = ("product", "town", "year")
MARK = "#"
DEFAULTS: dict[str, Any] = {
    "part": PARTS[0],
    "dimension": DIMENSIONS[0],
    "by": MEASURED[0],
    "measure": "effective_types",
    "county": "",
    "cluster": "",
    "move": (),
    "plan": (),
    "pinned": (),
    "toml": "",
    "pinned_toml": "",
}
_CHOICES = {
    "part": ("part", PARTS),
    "dim": ("dimension", DIMENSIONS),
    "by": ("by", MEASURED),
    "me": ("measure", MEASURES),
}


def read_values(parameters: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The fields of a view that these parameters state, and (key, text) of what could not be used."""
    values, ignored = dict(DEFAULTS), []
    for key, (field, choices) in _CHOICES.items():
        asked = parameters[key][0] if parameters.get(key) else ""
        if asked in choices:
            values[field] = asked
        elif asked:
            ignored.append((key, asked))
    for key, field in (("c", "county"), ("cl", "cluster")):
        values[field] = parameters[key][0][:LONGEST_TEXT] if parameters.get(key) else ""
    asked_moves = {text.partition(":")[0]: text[:LONGEST_TEXT] for text in parameters.get("move", ())}
    ignored += [("move", text) for kind, text in asked_moves.items() if kind not in MOVES]
    values["move"] = tuple(asked_moves[kind] for kind in MOVES if kind in asked_moves)
    for key, field in (("plan", "plan"), ("plana", "pinned")):
        plan, unusable = read_plan(parameters.get(key, ())[:MOST_TEXTS])
        values[field] = write_plan(plan)
        ignored += [(key, text) for text in unusable]
    for key, field in (("toml", "toml"), ("tomla", "pinned_toml")):
        values[field] = parameters[key][0][:LONGEST_TOML] if parameters.get(key) else ""
    return values, ignored


def write_values(view: Any) -> dict[str, list[str]]:  # noqa: ANN401 - a View, which stands above this file
    """The parameters of these fields; what is at its default is left out by the caller or here."""
    written = {key: [getattr(view, field)] for key, (field, _) in _CHOICES.items()}
    shown = {key: [value] if value != DEFAULTS[_CHOICES[key][0]] else [] for key, (value,) in written.items()}
    return {
        **shown,
        "c": [view.county],
        "cl": [view.cluster],
        "move": list(view.move),
        "plan": list(view.plan),
        "plana": list(view.pinned),
        "toml": [short_of(view.toml)],
        "tomla": [short_of(view.pinned_toml)],
    }


def keep_known(texts: tuple[str, ...], ids: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A plan without the projects that a list does not have, and their ids."""
    plan, lost = known_projects(read_plan(texts)[0], ids)
    return write_plan(plan), lost


def short_of(text: str) -> str:
    """A rules file as a link states it: itself, or the mark it goes by when it is long."""
    return MARK + sha256(text.encode()).hexdigest()[:8] if len(text) > LONGEST_TOML else text
