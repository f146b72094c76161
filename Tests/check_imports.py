"""Checks that each target imports only those targets of the package that it declares."""

import json
import pathlib
import re
import subprocess

root = pathlib.Path(__file__).resolve().parents[1]
package = json.loads(subprocess.check_output(["swift", "package", "dump-package"], cwd=root))
names = {target["name"] for target in package["targets"]}
passed, faults = 0, []
for target in package["targets"]:
    declared = {next(iter(d.values()))[0] for d in target["dependencies"]}
    folder = root / (target.get("path") or f"{'Tests' if target['type'] == 'test' else 'Sources'}/{target['name']}")
    for file in sorted(folder.rglob("*.swift")):
        imported = re.findall(r"^(?:@\w+ )*(?:\w+ )?import (?:\w+ )??(\w+)", file.read_text(), re.MULTILINE)
        wrong = sorted(set(imported) & names - declared - {target["name"]})
        passed += not wrong
        faults += [f"{file.relative_to(root)}: imports {name}, which {target['name']} does not declare" for name in wrong]
print(*faults, f"{passed} passed, {len(faults)} failed", sep="\n")
raise SystemExit(bool(faults))
