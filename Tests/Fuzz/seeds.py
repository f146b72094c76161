"""Makes the first inputs of the frame and event decoders from the protocol's own examples.

    python3 Tests/Fuzz/seeds.py FOLDER

Frames are separated by the byte 1E.
"""

import json
import pathlib
import sys

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "protocols" / "examples"


def frame(value):
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, dict) and "$hex" in value:
        return bytes.fromhex(value["$hex"])
    if isinstance(value, dict) and "$fill" in value:
        return value["$fill"].encode() * value["count"]
    return json.dumps(value, ensure_ascii=False).encode()


def write(folder, target, name, content):
    place = pathlib.Path(folder) / target
    place.mkdir(parents=True, exist_ok=True)
    (place / name).write_bytes(content)


def main(folder):
    for file in sorted(EXAMPLES.glob("*/*.json")):
        example = json.loads(file.read_text())
        frames = [frame(value) for value in example["frames"]]
        whole = b"\x1e".join(frames)
        kind = file.parent.name
        if kind != "streams":
            write(folder, kind, file.stem, whole)
            continue
        if file.stem.startswith("mark"):
            write(folder, "mark", file.stem, whole)
            continue
        write(folder, "stream", file.stem, whole)
        write(folder, "show", file.stem, whole)
        stream = file.stem.split("-")[0]
        write(folder, {"raw": "article", "res": "analysis", "dlq": "deadletter"}[stream], file.stem, frames[2])
        if stream == "raw":
            item = json.loads(frames[2])["data"]
            write(folder, "json", file.stem, json.dumps(item).encode())
            write(folder, "fault", file.stem, json.dumps(item, indent=1).encode())
    for number, example in enumerate(json.loads((EXAMPLES / "malformed.json").read_text())):
        content = b"\x1e".join(map(frame, example["frames"]))
        if len(content) < 4_096:
            target = {"streams": "stream"}.get(example["protocol"], example["protocol"])
            write(folder, target, f"malformed-{number}", content)


if __name__ == "__main__":
    main(sys.argv[1])
