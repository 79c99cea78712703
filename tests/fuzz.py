"""Damaged documents through the whole of `narrate check`: no traceback, no endless loop, no flood of memory.

Each damaged file is checked by a process of its own, forked from one that has loaded everything, with every output
format in turn and an annotated copy. What counts as a fault: an exit code other than 0, 1 and 2, a traceback or an
internal error, a message that is not Chinese, output that is no JSON, an annotated copy that cannot be read again,
more than 20 seconds of work, more than 500 MB. `python -m tests.fuzz --minutes 10 --seed 1` goes on for so long and leaves
the files that failed in a folder.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import re
import resource
import struct
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))  # the makers of small Word files stand beside this

from constructions import HIDDEN, SEEN, UNSEEN
from docx_maker import entries
from lxml import etree
from rule_sample import DATA, ledger

SECONDS, MEGABYTES = 20, 500
PATIENCE = 300  # seconds by the clock, on a machine that does much else
FORMATS = ("text", "json", "sarif", "github", "html")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_JUNK = (
    "", "0", "-1", "99999999999999999999", "1e308", "NaN", "true", "rId1", "nf1:x", "_nf1_x_1", "\u202e", "％", "a" * 5000, "../../x",
    "Heading1", "2019年", "１２８．０８", "一二三", "continue", "restart", "0.00", "#,##0;[红色]-0", "[DBNum2]0", "yyyy", "128.08点",
)  # fmt: skip
_TEXTS = (
    "129.46", "1" * 400, "0." + "0" * 300 + "1", "１２９．４６", "百分之" + "九" * 200, "-" * 300, "5%" * 200, "由1升至2升至3" * 50, "一升二降三平",
    "分别为1、2、3、4、5和6", "（" * 200, "2019年" * 100, "见图99999999999.1", "\ufffd\ufffe", "<w:t>", "。" * 500, "", "1/0", "1e999", "负负五", "近近近九成半",
    "总指数" * 300, "narrate: allow wrong-number — 因为", "12,34,5,678.9.0.1", "十百千万亿", "½¾⅓", "∞%", "7" * 4000 + "点", "同比增长" * 100,
)  # fmt: skip


# --------------------------------------------------------------------------- damage


def damaged(data: bytes, chance: random.Random) -> bytes:
    """One file with a few faults of one sort: in its XML, in its parts, or in the zip."""
    return chance.choice((_in_xml, _in_xml, _in_xml, _in_xml, _in_text, _in_parts, _in_bytes, _in_zip))(data, chance)


def _in_xml(data: bytes, chance: random.Random) -> bytes:
    """Elements taken out, doubled, moved, renamed, nested; attributes and texts replaced."""
    parts = entries(data)
    name = _some_part(parts, chance)
    try:
        root = etree.fromstring(parts[name])
    except etree.XMLSyntaxError:
        return _in_bytes(data, chance)
    for _ in range(chance.choice((1, 2, 5, 20))):
        elements = [e for e in root.iter() if isinstance(e.tag, str)]
        element, other = chance.choice(elements), chance.choice(elements)
        action = chance.randrange(8)
        if action == 0 and element is not root:
            element.getparent().remove(element)
        elif action == 1 and element is not root and len(elements) < 20000:
            for _ in range(chance.choice((1, 1, 3, 30))):
                element.addnext(_copy(element))
        elif action == 2 and element is not root and other not in set(element.iter()):
            other.append(element)
        elif action == 3:
            element.tag = other.tag
        elif action == 4 and element.attrib:
            element.set(chance.choice(list(element.attrib)), _clean(chance.choice(_JUNK)))
        elif action == 5 and element is not root:
            inner = _copy(element)
            for _ in range(chance.choice((2, 40, 400))):
                outer = etree.Element(element.tag, element.attrib)
                outer.append(inner)
                inner = outer
            element.getparent().replace(element, inner)
        elif action == 6:
            element.text = _clean(chance.choice(_TEXTS))
        else:
            element.attrib.clear()
    parts[name] = etree.tostring(root)
    return _zipped(parts)


def _in_text(data: bytes, chance: random.Random) -> bytes:
    """What is written replaced, cut, doubled: still a valid document."""
    parts = entries(data)
    root = etree.fromstring(parts["word/document.xml"])
    texts = [t for t in root.iter(W + "t") if t.text] or [root]
    for _ in range(chance.choice((1, 5, 30))):
        text = chance.choice(texts)
        old = text.text or ""
        at = chance.randrange(len(old) + 1)
        text.text = _clean(
            chance.choice((chance.choice(_TEXTS), old[:at] + chance.choice(_TEXTS) + old[at:], old[:at], old * 3))
        )
    parts["word/document.xml"] = etree.tostring(root)
    return _zipped(parts)


def _in_parts(data: bytes, chance: random.Random) -> bytes:
    """Parts missing, exchanged, empty, huge, of another kind; relations that lead nowhere or in a circle."""
    parts = entries(data)
    name, other = _some_part(parts, chance), chance.choice(list(parts))
    action = chance.randrange(7)
    if action == 0:
        del parts[name]
    elif action == 1:
        parts[name], parts[other] = parts[other], parts[name]
    elif action == 2:
        parts[name] = chance.choice((b"", b"<x/>", b"\xff\xfe<\x00x\x00/\x00>\x00", b"%PDF-1.7", b"\x00" * 1000))
    elif action == 3:
        parts[name] = b"<x>" + b" " * 60_000_000 + b"</x>"
    elif action == 4:
        parts[name] = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>" + parts[name]
    elif action == 5:
        for rels in [n for n in parts if n.endswith(".rels")]:
            parts[rels] = re.sub(
                rb'Target="[^"]*"', lambda m: chance.choice((m[0], b'Target="document.xml"', b'Target=""')), parts[rels]
            )
    else:
        parts[name + chance.choice(("", "x", "/"))] = parts[name].replace(b"<w:", b"<x:")
    return _zipped(parts)


def _in_bytes(data: bytes, chance: random.Random) -> bytes:
    """Bytes of one part changed."""
    parts = entries(data)
    name = _some_part(parts, chance)
    content = bytearray(parts[name])
    for _ in range(chance.choice((1, 4, 40))):
        if content:
            content[chance.randrange(len(content))] = chance.choice(b'<>/"= w:x&;0\x00\xff')
    parts[name] = bytes(content)
    return _zipped(parts)


def _in_zip(data: bytes, chance: random.Random) -> bytes:
    """The container itself cut, overwritten, with a wrong size, or twice the same entry."""
    action = chance.randrange(5)
    if action == 0:
        return data[: chance.randrange(len(data))]
    out = bytearray(data)
    if action == 1:
        for _ in range(chance.choice((1, 10, 200))):
            out[chance.randrange(len(out))] = chance.randrange(256)
        return bytes(out)
    if action == 2:
        for m in list(re.finditer(rb"PK\x01\x02", data))[:: chance.choice((1, 3))]:
            struct.pack_into("<I", out, m.start() + 24, chance.choice((0, 1, 2**31, 2**32 - 1)))
        return bytes(out)
    if action == 3:
        return data + data
    packed = io.BytesIO(data)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        squeezed = zlib.compress(b"0" * chance.choice((10, 30_000_000)))
        archive.writestr(zipfile.ZipInfo("word/media/x.bin"), squeezed)
        archive.writestr(zipfile.ZipInfo("word/x.xml"), b"<x/>" * chance.choice((1, 100_000)))
    return packed.getvalue()


def _some_part(parts: dict[str, bytes], chance: random.Random) -> str:
    """Half of the time the main text, else any part."""
    return "word/document.xml" if chance.random() < 0.5 and "word/document.xml" in parts else chance.choice(list(parts))


def _copy(element: etree._Element) -> etree._Element:
    copied = deepcopy(element)
    copied.tail = None
    return copied


def _clean(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --------------------------------------------------------------------------- one check


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one check ended; `fault` is empty where it ended well."""

    code: int
    seconds: float
    megabytes: float
    fault: str = ""


def checked(data: bytes, folder: Path, format: str) -> Outcome:
    """`narrate check` on these bytes in a process of its own."""
    file, copy, out, err = (folder / n for n in ("a.docx", "b.docx", "out", "err"))
    file.write_bytes(data)
    copy.unlink(missing_ok=True)
    arguments = [
        "check",
        str(file),
        "--index",
        "demo",
        "--period",
        "2025H1",
        "--format",
        format,
        "--home",
        str(DATA.parent),
    ]
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        _in_child([*arguments, "--annotate", str(copy)], out, err)
    while True:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done or time.monotonic() - began > PATIENCE:
            break
        time.sleep(0.005)
    if not done:
        os.kill(child, 9)
        os.waitpid(child, 0)
        return Outcome(-9, PATIENCE, 0, f"no end after {PATIENCE} s")
    seconds = used.ru_utime + used.ru_stime
    code = os.waitstatus_to_exitcode(status)
    megabytes = used.ru_maxrss / 1024
    fault = _fault(code, out, err, copy, format)
    if not fault and megabytes > MEGABYTES:
        fault = f"{megabytes:.0f} MB"
    return Outcome(code, seconds, megabytes, fault)


def _in_child(arguments: list[str], out: Path, err: Path) -> None:
    code = 70
    try:
        for number, path in ((1, out), (2, err)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        from narrator import cli

        code = cli.run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def _fault(code: int, out: Path, err: Path, copy: Path, format: str) -> str:
    """What is wrong with how a check ended."""
    said = err.read_text(encoding="utf-8", errors="replace")
    shown = out.read_text(encoding="utf-8", errors="replace")
    if code not in (0, 1, 2):
        return f"exit code {code}: {said[-1500:]}"
    if "Traceback" in said or "程序内部错误" in said:
        return said[-1500:]
    if code == 2:
        # The result stands where only the copy with remarks could not be written.
        copied = not re.search("无法写出副本|无法写入批注|word/embeddings", said)
        if (shown and copied) or not re.search("^错误：.*[\u4e00-\u9fff]{2}", said, re.MULTILINE):
            return f"exit code 2 with {said[:300]!r} and {shown[:100]!r}"
        return ""
    if format in ("json", "sarif"):
        try:
            content = json.loads(shown)
        except ValueError as error:
            return f"no JSON: {error}"
        if format == "json" and content["summary"]["coverage"] != 1.0:
            return f"coverage {content['summary']['coverage']}"
    from narrator.errors import DocumentError
    from narrator.word.read import read

    try:
        read(copy.read_bytes(), "b.docx")
    except (OSError, DocumentError) as error:
        return f"the annotated copy: {error}"
    return ""


# --------------------------------------------------------------------------- many


def sources() -> list[bytes]:
    """Drafts of the fictional index, and one small document for each way in which a number can stand in a file."""
    import narrator

    drafts = []
    for period in ("2018H2", "2025H1"):
        report = narrator.draft(ledger("demo"), period, prompts=DATA.parent / "prompts")
        drafts.append(narrator.document(report, ledger("demo")))
    small = [data for data, _ in SEEN.values()] + list(UNSEEN.values()) + list(HIDDEN.values())
    return drafts * (len(small) // 4) + small


def run(seed: int, enough: Callable[[int, float], bool], keep: Path | None = None) -> list[str]:
    """Check damaged files until it is `enough` (files so far, seconds so far); gives the faults."""
    from narrator.cli import app, checking  # noqa: F401  # loaded once, before the processes part
    from narrator.render import github, html, sarif, text  # noqa: F401

    chance = random.Random(seed)
    files = sources()
    began = time.monotonic()
    codes: Counter[int] = Counter()
    faults: list[str] = []
    slowest = largest = 0.0
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        while not enough(number, time.monotonic() - began):
            data = damaged(chance.choice(files), chance)
            outcome = checked(data, Path(folder), FORMATS[number % len(FORMATS)])
            codes[outcome.code] += 1
            slowest, largest = max(slowest, outcome.seconds), max(largest, outcome.megabytes)
            if outcome.fault:
                faults.append(f"seed {seed}, file {number}: {outcome.fault}")
                print(faults[-1], flush=True)
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{seed}-{number}.docx").write_bytes(data)
            number += 1
    ended = ", ".join(f"{n} ended in {code}" for code, n in sorted(codes.items()))
    print(f"{number} files: {ended}; slowest {slowest:.1f} s, largest {largest:.0f} MB; {len(faults)} faults")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Check damaged documents.")
    parser.add_argument("--seed", type=int, default=1, help="which damage is done (default 1)")
    parser.add_argument("--minutes", type=float, default=0.0, help="go on for so long")
    parser.add_argument("--number", type=int, default=100, help="or for so many files (default 100)")
    parser.add_argument("--keep", type=Path, default=Path("outputs/fuzz"), help="where files that failed are kept")
    options = parser.parse_args()
    if options.minutes:
        faults = run(options.seed, lambda _, seconds: seconds > 60 * options.minutes, options.keep)
    else:
        faults = run(options.seed, lambda number, _: number >= options.number, options.keep)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
