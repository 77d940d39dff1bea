"""A keyboard and nothing else: how somebody without a mouse goes through the pages, and what must hold on the way."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page

FAR = 90  # stops that may lie between two controls of a page
SKIP = "Đến nội dung chính"

# What is wrong with the stop that has the focus: a sequence of words, empty if nothing, None if nothing has it.
_STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const wrong = [], width = innerWidth, height = innerHeight;
  const own = at.getBoundingClientRect();
  const unseen = getComputedStyle(at).opacity === "0" || own.width < 4 || own.height < 4;
  const face = (unseen && (at.closest("label, .drop") || (at.labels || [])[0])) || at;
  const box = face.getBoundingClientRect();
  if (box.width < 4 || box.height < 4) wrong.push("has no size");
  if (box.left < -1 || box.right > width + 1) wrong.push("lies beside the screen");
  if (box.height <= height && (box.top < -1 || box.bottom > height + 1)) {
    wrong.push(`is not scrolled into view (${Math.round(box.top)} to ${Math.round(box.bottom)} of ${height})`);
  }
  const lines = [...face.getClientRects()].filter((line) => line.width > 3 && line.height > 3);
  for (const line of lines) {
    const x = (line.left + line.right) / 2, y = (line.top + line.bottom) / 2;
    const points = [[x, y], [line.left + 2, y], [line.right - 2, y], [x, line.top + 2], [x, line.bottom - 2]];
    for (const [left, top] of points) {
      const hit = document.elementFromPoint(left, top);
      if (hit && !hit.contains(at) && !face.contains(hit) && !at.contains(hit)) {
        wrong.push(`is covered by <${hit.tagName.toLowerCase()} class="${hit.getAttribute("class") || ""}">`);
        break;
      }
    }
  }
  const around = [at, face, at.nextElementSibling, at.closest(".pick, .drop")].filter(Boolean);
  const drawn = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const held = around.find((one) => drawn(getComputedStyle(one)) || drawn(getComputedStyle(one, "::after")));
  if (!held) wrong.push("shows no focus ring");
  else if (held === face) {
    const style = getComputedStyle(held), out = parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth);
    let [left, top, right, bottom] = [0, 0, width, height];
    for (let over = held.parentElement; over && over !== document.body; over = over.parentElement) {
      if (getComputedStyle(over).overflow === "visible") continue;
      const edge = over.getBoundingClientRect();
      [left, top] = [Math.max(left, edge.left), Math.max(top, edge.top)];
      [right, bottom] = [Math.min(right, edge.right), Math.min(bottom, edge.bottom)];
    }
    const cut = [box.left - out < left - 1, box.right + out > right + 1];
    cut.push(box.top - out < top - 1, box.bottom + out > bottom + 1);
    if (cut.filter(Boolean).length > 2) wrong.push("has its focus ring cut off");
  }
  return wrong;
}"""

_NAME = """() => {
  const at = document.activeElement;
  const name = at.getAttribute("aria-label") || at.labels?.[0]?.innerText || at.innerText || at.name || "";
  return `<${at.tagName.toLowerCase()}> ${name.trim().slice(0, 60)}`;
}"""

# What of a page cannot be heard: fields without names, errors that their fields do not tell, lost order.
_HEARD = """() => {
  const wrong = [], main = document.querySelector("main");
  const say = (one) => one.outerHTML.slice(0, 90);
  const levels = [...main.querySelectorAll("h1, h2, h3, h4")].map((one) => Number(one.tagName[1]));
  if (levels.indexOf(1) !== 0 || levels.lastIndexOf(1) !== 0) wrong.push("does not begin with its one heading");
  levels.forEach((level, at) => {
    if (level > (levels[at - 1] || 1) + 1) wrong.push(`leaves out a heading before h${level}`);
  });
  for (const table of main.querySelectorAll("table")) {
    if (!table.caption && !table.ariaLabel) wrong.push(`has a table without a caption: ${say(table)}`);
  }
  const named = (one) => one.labels?.length || one.getAttribute("aria-label") || one.getAttribute("aria-labelledby");
  for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
    if (!named(field)) wrong.push(`has a field without a name: ${say(field)}`);
  }
  for (const field of main.querySelectorAll(".field.invalid")) {
    const held = field.querySelector("fieldset, input:not([type=hidden]), select, textarea");
    const told = (held.getAttribute("aria-describedby") || "").split(" ").map((id) => document.getElementById(id));
    if (!told.some((one) => one?.matches(".field-error") && one.innerText.trim())) {
      wrong.push(`has a field that does not tell its error: ${say(held)}`);
    }
    if (held.matches(":not(fieldset)") && held.getAttribute("aria-invalid") !== "true") {
      wrong.push(`has a field that is not marked as wrong: ${say(held)}`);
    }
  }
  return wrong;
}"""
_HAS = "found => found.includes(document.activeElement)"


class Keys:
    """Hands on a keyboard. Every stop is looked at; `pressed` counts keys, the typing of a field as one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0
        self._titles: dict[str, str] = {}

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def type(self, words: str) -> None:
        """Types over what the field holds."""
        if self.page.evaluate("document.activeElement.matches('input, textarea')"):
            self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(words)
        self.pressed += 1

    @property
    def name(self) -> str:
        """Tag and name of what has the focus, for messages."""
        return str(self.page.evaluate(_NAME))

    def stands(self) -> None:
        """The focus is somewhere, to be seen, under nothing, with a ring."""
        wrong: list[str] | None = self.page.evaluate(_STOP)
        assert wrong is not None, f"{self.page.url}: the focus is lost"
        assert not wrong, f"{self.page.url}: {self.name} {', '.join(wrong)}"

    def on(self, wanted: Locator) -> bool:
        return bool(wanted.evaluate_all(_HAS))

    def reach(self, wanted: Locator, *, key: str = "Tab", within: int = FAR) -> None:
        """Goes on from stop to stop until one of those wanted has the focus."""
        met = []
        while not self.on(wanted):
            assert len(met) < within, f"{self.page.url}: {wanted} is not among {met}"
            self.press(key)
            assert self.page.evaluate(_STOP) is not None, f"{self.page.url}: {wanted} is not among {met}"
            self.stands()
            met.append(self.name)
        self.stands()

    def heard(self) -> None:
        """What the page shows can be heard as well; no other page had its title, but for a form that comes back."""
        wrong = self.page.evaluate(_HEARD)
        assert not wrong, f"{self.page.url}: {'; '.join(wrong)}"
        if self.page.locator(".error-summary").count():
            return
        path, title = urlsplit(self.page.url).path, self.page.title()
        assert self._titles.setdefault(title, path) == path, f"{path} and {self._titles[title]}: {title}"

    def skip(self) -> None:
        """From the top of a page to what it is about: the first stop leads there, if the focus is not there already."""
        self.heard()
        if self.page.evaluate("document.activeElement.matches('main, main *')"):
            return
        self.press("Tab")
        link = self.page.get_by_role("link", name=SKIP)
        assert self.on(link), f"{self.page.url}: the first stop is {self.name}"
        self.stands()
        self.press("Enter")
        assert self.on(self.page.locator("main")), f"{self.page.url}: skipping led to {self.name}"

    def go(self, wanted: Locator, *, key: str = "Enter", **how: Any) -> None:
        """Reaches a link or a button that leads to another page, and opens it."""
        self.reach(wanted, **how)
        with self.page.expect_navigation():
            self.press(key)
        self.page.wait_for_load_state()

    def mend(self, field: Locator) -> None:
        """After a refused form: the focus is in the list of what is wrong, whose first line leads to that field."""
        self.heard()
        assert self.on(self.page.locator(".error-summary")), f"{self.page.url}: {self.name}"
        self.press("Tab")
        self.stands()
        self.press("Enter")
        assert self.on(field), f"{self.page.url}: {self.name}"
        self.stands()

    def main(self, role: Any, name: Any, *, exact: bool = False) -> Locator:
        """Controls of a page itself, beside its frame."""
        return self.page.get_by_role("main").get_by_role(role, name=name, exact=exact)

    def field(self, name: Any, words: str, **how: Any) -> None:
        """Reaches the field of that label and types."""
        self.reach(self.page.get_by_label(name), **how)
        self.type(words)


def sign_in(page: Page, name: str, password: str) -> Keys:
    """Signs in by keyboard, the cursor standing in the first field of the page; the keys go on counting."""
    page.goto("/tai-khoan/vao/")
    keys = Keys(page)
    assert keys.on(page.locator("input[name=username]")), keys.name
    keys.stands()
    keys.type(name)
    keys.reach(page.locator("input[name=password]"))
    keys.type(password)
    with page.expect_navigation():
        keys.press("Enter")
    return keys
