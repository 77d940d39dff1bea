"""Translations without GNU gettext: `python scripts/messages.py update | compile | check`.

Texts in the source are Vietnamese; `src/nhanlucso/locale/<language>/LC_MESSAGES/django.po` translates them.
`update` finds the texts in Python files and templates and brings them into the catalogues, `compile` makes the
binary files that Django reads, `check` names what is missing or doubtful and exits 1 if there is any.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "nhanlucso"
LOCALE = SOURCE / "locale"
KEYWORDS: dict[str, None] = dict.fromkeys(
    [
        *("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"),
        *("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"),
    ]
)
# Headers that change with every run or say nothing.
NOISE = tuple(
    f'"{name}: '
    for name in (
        *("Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date"),
        *("Last-Translator", "Language-Team", "Generated-By"),
    )
)
Found = tuple[str, int, str | tuple[str, ...], str | None]


def found_texts() -> Iterator[Found]:
    """(file, line, text or (singular, plural), context) of every text to translate, in order of the files."""
    for path in sorted(
        [*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("templates/**/*.txt")]
    ):
        name = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        yield from (_in_python if path.suffix == ".py" else _in_template)(name, text)


def _in_python(name: str, text: str) -> Iterator[Found]:
    """From the syntax tree, so that texts inside of f-strings are found as well."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            function = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if function in KEYWORDS:
                parts = [part.value for part in node.args if isinstance(part, ast.Constant)]
                yield from _one(name, node.lineno, function, parts)


def _in_template(name: str, text: str) -> Iterator[Found]:
    code = _unindented(templatize(text, origin=name))
    for line, function, message, _ in extract_python(
        io.BytesIO(code.encode()), KEYWORDS, [], {"encoding": "utf-8"}
    ):
        yield from _one(name, line, str(function), message if isinstance(message, tuple) else [message])


def _unindented(code: str) -> str:
    """What is left of a template is read as Python, where the indentation of its lines would mean something."""
    return "\n".join(line.lstrip() for line in code.splitlines())


def _one(name: str, line: int, function: str, message: Iterable[object]) -> Iterator[Found]:
    parts = [part for part in message if isinstance(part, str)]
    if not parts or not all(parts):
        return
    context = parts.pop(0) if "pgettext" in function else None
    if function.startswith("n"):
        yield name, line, tuple(parts[:2]), context
    elif parts:
        yield name, line, parts[0], context


def catalogues() -> dict[str, Path]:
    """Language → its catalogue."""
    return {path.parents[1].name: path for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))}


def read(language: str, path: Path) -> Catalog:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, domain="django")
    for message in catalogue:  # «80 % số buổi» looks like a format to the reader of files
        if "%(" not in str(message.id):
            message.flags.discard("python-format")
    return catalogue


def update() -> int:
    for language, path in catalogues().items():
        template = Catalog(domain="django", charset="utf-8")
        for name, line, text, context in found_texts():
            marks = ["python-format"] if "%(" in str(text) else []
            template.add(text, locations=[(name, line)], context=context, flags=marks)
        catalogue = read(language, path)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        written = io.BytesIO()
        write_po(written, catalogue, width=100, sort_output=True, no_location=True)
        lines = written.getvalue().decode().splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith(NOISE)), encoding="utf-8")
    return 0


def compile_all() -> int:
    for language, path in catalogues().items():
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(language, path))
    return 0


def complaints() -> list[str]:
    """What is wrong with the catalogues, one line each; empty if nothing."""
    wrong = []
    texts = {
        (text if isinstance(text, str) else text[0], context): name
        for name, _, text, context in found_texts()
    }
    for language, path in catalogues().items():
        catalogue = read(language, path)
        for (text, context), name in sorted(texts.items(), key=str):
            message = catalogue.get(text, context)
            if (
                message is None
                or not message.string
                or (isinstance(message.string, tuple) and not all(message.string))
            ):
                wrong.append(f"{language}: not translated: «{text}» ({name})")
        for message in catalogue:
            if message.id and message.fuzzy:
                wrong.append(f"{language}: marked fuzzy: «{message.id}»")
            wrong += [
                f"{language}: «{message.id}»: {error}" for error in message.check(catalogue) if message.string
            ]
    return wrong


def check() -> int:
    wrong = complaints()
    print("\n".join(wrong) or "All texts are translated.")
    return 1 if wrong else 0


def main(arguments: list[str]) -> int:
    actions = {"update": update, "compile": compile_all, "check": check}
    if len(arguments) != 1 or arguments[0] not in actions:
        print(__doc__, file=sys.stderr)
        return 2
    if not settings.configured:
        settings.configure()  # templatize asks for the encoding of files, nothing else
    return actions[arguments[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
