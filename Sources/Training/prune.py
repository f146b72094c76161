"""Takes from each layer the attention heads and inner numbers that matter least, so that what is left computes faster.

    prune.py --model FILE.bin|CHECKPOINT --start DIR --data DIR --shapes 10x768,10x1152,10x768,10x896 --out CHECKPOINT

`--shapes` holds attention heads x inner width of each layer. What matters least is judged over some windows of the training data
(`surgeon.py`). Layers are taken in their order, each with what the pruned ones before it give. `train.py --teacher` mends the rest.
"""
import argparse

import torch
from torch import nn

import documents
from batches import Batches
from model import HEAD
from surgeon import surgeon
from weights import read_model

BATCHES = 40


@torch.inference_mode()
def gram(model, layer, windows):
    """Products of each two inputs of a linear layer, summed over all pieces of the windows."""
    total = torch.zeros(layer.in_features, layer.in_features, dtype=torch.float64)
    pieces = None

    def add(_, inputs):
        rows = inputs[0][pieces]
        total.add_((rows.T @ rows).double())

    hook = layer.register_forward_pre_hook(add)
    for batch in windows:
        pieces = torch.arange(batch["ids"].shape[1])[None] < batch["lengths"][:, None]
        model.encode(batch["ids"], batch["features"], batch["lengths"])
    hook.remove()
    return total


def rows_of(layer, rows):
    """The layer with some of its outputs."""
    out = nn.Linear(layer.in_features, len(rows))
    out.weight.data, out.bias.data = layer.weight.data[rows].clone(), layer.bias.data[rows].clone()
    return out


def without_inputs(model, layer, windows, size, keep):
    """The inputs that `layer` keeps, the layer without the others, and what it lost."""
    columns, weight, lost = surgeon(layer.weight.data.numpy(), gram(model, layer, windows).numpy(), size, keep)
    out = nn.Linear(len(columns), layer.out_features)
    out.weight.data, out.bias.data = torch.from_numpy(weight), layer.bias.data.clone()
    return torch.from_numpy(columns), out, lost


def prune(model, shapes, windows):
    """Changes the model's layers to these shapes; yields what was lost of each layer's attention and inner product."""
    for layer, (heads, inner) in zip(model.encoder.layers, shapes, strict=True):
        width = layer.out.in_features
        columns, layer.out, attention = without_inputs(model, layer.out, windows, HEAD, heads)
        layer.qkv = rows_of(layer.qkv, torch.cat([columns + part * width for part in range(3)]))
        columns, layer.outer, product = without_inputs(model, layer.outer, windows, 1, inner)
        layer.inner = rows_of(layer.inner, columns)
        yield attention, product


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    for name in ("model", "start", "data", "shapes", "out"):
        arguments.add_argument("--" + name, required=True)
    a = arguments.parse_args()
    shapes = [tuple(map(int, shape.split("x"))) for shape in a.shapes.split(",")]
    model = read_model(a.model).eval()
    every = iter(Batches(documents.load(documents.tokenizer(a.start), a.data), seed=1))
    windows = [next(every) for _ in range(BATCHES)]
    for i, (attention, product) in enumerate(prune(model, shapes, windows)):
        print(f"layer {i}: {100 * attention:.1f} % of the attention lost, {100 * product:.1f} % of the inner product", flush=True)
    torch.save({"model": model.state_dict()}, a.out)


if __name__ == "__main__":
    main()
