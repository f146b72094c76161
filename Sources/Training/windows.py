"""Windows: stretches of a document that the encoder reads at once."""
import numpy as np

from documents import IGNORE

SIZE = 320  # pieces, [CLS] and [SEP] among them
CLS, SEP, PAD = 101, 102, 0
PIECE_LABELS = ("tags", "names", "part", "mention", "relation", "act", "speaker")
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
    out = {"ids": np.concatenate([[CLS], doc.ids[start:end], [SEP]]), "fold": doc.fold}
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
    out["furniture"] = [(s - start + 1, e - start + 1, y) for s, e, y in doc.furniture if start <= s < e <= end]
    out["antecedents"] = []
    for p, pieces in doc.antecedents:
        here = [i - start + 1 for i in pieces if start <= i < end]
        if start <= p < end and here:
            out["antecedents"].append((p - start + 1, here))
    return out
