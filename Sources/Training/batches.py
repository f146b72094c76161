"""Batches of windows of all corpora."""
import numpy as np
import torch

from documents import IGNORE
from windows import INDEX_LABELS, PAD, PIECE_LABELS, SIZE, cut, window


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
    out["furniture"] = [(b, *x) for b, w in enumerate(windows) for x in w["furniture"]]
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


SHARES = {"attribution": 0.40, "marks": 0.08, "news": 0.27, "syntax": 0.12, "debate": 0.06, "pronoun": 0.07}


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
