"""Whoever writes leaves an event: every service, and every address that takes a form."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern

from tests.architecture.reaching import dotted, leads_to
from tests.architecture.source import product, role
from tests.architecture.test_doors import ROUTES

RECORD = "nhanlucso.audit.services.record"
# Functions in services that change no record, each with its reason.
SILENT_SERVICES = {
    "access.limits.services.count_visit": "counts visits by a hash for a minute",
    "access.invites.services.usable_invite": "reads",
    "access.invites.services.check_password_strength": "judges a text",
    "access.invites.services.check_pin": "judges a text",
    "access.services.check_role": "judges",
    "access.services.require_charge": "judges",
    "access.signing.services.usable_reset_link": "reads",
    "access.signing.services.check_open": "judges",
    "access.tokens.services.take_token": "that a token was used, each minute",
    "access.devices.services.note_device": "signing in recorded it; here only on what kind of device",
    "access.devices.services.see_device": "that a device was used, each minute",
    "access.devices.services.rekey_device": "the same device under another key",
    "access.devices.services.forget_device": "a session that ended by itself",
    "access.tour.services.finish_tour": "that the tour was seen; nothing of anyone",
    "audit.services.record": "this is it",
    "audit.services.settle_touches": "marks for the build of facts, no records",
    "jobs.services.start": "queues work; the work records what it does",
    "jobs.services.restart": "queues work; the work records what it does",
    "jobs.services.run_job": "runs work; the work records what it does",
    "jobs.services.tidy": "ends what a lost process left; nothing was written",
    "jobs.services.shown": "progress of work; the work records what it does",
    "journal.services.recording": "keeps rows inside the service that records",
    "orgs.services.structure_changed": "a mark inside a service that records",
}
# Addresses that take a form and change no record, each with its reason.
SILENT_ADDRESSES = {
    "tai-khoan/ra/": "leaving",
    "tai-khoan/vao/tinh/": "sends the browser to the provider; coming back is on record",
    "ngon-ngu/": "the language of the pages",
    "chat-luong/kiem-tra/": "queues a look at the records",
    "lop-hoc/<int:class_id>/danh-sach/dan/": "shows what was pasted; adding is another form",
    "xac-minh/": "judges a file that somebody brings",
    "viec/<uuid:job_id>/chay-lai/": "queues work; the work records what it does",
    "huong-dan/lam-quen/xong/": "that the tour was seen",
}
WRITES = {
    "save",
    "delete",
    "update",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "create",
}


def test_services_record_what_they_write() -> None:
    silent = {
        f"{dotted(module).removeprefix('nhanlucso.')}.{function.name}"
        for module in role("services")
        for function in module.public_functions()
        if not leads_to(f"{dotted(module)}.{function.name}", RECORD)
    }
    assert silent - set(SILENT_SERVICES) == set(), "these services write and call no audit record()"


def test_addresses_that_take_a_form_record_what_they_write() -> None:
    silent = {path for path, route in ROUTES if _takes_forms(route) and not leads_to(_name(route), RECORD)}
    assert silent - set(SILENT_ADDRESSES) == set(), "these addresses take a form and no event comes of it"


def test_pages_write_through_services_alone() -> None:
    """Nothing in web or cli writes a row by itself, so the two tests above see all there is."""
    offenders = [
        f"{module.name}:{node.lineno}"
        for module in product()
        if module.room in {"web", "cli"}
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and "objects" in ast.unparse(node.func.value)
    ]
    assert offenders == []


def _name(route: URLPattern) -> str:
    view = inspect.unwrap(getattr(route.callback, "view_class", route.callback))
    return f"{view.__module__}.{view.__qualname__}"


def _takes_forms(route: URLPattern) -> bool:
    """Whether the methods it allows include POST; where it names none, whether its source speaks of POST."""
    if allowed := set(_allowed(route.callback)):
        return "POST" in allowed
    view = inspect.unwrap(getattr(route.callback, "view_class", route.callback))
    return inspect.isclass(view) or "POST" in inspect.getsource(view)


def _allowed(view: Any) -> Iterator[str]:
    """The methods that decorators like `require_POST` hold."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            if isinstance(cell.cell_contents, list | tuple):
                yield from (word for word in cell.cell_contents if isinstance(word, str) and word.isupper())
        view = getattr(view, "__wrapped__", None)
