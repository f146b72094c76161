"""What a long article takes: a bounded multiple of its text."""

import os
import subprocess

from onrecord import BINARIES, ROOT


def peak(path):
    """The most memory that analysing a file took, in bytes."""
    with open(os.devnull, "w") as nothing:
        process = subprocess.Popen([BINARIES / "onrecord", "analyze", "--format", "jsonl", path], stdout=nothing)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss * 1024


def test_a_long_article_takes_no_more_than_its_text_needs(tmp_path):
    text = (ROOT / "seeds/harbour-bridge.txt").read_text() + "\n\n"
    long = tmp_path / "long.txt"
    long.write_text(text * (400_000 // len(text.encode())))
    assert (peak(long) - peak(ROOT / "seeds/harbour-bridge.txt")) / long.stat().st_size < 350
