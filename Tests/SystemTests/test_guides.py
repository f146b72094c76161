"""The guides' commands, run as they stand there, in a folder and a network of their own, where the default ports are free.

A block of `sh` behind `<!-- run -->` is run; a block of `text` that follows it at once holds what its output shows, line by line and in
this order, each as a part of a line and with any white space.
"""

import os
import re
import shutil
import subprocess

import pytest
from onrecord import BINARIES, DEADLINE, ROOT

FOLDER = ROOT / "Sources" / "onrecord" / "Documentation.docc"
BLOCK = re.compile(r"^<!-- run -->\n```sh\n(.*?)^```\n(?:```text\n(.*?)^```\n)?", re.M | re.S)
GUIDES = [guide for guide in sorted(FOLDER.glob("*.md")) if "<!-- run -->" in guide.read_text()]
MARK = "=== end of block ==="


def blocks(guide):
    text = guide.read_text()
    found = BLOCK.findall(text)
    assert len(found) == text.count("<!-- run -->"), f"{guide.name}: a mark without a block of sh behind it"
    return found


def squeezed(text):
    return re.sub(r"\s+", " ", text).strip()


@pytest.fixture
def alone():
    """A command that gives others a network of their own."""
    command = ["unshare", "--net", "--pid", "--fork", "--kill-child", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    if os.geteuid() != 0 or not shutil.which("ip") or subprocess.run([*command, "true"], capture_output=True).returncode:
        pytest.skip("needs root, and networks of one's own, for the default ports may be in use")
    return command


def test_there_are_guides():
    assert {guide.stem for guide in GUIDES} >= {"Consumers", "Operators", "Contributors"}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_the_commands_of_a_guide_do_what_it_says(guide, alone, tmp_path):
    found = blocks(guide)
    # Whatever runs in the background ends with the namespace of processes.
    script = "set -eu\n" + "".join(f"{commands}\necho '{MARK}'\n" for commands, _ in found)
    done = subprocess.run(
        [*alone, "bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=DEADLINE,
        env={**os.environ, "PATH": f"{BINARIES}:{os.environ['PATH']}"})
    logs = "".join(f"\n{log.name}:\n{log.read_text()[-2000:]}" for log in tmp_path.glob("*.log"))
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:] + logs
    for (commands, expected), output in zip(found, done.stdout.split(MARK)):
        rest = squeezed(output)
        for line in map(squeezed, expected.splitlines()):
            assert line in rest, f"{line!r} is not, or not in this order, in what came of\n{commands}\n{output}{logs}"
            rest = rest[rest.index(line) + len(line):]


def test_the_commands_of_contributors_work_in_the_working_copy():
    guide = (FOLDER / "Contributors.md").read_text()
    [block] = re.findall(r"^<!-- working copy -->\n```sh\n(.*?)^```\n", guide, re.M | re.S)
    lines = block.splitlines()
    [build] = [line for line in lines if line.startswith("swift build")]
    # What deploy/test has just done; beside the tests that run, nothing must be built.
    assert build in (ROOT / "deploy" / "test").read_text()
    if BINARIES != ROOT / ".build" / "test" / "release":
        pytest.skip("other programs than those of deploy/test are tested")
    rest = "\n".join(line for line in lines if line != build)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(
        ["bash", "-euc", rest], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=DEADLINE, env=environment)
    assert done.returncode == 0 and "Test run with" in done.stdout and " passed in " in done.stdout, done.stdout
