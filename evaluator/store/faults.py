"""Why the store cannot do what was asked."""

from evaluator.domain.errors import EvaluatorError
from evaluator.language import phrase


class StoreError(EvaluatorError):
    """Something the store refuses; ``code`` has its sentence under ``store.fault.<code>`` in the catalogues."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """What is the matter and what to do, in ``en`` or ``zh``."""
        return phrase(f"store.fault.{self.code}", language, **self.values)
