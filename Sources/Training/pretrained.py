"""Copies a pretrained encoder from PyPI into a model: MiniLM, which the shipped model began with, or MPNet, for a teacher."""
from pathlib import Path

import torch
from safetensors.torch import load_file

from model import FULL, POSITIONS, Model

WIDE = dict(shapes=[(12, 3072)] * 12, width=768, head=64, biased=True)
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"}  # MPNet's names of BERT's pieces


def pretrained(tok, folder, layers, dropout=0.1):
    """A model whose encoder is the pretrained one (of MiniLM: the first `layers`)."""
    given = load_file(str(Path(folder) / "model.safetensors"))
    wide = "encoder.relative_attention_bias.weight" in given
    model = Model(tok.get_vocab_size(), dropout=dropout, **(WIDE if wide else {"shapes": [FULL] * layers}))
    own = model.encoder
    word, position = given["embeddings.word_embeddings.weight"], given["embeddings.position_embeddings.weight"]
    names = MPNET if wide else MINILM
    with torch.no_grad():
        if wide:
            number = {piece: i for i, piece in enumerate((Path(folder) / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
            pieces = [tok.id_to_token(i) for i in range(tok.get_vocab_size())]
            word = word[[number[SPECIAL.get(piece, piece)] for piece in pieces]]
            position = position[2:]
            own.bias.weight.copy_(given["encoder.relative_attention_bias.weight"])
        else:
            position = position + given["embeddings.token_type_embeddings.weight"][0]
        own.word.weight.copy_(word)
        own.position.weight.copy_(position[:POSITIONS])
        for kind in ("weight", "bias"):
            own.norm.get_parameter(kind).copy_(given[f"embeddings.LayerNorm.{kind}"])
            for i, layer in enumerate(own.layers):
                for mine, theirs in names.items():
                    values = [given[f"encoder.layer.{i}.{name}.{kind}"] for name in theirs.split()]
                    getattr(layer, mine).get_parameter(kind).copy_(torch.cat(values))
    return model


MINILM = {"qkv": "attention.self.query attention.self.key attention.self.value", "out": "attention.output.dense",
          "norm1": "attention.output.LayerNorm", "inner": "intermediate.dense", "outer": "output.dense", "norm2": "output.LayerNorm"}
MPNET = {**MINILM, "qkv": "attention.attn.q attention.attn.k attention.attn.v", "out": "attention.attn.o", "norm1": "attention.LayerNorm"}
