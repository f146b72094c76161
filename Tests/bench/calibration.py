#!/usr/bin/env python3
"""How often confidence comes true; `Sources/Training/refit.py` fits what makes it so.

    calibration.py --scorer score.py GOLD.jsonl ANALYSES.jsonl [GOLD ANALYSES ...]

For quotes (the content pairs with a gold one, partially) and claims (the sentence is check-worthy): the expected calibration error
in ten bins, and the slope and offset on the logarithm of the odds that would fit better; 1 and 0 where nothing would.
"""
import argparse
import importlib.util
import json
import math


def lines(path):
    return [json.loads(x) for x in open(path, encoding="utf-8")]


def odds(p):
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def error(rows):
    bins = {}
    for p, true in rows:
        bins.setdefault(min(9, int(p * 10)), []).append((p, true))
    return 100 * sum(abs(sum(p for p, _ in b) - sum(t for _, t in b)) for b in bins.values()) / len(rows)


def fit(rows):
    """Slope and offset by gradient descent on the logarithmic loss."""
    slope, offset = 1.0, 0.0
    for _ in range(3000):
        falls = [(1 / (1 + math.exp(-(slope * odds(p) + offset))) - t, odds(p)) for p, t in rows]
        slope -= 0.15 * sum(f * x for f, x in falls) / len(rows)
        offset -= 0.6 * sum(f for f, _ in falls) / len(rows)
    return slope, offset


def pairs(score, gold, analysis):
    """(confidence, whether it is right) of quotes, and of sentences by their strongest claim."""
    doc = score.Doc(gold["text"])
    wanted = [doc.words_in(q["content"]) for q in gold["quotes"] if not q.get("nested")]
    found = [doc.words_in(q["content"]["spans"]) for q in analysis["quotes"]]
    ranked = sorted(((len(a & b) / len(a | b), -i, -j) for i, a in enumerate(wanted) for j, b in enumerate(found) if a & b),
                    reverse=True)
    taken, right = set(), set()
    for likeness, i, j in ranked:
        if likeness >= 0.5 and i not in taken and j not in right:
            taken.add(i)
            right.add(j)
    quotes = [(q["confidence"], -j in right) for j, q in enumerate(analysis["quotes"])]
    claims = [(doc.words_in(c["spans"]), c["checkWorthiness"]) for c in analysis["claims"]]
    sentences = []
    for s in gold.get("sentences") or ():
        words = doc.words_in([s["span"]])
        sentences.append((max((p for w, p in claims if w and 2 * len(w & words) >= len(w)), default=0.0), s["label"] == 2))
    return quotes, sentences


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--scorer", required=True)
    options.add_argument("files", nargs="+")
    o = options.parse_args()
    spec = importlib.util.spec_from_file_location("score", o.scorer)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    together = {"quotes": [], "claims": []}
    for gold, analyses in zip(o.files[::2], o.files[1::2]):
        found = {a["article"]["uri"]: a for a in (x.get("data", x) for x in lines(analyses))}
        here = {"quotes": [], "claims": []}
        for record in lines(gold):
            quotes, sentences = pairs(score, record, found[record["doc"]])
            here["quotes"] += quotes
            here["claims"] += sentences
        print(gold, *(f"{k} {error(v):.1f}" for k, v in here.items() if v))
        for k in together:
            together[k] += here[k]
    for k, rows in together.items():
        print(f"{k}: a better line has slope %.2f and offset %.2f" % fit([r for r in rows if r[0] > 0]))


if __name__ == "__main__":
    main()
