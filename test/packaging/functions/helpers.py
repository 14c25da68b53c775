def twice(value):
    return 2 * value
