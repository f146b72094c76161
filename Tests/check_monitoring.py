#!/usr/bin/env python3
"""Alerts and dashboard ask for numbers that there are, every alert has a test, and the files that compose mounts exist."""

import json
import pathlib
import re
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
NAME = re.compile(r"\b(?:onrecord|process)_[a-z_]+")


def known():
    """Names of the numbers that the services show, as their sources spell them."""
    text = "".join(path.read_text("utf-8") for path in (ROOT / "Sources").rglob("*.swift"))
    names = set(re.findall(r'"((?:onrecord|process)_[a-z_]+)"', text))
    return names | {f"{name}_{part}" for name in names for part in ("bucket", "sum", "count")}


def main():
    problems = []
    rules = [rule for group in yaml.safe_load((DEPLOY / "monitoring/alerts.yml").read_text())["groups"] for rule in group["rules"]]
    dashboard = json.loads((DEPLOY / "monitoring/dashboard.json").read_text())
    asked = [(rule["alert"], rule["expr"]) for rule in rules]
    asked += [(panel["title"], target["expr"]) for panel in dashboard["panels"] for target in panel["targets"]]
    numbers = known()
    for where, expression in asked:
        problems += [f"{where}: no service shows {name}" for name in NAME.findall(expression) if name not in numbers]
    tests = yaml.safe_load((DEPLOY / "monitoring/alerts.test.yml").read_text())
    tried = {item["alertname"] for test in tests["tests"] for item in test["alert_rule_test"] if item["exp_alerts"]}
    problems += [f"{rule['alert']} has no test in which it fires" for rule in rules if rule["alert"] not in tried]
    ids = [panel["id"] for panel in dashboard["panels"]]
    if len(set(ids)) != len(ids):
        problems.append("two panels have one id")
    for name, service in yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"].items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./monitoring") and not (DEPLOY / source).exists():
                problems.append(f"{name} mounts {source}, which is not there")
    print("\n".join(problems) or f"{len(asked)} expressions: passed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
