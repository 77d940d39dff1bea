// A mark goes out when it is set; one that did not arrive is said to wait and is tried again.
const list = document.querySelector("[data-attendance]");
const papers = document.querySelector("[data-open-wide]");
if (papers && matchMedia("(min-width: 960px)").matches) papers.open = true;
const queue = new Map(); // person -> {mark, seen, act, failed}: not yet known to the server
let sending, retry, acts = 0;

const every = () => [...list.querySelectorAll(".att-row")];
const shown = () => every().filter((row) => !row.hidden);
const rowOf = (part) => part.closest(".att-row");
const rowFor = (id) => document.getElementById("row-" + id);
const radios = (row) => [...row.querySelectorAll("[data-key]")];
const checked = (row) => radios(row).find((radio) => radio.checked);
const seen = (row) => row.querySelector("[name^=seen-]").value;
const on = (name, act, where = list) => where.addEventListener(name, act);

// Whatever was swapped in, what waits is what the page shows.
function show() {
  for (const row of every()) {
    const one = queue.get(row.dataset.person);
    row.classList.toggle("unsent", !!one?.failed);
    if (one) for (const radio of radios(row)) radio.checked = radio.value === one.mark;
  }
  const failed = list.querySelectorAll(".unsent").length;
  list.querySelector("[data-waiting]").hidden = !failed;
  list.querySelector("[data-count]").textContent = failed;
  list.dataset.queue = queue.size;
}

function set(row, mark, act = 0) {
  const before = queue.get(row.dataset.person);
  queue.set(row.dataset.person, { mark, act, seen: before?.seen ?? seen(row), failed: before?.failed });
  if (act) return;
  show();
  send();
}

async function send() {
  if (sending || !queue.size) return;
  sending = true;
  clearTimeout(retry);
  const [[, { act }]] = queue;
  const batch = [...queue].filter(([, one]) => one.act === act);
  const values = act ? { together: 1 } : {};
  const before = {};
  for (const [id, one] of batch) {
    before[id] = rowFor(id);
    values["mark-" + id] = one.mark;
    values["seen-" + id] = one.seen;
  }
  await post(values);
  let lost = false;
  for (const [id, one] of batch) {
    const now = queue.get(id);
    // Only an answer that put another row in place is one; a page to sign in is none.
    if (rowFor(id) === before[id]) lost = now.failed = true;
    else if (now === one) queue.delete(id);
    else now.seen = seen(rowFor(id)); // changed meanwhile: goes out next
  }
  sending = false;
  show();
  if (lost) retry = setTimeout(send, 3e3);
  else send();
}

// Without the part behind #, which would be scrolled to after every mark.
const post = (values) =>
  htmx.ajax("POST", location.pathname + location.search, { source: list, target: list, swap: "none", values }).catch(() => {});
htmx.config.timeout = 15e3;
on("htmx:configRequest", ({ detail }) => {
  const token = document.cookie.match(/csrftoken=(\w+)/); // renewed by signing in elsewhere
  if (token) detail.headers["X-CSRFToken"] = token[1];
});
on("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status === 409) Object.assign(detail, { shouldSwap: true, isError: false });
});
on("online", send, window);
on("beforeunload", (event) => queue.size && event.preventDefault(), window);

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
  if (undo) return queue.size || post({ undo: undo.value });
  if (event.submitter?.name !== "all") return;
  acts += 1;
  for (const row of every()) if (!checked(row)) set(row, "present", acts);
  show();
  send();
});

const box = list.querySelector("[data-find]");
const first = (row) => row && (checked(row) || radios(row)[0]);
on("keydown", (event) => {
  const { target } = event, rows = shown(), key = event.key.toLowerCase(), to = { enter: first(rows[0]) };
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.matches("[data-key]")) {
    const row = rowOf(target), own = radios(row), at = rows.indexOf(row), place = own.indexOf(target);
    const typed = key === " " ? target : own.find((one) => one.dataset.key === key);
    to.arrowdown = to.enter = first(rows[at + 1]);
    to.arrowup = first(rows[at - 1]);
    to.home = first(rows[0]);
    to.end = first(rows[rows.length - 1]);
    to.arrowright = own[place + 1];
    to.arrowleft = own[place - 1];
    if (typed || key === "delete") {
      set(row, typed ? typed.value : "");
      to[key] = typed || target;
    }
  } else if (target !== box) return;
  if (!(key in to)) return;
  to[key]?.focus();
  event.preventDefault();
});

if (box) { // a list in parts is searched on the server
  box.hidden = false;
  on("input", () => {
    const words = box.value.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
    for (const row of every()) row.hidden = !row.dataset.name.includes(words);
    list.querySelector("[data-nobody]").hidden = shown().length > 0;
  }, box);
}
