"""Files keep to their role: queries are asked with a scope, services are told who acts and when."""

from __future__ import annotations

import ast

from tests.architecture.source import Function, Module, role

# Reads without a scope, each with its reason. Nothing here gives a name of a person.
QUERIES_WITHOUT_SCOPE = {
    "access.scope_of": "makes the scope",
    "access.invite_of": "who holds the secret of a link was given it",
    "access.reset_link_of": "who holds the secret of a link was given it",
    "access.card_of": "who holds the secret of a card was given it",
    "access.card_stands": "says yes or no of a secret that was shown before",
    "access.token_of": "who holds the secret of a token was given it",
    "access.scope_of_token": "makes the scope of a program",
    "access.has_second_step": "asked before anybody is signed in; says yes or no",
    "access.passkeys_of": "of who gave the right password; the browser is told ids of keys",
    "access.passkey_of": "what a browser answers with; it proves nothing before its signature is checked",
    "access.entrusted_units": "which units somebody approves for; names nobody",
    "access.entrusted_everywhere": "whether somebody approves for all units; names nobody",
    "reports.hands_of": "whether there is somebody to decide on a report; names nobody",
    "audit.open_touches": "tells that something changed, nothing of what",
    "indicators.ask": "reads words, no records",
    "indicators.pick": "reads words, no records",
    "indicators.open_store": "facts hold no names; whoever reads them checks the scope of what it asks for",
    "indicators.busy_years": "counts and a date of a unit",
    "forms.layout_of": "a blank form that was found with a scope",
    "forms.line_of": "a blank form, and names of units",
    "forms.measured": "definitions, no records",
    "forms.naming": "names of units are public",
    "forms.spanned": "reads words, no records",
    "orgs.history": "names and places of units are public",
    "orgs.resolve_unit": "turns a written id into a unit; reading its records takes a scope",
    "orgs.unit_reference": "turns a unit into its written id",
    "orgs.references": "turns units into their written ids",
    "orgs.record_references": "turns records that were read with a scope into their written ids",
}
# Writes that nobody in particular does.
SERVICES_WITHOUT_ACTOR = {
    "audit.settle_touches": "housekeeping of the build of facts; no record of anyone changes",
    "jobs.run_job": "the job itself knows whose it is; its steps have times of their own",
    "orgs.structure_changed": "a mark inside the transaction of a service that was told both",
}


def _parameters(function: Function) -> list[str]:
    return [
        argument.arg
        for argument in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    ]


def _named(modules: tuple[Module, ...]) -> dict[str, Function]:
    return {
        f"{module.room}.{function.name}": function
        for module in modules
        for function in module.public_functions()
    }


def test_queries_take_a_scope() -> None:
    without = {
        name for name, function in _named(role("queries")).items() if "scope" not in _parameters(function)
    }
    assert without == set(QUERIES_WITHOUT_SCOPE)


def test_services_take_keywords_only() -> None:
    loose = [
        name
        for name, function in _named(role("services")).items()
        if function.args.args or function.args.posonlyargs
    ]
    assert loose == []


def test_services_are_told_who_and_when() -> None:
    missing = {
        name
        for name, function in _named(role("services")).items()
        if not {"by", "at"} <= set(_parameters(function))
    }
    assert missing == set(SERVICES_WITHOUT_ACTOR)


def test_queries_do_not_write() -> None:
    writing = {
        "save",
        "delete",
        "create",
        "update",
        "bulk_create",
        "bulk_update",
        "get_or_create",
        "update_or_create",
    }
    offenders = [
        f"{module.name}:{node.lineno}"
        for module in role("queries")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in writing
        and "objects" in ast.unparse(node.func.value)
    ]
    assert offenders == []


def test_rules_read_no_clock() -> None:
    offenders = [
        module.name
        for module in role("rules")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] in {"now", "today", "localdate"}
    ]
    assert offenders == []
