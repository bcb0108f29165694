"""The tables behind a visit: which file stands in which slot, how each is read, and what they evaluate to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from evaluator.criteria.draws import Draws
from evaluator.criteria.scorecard import keep_readings
from evaluator.domain.flows import Flows
from evaluator.domain.markets import Markets, Prices, Vacancies
from evaluator.domain.places import Places
from evaluator.domain.portfolio import Portfolio
from evaluator.domain.settings import Settings
from evaluator.evaluation import Evaluation, evaluate
from evaluator.intake.flows import read_flows
from evaluator.intake.read import read_portfolio
from evaluator.intake.tables import read_markets, read_places, read_prices, read_vacancies
from evaluator.judgement import score_criteria
from evaluator.pages.memory import give_back

SAMPLE = Path(__file__).parents[2] / "sample_projects" / "county"
SLOTS = ("projects", "register", "places", "markets", "prices", "vacancies", "flows")
LISTS = ("projects", "register")
FILE_TYPES = ("xlsx", "xls", "xlsm", "ods", "csv", "tsv", "txt", "html", "htm")
Mapped = Mapping[str, str | None]
Origin = Literal["sample", "host", "upload", "bundle", "snapshot"]
"""Where the tables of a visit come from: the invented county, the operator's files, the reader, a saved view."""
_READERS: dict[str, Callable[..., Any]] = {
    "places": read_places,
    "markets": read_markets,
    "prices": read_prices,
    "vacancies": read_vacancies,
    "flows": read_flows,
}


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it came: its name, a digest of its content, and the headings the reader of the file has remapped."""

    name: str
    digest: str
    data: bytes = field(repr=False)
    mapping: Mapped = field(default_factory=dict)

    @classmethod
    def of(cls, name: str, data: bytes) -> "Source":
        """A file with the digest of its content."""
        return cls(name, sha256(data).hexdigest(), data)


@dataclass(frozen=True, slots=True)
class Inputs:
    """All tables of a visit, read, with the files they came from.

    ``as_of`` and ``top`` are those of a saved view; ``None`` elsewhere. A saved view's sources hold no data.
    """

    projects: Portfolio
    register: Portfolio | None = None
    places: Places | None = None
    markets: Markets | None = None
    prices: Prices | None = None
    vacancies: Vacancies | None = None
    flows: Flows | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    origin: Origin = "upload"
    as_of: date | None = None
    top: int | None = None

    @property
    def sample(self) -> bool:
        """Whether this is the invented county."""
        return self.origin == "sample"

    @property
    def key(self) -> str:
        """Digest of every file and mapping: equal files, equal key."""
        parts = [f"{slot}:{s.digest}:{sorted(s.mapping.items(), key=str)}" for slot, s in sorted(self.sources.items())]
        return sha256("\n".join(parts).encode()).hexdigest()


def read_slot(slot: str, source: Source) -> Any:  # noqa: ANN401 - each slot holds its own type
    """Read the file of one slot; raises ``TableError`` when it cannot be used."""
    if slot in LISTS:
        return read_portfolio(source.data, file_name=source.name, mapping=dict(source.mapping) or None)
    return _READERS[slot](source.data, file_name=source.name)


def sample_inputs(folder: Path = SAMPLE) -> Inputs:
    """The invented county that is shown at first visit."""
    tables: dict[str, Any] = {}
    sources: dict[str, Source] = {}
    for slot in SLOTS:
        found = [path for path in (folder / f"{slot}.xlsx", folder / f"{slot}.csv") if path.is_file()]
        if found:
            sources[slot] = Source.of(found[0].name, found[0].read_bytes())
            tables[slot] = read_slot(slot, sources[slot])
    return Inputs(**tables, sources=sources, origin="sample")


def with_file(inputs: Inputs, slot: str, source: Source, *, side: Mapping[str, tuple[Any, Source]] = {}) -> Inputs:
    """The inputs with one file put in its slot.

    A new list leaves the sample county's tables and a saved view's date behind; ``side`` are the operator's own side
    tables, which stand beside it. Raises ``TableError`` when the file cannot be used, so that the old inputs stand.
    """
    table = read_slot(slot, source)
    if slot == "projects" and inputs.sample:
        tables: dict[str, Any] = {name: found for name, (found, _) in side.items()}
        sources = {name: found for name, (_, found) in side.items()}
        return Inputs(**{**tables, slot: table}, sources={**sources, slot: source})
    filled: dict[str, Any] = {slot: table}
    if slot == "projects":
        filled |= {"as_of": None, "top": None, "origin": "upload"}
    return replace(inputs, **filled, sources={**inputs.sources, slot: source})


def without_file(inputs: Inputs, slot: str) -> Inputs:
    """The inputs with an optional slot emptied."""
    sources = {key: source for key, source in inputs.sources.items() if key != slot}
    emptied: dict[str, Any] = {slot: None}
    return replace(inputs, **emptied, sources=sources)


def evaluate_inputs(inputs: Inputs, settings: Settings) -> Evaluation:
    """Score, rank and flag the tables of a visit; of the drawn scores only what other weights need is kept."""
    result = evaluate(
        inputs.projects,
        register=inputs.register,
        places=inputs.places,
        markets=inputs.markets,
        prices=inputs.prices,
        vacancies=inputs.vacancies,
        flows=inputs.flows,
        settings=settings,
        as_of=inputs.as_of,
        top=inputs.top,
    )
    card = keep_readings(result.scorecard, settings=settings)
    kept = replace(result, scorecard=card, questions=replace(result.questions, scorecard=card))
    del result
    give_back()
    return kept


def with_draws(evaluation: Evaluation) -> Evaluation:
    """The same result with its drawn scores, worked out again from its parts: for a choice and its report.

    Only for as long as they are needed: never kept for a visit.
    """
    frame = evaluation.portfolio.frame.loc[evaluation.scored]
    criteria = score_criteria(
        frame,
        evaluation.demand,
        evaluation.homogeneity,
        evaluation.horizon,
        evaluation.advantage,
        settings=evaluation.settings,
        draws=Draws.of([str(project) for project in evaluation.scored], evaluation.settings.score),
        stated=evaluation.stated,
    )
    return replace(evaluation, scorecard=replace(evaluation.scorecard, criteria=criteria))
