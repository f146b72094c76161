#!/usr/bin/env python3
"""Validates protocols/: schemas, examples, the examples in nwp-1.md, and asyncapi.yaml.

Real validators judge: jsonschema and check-jsonschema for JSON Schema 2020-12, asyncapi3 for AsyncAPI 3.0, abnf for the grammar. The official
JSON Schema of AsyncAPI is in no package that works offline, so the object model of asyncapi3 stands in for it, and the
references and parameters that it does not follow are followed here.
"""

import copy
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import warnings

import yaml
from abnf import ParseError, Rule
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

ROOT = pathlib.Path(__file__).resolve().parents[2] / "protocols"
SCHEMAS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "schemas").glob("*.json"))}
REGISTRY = Registry().with_resources((s["$id"], Resource.from_contents(s)) for s in SCHEMAS.values())
PAYLOADS = {
    "org.onrecord.article.v1": "article",
    "org.onrecord.analysis.v1": "analysis",
    "org.onrecord.deadletter.v1": "dead-letter",
    "org.onrecord.notice.v1": "notice",
}

passed = failed = 0


def check(name, problem):
    """Counts a check; `problem` is what is wrong, empty if nothing is."""
    global passed, failed
    if problem:
        failed += 1
        print(f"FAILED {name}: {problem}", file=sys.stderr)
    else:
        passed += 1


def problems(instance, schema):
    validator = Draft202012Validator(SCHEMAS[schema], registry=REGISTRY, format_checker=FormatChecker())
    return "; ".join(f"{e.json_path}: {e.message[:200]}" for e in validator.iter_errors(instance))


def instances(protocol, frames):
    """The JSON in a message's frames, each with the schema that it must meet."""
    if protocol == "mark":
        yield "mark", frames[1]
    elif protocol == "stream":
        yield "position", frames[1]
        yield "event", frames[2]
        yield PAYLOADS[frames[2]["type"]], frames[2]["data"]
    else:
        yield protocol, {"command": frames[1], "arguments": frames[3]}
        if frames[1] == "PUT" and "bodies" in frames[4]:
            yield "article", frames[4]
        if frames[1] in ("ITEM", "TASK"):
            yield from instances("stream", frames[4:])
        if frames[1] == "RESULT":
            yield "event", frames[4]


def identifier(*parts):
    return hashlib.sha256(b"".join(part.encode() + b"\0" for part in parts)).hexdigest()[:32]


def plain_text(article):
    return next(b["value"] for b in article["bodies"] if b.get("contentType", "text/plain").startswith("text/plain"))


def passages(value):
    """Every object with text and spans in an analysis."""
    if isinstance(value, dict):
        if "text" in value and "spans" in value:
            yield value
        for inner in value.values():
            yield from passages(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from passages(inner)


def check_schemas():
    for name, schema in SCHEMAS.items():
        try:
            Draft202012Validator.check_schema(schema)
            check(f"schemas/{name}.json is a schema", "")
        except Exception as error:
            check(f"schemas/{name}.json is a schema", error)
        check(f"schemas/{name}.json names itself", "" if schema["$id"].endswith(f"/{name}.json") else schema["$id"])


def check_examples(examples):
    used = set()
    for name, protocol, frames in examples:
        for schema, instance in instances(protocol, frames):
            used.add(schema)
            check(f"{name} meets {schema}.json", problems(instance, schema))
            extended = {**instance, "aLaterKey": [1]}
            check(f"{name} meets {schema}.json with a key of later versions", problems(extended, schema))
            for key in SCHEMAS[schema]["required"]:
                damaged = copy.deepcopy(instance)
                del damaged[key]
                check(f"{name} without {key} fails {schema}.json", "" if problems(damaged, schema) else "accepted")
        if protocol == "stream":
            check(f"{name}: position and event have one id", frames[1]["id"] != frames[2]["id"] and frames[1]["id"])
    check("every schema is used by an example", ", ".join(sorted(set(SCHEMAS) - used)))
    for protocol in ("control", "ingest", "pool"):
        shown = {frames[1] for _, kind, frames in examples if kind == protocol}
        check(f"every {protocol} command has an example", ", ".join(sorted(set(SCHEMAS[protocol]["$defs"]) - shown)))


def check_identifiers(examples):
    events = [frames[2] for _, protocol, frames in examples if protocol == "stream"]
    # A tombstone keeps the id of what is no longer there.
    events = [event for event in events if "erased" not in event]
    texts = {}
    for event in events:
        if event["type"] == "org.onrecord.article.v1":
            article = event["data"]
            text = plain_text(article)
            digest = hashlib.sha256(text.encode()).hexdigest()
            texts[digest] = text
            expected = identifier("nwp1", "raw", article["uri"], article["version"], digest)
            check(f"identifier of {article['uri']}", event["id"] != expected and f"{event['id']}, not {expected}")
    for event in events:
        data = event["data"]
        if event["type"] == "org.onrecord.analysis.v1":
            article, pipeline = data["article"], data["pipeline"]
            name = f"{pipeline['name']}/{pipeline['version']}" + (f"+{pipeline['model']}" if pipeline.get("model") else "")
            expected = identifier("nwp1", article["uri"], article["version"], article["sha256"], name)
            check(f"identifier of analysis {data['id']}", data["id"] != expected and expected)
            for kind, items in (("quote", data["quotes"]), ("claim", data["claims"])):
                for item in items:
                    passage = item.get("content", item)
                    places = ",".join(f"{start}-{end}" for start, end in passage["spans"])
                    expected = identifier("nwp1", data["id"], kind, places, passage["text"])
                    check(f"identifier of {kind} {item['id']}", item["id"] != expected and expected)
            for passage in passages(data):
                stretch = " … ".join(texts[article["sha256"]][start:end] for start, end in passage["spans"])
                check(f"spans of “{passage['text']}”", stretch != passage["text"] and f"they hold “{stretch}”")
        if event["type"] == "org.onrecord.notice.v1" and "causationid" not in event:
            targets = [target["id"] for target in data["targets"]]
            expected = identifier("nwp1", "notice", data["kind"], data["uri"], *targets)
            check(f"identifier of notice {event['id']}", event["id"] != expected and expected)
        if event["type"] == "org.onrecord.deadletter.v1":
            raw = data["raw"]
            previous = [data["previous"]] if data.get("previous") else []
            expected = identifier("nwp1", "dead-letter", raw["id"], data["pipeline"], *previous)
            check(f"identifier of dead letter {data['id']}", data["id"] != expected and expected)


def check_with_command(examples):
    """Has check-jsonschema judge the same instances, a second implementation's command line."""
    command = [sys.executable, "-m", "check_jsonschema"]
    files = [str(ROOT / "schemas" / f"{name}.json") for name in SCHEMAS]
    done = subprocess.run([*command, "--check-metaschema", *files], capture_output=True, text=True)
    check("check-jsonschema takes the schemas", done.returncode and done.stdout + done.stderr)
    with tempfile.TemporaryDirectory() as folder:
        groups = {}
        for number, (_, protocol, frames) in enumerate(examples):
            for part, (schema, instance) in enumerate(instances(protocol, frames)):
                path = pathlib.Path(folder, f"{number}-{part}.json")
                path.write_text(json.dumps(instance), "utf-8")
                groups.setdefault(schema, []).append(str(path))
        for schema, paths in groups.items():
            file = ROOT / "schemas" / f"{schema}.json"
            done = subprocess.run(
                [*command, "--schemafile", str(file), "--base-uri", file.as_uri(), *paths], capture_output=True, text=True
            )
            check(f"check-jsonschema: {len(paths)} instances of {schema}.json", done.returncode and done.stdout + done.stderr)


def check_grammar(text, examples):
    """Parses every example, and damaged ones, by the grammar of nwp-1.md; JSON is shortened to {}."""

    class Grammar(Rule):
        pass

    grammar = "\n".join(re.findall(r"^```abnf\n(.*?)^```$", text, re.M | re.S))
    Grammar.load_grammar(grammar.replace("\n", "\r\n"))

    def parses(rule, frames):
        flat = ["{}" if isinstance(frame, dict) else frame for frame in frames]
        try:
            Grammar(rule).parse_all("".join(frame + "\0" for frame in flat))
            return True
        except ParseError:
            return False

    for name, protocol, frames in examples:
        rule = f"{protocol}-message"
        check(f"{name} is a {rule}", "" if parses(rule, frames) else "it does not parse")
        extra = frames + [""] * (8 - len(frames))
        check(f"{name} with extra frames is a {rule}", "" if parses(rule, extra) else "it does not parse")
        check(f"{name} with nine frames is no {rule}", "it parses" if parses(rule, extra + [""]) else "")
        check(f"{name} without its first frame is no {rule}", "it parses" if parses(rule, frames[1:]) else "")
        if protocol in ("stream", "mark"):
            damaged = [frames[0].rstrip("/")] + frames[1:]
            check(f"{name} with its topic left open is no {rule}", "it parses" if parses(rule, damaged) else "")


def references(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def check_asyncapi():
    # Here, since it takes longest of all to load, and the system tests use the rest of this file.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from asyncapi3 import AsyncAPI3
    document = yaml.safe_load((ROOT / "asyncapi.yaml").read_text("utf-8"))

    def refusal(changed):
        try:
            AsyncAPI3.model_validate(changed)
            return ""
        except Exception as error:
            return str(error)[:2000]

    check("asyncapi.yaml is AsyncAPI 3.0 (object model of asyncapi3)", refusal(document))
    damaged = copy.deepcopy(document)
    damaged["channels"]["raw"]["bindings"] = {"zmq": {}}
    check("a binding that AsyncAPI does not have is refused", "" if refusal(damaged) else "accepted")
    for reference in references(document):
        if reference.startswith("#/"):
            target = document
            for step in reference[2:].split("/"):
                target = target.get(step) if isinstance(target, dict) else None
            check(f"asyncapi.yaml refers to {reference}", "" if target is not None else "which is not there")
        else:
            check(f"asyncapi.yaml refers to {reference}", "" if (ROOT / reference).is_file() else "which is not there")
    for name, channel in document["channels"].items():
        wanted = set(re.findall(r"{(\w+)}", channel["address"] or ""))
        check(f"parameters of channel {name}", wanted ^ set(channel.get("parameters", {})))


def main():
    examples = []
    for path in sorted((ROOT / "examples").glob("*/*.json")):
        example = json.loads(path.read_text("utf-8"))
        examples.append((str(path.relative_to(ROOT)), example["protocol"], example["frames"]))
    text = (ROOT / "nwp-1.md").read_text("utf-8")
    blocks = re.findall(r"^```json nwp:(\w+)\n(.*?)^```$", text, re.M | re.S)
    for number, (protocol, block) in enumerate(blocks, 1):
        examples.append((f"nwp-1.md, example {number}", protocol, json.loads(block)))
    check("nwp-1.md has examples", "" if blocks else "none found")
    check_schemas()
    check_examples(examples)
    check_identifiers(examples)
    check_grammar(text, examples)
    check_with_command(examples)
    check_asyncapi()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
