import json

from helpers import twice
from pkg.inner import thing


def clean(event):
    print("cleaning", json.dumps(event))
    return {"doubled": twice(event["kept"]), "thing": thing()}


def named(event, context):
    return {"function": context.function_name, "left": context.get_remaining_time_in_millis()}
