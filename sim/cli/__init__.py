"""The command line: one small file per verb; messages in Chinese or English."""

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 failed, 2 wrong input, 130 interrupted."""
    from sim.cli.screen import never_fail_on_letters

    never_fail_on_letters()
    try:
        from sim.cli.application import application

        application(args=arguments, prog_name="run_sim.py")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        return 130
    return 0
