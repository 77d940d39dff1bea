// The sheet of a session. A mark goes out when it is set; one that did not arrive stays on its row, is said to
// wait and is tried again. Without this file the sheet is a plain form.
(() => {
  "use strict";
  const list = document.querySelector("[data-attendance]");
  const papers = document.querySelector("[data-open-wide]");
  if (papers && matchMedia("(min-width: 960px)").matches) papers.open = true;
  if (!list) return;
  const waiting = new Map(); // person -> {mark, seen, act, failed}: set here, not yet known to the server
  let sending, retry, acts = 0;

  const every = () => [...list.querySelectorAll(".att-row")];
  const shown = () => every().filter((row) => !row.hidden);
  const rowOf = (element) => element.closest(".att-row");
  const radios = (row) => [...row.querySelectorAll("[data-key]")];
  const checked = (row) => radios(row).find((radio) => radio.checked);
  const seen = (row) => row.querySelector("[name^=seen-]").value;
  const on = (name, act, where = list) => where.addEventListener(name, act);

  // Whatever was swapped in meanwhile, what waits here is what the page shows.
  function show() {
    let failed = 0;
    for (const row of every()) {
      const one = waiting.get(row.dataset.person);
      row.classList.toggle("unsent", !!one?.failed);
      if (one?.failed) failed += 1;
      if (one) for (const radio of radios(row)) radio.checked = radio.value === one.mark;
    }
    const note = list.querySelector("[data-waiting]");
    note.hidden = !failed;
    note.querySelector("[data-count]").textContent = failed;
  }

  function set(row, mark, act = 0) {
    const before = waiting.get(row.dataset.person);
    waiting.set(row.dataset.person, { mark, act, seen: before?.seen ?? seen(row), failed: before?.failed });
    if (act) return;
    show();
    send();
  }

  async function send() {
    if (sending || !waiting.size) return;
    sending = true;
    clearTimeout(retry);
    const [[, { act }]] = waiting;
    const batch = [...waiting].filter(([, one]) => one.act === act);
    const values = act ? { together: 1 } : {};
    for (const [person, one] of batch) {
      values["mark-" + person] = one.mark;
      values["seen-" + person] = one.seen;
    }
    await post(values);
    let lost = false;
    for (const [person, one] of batch) {
      const row = document.getElementById("row-" + person);
      const now = waiting.get(person);
      // An answer that did not bring the row (a page to sign in, an error) is none.
      if (seen(row) !== one.mark && !row.querySelector(".att-crossing")) lost = now.failed = true;
      else if (now === one) waiting.delete(person);
      else now.seen = seen(row); // changed meanwhile: goes out next
    }
    sending = false;
    show();
    if (lost) retry = setTimeout(send, 3000);
    else send();
  }

  const post = (values) =>
    htmx.ajax("POST", location.href, { source: list, target: list, swap: "none", values }).catch(() => {});
  htmx.config.timeout = 15000;
  on("htmx:configRequest", ({ detail }) => {
    const token = document.cookie.match(/csrftoken=(\w+)/); // a new one after signing in elsewhere
    if (token) detail.headers["X-CSRFToken"] = token[1];
  });
  on("htmx:beforeSwap", ({ detail }) => {
    if (detail.xhr.status === 409) Object.assign(detail, { shouldSwap: true, isError: false });
  });
  on("online", send, window);
  on("beforeunload", (event) => waiting.size && event.preventDefault(), window);

  on("pointerdown", ({ target }) => {
    const radio = target.closest("label")?.control;
    if (radio) radio.was = radio.checked;
  });
  on("click", ({ target }) => {
    if (!target.was || !target.matches("[data-key]")) return;
    target.was = false;
    set(rowOf(target), "");
  });
  on("change", ({ target }) => target.matches("[data-key]") && set(rowOf(target), target.value));
  on("submit", (event) => {
    event.preventDefault();
    const undo = event.target.elements.undo;
    if (undo) return waiting.size || post({ undo: undo.value });
    if (event.submitter?.name !== "all") return;
    acts += 1;
    for (const row of every()) if (!checked(row)) set(row, "present", acts);
    show();
    send();
  });

  const go = (row) => row && (checked(row) || radios(row)[0]).focus();
  on("keydown", (event) => {
    const radio = event.target;
    if (!radio.matches("[data-key]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rowOf(radio), rows = shown(), own = radios(row), key = event.key.toLowerCase();
    const at = rows.indexOf(row), place = own.indexOf(radio);
    const typed = key === " " ? radio : own.find((one) => one.dataset.key === key);
    const next = rows[at + 1];
    const to = { arrowdown: next, enter: next, arrowup: rows[at - 1], home: rows[0], end: rows.at(-1) };
    const beside = { arrowright: own[place + 1], arrowleft: own[place - 1] };
    if (key in to) go(to[key]);
    else if (key in beside) beside[key]?.focus();
    else if (key === "delete") set(row, "");
    else if (typed) {
      set(row, typed.value);
      typed.focus();
    } else return;
    event.preventDefault();
  });

  const box = list.querySelector("[data-find]");
  box.hidden = false;
  on("input", () => {
    const words = box.value.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").trim();
    for (const row of every()) row.hidden = !row.dataset.name.includes(words);
    list.querySelector("[data-nobody]").hidden = shown().length > 0;
  }, box);
  on("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    go(shown()[0]);
  }, box);
})();
