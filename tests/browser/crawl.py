"""Following every link of an account through the product; telling pages of one shape from pages of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import ResolverMatch, resolve

SAME_SHAPE = 3  # how many addresses of one route are opened: the first, and others that may differ
NOT_FOLLOWED = ("/tai-khoan/ra/", "/api/", "/ngon-ngu/")


class Links(HTMLParser):
    """The addresses that a page leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and (href := given.get("href")):
            self.found.append(href)


VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))


class Shape(HTMLParser):
    """What a page is made of: each kind of element with those around it, however often it stands there."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: set[str] = set()
        self._around: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind = f"{tag}.{given.get('class')}.{given.get('type')}.{'.'.join(sorted(given))}"
        self.parts.add(" > ".join([*(kind for _, kind in self._around[-2:]), kind]))
        if tag not in VOID:
            self._around.append((tag, kind))

    def handle_endtag(self, tag: str) -> None:
        while any(open_ == tag for open_, _ in self._around) and self._around.pop()[0] != tag:
            pass


def shape(html: str) -> str:
    """The same for two pages made of the same kinds of elements."""
    parser = Shape()
    parser.feed(html)
    return sha256("\n".join(sorted(parser.parts)).encode()).hexdigest()[:16]


class Seen:
    """What has been looked at already, by any of the processes that share the folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder

    def first(self, *what: object) -> bool:
        """Whether nobody has come with this before."""
        name = sha256(repr(what).encode()).hexdigest()
        try:
            (self._folder / name).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


@dataclass
class Crawl:
    """What was met: by route, the addresses opened, each with its shape; and every address that did not answer as
    it should."""

    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


Fetch = Callable[[str], tuple[int, str | None]]  # an address -> its status, and the text if it is a page


def crawl(fetch: Fetch, *, start: str = "/", same_shape: int = SAME_SHAPE) -> Crawl:
    """Opens every link that a signed-in account can reach from the start, a few of each route."""
    found, waiting, seen = Crawl(), [(start, "the start")], {start}
    while waiting:
        address, origin = waiting.pop(0)
        route = _route(address)
        if route is None:
            found.broken.append(f"{address} (on {origin}): no such route")
            continue
        if len(found.pages.get(route, ())) >= same_shape:
            continue
        status, html = fetch(address)
        if status != 200:
            found.broken.append(f"{address} (on {origin}): {status}")
            continue
        if html is None:
            continue
        found.pages.setdefault(route, {})[address] = shape(html)
        for link in _links(html, address):
            if link not in seen:
                seen.add(link)
                waiting.append((link, address))
    return found


def _links(html: str, base: str) -> Iterator[str]:
    parser = Links()
    parser.feed(html)
    for href in parser.found:
        if urlsplit(href).scheme in ("tel", "mailto", "intent"):
            continue
        address = urldefrag(urljoin(base, href)).url
        assert not urlsplit(address).netloc, f"{base} leads elsewhere: {address}"
        if not address.startswith(NOT_FOLLOWED):
            yield address


def _route(address: str) -> str | None:
    """The pattern of an address, so that two persons' pages are one route; None where nothing answers."""
    try:
        match: ResolverMatch = resolve(urlsplit(address).path)
    except Exception:
        return None
    return match.route
