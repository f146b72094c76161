/// How a page looks, on a screen of any width, in light and dark, and on paper.
package enum Stylesheet {
    /// The rules.
    package static let text = """

        :root { color-scheme: light dark; --paper: #fdfcf9; --ink: #1c1b19; --soft: #66625b; --line: #ddd8cf; --card: #f5f2eb;
          --alarm: #c02a1d; --tint: 92% .055; --pale: 96.5% .022; --deep: 45% .13; --on: #fff; --link: #1b5aa6; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #17181a; --ink: #e8e5df; --soft: #a5a099; --line: #383a3e; --card: #212326;
            --alarm: #ff8a73; --tint: 36% .07; --pale: 27% .035; --deep: 80% .11; --on: #17181a; --link: #8cbcff; } }
        .s1 { --hue: 255; } .s2 { --hue: 150; } .s3 { --hue: 65; } .s4 { --hue: 325; }
        .s5 { --hue: 205; } .s6 { --hue: 110; } .s7 { --hue: 295; } .s8 { --hue: 30; }
        * { box-sizing: border-box; }
        html { font-size: 106.25%; -webkit-text-size-adjust: 100%; scroll-behavior: smooth; scroll-padding-top: 4rem; }
        @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
        body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
          font: 1rem/1.62 Charter, "Bitstream Charter", "Iowan Old Style", "Charis SIL", "Source Serif 4", Cambria, Georgia, "DejaVu Serif", serif; }
        a { color: var(--link); }
        a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
        article { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1.25rem 2.5rem; }
        article + article { border-top: 4px double var(--line); }
        h1 { font-size: clamp(1.55rem, 1.1rem + 2.2vw, 2.35rem); line-height: 1.18; margin: .3rem 0 .6rem; text-wrap: balance; }
        h2, .origin, .sum, .cast, .first .whose, .note, footer, .ref, .who {
          font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", "DejaVu Sans", sans-serif; }
        h2 { font-size: .74rem; letter-spacing: .07em; text-transform: uppercase; color: var(--soft); margin: 0 0 .6rem; }
        .origin, .sum { font-size: .8rem; line-height: 1.4; color: var(--soft); margin: 0; }
        .sum { border-bottom: 1px solid var(--line); padding-bottom: 1rem; margin-bottom: 1.2rem; }
        .text p { margin: 0 0 1.05rem; hanging-punctuation: first last; }
        .text .left-out { color: var(--soft); font-size: .85rem; border-left: 2px solid var(--line); padding-left: .7rem; }

        .q { background: oklch(var(--tint) var(--hue, 255)); border-radius: 2px; padding: .06em .12em;
          -webkit-box-decoration-break: clone; box-decoration-break: clone; }
        .q.reported { background: oklch(var(--pale) var(--hue, 255)); }
        .q.s0, .q.s0.reported { background: var(--card); }
        .q.unsaid { background: none; outline: 1px dashed var(--soft); }
        .who { display: inline-block; min-width: 1.45rem; padding: .08rem .2rem; border-radius: 3px; text-align: center; text-decoration: none;
          font-size: .62rem; font-weight: 700; line-height: 1.15rem; letter-spacing: .02em; vertical-align: .12em;
          background: oklch(var(--deep) var(--hue, 255)); color: var(--on); }
        .q > .who { margin-right: .28em; }
        .s0 > .who, .s0.who { background: var(--soft); }
        .c { text-decoration: underline solid var(--alarm); text-underline-offset: .24em; text-decoration-skip-ink: auto; }
        .w1 { text-decoration-thickness: 1px; text-decoration-style: dotted; } .w2 { text-decoration-thickness: 1px; } .w3 { text-decoration-thickness: 2.5px; }
        h1 .c { text-decoration-thickness: 2px; text-underline-offset: .16em; } h1 .q, h1 .q.reported { background: none; padding: 0; } h1 .who { display: none; }
        .c b { font-weight: 650; }
        .c:target, .q:target { outline: 2px solid var(--alarm); outline-offset: 2px; }
        .cast li:target { outline: 2px solid var(--link); outline-offset: 3px; }
        .ref { font-size: .62rem; font-weight: 600; vertical-align: super; line-height: 0; text-decoration: none; color: var(--alarm); padding: .5em .3em; }

        .cast { font-size: .8rem; line-height: 1.35; margin-bottom: 1.6rem; }
        .cast ol { list-style: none; margin: 0; padding: 0; display: grid; gap: .7rem 1.2rem; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); }
        .cast li { display: grid; grid-template-columns: auto minmax(0, 1fr); overflow-wrap: anywhere; gap: .55rem; align-items: start; }
        .cast .name { font-weight: 650; display: block; }
        .cast .role { color: var(--soft); display: block; }
        .places { color: var(--soft); } .places a { display: inline-block; min-width: 1rem; text-align: center; }
        .key { color: var(--soft); margin: 1rem 0 0; } .key .q { color: var(--ink); } .key .c { color: var(--ink); }

        @media (max-width: 61.99rem) {
          .cast ol { grid-auto-flow: column; grid-template-columns: none; grid-template-rows: repeat(2, auto); grid-auto-columns: minmax(9.5rem, max-content); gap: .9rem 1.4rem;
            overflow-x: auto; scroll-snap-type: x proximity; margin: 0 -1.25rem; padding: .2rem 1.25rem .6rem; }
          .cast li { scroll-snap-align: start; scroll-margin-left: 1.25rem; max-width: 14rem; } }

        .first { background: var(--card); border-radius: 4px; padding: .9rem 1.1rem 1rem; margin-bottom: 1.5rem; }
        .first ol { margin: 0; padding-left: 1.2rem; font-size: .92rem; line-height: 1.45; }
        .first li + li { margin-top: .45rem; }
        .first li::marker { color: var(--alarm); font-weight: 700; }
        .first a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .2em; }
        .first .whose { font-size: .76rem; }
        .whose { color: var(--soft); white-space: normal; }
        .whose.s0 { font-weight: 600; } .whose[class*=" s"]:not(.s0) { color: oklch(var(--deep) var(--hue, 255)); font-weight: 600; }

        .note { display: none; overflow-wrap: anywhere; font-size: .76rem; font-weight: 400; line-height: 1.38; }
        .note .line { display: flex; gap: .5rem; align-items: baseline; }
        .note .number { color: var(--alarm); font-weight: 700; text-decoration: none; min-width: 1ch; }
        .note .score { font-variant-numeric: tabular-nums; font-weight: 650; text-decoration-line: underline; text-decoration-color: var(--alarm); text-underline-offset: .2em; }
        .again { margin-left: auto; white-space: nowrap; }
        .states { display: block; margin-top: .22rem; padding-left: .6rem; border-left: 2px solid var(--line); }
        .part + .part { margin-left: .1em; }
        .verb { font-weight: 650; }
        .mark { background: var(--card); color: var(--alarm); border-radius: 2px; padding: 0 .3em; font-size: .92em; }
        .values { display: flex; flex-wrap: wrap; gap: .25rem; margin-top: .3rem; }
        .value { background: var(--card); border-radius: 3px; padding: .02rem .4rem; }
        .value time { color: var(--soft); }
        .note .close { display: block; margin-top: .6rem; font-weight: 650; }
        .note:target { display: block; position: fixed; z-index: 1; inset: auto 0 0; max-height: 60vh; overflow: auto; padding: 1rem 1.25rem 1.2rem;
          font-size: .88rem; background: var(--paper); border-top: 3px solid var(--alarm); box-shadow: 0 -6px 24px rgb(0 0 0 / .25); }
        footer { font-size: .74rem; line-height: 1.45; color: var(--soft); border-top: 1px solid var(--line); margin-top: 2rem; padding-top: .8rem; clear: both; }

        @media (min-width: 62rem) {
          article { max-width: 60rem; display: flow-root; }
          .text, header, footer { max-width: 36rem; }
          .cast { clear: both; } .cast ol { grid-template-columns: repeat(4, 1fr); }
          .note, .note:target { display: block; position: static; float: right; clear: right; width: 18.5rem; margin: .1rem -21rem 1rem 0; padding: 0 0 0 .2rem;
            max-height: none; overflow: visible; font-size: .76rem; background: none; border: 0; box-shadow: none; }
          .note:target { outline: 2px solid var(--alarm); outline-offset: 4px; }
          .note .close { display: none; } }
        @media (min-width: 84rem) {
          article { max-width: 82rem; display: grid; grid-template-columns: 15.5rem 36rem 1fr; column-gap: 2.75rem; padding-top: 2.5rem; }
          header, .text, footer { grid-column: 2; }
          .cast { grid-column: 1; grid-row: 1 / span 3; position: sticky; top: 1.5rem; align-self: start; max-height: calc(100vh - 3rem); overflow: auto; padding: .2rem .4rem .2rem .2rem; margin-top: .2rem; }
          .cast ol { grid-template-columns: 1fr; } .cast li { max-width: none; } }
        @media print {
          :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --card: #f2f2f2; --alarm: #b3261a; --tint: 90% .06; --pale: 95.5% .03; --deep: 42% .13; --on: #fff; --link: #000; }
          html { font-size: 9.5pt; }
          * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
          article { max-width: none; padding: 0; display: flow-root; break-after: page; }
          article:last-of-type { break-after: auto; }
          header, .text, footer { width: 66%; max-width: none; }
          .cast { max-width: none; clear: both; }
          .cast ol { display: grid; grid-auto-flow: row; grid-template: none / repeat(3, 1fr); overflow: visible; margin: 0; padding: 0; } .cast li { max-width: none; }
          .note, .note:target { display: block; position: static; float: right; clear: right; width: 46%; margin: 0 -51.5% .6rem 0; padding: 0; font-size: 7.6pt; line-height: 1.3;
            orphans: 3; max-height: none; overflow: visible; background: none; border: 0; box-shadow: none; outline: 0; }
          .note .close, .places { display: none; }
          .first, .cast li { break-inside: avoid; } p { orphans: 3; widows: 3; }
          .q { padding-top: 0; padding-bottom: 0; }
          a { color: inherit; } }
        @media (forced-colors: active) { .q { border-bottom: 2px dotted; } .who { border: 1px solid; } }

        """
}
