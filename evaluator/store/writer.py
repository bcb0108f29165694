"""One thread that writes: whatever waits is committed together, each in a savepoint of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.exc import DBAPIError

from evaluator.store.faults import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

Result = TypeVar("Result")
Job = Callable[["Connection"], Any]
MOST_TOGETHER = 64
WAIT_SECONDS = 60.0


class Writer:
    """Writes for every visitor of one process; a job is answered when it is on disk, never before."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(writes=True)
        self._waiting: SimpleQueue[tuple[Job, Future[Any]] | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def write(self, job: Callable[[Connection], Result]) -> Result:
        """What ``job`` returns once it is committed; its own exception when it raises, with nothing written."""
        answer: Future[Result] = Future()
        self._waiting.put((job, answer))
        try:
            return answer.result(timeout=WAIT_SECONDS)
        except TimeoutError as fault:
            raise StoreError("busy") from fault

    def close(self) -> None:
        """Write what waits and end the thread."""
        self._waiting.put(None)
        self._thread.join(timeout=WAIT_SECONDS)

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch = [first]
            while len(batch) < MOST_TOGETHER:
                try:
                    following = self._waiting.get_nowait()
                except Empty:
                    break
                if following is None:
                    self._commit(batch)
                    return
                batch.append(following)
            self._commit(batch)

    def _commit(self, batch: list[tuple[Job, Future[Any]]]) -> None:
        done: list[tuple[Future[Any], Any, Exception | None]] = []
        try:
            with self._engine.begin() as connection:
                for job, answer in batch:
                    try:
                        with connection.begin_nested():
                            done.append((answer, job(connection), None))
                    except Exception as fault:
                        done.append((answer, None, fault))
        except DBAPIError as fault:
            broken = StoreError("unreachable")
            broken.__cause__ = fault
            done = [(answer, None, broken) for _, answer in batch]
        for answer, result, failed in done:
            if failed is None:
                answer.set_result(result)
            else:
                answer.set_exception(failed)
