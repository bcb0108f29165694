"""Files in and out of the command line: refused early with a plain reason, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from evaluator.domain.errors import EvaluatorError
from evaluator.language import phrase

Result = TypeVar("Result")


def check_input(path: Path, language: str) -> None:
    """Refuse a file that is not there; raises ``EvaluatorError``."""
    if path.is_dir():
        raise EvaluatorError(phrase("cli.is_folder", language, found=path))
    if not path.exists():
        raise EvaluatorError(phrase("cli.no_file", language, found=path))


def check_output(path: Path, suffixes: tuple[str, ...], language: str) -> None:
    """Refuse an output that cannot be written before the work begins; raises ``EvaluatorError``."""
    if path.suffix.lower() not in suffixes:
        raise EvaluatorError(phrase("cli.suffix", language, found=path.suffix or path.name, known=" ".join(suffixes)))
    if path.is_dir():
        raise EvaluatorError(phrase("cli.out_is_folder", language, found=path))
    if not path.parent.is_dir():
        raise EvaluatorError(phrase("cli.no_folder", language, found=path.parent))


def open_input(path: Path, language: str, read: Callable[[], Result]) -> Result:
    """What ``read`` makes of a file; raises ``EvaluatorError`` when the machine refuses it."""
    check_input(path, language)
    try:
        return read()
    except OSError as fault:
        found = fault.filename or path
        raise EvaluatorError(phrase("cli.cannot_read", language, found=found, why=fault.strerror or fault)) from fault


def write_whole(path: Path, data: bytes, language: str) -> None:
    """Write a file whole: a temporary file beside it takes its place when complete; raises ``EvaluatorError``."""
    partial = path.with_name(f".{os.getpid()}.part")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    except OSError as fault:
        partial.unlink(missing_ok=True)
        raise EvaluatorError(phrase("cli.cannot_write", language, found=path, why=fault.strerror or fault)) from fault
