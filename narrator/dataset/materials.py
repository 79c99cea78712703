"""`materials/<period>/*.md`: what departments wrote about the period."""

from __future__ import annotations

import re
from pathlib import Path

from narrator.dataset.cells import CellError, nearest, read_period
from narrator.dataset.figures import Calendar
from narrator.dataset.tables import Problems, read_text
from narrator.dataset.types import Material
from narrator.errors import reason
from narrator.model import Period

FOLDER = "materials"
_HEADING = re.compile(r"#{1,6}\s+(?P<title>.+?)\s*#*\s*")


def read_materials(
    folder: Path, codes: frozenset[str] | None, calendar: Calendar, problems: Problems
) -> dict[Period, tuple[Material, ...]]:
    """The notes of each period, in order of file name.

    A file whose stem is a node's code belongs to that node; any other is general. A stem that only
    looks like a code is a problem, for its text would stand in the wrong part of the report.
    """
    home = folder / FOLDER
    if not home.exists():
        return {}
    materials: dict[Period, tuple[Material, ...]] = {}
    for entry in _visible(home, FOLDER, problems):
        place = f"{FOLDER}/{entry.name}"
        if not entry.is_dir():
            if entry.stem.upper() != "README":
                problems.add(place, 0, "", "材料要放在期别文件夹里，如 materials/2019H1/")
            continue
        try:
            period = read_period(entry.name, calendar.frequency, calendar.base)
        except CellError as error:
            problems.add(place, 0, "", f"文件夹名{error}")
            continue
        if period in materials:
            problems.add(place, 0, "", f"与另一个文件夹同为 {period}：请合并")
            continue
        notes = [_material(path, f"{place}/{path.name}", codes, problems) for path in _visible(entry, place, problems)]
        materials[period] = tuple(note for note in notes if note is not None)
    return dict(sorted(materials.items()))


def _visible(folder: Path, place: str, problems: Problems) -> list[Path]:
    try:
        paths = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        problems.add(place, 0, "", f"读不出：{reason(error, reading=True)}")
        return []
    return [path for path in paths if not path.name.startswith((".", "~", "Thumbs.db", "desktop.ini"))]


def _material(path: Path, place: str, codes: frozenset[str] | None, problems: Problems) -> Material | None:
    if path.stem.upper() == "README":
        return None
    if path.suffix.lower() != ".md" or path.is_dir():
        problems.add(place, 0, "", "只读 .md 文件：请另存为 .md，或移出此文件夹")
        return None
    text = read_text(path, place, problems)
    if text is None:
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    title = path.stem
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is not None and (m := _HEADING.fullmatch(lines[first])):
        title = m["title"]
        del lines[first]
    body = "\n".join(line.rstrip() for line in lines).strip()
    if not body:
        problems.add(place, 0, "", "没有内容：请填写或删去")
        return None
    code = path.stem if codes is not None and path.stem in codes else ""
    if codes is not None and not code and _like_a_code(path.stem, codes):
        hint = nearest(path.stem, codes) or "：通用材料请用汉字或小写英文命名"
        problems.add(place, 0, "", f"文件名像是代码，但指标体系里没有“{path.stem}”{hint}")
        return None
    return Material(code, path, title, body)


def _like_a_code(stem: str, codes: frozenset[str]) -> bool:
    shapes = {_shape(code) for code in codes if code.isascii()}
    return _shape(stem) in shapes or stem.casefold() in {code.casefold() for code in codes}


def _shape(code: str) -> str:
    """CX03 and CX3 have the shape AA9: how letters, cases and digits follow one another."""
    shape = re.sub(r"[A-Z]", "A", re.sub(r"[a-z]", "a", code))
    return re.sub(r"[0-9]+", "9", shape)
