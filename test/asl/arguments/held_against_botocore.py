"""Holds the arguments of every call in state machines against botocore's models: its own validator, and what that leaves out of them
(patterns, greatest lengths and numbers, enums). Prints the findings as JSON: a list of [file, state, what].

    python held_against_botocore.py step_function.json...

What only a run knows, `{% … %}`, is stood in for by the least value that the model takes; what deploy fills in, by such a value.
"""

import importlib.util
import json
import pathlib
import re
import sys

from botocore.loaders import Loader
from botocore.model import OperationModel, ServiceModel, Shape
from botocore.validate import ParamValidator

ROOT = pathlib.Path(__file__).resolve().parents[3]
spec = importlib.util.spec_from_file_location("names", ROOT / "scripts/generate-sdk-services.py")
names = importlib.util.module_from_spec(spec)
spec.loader.exec_module(names)

LOADER = Loader()
# Services of integrations, where botocore's folder has another name.
FOLDERS = {
    "states": "stepfunctions",
    "sfn": "stepfunctions",
    "eventbridge": "events",
    "elasticmapreduce": "emr",
    "cloudwatchlogs": "logs",
    "databasemigration": "dms",
    "costexplorer": "ce",
    "elasticloadbalancingv2": "elbv2",
}
# Integrations that call no action of a service of that name, or take other arguments: what the action is given.
OWN = {
    "elasticmapreduce:createCluster": ("emr", "RunJobFlow", lambda given: given),
    "elasticmapreduce:addStep": (
        "emr",
        "AddJobFlowSteps",
        lambda given: {"JobFlowId" if name == "ClusterId" else "Steps" if name == "Step" else name: [value] if name == "Step" else value for name, value in given.items()},
    ),
    "elasticmapreduce:cancelStep": ("emr", "CancelSteps", lambda given: {"ClusterId": given["ClusterId"], "StepIds": [given["StepId"]]}),
    "elasticmapreduce:terminateCluster": ("emr", "TerminateJobFlows", lambda given: {"JobFlowIds": list(given.values())}),
    "bedrock:invokeModel": (
        "bedrock-runtime",
        "InvokeModel",
        lambda given: {name: value for name, value in given.items() if name not in ("Input", "Output")},
    ),
}
# These call no service of AWS that has a model.
WITHOUT_MODEL = {"http:invoke", "apigateway:invoke", "eks:call", "eks:runJob"}
# What a service says of a text in its documentation alone.
DOCUMENTED = {"batch:submitJob.JobName": r"[A-Za-z0-9][\w-]{0,127}"}
# What deploy fills in; others are a word.
FILLED = {"partition": "aws", "region": "eu-west-1", "account": "123456789012"}
PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
EXPRESSION = re.compile(r"\{%.*%\}", re.S)


def folder_of(service: str) -> str:
    plain = {name.replace("-", ""): name for name in LOADER.list_available_services("service-2")}
    return FOLDERS.get(service) or plain[service.replace("-", "")]


models: dict[str, ServiceModel] = {}


def operation_of(folder: str, action: str) -> OperationModel:
    model = models.setdefault(folder, ServiceModel(LOADER.load_service_model(folder, "service-2"), folder))
    return model.operation_model(action[:1].upper() + action[1:])


def stand_in(shape: Shape) -> object:
    least = int(shape.metadata.get("min", 0))
    if shape.type_name == "structure":
        chosen = [name for name in shape.members if name in shape.required_members] or list(shape.members)[:1] * getattr(shape, "is_tagged_union", False)
        return {name: stand_in(shape.members[name]) for name in chosen}
    if shape.type_name == "list":
        return [stand_in(shape.member)] * least
    if shape.type_name in ("string", "character"):
        return shape.enum[0] if getattr(shape, "enum", None) else "x" * max(least, 1)
    return {"map": {}, "boolean": True, "blob": b"x", "timestamp": 0}.get(shape.type_name, max(least, 1))


class Call:
    """The arguments of one call, as botocore takes them, with what its validator does not look at."""

    def __init__(self, is_sdk: bool) -> None:
        self.is_sdk = is_sdk
        self.findings: list[str] = []

    def spelt(self, name: str) -> str:
        """A member as Step Functions spells it: SDK integrations as the Java SDK, optimized ones as the API in PascalCase."""
        return names.java_member(name) if self.is_sdk else name[:1].upper() + name[1:]

    def taken(self, value: object, shape: Shape, at: str) -> object:
        if isinstance(value, str):
            whole = PLACEHOLDER.fullmatch(value)
            if EXPRESSION.search(value) or (whole and whole[1] not in FILLED):
                return stand_in(shape)
            value = PLACEHOLDER.sub(lambda match: FILLED.get(match[1], f"a-{match[1].lower().replace('_', '-')}"), value)
        if shape.type_name == "structure" and isinstance(value, dict) and not getattr(shape, "is_document_type", False):
            known = {self.spelt(name): name for name in shape.members}
            # Whoever calls makes a token where none is given.
            tokens = {name: stand_in(member) for name, member in shape.members.items() if member.metadata.get("idempotencyToken")}
            return tokens | {
                known.get(name, f"{name} of {at}"): self.taken(inner, shape.members[known[name]], f"{at}.{name}") if name in known else inner
                for name, inner in value.items()
            }
        if shape.type_name == "list" and isinstance(value, list):
            self.sized(len(value), shape, at)
            return [self.taken(inner, shape.member, f"{at}[{place}]") for place, inner in enumerate(value)]
        if shape.type_name == "map" and isinstance(value, dict):
            self.sized(len(value), shape, at)
            for key in value:
                self.text(key, shape.key, f"{at}'s key {key}")
            return {key: self.taken(inner, shape.value, f"{at}.{key}") for key, inner in value.items()}
        if shape.type_name in ("string", "blob") and isinstance(value, (dict, list)):
            return json.dumps(value)
        if shape.type_name == "string" and isinstance(value, str):
            self.text(value, shape, at)
        if shape.type_name in ("integer", "long", "float", "double") and isinstance(value, (int, float)):
            self.sized(value, shape, at)
        return value

    def sized(self, size: float, shape: Shape, at: str) -> None:
        if size > shape.metadata.get("max", size):
            self.findings.append(f"{at}: {size} is more than {shape.metadata['max']}")

    def text(self, value: str, shape: Shape, at: str) -> None:
        self.sized(len(value), shape, at)
        values = getattr(shape, "enum", None)
        if values and value not in values:
            self.findings.append(f"{at}: {value!r} is none of its values")
        pattern = DOCUMENTED.get(at.removeprefix("aws-sdk:"), shape.metadata.get("pattern", ".*"))
        try:
            if not re.fullmatch(pattern, value, re.S):
                self.findings.append(f"{at}: {value!r} is not {pattern}")
        except re.error:
            pass  # A class of characters of Java's that Python's expressions do not have.


def findings_of(resource: str, given: dict) -> list[str]:
    integration = re.sub(r"^arn:[\w-]+:states:::|\.(sync(:\d)?|waitForTaskToken)$", "", resource)
    is_sdk = integration.startswith("aws-sdk:")
    service, action = integration.removeprefix("aws-sdk:").split(":")
    if not is_sdk and integration in WITHOUT_MODEL:
        return []
    folder, name, of = OWN.get(integration, ()) if not is_sdk and integration in OWN else (folder_of(service), action, lambda same: same)
    call = Call(is_sdk)
    shape = operation_of(folder, name).input_shape
    arguments = call.taken(of(given), shape, integration)
    report = ParamValidator().validate(arguments, shape)
    return call.findings + ([report.generate_report()] if report.has_errors() else [])


def calls_in(value: object, name: str = ""):
    """Everything that calls a service: Tasks, and readers and writers of Maps."""
    if isinstance(value, dict):
        if isinstance(value.get("Resource"), str) and isinstance(value.get("Arguments"), dict):
            yield name, value["Resource"], value["Arguments"]
        for key, inner in value.items():
            yield from calls_in(inner, key)
    if isinstance(value, list):
        for inner in value:
            yield from calls_in(inner, name)


def main(files: list[str]) -> None:
    found = []
    calls = 0
    for file in files:
        for state, resource, given in calls_in(json.loads(pathlib.Path(file).read_text())):
            calls += 1
            found += [[file, state, what] for what in findings_of(resource, given)]
    json.dump({"calls": calls, "findings": found}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
