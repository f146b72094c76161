#!/usr/bin/env python3
"""Fits the numbers behind confidence to the development data, and writes them into Sources/Extraction/Fitted.swift.

    refit.py --data DIR --scorers DIR [--dry]

To be run after new weights, or new rules for quotes, speakers or propositions. It builds the program `evidence`, and needs numpy alone.

quotes        The least probability: where F1 (partial content, mean over the sets) is best, if that is better than at the present one
              by a tenth of a point. Confidence: a line through the logarithm of the odds (Platt 1999).
claims        The same line for sentences, and from where on a sentence is worth checking: the highest probability at which F1 is within
              a quarter of a point of the best. From there to 0.6 the scale is drawn up, so that 0.5 is that place.
claimants     Whose claim a sentence is: logistic regression on the annotated training articles (the development ones stay apart, to
              tell what it is worth); the 60 features that matter most.
speakers      For each rule the share of its answers with the full name right; rare rules are drawn to the mean of all.
propositions  Usefulness: logistic regression on CaRB dev, for what a tuple adds in precision and recall after those that rank above
              it; the 40 features that matter most. The least usefulness: where F1 on CaRB is best. Confidence: a line through
              its odds for having a partner in claims-dev.
"""
import argparse
import importlib.util
import json
import math
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
FITTED = ROOT / "Sources/Extraction/Fitted.swift"
TRAINING = ("wikinews-train.jsonl", "written-train.jsonl", "bbc-train.jsonl")
SETS = ("wikinews-dev.jsonl", "written-dev.jsonl", "polnear-dev.jsonl.gz")
CLIP = 1e-4
# Up to here the scale of claims is drawn up: Calibration.swift.
KINK = 0.6


def odds(p):
    p = np.clip(np.asarray(p, dtype=float), CLIP, 1 - CLIP)
    return np.log(p / (1 - p))


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -30, 30)))


def platt(p, y, weights=None):
    """Slope and offset on the odds of `p` with the least logarithmic loss, by Newton's method."""
    x, y = np.stack([odds(p), np.ones(len(p))], 1), np.asarray(y, dtype=float)
    line, weights = np.array([1.0, 0.0]), np.ones(len(y)) if weights is None else np.asarray(weights)
    for _ in range(50):
        q = sigmoid(x @ line)
        line = line - np.linalg.solve((x * (weights * q * (1 - q))[:, None]).T @ x + 1e-9 * np.eye(2), x.T @ (weights * (q - y)))
    return line


def error(p, y):
    """Expected calibration error in ten equal bins, in points."""
    p, y = np.asarray(p), np.asarray(y, dtype=float)
    at = np.minimum(9, (p * 10).astype(int))
    return 100 * sum(abs((p - y)[at == b].sum()) for b in range(10)) / len(p)


def f1(p, y, least):
    p, y = np.asarray(p) >= least, np.asarray(y, dtype=bool)
    return 200 * (p & y).sum() / max(1, p.sum() + y.sum())


class Fitted:
    """The Swift file."""

    def __init__(self):
        self.text = FITTED.read_text()

    def line(self, name):
        found = re.search(rf"static let {name} = Calibration\(slope: (\S+), offset: (\S+)\)", self.text)
        return float(found[1]), float(found[2])

    def set_line(self, name, line):
        self.text = re.sub(rf"(static let {name} = ).*", r"\g<1>Calibration(slope: %.2f, offset: %.2f)" % tuple(line), self.text)

    def number(self, name):
        return float(re.search(rf"static let {name}\S*(?: Float)? = (\S+)", self.text)[1])

    def set_number(self, name, value):
        self.text = re.sub(rf"(static let {name}\S*(?: Float)? = ).*", r"\g<1>%.2f" % value, self.text)

    def table(self, name):
        rows = re.search(rf"static let {name}: [^\n]* = \[\n(.*?)\n    \]", self.text, re.DOTALL)[1]
        return {k: float(v) for k, v in re.findall(r'"(.*?)": (\S+),', rows)}

    def set_table(self, name, values):
        rows = "\n".join(f'        "{k}": {v:.2f},' for k, v in values.items())
        head, tail = re.search(rf"(static let {name}: [^\n]* = \[\n).*?(\n    \])", self.text, re.DOTALL).groups()
        self.text = re.sub(rf"static let {name}: [^\n]* = \[\n.*?\n    \]", lambda _: head + rows + tail, self.text, count=1, flags=re.DOTALL)


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def evidence(articles, least=None):
    """{uri: evidence} of articles, each {"uri", "body"}."""
    lines = "".join(json.dumps(a) + "\n" for a in articles)
    command = [str(ROOT / ".build/release/evidence")] + ([str(least)] if least is not None else [])
    out = subprocess.run(command, input=lines, stdout=subprocess.PIPE, text=True, check=True).stdout
    return {e["analysis"]["article"]["uri"]: e for e in map(json.loads, out.splitlines())}


# ---- Quotes and speakers
def predictions(score, found):
    return {uri: {"quotes": [score.plain(q) for q in e["analysis"]["quotes"] if not q.get("nested")], "claims": e["analysis"]["claims"]}
            for uri, e in found.items()}


def quotes_of(score, gold, found):
    """(evidence, quote, sieve, gold quote or None) of every quote."""
    for name, record in gold.items():
        # What is quoted within a quote is not annotated everywhere.
        kept = [(q, s) for q, s in zip(found[name]["analysis"]["quotes"], found[name]["sieves"]) if not q.get("nested")]
        doc, seen = score.Doc(record["text"]), [q for q, _ in kept]
        wanted = [x for x in (score.Item(doc, q) for q in record["quotes"]) if x.words]
        items = [score.Item(doc, score.plain(q)) for q in seen]
        partner = {j: wanted[i] for i, j in score.pair(wanted, items, "partial")}
        for j, quote in enumerate(seen):
            yield quote, kept[j][1], partner.get(j)


def fit_quotes(score, golds, fitted):
    present = round(fitted.number("leastQuote"), 2)
    runs = {}
    for least in sorted({present, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7}):
        found = [evidence(articles(g), least) for g in golds]
        every = [100 * score.score(g, predictions(score, f))["content"]["ALL.partial"]["F1"] for g, f in zip(golds, found)]
        runs[least] = np.mean(every), found
        print(f"quotes from {least:.2f}: F1", *(f"{v:.1f}" for v in every))
    best = max(runs, key=lambda t: runs[t][0])
    if runs[best][0] < runs[present][0] + 0.1:
        best = present
    fitted.set_number("leastQuote", best)
    found = runs[best][1]
    rows, alone, weights = [], [], []
    for g, f in zip(golds, found):
        here = [(q["confidence"], partner is not None, q.get("cue")) for q, _, partner in quotes_of(score, g, f)]
        rows += [r[:2] for r in here if r[2]]
        # Every set counts alike: politics of one year would decide alone.
        weights += [1 / len(here)] * sum(1 for r in here if r[2])
        alone += [r[1] for r in here if not r[2]]
    p, y = zip(*rows)
    update_line(fitted, "quote", platt(p, y, np.array(weights) * len(rows) / len(golds)), p, y)
    share = (sum(alone) + 1) / (len(alone) + 2)
    print(f"quotations without a cue: {sum(alone)} of {len(alone)} right, {share:.2f}")
    fitted.set_number("uncued", share)
    return found


def update_line(fitted, name, line, p, y, note=""):
    """Lays a line over the present one, through which `p` has gone."""
    slope, offset = fitted.line(name)
    new = line[0] * slope, line[0] * offset + line[1]
    print(f"{name}: calibration error {error(p, y):.1f} -> {error(sigmoid(odds(p) * line[0] + line[1]), y):.1f}, "
          f"slope {slope:.2f} -> {new[0]:.2f}, offset {offset:.2f} -> {new[1]:.2f}{note}")
    fitted.set_line(name, new)


def fit_speakers(score, golds, found, fitted):
    right, answers = Counter(), Counter()
    for g, f in zip(golds, found):
        for quote, sieve, partner in quotes_of(score, g, f):
            if sieve and partner and partner.speaker:
                answers[sieve] += 1
                right[sieve] += score.same_name(partner.speaker, quote["speaker"]["name"], "full")
    mean = sum(right.values()) / max(1, sum(answers.values()))
    rows = fitted.table("speakers")
    print(f"speakers: {sum(right.values())} of {sum(answers.values())} right")
    for sieve in rows:
        print(f"  {sieve}: {right[sieve]} of {answers[sieve]}")
    fitted.set_table("speakers", {s: (right[s] + 4 * mean) / (answers[s] + 4) for s in list(rows) + sorted(set(answers) - set(rows))})


# ---- Claims
def kinked(p, least):
    """What `Fitted.worthiness` makes of calibrated probabilities."""
    return np.where((p >= least) & (p < KINK), 0.5 + (KINK - 0.5) * (p - least) / (KINK - least), p)


def straightened(p, least):
    """The calibrated probabilities that `kinked` made these of."""
    return np.where((p >= 0.5) & (p < KINK), least + (KINK - least) * (p - 0.5) / (KINK - 0.5), p)


def fit_claims(score, golds, found, fitted):
    rows, weights = [], []
    for g, f in zip(golds, found):
        here = []
        for name, record in g.items():
            doc = score.Doc(record["text"])
            claims = [(doc.words_in(c["spans"]), c["checkWorthiness"]) for c in f[name]["analysis"]["claims"]]
            for s in record.get("sentences") or ():
                words = doc.words_in([s["span"]])
                here.append((max((v for w, v in claims if w and 2 * len(w & words) >= len(w)), default=0.0), s["label"] == 2))
        rows += here
        # Every set counts alike, as for quotes.
        weights += [1 / len(here)] * len(here) if here else []
    p, y = map(np.array, zip(*rows))
    weights, present = np.array(weights) * len(rows), fitted.number("leastClaim")
    # What became no claim has no probability to calibrate, but counts for F1.
    p, some = straightened(p, present), p > 0
    line = platt(p[some], y[some], weights[some])
    fit = np.where(some, sigmoid(odds(p) * line[0] + line[1]), 0)
    values = {t / 100: f1(kinked(fit, t / 100), y, 0.5) for t in range(34, 51)}
    least = max(t for t in values if values[t] >= max(values.values()) - 0.25)
    print(f"claims: F1 {f1(kinked(p, present), y, 0.5):.1f} -> {values[least]:.1f} from {least}; calibration error with the kink "
          f"{error(kinked(p, present)[some], y[some]):.1f} -> {error(kinked(fit, least)[some], y[some]):.1f}")
    update_line(fitted, "claim", line, p[some], y[some], ", without the kink")
    fitted.set_number("leastClaim", least)


def said_in(score, golds):
    """(claimant or None, whom it quotes, which of them that is) of every sentence worth checking."""
    for gold in golds:
        found = evidence(articles(gold))
        for name, record in gold.items():
            for s in record.get("sentences") or ():
                if s["label"] != 2:
                    continue
                (a, b), want = s["span"], s.get("claimant") or "article"
                inside = lambda x: min(b, x["sentence"][1]) - max(a, x["sentence"][0]) >= (x["sentence"][1] - x["sentence"][0]) / 2
                said = [x for x in found[name]["said"] if inside(x)]
                names = [bool(x.get("speaker")) and score.same_name(want, x["speaker"], "loose") for x in said]
                yield want if want != "article" else None, said, names


def claimant_right(weights, rows):
    """The share of sentences with the right claimant, and with the right decision between article and speaker, in points."""
    right = decided = 0
    for want, said, names in rows:
        p = [float(sigmoid(sum(weights.get(k, 0) * v for k, v in dict(x["features"], bias=1.0).items()))) for x in said]
        best = max(range(len(p)), key=p.__getitem__, default=None)
        speaks = best is not None and p[best] >= 0.5
        right += names[best] if speaks else want is None
        decided += speaks == (want is not None)
    return 100 * right / len(rows), 100 * decided / len(rows)


def fit_claimants(score, training, golds, fitted):
    train, develop = (list(said_in(score, g)) for g in (training, golds))
    features, target = [], []
    for want, said, names in train:
        # A speaker under another name is the speaker, if no other is quoted.
        truth = names if any(names) or want is None else [True] if len(said) == 1 else []
        features += [dict(x["features"], bias=1.0) for x, _ in zip(said, truth)]
        target += truth
    weights, size = logistic(features, target, least=4)
    strength = {k: abs(w) * s for (k, w), s in zip(weights.items(), size)}
    keep = set(sorted(strength, key=strength.get, reverse=True)[:60]) | {"bias"}
    weights = {k: round(w, 2) for k, w in logistic(features, target, keep, least=4)[0].items()}
    weights = {k: w for k, w in sorted(weights.items(), key=lambda x: (x[0] != "bias", x[0])) if w}
    for label, of in (("at present", fitted.table("claimant")), ("fitted", weights)):
        print(f"claimants {label}: right, and article or speaker decided right:",
              *("%s %.1f, %.1f" % (n, *claimant_right(of, rows)) for n, rows in (("training", train), ("development", develop))))
    fitted.set_table("claimant", weights)


def logistic(features, target, only=None, l2=3.0, least=1):
    """Weights by name of a logistic regression by Newton's method, and the root mean square of each feature."""
    counts = Counter(k for f in features for k in f)
    names = sorted(k for k in counts if counts[k] >= least and (only is None or k in only))
    index = {k: j for j, k in enumerate(names)}
    x, y, w = np.zeros((len(features), len(names))), np.asarray(target, dtype=float), np.zeros(len(names))
    for r, f in enumerate(features):
        for k, v in f.items():
            if k in index:
                x[r, index[k]] = v
    ridge = np.where(np.array(names) == "bias", 0.01, l2)
    for _ in range(12):
        p = sigmoid(x @ w)
        w -= np.clip(np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge), x.T @ (p - y) + ridge * w), -1, 1)
    return dict(zip(names, w)), np.sqrt((x ** 2).mean(0))


# ---- Propositions
class Tuples:
    """CaRB with the candidates for it."""

    def __init__(self, scorer, path):
        self.scorer, gold = scorer, scorer.read_gold(str(path))
        found = evidence({"uri": str(i), "body": s} for i, (s, _) in enumerate(gold))
        self.features, self.scores, self.wanted = [], [], sum(len(t) for _, t in gold)
        for i, (_, tuples) in enumerate(gold):
            rows = found[str(i)]["propositions"]
            said = [(x["predicate"]["text"], [(x.get("subject") or {}).get("text", "")] + [o["text"] for o in x["objects"]])
                    for x in (r["proposition"] for r in rows)]
            self.features.append([dict(r["features"], bias=1.0) for r in rows])
            self.scores.append([[scorer.best_match(t, s) for s in said] for t in tuples])
        self.every = range(len(gold))

    def usefulness(self, weights, sentences):
        return {i: [float(sigmoid(sum(weights.get(k, 0) * v for k, v in f.items()))) for f in self.features[i]] for i in sentences}

    def learn(self, target, sentences, only=None, l2=3.0):
        rows = [(f, y) for i in sentences for f, y in zip(self.features[i], target[i])]
        return logistic([f for f, _ in rows], [y for _, y in rows], only, l2)

    def precise(self, i):
        """For each candidate the precision of the gold tuple that it is paired with."""
        y, rows, columns = [0.0] * len(self.features[i]), set(), set()
        for p, a, j in sorted((-s[0], a, j) for a, row in enumerate(self.scores[i]) for j, s in enumerate(row)):
            if a not in rows and j not in columns:
                rows.add(a), columns.add(j)
                y[j] = -p
        return y

    def added(self, i, rank, mix=0.62):
        """For each candidate what it adds in precision and recall after those that rank above it."""
        y, have, before, columns = [0.0] * len(rank), [0.0] * len(self.scores[i]), 0.0, []
        for j in sorted(range(len(rank)), key=lambda j: -rank[j]):
            columns.append(j)
            after = self.scorer.precision_of(self.scores[i], columns)
            gain, before, more = max(0, after - before), after, 0.0
            for a, row in enumerate(self.scores[i]):
                more += max(0, row[j][1] - have[a])
                have[a] = max(have[a], row[j][1])
            y[j] = min(1.0, (gain + mix * more) / (1 + mix))
        return y

    def fit(self, sentences, only=None):
        first, _ = self.learn({i: self.precise(i) for i in sentences}, sentences, only)
        rank = self.usefulness(first, sentences)
        return self.learn({i: self.added(i, rank[i]) for i in sentences}, sentences, only)

    def figures(self, rank):
        """The best F1, where, and the area under the curve."""
        events = []
        for i, values in rank.items():
            columns, precision, recall = [], 0.0, 0.0
            for t in sorted(set(values), reverse=True):
                before = len(columns)
                columns += [j for j, v in enumerate(values) if v == t]
                p = self.scorer.precision_of(self.scores[i], columns)
                r = sum(max(row[j][1] for j in columns) for row in self.scores[i])
                events.append((-t, p - precision, r - recall, len(columns) - before))
                precision, recall = p, r
        wanted = sum(len(self.scores[i]) for i in rank)
        sums, points = np.zeros(3), [(0.0, 1.0, 1.0)]
        for at, *more in sorted(events):
            sums += more
            points.append((sums[1] / wanted, sums[0] / sums[2], -at))
        value = lambda x: 2 * x[0] * x[1] / (x[0] + x[1]) if x[0] + x[1] else 0
        best = max(points[1:], key=value)
        points.sort()
        area = sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in zip(points, points[1:]))
        return 100 * value(best), best[2], 100 * area


def fit_usefulness(scorer, path, fitted):
    tuples = Tuples(scorer, path)
    every = list(tuples.every)
    print("propositions, CaRB: at present F1 %.1f (from %.2f), AUC %.1f" % tuples.figures(tuples.usefulness(fitted.table("usefulness"), every)))
    weights, size = tuples.fit(every)
    strength = {k: abs(w) * s for (k, w), s in zip(weights.items(), size)}
    keep = set(sorted(strength, key=strength.get, reverse=True)[:40]) | {"bias"}
    rank = {}
    for fold in range(5):
        test = every[fold::5]
        chosen, _ = tuples.fit([i for i in every if i % 5 != fold], keep)
        rank.update(tuples.usefulness(chosen, test))
    print("  in five folds F1 %.1f (from %.2f), AUC %.1f" % tuples.figures(rank))
    weights = {k: round(w, 2) for k, w in tuples.fit(every, keep)[0].items()}
    weights = {k: w for k, w in sorted(weights.items(), key=lambda x: (x[0] != "bias", x[0])) if w}
    value, least, area = tuples.figures(tuples.usefulness(weights, every))
    print("  fitted F1 %.1f (from %.2f), AUC %.1f" % (value, least, area))
    fitted.set_table("usefulness", weights)
    fitted.set_number("leastProposition", least)


def fit_propositions(details, path, fitted):
    gold = {r["doc"]: r for r in map(json.loads, open(path, encoding="utf-8"))}
    found = evidence({"uri": d, "body": r["text"], "published": r["published"] + "T12:00:00Z"} for d, r in gold.items())
    weights, least = fitted.table("usefulness"), fitted.number("leastProposition")
    rows = []
    for doc, record in gold.items():
        text = record["text"]
        seen = []
        for x in found[doc]["propositions"]:
            value = float(sigmoid(sum(weights.get(k, 0) * v for k, v in dict(x["features"], bias=1.0).items())))
            if value >= least:
                seen.append(dict(x["proposition"], value=value))
        verb = lambda x: details.words(text, x["predicate"]) if isinstance(x["predicate"], list) else details.joined(text, x["predicate"]["spans"])
        subject = lambda x: details.words(text, x["subject"]) if isinstance(x.get("subject"), list) else details.joined(text, (x.get("subject") or {}).get("spans"))
        def like(a, b):
            near = details.jaccard(subject(a), subject(b))
            return details.jaccard(verb(a), verb(b)) + near if verb(a) & verb(b) and near >= 0.5 else 0.0
        taken = {id(p) for _, p in details.pairs(record["propositions"], seen, like)}
        rows += [(p["value"], id(p) in taken) for p in seen]
    p, y = zip(*rows)
    line = platt(p, y)
    print(f"propositions, claims-dev: {sum(y)} of {len(y)} right; calibration error {error(p, y):.1f} -> {error(sigmoid(odds(p) * line[0] + line[1]), y):.1f}, "
          f"slope {line[0]:.2f}, offset {line[1]:.2f}")
    fitted.set_line("proposition", line)


def articles(gold):
    return [{"uri": name, "body": g["text"]} for name, g in gold.items()]


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--data", type=Path, required=True, help="the folder with the development files")
    options.add_argument("--scorers", type=Path, required=True, help="the folder with score.py and its like")
    options.add_argument("--dry", action="store_true", help="print, and write nothing")
    o = options.parse_args()
    subprocess.run(["swift", "build", "-c", "release", "--product", "evidence"], cwd=ROOT, check=True, stdout=sys.stderr)
    score, carb, details = (module(o.scorers / f"{n}.py") for n in ("score", "score_propositions", "score_details"))
    fitted = Fitted()
    golds = [score.read_gold(str(o.data / name)) for name in SETS]
    found = fit_quotes(score, golds, fitted)
    fit_speakers(score, golds, found, fitted)
    fit_claims(score, golds, found, fitted)
    training = [score.read_gold(str(o.data / name)) for name in TRAINING]
    fit_claimants(score, training, [g for g in golds if any(r.get("sentences") for r in g.values())], fitted)
    fit_usefulness(carb, o.data / "carb-dev.tsv.gz", fitted)
    fit_propositions(details, o.data / "claims-dev.jsonl", fitted)
    if not o.dry:
        FITTED.write_text(fitted.text)


if __name__ == "__main__":
    main()
