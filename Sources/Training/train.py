"""Trains the model within a stated time: the learning rate falls to zero at the end of it, however fast the machine is.

    train.py --data DIR --start DIR --out DIR --until 22:40      or      --minutes 70

A run that was stopped goes on from `out/last.pt`. With `--teacher`, the model learns what that one gives, beside the labels; with three
of them, trained `--without` one fold each, it learns of each document what the one gives that has not seen it. On a GPU: `--device cuda
--windows 64 --workers 6`.
"""
import argparse
import datetime
import hashlib
import os
import pickle
import signal
import time
from pathlib import Path

import torch

import documents
from batches import Batches
from learning import WEIGHTS, distances, losses, scores, taught
from pretrained import pretrained
from weights import read_model

ENCODER_RATE, WORD_RATE, HEAD_RATE = 1.5e-4, 5e-5, 1e-3
WARM_UP = 0.04
LABELS = 0.3  # what the labels count for beside a teacher


def groups(model, rates):
    """The parameters by learning rate: word embeddings, what the pretrained encoder has, and what was added to it."""
    word = [model.encoder.word.weight]
    added = [p for n, p in model.encoder.named_parameters() if n.split(".")[0] in ("case", "space", "quote")]
    known = {id(p) for p in word + added}
    encoder = [p for p in model.encoder.parameters() if id(p) not in known]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    return [{"params": [x for x in p if x.requires_grad], "lr": r, "base": r}
            for p, r in zip((word, encoder, added + heads), rates, strict=True)]


class Load:
    """How busy other processes keep the machine: two threads only while a core is idle."""

    def __init__(self):
        self.last = self.now()

    def now(self):
        fields = list(map(int, open("/proc/stat").readline().split()[1:]))
        own = sum(os.times()[:2]) * os.sysconf("SC_CLK_TCK")
        return time.time(), sum(fields) - fields[3] - fields[4], own

    def others(self):
        """Cores that other processes used since the last call."""
        before, self.last = self.last, self.now()
        seconds = self.last[0] - before[0]
        used = (self.last[1] - before[1]) - (self.last[2] - before[2])
        return max(0.0, used / os.sysconf("SC_CLK_TCK") / seconds)


def digest(folder):
    """What the corpora are made of: the data, and the code that reads them."""
    files = sorted(p for p in Path(folder).iterdir() if p.is_file())
    code = [Path(__file__).parent / name for name in ("documents.py", "features.py")]
    found = hashlib.sha256()
    for file in files + code:
        found.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()[:16]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", required=True)
    arguments.add_argument("--start", required=True)
    arguments.add_argument("--out", required=True)
    arguments.add_argument("--from", dest="earlier", help="a checkpoint of an earlier run, or a weights file, to begin with")
    arguments.add_argument("--teacher", action="append", default=[], help="a checkpoint or weights file")
    arguments.add_argument("--only", help="the heads to train, with commas; everything else stays")
    arguments.add_argument("--without", type=int, help="the fold of documents (0 ... 2) to leave out")
    arguments.add_argument("--dropout", type=float, default=0.1)
    arguments.add_argument("--device", default="cpu")
    arguments.add_argument("--windows", type=int, default=8, help="of a batch")
    arguments.add_argument("--workers", type=int, default=0, help="processes that make batches")
    arguments.add_argument("--rate", type=float, default=1.0, help="factor of all learning rates")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--layers", type=int, default=4)
    time_limit = arguments.add_mutually_exclusive_group(required=True)
    time_limit.add_argument("--until", help="HH:MM UTC")
    time_limit.add_argument("--minutes", type=float)
    arguments.add_argument("--save", type=float, default=300, help="seconds between checkpoints")
    arguments.add_argument("--bf16", action="store_true")
    arguments.add_argument("--ema", type=float, default=0.998)
    arguments.add_argument("--threads", type=int, default=0, help="0: one or two by load")
    a = arguments.parse_args()
    out = Path(a.out)
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(a.seed)
    begin = time.time()
    if a.until:
        now = datetime.datetime.now(datetime.timezone.utc)
        hour, minute = map(int, a.until.split(":"))
        end = now.replace(hour=hour, minute=minute, second=0).timestamp()
        if end < begin:
            end += 86400
    else:
        end = begin + 60 * a.minutes

    tok = documents.tokenizer(a.start)
    cache = out / f"corpora-{digest(a.data)}.pkl"
    if cache.exists():
        corpora = pickle.loads(cache.read_bytes())
    else:
        corpora = documents.load(tok, a.data)
        cache.write_bytes(pickle.dumps(corpora))
    model = read_model(a.earlier, a.dropout) if a.earlier else pretrained(tok, a.start, a.layers, a.dropout)
    model.to(a.device)
    for name, parameter in model.named_parameters():
        parameter.requires_grad_(not a.only or name.split(".")[0] in a.only.split(","))
    teachers = [read_model(x).to(a.device).eval().requires_grad_(False) for x in a.teacher]
    optimizer = torch.optim.AdamW(groups(model, (WORD_RATE, ENCODER_RATE, HEAD_RATE)), betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    step, done = 0, 0.0
    if (out / "last.pt").exists():
        saved = torch.load(out / "last.pt", map_location=a.device)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        step, done = saved["step"], saved["done"]
        torch.manual_seed(step)
    total = (end - begin) / (1 - done)  # of the whole schedule, in seconds
    origin = end - total

    own = [p for p in model.parameters()]
    mean = [p.detach().clone() for p in own]
    names = [n for n, _ in model.named_parameters()]
    stop = []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(1))
    model.train()
    load, means, pieces, since, saved_at = Load(), {}, 0, time.time(), time.time()
    threads = a.threads or 1
    torch.set_num_threads(threads)
    for data in Batches(corpora, a.seed + step, a.windows, without=a.without).loader(a.workers, a.device):
        done = min(1.0, (time.time() - origin) / total)
        for group in optimizer.param_groups:
            group["lr"] = a.rate * group["base"] * min(done / WARM_UP, 1.0) * (1 - done)
        with torch.autocast(a.device, dtype=torch.bfloat16, enabled=a.bf16):
            wanted = taught(teachers, data) if teachers else {}
            rows = model.encode(data["ids"], data["features"], data["lengths"])
            found = scores(model, data, model.dropout(rows), wanted.get("heads"))
        parts = losses(found, data)
        loss = sum(WEIGHTS[k] * v for k, v in parts.items())
        if teachers:
            far = distances(found, wanted, data)
            loss = LABELS * loss + sum(WEIGHTS[k] * v for k, v in far.items())
            parts.update({f"~{k}": v for k, v in far.items()})
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        decay = min(a.ema, (1 + step) / (10 + step))
        with torch.no_grad():
            torch._foreach_lerp_(mean, own, 1 - decay)
        step += 1
        pieces += data["pieces"]
        if a.device == "cpu" or step % 20 == 0:  # on a GPU, looking at a value waits for it
            for k, v in parts.items():
                means[k] = 0.9 * means.get(k, v.item()) + 0.1 * v.item()
        if step % (20 if a.device == "cpu" else 50) == 0:
            others, seconds = load.others(), time.time() - since
            print(f"{datetime.datetime.now():%H:%M:%S} step {step} done {done:.3f} {pieces / seconds:.0f} pieces/s "
                  f"threads {threads} others {others:.1f} "
                  + " ".join(f"{k} {v:.3f}" for k, v in sorted(means.items())), flush=True)
            pieces, since = 0, time.time()
            if not a.threads:
                threads = 2 if others < 0.6 else 1
                torch.set_num_threads(threads)
        finished = done >= 1.0
        if finished or stop or time.time() - saved_at > a.save:
            saved_at = time.time()
            state = {"model": model.state_dict(), "step": step, "done": done}
            torch.save(state, out / f"model-{step:05d}.pt")
            torch.save({**state, "model": dict(zip(names, mean))}, out / "mean.pt")
            torch.save({**state, "optimizer": optimizer.state_dict()}, out / "last.tmp")
            os.replace(out / "last.tmp", out / "last.pt")
        if finished:
            torch.save(state, out / "final.pt")
        if finished or stop:
            break


if __name__ == "__main__":
    main()
