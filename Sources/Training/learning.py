"""What a model learns from: the labels of a batch, and what teachers make of it."""
import torch
from torch.nn import functional as F

from documents import IGNORE
from model import FAR

WEIGHTS = dict(tags=1.0, cue=0.5, names=0.2, head=0.25, relation=0.2, part=0.1, mention=0.1, worthy=0.2, antecedent=0.2,
               furniture=0.1, act=0.1, speaker=0.1)
PIECES = ("tags", "names", "part", "mention", "act", "speaker")
SENTENCES = ("worthy", "furniture")
LISTED = {"worthy": "worthy", "furniture": "furniture", "antecedent": "antecedents"}  # heads that judge a list of places, window first


def scores(model, batch, x, heads=None):
    """The scores of every head, from the rows `x` after the last layer: windows x pieces x labels, windows x pieces x pieces; relations with
    `heads`, where these are given, or the labelled ones, or where the model points; sentences; antecedents of the labelled pieces."""
    out = {name: getattr(model, name)(x).float() for name in PIECES}
    n = x.shape[1]
    distances = model.distances(n, x.device)
    places = torch.arange(n, device=x.device)
    padded = (places[None] >= batch["lengths"][:, None])[:, None]
    sentence = batch["sentence"]
    out["cue"] = model.cue(x, distances).float().masked_fill(padded, FAR)
    out["head"] = model.head(x, distances).float().masked_fill(padded | (sentence[:, :, None] != sentence[:, None]), FAR)
    if heads is None:
        heads = torch.where(batch["head"] == IGNORE, out["head"].argmax(-1), batch["head"])
    window = torch.arange(len(x), device=x.device)[:, None]
    out["heads"] = heads
    out["relation"] = model.relations(x, (window, places[None]), heads).float()
    for name in SENTENCES:
        if len(batch[name]):
            out[name] = model.worthiness(x, batch[name][:, :3], name).float()
    if len(batch["antecedents"]):
        window, piece = batch["antecedents"].unbind(1)
        every = model.antecedent(x, distances)[window, piece].float()
        out["antecedent"] = every.masked_fill(places[None] >= piece[:, None], FAR)
    return out


def mean(values, counted):
    """The mean of the values that count, by their weights; 0 where none does."""
    return (values * counted).sum() / counted.sum().clamp(min=1)


def losses(found, batch):
    """The loss of each head that has labels in the batch."""
    out = {}
    for name in batch["labelled"]:
        if name in SENTENCES:
            label = batch[name][:, 3]
            out[name] = mean(F.binary_cross_entropy_with_logits(found[name], label.clamp(0).float(), reduction="none"), label >= 0)
        elif name == "antecedent":
            right = found[name].masked_fill(~batch["meant"], FAR)
            out[name] = (found[name].logsumexp(1) - right.logsumexp(1)).mean()
        else:
            wanted = batch["pointer" if name == "cue" else name]
            each = F.cross_entropy(found[name].transpose(1, 2), wanted, ignore_index=IGNORE, reduction="none")
            out[name] = mean(each, wanted != IGNORE)
    return out


def part(batch, rows):
    """The windows of a batch where `rows` is true, as far as `scores` needs them."""
    out = {name: batch[name][rows] for name in ("ids", "features", "lengths", "sentence", "head")}
    number = rows.cumsum(0) - 1
    for name in LISTED.values():
        mine = batch[name][rows[batch[name][:, 0]]]
        out[name] = torch.cat([number[mine[:, :1]], mine[:, 1:]], 1)
    return out


@torch.no_grad()
def taught(teachers, batch):
    """What the teachers make of the batch, as probabilities, and the heads of their relations: each window is judged by the teacher of its
    fold."""
    out = {}
    turn = batch["fold"] % len(teachers)
    for number, teacher in enumerate(teachers):
        rows = turn == number
        if not rows.any():
            continue
        own = part(batch, rows)
        found = scores(teacher, own, teacher.encode(own["ids"], own["features"], own["lengths"]))
        for name, values in found.items():
            if name != "heads":
                values = values.sigmoid() if name in SENTENCES else values.softmax(-1)
            listed = LISTED.get(name)
            at = rows[batch[listed][:, 0]] if listed else rows
            if name not in out:
                out[name] = values.new_zeros(len(at), *values.shape[1:])
            out[name][at] = values
    return out


def distances(found, wanted, batch):
    """How far each head is from what the teachers gave (Kullback and Leibler). Acts count where a cue or a content begins, kinds of speaker
    within a source, pointers where there is an attribution."""
    inside = (torch.arange(found["tags"].shape[1], device=found["tags"].device)[None] < batch["lengths"][:, None]).float()
    tags = wanted["tags"]
    counted = {"act": inside * tags[..., [1, 5, 6]].sum(-1), "speaker": inside * tags[..., [3, 4]].sum(-1), "cue": inside * (1 - tags[..., 0])}
    out = {}
    for name, target in wanted.items():
        if name == "heads":
            continue
        if name in SENTENCES:
            certain = F.binary_cross_entropy(target, target)
            out[name] = F.binary_cross_entropy_with_logits(found[name], target) - certain
            continue
        each = F.kl_div(found[name].log_softmax(-1), target, reduction="none").sum(-1)
        out[name] = each.mean() if name == "antecedent" else mean(each, counted.get(name, inside))
    return out
