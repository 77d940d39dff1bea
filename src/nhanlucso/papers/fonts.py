"""The typefaces that are typeset (all SIL Open Font License): Tinos, metric-equal to Times New Roman, for papers;
Be Vietnam Pro, the face of the pages, for pictures.

The npm packages carry them in subsets by script; a typesetter needs whole files, so the subsets for
Vietnamese are merged once at set-up: `python -m nhanlucso.papers.fonts`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from fontTools.merge import Merger, Options

_ROOT = Path(__file__).resolve().parents[3]
_SUBSETS = ("latin", "latin-ext", "vietnamese")
_FACES = {  # file name → package, ending of its subsets
    "Tinos-Regular.ttf": ("tinos", "400-normal"),
    "Tinos-Italic.ttf": ("tinos", "400-italic"),
    "Tinos-Bold.ttf": ("tinos", "700-normal"),
    "Tinos-BoldItalic.ttf": ("tinos", "700-italic"),
    "BeVietnamPro-Regular.ttf": ("be-vietnam-pro", "400-normal"),
    "BeVietnamPro-SemiBold.ttf": ("be-vietnam-pro", "600-normal"),
}


class FontsMissing(RuntimeError):
    """The fonts are not where they should be; the message says how to make them."""


def font_source() -> Path:
    """Where npm puts the packages of typefaces."""
    return _ROOT / "node_modules" / "@fontsource"


def font_folder() -> Path:
    """The folder of the merged fonts: NHANLUCSO_FONTS, else build/fonts of the project."""
    return Path(os.environ.get("NHANLUCSO_FONTS") or _ROOT / "build" / "fonts")


def ready_fonts() -> Path:
    """`font_folder()` with all faces in it, else FontsMissing."""
    folder = font_folder()
    missing = [name for name in _FACES if not (folder / name).is_file()]
    if missing:
        raise FontsMissing(
            f"{folder} lacks {', '.join(missing)}. Run `npm ci` and `python -m nhanlucso.papers.fonts`,"
            " or set NHANLUCSO_FONTS to a folder that has them."
        )
    return folder


def build_fonts(source: Path, target: Path) -> tuple[Path, ...]:
    """Merges the subsets in the packages below `source` (woff2) into TrueType files in `target`; returns their paths.

    Kerning and ligature tables are left out: they exist inside each subset only, so that letters with
    and without marks would be spaced unlike; word processors set Times New Roman without them too.
    """
    target.mkdir(parents=True, exist_ok=True)
    built = []
    for name, (package, ending) in _FACES.items():
        files = source / package / "files"
        parts = [files / f"{package}-{subset}-{ending}.woff2" for subset in _SUBSETS]
        absent = [part for part in parts if not part.is_file()]
        if absent:
            raise FontsMissing(f"{absent[0]} is not there. Run `npm ci` first.")
        font = Merger(options=Options(drop_tables=["GSUB", "GPOS", "GDEF"])).merge([str(p) for p in parts])
        font.flavor = None
        path = target / name
        partial = path.with_suffix(".part")
        font.save(partial)
        partial.replace(path)  # whoever reads meanwhile sees the old file or the new one, never half of one
        built.append(path)
    return tuple(built)


def main() -> int:
    try:
        built = build_fonts(font_source(), font_folder())
    except FontsMissing as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{len(built)} → {font_folder()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
