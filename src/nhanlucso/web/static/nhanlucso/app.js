// Small manners of the pages. Everything works without this file; listeners sit on the document,
// so parts swapped in later are served too.
(() => {
  "use strict";
  const root = document.documentElement;
  const visible = (element) => element && element.offsetParent !== null;

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const box = [...document.querySelectorAll("[data-search]")].find(visible);
      if (box) {
        event.preventDefault();
        box.focus();
        if (box.select) box.select();
      }
    }
    if (event.key === "Escape" && !event.defaultPrevented) fold(event.target);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event);
    if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) press(event);
  });

  // A key that a button or link of the page is named by: data-key="1", "m", "arrowright".
  function press(event) {
    const aim = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!visible(aim)) return;
    event.preventDefault();
    aim.click();
  }

  // Arrows walk from the search box through what was found, and back.
  function walk(event) {
    const stops = [...document.querySelectorAll("[data-hit]")];
    const at = stops.indexOf(event.target);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }

  // Escape closes what was opened around the focus and goes back to what opened it; a search field it empties first.
  function fold(from) {
    closeSheets(null);
    const part = from.type === "search" && from.value ? null : from.closest("details[open]");
    if (!part) return;
    part.open = false;
    part.querySelector("summary").focus();
  }

  function closeSheets(keep) {
    for (const sheet of document.querySelectorAll("details[data-sheet][open]")) {
      if (sheet !== keep) {
        const inside = sheet.contains(document.activeElement);
        sheet.open = false;
        if (inside && !keep) sheet.querySelector("summary").focus();
      }
    }
  }

  // The choice is a cookie, so that the server writes it into the page and nothing flashes.
  function toggleTheme() {
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
  }

  // Copies the text of the part that data-copy="#id" names, else the address that it holds.
  async function copy(button) {
    const aim = button.dataset.copy || "";
    const part = aim.startsWith("#") ? document.querySelector(aim) : null;
    const text = part ? part.value || part.innerText : new URL(aim || location.href, location.href).href;
    try {
      await navigator.clipboard.writeText(text);
      say(button, button.dataset.done);
    } catch {
      if (!part) return say(button, text);
      if (part.select) part.select();
      else getSelection().selectAllChildren(part);
      if (document.execCommand("copy")) say(button, button.dataset.done); // else it stays selected, to be copied by hand
    }
  }

  // Sends the text of the part that data-share="#id" names to another app, where the browser can.
  function send(button) {
    navigator.share({ text: document.querySelector(button.dataset.share).innerText }).catch(() => {});
  }

  // What only some browsers can: buttons to send come out where that works; a notice comes out where something is
  // missing that data-needs names. Without a secure address no browser has it, so another one would not help.
  const HAS = {
    camera: () => navigator.mediaDevices,
    storage: () => window.indexedDB,
    install: () => "serviceWorker" in navigator,
  };
  function fit(scope) {
    for (const button of scope.querySelectorAll("[data-share]")) button.hidden = !navigator.share;
    for (const notice of scope.querySelectorAll("[data-needs]")) {
      if (isSecureContext && !notice.dataset.needs.split(" ").every((name) => HAS[name]())) notice.hidden = false;
    }
  }

  function say(button, text) {
    const label = button.querySelector("[data-label]") || button;
    const before = label.textContent;
    if (!text || before === text) return;
    label.textContent = text;
    setTimeout(() => (label.textContent = before), 4000);
  }

  document.addEventListener("click", (event) => {
    closeSheets(event.target.closest("details[data-sheet]"));
    const button = event.target.closest("[data-theme-toggle], [data-copy], [data-share], [data-print]");
    if (!button) return;
    if (button.matches("[data-theme-toggle]")) toggleTheme();
    else if (button.matches("[data-print]")) print();
    else if (button.matches("[data-share]")) send(button);
    else copy(button);
  });

  // − and + beside a number.
  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    const input = step && step.parentElement.querySelector("input");
    if (!input) return;
    const least = Number(input.min || 0);
    input.value = Math.max(least, (Number(input.value) || least) + Number(step.dataset.step));
  });

  // Arrows change a select at every press: by keyboard the question is sent with Enter, not by the change.
  let byKey = false;
  document.addEventListener("keydown", () => (byKey = true), true);
  document.addEventListener("pointerdown", () => (byKey = false), true);

  document.addEventListener("change", (event) => {
    const drop = event.target.closest(".drop");
    if (drop) {
      const files = [...event.target.files];
      drop.querySelector("output").textContent = files.map((file) => file.name).join(", ");
    }
    if (!byKey && event.target.matches("[data-submit]")) event.target.form.requestSubmit();
    tickAll(event.target);
    const picks = event.target.closest("[data-picks]");
    if (picks) countPicks(picks);
  });

  // A box for all of a form ticks the others; one of them that is taken out takes it out too.
  function tickAll(box) {
    const all = box.type === "checkbox" && box.form && box.form.querySelector("[data-all]");
    if (box === all) for (const one of all.form.querySelectorAll("[type=checkbox]")) one.checked = all.checked;
    else if (all && !box.checked) all.checked = false;
  }

  // How many people are ticked: of units that are ticked, those by name or all.
  function countPicks(picks) {
    const say = picks.querySelector("output");
    const n = [...picks.querySelectorAll("[data-size]")].reduce((sum, unit) => {
      if (!unit.querySelector("[name=unit]").checked) return sum;
      const named = unit.querySelector("[name=person]");
      return sum + (named ? unit.querySelectorAll("[name=person]:not([type=checkbox]:not(:checked))").length : +unit.dataset.size);
    }, 0);
    say.textContent = say.dataset.words.replace("{n}", n.toLocaleString(root.lang));
  }

  // The file input covers its field, so the browser takes the drop itself; only the look changes here.
  for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    document.addEventListener(name, (event) => {
      const drop = event.target.closest && event.target.closest(".drop");
      if (drop) drop.classList.toggle("over", over);
    });
  }

  // A part that could not be fetched says so; the words stand in the page.
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(name, () => {
      const words = document.getElementById("failed");
      const place = document.getElementById("messages");
      if (words && place) place.replaceChildren(words.content.cloneNode(true));
    });
  }

  // A swap that takes the focus away gives it to the same control of the new part, else to the part.
  const mark = (one) => one.tagName + one.name + one.href + one.textContent.trim() + (one.matches("button, [type=radio], [type=checkbox]") && one.value);
  let kept = null;
  document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
    const had = document.activeElement;
    kept = had !== target && target.contains(had) ? { sign: mark(had), target, id: target.id } : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!kept || document.activeElement !== document.body) return;
    const { sign, target, id } = kept;
    const part = target.isConnected ? target : document.getElementById(id) || document.querySelector("main");
    const control = [...part.querySelectorAll("a, button, input, select, textarea, summary")].find((one) => visible(one) && mark(one) === sign);
    if (!control && !part.hasAttribute("tabindex")) part.tabIndex = -1;
    (control || part).focus();
  });

  // What a new part tells is said where a region stood before: new regions are not heard in every browser.
  function tell(part) {
    const place = document.getElementById("said");
    const own = part.matches("[role=status]") ? part : part.querySelector("[role=status], .notice:not([role])");
    const words = own && own.innerText.trim();
    if (place && words && place.textContent !== words) place.textContent = words;
  }

  const focusFirst = (scope) => scope.querySelector("[data-focus]")?.focus();
  document.addEventListener("htmx:load", (event) => {
    focusFirst(event.detail.elt);
    fit(event.detail.elt);
    if (event.detail.elt !== document.body) tell(event.detail.elt);
  });
  focusFirst(document);
  fit(document);
})();
