"""Where the programs of other libraries run: .venv-bench, made from peers/requirements.txt when that has changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from tests.benchmarks.asking import ROOT

PEERS = Path(__file__).parent / "peers"
FOLDER = ROOT / ".venv-bench"
REQUIREMENTS = PEERS / "requirements.txt"
STAMP = FOLDER / ".made-from-requirements"
"""A copy of what the environment was made from, written only after a complete installation."""


class NotInstalledError(Exception):
    """Something to compare with is not there; says why."""


def peers_python(console: Console) -> Path:
    """Return the Python of the peers' environment; NotInstalledError if it cannot be made."""
    python = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = f"{sys.version}\n{REQUIREMENTS.read_text(encoding='utf-8')}"
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted:
        return python
    console.print("Setting up .venv-bench (first run: downloads about 150 MB; later runs skip this)")
    shutil.rmtree(FOLDER, ignore_errors=True)
    install = ["-m", "pip", "install", "-q", "--disable-pip-version-check", "-r"]
    for command in ([sys.executable, "-m", "venv", FOLDER], [python, *install, REQUIREMENTS]):
        done = subprocess.run([str(part) for part in command], capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise NotInstalledError(f"could not be installed: {last}")
    STAMP.write_text(wanted, encoding="utf-8")
    return python


def cimba_program(folder: Path) -> Path:
    """Compile our program on Cimba's C library; NotInstalledError where no such library is installed."""
    compiler, finder = shutil.which("cc"), shutil.which("pkg-config")
    if compiler is None or finder is None or subprocess.run([finder, "--exists", "cimba"], check=False).returncode:
        raise NotInstalledError(
            "no package manager has Cimba's C library and none is installed here: its own guide says how to build and "
            "install it; pkg-config then finds it"
        )
    asked = [finder, "--cflags", "--libs", "cimba"]
    flags = subprocess.run(asked, capture_output=True, encoding="utf-8", check=True).stdout.split()
    where = [f"-Wl,-rpath,{flag[2:]}" for flag in flags if flag.startswith("-L")]
    program = folder / "cimba_network"
    source = PEERS / "cimba_network.c"
    command = [compiler, "-std=gnu2x", "-O3", source, "-o", program, *flags, *where, "-lm"]
    done = subprocess.run([str(part) for part in command], capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise NotInstalledError(f"does not compile: {done.stderr.strip().splitlines()[-1]}")
    return program
