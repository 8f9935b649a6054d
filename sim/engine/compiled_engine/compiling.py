"""Compiles functions for the kernel, and keeps the result in a folder named by all that determines it.

Numba does not notice a change in a function that another file imports, so its cache stands in a folder named by the
content of every file of the engine, Numba's version and the processor.
"""

import hashlib
import os
import platform
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar, cast, get_args, get_origin, get_type_hints

import numba
import numpy as np
from llvmlite import binding as llvm
from numba import types
from numba.core import config
from numpy.typing import NDArray

from sim.engine.compiled_engine.memory import one_row

_ENGINE: Final = Path(__file__).resolve().parents[1]
_DETERMINING: Final = (_ENGINE / "rules.py", _ENGINE.parent / "vocabulary.py")
"""Files beside those of this folder whose content goes into the machine code."""

_ENTRY_POINTS: Final[list[Any]] = []

_INLINED_UP_TO: Final = 1_500
"""LLVM puts functions below this cost into those that call them (its own limit is 225).

The kernel's steps are many and each is called from few places: a run takes a tenth to a fifth less time so, compiling
a fifth more. Twice the limit gains nothing more.
"""

if not config.DISABLE_JIT:
    llvm.set_option(__name__, f"-inline-threshold={_INLINED_UP_TO}")

Int64 = NDArray[np.int64]
Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function that other functions of the kernel call, once, for the types that its annotations name.

    Left to itself Numba compiles a function anew for each mixture of integers of different width that it is handed, and
    a way to call it from Python each time.
    """
    result = numba.njit(nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
    if not config.DISABLE_JIT:
        find_template = result.get_call_template

        def compile_once(arguments: Any, keywords: Any) -> Any:
            if not result.signatures:
                result.compile(_signature_of(function))
                result.disable_compile()
            return find_template(arguments, keywords)

        result.get_call_template = compile_once
    return cast(Function, result)


def _signature_of(function: Callable[..., Any]) -> Any:
    """The types of a function: whole numbers, truth values, rows of tables, and tuples of these."""
    hints = get_type_hints(function, include_extras=True)
    returned = _compiled_type(hints.pop("return"))
    return numba.core.typing.signature(returned, *(_compiled_type(hint) for hint in hints.values()))


def _compiled_type(hint: Any) -> Any:
    if get_origin(hint) is Annotated:
        container, dtype = get_args(hint)
        return numba.typeof(one_row(dtype)) if container is np.recarray else numba.from_dtype(dtype)
    if get_origin(hint) is Sequence:
        return types.UniTuple(types.int64, 1)  # the kernel asks about one threshold at a time
    if get_origin(hint) is tuple:
        return types.Tuple([_compiled_type(part) for part in get_args(hint)])
    return {int: types.int64, bool: types.boolean, type(None): types.void, Int64: types.int64[::1]}[hint]


def entry_point(function: Function) -> Function:
    """Compile a function that Python calls, and keep it on disk with all that it calls."""
    with _cache_in(cache_folder()):
        result = numba.njit(nogil=True, error_model="numpy", cache=True)(function)
    _ENTRY_POINTS.append(result)
    return cast(Function, result)


def compile_ahead() -> None:
    """Compile whatever is not kept on disk yet, which takes up to a minute, and load the rest."""
    if not config.DISABLE_JIT:
        for function in _ENTRY_POINTS:
            hints = get_type_hints(function.py_func, include_extras=True)
            hints.pop("return")
            function.compile(tuple(_compiled_type(hint) for hint in hints.values()))


def is_compiled() -> bool:
    """Say whether the machine code of this version of the engine is kept on disk."""
    return config.DISABLE_JIT or len(list(cache_folder().rglob("*.nbc"))) >= len(_ENTRY_POINTS)


def cache_folder() -> Path:
    """Return where the machine code of this version of the engine is kept."""
    digest = hashlib.sha256(f"{numba.__version__}\n{llvm.get_host_cpu_name()}\n{platform.machine()}\n".encode())
    for file in (*sorted(Path(__file__).resolve().parent.glob("*.py")), *_DETERMINING):
        digest.update(file.read_bytes())
    return _writable_folder() / f"kernel-{digest.hexdigest()[:24]}"


def _writable_folder() -> Path:
    """Beside the engine's files, or, where an installation cannot be written to, among the user's temporary files."""
    beside = Path(__file__).resolve().parent / "__pycache__"
    with suppress(OSError):
        beside.mkdir(exist_ok=True)
    if os.access(beside, os.W_OK):
        return beside
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    return Path(tempfile.gettempdir()) / f"tiered-mediation-{user}"


@contextmanager
def _cache_in(folder: Path) -> Iterator[None]:
    before, config.CACHE_DIR = config.CACHE_DIR, str(folder)
    try:
        yield
    finally:
        config.CACHE_DIR = before
