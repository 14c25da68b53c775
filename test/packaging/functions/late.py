async def late(event):
    return 1
