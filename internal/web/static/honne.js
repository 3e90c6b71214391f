"use strict";
// Everything works without this file. It opens evidence beside the page instead
// of as a page of its own, and gives a few keys.
(() => {
  const evidence = (a) => a && a.origin === location.origin && /^\/distributors\/[^/]+\/evidence(\/|$|\?)/.test(a.pathname + a.search);
  let drawer, opener;

  const make = () => {
    drawer = document.createElement("dialog");
    drawer.className = "dr";
    document.body.append(drawer);
    drawer.addEventListener("click", (e) => { if (e.target === drawer) drawer.close(); });
    drawer.addEventListener("close", () => { drawer.textContent = ""; if (opener) opener.focus(); opener = null; });
  };

  const open = async (href, from) => {
    let page;
    try {
      const answer = await fetch(href, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("evidence");
    } catch { page = null; }
    if (!page) { location.href = href; return; }
    if (!drawer) make();
    const title = page.querySelector("h1");
    const heading = document.createElement("h2"); // one h1 a page
    heading.append(...title.childNodes);
    heading.id = "drawer-title";
    title.replaceWith(heading);
    page.removeAttribute("id");
    page.classList.remove("top");
    const close = document.createElement("button");
    close.className = "btn sm close";
    close.textContent = document.body.dataset.close;
    close.addEventListener("click", () => drawer.close());
    drawer.setAttribute("aria-labelledby", "drawer-title");
    drawer.replaceChildren(close, page);
    if (!drawer.open) { opener = from; drawer.showModal(); }
    close.focus();
    drawer.scrollTop = 0;
  };

  document.addEventListener("click", (e) => {
    if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    const a = e.target.closest("a");
    if (!a) return;
    const href = a.href && typeof a.href === "object" ? a.href.baseVal : a.getAttribute("href");
    const url = new URL(href, location.href);
    if (!evidence(url) || evidence(location)) return;
    e.preventDefault();
    open(url.href, a);
  });

  // Keys do nothing in fields that take text, while an IME composes, or with a modifier.
  let prefix = 0;
  const go = { t: "/", p: "/portfolio", d: "/portfolio", i: "/intake", c: "/claims" };
  const choose = (selector) => { const a = document.querySelector(selector); if (a) a.click(); };
  document.addEventListener("keydown", (e) => {
    if (document.body.dataset.keys === "off" || e.isComposing || e.keyCode === 229 || e.ctrlKey || e.metaKey || e.altKey) return;
    if (!e.target.closest || e.target.closest("input:not([type=radio],[type=checkbox]),select,textarea,[contenteditable]") || (drawer && drawer.open)) return;
    if (Date.now() - prefix < 1200 && go[e.key]) { location.href = go[e.key]; return; }
    if (e.key === "g") prefix = Date.now();
    if (e.key === "?") { e.preventDefault(); keys(); return; }
    if (e.key === "Escape") { const list = document.getElementById("keys"); if (list) list.open = false; return; }
    if (e.key === "e") focused();
    if (e.key === "l") choose(".crumb .seg a:not([aria-current])");
    if (e.key === "u") choose(document.querySelector(".ctl .r.seg [aria-current]+a") ? ".ctl .r.seg [aria-current]+a" : ".ctl .r.seg a:not([aria-current])");
    if (e.key === "j" || e.key === "k") step(e.key === "j" ? 1 : -1);
    if (e.key >= "0" && e.key <= "4") score(e.key);
    if (e.key === "n") choose("#next-open");
    if (e.key === "y" || e.key === "n") decide(e.key === "y" ? "confirm" : "dismiss");
    if (e.key >= "1" && e.key <= "3") repair(Number(e.key) - 1);
  });

  // At a criterion of an audit a digit is its score.
  const score = (n) => {
    const radio = document.querySelector(`#score input[value="${n}"]`);
    if (radio) { radio.checked = true; radio.focus(); }
  };

  // The list of keys stands in the foot of the menu.
  const keys = () => {
    const list = document.getElementById("keys");
    if (!list) return;
    list.open = !list.open;
    if (list.open) list.querySelector("summary").focus();
  };

  // The evidence of the number that has the focus, or of the first in its row.
  const focused = () => {
    const here = document.activeElement;
    if (!here || here === document.body) return;
    const row = here.closest("tr,.kpi,.hb,li") || here;
    const links = [here, ...row.querySelectorAll("a")];
    const a = links.find((x) => x.href && evidence(new URL(typeof x.href === "object" ? x.href.baseVal : x.href, location.href)));
    if (a) a.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  };

  // Of a list of problems the focus stands in one of them; its repairs are
  // numbered.
  const problems = () => [...document.querySelectorAll(".pr>li,.judge .said>li")];
  const repair = (n) => {
    const here = problems().find((li) => li.contains(document.activeElement));
    const button = here && here.querySelectorAll("button[name=do]")[n];
    if (button) button.click();
  };

  // Of a sentence that waits for a decision a key decides, and goes on; a reason that is not
  // clear is chosen first.
  const decide = (what) => {
    const here = problems().find((li) => li.contains(document.activeElement)), radio = here && here.querySelector(`input[value=${what}]`);
    if (!radio) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    const reason = here.querySelector("select");
    if (what === "confirm" && !reason.value) reason.focus();
    else if (here === problems().at(-1)) document.querySelector(".keep button").focus();
    else step(1);
  };

  const step = (by) => {
    const open = problems();
    if (open.length) {
      const at = open.findIndex((li) => li.contains(document.activeElement));
      const li = open[Math.min(Math.max(at + by, 0), open.length - 1)], to = li.querySelector("input:checked") || li.querySelector("button,a");
      if (to) to.focus();
      return;
    }
    const list = [...document.querySelectorAll(".bad, .today .btn, .list tbody th a, .st tbody th a")];
    if (!list.length) return;
    const at = list.indexOf(document.activeElement);
    const next = list[Math.min(Math.max(at + by, 0), list.length - 1)];
    if (!next.hasAttribute("href")) next.tabIndex = -1;
    next.focus();
  };

  // Questions are copied by one press; without script the text selects as a whole.
  const copies = (card) => {
    const row = document.createElement("p");
    row.className = "copy";
    for (const text of card.querySelectorAll(":scope>p[lang]")) {
      const b = document.createElement("button");
      b.type = "button";
      b.className = "btn sm";
      const word = text.lang === "ja" ? "日本語" : "English";
      b.textContent = document.body.dataset.copy + " ";
      const tongue = document.createElement("span");
      tongue.lang = text.lang;
      tongue.textContent = word;
      b.append(tongue);
      b.addEventListener("click", async () => {
        try { await navigator.clipboard.writeText(text.textContent); b.textContent = document.body.dataset.copied; }
        catch { getSelection().selectAllChildren(text); }
      });
      row.append(b);
    }
    if (row.children.length) card.append(row);
  };
  for (const li of document.querySelectorAll(".q li")) copies(li);

  // So are a draft letter and an address to give away.
  for (const letter of document.querySelectorAll("textarea.letter, input[readonly]")) {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "btn sm gap";
    b.textContent = document.body.dataset.copy;
    b.addEventListener("click", async () => {
      letter.select();
      try { await navigator.clipboard.writeText(letter.value); b.textContent = document.body.dataset.copied; } catch { /* it is selected */ }
    });
    letter.after(b);
  }

  // A cell to resolve is in sight of its own box.
  for (const sheet of document.querySelectorAll(".scroll .g")) {
    const cell = sheet.querySelector("td.bad"), box = sheet.closest(".scroll");
    if (cell && cell.offsetLeft + cell.offsetWidth > box.clientWidth) box.scrollLeft = cell.offsetLeft - (box.clientWidth - cell.offsetWidth) / 2;
  }

  // The tab of this page is in sight.
  const tab = document.querySelector(".tabs a[aria-current]");
  if (tab) tab.closest(".tabs").scrollLeft = tab.offsetLeft - 16;
  const errors = document.getElementById("errors");
  // It takes the focus by itself, but in an old browser.
  if (errors) addEventListener("load", () => requestAnimationFrame(() => { if (document.activeElement === document.body) errors.focus(); }));
  // A day is chosen: no second press.
  for (const s of document.querySelectorAll("form.asof select")) s.addEventListener("change", () => s.form.requestSubmit());
  // The Enter that ends a conversion belongs to the input method, and sends nothing: some browsers say
  // so by its code alone, after the conversion has ended.
  document.addEventListener("keydown", (e) => {
    if (e.key === "Enter" && (e.isComposing || e.keyCode === 229) && e.target.matches && e.target.matches("input")) e.preventDefault();
  }, true);
  // The button says how many decisions it keeps; who chooses a reason says that it is one.
  for (const form of document.querySelectorAll("form.judge")) {
    const button = form.querySelector(".keep button"), none = button.textContent, labels = button.dataset.keep.split("|");
    const count = () => { button.textContent = labels[form.querySelectorAll(".decide input:checked:not([value=''])").length - 1] || none; };
    form.addEventListener("change", (e) => {
      if (e.target.matches("select") && e.target.value) e.target.closest(".decide").querySelector("input").checked = true;
      count();
    });
    count();
  }
  // One press is one act.
  for (const f of document.querySelectorAll("form[method=post]")) {
    f.addEventListener("submit", (e) => { if (f.dataset.sent) e.preventDefault(); f.dataset.sent = "1"; });
  }
})();
