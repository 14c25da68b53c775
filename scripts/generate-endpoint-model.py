#!/usr/bin/env python3
"""Writes serve/model.generated.ts, what the local endpoint checks requests against, from botocore's model of Step Functions.

    pip download --no-deps botocore -d /tmp/botocore && unzip -qd /tmp/botocore /tmp/botocore/*.whl
    python3 scripts/generate-endpoint-model.py /tmp/botocore/botocore
"""

import gzip
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
VERSION = "2016-11-23"
KEPT = ("required", "min", "max", "pattern", "enum", "sensitive")


def compact(shape: dict) -> dict:
    """A shape without its documentation; members, list members and map entries by the names of their shapes."""
    kept = {"type": shape["type"], **{key: shape[key] for key in KEPT if key in shape}}
    if shape["type"] == "structure":
        kept["members"] = {name: member["shape"] for name, member in shape["members"].items()}
    if shape["type"] == "list":
        kept["member"] = shape["member"]["shape"]
    if shape["type"] == "map":
        kept["key"], kept["value"] = shape["key"]["shape"], shape["value"]["shape"]
    return kept


def reached(shapes: dict, start: list[str]) -> dict:
    """The shapes that inputs are made of, in order of name."""
    found, left = {}, list(start)
    while left:
        name = left.pop()
        if name in found:
            continue
        found[name] = compact(shapes[name])
        inner = found[name]
        left += inner.get("members", {}).values()
        left += [inner[key] for key in ("member", "key", "value") if key in inner]
    return dict(sorted(found.items()))


def main(botocore: pathlib.Path) -> None:
    file = botocore / "data/stepfunctions" / VERSION / "service-2.json.gz"
    model = json.loads(gzip.decompress(file.read_bytes()))
    actions = {name: operation["input"]["shape"] for name, operation in sorted(model["operations"].items())}
    errors = sorted(name for name, shape in model["shapes"].items() if shape.get("exception"))
    shapes = reached(model["shapes"], list(actions.values()))
    lines = [
        "// Written by scripts/generate-endpoint-model.py from botocore's model of Step Functions; not to be changed by hand.",
        f"export const TARGET_PREFIX = {json.dumps(model['metadata']['targetPrefix'])};",
        "/** Every action and the shape of its input. */",
        f"export const INPUTS = {json.dumps(actions, indent=2)} as const;",
        f"export const ERRORS = {json.dumps(errors, indent=2)} as const;",
        "/** The shapes that inputs are made of. */",
        "export const SHAPES = {",
        *[f"  {name}: {json.dumps(shape)}," for name, shape in shapes.items()],
        "} as const;",
    ]
    (ROOT / "serve/model.generated.ts").write_text("\n".join(lines) + "\n")


main(pathlib.Path(sys.argv[1]))
