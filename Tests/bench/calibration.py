#!/usr/bin/env python3
"""How often confidence comes true; `Sources/Training/refit.py` fits what makes it so.

    calibration.py --data DIR --scorers DIR [--plot FILE.svg]

Runs `onrecord analyze` ($ONRECORD_BIN, or .build/release) on the development files. For quotes (the content pairs with a gold one, partially),
speakers of such quotes (full name right), claims (the sentence is check-worthy) and propositions (an annotator has it): the expected
calibration error in ten bins, by set and of all together, and the bins as a reliability diagram.
"""
import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "Sources/Training"))

from refit import SETS, error, module


def analyses(articles):
    program = Path(os.environ.get("ONRECORD_BIN", ROOT / ".build/release")) / "onrecord"
    lines = "".join(json.dumps(a) + "\n" for a in articles)
    out = subprocess.run([program, "analyze", "--format", "jsonl"], input=lines, stdout=subprocess.PIPE, text=True, check=True).stdout
    return {a["article"]["uri"]: a for a in (json.loads(line)["data"] for line in out.splitlines())}


def of_article(score, record, analysis):
    """(confidence, whether it is right) by kind."""
    doc = score.Doc(record["text"])
    gold = [x for x in (score.Item(doc, q) for q in record["quotes"]) if x.words]
    seen = [q for q in analysis["quotes"] if not q.get("nested")]
    found = [score.Item(doc, score.plain(q)) for q in seen]
    partner = {j: gold[i] for i, j in score.pair(gold, found, "partial")}
    rows = {"quotes": [(q["confidence"], j in partner) for j, q in enumerate(seen)], "speakers": [], "claims": []}
    for j, q in enumerate(seen):
        if j in partner and partner[j].speaker and q.get("speaker"):
            rows["speakers"].append((q["speaker"]["confidence"], score.same_name(partner[j].speaker, q["speaker"]["name"], "full")))
    claims = [(doc.words_in(c["spans"]), c["checkWorthiness"]) for c in analysis["claims"]]
    for s in record.get("sentences") or ():
        words = doc.words_in([s["span"]])
        rows["claims"].append((max((p for w, p in claims if w and 2 * len(w & words) >= len(w)), default=0.0), s["label"] == 2))
    return rows


def of_propositions(details, record, analysis):
    text = record["text"]
    seen = details.predicted(analysis)["propositions"]
    place = lambda x: details.words(text, x) if isinstance(x, list) else details.joined(text, (x or {}).get("spans"))
    def like(a, b):
        near = details.jaccard(place(a.get("subject")), place(b.get("subject")))
        verbs = place(a["predicate"]), place(b["predicate"])
        return details.jaccard(*verbs) + near if verbs[0] & verbs[1] and near >= 0.5 else 0.0
    taken = {id(p) for _, p in details.pairs(record["propositions"], seen, like)}
    return [(p["confidence"], id(p) in taken) for p in seen]


def bins(rows):
    """(mean confidence, share right, number) of each of ten bins that holds something."""
    parts = [[r for r in rows if min(9, int(r[0] * 10)) == b] for b in range(10)]
    return [(sum(p for p, _ in b) / len(b), sum(t for _, t in b) / len(b), len(b)) for b in parts if b]


def diagram(panels):
    """SVG: for each kind, how often what was said with a confidence was right; the area of a dot is the number behind it."""
    side, gap = 190, 46
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(panels) * (side + gap) + 14} {side + 74}" font-family="system-ui, sans-serif" '
           'font-size="11" fill="#777">']
    for n, (name, (rows, wrong)) in enumerate(panels.items()):
        left, top = 38 + n * (side + gap), 30
        x, y = lambda v: left + v * side, lambda v: top + (1 - v) * side
        out.append(f'<text x="{left}" y="18" font-size="13" font-weight="600" fill="#888">{name}: error {wrong:.1f}</text>'
                   f'<rect x="{left}" y="{top}" width="{side}" height="{side}" fill="none" stroke="#999" stroke-opacity=".5"/>'
                   f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#999" stroke-dasharray="4 4"/>')
        for v in (0, 0.5, 1):
            out.append(f'<text x="{x(v)}" y="{top + side + 16}" text-anchor="middle">{v:g}</text>')
            if not n:
                out.append(f'<text x="{left - 7}" y="{y(v) + 4}" text-anchor="end">{v:g}</text>')
        most = max(k for _, _, k in rows)
        for p, right, k in rows:
            out.append(f'<circle cx="{x(p):.1f}" cy="{y(right):.1f}" r="{2 + 11 * (k / most) ** .5:.1f}" fill="#2f7bd0" fill-opacity=".7"/>')
    out.append(f'<text x="38" y="{side + 66}">confidence (across) and the share that was right (up), in ten bins; the area of a dot is the number in it</text></svg>')
    return "\n".join(out) + "\n"


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--scorers", type=Path, required=True)
    options.add_argument("--plot", type=Path)
    o = options.parse_args()
    score, details = module(o.scorers / "score.py"), module(o.scorers / "score_details.py")
    together = {"quotes": [], "speakers": [], "claims": [], "propositions": []}
    for name in SETS:
        gold = score.read_gold(str(o.data / name))
        found = analyses({"uri": d, "body": g["text"]} for d, g in gold.items())
        here = {}
        for doc, record in gold.items():
            for kind, rows in of_article(score, record, found[doc]).items():
                here.setdefault(kind, []).extend(rows)
        print(name, *(f"{k} {error(*zip(*v)):.1f}" for k, v in here.items() if v))
        for kind, rows in here.items():
            together[kind] += rows
    gold = {r["doc"]: r for r in map(json.loads, open(o.data / "claims-dev.jsonl", encoding="utf-8"))}
    found = analyses({"uri": d, "published": r["published"] + "T12:00:00Z", "body": r["text"]} for d, r in gold.items())
    for doc, record in gold.items():
        together["propositions"] += of_propositions(details, record, found[doc])
    panels = {kind: (bins(rows), error(*zip(*rows))) for kind, rows in together.items()}
    for kind, (rows, wrong) in panels.items():
        print(f"{kind}: {len(together[kind])}, error {wrong:.1f};", *(f"{p:.2f}={r:.2f}({k})" for p, r, k in rows))
    if o.plot:
        o.plot.write_text(diagram(panels))


if __name__ == "__main__":
    main()
