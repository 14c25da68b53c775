from .deeper import word


def thing():
    return word
