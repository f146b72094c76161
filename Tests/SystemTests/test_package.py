"""The Debian package: made of these very programs, installed, upgraded and removed in a folder that dpkg takes for the system."""

import gzip
import os
import pathlib
import re
import shutil
import subprocess

import pytest
from onrecord import BINARIES, DEADLINE, ROOT

pytestmark = [
    # One process of the tests makes the package, and starts with it.
    pytest.mark.xdist_group("package"), pytest.mark.long,
    pytest.mark.skipif(
        os.geteuid() != 0 or not all(map(shutil.which, ("dpkg-shlibdeps", "help2man"))),
        reason="needs root, and dpkg-dev and help2man")]


def run(*command, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=DEADLINE, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("package")
    fast = {**os.environ, "DPKG_DEB_COMPRESSOR_TYPE": "gzip", "DPKG_DEB_COMPRESSOR_LEVEL": "1"}
    made = pathlib.Path(run(ROOT / "deploy" / "package", "--binaries", BINARIES, folder, env=fast).strip())
    # A later release of the same.
    tree = folder / "later"
    run("dpkg-deb", "--raw-extract", made, tree)
    control = tree / "DEBIAN" / "control"
    control.write_text(re.sub(r"^Version: .*", "Version: 99.0", control.read_text(), flags=re.M))
    later = folder / "later.deb"
    run("dpkg-deb", "--root-owner-group", "--build", tree, later, env=fast)
    return made, later


def test_it_is_installed_upgraded_and_removed_and_leaves_what_is_not_its_own(package, tmp_path):
    made, later = package
    root = tmp_path / "root"
    (root / "var/lib/dpkg/updates").mkdir(parents=True)
    (root / "var/lib/dpkg/status").touch()

    def dpkg(*words):
        return run("dpkg", f"--root={root}", "--force-depends", "--force-script-chrootless", *words)

    dpkg("--install", made)
    version = run(root / "usr/bin/onrecord", "--version").split()[1]
    # One program, which is each by its name.
    for name in ("producer", "analyzer"):
        assert run(root / "usr/bin" / name, "--version").split() == [name, version] and (root / "usr/bin" / name).is_symlink()
    assert f"Version: {version}" in run("dpkg", f"--root={root}", "--status", "onrecord")
    mine = root / "etc/onrecord/producer.conf"
    mine.write_text((root / "usr/share/doc/onrecord/examples/producer.conf").read_text())
    journal = root / "var/lib/private/onrecord-producer/journal.db"
    journal.parent.mkdir(parents=True)
    journal.write_text("x")
    dpkg("--install", later)
    assert "Version: 99.0" in run("dpkg", f"--root={root}", "--status", "onrecord")
    assert mine.exists() and journal.exists()
    dpkg("--remove", "onrecord")
    assert not list(root.rglob("onrecord-*.service")) and not (root / "usr/bin/onrecord").exists()
    assert mine.exists() and journal.exists(), "what an administrator and the services wrote is not the package's"
    dpkg("--purge", "onrecord")
    assert journal.exists()


def test_every_command_has_a_page_and_every_program_its_completion(package, tmp_path):
    made, _ = package
    run("dpkg-deb", "--extract", made, tmp_path)
    pages = {path.name.removesuffix(".1.gz") for path in (tmp_path / "usr/share/man/man1").iterdir()}
    words = re.findall(r"^  ([a-z]+)  ", run(BINARIES / "onrecord", "--help").split("\nCommands:\n")[1], re.M)
    assert words and pages >= {f"onrecord-{word}" for word in words} | {"producer", "producer-erase", "analyzer", "analyzer-dlq"}
    for path in (tmp_path / "usr/share/man/man1").iterdir():
        text = gzip.open(path, "rt", encoding="utf-8").read()
        assert ".SH NAME" in text and ".SH DESCRIPTION" in text, path
        assert "/tmp/" not in text and "tmp." not in text, f"{path}: tells where it was made"
    for program in ("producer", "analyzer", "onrecord"):
        run("bash", "-n", tmp_path / "usr/share/bash-completion/completions" / program)
    for unit in (tmp_path / "lib/systemd/system").iterdir():
        assert "ExecStart=/usr/bin/" in unit.read_text()
