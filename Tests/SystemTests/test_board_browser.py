"""`onrecord board` in Debian's chromium: hostile text, what is new, keys, and whether everybody can use it."""

import html.parser
import random
from urllib.parse import quote

import board
import pytest
from board import Listener, Site, links
from onrecord import Service, eventually
from stream import analysis, withdrawal
from test_render import CONTRAST


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    yield site
    site.close()


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    """The address of a board over what a real pair made of seeds."""
    address, close = board.seeded(tmp_path_factory.mktemp("pair"), "ferry-strike.txt", "railway-budget.json", "000_5d537ebf5ad80c30.txt")
    yield address
    close()


# --- Hostile text ---------------------------------------------------------------------------------------------------

OWN = "window.owned=1;document.title='owned';alert(1)"
PIECES = [
    f"<script>{OWN}</script>", f"</script><script>{OWN}</script>", f"<img src=x onerror={OWN}>", f"\"><svg onload={OWN}>", f"' onfocus='{OWN}' autofocus '",
    f"\" onmouseover=\"{OWN}\" style=\"position:fixed;inset:0\" ", f"javascript:{OWN}", f"JaVaScRiPt:{OWN}", f"data:text/html,<script>{OWN}</script>",
    f"<iframe srcdoc='<script>{OWN}</script>'>", f"<a href=javascript:{OWN} id=list>x</a>", f"<svg><animate onbegin={OWN} attributeName=x>",
    f"<math><mtext><style><img src onerror={OWN}></style>", "<base href=//evil.example>", "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example>", "<form action=//evil.example><input name=q id=q>", "</title></head><body>", "<body onload=x>", "<!--", "-->", "--!>",
    "<![CDATA[", "]]>", "</style><style>*{display:none}</style>", "@import url(//evil.example);", "</bdi></bdo></li></ol></main>", "<plaintext>", "<noscript>",
    "<template>", "<dialog open>", "{{7*7}}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "&lt;b&gt;", "&amp;", "&#0;", "&#x3c;script&#x3e;", "&NewLine;", "&", "<", ">", "\"", "'", "`",
    "\\", "\\u003cscript\\u003e", "%3Cscript%3E", "\u202e", "\u202d", "\u2066", "\u2067", "\u200f", "\u061c", "\u200b", "\u2028", "\x00", "\x08", "\x1b[2J", "\x7f", "\x85",
    "\ufffe", "\uffff", "\ufdd0", "\ud800", "\udfff", "\ud83d", "\U000e0001", "\U0001f600", "A\u0301\u0301\u0301", "\u0d4d", "ﷺ", "\r", "\n", "\t", "event: x\ndata: y\n\n",
    "data-live", "id=main", "__proto__", "constructor", "../../etc/passwd", "?q=1&q=2#x", "%00", "%zz", "+", "NULL", "'; DROP TABLE passage;--", "* OR NEAR(", "speaker:x",
]
EVENTS = ["script", "img", "svg", "iframe", "object", "embed", "video", "audio", "math", "base", "style", "a", "input", "details", "marquee", "body", "x"]
HANDLERS = ["onload", "onerror", "onfocus", "onclick", "ontoggle", "onbegin", "onanimationstart", "onpointerenter", "formaction", "href", "src", "srcdoc", "style"]


def hostile(chance):
    """A string that somebody would try: pieces in any order, or an element with a handler, cut anywhere."""
    if chance.random() < 0.3:
        opening = chance.choice(["", "\">", "'>", "</bdi>", "-->", "<!--", "]]>"])
        value = chance.choice([OWN, f"'{OWN}'", f"\"{OWN}\"", f"javascript:{OWN}", f"&#106;avascript:{OWN}"])
        text = f"{opening}<{chance.choice(EVENTS)}{chance.choice([' ', '/', chr(9), chr(10)])}{chance.choice(HANDLERS)}={value}{chance.choice(['>', '/>', ' ', ''])}"
    else:
        text = chance.choice(["", " "]).join(chance.choice(PIECES) for _ in range(chance.randrange(1, 4)))
    return text[:chance.randrange(len(text) // 2, len(text) + 1)] or "<"


def seen(text):
    """What of a text can be seen, and is to be there to the letter: no space, no control, nothing that is no character."""
    return "".join(c for c in text if not c.isspace() and c.isprintable() and c != "\ufffd")


def assert_shown(shown, text):
    # A zero ends a text in SQLite's JSON.
    assert seen(shown) in (seen(text), seen(text.split("\0")[0])), (shown, text)


KNOWN = set("html head meta title link script body a header span nav ul li form div label input button details summary p select option datalist main h1 h2 ol article "
            "time bdi blockquote footer kbd".split())


class Reader(html.parser.HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.names, self.attributes = set(), []
        self.feed(page)

    def handle_starttag(self, name, attributes):
        self.names.add(name)
        self.attributes += [(name, *a) for a in attributes]


def is_unharmed(browser):
    return browser.value("window.owned === undefined && document.title !== 'owned' && !document.querySelector('main :is(script, img, svg, iframe, style, form, input, base, "
                         "object, math, template), [onload], [onerror], [onfocus], [style]')") and not browser.complaints


@pytest.mark.xdist_group("board")
def test_a_thousand_hostile_strings_are_shown_to_the_letter_and_nothing_runs(site, browser):
    chance = random.Random(19)
    strings = [[hostile(chance) for _ in range(4)] for _ in range(250)]
    site.add(*(analysis(f"h{i}", [(speaker, words)], headline=headline, uri=address, source=speaker, roles={speaker: words})
               for i, (speaker, headline, words, address) in enumerate(strings)))
    browser.set(1280)
    path, found = "/", {}
    while path:
        browser.show(None, url=f"http://{site.address}{path}")
        assert is_unharmed(browser), (path, browser.complaints)
        assert all(url.startswith(f"http://{site.address}/") for url in browser.requests), browser.requests
        for key, *texts in browser.value("""[...document.querySelectorAll('#list > li')].map(li => [li.id, ...['h2', '.by .name', 'blockquote'].map(
                name => li.querySelector(name) && li.querySelector(name).textContent)])"""):
            found[key] = texts
        path = next((link for link in links(site.page(path)) if "before=" in link), None)
    # Half of a pair of surrogates is no text in JSON: the sink leaves out what says so, which no analyzer does.
    whole = [i for i, texts in enumerate(strings) if not any(0xD800 <= ord(c) < 0xE000 for c in "".join(texts))]
    assert len(whole) > 200 and {f"a-r-h{i}" for i in whole} <= set(found)
    for i in whole:
        speaker, headline, words, _ = strings[i]
        shown = found[f"a-r-h{i}"]
        assert_shown("" if shown[0] == "Without a headline" else shown[0], headline)
        assert_shown("" if shown[1] == "Unknown speaker" else shown[1], speaker)
        assert_shown(shown[2], words)
    for i in whole:
        page = site.page(f"/article/r-h{i}")
        reader = Reader(page)
        assert reader.names <= KNOWN, reader.names - KNOWN
        targets = [value for name, attribute, value in reader.attributes if attribute in ("href", "src", "action")]
        assert all(value.startswith(("/", "#", "http://", "https://")) and not value.startswith("//") for value in targets), targets
        assert not [name for _, name, _ in reader.attributes if name.startswith("on") or name == "style"]
        for link in [link for link in links(page) if link.startswith("/person")]:
            assert site.get(link)[0] == 200, link
    for i in whole[::25]:
        browser.show(None, url=f"http://{site.address}/article/r-h{i}")
        assert is_unharmed(browser)
        assert_shown(browser.value("document.querySelector('.origin').lastElementChild.textContent"), strings[i][3])


@pytest.mark.xdist_group("board")
def test_hostile_text_that_comes_live_is_text_as_well(site, browser):
    browser.set(1280)
    browser.show(None, url=f"http://{site.address}/")
    chance = random.Random(7)
    strings = [texts for texts in ([hostile(chance) for _ in range(3)] for _ in range(25)) if not any(0xD800 <= ord(c) < 0xE000 for c in "".join(texts))][:15]
    site.add(*(analysis(f"h{i}", [(speaker, words)], headline=headline) for i, (speaker, headline, words) in enumerate(strings)))
    eventually(lambda: browser.value("document.querySelectorAll('#list > li').length") == 15, "all of them")
    assert is_unharmed(browser), browser.complaints
    shown = browser.value("[...document.querySelectorAll('#list > li')].map(li => li.querySelector('blockquote').textContent)")
    for text, (_, _, words) in zip(shown, reversed(strings)):
        assert_shown(text, words)


@pytest.mark.xdist_group("board")
def test_hostile_questions_come_back_as_text(site, browser):
    site.add(analysis("a", [("Ann Li", "“Here,”")]))
    for words in [f"\"><script>{OWN}</script>", f"' autofocus onfocus='{OWN}", "</title><script>x</script>"]:
        for path in ["/?q=", "/?speaker=", "/?source=", "/?kind=", "/?since=", "/?least=", "/?before=", "/person?name=", "/?", "/"]:
            browser.show(None, url=f"http://{site.address}{path}{quote(words)}")
            assert browser.value("window.owned === undefined && !document.querySelector('main :is(script, img, svg, b), head title ~ title')"), (path, words)
            assert not [e for e in browser.complaints if e["method"] != "Log.entryAdded" or "Content Security" in str(e)], browser.complaints


# --- What is new ----------------------------------------------------------------------------------------------------

def items(browser):
    return browser.value("[...document.querySelectorAll('#list > li h2')].map(h => h.textContent)")


@pytest.mark.xdist_group("board")
def test_what_is_new_comes_by_itself_and_what_was_taken_back_goes(site, browser):
    site.add(*(analysis(f"a{i}", [("Ann Li", f"“Ferry {i},”")], headline=f"H{i}") for i in range(3)))
    browser.set(1280)
    browser.show(None, url=f"http://{site.address}/?q=ferry")
    assert items(browser) == ["H2", "H1", "H0"]
    browser.value("window.mark = 1; document.querySelectorAll('#list h2 a')[1].focus()")
    site.add(analysis("b", [("Bo Ek", "“Nothing of boats,”")], headline="Other"), analysis("c", [("Bo Ek", "“A ferry more,”")], headline="New"))
    eventually(lambda: items(browser) == ["New", "H2", "H1", "H0"], "the new article, and not the other")
    assert browser.value("document.getElementById('news').textContent") == "A new article"
    site.add(withdrawal("w", "a2"), analysis("a0-2", [("Ann Li", "“A ferry, corrected,”")], headline="H0 again", supersedes="a0"))
    eventually(lambda: items(browser) == ["H0 again", "New", "H1"], "what was taken back is gone, and the later version stands for the earlier")
    assert browser.value("window.mark === 1 && document.activeElement.textContent === 'H1'"), "no reload, and the focus stays"


@pytest.mark.xdist_group("board")
def test_a_page_finds_its_board_again(site, browser):
    site.add(analysis("a", [("Ann Li", "“One,”")], headline="One"))
    browser.show(None, url=f"http://{site.address}/")
    site.board.kill()
    site.add(analysis("b", [("Ann Li", "“Two,”")], headline="Two"))
    site.board = Service("onrecord", "board", site.path, "--http", site.address)
    site.board.wait_for("is shown at")
    eventually(lambda: items(browser) == ["Two", "One"], "the page goes on")


@pytest.mark.xdist_group("board")
def test_a_page_says_that_the_database_is_away_and_goes_on_when_it_is_back(site, browser):
    site.add(analysis("a", [("Ann Li", "“One,”")], headline="One"))
    browser.set(1280)
    browser.show(None, url=f"http://{site.address}/")
    strip = "document.getElementById('state').textContent"
    away = site.path.with_suffix(".away")
    site.path.rename(away)
    eventually(lambda: "database cannot be read" in browser.value(strip), "it says so")
    assert items(browser) == ["One"], "what it shows stays"
    browser.show(None, url=f"http://{site.address}/?q=one")
    assert "Not now" in browser.value("document.body.textContent")
    away.rename(site.path)
    eventually(lambda: items(browser) == ["One"] and "database" not in browser.value(strip), "it shows what was asked for")


@pytest.mark.xdist_group("board")
def test_a_page_that_found_no_place_to_listen_gets_one_later(site, browser):
    site.add(analysis("a", [("Ann Li", "“One,”")], headline="One"))
    listeners = [Listener(site.address) for _ in range(48)]
    browser.show(None, url=f"http://{site.address}/")
    eventually(lambda: any("/live" in str(e) and "503" in str(e) for e in browser.complaints) or browser.value("0"), "it is refused")
    site.add(analysis("b", [("Ann Li", "“Two,”")], headline="Two"))
    for one in listeners:
        one.close()
    eventually(lambda: items(browser) == ["Two", "One"], "what is new")


@pytest.mark.xdist_group("board")
def test_an_article_that_is_taken_back_goes_from_its_own_page(site, browser):
    site.add(analysis("a", [("Ann Li", "“One,”")], headline="One"))
    browser.show(None, url=f"http://{site.address}/article/r-a")
    site.add(withdrawal("w", "a"))
    eventually(lambda: "took this article back" in browser.value("document.body.textContent"), "it says so")
    assert "One" not in browser.value("document.querySelector('main').textContent")


# --- For everybody --------------------------------------------------------------------------------------------------

@pytest.mark.xdist_group("board")
def test_without_scripts_it_can_be_read_and_searched(site, browser):
    site.add(analysis("a", [("Ann Li", "“The ferry,”")], headline="Ferry"), analysis("b", [("Bo Ek", "“The pier,”")], headline="Pier"))
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.show(None, url=f"http://{site.address}/")
        assert items(browser) == ["Pier", "Ferry"] and not browser.value("document.getElementById('keys').checkVisibility()")
        browser.value("document.getElementById('q').focus()")
        browser.press("f"), browser.press("e"), browser.press("r"), browser.press("*")
        browser.follow("Enter")
        assert items(browser) == ["Ferry"]
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.xdist_group("board")
def test_keys_search_and_move_between_articles(site, browser):
    site.add(*(analysis(f"a{i}", [("Ann Li", f"“Ferry {i},”")], headline=f"H{i}") for i in range(3)))
    browser.show(None, url=f"http://{site.address}/")
    active = lambda: browser.value("document.activeElement.id || document.activeElement.textContent")
    browser.press("Tab")
    assert active() == "Skip to the articles" and browser.value("document.activeElement.getBoundingClientRect().left") == 0
    browser.press("Enter")
    assert active() == "main"
    for key, expected in [("j", "H2"), ("j", "H1"), ("j", "H0"), ("j", "H0"), ("k", "H1"), ("/", "q"), ("j", "q")]:
        browser.press(key)
        assert active() == expected, key
    assert browser.value("document.getElementById('q').value") == "j"
    browser.press("Escape")
    browser.press("k")
    assert active() == "H0", "from the end, where nothing is chosen"
    browser.follow("Enter")
    assert browser.value("location.pathname") == "/article/r-a0"
    browser.show(None, url=f"http://{site.address}/")
    browser.value("document.getElementById('keys-on').click()")
    browser.press("j")
    assert browser.value("document.activeElement === document.body"), "keys can be turned off"
    browser.show(None, url=f"http://{site.address}/")
    browser.press("j")
    assert browser.value("document.activeElement === document.body"), "and stay so"
    browser.value("document.getElementById('keys-on').click()")


AUDIT = """(() => {
  const faults = [], check = (is, what) => { if (!is) faults.push(what); };
  const all = selector => [...document.querySelectorAll(selector)];
  const shown = e => e.checkVisibility({checkVisibilityCSS: true});
  const name = e => (e.getAttribute('aria-label') || [...(e.labels || [])].map(l => l.textContent).join(' ') || e.textContent || e.title || '').trim();
  check(document.documentElement.lang === 'en', 'language');
  check(document.title.trim(), 'title');
  check(document.querySelector('meta[name=viewport]').content.includes('width=device-width') && !document.querySelector('meta[name=viewport]').content.includes('scal' + 'able'), 'zoom');
  for (const [selector, count] of [['main', 1], ['body > header', 1], ['body > footer', 1], ['h1', 1], ['form[role=search]', 1], ['.skip[href="#main"]', 1]])
    check(all(selector).length === count, selector + ' ' + all(selector).length);
  check(all('nav').every(n => name({...n, getAttribute: a => n.getAttribute(a)})), 'nav without a name');
  check(new Set(all('nav').map(n => n.getAttribute('aria-label'))).size === all('nav').length, 'nav names');
  let level = 0;
  for (const h of all('h1, h2, h3, h4')) { const now = +h.tagName[1]; check(now <= level + 1, 'heading ' + h.textContent); level = now; check(h.textContent.trim(), 'empty heading'); }
  for (const e of all('input, select, textarea')) check(e.labels.length && name(e), 'label of ' + e.id);
  for (const e of all('a, button, summary')) check(name(e), 'name of ' + e.outerHTML.slice(0, 80));
  for (const e of all('[tabindex]')) check(e.tabIndex <= 0, 'tabindex');
  for (const e of all('[aria-labelledby], [aria-describedby]')) for (const a of ['aria-labelledby', 'aria-describedby'])
    if (e.hasAttribute(a)) check(document.getElementById(e.getAttribute(a)), a + ' ' + e.getAttribute(a));
  const ids = all('[id]').map(e => e.id);
  check(ids.length === new Set(ids).size, 'ids ' + ids.filter((x, i) => ids.indexOf(x) !== i));
  for (const e of all('ol > *, ul > *')) check(e.tagName === 'LI', 'list item ' + e.tagName);
  for (const e of all('table')) check(e.querySelector('th[scope]'), 'table head');
  check(document.scrollingElement.scrollWidth <= innerWidth, 'wider than the window: ' + document.scrollingElement.scrollWidth);
  // What a finger is to hit, but for links in the run of a text.
  for (const e of all('button, summary, input:not([type=checkbox]), label:has(input), select, .top a, h2 a').filter(shown)) {
    const r = e.getBoundingClientRect(); check(r.height >= 24 && r.width >= 24, `small: ${r.width} ${r.height} ` + e.outerHTML.slice(0, 60)); }
  return faults;
})()"""


@pytest.mark.xdist_group("pages")
@pytest.mark.parametrize("width, scheme", [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def test_everybody_can_use_every_page(seeded, browser, width, scheme):
    browser.set(width, scheme=scheme)
    browser.show(None, url=f"{seeded}/?q=missile")
    article = browser.value("document.querySelector('#list h2 a').getAttribute('href')")
    eventually(lambda: browser.value(f"fetch('/state').then(a => a.text()).then(t => t.includes('all 3 settled'))"), "the services answer")
    for path in ["/", "/?q=missile&kind=claim&least=0.6", "/?q=nothinglikethis", article, "/people", "/person?name=Kamala%20Harris", "/state", "/?kind=lie", "/nothing"]:
        browser.show(None, url=seeded + path)
        assert not browser.value(AUDIT), path
        browser.value("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert not browser.value(AUDIT), path + " with filters"
        contrast = browser.value(CONTRAST)
        assert contrast["seen"] > 10 and not contrast["bad"], path
        if path == article:
            assert browser.value("document.querySelectorAll('.text .q').length") > 10


@pytest.mark.xdist_group("pages")
@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_reaches_everything_in_the_order_of_the_page_and_shows_where_it_is(seeded, browser, width):
    browser.set(width, 4000)
    for path in ["/", "/?speaker=harris", "/people"]:
        browser.show(None, url=seeded + path)
        count = browser.value("""window.find = () => [...document.querySelectorAll('a[href], button, input, select, summary')].filter(e => e.checkVisibility()
            && (!e.closest('details:not([open])') || e.tagName === 'SUMMARY')); (window.stops = find()).length""")
        for i in range(count):
            browser.press("Tab")
            at = browser.value("""(e => ({at: (stops.includes(e) ? stops : stops = find()).indexOf(e), what: e.outerHTML.slice(0, 80), ring: getComputedStyle(e).outlineStyle,
                width: parseFloat(getComputedStyle(e).outlineWidth)}))(document.activeElement)""")
            assert at["at"] == i and at["ring"] == "solid" and at["width"] >= 2, (path, i, at)
