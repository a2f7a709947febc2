// Moving through time: one control, the roster, the totals and a person's state with it.
// What is shown on a day is what that day's own page shows; nothing is fetched, and nothing kept.
"use strict";
(() => {
  const body = document.body, { mode, up, home, target } = body.dataset;
  const $ = (id) => document.getElementById(id);
  const rail = $("as-of");
  if (!rail) return;
  const DAY = 864e5, language = document.documentElement.lang;
  const at = (text) => Date.parse(text + "T00:00:00Z");
  const first = at(body.dataset.first), marks = body.dataset.days.split(" ").map((d) => Math.round((at(d) - first) / DAY));
  const iso = (n) => new Date(first + n * DAY).toISOString().slice(0, 10);
  const said = (n) => new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(first + n * DAY));
  const own = Math.round((at(body.dataset.day) - first) / DAY);
  const words = mode === "moving" ? JSON.parse($("words").textContent) : {};
  const logs = new Map();
  let told = null, head = null, shown = own, moved = false;

  const el = (tag, name, text) => {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const factAt = (steps, n) => {
    let low = 0, high = steps.length / 2;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (steps[2 * middle] <= n) low = middle + 1; else high = middle;
    }
    return low ? steps[2 * low - 1] : -1;
  };
  const since = (fact) => told.since[fact[3]][language === "es" ? 2 : 1];
  const badge = (fact) => {
    const made = el("span", "badge " + fact[1] + (fact[0] === "house_arrest" ? " house" : ""));
    made.append(el("i"), words["status." + fact[0]]);
    return made;
  };
  const standing = (fact) => {
    const parts = [];
    if (fact[2]) parts.push(el("span", "standing " + fact[2], words["standing." + fact[2]]));
    if (fact[5]) parts.push(" ", el("span", "flag", words.contested));
    return parts;
  };
  const pending = (fact) => fact[7].map(([s, t]) => `${words["status." + s]} (${words["standing." + t]})`).join(", ");
  const bdi = (text) => el("bdi", "", text);

  // The roster stands in blocks of rows. A move makes at once those that are seen; the others follow
  // a few at a time, and all of them before it is printed.
  const table = document.querySelector(".roster"), SIZE = 50, ATONCE = 500, NOBODY = -1;
  let blocks = null, wanted = "", waiting = 0;
  const observer = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      target.block.near = isIntersecting;
      if (isIntersecting) write(target.block);
    }
  }, { rootMargin: "60% 0px" });
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // Only the cells that say something else than before are written.
  const fill = (row, fact, was) => {
    const cells = row.cells, other = (...places) => !was || places.some((n) => fact[n] !== was[n]);
    if (other(0, 1)) cells[1].replaceChildren(badge(fact));
    if (other(3)) cells[2].textContent = since(fact);
    if (other(2, 5)) cells[3].replaceChildren(...standing(fact));
    if (!was || pending(fact) !== pending(was)) cells[4].textContent = pending(fact);
    if (other(6)) cells[5].replaceChildren(bdi(fact[6]));
    if (other(8)) cells[6].textContent = fact[8];
  };
  const rowOf = (person, name) => {
    const row = el("tr"), head = el("th"), link = el("a");
    row.dataset.p = person;
    head.scope = "row";
    link.href = `${home}person/${person}.html`;
    link.append(bdi(name));
    head.append(link);
    row.append(head);
    for (let n = 0; n < 6; n++) row.append(el("td", n === 5 ? "n" : ""));
    return row;
  };
  const write = (block) => {
    if (!block.stale) return;
    block.stale = false;
    let before = block.body.firstElementChild;
    for (let n = 0; n < block.want.length; n++) {
      const code = block.want[n];
      let row = block.rows[n];
      if (code === NOBODY) {
        if (block.have[n] !== NOBODY) { if (before === row) before = row.nextElementSibling; row.remove(); }
      } else {
        if (!row) row = block.rows[n] = rowOf(told.persons[block.from + n][0], told.persons[block.from + n][1]);
        if (block.filled[n] !== code) { fill(row, told.facts[code], told.facts[block.filled[n]]); block.filled[n] = code; }
        if (row === before) before = before.nextElementSibling;
        else block.body.insertBefore(row, before);
      }
      block.have[n] = code;
    }
  };
  const follow = () => {
    if (waiting) return;
    waiting = setTimeout(() => {
      waiting = 0;
      const until = performance.now() + 8;
      for (const block of blocks) {
        if (block.stale) write(block);
        if (performance.now() > until) return follow();
      }
      body.dataset.drawn = iso(shown);
    }, 16);
  };
  const begin = () => {
    const view = innerHeight * 1.6, near = new Set();
    [...table.tBodies].forEach((one, n) => {
      const { top, bottom } = one.getBoundingClientRect();
      if (bottom > -view / 2 && top < view) near.add(n);
    });
    observer.disconnect();
    for (const one of [...table.tBodies]) one.remove();
    blocks = [];
    for (let from = 0; from < told.persons.length; from += SIZE) {
      const size = Math.min(SIZE, told.persons.length - from), made = el("tbody");
      const block = { from, body: made, rows: new Array(size), near: near.has(blocks.length) || !blocks.length, stale: false };
      for (const key of ["have", "want", "filled"]) block[key] = new Int32Array(size).fill(NOBODY);
      made.block = block;
      blocks.push(block);
    }
    blocks.told = told;
    table.classList.toggle("long", told.persons.length > 200);
    table.append(...blocks.map((block) => block.body));
    for (const block of blocks) observer.observe(block.body);
  };
  const spread = (n) => {
    if (blocks?.told !== told) begin();
    const count = { all: 0, held: 0, out: 0, dead: 0, unknown: 0 };
    for (const block of blocks) {
      let rows = 0, stale = false;
      for (let at = 0; at < block.want.length; at++) {
        const person = told.persons[block.from + at];
        let code = factAt(person[2], n);
        if (code !== NOBODY) {
          count.all++; count[told.facts[code][1]]++;
          if (wanted) {
            person[3] ??= plain(person[1]);
            if (!person[3].includes(wanted)) code = NOBODY;
          }
        }
        block.want[at] = code;
        if (code !== NOBODY) rows++;
        if (code !== block.have[at]) stale = true;
      }
      block.stale = stale;
      block.body.style.setProperty("--rows", rows);
    }
    delete body.dataset.drawn;
    const all = told.persons.length <= ATONCE;
    for (const block of blocks) if (block.stale && (all || block.near)) write(block);
    follow();
    return count;
  };
  const draw = (n) => {
    if (table) {
      const count = spread(n);
      let x = 0, sum = 0;
      for (const key of ["held", "out", "dead", "unknown"]) {
        sum += count[key];
        const end = Math.round(1000 * sum / Math.max(count.all, 1)), part = document.querySelector(".bar ." + key);
        part.setAttribute("x", x); part.setAttribute("width", end - x); x = end;
        $("n-" + key).textContent = count[key];
      }
      $("n-all").textContent = count.all;
    }
    cover(n);
    const article = document.querySelector("[data-person]");
    if (article) retell(article, n);
  };
  // In the picture of everybody the days after the one shown are covered, and the numbers are its own.
  const cover = (n) => {
    const veil = document.querySelector(".veil");
    if (!veil) return;
    const { first: from, left, right, span, wide, steps } = veil.dataset;
    const day = n + Math.round((first - at(from)) / DAY) + 1;
    const x = n === own ? Number(right) : Math.min(Number(right), Number(left) + wide * day / span);
    veil.setAttribute("x", x); veil.setAttribute("width", right - x);
    // It was drawn of the whole log, and as of this page's day: it knows no later one.
    veil.closest("figure").hidden = n > own || told.position !== head;
    veil.parentNode.classList.toggle("moved", n !== own);
    const known = JSON.parse(steps).filter(([on]) => on <= iso(n)).pop();
    for (const label of document.querySelectorAll("[data-band]")) {
      label.firstElementChild.textContent = `${known ? known[1][label.dataset.band] : 0} ${label.dataset.label}`;
    }
  };
  const retell = (article, n) => {
    const one = told.persons.find(([person]) => person === article.dataset.person);
    const code = one ? factAt(one[2], n) : NOBODY, state = $("state");
    if (code === NOBODY) state.replaceChildren(words.none_known);
    else {
      const fact = told.facts[code], parts = [badge(fact)];
      if (since(fact)) parts.push(", ", el("span", "since", since(fact)));
      parts.push(" ", ...standing(fact));
      if (fact[7].length) parts.push(" ", el("span", "aside", `${words.pending}: ${pending(fact)}`));
      state.replaceChildren(...parts);
    }
    const drawn = [...document.querySelectorAll(".picture[data-day]")];
    const fitting = drawn.filter((one) => one.dataset.day <= iso(n)).pop();
    for (const one of drawn) one.hidden = one !== fitting || told.position !== head;
    let now = null;
    for (const row of document.querySelectorAll(".over tbody tr")) {
      row.classList.remove("now");
      if (row.dataset.day <= iso(n)) now = row;
    }
    if (now) now.classList.add("now");
    for (const note of document.querySelectorAll(".newest-only")) note.hidden = n === own && told.position === head;
    for (const claim of document.querySelectorAll("[data-known]")) {
      const unknown = claim.dataset.known > iso(n), mark = claim.querySelector(".not-yet");
      claim.classList.toggle("later", unknown);
      if (unknown && !mark) claim.prepend(el("p", "not-yet flag", words.not_yet));
      if (!unknown && mark) mark.remove();
    }
  };
  const settle = (n) => {
    shown = n; moved = true;
    rail.value = n;
    rail.setAttribute("aria-valuetext", said(n));
    $("as-of-said").textContent = said(n);
    $("back").disabled = !marks.some((m) => m < n);
    $("on").disabled = !marks.some((m) => m > n);
    if (mode !== "moving") return;
    for (const one of document.querySelectorAll(".day-said")) one.textContent = said(n);
    const elsewhere = document.querySelector(".elsewhere");
    if (elsewhere) {
      const here = n === own && (!told || told.position === head);
      elsewhere.hidden = here;
      document.querySelector(".days-of-change").hidden = !here;
      const mark = marks.filter((m) => m <= n).pop() ?? marks[0];
      $("elsewhere").href = `${home}day/${iso(mark)}.html`;
    }
    if (told) draw(n);
    history.replaceState(null, "", n === own ? location.pathname + location.search : "#" + iso(n));
  };
  const go = (n) => {
    if (mode === "moving") return settle(n);
    const mark = marks.filter((m) => m <= n).pop() ?? marks[0];
    location.href = `${home}${target}/${iso(mark)}.html`;
  };
  const find = () => {
    wanted = plain($("find").value);
    if (told) return draw(shown);
    for (const one of table.tBodies) {
      for (const row of one.rows) row.hidden = wanted !== "" && !plain(row.cells[0].textContent).includes(wanted);
    }
  };

  for (const one of document.querySelectorAll(".dial, .find")) one.hidden = false;
  for (const one of document.querySelectorAll(".plain")) one.hidden = true;
  rail.value = own;
  rail.addEventListener(mode === "moving" ? "input" : "change", () => go(Number(rail.value)));
  $("back").addEventListener("click", () => go(marks.filter((m) => m < shown).pop() ?? shown));
  $("on").addEventListener("click", () => go(marks.find((m) => m > shown) ?? shown));
  if ($("find")) $("find").addEventListener("input", find);
  addEventListener("beforeprint", () => { for (const block of blocks ?? []) write(block); });
  // Where a picture is wider than the screen, its newest part and its labels come first.
  const wide = document.querySelector(".veil")?.closest("figure");
  if (wide) wide.scrollLeft = wide.scrollWidth;
  $("as-of-said").textContent = said(own);
  rail.setAttribute("aria-valuetext", said(own));
  $("back").disabled = !marks.some((m) => m < own);
  $("on").disabled = !marks.some((m) => m > own);

  const unpack = async (text) => {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  };
  const ready = (data) => {
    // The days of an older log may begin later than this page's.
    const shift = Math.round((at(data.first) - first) / DAY);
    if (shift) for (const one of data.persons) for (let n = 0; n < one[2].length; n += 2) one[2][n] += shift;
    told = data;
    head ??= data.position;
    const asked = location.hash.match(/^#(\d{4}-\d{2}-\d{2})$/);
    const n = asked ? Math.round((at(asked[1]) - first) / DAY) : shown;
    if (moved || logs.size > 1 || asked) settle(Math.min(Math.max(n, 0), Number(rail.max)));
    body.dataset.ready = data.position;
  };
  globalThis.habeasIntervals = (position, text) => {
    unpack(text).then((data) => { logs.set(position, data); ready(data); });
  };
  const log = $("at-log");
  if (log) log.addEventListener("change", () => {
    const position = Number(log.value);
    $("log-said").textContent = log.selectedOptions[0].textContent;
    if (logs.has(position)) { told = logs.get(position); settle(shown); body.dataset.ready = position; return; }
    const script = el("script");
    script.src = `${up}data/intervals-${position}.js`;
    document.head.append(script);
  });
})();
