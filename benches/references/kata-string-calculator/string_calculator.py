def add(numbers):
    separator = ","
    if numbers.startswith("//"):
        first, _, numbers = numbers.partition("\n")
        separator = first[2:]
    parts = numbers.replace("\n", separator).split(separator)
    values = [int(part) for part in parts if part.strip()]
    negative = [value for value in values if value < 0]
    if negative:
        raise ValueError(f"negatives not allowed: {', '.join(map(str, negative))}")
    return sum(value for value in values if value <= 1000)
