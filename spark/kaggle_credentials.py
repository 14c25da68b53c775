"""Who asks Kaggle: a token, or a user name with its key. They are never printed, and stand on no command line."""

import base64
import importlib
import importlib.util
import json
import os
import re
import subprocess
from pathlib import Path

from landing import Stop


def credentials(secret: str) -> tuple:
    """(what the header Authorization says, where it comes from), in the order that Kaggle's own clients look:

    the token in KAGGLE_API_TOKEN (or the file that it names), that in `access_token`, KAGGLE_USERNAME and KAGGLE_KEY,
    `kaggle.json`; both files in KAGGLE_CONFIG_DIR or ~/.kaggle. Last the secret in AWS Secrets Manager.
    """
    folders = [Path(folder) for folder in (os.environ.get("KAGGLE_CONFIG_DIR"), Path.home() / ".kaggle") if folder]
    token = os.environ.get("KAGGLE_API_TOKEN", "").strip()
    if token:
        named = Path(token)
        is_file = len(token) < 1024 and named.is_file()
        return bearer(text_of(named) if is_file else token), "KAGGLE_API_TOKEN"
    for path in (folder / name for folder in folders for name in ("access_token", "access_token.txt")):
        if path.is_file() and text_of(path):
            return bearer(text_of(path)), str(path)
    if os.environ.get("KAGGLE_USERNAME") and os.environ.get("KAGGLE_KEY"):
        return basic(os.environ["KAGGLE_USERNAME"], os.environ["KAGGLE_KEY"]), "KAGGLE_USERNAME and KAGGLE_KEY"
    path = folders[0] / "kaggle.json"
    if path.is_file():
        return user_and_key(text_of(path), str(path)), str(path)
    if secret:
        where = f"the secret {secret}"
        return of_secret(read_secret(secret).strip(), where), where
    raise Stop(
        "no Kaggle credentials: set KAGGLE_USERNAME and KAGGLE_KEY, or KAGGLE_API_TOKEN, "
        f"or save the account's token as {path}."
    )


def text_of(path: Path) -> str:
    try:
        return path.read_text(errors="replace").strip()
    except OSError as problem:
        raise Stop(f"the Kaggle credentials in {path} cannot be read: {problem.strerror}.") from None


def basic(user: str, key: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{key}".encode()).decode()


def bearer(token: str) -> str:
    if not re.fullmatch(r"[\x21-\x7e]+", token):
        raise Stop("the Kaggle token is not one word: save it as the account's settings show it, and nothing else.")
    return f"Bearer {token}"


def of_secret(text: str, where: str) -> str:
    """`{"username", "key"}`, `{"token"}` or the token alone."""
    try:
        found = json.loads(text)
    except ValueError:
        if re.fullmatch(r"[\w.~+/=-]+", text):
            return bearer(text)
        found = None
    if isinstance(found, dict) and isinstance(found.get("token"), str):
        return bearer(found["token"])
    return user_and_key(text, where)


def user_and_key(text: str, where: str) -> str:
    try:
        found = json.loads(text)
        return basic(found["username"], found["key"])
    except (ValueError, KeyError, TypeError):
        problem = 'is not {"username": …, "key": …}: save the token from the account\'s settings there.'
        raise Stop(f"{where} {problem}") from None


def read_secret(secret: str) -> str:
    """From AWS Secrets Manager, with boto3 where that is installed, otherwise with the aws command.

    An ARN names its region; of a name it is that of the environment, which `--region` sets where a node of EMR has none.
    """
    region = secret.split(":")[3] if secret.startswith("arn:") else None
    try:
        if importlib.util.find_spec("boto3"):
            client = importlib.import_module("boto3").client("secretsmanager", region_name=region)
            return client.get_secret_value(SecretId=secret)["SecretString"]
        command = ["aws", "secretsmanager", "get-secret-value", "--secret-id", secret]
        command += ["--region", region] if region else []
        command += ["--query", "SecretString", "--output", "text"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
    except subprocess.CalledProcessError as problem:
        reason = (problem.stderr.strip().splitlines() or ["no reason given"])[-1]
    except FileNotFoundError:
        reason = "neither boto3 nor the aws command is installed"
    except KeyError:
        reason = "it is binary, not text"
    except Exception as problem:  # boto3's own, which cannot be named without it
        reason = str(problem)
    raise Stop(f"the secret {secret} cannot be read from AWS Secrets Manager: {reason}")
