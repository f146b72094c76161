"""The exit codes of all commands: each says its own, the same number means the same, and it is what happens."""

import re
import subprocess

import pytest
from onrecord import BINARIES, DEADLINE, ROOT, free_port

# What a command cannot do without, in every code's own case: `{missing}` is a file that is not there, `{nobody}` an endpoint where nobody listens,
# `{journal}` the folder of a producer.
READING = {"64": ["--such-an-option"]}
ENDPOINT = {**READING, "78": ["--key", "{missing}", "--server-key", "{missing}"]}
JOURNAL = {**READING, "66": ["--state", "{missing}", "{new}"], "78": ["--journal", "mysql://h/d", "{new}"]}
CASES = {
    "analyzer": {**READING, "78": ["--state", "{text}"]},
    "analyzer backup": JOURNAL,
    "analyzer dlq list": {**READING, "66": ["--state", "{missing}"], "78": ["--state", "{journal}"]},
    "analyzer dlq requeue": {**READING, "66": ["--state", "{missing}", "1"], "78": ["--journal", "mysql://h/d", "1"]},
    "onrecord analyze": {**READING, "66": ["{missing}"]},
    "onrecord article": {**READING, "66": ["{missing}"]},
    "onrecord bench extraction": {**READING, "65": ["{empty}"]},
    "onrecord board": {"64": ["--such-an-option"], "66": ["{missing}"], "75": ["postgres:///news?host={missing}"]},
    "onrecord evaluate": {**READING, "66": ["{missing}"]},
    "onrecord feed": {**READING, "65": ["{empty}"], "66": ["{missing}"]},
    "onrecord fetch": {**ENDPOINT, "69": ["--connect", "{nobody}"]},
    "onrecord keygen": {**READING, "73": ["{missing}/key"]},
    "onrecord put": {**ENDPOINT, "69": ["--connect", "{nobody}", "--patience", "1s", "{text}"]},
    "onrecord render": {**READING, "66": ["{missing}"]},
    "onrecord search": {**READING, "66": ["{missing}"], "75": ["postgres:///news?host={missing}"]},
    "onrecord sink": {"64": ["--such-an-option"], "73": ["{missing}/analyses.db"], "78": ["{new}", "--key", "{missing}", "--server-key", "{missing}"]},
    "onrecord status": {**ENDPOINT, "69": ["--analyzer", "{nobody}"]},
    "onrecord tail": ENDPOINT,
    "onrecord topic": {"64": ["--such-an-option"]},
    "producer": {**READING, "78": ["--state", "{text}"]},
    "producer backup": {**JOURNAL, "73": ["--state", "{journal}", "{missing}/a.db"]},
    "producer erase": {**JOURNAL, "65": ["--state", "{journal}", "urn:none"]},
}
MORE = [
    ("analyzer backup", "78", ["--state", "{journal}", "{new}"]),
    ("onrecord board", "64", ["a.jsonl"]), ("onrecord board", "64", ["mysql://h/d"]), ("onrecord board", "66", ["--check-config", "."]),
    ("onrecord board", "66", ["."]), ("onrecord search", "64", ["a.jsonl"]), ("onrecord search", "64", ["mysql://h/d"]), ("onrecord search", "66", ["."]),
    ("onrecord sink", "64", ["mysql://h/d"]), ("onrecord sink", "73", ["."]), ("onrecord sink", "73", ["--check-config", "."]),
    ("producer backup", "64", []), ("producer backup", "73", ["--state", "{journal}", "{text}"]), ("producer erase", "66", ["--state", "{text}", "urn:x"]),
]


def run(command, *arguments):
    program, *words = command.split()
    return subprocess.run([BINARIES / program, *words, *map(str, arguments)], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=DEADLINE)


def codes(command):
    """What its help, and so its manual page, says of its exit codes."""
    text = run(command, "--help").stdout.split("Exit codes:\n")[1].split("\n\n")[0]
    found = re.findall(r"^  (\d+) +(.*(?:\n {6}.*)*)", text, re.M)
    return {code: " ".join(words.split()) for code, words in found}


def commands():
    listed = run("onrecord", "--help").stdout.split("\nCommands:\n")[1]
    return [f"onrecord {name}" for name in re.findall(r"^  ([a-z]+)", listed, re.M)]


def test_every_command_says_its_exit_codes_as_the_guide_has_them():
    assert {name.split(" extraction")[0] for name in CASES if name.startswith("onrecord")} == set(commands())
    guide = (ROOT / "Sources" / "onrecord" / "Documentation.docc" / "Operators.md").read_text()
    table = dict(re.findall(r"^\| (\d+) \| (.*?) \|", guide.split("## Exit codes")[1].split("\n## ")[0], re.M))
    same = {"64": "the command line is wrong", "78": "a key file cannot be used"}
    for command in CASES:
        said = codes(command)
        assert list(said) == sorted(said, key=int) and {"0", "64"} <= set(said) <= set(table), command
        assert set(CASES[command]) <= set(said), command
        assert all(said.get(code, words) == words for code, words in same.items() if command.startswith("onrecord") or code == "64"), command


@pytest.fixture(scope="module")
def journal(tmp_path_factory):
    """The folder of a producer that has published something."""
    folder = tmp_path_factory.mktemp("producer")
    (folder / "text.txt").write_text("Pier opens\n\nIt opens in May.\n")
    done = run("producer", "--once", "--source", folder / "text.txt", "--state", folder / "state", "--publish", "tcp://127.0.0.1:*", "--control", "tcp://127.0.0.1:*")
    assert done.returncode == 0, done
    return folder / "state"


@pytest.mark.parametrize(("command", "code", "arguments"), [(command, *case) for command, cases in CASES.items() for case in cases.items()] + MORE)
def test_a_command_ends_as_it_says(command, code, arguments, journal, tmp_path):
    (tmp_path / "text.txt").write_text("Pier opens\n\n“We open pier 5 in May,” engineer Mira Kolar said.\n")
    (tmp_path / "empty.txt").write_text("")
    places = {"missing": tmp_path / "missing", "empty": tmp_path / "empty.txt", "text": tmp_path / "text.txt", "new": tmp_path / "new.db", "journal": journal,
              "nobody": f"tcp://127.0.0.1:{free_port()}"}
    done = run(command, *(word.format(**places) for word in arguments))
    assert done.returncode == int(code), done
    # One line, from who it is of; where the command line is wrong, another one says where to read about it.
    lines = done.stderr.splitlines()
    # What these find is what was asked for.
    if command not in ("onrecord status", "producer erase") or code not in ("65", "69"):
        assert lines[0].startswith(f"{command}: "), lines
    if code == "64":
        assert lines[-1] == f"Try '{command} --help'.", lines
