"""The training files as documents of pieces with labels; see `Document` for what a label array means."""
import gzip
import json
import random
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import BertWordPieceTokenizer

from features import piece_features

IGNORE = -100
TAGS = ["O", "B-content", "I-content", "B-source", "I-source", "B-cue", "I-cue"]
NAMES = ["PERSON", "ORGANIZATION", "LOCATION", "MISC", "TIME", "QUANTITY"]
NAME_TAGS = ["O"] + [f"{p}-{n}" for n in NAMES for p in "BI"]
NAME_OF = {"DATE": "TIME", "DURATION": "TIME", "SET": "TIME", "NUMBER": "QUANTITY", "PERCENT": "QUANTITY",
           "MONEY": "QUANTITY", "ORDINAL": "QUANTITY"}
MENTIONS = ["none", "person", "organization", "place", "event", "time", "object", "abstract", "animal", "plant",
            "substance"]
PARTS = ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
         "SCONJ", "SYM", "VERB", "X"]
RELATIONS = ["continue", "root", "acl", "acl:relcl", "advcl", "advmod", "amod", "appos", "aux", "aux:pass", "case",
             "cc", "ccomp", "compound", "compound:prt", "conj", "cop", "csubj", "dep", "det", "discourse",
             "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod", "nmod:poss",
             "nsubj", "nsubj:pass", "nummod", "obj", "obl", "obl:agent", "obl:tmod", "orphan", "parataxis",
             "punct", "reparandum", "vocative", "xcomp"]
PRONOUNS = set("he she him her his hers they them their theirs it its himself herself themselves itself".split())


@dataclass
class Document:
    """Pieces and, where known, their labels (IGNORE where not)."""
    text: str
    ids: np.ndarray
    offsets: list
    features: np.ndarray                      # 3 x pieces: case, space, quote
    labels: dict = field(default_factory=dict)  # name -> array; `pointer` and `head` hold piece indices
    sentence: np.ndarray = None               # sentence number of each piece (syntax), or None
    worthy: list = field(default_factory=list)  # (first piece, end piece, 0 or 1)
    antecedents: list = field(default_factory=list)  # (pronoun piece, [pieces of earlier mentions])
    cuts: list = field(default_factory=list)  # pieces before which a window may end, the last one = len

    def label(self, name, default=IGNORE):
        return self.labels.setdefault(name, np.full(len(self.ids), default, np.int32))


def tokenizer(folder):
    return BertWordPieceTokenizer(str(Path(folder) / "vocab.txt"), lowercase=True)


def read(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if str(path).endswith(".gz") else open(path, encoding="utf-8")
    with opened as file:
        return file.read()


def make_document(tok, text):
    """Pieces and features of a text, cut points at paragraph ends."""
    encoding = tok.encode(text, add_special_tokens=False)
    offsets = encoding.offsets
    features = np.array(piece_features(text, offsets), np.int32).reshape(3, -1)
    cuts = [i for i in range(1, len(offsets)) if features[1, i] == 2] + [len(offsets)]
    return Document(text, np.array(encoding.ids, np.int32), offsets, features, cuts=cuts)


class Locator:
    """Pieces of character spans."""

    def __init__(self, offsets):
        self.starts = [s for s, _ in offsets]
        self.ends = [e for _, e in offsets]

    def span(self, start, end):
        """First and end piece of those that lie at least half within `start..<end`; empty when first >= end."""
        first = bisect_left(self.ends, start + 1)
        last = bisect_left(self.starts, end)
        if first < last and 2 * self.starts[first] + 1 < 2 * start and self.ends[first] - start < start - self.starts[first]:
            first += 1
        if first < last and self.ends[last - 1] - end > end - self.starts[last - 1]:
            last -= 1
        return first, last


def attributed(tok, record):
    """A PolNeAR article: attribution tags and pointers, names and pronouns from its automatic analysis."""
    doc = make_document(tok, record["text"])
    where = Locator(doc.offsets)
    tags, pointer = doc.label("tags", 0), doc.label("pointer")
    for quote in record["quotes"]:
        if quote.get("nested"):
            continue
        parts = {k: [p for p in (where.span(*s) for s in quote.get(k) or ()) if p[0] < p[1]]
                 for k in ("cue", "source", "content")}
        anchors = sorted(parts["cue"]) or sorted(parts["source"]) or sorted(parts["content"])
        if not anchors:
            continue
        for base, kind in ((1, "content"), (3, "source"), (5, "cue")):
            for a, b in parts[kind]:
                tags[a:b] = base + 1
                tags[a] = base
                pointer[a:b] = anchors[0][0]
    if "corenlp" in record:
        _names(doc, where, record["corenlp"])
        _pronouns(doc, where, record)
    return doc


def _names(doc, where, sentences):
    names = doc.label("names", 0)
    for sentence in sentences:
        last = "O"
        for start, end, _, kind, _, _ in sentence:
            kind = NAME_OF.get(kind, kind)
            a, b = where.span(start, end)
            if kind in NAMES and a < b:
                tag = 1 + 2 * NAMES.index(kind)
                names[a:b] = tag + 1
                if kind != last:
                    names[a] = tag
            last = kind


def _pronouns(doc, where, record):
    for chain in record.get("corenlp_coref") or ():
        pronouns, others = [], []
        for sentence, first, end in chain:
            tokens = record["corenlp"][sentence][first:end]
            if not tokens:
                continue
            a, b = where.span(tokens[0][0], tokens[-1][1])
            if a >= b:
                continue
            words = record["text"][tokens[0][0]:tokens[-1][1]].lower()
            if words in PRONOUNS:
                pronouns.append(a)
            elif b - a <= 12:
                others.append((a, b))
        _link(doc, pronouns, others)


def _link(doc, pronouns, others):
    for p in pronouns:
        pieces = [i for a, b in others if b <= p for i in range(a, b)]
        if pieces:
            doc.antecedents.append((p, pieces))


def parsed(tok, lines):
    """Documents of a CoNLL-U file: syntax, parts of speech, kinds of mention and (GUM) pronouns."""
    block, sentences = [], []
    for line in lines + ["# newdoc"]:
        if line.startswith("# newdoc") and sentences:
            yield _parsed_document(tok, sentences)
            sentences = []
        if line.startswith("# newpar"):
            block.append("newpar")
        elif line and line[0] != "#":
            block.append(line.split("\t"))
        elif not line and any(isinstance(x, list) for x in block):
            sentences.append(block)
            block = []


def _parsed_document(tok, sentences):
    text, words, at = "", [], 0
    for number, block in enumerate(sentences):
        if text:
            text = text.rstrip(" ") + ("\n" if "newpar" in block else " ")
        until, group_space = 0, ""
        for row in block:
            if row == "newpar" or "." in row[0]:
                continue
            space = "" if "SpaceAfter=No" in row[9] else " "
            if "-" in row[0]:
                a, b = map(int, row[0].split("-"))
                until, group_space, at = b, space, len(text)
                text += row[1]
                group_end = len(text)
                continue
            index = int(row[0])
            if index <= until:
                start, end = min(at, group_end - 1), min(at + len(row[1]), group_end)
                at += len(row[1])
                if index == until:
                    text += group_space
            else:
                start, end = len(text), len(text) + len(row[1])
                text += row[1] + space
            words.append((number, index, start, end, row))
    doc = make_document(tok, text)
    where = Locator(doc.offsets)
    head, relation, part, mention = (doc.label(n) for n in ("head", "relation", "part", "mention"))
    doc.sentence = np.full(len(doc.ids), -1, np.int32)
    place, taken = {}, set()
    for number, index, start, end, row in words:
        a, b = where.span(start, end)
        while a < len(doc.ids) and a in taken:
            a += 1
        if a < len(doc.ids) and doc.offsets[a][0] < end:
            place[number, index] = a
            taken.add(a)
    upper = {(n, i): (n, int(row[6])) for n, i, _, _, row in words}
    for number, index, start, end, row in words:
        a = place.get((number, index))
        if a is None:
            continue
        up = upper[number, index]
        while up[1] and up not in place:
            up = upper[up]
        head[a] = place[up] if up[1] else a
        name = row[7] if row[7] in RELATIONS else row[7].split(":")[0]
        relation[a] = RELATIONS.index("root" if not up[1] else name if name in RELATIONS else "dep")
        part[a] = PARTS.index(row[3])
        doc.sentence[a] = number
    for i in range(1, len(doc.ids)):
        if i not in taken and doc.sentence[i - 1] >= 0:
            head[i], relation[i], doc.sentence[i] = i - 1, 0, doc.sentence[i - 1]
    doc.cuts = [i for i in range(1, len(doc.ids)) if doc.sentence[i] != doc.sentence[i - 1]] + [len(doc.ids)]
    _mentions(doc, where, words, place, upper, mention)
    return doc


def _mentions(doc, where, words, place, upper, mention):
    """GUM's bracketed entities: the kind of mention at its head word, and pronouns with their antecedents."""
    if not any("Entity=" in row[9] for *_, row in words):
        return
    opened, chains = [], {}
    for k, (number, index, start, end, row) in enumerate(words):
        if (number, index) in place:
            mention[place[number, index]] = 0
        value = next((v[7:] for v in row[9].split("|") if v.startswith("Entity=")), "")
        token = ""
        for c in value + "(":
            if c in "()":
                if token.startswith("("):
                    ident, *rest = token[1:].split("-")
                    opened.append((ident, rest[0] if rest else "abstract", k))
                elif token and not opened:
                    pass
                if c == ")":
                    ident = token if token and not token.startswith("(") else opened[-1][0] if opened else None
                    at = next((j for j in range(len(opened) - 1, -1, -1) if opened[j][0] == ident), None)
                    if at is not None:
                        chains.setdefault(ident, []).append((opened[at][1], opened[at][2], k))
                        del opened[at]
                token = "(" if c == "(" else ""
            else:
                token += c
    for spans in chains.values():
        pronouns, others = [], []
        for kind, first, last in spans:
            inside = {(n, i) for n, i, *_ in words[first:last + 1]}
            top = next((w for w in (x[:2] for x in words[first:last + 1]) if upper[w] not in inside), None)
            if top in place:
                mention[place[top]] = MENTIONS.index(kind) if kind in MENTIONS else MENTIONS.index("abstract")
            a, b = where.span(words[first][2], words[last][3])
            if a < b and doc.text[words[first][2]:words[last][3]].lower() in PRONOUNS:
                pronouns.append(a)
            elif a < b <= a + 12:
                others.append((a, b))
        _link(doc, pronouns, others)


def debated(tok, sentences, rng, size=20):
    """ClaimBuster sentences, shuffled and put together to texts of `size`."""
    sentences = sentences[:]
    rng.shuffle(sentences)
    for at in range(0, len(sentences), size):
        text, spans = "", []
        for s in sentences[at:at + size]:
            text += ("\n" if rng.random() < 0.4 else " ") if text else ""
            spans.append((len(text), len(text) + len(s["text"]), s["label"]))
            text += s["text"]
        doc = make_document(tok, text)
        where = Locator(doc.offsets)
        doc.worthy = [(*where.span(a, b), y) for a, b, y in spans]
        doc.cuts = [b for _, b, _ in doc.worthy[:-1]] + [len(doc.ids)]
        yield doc


def ambiguous(tok, rows, size=3):
    """GAP passages, `size` to a text: the pronoun and the name it means."""
    for at in range(0, len(rows), size):
        text, found = "", []
        for _, passage, pronoun, where_p, a, where_a, is_a, b, where_b, is_b, _ in rows[at:at + size]:
            base = len(text) + (1 if text else 0)
            text += ("\n" if text else "") + passage
            for name, start, yes in ((a, where_a, is_a), (b, where_b, is_b)):
                if yes == "TRUE":
                    found.append((base + int(where_p), base + int(start), base + int(start) + len(name)))
        doc = make_document(tok, text)
        where = Locator(doc.offsets)
        for p, s, e in found:
            at_p = where.span(p, p + 2)[0]
            first, end = where.span(s, e)
            if first < end and at_p > first:
                doc.antecedents.append((at_p, list(range(first, end))))
        yield doc


def other_marks(record, rng):
    """The same article with other quotation marks of the same length."""
    style = rng.choice(["straight", "single", "angle", "curly"])
    text = list(record["text"])
    inside = False
    for i, c in enumerate(text):
        if c == "\n":
            inside = False
        if c in '“”"':
            opening = c == "“" or (c == '"' and not inside)
            inside = opening
            text[i] = {"straight": '""', "single": "‘’", "angle": "«»", "curly": "“”"}[style][0 if opening else 1]
    return dict(record, text="".join(text))


def load(tok, folder, seed=1):
    """Document lists by corpus, for training."""
    rng = random.Random(seed)
    folder = Path(folder)
    articles = [json.loads(x) for x in read(folder / "polnear-train.jsonl.gz").splitlines()]
    changed = [other_marks(r, rng) for r in rng.sample(articles, len(articles) // 4)]
    rows = [x.split("\t") for f in ("development", "validation") for x in read(folder / f"gap-{f}.tsv.gz").splitlines()[1:]]
    conllu = [read(folder / f"{n}-train.conllu.gz").split("\n") for n in ("gum", "ewt")]
    return {
        "attribution": [attributed(tok, r) for r in articles],
        "marks": [attributed(tok, r) for r in changed],
        "syntax": [d for lines in conllu for d in parsed(tok, lines)],
        "debate": list(debated(tok, json.loads(read(folder / "claimbuster-train.json.gz")), rng)),
        "pronoun": list(ambiguous(tok, rows)),
    }
