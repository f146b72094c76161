"""Windows: stretches of a document that the encoder reads at once, and batches of them."""
import numpy as np
import torch

from documents import IGNORE

SIZE = 320  # pieces, [CLS] and [SEP] among them
CLS, SEP, PAD = 101, 102, 0
PIECE_LABELS = ("tags", "names", "part", "mention", "relation")
INDEX_LABELS = ("pointer", "head")


def cut(cuts, size=SIZE - 2, first=None):
    """Ranges of pieces that end at cut points where they can; `first` limits the first range."""
    ranges, start, best = [], 0, 0
    limit = first or size
    for c in cuts:
        while c - start > limit:
            end = best if best > start else start + limit
            ranges.append((start, end))
            start, limit = end, size
        best = c
    if best > start:
        ranges.append((start, best))
    return ranges


def window(doc, start, end):
    """Pieces `start..<end` of a document between [CLS] and [SEP], labels moved along."""
    n = end - start + 2
    out = {"ids": np.concatenate([[CLS], doc.ids[start:end], [SEP]])}
    features = np.zeros((3, n), np.int32)
    features[:, 1:-1] = doc.features[:, start:end]
    out["features"] = features
    for name in PIECE_LABELS + INDEX_LABELS:
        values = np.full(n, IGNORE, np.int32)
        if name in doc.labels:
            part = doc.labels[name][start:end]
            if name in INDEX_LABELS:
                inside = (part >= start) & (part < end)
                part = np.where(inside, part - start + 1, IGNORE)
            values[1:-1] = part
        out[name] = values
    if doc.sentence is not None:
        out["relation"] = np.where(out["head"] == IGNORE, IGNORE, out["relation"])
        out["sentence"] = np.concatenate([[-2], doc.sentence[start:end], [-2]])
    else:
        out["sentence"] = np.full(n, -2, np.int32)
    out["worthy"] = [(s - start + 1, e - start + 1, y) for s, e, y in doc.worthy if start <= s < e <= end]
    out["antecedents"] = []
    for p, pieces in doc.antecedents:
        here = [i - start + 1 for i in pieces if start <= i < end]
        if start <= p < end and here:
            out["antecedents"].append((p - start + 1, here))
    return out


def batch(windows):
    """Windows of one batch as tensors, padded to the longest."""
    n = max(len(w["ids"]) for w in windows)
    pad = lambda a, value: np.pad(a, (0, n - len(a)), constant_values=value)
    out = {"ids": torch.tensor(np.stack([pad(w["ids"], PAD) for w in windows]), dtype=torch.long),
           "features": torch.tensor(np.stack([np.stack([pad(f, 0) for f in w["features"]]) for w in windows]),
                                    dtype=torch.long),
           "lengths": torch.tensor([len(w["ids"]) for w in windows])}
    for name in PIECE_LABELS + INDEX_LABELS + ("sentence",):
        value = -2 if name == "sentence" else IGNORE
        out[name] = torch.tensor(np.stack([pad(w[name], value) for w in windows]), dtype=torch.long)
    out["worthy"] = [(b, *x) for b, w in enumerate(windows) for x in w["worthy"]]
    out["antecedents"] = [(b, p, t) for b, w in enumerate(windows) for p, t in w["antecedents"]]
    return out


def stream(documents, rng):
    """Windows of the documents, for ever: shuffled anew and cut elsewhere on every pass."""
    order = list(range(len(documents)))
    while True:
        rng.shuffle(order)
        for k in order:
            doc = documents[k]
            ranges = cut(doc.cuts, first=rng.randint(40, SIZE - 2))
            rng.shuffle(ranges)
            for start, end in ranges:
                if end - start > 8:
                    yield window(doc, start, end)


SHARES = {"attribution": 0.60, "marks": 0.10, "syntax": 0.16, "debate": 0.09, "pronoun": 0.05}


def batches(corpora, rng, size=8, pool=8):
    """Batches for ever, windows drawn by SHARES, of like length within a batch."""
    streams = {k: stream(v, rng) for k, v in corpora.items()}
    owed = dict.fromkeys(SHARES, 0.0)
    while True:
        drawn = []
        while len(drawn) < size * pool:
            for k in SHARES:
                owed[k] += SHARES[k]
            name = max(owed, key=owed.get)
            owed[name] -= 1
            drawn.append(next(streams[name]))
        drawn.sort(key=lambda w: len(w["ids"]))
        groups = [drawn[i:i + size] for i in range(0, len(drawn), size)]
        rng.shuffle(groups)
        for group in groups:
            yield batch(group)
