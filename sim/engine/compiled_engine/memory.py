"""Tables that the kernel reaches by their address, so that a step is handed three rows and not a hundred arrays.

Numba hands an array over as nine words, counts its users, and compiles each function for all that it is handed: with
every table as an array a step cost more than what it did, and compiling took minutes. So a run is one row of numbers,
some of which are the addresses of its tables, and the functions made here read those. Whoever writes an address keeps
its table alive and where it is.
"""

import ctypes
from collections.abc import Callable
from typing import Any, Final

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils, config
from numba.extending import intrinsic
from numpy.typing import NDArray

Record = Any
"""A row of a table: its columns are attributes, and setting one changes the table.

`Annotated[Record, dtype]` says of which table, for the compiler.
"""

Table = NDArray[np.void]
"""Rows of one kind."""

Reader = Callable[..., Any]

INTEGER: Final = np.dtype([("value", np.int64)])
SHORT_INTEGER: Final = np.dtype([("value", np.int32)])
BYTE: Final = np.dtype([("value", np.int8)])
"""Rows of one number each, for lists that change."""

_WORD: Final = ir.IntType(64)
_CACHE_LINE_BYTES: Final = 64


def records_of(table: str, dtype: np.dtype[np.void]) -> Reader:
    """Return a function (owner, index) -> the row of a table whose address is the owner's column `table`."""
    if config.DISABLE_JIT:
        return lambda owner, index: _row_in_memory(owner[table], index, dtype)
    record = numba.from_dtype(dtype)

    def row_at(_: Any, owner: Any, __: Any) -> Any:
        def generate(context: Any, builder: Any, _: Any, arguments: Any) -> Any:
            of, index = arguments
            address = _address_in(builder, owner, of, table, index, dtype.itemsize)
            return builder.inttoptr(address, context.get_value_type(record))

        return record(owner, types.int64), generate

    return intrinsic(row_at)


def numbers_of(table: str, dtype: type[np.integer]) -> Reader:
    """Return a function (owner, index) -> the number, for a list of integers."""
    if config.DISABLE_JIT:
        return lambda owner, index: int(_row_in_memory(owner[table], index, np.dtype([("value", dtype)])).value)

    def number_at(_: Any, owner: Any, __: Any) -> Any:
        def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
            of, index = arguments
            return _loaded(builder, owner, of, table, index, dtype)

        return types.int64(owner, types.int64), generate

    return intrinsic(number_at)


def cells_of(table: str, dtype: type[np.integer], across: str) -> Reader:
    """Return a function (owner, row, column) -> the number, for rows as long as the owner's column `across` says."""
    if config.DISABLE_JIT:
        number = numbers_of(table, dtype)
        return lambda owner, row, column: number(owner, int(row) * int(owner[across]) + int(column))

    def cell_at(_: Any, owner: Any, __: Any, ___: Any) -> Any:
        def generate(_: Any, builder: Any, __: Any, arguments: Any) -> Any:
            of, row, column = arguments
            width = _column_of(builder, owner, of, across)
            index = builder.add(builder.mul(row, width), column)
            return _loaded(builder, owner, of, table, index, dtype)

        return types.int64(owner, types.int64, types.int64), generate

    return intrinsic(cell_at)


def fetching(table: str, dtype: np.dtype[np.void]) -> Reader:
    """Return a function (owner, index) that asks the processor to bring a row of a table close, and does not wait."""
    if config.DISABLE_JIT:
        return lambda *_: None

    def fetch_row(_: Any, owner: Any, __: Any) -> Any:
        def generate(context: Any, builder: Any, _: Any, arguments: Any) -> Any:
            of, index = arguments
            address = _address_in(builder, owner, of, table, index, dtype.itemsize)
            for line in range(0, dtype.itemsize, _CACHE_LINE_BYTES):
                _prefetch(builder, builder.add(address, ir.Constant(_WORD, line)))
            return context.get_dummy_value()

        return types.void(owner, types.int64), generate

    return intrinsic(fetch_row)


def _prefetch(builder: Any, address: Any) -> Any:
    """Ask for the cache line of an address, to be read and written soon."""
    pointer, number = ir.IntType(8).as_pointer(), ir.IntType(32)
    function = ir.FunctionType(ir.VoidType(), [pointer, number, number, number])
    prefetch = cgutils.get_or_insert_function(builder.module, function, "llvm.prefetch.p0")
    how = (1, 3, 1)  # for writing, to be kept, data
    return builder.call(prefetch, [builder.inttoptr(address, pointer), *(ir.Constant(number, each) for each in how)])


def _column_of(builder: Any, owner: Any, of: Any, column: str) -> Any:
    """Load a number of the owner's."""
    address = builder.add(builder.ptrtoint(of, _WORD), ir.Constant(_WORD, owner.offset(column)))
    return _never_changing(builder, builder.load(builder.inttoptr(address, _WORD.as_pointer())))


def _never_changing(builder: Any, number: Any) -> Any:
    """Tell the compiler that a number stays as it is during a run, whatever is written elsewhere."""
    number.set_metadata("invariant.load", builder.module.add_metadata([]))
    return number


def _address_in(builder: Any, owner: Any, of: Any, table: str, index: Any, size: int) -> Any:
    """Where a row of a table begins."""
    base = _column_of(builder, owner, of, table)
    return builder.add(base, builder.mul(index, ir.Constant(_WORD, size)))


def _loaded(builder: Any, owner: Any, of: Any, table: str, index: Any, dtype: type[np.integer]) -> Any:
    """Load a number from a list and widen it."""
    size = np.dtype(dtype).itemsize
    address = _address_in(builder, owner, of, table, index, size)
    number = _never_changing(builder, builder.load(builder.inttoptr(address, ir.IntType(8 * size).as_pointer())))
    return number if size == _WORD.width // 8 else builder.sext(number, _WORD)


def _row_in_memory(address: int, index: int, dtype: np.dtype[np.void]) -> Record:
    """The same without a compiler."""
    memory = (ctypes.c_char * dtype.itemsize).from_address(int(address) + int(index) * dtype.itemsize)
    return np.frombuffer(memoryview(memory).cast("B"), dtype=dtype).view(np.recarray)[0]


def address_of(table: NDArray[Any]) -> int:
    """Return where a table begins, whose rows, or whose columns, lie after each other."""
    assert table.flags.c_contiguous or table.flags.f_contiguous
    return int(table.ctypes.data)


def one_row(dtype: np.dtype[np.void], **columns: int) -> np.recarray:
    """Return a table of one row, of zeros but for the columns given."""
    assert dtype.names is not None
    assert columns.keys() <= set(dtype.names)
    return np.array([tuple(columns.get(name, 0) for name in dtype.names)], dtype=dtype).view(np.recarray)


def rows(dtype: np.dtype[np.void], count: int) -> Table:
    """Return a table of so many rows, not yet written."""
    return np.empty(count, dtype=dtype)
