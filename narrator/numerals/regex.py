"""Regular expressions that are compiled when they are first asked.

Some seven hundred stand ready for whatever a text may say, and a text gives cause to ask two thirds of them. Compiling
one takes longer than asking it about a whole page, so those that nothing asks are not compiled.
"""

from __future__ import annotations

import re
from typing import Any, cast

_PUBLIC = [name for name in dir(re.Pattern) if not name.startswith("_")]


def regex(source: str, flags: int | re.RegexFlag = 0) -> re.Pattern[str]:
    """What `re.compile` gives for `source`, with the same methods and attributes, compiled at the first use of any.

    A `source` that is no expression raises `re.error` then, not here.
    """
    return cast("re.Pattern[str]", _Uncompiled(source, flags))


class _Uncompiled:
    """Stands for a `re.Pattern` until something of it is asked; from then on all of it stands here as its own."""

    def __init__(self, source: str, flags: int | re.RegexFlag) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _PUBLIC:  # what no pattern has; a copy being made asks before there is a source
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        self.__dict__.update((known, getattr(compiled, known)) for known in _PUBLIC)
        return self.__dict__[name]
