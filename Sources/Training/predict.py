"""Runs a model over texts and scores what it finds."""
import argparse
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch

import documents
from decode import assemble, spans_of, viterbi
from model import Model
from windows import cut, window


@torch.inference_mode()
def scores(model, w):
    """Tag log-probabilities and pointer log-probabilities of a window, [CLS] and [SEP] left out."""
    ids = torch.tensor(w["ids"], dtype=torch.long)[None]
    x = model.encode(ids, torch.tensor(w["features"], dtype=torch.long)[None], torch.tensor([ids.shape[1]]))
    pointer = model.cue(x, model.distances(x.shape[1]))[0]
    return (model.tags(x)[0].log_softmax(-1)[1:-1].numpy(), pointer.log_softmax(-1)[1:-1, 1:-1].numpy(), x)


def quotes(model, doc):
    """Attributions of a document in the gold's own form."""
    out = []
    for start, end in cut(doc.cuts):
        tags, pointer, _ = scores(model, window(doc, start, end))
        at = lambda spans: [[doc.offsets[start + a][0], doc.offsets[start + b - 1][1]] for a, b in sorted(spans)]
        for found in assemble(spans_of(viterbi(tags)), pointer):
            out.append({"content": at(found.content), "source": at(found.source) or None, "cue": at(found.cue) or None})
    return out


def load(path):
    """A model from a checkpoint."""
    saved = torch.load(path)
    model = Model(saved["model"]["encoder.word.weight"].shape[0], saved["layers"])
    model.load_state_dict(saved["model"])
    return model.eval()


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", required=True)
    arguments.add_argument("--start", required=True)
    arguments.add_argument("--scorer", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("gold", nargs="+")
    a = arguments.parse_args()
    torch.set_num_threads(1)
    model, tok = load(a.model), documents.tokenizer(a.start)
    for gold in a.gold:
        pred = Path(a.out) / (Path(gold).name.split(".")[0] + ".pred.jsonl")
        with open(pred, "w", encoding="utf-8") as file:
            for line in documents.read(gold).splitlines():
                record = json.loads(line)
                doc = documents.make_document(tok, record["text"])
                file.write(json.dumps({"doc": record["doc"], "quotes": quotes(model, doc)}) + "\n")
        print(gold, flush=True)
        subprocess.run([sys.executable, a.scorer, "--gold", gold, "--pred", str(pred)], check=True)


if __name__ == "__main__":
    main()
