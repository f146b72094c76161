"""Numbered articles: of all sizes, some in several versions, some in letters of more than one byte."""

import json
import random

from history import Article

OPENINGS = ["Harbour board of Ostrava Bay reports on pier {n}", "Rozhovor o přístavu číslo {n} 🚢", "Pier {n} opens late"]
SENTENCES = [
    "“We will open pier {n} before the autumn storms,” engineer Mira Kolar told reporters on Friday.",
    "Kolar said the work on pier {n} cost {m} million crowns.",
    "According to the harbour board, {m} ships called at pier {n} last year.",
    "“Naše molo číslo {n} – ‘staré’ – je hotové,” řekla ředitelka Jana Nováková.",
    "The board meets again in {m} days.",
    "Nobody was hurt 🌊 when the tide reached {m} metres at pier {n}.",
]


def article(n, version=1):
    """The article with number `n`; the same number and version give the same text."""
    draw = random.Random(n * 1_000 + version)
    lines = [draw.choice(OPENINGS).format(n=n)]
    for _ in range(min(400, int(draw.paretovariate(0.9)) + 1)):
        lines.append(draw.choice(SENTENCES).format(n=n, m=draw.randrange(1, 90)))
    return Article(f"urn:chaos:{n}", str(version), "\n\n".join([*lines, f"Number {n}, version {version}."]) + "\n")


def line(item):
    """An article as a line of JSON."""
    return json.dumps({"uri": item.uri, "version": item.version, "body": item.body}) + "\n"
