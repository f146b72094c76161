"""The checker finds every anomaly that is planted, and none where there is none."""

import dataclasses
import random

import pytest
from history import Article, Consumer, Entry, History, Sight, check, sha256

PIPELINE = "extract-en/1.0.0"


def sound(count=12):
    """A history as it should be: two producers, a few second versions, a dead letter, three consumers."""
    history = History(raw={"raw-a": [], "raw-b": []})
    for number in range(count):
        article = Article(f"urn:x:{number // 2}", str(number % 2 + 1), f"“It is {number},” she said.")
        history.sent.append(article)
        raw = history.raw["raw-a" if number < count // 2 else "raw-b"]
        digest = sha256(article.body)
        raw.append(Entry(len(raw) + 1, "e" * 16, f"id-{number}", f"d{number}", *article[:2], digest))
        letter = number == 5
        ends = history.dlq if letter else history.res
        parts = ["nwp1", *article[:2], digest, PIPELINE]
        id = f"letter-{number}" if letter else sha256("".join(part + "\0" for part in parts))[:32]
        ends.append(Entry(
            len(ends) + 1, "f" * 16, id, f"r{number}", *article[:2], digest, f"id-{number}", PIPELINE,
            () if letter else ((1, 6, "It is"),)))
    for stream, entries in {**history.raw, "res": history.res, "dlq": history.dlq}.items():
        seen = [Sight(entry.n, entry.id, entry.epoch, entry.digest) for entry in entries]
        history.consumers.append(Consumer("follower", stream, True, seen))
        history.consumers.append(Consumer("tail", stream, True, [Sight(entry.n, entry.id) for entry in entries]))
        history.consumers.append(Consumer("subscriber", stream, False, seen[1::2]))
    return history


def follower(history, stream="res"):
    return next(consumer for consumer in history.consumers if consumer.stream == stream and consumer.isComplete)


def renumber(entries, start):
    entries[start:] = [dataclasses.replace(entry, n=start + 1 + at) for at, entry in enumerate(entries[start:])]


def edit(entries, at, **changes):
    entries[at] = dataclasses.replace(entries[at], **changes)


def drop_article(history):
    del history.raw["raw-b"][3:]


def hole(history):
    del history.res[4]


def unanswered(history):
    del history.res[4]
    renumber(history.res, 4)


def forgotten_letter(history):
    history.dlq.clear()


def vanished(history):
    history.res.pop()


def passed_over(history):
    del follower(history).seen[3]


def never_reached(history):
    follower(history).seen.pop()


def published_twice(history):
    raw = history.raw["raw-b"]
    raw.append(dataclasses.replace(history.raw["raw-a"][0], n=len(raw) + 1, id="id-again"))


def same_id(history):
    history.res.append(dataclasses.replace(history.res[0], n=len(history.res) + 1))


def result_and_letter(history):
    history.dlq.append(dataclasses.replace(history.res[0], n=2, id="letter"))


def seen_twice(history):
    seen = follower(history).seen
    seen.insert(3, seen[2])


def swapped_journal(history):
    history.res[2:4] = history.res[3:1:-1]


def swapped_sight(history):
    seen = follower(history).seen
    seen[2:4] = seen[3:1:-1]


def swapped_live(history):
    consumer = next(consumer for consumer in history.consumers if not consumer.isComplete and consumer.stream == "res")
    consumer.seen.reverse()


def versions_swapped(history):
    history.res[2:4] = [dataclasses.replace(history.res[3], n=3), dataclasses.replace(history.res[2], n=4)]


def other_text(history):
    edit(history.res, 2, sha256=history.res[3].sha256)


def other_article(history):
    edit(history.res, 2, cause="id-3")


def misquoted(history):
    edit(history.res, 2, passages=((1, 6, "It was"),))


def altered(history):
    edit(history.raw["raw-a"], 2, sha256=sha256("something else"))


def invented(history):
    raw = history.raw["raw-a"]
    raw.append(dataclasses.replace(raw[-1], n=len(raw) + 1, id="id-new", uri="urn:x:never"))


def wrong_id(history):
    edit(history.res, 2, id="0" * 32)


def other_bytes(history):
    follower(history).seen[2] = follower(history).seen[2]._replace(digest="other")


def other_epoch(history):
    edit(history.res, 2, epoch="0" * 16)


PLANTED = {
    "lost": [drop_article, hole, unanswered, forgotten_letter, vanished, passed_over, never_reached],
    "duplicated": [published_twice, same_id, result_and_letter, seen_twice],
    "reordered": [swapped_journal, swapped_sight, swapped_live, versions_swapped],
    "wrong": [other_text, other_article, misquoted, altered, invented, wrong_id, other_bytes, other_epoch],
}


def test_a_sound_history_has_no_anomaly():
    assert check(sound()) == []


def test_an_empty_history_has_no_anomaly():
    assert check(History()) == []


@pytest.mark.parametrize("kind, plant", [(kind, plant) for kind, plants in PLANTED.items() for plant in plants])
def test_a_planted_anomaly_is_found(kind, plant):
    history = sound()
    plant(history)
    assert kind in {anomaly.kind for anomaly in check(history)}


@pytest.mark.parametrize("seed", range(60))
def test_an_anomaly_at_a_random_place_of_a_long_history_is_found(seed):
    """Removes, repeats or swaps one entry of one journal, which no consumer and no other journal knows of."""
    random.seed(seed)
    history = sound(120)
    entries = random.choice([*history.raw.values(), history.res])
    at = random.randrange(len(entries) - 1)
    if seed % 3 == 0:
        del entries[at]
        kind = "lost"
    elif seed % 3 == 1:
        entries.insert(at, entries[at])
        kind = "duplicated"
    else:
        entries[at], entries[at + 1] = entries[at + 1], entries[at]
        kind = "reordered"
    assert kind in {anomaly.kind for anomaly in check(history)}
