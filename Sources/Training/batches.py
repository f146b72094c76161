"""Batches of windows of all corpora."""
import random

import numpy as np
import torch
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from documents import IGNORE
from windows import INDEX_LABELS, PAD, PIECE_LABELS, SIZE, cut, window


def batch(windows):
    """Windows of one batch as tensors, padded to the longest."""
    n = max(len(w["ids"]) for w in windows)
    pad = lambda a, value: np.pad(a, (0, n - len(a)), constant_values=value)
    out = {"ids": torch.tensor(np.stack([pad(w["ids"], PAD) for w in windows]), dtype=torch.long),
           "features": torch.tensor(np.stack([np.stack([pad(f, 0) for f in w["features"]]) for w in windows]),
                                    dtype=torch.long),
           "lengths": torch.tensor([len(w["ids"]) for w in windows]),
           "fold": torch.tensor([w["fold"] for w in windows])}
    for name in PIECE_LABELS + INDEX_LABELS + ("sentence",):
        value = -2 if name == "sentence" else IGNORE
        out[name] = torch.tensor(np.stack([pad(w[name], value) for w in windows]), dtype=torch.long)
    for name in ("worthy", "furniture"):
        out[name] = torch.tensor([(b, *x) for b, w in enumerate(windows) for x in w[name]], dtype=torch.long).reshape(-1, 4)
    pronouns = [(b, p, t) for b, w in enumerate(windows) for p, t in w["antecedents"]]
    out["antecedents"] = torch.tensor([x[:2] for x in pronouns], dtype=torch.long).reshape(-1, 2)
    out["meant"] = torch.zeros(len(pronouns), n, dtype=torch.bool)
    for row, (_, _, pieces) in enumerate(pronouns):
        out["meant"][row, pieces] = True
    out["pieces"] = sum(len(w["ids"]) for w in windows)
    out["labelled"] = [{"pointer": "cue"}.get(x, x) for x in PIECE_LABELS + INDEX_LABELS if (out[x] != IGNORE).any()]
    out["labelled"] += [x for x in ("worthy", "furniture") if (out[x][:, 3] >= 0).any()] + ["antecedent"] * bool(pronouns)
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


class Batches(IterableDataset):
    """Batches for ever, windows drawn by SHARES, of like length within a batch; documents of the fold `without` are left out."""

    def __init__(self, corpora, seed, size=8, pool=8, without=None):
        self.corpora = {k: [d for d in v if d.fold != without] for k, v in corpora.items()}
        self.seed, self.size, self.pool = seed, size, pool

    def __iter__(self):
        worker = get_worker_info()
        rng = random.Random(self.seed if worker is None else 1000 * self.seed + worker.id)
        streams = {k: stream(v, rng) for k, v in self.corpora.items()}
        owed = dict.fromkeys(SHARES, 0.0)
        while True:
            drawn = []
            while len(drawn) < self.size * self.pool:
                for k in SHARES:
                    owed[k] += SHARES[k]
                name = max(owed, key=owed.get)
                owed[name] -= 1
                drawn.append(next(streams[name]))
            drawn.sort(key=lambda w: len(w["ids"]))
            groups = [drawn[i:i + self.size] for i in range(0, len(drawn), self.size)]
            rng.shuffle(groups)
            for group in groups:
                yield batch(group)

    def loader(self, workers=0, device="cpu"):
        """The batches, made by so many processes (0: by this one), on a device."""
        for data in DataLoader(self, batch_size=None, num_workers=workers, pin_memory=device != "cpu"):
            yield {k: v.to(device, non_blocking=True) if isinstance(v, torch.Tensor) else v for k, v in data.items()}
