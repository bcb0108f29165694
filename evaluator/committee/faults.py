"""Why the committee cannot do what was asked."""

from evaluator.domain.errors import EvaluatorError
from evaluator.language import has_phrase, phrase


class RoundError(EvaluatorError):
    """Something a round refuses; ``code`` has its sentence under ``committee.fault.<code>`` in the catalogues.

    A value that names a role, phase or action (``role="chair"``) is said in words.
    """

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """What is the matter and what to do, in ``en`` or ``zh``."""
        said = {key: _in_words(key, value, language) for key, value in self.values.items()}
        return phrase(f"committee.fault.{self.code}", language, **said)


def _in_words(key: str, value: object, language: str) -> object:
    known = f"committee.{key}.{value}"
    return phrase(known, language) if has_phrase(known, language) else value
