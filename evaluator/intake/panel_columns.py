"""Headings of a panel: which column is which, which hold persons, and which one a missing column is likely to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

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
LOG_WORDS = ("log", "ln", "对数")


@dataclass(frozen=True, slots=True)
class Columns:
    """What is what: ``of`` canonical name → heading, covariates and the deflator among them.

    ``factor`` yuan for one unit of the income column; ``unit_said`` whether its heading names a unit; ``log_said``
    whether it says that it holds logarithms.
    """

    of: Mapping[str, str]
    discrete: tuple[str, ...] = ()
    continuous: tuple[str, ...] = ()
    factor: float = 1.0
    unit_said: bool = False
    log_said: bool = False
    sheet: str = ""
    issues: tuple[Issue, ...] = ()

    def tell(self, code: str, key: str = "", found: object = "", **values: object) -> Issue:
        """An issue under the heading of a canonical column."""
        return issue(code, sheet=self.sheet, column=self.of.get(key, key), found=found, **values)

    @property
    def traits(self) -> tuple[str, ...]:
        """The trait columns, in the order of the table."""
        return tuple(key for key in self.of if key.startswith(TRAIT))

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
    return Columns(
        of=of,
        discrete=tuple(_canonical(name, of) for name in rules.discrete_columns),
        continuous=tuple(_canonical(name, of) for name in rules.continuous_columns),
        factor=unit.factor if unit else 1.0,
        unit_said=unit is not None,
        log_said=any(word in tidy(income) for word in LOG_WORDS),
        issues=tuple(issues),
    )


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
        issues += [issue("W_SIDE_COLUMN_TWICE", sheet=sheet, column=h, found=ranked[0][1]) for _, h in ranked[1:]]
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


def _canonical(name: str, of: Mapping[str, str]) -> str:
    if name in of:
        return name
    return next(key for key, heading in of.items() if heading == name or tidy(heading) == tidy(name))


def _bracket(heading: str) -> str:
    text = fold(heading)
    return text[text.rfind("(") + 1 : text.rfind(")")] if "(" in text and ")" in text else ""
