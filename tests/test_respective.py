"""分别 and 依次 over periods: the ones that are listed, and those since one that is named."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    # the periods just listed, or the last so many
    (
        "2023年下半年、2024年上半年和2024年下半年，总指数依次为128.19点、131.99点和135.64点。三期环比涨幅分别为-2.31%、2.97%和2.77%。",
        "2023年下半年、2024年上半年和2024年下半年，总指数依次为128.19点、131.99点和135.64点。三期环比涨幅分别为-2.31%、2.77%和2.97%。",
    ),
    (
        "2023年上半年、2023年下半年和2024年上半年，总指数分别为131.22点、128.19点和131.99点。三期同比涨幅分别为5.82%、0.02%和0.59%。",
        "2023年上半年、2023年下半年和2024年上半年，总指数分别为131.22点、128.19点和131.99点。三期同比涨幅分别为0.02%、0.59%和5.81%。",
    ),
    (
        "总指数连续两期上升，两期环比涨幅分别为2.97%和2.77%。",
        "总指数连续两期上升，两期环比涨幅分别为2.77%和2.97%。",
    ),
    (
        "2024年两期总指数分别为131.99点和135.64点，同比增幅依次为0.59%和5.81%。",
        "2024年两期总指数分别为135.64点和131.99点，同比增幅依次为0.59%和5.81%。",
    ),
    (
        "2023年上半年以来，总指数同比增速依次为5.82%、0.02%、0.59%和5.81%。",
        "2023年上半年以来，总指数同比增速依次为5.82%、0.59%、0.02%和5.81%。",
    ),
    (
        "自2023年下半年起，总指数分别为128.19点、131.99点和135.64点。",
        "自2023年下半年起，总指数分别为131.99点、128.19点和135.64点。",
    ),
    (
        "2023年下半年以来，创新驱动指数环比先后为-2.84%、2.27%和7.65%。",
        "2023年下半年以来，创新驱动指数环比先后为2.84%、2.27%和7.65%。",
    ),
    (
        "2023年以来，各期总指数同比分别上升5.82%、0.02%、0.59%和5.81%。",
        "2023年以来，各期总指数同比分别上升5.82%、0.02%、5.81%和0.59%。",
    ),
    (
        "总指数比上半年高3.65点，比去年同期高7.45点，分别增长2.77%和5.81%。",
        "总指数比上半年高3.65点，比去年同期高7.45点，分别增长2.77%和2.97%。",
    ),
    (  # the same part of several years, not one period after the other
        "近三年下半年，总指数分别为128.17点、128.19点和135.64点。",
        "近三年下半年，总指数分别为131.99点、128.19点和135.64点。",
    ),
    (
        "近三年同期，总指数同比增速分别为3.37%、0.02%和5.81%。",
        "近三年同期，总指数同比增速分别为3.37%、0.59%和5.81%。",
    ),
    (
        "近三年的上半年，总指数同比分别增长0.00%、5.82%和0.59%。",
        "近三年的上半年，总指数同比分别增长0.00%、5.82%和5.81%。",
    ),
    (
        "2022—2024年下半年，创新驱动指数分别为153.00点、153.52点和169.02点。",
        "2022—2024年下半年，创新驱动指数分别为153.00点、157.01点和169.02点。",
    ),
    (
        "总指数同比增速依次为0.02%、0.59%和5.81%。",
        "总指数同比增速依次为0.59%、0.02%和5.81%。",
    ),
    (
        "2023年上半年起的四期，总指数依次为131.22点、128.19点、131.99点和135.64点。",
        "2023年上半年起的五期，总指数依次为131.22点、128.19点、131.99点和135.64点。",
    ),
    (
        "创新驱动和开放合作指数分列前两位，分别为169.02点和150.04点，高出总指数33.38点和14.40点。",
        "创新驱动和开放合作指数分列前两位，分别为169.02点和150.04点，高出总指数33.38点和15.40点。",
    ),
    # one unit behind the figure that was reached
    ("单位GDP能耗由上年同期的0.375降至0.369吨标准煤/万元。", "单位GDP能耗由上年同期的0.385降至0.369吨标准煤/万元。"),
    (
        "单位GDP能耗由上期的0.385进一步降至0.369吨标准煤/万元。",
        "单位GDP能耗由上期的0.375进一步降至0.369吨标准煤/万元。",
    ),
]
RULES = {"wrong-number", "wrong-period", "wrong-direction", "wrong-pattern"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_numbers_in_the_order_of_their_periods_pass(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_one_out_of_its_place_is_found(text: str) -> None:
    assert_found(text, RULES)


# Of 2024H2: 14.40, 10.09, 5.01, 3.33, 2.23 and -1.06 on the year.
OTHERS = [
    (
        "民生共享下降1.06%，其余五个模块增幅依次为14.40%、10.09%、5.01%、3.33%和2.23%。",
        "民生共享下降1.06%，其余五个模块增幅依次为14.40%、10.09%、5.01%、3.33%和2.32%。",
    ),
    (
        "民生共享下降1.06%。其余五个模块分别增长5.01%、10.09%、3.33%、2.23%和14.40%。",
        "民生共享下降1.06%。其余五个模块分别增长5.01%、10.09%、3.33%、5.81%和14.40%。",
    ),
    (
        "创新驱动、开放合作指数居前，其他四个模块指数依次为133.00点、121.11点、121.11点和120.31点。",
        "创新驱动、开放合作指数居前，其他四个模块指数依次为133.00点、121.11点、121.11点和119.31点。",
    ),
]


@pytest.mark.parametrize("text", [right for right, _ in OTHERS])
def test_each_number_of_the_others_is_that_of_one_of_them_in_any_order(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in OTHERS])
def test_only_the_number_that_is_none_of_theirs_is_found(text: str) -> None:
    (finding,) = checked(text, period="2024H2").findings
    assert finding.rule in ("wrong-number", "wrong-subject")
    assert finding.actual in ("2.32", "5.81", "119.31")


def test_growth_of_the_others_is_no_sum() -> None:
    findings = checked("民生共享下降1.06%，其余五个模块增幅为5.81%。", period="2024H2").findings
    assert [f.severity for f in findings] == ["warning"]


def test_what_a_list_names_and_nobody_knows_takes_no_others_figure() -> None:
    text = "养老床位数、托育机构数、普惠性幼儿园在园幼儿占比指数同比分别增长4.43%、3.79%和2.96%。"
    found = {f.actual: f.rule for f in checked(text, period="2024H2").findings}
    assert found == {"3.79": "unsupported-number", "2.96": "wrong-number"}
