"""Every text file is opened in a named encoding: the default differs between a Chinese Windows and Linux."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source_tree import ALL_CODE, SourceFile, dotted_name, source_files

TEXT_METHODS = {"read_text": 1, "write_text": 2}
OPENS_NO_TEXT = {"webbrowser", "Image", "os", "tarfile"}
CAPTURING = {"run", "Popen", "check_output"}


def opened_without_encoding(file: SourceFile) -> Iterator[str]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and _opens_text(node) and not _names_encoding(node):
            yield f'{file.path}:{node.lineno}: name the encoding (encoding="utf-8")'


def _names_encoding(call: ast.Call) -> bool:
    """Also true where `**options` may carry it; read_text and write_text take it by position too."""
    by_position = TEXT_METHODS.get(_last_name(call.func))
    return any(word.arg in {"encoding", None} for word in call.keywords) or (
        by_position is not None and len(call.args) >= by_position
    )


def _opens_text(call: ast.Call) -> bool:
    name = _last_name(call.func)
    if name in TEXT_METHODS:
        return True
    if name == "open":
        return _owner(call.func) not in OPENS_NO_TEXT and "b" not in _mode(call)
    if name == "NamedTemporaryFile":
        return bool(_mode(call)) and "b" not in _mode(call)
    return name in CAPTURING and any(word.arg in {"text", "universal_newlines"} for word in call.keywords)


def _mode(call: ast.Call) -> str:
    """The mode as written, empty where none is: `open(path, mode)` takes it second, `path.open(mode)` first."""
    by_position = call.args[1:2] if isinstance(call.func, ast.Name) else call.args[:2]
    candidates = [word.value for word in call.keywords if word.arg == "mode"] + by_position
    texts = [mode.value for mode in candidates if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
    return next((text for text in texts if text and set(text) <= set("rwaxbt+")), "")


def _last_name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else dotted_name(function)


def _owner(function: ast.expr) -> str:
    return dotted_name(function.value).split(".")[0] if isinstance(function, ast.Attribute) else ""


def test_every_file_is_opened_in_a_named_encoding() -> None:
    assert [finding for file in source_files(*ALL_CODE) for finding in opened_without_encoding(file)] == []


@pytest.mark.parametrize(
    "text",
    [
        "open('a.yaml')",
        "open('b', 'w')",
        "path.open()",
        "path.open('w', newline='')",
        "path.read_text()",
        "path.write_text(text)",
        "gzip.open(path, 'rt')",
        "subprocess.run(command, text=True)",
        "tempfile.NamedTemporaryFile('w')",
    ],
)
def test_a_file_opened_without_encoding_is_found(text: str) -> None:
    assert len(list(opened_without_encoding(SourceFile("sim/a.py", text)))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "open('a.yaml', encoding='utf-8')",
        "open('a.png', 'rb')",
        "open('a.png', mode='wb')",
        "path.open('rb')",
        "path.read_text('utf-8')",
        "path.write_text(text, encoding='utf-8')",
        "path.read_bytes()",
        "tempfile.NamedTemporaryFile()",
        "webbrowser.open(address)",
        "subprocess.run(command, text=True, encoding='utf-8')",
        "subprocess.run(command)",
    ],
)
def test_bytes_and_named_encodings_pass(text: str) -> None:
    assert list(opened_without_encoding(SourceFile("sim/a.py", text))) == []
