"""Takes the picture of the board that the README shows.

  ONRECORD_BIN=.build/release .venv/bin/python Tests/SystemTests/picture.py Sources/onrecord/Documentation.docc/Resources/board.png
"""

import base64
import pathlib
import sys
import tempfile

import board
from browser import Browser
from onrecord import eventually

SEEDS = ["lantern-exhibition.txt", "valley-water-inquiry.txt", "harbour-bridge.txt", "ferry-strike.txt", "evening-briefs.jsonl", "railway-budget.json",
         "000_5d537ebf5ad80c30.txt"]

with tempfile.TemporaryDirectory() as folder:
    address, close = board.seeded(pathlib.Path(folder), *SEEDS)
    browser = Browser()
    try:
        browser.tell("Emulation.setScrollbarsHidden", hidden=True)
        browser.set(1280, 760)
        browser.show(None, url=address)
        eventually(lambda: browser.value("document.getElementById('state').textContent.includes('1 worker')"), "how the services are")
        pathlib.Path(sys.argv[1]).write_bytes(base64.b64decode(browser.tell("Page.captureScreenshot", format="png")["data"]))
    finally:
        browser.close()
        close()
