"""The machine and the versions that a run was made with: for information, outside what is compared."""

import json
import platform
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Final

import sim
from sim.engine.choose import EngineName
from sim.experiment.whole_files import write_whole

ENVIRONMENT_FILE: Final = "environment.json"
DRAWS_THE_REPORT: Final = ("matplotlib", "pylopdf-fonts-zh-cn", "fonttools", "jinja2")
"""With other versions of these the same numbers may be drawn as other bytes."""

_PACKAGES: Final = ("numpy", "scipy", "pandas", "pyarrow", "pydantic", "simpy", "numba", "holidays", *DRAWS_THE_REPORT)

_VERSION_LINE: Final = re.compile(r"^Version: (.+)$", re.MULTILINE)


def describe_environment(workers: int, engine: EngineName) -> dict[str, object]:
    """Return platform, versions, the commit of the code if it is a clone, the engine and the number of workers."""
    return {
        "engine": engine.value,
        "platform": platform.platform(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "packages": {package: _version(package) for package in _PACKAGES},
        "simulator": _version("tiered-mediation"),
        "commit": _commit(),
        "workers": workers,
    }


def write_environment(folder: Path, workers: int, engine: EngineName) -> None:
    """Write `environment.json`."""
    text = json.dumps(describe_environment(workers, engine), ensure_ascii=False, indent=1)
    write_whole(folder / ENVIRONMENT_FILE, (text + "\n").encode("utf-8"))


def read_environment(folder: Path) -> dict[str, object]:
    """Read `environment.json`; empty where it is missing or unreadable, since nothing depends on it."""
    try:
        content = json.loads((folder / ENVIRONMENT_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _version(package: str) -> str:
    try:
        installed = distribution(package)
    except PackageNotFoundError:
        return ""
    # Its second or third line: to parse all that a package says of itself takes as long as half a replication.
    line = _VERSION_LINE.search(installed.read_text("METADATA") or "")
    return line[1] if line else installed.version


def _commit() -> str:
    git, root = shutil.which("git"), Path(sim.__file__).parent.parent
    if git is None or not (root / ".git").exists():
        return ""
    try:
        asked = [git, "-C", str(root), "rev-parse", "HEAD"]
        answer = subprocess.run(asked, capture_output=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.decode("ascii", errors="replace").strip()
