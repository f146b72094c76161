// Adds to pages that can be read without it: what is new comes by itself, and keys move between articles.
"use strict";
(() => {
  const root = document.documentElement;

  // --- What is new -------------------------------------------------------------------------------------------------

  // The page is asked for again, and what changed in it is put in place: what stays keeps its place, focus and selection.
  let isAsking = false;
  let isBehind = false;

  async function refresh() {
    if (isAsking || document.hidden) {
      isBehind = true;
      return;
    }
    isAsking = true;
    isBehind = false;
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok && "passing" in root.dataset) location.reload();
      else if (answer.ok) take(page);
      else if (answer.status === 503) {
        // What it shows stays while there is nothing newer.
        root.dataset.page = page.documentElement.dataset.page;
        showState(page);
      } else if (answer.status === 404 || answer.status === 410) replace(document.getElementById("main"), page.getElementById("main"));
    } catch {
      // Nobody answers at the moment; the next event comes once somebody does.
      isBehind = true;
    }
    // A page that changes all the time is looked at once a second.
    setTimeout(() => {
      isAsking = false;
      if (isBehind) refresh();
    }, 1000);
  }

  function take(page) {
    root.dataset.page = page.documentElement.dataset.page;
    root.dataset.state = page.documentElement.dataset.state;
    let count = 0;
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = page.getElementById(part.id);
      if (!now) continue;
      if (part.id === "list") count = merge(part, now);
      else if (part.innerHTML !== now.innerHTML && !part.contains(document.activeElement)) replace(part, now);
    }
    if (count > 0) document.getElementById("news").textContent = count === 1 ? "A new article" : `${count} new articles`;
  }

  function showState(page) {
    const strip = document.getElementById("state");
    const now = page.getElementById("state");
    if (now && !strip.contains(document.activeElement)) replace(strip, now);
  }

  function replace(part, now) {
    part.replaceChildren(...now.childNodes);
  }

  function merge(list, now) {
    // What is gone goes first: what stays is then in its order already, and is not moved, which would cost it the focus.
    for (const item of [...list.children]) if (!now.children.namedItem(item.id)) item.remove();
    let count = 0;
    let place = list.firstElementChild;
    for (const item of [...now.children]) {
      const known = list.children.namedItem(item.id);
      if (known && known === place) {
        place = place.nextElementSibling;
      } else if (known) {
        list.insertBefore(known, place);
      } else {
        item.classList.add("fresh");
        list.insertBefore(item, place);
        count += 1;
      }
    }
    return count;
  }

  function listen() {
    const events = new EventSource("/live");
    events.onmessage = (event) => {
      const { page, state } = JSON.parse(event.data);
      if (page !== root.dataset.page) refresh();
      else if (state !== root.dataset.state) refreshState(state);
    };
    // A connection that breaks is made again by itself; one that is refused, since there are enough, is not.
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
    };
  }

  async function refreshState(version) {
    root.dataset.state = version;
    if (document.getElementById("services")) {
      refresh();
      return;
    }
    const answer = await fetch("/state", { cache: "no-store" }).catch(() => null);
    if (!answer || !answer.ok) return;
    showState(new DOMParser().parseFromString(await answer.text(), "text/html"));
  }

  // --- Keys --------------------------------------------------------------------------------------------------------

  const remembered = "onrecord-keys";
  const toggle = document.getElementById("keys-on");

  function recall() {
    try {
      return localStorage.getItem(remembered) !== "off";
    } catch {
      return true;
    }
  }

  function step(by) {
    const stops = [...document.querySelectorAll(".cards h2 a, .single .entry .name[href], .text .q > .who")];
    if (stops.length === 0) return;
    const at = stops.findIndex((stop) => (stop.closest("li, p") || stop).contains(document.activeElement));
    const next = stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : at + by];
    if (!next) return;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = document.getElementById("q");
    if (event.key === "Escape" && document.activeElement === field) {
      field.blur();
      return;
    }
    if (!toggle.checked || event.target.closest("input, select, textarea, [contenteditable]")) return;
    if (event.key === "/") {
      field.focus();
      field.select();
    } else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else return;
    event.preventDefault();
  }

  toggle.checked = recall();
  toggle.addEventListener("change", () => {
    try {
      localStorage.setItem(remembered, toggle.checked ? "on" : "off");
    } catch {
      // Then it holds for this page.
    }
  });
  document.getElementById("keys").hidden = false;
  document.addEventListener("keydown", press);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && isBehind) refresh();
  });
  if (document.querySelector("[data-live]") && root.dataset.page) listen();
})();
