"""Writes the weights as one file for the Swift runtime (see FORMAT.md), and activations to test it by.

    export.py --model CHECKPOINT --start DIR --out DIR
"""
import argparse
import hashlib
import json
import struct
from pathlib import Path

import numpy as np
import torch

import documents
from features import CASES, QUOTES, SPACES
from model import ATTENTIONS, INNER, POINTER, POSITIONS, REACH, RELATION, WIDTH
from predict import load
from windows import cut, window

F32, F16, I8, U8, I32 = range(5)
EXAMPLES = [
    "“We will not be moved,” said Ana Brandt, the mayor of Ostrava. “Not by rain, not by anyone.”\n"
    "She told reporters that the bridge would open in May 2031.",
    "Residents don't believe it. The ministry's report claims 4,200 homes were lost; officials deny this.",
    "Ångström café — naïve “résumé” 東京 ﬁne 👍🏽 x\u0301y zero\u200bwidth \"half open\nnext 'single quoted,' he said.",
]


def quantised(weights):
    """Rows as int8 with one scale each."""
    scale = np.abs(weights).max(1) / 127
    scale[scale == 0] = 1
    return np.rint(weights / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def tensors(model, vocabulary, matrices):
    """(name, kind, array, scales) of everything in the file; replaces the model's weights by what is written."""
    yield "vocabulary", U8, np.frombuffer("\n".join(vocabulary).encode(), np.uint8), None
    for name in ("TAGS", "NAME_TAGS", "PARTS", "MENTIONS", "RELATIONS"):
        yield f"labels.{name.lower()}", U8, np.frombuffer("\n".join(getattr(documents, name)).encode(), np.uint8), None
    sizes = [len(model.encoder.layers), WIDTH, ATTENTIONS, INNER, POSITIONS, POINTER, REACH, RELATION, CASES, SPACES,
             QUOTES]
    yield "sizes", I32, np.array(sizes, np.int32), None
    for name, parameter in model.named_parameters():
        value = parameter.detach().numpy()
        kind = F32
        if name == "encoder.word.weight":
            kind = I8
        elif value.ndim == 2 and name.startswith("encoder.layers."):
            kind = matrices
        elif value.ndim == 2:
            kind = F16
        scales = None
        if kind == I8:
            value, scales = quantised(value)
            back = value.astype(np.float32) * scales[:, None]
        else:
            value = value.astype(np.float16 if kind == F16 else np.float32)
            back = value.astype(np.float32)
        with torch.no_grad():
            parameter.copy_(torch.from_numpy(back))
        yield name, kind, value, scales


def write(path, entries):
    header, blocks = [], []
    for name, kind, value, scales in entries:
        header.append((name.encode(), kind, value.shape))
        blocks.append((np.ascontiguousarray(value).tobytes(), None if scales is None else scales.tobytes()))
    size = 16 + sum(2 + len(n) + 2 + 4 * len(s) + 16 for n, _, s in header)
    aligned = lambda n: (n + 63) // 64 * 64
    at, table = aligned(size), b""
    places = []
    for (name, kind, shape), (data, scales) in zip(header, blocks):
        places.append((at, data))
        start, at = at, aligned(at + len(data))
        scale_at = 0
        if scales is not None:
            scale_at = at
            places.append((at, scales))
            at = aligned(at + len(scales))
        table += struct.pack("<H", len(name)) + name + struct.pack("<BB", kind, len(shape))
        table += struct.pack(f"<{len(shape)}I", *shape) + struct.pack("<QQ", start, scale_at)
    out = bytearray(at)
    out[:16] = b"ONRECORD" + struct.pack("<II", 1, len(header))
    out[16:16 + len(table)] = table
    for where, data in places:
        out[where:where + len(data)] = data
    Path(path).write_bytes(out)


def round(array, digits=5):
    return np.round(np.asarray(array, np.float64), digits).tolist()


@torch.inference_mode()
def activations(model, tok):
    """What the model computes for the invented EXAMPLES, window by window."""
    out = []
    for text in EXAMPLES:
        doc = documents.make_document(tok, text)
        (start, end), = cut(doc.cuts)
        w = window(doc, start, end)
        ids = torch.tensor(w["ids"], dtype=torch.long)[None]
        n = ids.shape[1]
        x = model.encode(ids, torch.tensor(w["features"], dtype=torch.long)[None], torch.tensor([n]))
        d = model.distances(n)
        every = torch.zeros(n, dtype=torch.long), torch.arange(n)
        heads = model.head(x, d)[0].argmax(-1)
        out.append({
            "text": text, "pieces": w["ids"].tolist(), "offsets": doc.offsets, "features": w["features"].tolist(),
            "encoded": round(x[0, :, ::16]),  # every 16th of the 384 numbers
            "tags": round(model.tags(x)[0]), "names": round(model.names(x)[0]), "part": round(model.part(x)[0]),
            "mention": round(model.mention(x)[0]),
            "cue": round(model.cue(x, d)[0][::8]), "head": round(model.head(x, d)[0][::8]),  # every 8th row
            "antecedent": round(model.antecedent(x, d)[0][::8]),
            "heads": heads.tolist(), "relation": round(model.relations(x, every, heads)[::8]),
            "worthy": round(model.worthiness(x, [(0, 1, n - 1)])),
        })
    return out


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--start", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--int8", action="store_true", help="encoder matrices as int8 too")
    a = arguments.parse_args()
    torch.set_num_threads(1)
    out = Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    model, tok = load(a.model), documents.tokenizer(a.start)
    vocabulary = [tok.id_to_token(i) for i in range(tok.get_vocab_size())]
    write(out / "model.bin", tensors(model, vocabulary, I8 if a.int8 else F16))
    (out / "activations.json").write_text(json.dumps(activations(model, tok), ensure_ascii=False))
    digest = hashlib.sha256((out / "model.bin").read_bytes()).hexdigest()
    print(f"{out / 'model.bin'} {(out / 'model.bin').stat().st_size} bytes sha256:{digest}")


if __name__ == "__main__":
    main()
