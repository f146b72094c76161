"""The encoder (the first MiniLM layers with three added embeddings) and its heads."""
import torch
from torch import nn
from torch.nn import functional as F

from documents import IGNORE, MENTIONS, NAME_TAGS, PARTS, RELATIONS, TAGS
from features import CASES, QUOTES, SPACES

WIDTH, ATTENTIONS, INNER, POSITIONS = 384, 12, 1536, 320
POINTER = 128  # width of the pointer, arc and antecedent products
REACH = 64  # distances are clipped here
RELATION = 128


class Layer(nn.Module):
    """One transformer layer, normalised after each part as in BERT."""

    def __init__(self, dropout):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, ATTENTIONS, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(b, n, WIDTH)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Encoder(nn.Module):
    def __init__(self, vocabulary, layers, dropout):
        super().__init__()
        self.word = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.case = nn.Embedding(CASES, WIDTH)
        self.space = nn.Embedding(SPACES, WIDTH)
        self.quote = nn.Embedding(QUOTES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)
        for added in (self.case, self.space, self.quote):
            nn.init.normal_(added.weight, std=0.01)

    def forward(self, ids, features, mask):
        positions = torch.arange(ids.shape[1])
        x = (self.word(ids) + self.position(positions) + self.case(features[:, 0]) + self.space(features[:, 1])
             + self.quote(features[:, 2]))
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Pointer(nn.Module):
    """For each piece a score of every piece of the window: a product of two projections plus a bias by distance."""

    def __init__(self):
        super().__init__()
        self.query = nn.Linear(WIDTH, POINTER)
        self.key = nn.Linear(WIDTH, POINTER)
        self.distance = nn.Parameter(torch.zeros(2 * REACH + 1))

    def forward(self, x, distances):
        return self.query(x) @ self.key(x).transpose(1, 2) * POINTER ** -0.5 + self.distance[distances]


class Model(nn.Module):
    def __init__(self, vocabulary, layers=4, dropout=0.1):
        super().__init__()
        self.encoder = Encoder(vocabulary, layers, dropout)
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(WIDTH, len(TAGS))
        self.names = nn.Linear(WIDTH, len(NAME_TAGS))
        self.part = nn.Linear(WIDTH, len(PARTS))
        self.mention = nn.Linear(WIDTH, len(MENTIONS))
        self.cue = Pointer()
        self.head = Pointer()
        self.antecedent = Pointer()
        self.child = nn.Linear(WIDTH, RELATION)
        self.parent = nn.Linear(WIDTH, RELATION)
        self.relation = nn.Linear(RELATION, len(RELATIONS))
        self.worthy_weight = nn.Linear(WIDTH, 1)
        self.worthy_inner = nn.Linear(WIDTH, 64)
        self.worthy = nn.Linear(64, 1)

    def encode(self, ids, features, lengths):
        n = ids.shape[1]
        mask = (torch.arange(n)[None] < lengths[:, None])[:, None, None]
        return self.encoder(ids, features, mask if lengths.min() < n else None)

    def distances(self, n):
        """Distance numbers 0 ... 2 REACH of target minus piece."""
        at = torch.arange(n)
        return (at[None] - at[:, None]).clamp(-REACH, REACH) + REACH

    def relations(self, x, rows, heads):
        """Relation scores of pieces `rows` = (window, piece) with their heads' pieces."""
        b, i = rows
        return self.relation(F.relu(self.child(x[b, i]) + self.parent(x[b, heads])))

    def worthiness(self, x, spans):
        """Check-worthiness scores of (window, first, end) spans."""
        weights = self.worthy_weight(x)[..., 0]
        pooled = torch.stack([weights[b, s:e].softmax(0) @ x[b, s:e] for b, s, e in spans])
        return self.worthy(F.relu(self.worthy_inner(pooled)))[:, 0]


WEIGHTS = dict(tags=1.0, cue=0.5, names=0.2, head=0.25, relation=0.2, part=0.1, mention=0.1, worthy=0.2, antecedent=0.1)


def losses(model, batch):
    """The loss of each head that has labels in the batch."""
    x = model.dropout(model.encode(batch["ids"], batch["features"], batch["lengths"]))
    out = {}
    lengths = batch["lengths"]
    n = x.shape[1]
    padded = torch.arange(n)[None] >= lengths[:, None]
    distances = model.distances(n)
    for name in ("tags", "names", "part", "mention"):
        wanted = batch[name]
        b, i = torch.nonzero(wanted != IGNORE, as_tuple=True)
        if len(b):
            out[name] = F.cross_entropy(getattr(model, name)(x[b, i]), wanted[b, i])
    for name in ("cue", "head"):
        wanted = batch["pointer" if name == "cue" else name]
        rows = torch.nonzero((wanted != IGNORE).any(1))[:, 0]
        if len(rows):
            score = getattr(model, name)(x[rows], distances)
            blocked = padded[rows][:, None, :]
            if name == "head":
                sentence = batch["sentence"][rows]
                blocked = blocked | (sentence[:, :, None] != sentence[:, None, :])
            score = score.masked_fill(blocked, -1e4)
            out[name] = F.cross_entropy(score.transpose(1, 2), wanted[rows], ignore_index=IGNORE)
    b, i = torch.nonzero(batch["relation"] != IGNORE, as_tuple=True)
    if len(b):
        out["relation"] = F.cross_entropy(model.relations(x, (b, i), batch["head"][b, i]), batch["relation"][b, i])
    if batch["worthy"]:
        score = model.worthiness(x, [w[:3] for w in batch["worthy"]])
        out["worthy"] = F.binary_cross_entropy_with_logits(score, torch.tensor([float(w[3]) for w in batch["worthy"]]))
    if batch["antecedents"]:
        parts = []
        rows = sorted({a[0] for a in batch["antecedents"]})
        score = model.antecedent(x[rows], distances)
        for b, p, targets in batch["antecedents"]:
            every = score[rows.index(b), p, :p]
            parts.append(every.logsumexp(0) - every[targets].logsumexp(0))
        out["antecedent"] = torch.stack(parts).mean()
    return out
