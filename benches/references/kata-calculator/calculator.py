import math


def add(a, b):
    return a + b


def subtract(a, b):
    return a - b


def multiply(a, b):
    return a * b


def divide(a, b):
    return a / b


def power(base, exponent):
    return base**exponent


def square_root(number):
    if number < 0:
        raise ValueError(f"{number} is negative")
    return math.sqrt(number)


def mean(numbers):
    if not numbers:
        raise ValueError("there are no numbers")
    return sum(numbers) / len(numbers)
