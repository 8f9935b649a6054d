"""Reports: figures, tables and wording in Chinese and English, rebuilt from a run folder alone."""

from sim.report.folder import RunFolder, read_run_folder
from sim.report.rebuilding import rebuild
from sim.report.wording import LANGUAGES

__all__ = ["LANGUAGES", "RunFolder", "read_run_folder", "rebuild"]
