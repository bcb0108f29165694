"""Every code the reader raises speaks both languages."""

import re
from pathlib import Path

import pytest

from evaluator.language import LANGUAGES, has_phrase

CODES = sorted(
    {
        code
        for path in (Path(__file__).parents[2] / "evaluator" / "intake").glob("*.py")
        for code in re.findall(r'"([EWN]_[A-Z_]+)"', path.read_text("utf-8"))
    }
)


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_message_need_and_remedy(code):
    for language in LANGUAGES:
        assert all(has_phrase(f"issue.{code}.{part}", language) for part in ("message", "needed", "remedy"))
