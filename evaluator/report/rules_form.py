"""The empty form of a rules file (TOML): every kind of rule as a commented example, and the fields rules may read."""

from __future__ import annotations

from evaluator.choice.faults import NUMBERS, WORDS
from evaluator.choice.words import CHOICES_OF
from evaluator.language import phrase
from evaluator.report.ruled import say_rule_field, say_rule_word

EXAMPLES = {
    "budget": "budget_yuan = 5_000_000",
    "township": '[[limit]]\nname = "{name}"\neach = "township"\nof = "budget"\nat_most = 0.2',
    "industry": '[[limit]]\nname = "{name}"\nwhere = {{kind = "industry"}}\nof = "chosen"\nat_least = 0.6',
    "product": '[[limit]]\nname = "{name}"\nwhere = {{product = ["potato", "pig"]}}\nat_most = 1_000_000',
    "horizon": '[[limit]]\nname = "{name}"\nwhere = {{benefit_years = {{at_least = 3}}}}\n'
    'of = "chosen"\nat_least = 0.5',
    "flagged": '[[limit]]\nname = "{name}"\nwhere = {{flag = "flag"}}\nof = "chosen"\nat_most = 0.1',
    "labour": '[[limit]]\nname = "{name}"\nmeasure = "labour_days_year"\nat_most = 20_000\nunknown = 1_000',
    "land": '[[limit]]\nname = "{name}"\nmeasure = "area_mu"\nwhere = {{township = {{not = "甲乡"}}}}\nat_most = 3_000',
    "households": '[[limit]]\nname = "{name}"\nmeasure = "households"\nat_least = 200',
    "cluster": '[[limit]]\nname = "{name}"\neach = "cluster"\nmeasure = "projects"\nat_most = 2',
    "exclusive": '[[exclusive]]\nname = "{name}"\nprojects = ["P1", "P2", "P3"]\nat_most = 1',
    "depends": '[[depends]]\nname = "{name}"\nproject = "P1"\nneeds = ["P4", "P5"]\nany = true',
    "together": '[[together]]\nname = "{name}"\nprojects = ["P6", "P7"]',
    "partial": '[[partial]]\nname = "{name}"\nwhere = {{kind = "industry"}}\nleast_share = 0.5',
    "continuing": '[continuing]\nname = "{name}"\nwithin = "township"\nscore_at_least = 40',
    "fixed": '[fixed]\nin = ["P8"]\nout = ["P9"]',
}
"""One example of each kind of rule; ``P1`` and the like stand for ids of the list."""


def write_rules_form(language: str) -> bytes:
    """A rules file without any rule in force: examples to be uncommented, with what each asks; UTF-8."""
    parts = [_comment(phrase("rules_form.head", language))]
    for key, example in EXAMPLES.items():
        name = phrase(f"rules_form.name.{key}", language)
        asked = _comment(phrase(f"rules_form.asks.{key}", language), mark="## ")
        parts.append(f"{asked}\n{_comment(example.format(name=name))}")
    fields = [_comment(phrase("rules_form.words", language)), *(_list_words(key, language) for key in WORDS)]
    fields += [_comment(phrase("rules_form.numbers", language))]
    fields += [f"#   {key}: {say_rule_field(key, language)}" for key in NUMBERS]
    return ("\n\n".join([*parts, "\n".join(fields)]) + "\n").encode()


def _comment(text: str, mark: str = "# ") -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in text.strip().splitlines())


def _list_words(key: str, language: str) -> str:
    """A field of words with its title, and the values it may have where they are fixed."""
    known = [f"{word} ({say_rule_word(key, word, language)})" for word in CHOICES_OF.get(key, ())]
    return f"#   {key}: {say_rule_field(key, language)}" + (f" = {', '.join(known)}" if known else "")
