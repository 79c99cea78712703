"""A small index as texts, to be written to a folder and broken in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrator import dataset
from narrator.errors import DataError, Problem

CONFIG = """\
title = "某区综合指数"
region = "某区"
short_name = "某"
publisher = "某区统计局"
frequency = "H"
base_period = "2016"
base_value = 100
flat_band = 2.0
aggregation = "arithmetic"
missing = "carry"
names = ["5G"]
"""
INDICATORS = """\
code,name,parent,weight,direction,unit,decimals,aliases,note
T,某区综合指数,,1,1,点,2,总指数|综合指数,
A,效率,T,0.6,1,点,2,,
B,民生,T,0.4,1,点,2,,
A1,收入占比,A,0.25,1,%,2,收入占GDP比重,
A2,工业增加值率,A,0.75,1,%,1,,"说明, 带逗号"
B1,失业率,B,0.5,-1,%,2,城镇失业率|失业率（逆）,
B2,人均福利,B,0.5,1,元,0,,
"""
OBSERVATIONS = """\
indicator,period,value,status
A1,2016,8.60,E
A1,2018H1,10.4,A
A1,2018H2,10.55,P
A1,2019H1,10.8,A
A2,2016,20,A
A2,2018H1,22.2,A
A2,2018H2,,M
A2,2019H1,23.1,I
B1,2016,4.4,A
B1,2018H1,4.2,A
B1,2018H2,4.1,A
B1,2019H1,4.25,A
B2,2016,10000,A
B2,2018H1,11000,A
B2,2018H2,12000,A
B2,2019H1,13000,A
"""
PUBLISHED = """\
indicator,measure,period,value,unit
A1,value,2019H1,10.80,%
B,index,2019H1,116.30,点
"""
REFERENCES = """\
indicator,measure,period,value,unit,source
地区生产总值,水平,2019H1,483.10,亿元,统计部门
地区生产总值,同比,2019H1,8.0,%,统计部门
招投标项目,累计,2019M06,481,个,交易中心
"""
POLICIES = """\
[[policy]]
nodes = ["B1", "B"]
title = "稳就业"
measures = ["一", "二"]
"""
FILES = {
    "index.toml": CONFIG,
    "indicators.csv": INDICATORS,
    "observations.csv": OBSERVATIONS,
    "published.csv": PUBLISHED,
    "references.csv": REFERENCES,
    "policies.toml": POLICIES,
    "materials/2019H1/opening.md": "# 半年概况\n\n聚力 481 个项目。\n",
    "materials/2019H1/A.md": "- 减税 1.8 亿元\n",
}

# A base that is an estimate makes the total one: here it is not.
SOUND = FILES | {"observations.csv": str(FILES["observations.csv"]).replace("A1,2016,8.60,E", "A1,2016,8.60,A")}
SHEETS = {"指标体系": "indicators.csv", "数据": "observations.csv", "公布值": "published.csv", "参考": "references.csv"}


def write(folder: Path, files: dict[str, str | bytes], encoding: str = "utf-8") -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return folder


def sound_workspace(folder: Path) -> Path:
    """A workspace with one index, `sample`, and the prompts."""
    write(folder / "data" / "sample", SOUND)
    (folder / "prompts").symlink_to(Path(__file__).parents[1] / "prompts")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(DataError) as caught:
        dataset.load(folder)
    assert caught.value.exit_code == 2
    assert caught.value.problems, "a DataError without a problem tells nobody anything"
    return caught.value.problems
