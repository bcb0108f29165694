"""Make the two font files and ``characters.txt`` anew, from the Noto Sans CJK collections.

``python -m evaluator.report.fonts.subset /usr/share/fonts/opentype/noto`` (needs fonttools, a development dependency).
The characters: GB 2312 with its signs, the 8,105 standard characters of 2013 beyond it (``standard.txt``), Latin up to
U+017F, and the signs this program prints. The same source gives the same bytes.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from evaluator.report.fonts import CHARACTERS, FAMILY, FOLDER

STYLES = ("Regular", "Bold")
SIGNS = "‐‑‒–—―‘’‚“”„†‡•…‰′″‹›€℃№™←↑→↓⇒∞−√≈≠≤≥■□▢▤▲△▼▽◆◇○●★☆✓㎏㎜㎝㎞㎡㏄￥〓"
_KEPT_NAMES = (0, 7, 13, 14)  # copyright, trademark, licence and its address stay as they are


def wanted() -> frozenset[str]:
    """The characters the family shall have."""
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))}
    return frozenset(
        latin | set(SIGNS) | set(_chinese_standard()) | set((FOLDER / "standard.txt").read_text("utf-8"))
    ) - {"\n"}


def _chinese_standard() -> str:
    """GB 2312: 6,763 characters and its signs."""
    pairs = (bytes((0xA0 + row, 0xA0 + cell)) for row in range(1, 88) for cell in range(1, 95))
    return "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)


def make_font(collection: bytes, characters: frozenset[str], style: str) -> bytes:
    """One file of the family: the simplified Chinese face of a collection with these characters only."""
    from fontTools import subset  # noqa: PLC0415 - a development dependency, needed here alone
    from fontTools.ttLib import TTCollection  # noqa: PLC0415

    faces = TTCollection(BytesIO(collection)).fonts
    font = next(face for face in faces if str(face["name"].getDebugName(1)).startswith("Noto Sans CJK SC"))
    options = subset.Options()
    options.hinting, options.notdef_outline, options.layout_features, options.name_IDs = False, True, [], ["*"]
    options.drop_tables += ["vhea", "vmtx", "VORG", "GSUB", "GPOS", "BASE"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=sorted(map(ord, characters)))
    cutter.subset(font)
    _name(font, style)
    font.recalcTimestamp = False
    target = BytesIO()
    font.save(target)
    return target.getvalue()


def _name(font: Any, style: str) -> None:  # noqa: ANN401 - fonttools is untyped
    """Give the file a name of its own, so that it is never mixed up with the font it came from."""
    table, post = font["name"], f"{FAMILY.replace(' ', '')}-{style}"
    table.names = [record for record in table.names if record.nameID in _KEPT_NAMES]
    texts = {1: FAMILY, 2: style, 3: f"{post};1", 4: f"{FAMILY} {style}", 5: "Version 1.0", 6: post}
    for key, text in texts.items():
        table.setName(text, key, 3, 1, 0x409)
    outlines = font["CFF "].cff
    outlines.fontNames = [post]
    outlines.topDictIndex[0].FullName, outlines.topDictIndex[0].FamilyName = texts[4], FAMILY


def main(folder: Path) -> None:
    """Write the files of both styles and the list of their characters."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - a development dependency, needed here alone

    have = set(map(ord, wanted()))
    for style in STYLES:
        data = make_font((folder / f"NotoSansCJK-{style}.ttc").read_bytes(), wanted(), style)
        (FOLDER / f"{FAMILY.replace(' ', '')}-{style}.otf").write_bytes(data)
        have &= set(TTFont(BytesIO(data)).getBestCmap())
    listed = "".join(map(chr, sorted(have))).replace(" ", "").replace("\u00a0", "")
    lines = (listed[start : start + 60] for start in range(0, len(listed), 60))
    CHARACTERS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
