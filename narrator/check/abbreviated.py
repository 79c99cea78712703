"""Names with words left out: 高层次人才数 for 新引进高层次人才数, 每千名老人拥有床位数 for 每千名老年人拥有养老床位数.

What stands where a name stands, and has its words in their order and its last word, says what is meant where one name
alone can be so read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from narrator.numerals.regex import regex

Named = TypeVar("Named")

_LEAST, _MOST = 4, 18  # characters of what is left of a name
_RUN = 2  # characters of a word
_WORD = 3  # of a last word that is said alone
_STARTS = regex(
    '(?:^|[，。；：、,;:("“\n]|以及|[和与及是为由比较对])(?:(?=(但|而|且|又|同时|并|以|在|除了?|其中|[全本我各][省市区县])))?'
)
_FOLLOWED = regex(
    "指数|[(（、，,:：]|\\d|[和与及]|以及|[由从自比较为达升降增减占领也则均都仅已未也再亦]|同比|环比|上升|上涨|提[高升]|下[降滑跌]|回[升落]|分别|依次"
    "|[两二三四五六七八九][项个]|改善|好转|恶化|走[高低强弱]|持[平续]|保持|连续|继续|稳步|明显|小幅|大幅|扩大|缩小|收窄|贡献|拉动|居|位|排|缩[短减小]|压[缩减]|延长|拉长|首[次度]|突破|超过?|逾|接?近|跌[破至到落]|跃[上升至]|重[回返新]|再[次度创]|站[上稳]|迈[上过]|创"
)
_LOOSE_END = regex("(?:总?数量?|总?量|总?额|测评|得分|情况|平均)$")
# Its last word alone, where that says what it is about: 利润率, 满意度; not 覆盖率, which may be of anything.
_LAST_WORD = regex(
    "(?!(?:增长|覆盖|治理|处理|完成|普及|达标|合格|使用|利用|占有|拥有|增加|提升|提高|贡献|转化|通过|参与|签约|办结|落实|开通|满足|入学|就业|参保"
    "|优良|优秀|优质|良好|平均|企业|项目|机构|人员|人口|主体|设施|事项|指标|成交|交易|销售|生产|服务|接待|受理|登记|持有|新增|累计)).{2}[率度]$"
)
_SHARE = regex("占.{1,12}?(?:比重|比例|比率|比)$|占比$|比重$")
_SHARES = ("占比", "比重", "比例")


class Abbreviated(Generic[Named]):
    """The named things that a shorter name may stand for, built on a table of forms with what each stands for.

    `known` are the names that mean what they say in full.
    """

    def __init__(self, table: Mapping[str, Sequence[Named]], known: Collection[str]) -> None:
        self._known = known
        self._ending: dict[str, list[tuple[str, Named]]] = defaultdict(list)
        self._last: dict[str, list[Named]] = defaultdict(list)
        for form, meant in table.items():
            for whole in dict.fromkeys(_wholes(form)):
                if len(whole) > _LEAST:
                    self._ending[whole[-1]] += [(whole, named) for named in meant]
                    if _LAST_WORD.match(whole, len(whole) - _WORD):
                        self._last[whole[-_WORD:]] += meant

    def find(self, flat: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, Named]]:
        """Where a text (half-width, without blanks, in capitals) names one so, outside of what is `taken`."""
        last = 0
        for m in _STARTS.finditer(flat):
            for start in dict.fromkeys((m.end(), m.end() + len(m[1] or ""))):
                if start < last or any(a <= start < b for a, b in taken):
                    continue
                stop = min([start + _MOST, len(flat), *(a for a, _ in taken if a > start)])
                found = self._longest(flat, start, stop)
                if found is not None:
                    yield start, *found
                    last = found[0]
                    break

    def _longest(self, flat: str, start: int, stop: int) -> tuple[int, Named] | None:
        for end in range(stop, start + _WORD - 1, -1):
            named = self._meant(flat[start:end]) if flat[end - 1] in self._ending else []
            if len(named) == 1 and (end == len(flat) or _FOLLOWED.match(flat, end)):
                return end, named[0]
        return None

    def _meant(self, piece: str) -> list[Named]:
        if piece in self._known:
            return []
        if len(piece) < _LEAST:
            return list(dict.fromkeys(self._last.get(piece, ())))
        return list(dict.fromkeys(named for whole, named in self._ending[piece[-1]] if left_out(piece, whole)))


def left_out(piece: str, whole: str) -> bool:
    """Whether a name is another with words left out: runs of two characters or more of it, in order, to its last."""
    if len(piece) >= len(whole) or piece[-1] != whole[-1]:
        return False
    return _runs(piece, whole)


def _runs(piece: str, whole: str) -> bool:
    if len(piece) <= 1:
        return not piece or whole.endswith(piece)
    for size in range(len(piece), _RUN - 1, -1):
        at = whole.find(piece[:size])
        while at >= 0:
            if size == len(piece):
                if whole.endswith(piece):
                    return True
            elif _runs(piece[size:], whole[at + size :]):
                return True
            at = whole.find(piece[:size], at + 1)
    return False


def _wholes(form: str) -> Iterable[str]:
    """A name, and what is left of it without the noun of its amount or as a share of nothing named."""
    yield form
    share = _SHARE.search(form)
    if share is not None:
        yield from (form[: share.start()] + end for end in _SHARES)
    yield _LOOSE_END.sub("", form)
