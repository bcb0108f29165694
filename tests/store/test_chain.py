from dataclasses import fields, replace

import pytest

from evaluator.store.chain import BEGIN, Break, Entry, canonical, find_break, hash_entry


def chain(count=6):
    entries, before = [], BEGIN
    for seq in range(1, count + 1):
        entry = Entry(seq, "r", "review", f"s{seq}", 1, "m", "2026-01-31T08:00:00Z", f"t{seq}", '{"a":1}', before)
        entries.append(replace(entry, hash=hash_entry(entry)))
        before = entries[-1].hash
    return entries


def test_a_chain_as_written_holds():
    assert find_break(chain()) is None
    assert find_break([]) is None


@pytest.mark.parametrize("field", [field.name for field in fields(Entry)])
@pytest.mark.parametrize("place", range(6))
def test_every_change_of_a_single_field_is_found(field, place):
    entries = chain()
    value = getattr(entries[place], field)
    entries[place] = replace(entries[place], **{field: value + 1 if isinstance(value, int) else value[:-1] + "~"})
    assert find_break(entries) == Break(entries[place].seq, "content")


@pytest.mark.parametrize("place", range(6))
def test_a_change_with_its_hash_made_anew_breaks_the_next_link(place):
    entries = chain()
    forged = replace(entries[place], body='{"a":2}')
    entries[place] = replace(forged, hash=hash_entry(forged))
    assert find_break(entries) == (Break(place + 2, "link") if place < 5 else None)


def test_an_entry_left_out_exchanged_or_put_in_is_found():
    whole = chain()
    for place in range(5):
        assert find_break(whole[:place] + whole[place + 1 :]).what == "number"
        assert find_break([*whole[:place], whole[place + 1], whole[place], *whole[place + 2 :]]) is not None
        assert find_break([*whole[: place + 1], *whole[place:]]) is not None


def test_equal_contents_have_one_form_and_no_nan():
    assert canonical({"b": 1, "a": "é", "c": [1.5, None]}) == '{"a":"é","b":1,"c":[1.5,null]}'
    with pytest.raises(ValueError):
        canonical(float("nan"))
