"""`narrate new`: a folder for a new index, whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from narrator.dataset import WORKBOOK, load
from narrator.dataset.cells import CellError, parse_period
from narrator.dataset.config import CONFIG, POLICIES
from narrator.dataset.materials import FOLDER as MATERIALS
from narrator.dataset.tables import LAYOUTS, Problems, Table, read_text
from narrator.errors import DataError, Problem, UsageError, WorkspaceError, reason
from narrator.model import Frequency, Period
from narrator.workspace import Workspace, shell_word

_BAD_NAME = re.compile(r'[/\\:*?"<>|\x00-\x1f]|^[.\-~]|[. ]$|^ ')
README = "README.md"
_NO_TABLE = Table("", {}, ())
_BOM = "utf-8-sig"  # Excel takes a CSV without it for the system's code page


def new_index(workspace: Workspace, name: str, source: str | None = None) -> Path:
    """Make `data/<name>/` and return it; it loads without a problem.

    `source`: None for a small fictional example to type over; the name of an index to copy with its
    data; or an .xlsx file whose sheets become CSV files. Raises UsageError (bad or taken name, no such
    source), DataError (the source has problems), WorkspaceError (cannot write). Nothing half made stays.
    """
    if not name or _BAD_NAME.search(name) or len(name) > 40:
        raise UsageError(
            f"“{name}”不能作指数名称",
            hint='不超过 40 字，不含 / \\ : * ? " < > |，不以点、横线或空格开头，不以点或空格结尾',
        )
    folder = workspace.data / name
    if folder.exists() or folder.is_symlink():
        raise UsageError(f"{folder} 已存在，没有改动", hint="请换一个名称，或先把它移走")
    files = _example() if source is None else _from(workspace, source)
    if README in files:
        files[README] = files[README].replace(b"<name>", shell_word(name).encode())
    made = not workspace.data.exists()
    draft = workspace.data / f".new-{os.urandom(6).hex()}"
    try:
        for place, content in files.items():
            (draft / place).parent.mkdir(parents=True, exist_ok=True)
            (draft / place).write_bytes(content)
        load(draft)  # what is handed over must run
        draft.rename(folder)
    except OSError as error:
        raise WorkspaceError(f"建不了 {folder}：{reason(error)}", hint="请检查权限和磁盘空间") from error
    finally:
        if draft.exists():
            shutil.rmtree(draft, ignore_errors=True)
        if made and workspace.data.is_dir() and not any(workspace.data.iterdir()):
            workspace.data.rmdir()
    return folder


def _from(workspace: Workspace, source: str) -> dict[str, bytes]:
    path = Path(source).expanduser()
    if path.suffix.lower() == ".xlsx":
        if not path.is_file():
            raise UsageError(f"没有这个文件：{source}", hint="--from 后面写指数名称，或一个 .xlsx 文件")
        return _split(path)
    for home in (workspace.data, workspace.shipped):
        if home is not None and not re.search(r"[/\\]", source) and (home / source / CONFIG).is_file():
            return _copy(home / source)
    names = set(workspace.indices())
    if workspace.shipped is not None:
        names.update(entry.name for entry in workspace.shipped.iterdir() if (entry / CONFIG).is_file())
    raise UsageError(
        f"没有名为“{source}”的指数可作样本",
        hint=f"--from 后面写 {'、'.join(sorted(names))} 之一，或一个 .xlsx 文件",
    )


def _copy(folder: Path) -> dict[str, bytes]:
    """All that the index is read from, and a word on top of index.toml on what to change."""
    load(folder)
    names = [CONFIG, POLICIES, WORKBOOK, *(layout.file for layout in LAYOUTS)]
    paths = [folder / name for name in names]
    paths += sorted((folder / MATERIALS).rglob("*.md"))
    try:
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}
    except OSError as error:
        raise WorkspaceError(f"读不出 {folder}：{reason(error, reading=True)}") from error
    text = read_text(folder / CONFIG, CONFIG, Problems()) or ""
    head = f"# 复制自 {folder.name}。请先改 title、region、short_name、publisher，再把各表换成自己的数据。\n"
    return files | {CONFIG: (head + text).encode()}


# --------------------------------------------------------------------------- from a workbook


def _split(path: Path) -> dict[str, bytes]:
    """The sheets as CSV files, and an index.toml with what can be told from them."""
    from narrator.dataset.xlsx import read_workbook

    problems = Problems()
    tables = read_workbook(path, problems)
    config = _guessed_config(tables).encode()
    found = problems.in_reading_order() or _faults(path, config)
    if found:
        raise DataError(f"{path} 有 {len(found)} 处问题，没有新建：", found, hint="请在原文件里改正后重试。")
    files = {CONFIG: config}
    for layout in LAYOUTS:
        table = tables[layout.key]
        rows = [[cells.get(column) or "" for column in layout.columns] for _, cells in table.rows] if table else []
        files[layout.file] = _csv([list(layout.columns), *rows])
    codes = [cells["code"] or "" for _, cells in (tables["indicators"] or _NO_TABLE).rows]
    return files | {
        POLICIES: _POLICIES_TO_COME.format(code=codes[-1]).encode(),
        f"{MATERIALS}/README.md": _MATERIALS.encode(),
        README: _readme(f"各表由 {path.name} 转换而来。以后请改这里的 CSV：再改那个 xlsx 不起作用。").encode(),
    }


def _faults(path: Path, config: bytes) -> list[Problem]:
    """What is wrong in the workbook, by its own sheets and rows, not by those of the CSV files to come."""
    with tempfile.TemporaryDirectory(prefix="narrate-") as home:
        (Path(home) / CONFIG).write_bytes(config)
        shutil.copyfile(path, Path(home) / WORKBOOK)
        try:
            load(Path(home))
        except DataError as error:
            return [replace(p, file=p.file.replace(WORKBOOK, path.name)) for p in error.problems]
    return []


def _guessed_config(tables: dict[str, Table | None]) -> str:
    indicators, observations = tables["indicators"], tables["observations"]
    title = next(
        (cells["name"] for _, cells in (indicators.rows if indicators else ()) if not cells.get("parent")), None
    )
    periods: list[Period] = []
    for _, cells in observations.rows if observations else ():
        try:
            periods.append(parse_period(cells.get("period") or ""))
        except CellError:
            continue  # load names it
    counts = Counter(period.frequency for period in periods)
    within_year: list[Frequency] = [f for f, _ in counts.most_common() if f != "A"]
    frequency: Frequency = within_year[0] if within_year else "A"
    return _CONFIG.format(
        title=(title or "综合指数").replace('"', ""),
        frequency=frequency,
        base=min(periods, default=Period(2020)),
        guessed="  # 由表中期别推得，请核对",
    )


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode(_BOM)


# --------------------------------------------------------------------------- an example to type over

_CONFIG = """\
# 这个指数是什么。改好后用 narrate data check --index 名称 核对。
title = "{title}"
region = "示例区"              # 地区，行文用
short_name = "示例"            # 地区简称
publisher = "示例区统计部门"
frequency = "{frequency}"               # A 年、H 半年、Q 季、M 月{guessed}
base_period = "{base}"          # 基期：观测表里每个指标都要有这一期{guessed}
base_value = 100
flat_band = 2.0               # 同比在 ±2% 以内算“平”
aggregation = "arithmetic"    # 加权算术平均
missing = "refuse"            # 有缺失时：refuse 不算、carry 沿用上期、reweight 权数分给同级
names = []                    # 含数字但不是数据的专名，如 "5G"、"1+5"
"""

_INDICATORS = """\
code,name,parent,weight,direction,unit,decimals,aliases,note
ZS,示例区高质量发展指数,,1,1,点,2,总指数,上级为空的一行是总指数
JJ,经济活力,ZS,0.5,1,点,2,经济活力指数,模块：同一上级下权重之和为 1
MS,民生保障,ZS,0.5,1,点,2,民生保障指数,
JJ01,数字经济增加值占比,JJ,0.6,1,%,2,,
JJ02,每万人发明专利拥有量,JJ,0.4,1,件,1,万人发明专利|发明专利拥有量,别名用 | 隔开
MS01,居民人均可支配收入,MS,0.6,1,元,0,人均可支配收入,
MS02,城镇调查失业率,MS,0.4,-1,%,2,失业率|城镇调查失业率（逆）,方向 -1 是逆指标：越小越好
"""
_VALUES = {
    "JJ01": ("8.20", "8.65", "9.04", "9.71"),
    "JJ02": ("20.5", "22.4", "23.8", "24.9"),
    "MS01": ("21400", "22650", "23310", "23980"),
    "MS02": ("4.60", "4.52", "4.48", "4.71"),
}
_PERIODS = ("2022", "2023H1", "2023H2", "2024H1")

_POLICIES = """\
# 指标出问题时可以建议什么：nodes 写它对应的指标或模块代码，measures 每条一句。
[[policy]]
nodes = ["MS02"]
title = "抓牢就业服务，稳住就业基本盘"
measures = ["摸清重点企业用工需求，按月组织专场招聘", "对离校未就业毕业生逐人联系，提供岗位和培训"]

[[policy]]
nodes = ["JJ"]
title = "培育创新主体，增强发展后劲"
measures = ["支持企业建设研发机构", "推动专利成果在本地转化"]
"""

_POLICIES_TO_COME = """\
# 指标出问题时可以建议什么：nodes 写它对应的指标或模块代码，measures 每条一句。
# 照下面的样子写，去掉行首的 #；一条对策一段，以 [[policy]] 开头。
#
# [[policy]]
# nodes = ["{code}"]
# title = "对策的名称"
# measures = ["一条措施", "又一条措施"]
"""

_MATERIALS = """\
# 各部门的材料

每期一个文件夹，如 `materials/2024H1/`，里面放 .md 文件：

- `JJ.md`、`JJ01.md`：文件名是代码的，用在那个模块或指标；
- `opening.md` 或其他名字：用在开篇。

写成段落或一条一条都可以。其中的数字视为有出处，报告可以引用。
"""

_README = """\
# 怎样填写

{head}CSV 用 Excel、WPS 或文本编辑器都能改。

- `index.toml`：指数的名称、地区、频率、基期。
- `indicators.csv`：指标体系。代码自定；上级为空的一行是总指数；同一上级下权重之和为 1；方向 1 或 -1（逆指标）。
- `observations.csv`：指标的原始值，只填没有下级的指标。期别写 2024H1、2024Q1、2024M06 或 2024；
  状态 A 正式、I 推算、P 初步、E 估计、M 缺失（数值留空）。估计值不会写进报告。
- `published.csv`：已对外公布的数，用来核对计算结果（可空）。
- `references.csv`：别处来的数，如地区生产总值，写明来源，开篇引用（可空）。
- `policies.toml`：指标下滑时可提的建议（可删）。
- `materials/`：各期的部门材料（可空）。

改好后先运行 `narrate data check --index <name>`：有问题会一次列出，写明文件、行、列和该怎样填。
"""


def _readme(head: str) -> str:
    return _README.format(head=head)


def _example() -> dict[str, bytes]:
    observations = [
        [code, period, value, "A"]
        for code, values in _VALUES.items()
        for period, value in zip(_PERIODS, values, strict=True)
    ]
    headers = {layout.key: list(layout.columns) for layout in LAYOUTS}
    config = _CONFIG.format(title="示例区高质量发展指数", frequency="H", base="2022", guessed="")
    return {
        CONFIG: config.encode(),
        "indicators.csv": _INDICATORS.encode(_BOM),
        "observations.csv": _csv([headers["observations"], *observations]),
        "published.csv": _csv([headers["published"]]),
        "references.csv": _csv([headers["references"]]),
        POLICIES: _POLICIES.encode(),
        f"{MATERIALS}/README.md": _MATERIALS.encode(),
        README: _readme("表里的地区和数字都是虚构的，请逐表换成自己的。").encode(),
    }
