"""Reads a workbook's XML as a stream: no entity, no outside address, nothing expanded."""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from evaluator.domain.errors import TableError
from evaluator.intake.cells import Merge
from evaluator.intake.guard import refusal

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]


class LocalNames(dict[str, str]):
    """Element names without their prefix, each worked out once."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2]
        return local


@dataclass(slots=True)
class SheetFacts:
    """What the reader of values does not tell about one sheet, by 0-based (row, column)."""

    name: str = ""
    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: list[tuple[int, int]] = field(default_factory=list)
    unvalued: list[tuple[int, int]] = field(default_factory=list)
    external: list[tuple[int, int]] = field(default_factory=list)
    percents: set[tuple[int, int]] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: int = 0
    hidden: bool = False

    def reach(self, row: int, column: int) -> None:
        """Stretches the sheet's rectangle to a cell that holds something."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)

    def merges_inside(self) -> tuple[Merge, ...]:
        """The merged areas, cut to the rectangle that holds something."""
        bottom, right = self.rows - 1, self.columns - 1
        return tuple(
            (top, left, min(low, bottom), min(far, right))
            for top, left, low, far in self.merges
            if top <= bottom and left <= right and (min(low, bottom), min(far, right)) != (top, left)
        )


def _refuse_doctype(*_: object) -> None:
    raise refusal("E_XML_ENTITY")


def new_parser(start: Start | None = None) -> expat.XMLParserType:
    """A parser that refuses every document type and entity declaration with ``E_XML_ENTITY``."""
    parser = expat.ParserCreate("UTF-8")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.ExternalEntityRefHandler = _refuse_doctype  # type: ignore[assignment]
    parser.StartElementHandler = start
    parser.buffer_text = True
    return parser


def run_parser(parser: expat.XMLParserType, part: bytes) -> None:
    """Parses one whole part; raises ``TableError`` ``E_XLSX_BROKEN`` when it is no XML."""
    # The reader of values takes every part for UTF-8; the guard must not see another text than it does.
    if b"\x00" in part:
        raise refusal("E_XLSX_BROKEN", "UTF-16")
    try:
        parser.Parse(part, True)
    except TableError:
        raise
    except (expat.ExpatError, ValueError, LookupError) as fault:
        raise refusal("E_XLSX_BROKEN") from fault


def elements(part: bytes) -> list[tuple[str, Attributes]]:
    """Every element of a small part in order: local name and attributes."""
    found: list[tuple[str, Attributes]] = []
    names = LocalNames()
    run_parser(new_parser(lambda name, attributes: found.append((names[name], attributes))), part)
    return found


def check_markup(part: bytes) -> None:
    """Raises ``TableError`` unless the part is well-formed XML without declarations."""
    run_parser(new_parser(), part)


class ColumnNumbers(dict[str, int]):
    """0-based column of spreadsheet letters, each worked out once; ``E_XLSX_BROKEN`` for anything else."""

    def __missing__(self, letters: str) -> int:
        if not 1 <= len(letters) <= 3 or not (letters.isascii() and letters.isalpha()):
            raise refusal("E_XLSX_BROKEN", letters[:10])
        column = 0
        for letter in letters.upper():
            column = column * 26 + ord(letter) - 64
        self[letters] = column - 1
        return column - 1


def whole_number(text: str, *, least: int = 0, most: int) -> int:
    """A whole number within bounds as XML attributes hold it; ``E_XLSX_BROKEN`` for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most):
        raise refusal("E_XLSX_BROKEN", text[:20])
    return int(text)
