"""Headings of a panel: which column is which, which hold persons, and which one a missing column is likely to be."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from evaluator.domain.errors import Issue, TableError
from evaluator.domain.fields import Field
from evaluator.domain.settings import IncomeSettings
from evaluator.domain.tables import PANEL_FIELDS
from evaluator.intake.columns import is_personal, tidy
from evaluator.intake.forms import match_heading, name_columns
from evaluator.intake.listing import issue
from evaluator.intake.money import find_unit
from evaluator.intake.values import fold

TRAIT = "trait_"
FORM: Mapping[str, Field] = {field.key: field for field in PANEL_FIELDS}
PROJECT_TRAITS = ("trait_short_flat_fast", "trait_kind", "trait_demand", "trait_homogeneity", "trait_advantage")
"""Traits that belong to the project, not to the household."""
_LOG = re.compile(r"^(?:log|ln)|^l(?=inc|wage|earn|cons|emp|pay)|[_ (](?:log|ln)(?![a-z])|对数")


@dataclass(frozen=True, slots=True)
class Columns:
    """What is what: ``of`` canonical name → heading, covariates and the deflator among them.

    ``factor`` yuan for one unit of the income column; ``unit_said`` whether its heading names a unit; ``log_said``
    whether it says that it holds logarithms. ``joined`` traits were laid on the rows from a list of projects.
    """

    of: Mapping[str, str]
    discrete: tuple[str, ...] = ()
    continuous: tuple[str, ...] = ()
    factor: float = 1.0
    unit_said: bool = False
    log_said: bool = False
    joined: tuple[str, ...] = ()
    sheet: str = ""
    issues: tuple[Issue, ...] = ()

    def tell(self, code: str, key: str = "", found: object = "", **values: Any) -> Issue:  # noqa: ANN401 - facts of a phrase
        """An issue under the heading of a canonical column."""
        return issue(code, sheet=self.sheet, column=self.of.get(key, key), found=found, **values)

    @property
    def traits(self) -> tuple[str, ...]:
        """The trait columns, in the order of the table; then those joined from a list of projects."""
        return tuple(key for key in self.names if key.startswith(TRAIT))

    @property
    def names(self) -> tuple[str, ...]:
        """Canonical columns of the rows."""
        return (*self.of, *self.joined)

    def canonical(self, name: str) -> str:
        """The canonical column of a heading; empty for none."""
        return next((key for key, heading in self.of.items() if name and tidy(name) in (tidy(key), tidy(heading))), "")

    @property
    def read_back(self) -> dict[str, str]:
        """Heading as read → canonical column."""
        return {heading: key for key, heading in self.of.items()}


def match_panel(
    headings: Sequence[str], *, mapping: Mapping[str, str | None], rules: IncomeSettings, sheet: str = ""
) -> Columns:
    """Understand the headings of a panel.

    Raises
    ------
    TableError
        When a required column or a covariate that the settings name is missing; all that is missing is named.
    """
    mapping = settle_mapping(headings, mapping, sheet)
    personal = [h for h in headings if is_personal(h) and mapping.get(h) not in FORM]
    kept = [heading for heading in headings if heading not in personal and mapping.get(heading, "") is not None]
    of, issues = _match(kept, mapping, sheet)
    if personal:
        named = "、".join(personal)
        issues.append(issue("W_PERSONAL_DATA", sheet=sheet, column=personal[0], found=named, headings=named))
    wanted = [*rules.discrete_columns, *rules.continuous_columns]
    wanted += [rules.deflator_column] if rules.deflator_column else []
    faults = [_missing(FORM[key], kept, of, sheet) for key in FORM if FORM[key].need == "required" and key not in of]
    for name in wanted:
        heading = of.get(name) or next((h for h in kept if h == name or tidy(h) == tidy(name)), None)
        key = next((key for key, known in of.items() if known == heading), name)
        if heading is None:
            near = get_close_matches(tidy(name), [tidy(h) for h in kept], n=1, cutoff=0.6)
            likely = next((h for h in kept if near and tidy(h) == near[0]), "")
            faults.append(issue("E_PANEL_COVARIATE", sheet=sheet, found=name, near=likely or ", ".join(kept)))
        else:
            of[key] = heading
    if faults:
        raise TableError(*[i for i in issues if i.severity != "note"], *faults)
    income = of["outcome"]
    unit = find_unit(_bracket(income))
    log = _LOG.search(tidy(income)) is not None
    found = Columns(
        of=of,
        factor=unit.factor if unit and not log else 1.0,
        unit_said=unit is not None,
        log_said=log,
        sheet=sheet,
        issues=tuple(issues),
    )
    discrete, continuous = (
        tuple(found.canonical(name) for name in names) for names in (rules.discrete_columns, rules.continuous_columns)
    )
    return replace(found, discrete=discrete, continuous=continuous)


def settle_mapping(
    headings: Sequence[str], mapping: Mapping[str, str | None], sheet: str = ""
) -> dict[str, str | None]:
    """Heading to meaning, whichever way round it was written; raises ``TableError`` when either does not exist."""
    settled: dict[str, str | None] = {}
    for one, other in mapping.items():
        if one in headings and (other is None or _is_meaning(other)):
            settled[one] = other
        elif other in headings and _is_meaning(one):
            settled[str(other)] = one
        else:
            listed = ", ".join(headings)
            raise TableError(issue("E_PANEL_MAPPING", sheet=sheet, column=str(other), found=one, headings=listed))
    return settled


def _is_meaning(name: str) -> bool:
    return name in FORM or name.startswith(TRAIT)


def _match(
    headings: Sequence[str], mapping: Mapping[str, str | None], sheet: str
) -> tuple[dict[str, str], list[Issue]]:
    """Canonical name to heading; of two headings for one column the one nearer to its key is taken."""
    found: dict[str, list[tuple[int, str]]] = {}
    for heading in headings:
        key = mapping.get(heading) or match_heading(heading, PANEL_FIELDS)
        if key is None and heading.startswith(TRAIT):
            key = heading
        if key is not None:
            found.setdefault(key, []).append((-1 if heading in mapping else _rank(heading, key), heading))
    issues = []
    for ranked in found.values():
        ranked.sort(key=lambda pair: pair[0])
        others = [heading for _, heading in ranked[1:] if ranked[0][1] not in mapping]
        issues += [issue("W_SIDE_COLUMN_TWICE", sheet=sheet, column=h, found=ranked[0][1]) for h in others]
    order = [key for key in FORM if key in found] + [key for key in found if key not in FORM]
    return {key: found[key][0][1] for key in order}, issues


def _rank(heading: str, key: str) -> int:
    field = FORM.get(key)
    names = () if field is None else (field.key, field.title_en, field.title_zh, *field.aliases)
    text = tidy(heading)
    return next((place for place, name in enumerate(names) if tidy(name) in (text, text.split("(")[0].strip())), 99)


def _missing(field: Field, headings: Sequence[str], of: Mapping[str, str], sheet: str) -> Issue:
    """The column that is missing, with the heading that is likely to be it."""
    free = [heading for heading in headings if heading not in of.values()]
    names = [tidy(name) for name in (field.key, field.title_en, field.title_zh, *field.aliases)]
    near = next((h for h in free if get_close_matches(tidy(h), names, n=1, cutoff=0.6)), "")
    code = "E_PANEL_FIRST_YEAR" if field.key == "first_year" else "E_PANEL_COLUMN"
    listed = ", ".join(headings)
    return issue(f"{code}_NEAR" if near else code, sheet=sheet, found=near or listed, title=name_columns(iter([field])))


def _bracket(heading: str) -> str:
    text = fold(heading)
    return text[text.rfind("(") + 1 : text.rfind(")")] if "(" in text and ")" in text else ""
