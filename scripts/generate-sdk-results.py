#!/usr/bin/env python3
"""Writes asl/services/sdk-results.generated.data, the shapes of what AWS's actions answer, and failed-answers.generated.ts, the members of
answers that say what of a call failed, from botocore's models.

    python3 scripts/generate-sdk-results.py /tmp/botocore/botocore

botocore and names as generate-sdk-services.py has them. A service's text, before it is compressed, has a line `action shape` for each
action; an empty line; then a line for each shape, counted from 0, which shapes name each other by:

    {Member*:3 Other:4   an object, `*` where the member is required      [3   a list of 3      <3   an object of any names with 3
    {Name=ApiName:3      a member that the API spells otherwise, in PascalCase
    =A|B                 one of these texts      s i f b t * ?   text, whole number, number, boolean, time, bytes, anything
"""

import importlib.util
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("services", HERE / "generate-sdk-services.py")
services = importlib.util.module_from_spec(spec)
spec.loader.exec_module(services)

LETTERS = {
    "string": "s", "character": "s", "integer": "i", "long": "i", "short": "i", "byte": "i", "biginteger": "i",
    "float": "f", "double": "f", "bigdecimal": "f", "boolean": "b", "timestamp": "t", "blob": "*",
}


def reachable(shapes: dict, roots: list[str]) -> list[str]:
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        shape = shapes[name]
        waiting += [member["shape"] for member in shape.get("members", {}).values()]
        waiting += [shape[part]["shape"] for part in ("member", "value") if part in shape]
    return sorted(found)


def spelled(name: str) -> str:
    java = services.java_member(name)
    api = name[:1].upper() + name[1:]
    return java if java == api else f"{java}={api}"


def line(shape: dict, number: dict[str, int]) -> str:
    kind = shape["type"]
    if shape.get("document"):
        return "?"
    if kind == "structure":
        required = shape.get("required", [])
        members = (
            f"{spelled(name)}{'*' if name in required else ''}:{number[member['shape']]}"
            for name, member in shape.get("members", {}).items()
            if not member.get("eventstream")
        )
        return "{" + " ".join(members)
    if kind == "list":
        return f"[{number[shape['member']['shape']]}"
    if kind == "map":
        return f"<{number[shape['value']['shape']]}"
    if "enum" in shape:
        return "=" + "|".join(shape["enum"])
    return LETTERS.get(kind, "?")


def block(model: dict) -> str:
    shapes = model["shapes"]
    results = {action: body["output"]["shape"] for action, body in model["operations"].items() if "output" in body}
    names = reachable(shapes, list(results.values()))
    number = {shape: at for at, shape in enumerate(names)}
    actions = [f"{action[:1].lower()}{action[1:]} {number[shape]}" for action, shape in sorted(results.items())]
    return "\n".join([*actions, "", *(line(shapes[shape], number) for shape in names)])


# A member of an answer with status 200 that says what was not done.
FAILED = re.compile(r"Failed(?!ure)\w*|Unprocessed\w*|Unsuccessful\w*|\w*Failures|\w*Errors|ErrorList|ErrorEntries|\w*NotDeleted")
# An item that is not there is an answer to who asks for it; one that was not looked up is none.
READS = re.compile(r"(batch)?(get|describe|list|search|check|detect|evaluate|validate|query)[A-Z]", re.I)
# A fleet of the instances that could be had; how an integration is doing.
MEANT = {("ec2", "createFleet"), *((name, f"{verb}Integration") for name in ("glue", "redshift") for verb in ("create", "modify", "delete"))}


def failed_members(name: str, model: dict) -> list[str]:
    """`action:Member` for a list of what failed, `action:Member*` for a map, `action:Member#` for a count."""
    found = []
    for operation, body in sorted(model["operations"].items()):
        action = f"{operation[:1].lower()}{operation[1:]}"
        members = model["shapes"][body["output"]["shape"]].get("members", {}) if "output" in body else {}
        kinds = {services.java_member(member): model["shapes"][shape["shape"]]["type"] for member, shape in members.items()}
        fitting = [member for member in kinds if FAILED.fullmatch(member) and (name, action) not in MEANT]
        if READS.match(action):
            fitting = [member for member in fitting if member.startswith("Unprocessed")]
        lists = [f"{member}{'*' * (kinds[member] == 'map')}" for member in fitting if kinds[member] in ("list", "map")]
        counts = [f"{member}#" for member in fitting if kinds[member] in ("integer", "long") and member.endswith("Count")]
        found += [f"{action}:{member}" for member in (lists or counts)[:1]]
    return found


def main() -> None:
    data = pathlib.Path(sys.argv[1]) / "data"
    version = re.search(r"__version__ = '([^']+)'", (data.parent / "__init__.py").read_text()).group(1)
    blocks: dict[str, str] = {}
    failed: dict[str, str] = {}
    for folder in sorted(path for path in data.iterdir() if path.is_dir()):
        if not list(folder.glob("*/service-2.json*")):
            continue
        model = services.newest(folder)
        service_id = model["metadata"]["serviceId"]
        name = services.JAVA_NAMES.get(service_id, services.java_service(service_id)).replace(".", "")
        blocks.setdefault(name, block(model))
        members = failed_members(name, model)
        if members:
            prefix = re.sub(r"^(Amazon|Aws)|Service$", "", services.java_pascal(service_id))
            failed[name] = " ".join([prefix, *members])
    services.write_packed(services.ROOT / "asl/services/sdk-results.generated.data", blocks)
    lines = [f"  {name}: '{line}'," for name, line in sorted(failed.items())]
    (services.ROOT / "asl/services/failed-answers.generated.ts").write_text(
        f"// Made by scripts/generate-sdk-results.py from botocore {version}. Do not edit.\n"
        "/** Service → what its errors are called after, and `action:Member` where a member of an answer says what failed: a list, `*` a map, `#` a count. */\n"
        "export const FAILED_ANSWERS: { readonly [service: string]: string } = {\n" + "\n".join(lines) + "\n};\n"
    )


main()
