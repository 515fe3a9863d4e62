def wrap(text, width):
    if width < 1:
        raise ValueError(f"a width of {width} is below 1")
    return "\n".join(_wrapped(line, width) for line in text.split("\n"))


def _wrapped(line, width):
    if len(line) <= width:
        return line
    space = line.rfind(" ", 0, width + 1)
    end = space if space > 0 else width
    return line[:end] + "\n" + _wrapped(line[end:].lstrip(" "), width)
