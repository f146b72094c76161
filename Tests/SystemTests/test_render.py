"""The page that `onrecord render` makes, in Debian's chromium."""

import html.parser
import json
import random
import subprocess

import pytest
from onrecord import BINARIES, ROOT

SEED = ROOT / "seeds/000_5d537ebf5ad80c30.txt"
KNOWN = set("html head meta title style body article header p bdi a h1 h2 span b nav ol li div section footer time".split())


pytestmark = pytest.mark.xdist_group("pages")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return render(SEED, tmp_path_factory.mktemp("page") / "seed.html")


def render(source, path):
    path.write_bytes(subprocess.run([BINARIES / "onrecord", "render", source], check=True, stdout=subprocess.PIPE).stdout)
    return path


CONTRAST = """(() => {
  const context = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d', {willReadFrequently: true});
  const over = (under, colour) => { context.fillStyle = `rgb(${under})`; context.fillRect(0, 0, 1, 1); context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1); return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3); };
  const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => e ? over(behind(e.parentElement), getComputedStyle(e).backgroundColor) : [255, 255, 255];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const bad = []; let seen = 0;
  for (let node; node = walker.nextNode();) {
    const e = node.parentElement;
    if (!node.data.trim() || !e.checkVisibility()) continue;
    seen++;
    const under = behind(e), ink = over(under, getComputedStyle(e).color);
    const [a, b] = [light(under), light(ink)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) bad.push([node.data.slice(0, 40), e.className, +ratio.toFixed(2)]);
  }
  return {bad, seen};
})()"""


@pytest.mark.parametrize("width", [360, 800, 1100, 1440])
@pytest.mark.parametrize("scheme, medium", [("light", "screen"), ("dark", "screen"), ("light", "print")])
def test_fits_any_width_and_can_be_read_in_any_light(browser, page, width, scheme, medium):
    browser.set(width, scheme=scheme, medium=medium)
    browser.show(page)
    assert browser.value("document.scrollingElement.scrollWidth <= innerWidth")
    contrast = browser.value(CONTRAST)
    assert contrast["seen"] > 100 and not contrast["bad"]
    assert browser.requests == [f"file://{page}"] and not browser.complaints


@pytest.fixture(scope="module")
def long_words(tmp_path_factory):
    folder, word = tmp_path_factory.mktemp("long"), "Donaudampfschifffahrtselektrizitäten" * 4
    paragraphs = [f"“We will spend 12 million euros,” said Ann {word}, mayor of {word}.", f"{word} said it would spend 12 million euros on {word}.",
                  f"The storm killed 12 people in {word}.", f"“We have 12 {word.lower()}s,” Bob {word[:80]} said on Monday."]
    (folder / "long.txt").write_text("\n\n".join([f"A report on {word}", *paragraphs]) + "\n")
    return render(folder / "long.txt", folder / "long.html")


@pytest.mark.parametrize("width", [320, 900, 1440])
@pytest.mark.parametrize("medium", ["screen", "print"])
def test_words_that_nothing_breaks_are_broken(browser, long_words, width, medium):
    browser.set(width, medium=medium)
    browser.show(long_words)
    assert browser.value("[...document.querySelectorAll('.cast .name, h1, .text p')].some(e => e.textContent.length > 70)")
    assert browser.value("document.scrollingElement.scrollWidth <= innerWidth")
    # Nothing is cut off within the page, either, but what scrolls.
    assert browser.value("[...document.querySelectorAll('header *, .text *, .cast *')].filter(e => e.checkVisibility() && "
                         "!(innerWidth < 992 && e.closest('.cast ol')) && e.getBoundingClientRect().right > innerWidth).length") == 0


def test_notes_stand_in_the_margin_beside_their_claim_or_come_when_they_are_called(browser, page):
    browser.set(1440)
    browser.show(page)
    assert browser.value("[...document.querySelectorAll('.note')].every(n => n.getBoundingClientRect().left >= "
                         "document.querySelector('.text').getBoundingClientRect().right)")
    browser.set(360, 640)
    browser.show(page)
    assert browser.value("[...document.querySelectorAll('.note')].every(n => !n.checkVisibility())")
    browser.value("document.querySelector('.text .ref').focus()")
    browser.press("Enter")
    box = browser.value("(r => [r.top, r.bottom, r.left, r.right])(document.querySelector('.note:target').getBoundingClientRect())")
    assert box[0] > 200 and box[1] == 640 and box[2] == 0 and box[3] > 330


def test_every_link_is_reached_by_the_keyboard_in_the_order_of_the_page_and_leads_somewhere(browser, page):
    browser.set(1440)
    browser.show(page)
    links = browser.value("[...document.querySelectorAll('a[href]')].filter(a => a.checkVisibility()).map(a => a.getAttribute('href'))")
    visited = []
    for _ in links:
        browser.press("Tab")
        visited.append(browser.value("document.activeElement.getAttribute('href')"))
    assert visited == links and len(links) > 50
    assert browser.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert browser.value("[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.getElementById(a.hash.slice(1))).length") == 0
    assert browser.value("(ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(e => e.id))") == 0


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.names, self.attributes, self.text = set(), [], []

    def handle_starttag(self, name, attributes):
        self.names.add(name)
        self.attributes += [(name, *a) for a in attributes]

    def handle_data(self, data):
        self.text.append(data)


PIECES = ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "</style><style>*{display:none}", "<!--", "]]>",
          "&lt;b&gt;", "&#0;", "javascript:alert(1)", "' onfocus=alert(1) autofocus '", "\u202e", "\u2066", "\x1b[2J", "\x00", "\ufffe", "<base href=//evil>",
          "<meta http-equiv=refresh content=0>", "</span></p></article>", "“", "”", "said Ann Li.", "12 %", "\U0001f600", "é", "<iframe srcdoc=x>", "{{7*7}}", "\r"]


def test_a_thousand_hostile_strings_are_text(browser, tmp_path):
    chance = random.Random(1)
    hostile = lambda n: " ".join(chance.choice(PIECES) for _ in range(n)).replace("\n", " ")
    address = lambda: "".join(c for c in hostile(1) if c.isprintable() and not c.isspace())
    with open(tmp_path / "hostile.jsonl", "w") as file:
        for i in range(100):
            lines = [f"“We {hostile(2)} found {i} ferries,” said Ann Li, mayor of {hostile(1)}." for _ in range(10)]
            file.write(json.dumps({"uri": f"https://x.example/{i}?{address()}", "headline": hostile(2), "source": hostile(1), "language": "en",
                                   "body": "\n".join(lines)}) + "\n")
    page = render(tmp_path / "hostile.jsonl", tmp_path / "hostile.html")
    reader = Reader()
    reader.feed(page.read_text())
    assert reader.names <= KNOWN, reader.names - KNOWN
    assert {name for _, name, _ in reader.attributes} <= {
        "lang", "charset", "http-equiv", "content", "name", "id", "class", "href", "rel", "aria-label", "aria-hidden", "title", "role", "datetime"}
    assert all(value.startswith(("#a", "https://x.example/")) for _, name, value in reader.attributes if name == "href")
    assert "<script>alert(1)</script>" in "".join(reader.text)
    browser.set(1440)
    browser.show(page)
    assert browser.requests == [f"file://{page}"] and not browser.complaints
    assert browser.value("document.querySelectorAll('article').length") == 100
    assert browser.value("document.querySelectorAll('script, img, svg, iframe, base, form, link').length") == 0
    taken = subprocess.run([BINARIES / "onrecord", "article", "--format", "jsonl", tmp_path / "hostile.jsonl"], check=True, stdout=subprocess.PIPE)
    bodies = [json.loads(line)["body"] for line in taken.stdout.splitlines()]
    # The text is all there, but for what stands behind claims and before quotes, and what no page may hold.
    shown = browser.value("[...document.querySelectorAll('.text p')].map(p => { p = p.cloneNode(true); "
                          "p.querySelectorAll('.note, .ref, .who').forEach(e => e.remove()); return p.textContent; })")
    kept = "".join(c for c in "".join(shown) if c.isalnum() or c in "<>&'\"")
    wanted = "".join(c for c in "".join(bodies) if c.isalnum() or c in "<>&'\"")
    at = next((i for i, (a, b) in enumerate(zip(kept, wanted)) if a != b), None)
    assert kept == wanted, (kept[at - 40:at + 60], wanted[at - 40:at + 60])


def test_what_cannot_be_read_is_said_and_the_rest_is_on_the_page(tmp_path):
    done = subprocess.run([BINARIES / "onrecord", "render", tmp_path / "missing.txt", SEED], capture_output=True, text=True)
    assert done.returncode == 66 and "missing.txt" in done.stderr and done.stdout.endswith("</html>\n")
    done = subprocess.run([BINARIES / "onrecord", "render", tmp_path / "missing.txt"], capture_output=True, text=True)
    assert done.returncode == 66 and not done.stdout
