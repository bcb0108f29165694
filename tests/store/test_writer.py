from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, text

from evaluator.store.engine import open_store
from evaluator.store.faults import StoreError
from evaluator.store.schema import snapshots


def row(number):
    words = dict.fromkeys(("created", "revocation_hash", "title", "version", "fingerprint", "content_hash"), "x")
    return {"id": str(number), "size": 1, "opened": 0, **words}


def insert(number):
    return lambda connection: connection.execute(snapshots.insert().values(**row(number)))


def count(store):
    return store.read(lambda connection: connection.scalar(select(func.count()).select_from(snapshots)))


def test_many_writers_lose_nothing(store):
    with ThreadPoolExecutor(20) as people:
        list(people.map(lambda number: store.write(insert(number)), range(200)))
    assert count(store) == 200


def test_one_job_that_fails_takes_no_other_with_it(store):
    def spoil(connection):
        connection.execute(snapshots.insert().values(**row("half")))
        raise KeyError("mine")

    store.write(insert(1))
    with ThreadPoolExecutor(3) as people:
        answers = [people.submit(store.write, job) for job in (insert(2), spoil, insert(1), insert(3))]
        with pytest.raises(KeyError, match="mine"):
            answers[1].result()
        with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
            answers[2].result()
        answers[0].result(), answers[3].result()
    assert count(store) == 3


def test_a_closed_writer_has_written_what_waited(address):
    store = open_store(address)
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda number: store.write(insert(number)), range(30)))
    store.close()
    again = open_store(address)
    assert count(again) == 30
    again.close()


def test_two_processes_wait_for_one_another(address):
    """Two stores of one address stand for two processes: neither meets a lock it cannot wait for."""
    stores = [open_store(address), open_store(address)]
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda number: stores[number % 2].write(insert(number)), range(60)))
    assert count(stores[0]) == 60
    for store in stores:
        store.close()


def test_a_database_that_goes_away_is_said(file_store):
    file_store.write(lambda connection: connection.execute(text("drop table snapshots")))
    with pytest.raises(StoreError):
        count(file_store)
