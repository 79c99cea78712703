"""The command line: parse, call, print. Nothing else in the package prints."""

from __future__ import annotations

import os
import sys

from narrator.cli import chatting, checking, data, drafting, log, prompting, refreshing, revising
from narrator.cli.app import app
from narrator.cli.chinese import how_to_use, in_chinese, usage_message
from narrator.errors import DataError, NarratorError, reason

__all__ = [
    "app",
    "chatting",
    "checking",
    "data",
    "drafting",
    "log",
    "main",
    "prompting",
    "refreshing",
    "revising",
    "run",
]


_INTERRUPTED = 130  # what the command-line library makes of Ctrl-C


def main() -> None:
    """Run the command line; every expected error ends in a Chinese message and exit code 2."""
    import gc

    gc.set_threshold(100_000, 20, 20)  # importing and building hundreds of thousands of values frees nothing
    code = run(sys.argv[1:])
    gc.freeze()  # nor is there anything to collect where the process ends
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """The exit code of a call: 0 done, 1 findings, 2 anything that went wrong."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    verbose = "-v" in arguments or "--verbose" in arguments
    try:
        code = app(arguments, prog_name="narrate", standalone_mode=False)
        if code == _INTERRUPTED:
            return _fail("已中断", 2, False)
        sys.stdout.flush()  # here, where a reader that hung up is no error, and not at the very end
        return code if isinstance(code, int) else 0
    except NarratorError as error:
        return _fail(_told(error, verbose), error.exit_code, verbose)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _fail("已中断", 2, False)
    except OSError as error:
        place = f"读写不了 {error.filename}" if error.filename else "读写文件出错"
        return _fail(f"{place}：{reason(error).replace('写入', '读写')}", 2, verbose)
    except MemoryError:
        return _fail("内存不足：文件或数据过大", 2, verbose)
    except Exception as error:
        if type(error).__module__.startswith(("typer", "click")):
            if type(error).__name__ == "NoArgsIsHelpError":
                print(in_chinese(str(error)), file=sys.stderr)
                return 2
            if type(error).__name__ == "Abort":
                return _fail("已中断", 2, False)
            return _fail(f"{usage_message(error)}\n  {how_to_use(error)}", 2, verbose)
        return _fail(
            f"程序内部错误：{type(error).__name__}: {error}\n  加 -v 重试可见调用栈，请连同数据反馈", 2, verbose
        )


def _told(error: NarratorError, verbose: bool) -> str:
    """The message of an error; faults of a table that are alike are grouped unless all are asked for."""
    if verbose or not isinstance(error, DataError) or not error.problems:
        return str(error)
    from narrator.dataset.faults import grouped

    lines = [error.message, *(f"  {line}" for line in grouped(error.problems))]
    if len(lines) <= len(error.problems):
        lines.append("  加 -v 可逐一列出。")
    return "\n".join([*lines, f"  {error.hint}"] if error.hint else lines)


def _fail(message: str, code: int, verbose: bool) -> int:
    if verbose:
        import traceback

        traceback.print_exc()
    print(f"错误：{message}", file=sys.stderr)
    return code
