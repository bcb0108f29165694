"""What a link carries of the page Income effect: section, paths shown, trait, plan of a survey, and which panel.

Never a row of a panel: only the mark of an uploaded one, so that whoever opens the link is told that it is not there.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

INCOME_PARTS = ("years", "groups", "trust", "projects", "studies", "panel")
"""Sections of the page."""
PATHS = ("kinds", "all", "contrast")
"""Which event studies are drawn together."""
SAMPLE = "sample"
KEYS = ("inc", "paths", "trait", "panel", "survey")
DEFAULTS: dict[str, Any] = {
    "income_part": INCOME_PARTS[0],
    "paths": PATHS[0],
    "trait": "",
    "panel": "",
    "survey": (8, 8, 8, 15, 3),
}
LOWEST, HIGHEST = (0, 0, 0, 1, 1), (500, 500, 500, 500, 20)
"""Bounds of ``survey``: villages with a flagged, another and no project; households a village; years before."""
_MARK = re.compile(r"[0-9a-f]{8}")
_CHOICES = {"inc": ("income_part", INCOME_PARTS), "paths": ("paths", PATHS)}
LONGEST_TRAIT = 80


def read_values(parameters: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The fields of a view that these parameters state, and (key, text) of what could not be used."""
    values, ignored = dict(DEFAULTS), []
    asked = {key: parameters[key][0] for key in KEYS if parameters.get(key)}
    for key, (field, choices) in _CHOICES.items():
        if asked.get(key) in choices:
            values[field] = asked[key]
        elif key in asked:
            ignored.append((key, asked[key]))
    values["trait"] = asked.get("trait", "")[:LONGEST_TRAIT]
    panel = asked.get("panel", "")
    if panel == SAMPLE or _MARK.fullmatch(panel):
        values["panel"] = panel
    elif panel:
        ignored.append(("panel", panel))
    if "survey" in asked:
        plan = read_survey(asked["survey"])
        values["survey"] = plan or DEFAULTS["survey"]
        ignored += [] if plan else [("survey", asked["survey"])]
    return values, ignored


def read_survey(text: str) -> tuple[int, ...] | None:
    """Five whole numbers joined by dashes, within their bounds."""
    if not re.fullmatch(r"\d{1,3}(-\d{1,3}){4}", text):
        return None
    plan = tuple(int(number) for number in text.split("-"))
    return plan if all(a <= n <= b for a, n, b in zip(LOWEST, plan, HIGHEST, strict=True)) else None


def write_values(view: Any) -> dict[str, list[str]]:  # noqa: ANN401 - a View, which stands above this file
    """The parameters of these fields; what is at its default is left out."""
    written = {key: getattr(view, field) for key, (field, _) in _CHOICES.items()}
    shown = {key: [] if value == DEFAULTS[_CHOICES[key][0]] else [value] for key, value in written.items()}
    survey = [] if view.survey == DEFAULTS["survey"] else ["-".join(map(str, view.survey))]
    return {**shown, "trait": [view.trait], "panel": [view.panel], "survey": survey}
