"""Billing of subscriptions: plans, discounts, periods, invoices and reminders.

Grown since 2016. Amounts are whole cents throughout; dates are `datetime.date`. Nothing here reads
a file, a clock or a database: callers pass in what they have.
"""

import calendar
from datetime import date, timedelta

# cents per seat and month
PLANS = {"basic": 900, "team": 1500, "business": 2900}

# seats from which on a discount holds, and its percentage; highest first
VOLUME_DISCOUNTS = [(100, 20), (50, 12), (10, 5)]

# value added tax, percent
TAX = {"DE": 19, "FR": 20, "AT": 20, "LU": 17, "CH": 0}

# months between two invoices
CYCLES = {"monthly": 1, "quarterly": 3, "yearly": 12}

GRACE_DAYS = 14
REMINDER_FEE = 500


def round_half_up(numerator, denominator):
    """Divide two whole numbers and round half up, without floats.

    >>> round_half_up(5, 2)
    3
    >>> round_half_up(4, 3)
    1
    """
    return (2 * numerator + denominator) // (2 * denominator)


def list_price(plan, seats):
    """What a plan costs in a month before any discount.

    >>> list_price("team", 4)
    6000
    >>> list_price("gold", 1)
    Traceback (most recent call last):
        ...
    ValueError: no such plan: gold
    """
    if plan not in PLANS:
        raise ValueError(f"no such plan: {plan}")
    if seats < 1:
        raise ValueError("a subscription has at least one seat")
    return PLANS[plan] * seats


def volume_discount(seats):
    """The percentage that is taken off for many seats.

    >>> [volume_discount(seats) for seats in (9, 10, 49, 50, 250)]
    [0, 5, 5, 12, 20]
    """
    for threshold, percent in VOLUME_DISCOUNTS:
        if seats >= threshold:
            return percent
    return 0


def monthly_price(plan, seats):
    """What a plan costs in a month, the volume discount taken off.

    >>> monthly_price("basic", 10)
    8550
    """
    price = list_price(plan, seats)
    return price - round_half_up(price * volume_discount(seats), 100)


def days_in_month(year, month):
    """The number of days of a month.

    >>> days_in_month(2024, 2), days_in_month(2023, 2)
    (29, 28)
    """
    return calendar.monthrange(year, month)[1]


def add_months(start, months):
    """The same day so many months later, or the last day of a month that has no such day.

    >>> add_months(date(2023, 3, 15), 1)
    datetime.date(2023, 4, 15)
    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    >>> add_months(date(2023, 10, 15), 3)
    datetime.date(2024, 1, 15)
    >>> add_months(date(2023, 11, 15), 1)
    datetime.date(2023, 12, 15)
    """
    total = start.month + months
    year = start.year + total // 12
    month = total % 12 or 12
    day = min(start.day, days_in_month(year, month))
    return date(year, month, day)


def period_end(start, cycle):
    """The last day of the period that begins with `start`.

    >>> period_end(date(2023, 4, 1), "monthly")
    datetime.date(2023, 4, 30)
    >>> period_end(date(2023, 2, 10), "quarterly")
    datetime.date(2023, 5, 9)
    """
    if cycle not in CYCLES:
        raise ValueError(f"no such cycle: {cycle}")
    return add_months(start, CYCLES[cycle]) - timedelta(days=1)


def renewals(start, cycle, count):
    """The first days of the next `count` periods.

    Counted from the first day each time, so that a subscription of the 31st comes back to it.

    >>> renewals(date(2023, 1, 31), "monthly", 2)
    [datetime.date(2023, 2, 28), datetime.date(2023, 3, 31)]
    """
    months = CYCLES[cycle]
    return [add_months(start, months * number) for number in range(1, count + 1)]


def days_used(first, last):
    """The number of days from `first` to `last`, both of them counted.

    >>> days_used(date(2023, 5, 1), date(2023, 5, 31))
    31
    """
    return (last - first).days + 1


def prorated(price, joined, start, cycle):
    """The part of a period's price that is due when somebody joins within it.

    >>> prorated(3000, date(2023, 4, 16), date(2023, 4, 1), "monthly")
    1500
    >>> prorated(3000, date(2023, 4, 1), date(2023, 4, 1), "monthly")
    3000
    """
    last = period_end(start, cycle)
    if not start <= joined <= last:
        raise ValueError(f"{joined} is not in the period from {start} to {last}")
    return round_half_up(price * days_used(joined, last), days_used(start, last))


def tax_of(net, country):
    """Value added tax on a net amount; a country that is not listed pays none.

    >>> tax_of(1000, "DE"), tax_of(1000, "US")
    (190, 0)
    """
    return round_half_up(net * TAX.get(country, 0), 100)


def invoice(plan, seats, country, start, cycle, joined=None):
    """An invoice for one period, as a dictionary.

    >>> bill = invoice("team", 2, "DE", date(2023, 6, 1), "monthly")
    >>> bill["net"], bill["tax"], bill["gross"], bill["due"]
    (3000, 570, 3570, datetime.date(2023, 6, 15))
    """
    net = monthly_price(plan, seats) * CYCLES[cycle]
    if joined is not None:
        net = prorated(net, joined, start, cycle)
    tax = tax_of(net, country)
    return {
        "from": start,
        "to": period_end(start, cycle),
        "net": net,
        "tax": tax,
        "gross": net + tax,
        "due": start + timedelta(days=GRACE_DAYS),
    }


def reminder_fee(due, today):
    """What is added to an overdue invoice: one fee for every whole 14 days, three at most.

    >>> due = date(2023, 6, 15)
    >>> [reminder_fee(due, due + timedelta(days=late)) for late in (0, 13, 14, 30, 365)]
    [0, 0, 500, 1000, 1500]
    """
    late = (today - due).days
    if late <= 0:
        return 0
    return min(late // GRACE_DAYS, 3) * REMINDER_FEE


def open_amount(invoices, payments, today):
    """What a customer owes today: invoices and reminder fees, less what was paid.

    Payments settle the oldest invoice first; a paid invoice gets no reminder.

    >>> bills = [{"gross": 1000, "due": date(2023, 6, 15)}, {"gross": 700, "due": date(2023, 7, 15)}]
    >>> open_amount(bills, [1000], date(2023, 7, 29))
    1200
    """
    left = sum(payments)
    owed = 0
    for bill in sorted(invoices, key=lambda each: each["due"]):
        settled = min(left, bill["gross"])
        left -= settled
        remaining = bill["gross"] - settled
        if remaining:
            owed += remaining + reminder_fee(bill["due"], today)
    return owed - left
