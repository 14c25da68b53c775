def clean(event):
    return event


async def later(event):
    return event
