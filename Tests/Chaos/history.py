"""What happened to numbered articles, and what must never have happened to them.

The checker is a pure function of a history, in the manner of Jepsen's Kafka workload: what was sent, what every journal
holds in the end, and what each consumer saw, in its order.
"""

import collections
import dataclasses
import hashlib
from typing import NamedTuple, Optional


class Article(NamedTuple):
    """An article that was sent, and stays sent: a file in a watched folder, a line given again until it is durable."""

    uri: str
    version: str
    body: str


@dataclasses.dataclass(frozen=True)
class Entry:
    """A message that a journal holds, as FETCH gives it."""

    n: int
    epoch: str
    id: str
    digest: str  # of all three frames
    uri: str
    version: str
    sha256: str  # of the body that was published or analysed
    cause: Optional[str] = None  # the id of the article's event
    pipeline: str = ""
    passages: tuple = ()  # (start, end, text) of what was quoted


class Sight(NamedTuple):
    """A message that a consumer saw."""

    n: int
    id: str
    epoch: Optional[str] = None
    digest: Optional[str] = None


@dataclasses.dataclass
class Consumer:
    """Who saw what of a stream, in order."""

    name: str
    stream: str
    isComplete: bool  # a follower must see everything; a bare subscription may miss messages
    seen: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class History:
    """All that is known about a run."""

    sent: list = dataclasses.field(default_factory=list)
    raw: dict = dataclasses.field(default_factory=dict)  # name of a producer's stream: its entries
    res: list = dataclasses.field(default_factory=list)
    dlq: list = dataclasses.field(default_factory=list)
    consumers: list = dataclasses.field(default_factory=list)


class Anomaly(NamedTuple):
    kind: str  # lost, duplicated, reordered or wrong
    text: str


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def check(history):
    """Every anomaly of a history; none is what the system promises."""
    found = []
    journals = {**history.raw, "res": history.res, "dlq": history.dlq}
    for name, entries in journals.items():
        found += numbering(name, entries)
    found += publication(history)
    found += completion(history)
    for consumer in history.consumers:
        found += sights(consumer, journals[consumer.stream])
    return found


def numbering(name, entries):
    """A journal counts 1, 2, 3 … in one epoch, and takes no id twice."""
    found = []
    expected = 1
    for entry in entries:
        if entry.n < expected:
            found.append(Anomaly("reordered", f"{name}: {entry.n} comes after {expected - 1}"))
        elif entry.n > expected:
            found.append(Anomaly("lost", f"{name}: {expected} to {entry.n - 1} are missing"))
        expected = entry.n + 1
    for id, count in collections.Counter(entry.id for entry in entries).items():
        if count > 1:
            found.append(Anomaly("duplicated", f"{name}: the id {id} is there {count} times"))
    if len({entry.epoch for entry in entries}) > 1:
        found.append(Anomaly("wrong", f"{name}: several epochs"))
    return found


def publication(history):
    """Each article is in one producer's journal once, as it was sent; nothing else is."""
    found = []
    sent = {(article.uri, article.version, sha256(article.body)) for article in history.sent}
    held = collections.Counter(
        (entry.uri, entry.version, entry.sha256) for entries in history.raw.values() for entry in entries)
    for article in sorted(sent - held.keys()):
        found.append(Anomaly("lost", f"article {article} was never published"))
    for article, count in held.items():
        if article not in sent:
            found.append(Anomaly("wrong", f"article {article} was published but never sent"))
        elif count > 1:
            found.append(Anomaly("duplicated", f"article {article} was published {count} times"))
    for name, entries in history.raw.items():
        found += versions(name, entries)
    return found


def versions(name, entries):
    """Versions of one article come in order."""
    found = []
    latest = {}
    for entry in entries:
        if int(entry.version) < latest.get(entry.uri, 0):
            found.append(Anomaly("reordered", f"{name}: version {entry.version} of {entry.uri} comes too late"))
        latest[entry.uri] = int(entry.version)
    return found


def completion(history):
    """Each published article has one result or one dead letter, which is its own."""
    found = []
    causes = {entry.id: entry for entries in history.raw.values() for entry in entries}
    bodies = {sha256(article.body): article.body for article in history.sent}
    ends = collections.Counter(entry.cause for entry in history.res + history.dlq)
    for id, article in causes.items():
        if ends[id] == 0:
            found.append(Anomaly("lost", f"{article.uri} version {article.version} has no result"))
        elif ends[id] > 1:
            found.append(Anomaly("duplicated", f"{article.uri} version {article.version} has {ends[id]} results"))
    for entry in history.res + history.dlq:
        article = causes.get(entry.cause)
        if article is None:
            found.append(Anomaly("wrong", f"result {entry.n} belongs to no article"))
        elif (entry.uri, entry.version, entry.sha256) != (article.uri, article.version, article.sha256):
            found.append(Anomaly("wrong", f"result {entry.n} speaks of another text than {article.uri}"))
    for entry in history.res:
        parts = ["nwp1", entry.uri, entry.version, entry.sha256, entry.pipeline]
        if entry.id != sha256("".join(part + "\0" for part in parts))[:32]:
            found.append(Anomaly("wrong", f"result {entry.n} has the id of another"))
        body = bodies.get(entry.sha256, "")
        if any(body[start:end] != text for start, end, text in entry.passages):
            found.append(Anomaly("wrong", f"result {entry.n} quotes what {entry.uri} does not say"))
    return found + versions("res", history.res)


def sights(consumer, entries):
    """What was seen once is in the journal for ever; a complete consumer saw each message once, in order."""
    found = []
    name = f"{consumer.name} of {consumer.stream}"
    held = {entry.n: entry for entry in entries}
    last = 0
    for sight in consumer.seen:
        entry = held.get(sight.n)
        if entry is None:
            found.append(Anomaly("lost", f"{name}: {sight.n} was seen and is no longer there"))
        elif sight.id != entry.id or sight.epoch not in (None, entry.epoch) or sight.digest not in (None, entry.digest):
            found.append(Anomaly("wrong", f"{name}: {sight.n} was seen with another content"))
        if sight.n == last:
            found.append(Anomaly("duplicated", f"{name}: {sight.n} was seen twice"))
        elif sight.n < last:
            found.append(Anomaly("reordered", f"{name}: {sight.n} was seen after {last}"))
        elif consumer.isComplete and sight.n > last + 1:
            found.append(Anomaly("lost", f"{name}: {last + 1} to {sight.n - 1} were passed over"))
        last = max(last, sight.n)
    if consumer.isComplete and last < max(held, default=0):
        found.append(Anomaly("lost", f"{name}: {last + 1} to {max(held)} were never seen"))
    return found
