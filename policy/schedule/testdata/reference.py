"""Works out reference.json, which the tests compare with: python3 reference.py > reference.json

Nothing is shared with the Go code, and the ways differ: amounts are fractions, the instalment of an equal-payment plan is
not taken from the annuity formula but from paying the loan off twice, once with nothing and once with 1 a month, since what is
left at the end is a straight line in the instalment; the annualised cost is found by bisection in 60 decimal digits.
"""
import calendar
import datetime
import decimal
import json
from fractions import Fraction

decimal.getcontext().prec = 60


def half_up(x):
    return int(x + Fraction(1, 2))


def add_months(date, n, day):
    y, m = divmod(date.year * 12 + date.month - 1 + n, 12)
    return datetime.date(y, m + 1, min(day, calendar.monthrange(y, m + 1)[1]))


def months_and_days(a, b):
    n = 0
    while add_months(a, n + 1, a.day) <= b:
        n += 1
    return n, (b - add_months(a, n, a.day)).days


def xirr(worth, start, flows):
    def value(r):
        return sum(decimal.Decimal(a) * (1 + r) ** (decimal.Decimal(-(d - start).days) / 365) for d, a in flows)

    if sum(a for _, a in flows) == worth:
        return "0.00"
    low, high = decimal.Decimal(0), decimal.Decimal(100)
    for _ in range(160):
        middle = (low + high) / 2
        if value(middle) > worth:
            low = middle
        else:
            high = middle
    return str((100 * low).quantize(decimal.Decimal("0.01"), decimal.ROUND_HALF_UP))


def plan(method, principal, interest, rate, count, start, first, down=0):
    """interest is owed at the start. The down payment goes to it before it goes to the principal."""
    given = {"method": method, "principal": principal, "interest": interest, "down": down, "rate": rate, "count": count,
             "start": start, "first": first}
    rate, start, first = Fraction(rate), datetime.date.fromisoformat(start), datetime.date.fromisoformat(first)
    worth = principal + interest - down
    principal, interest = principal - max(down - interest, 0), max(interest - down, 0)
    months, days = months_and_days(start, first)
    stub = rate * (Fraction(months, 12) + Fraction(days, 365))
    if months >= 1 and count > 1:
        interest += half_up(principal * stub) - half_up(principal * rate / 12)
        stub = rate / 12

    def end(payment):
        left = principal * (1 + stub) - payment
        for _ in range(count - 1):
            left = left * (1 + rate / 12) - payment
        return left

    payment = half_up(end(0) / (end(0) - end(1)))
    if rate == 0:
        payment = half_up(Fraction(principal + interest, count))
    flows, left, owed = [], principal, interest
    for k in range(count):
        running = half_up(left * (stub if k == 0 else rate / 12))
        if rate == 0:
            amount = payment if k < count - 1 else principal + interest - payment * (count - 1)
        elif k == count - 1:
            amount = left + owed + running
        else:
            share = half_up(Fraction(principal, count)) if method == "equal_principal" else payment - running
            amount = share + running + interest // count
            left, owed = left - share, owed - interest // count
        flows.append((add_months(first, k, first.day), amount))
    return given | {"amounts": [a for _, a in flows], "last": str(flows[-1][0]), "annual": xirr(worth, start, flows)}


CASES = [
    # method, principal, interest (fen), annual rate, instalments, start, first payment, down payment
    ("equal_payment", 1200000, 0, "0.12", 12, "2026-11-22", "2026-12-22"),
    ("equal_payment", 1000000, 0, "0.1825", 24, "2026-11-22", "2026-12-22"),
    ("equal_payment", 1000000, 0, "0.24", 36, "2026-01-31", "2026-02-28"),
    ("equal_payment", 5000000, 0, "0.0435", 60, "2026-11-22", "2026-12-22"),
    ("equal_payment", 123456789, 0, "0.036", 360, "2026-11-22", "2026-12-22"),
    ("equal_payment", 777777, 0, "0.15", 6, "2026-11-22", "2026-12-10"),
    ("equal_payment", 777777, 12345, "0.15", 6, "2026-11-22", "2027-03-02"),
    ("equal_payment", 400000, 9999, "0.018", 7, "2026-11-22", "2026-11-29"),
    ("equal_payment", 5000000, 250000, "0.12", 60, "2026-11-22", "2027-02-22", 600000),
    ("equal_payment", 9999999, 0, "0.000000001", 3, "2026-11-22", "2026-12-22"),
    ("equal_payment", 100000, 0, "0.36", 2, "2024-02-29", "2024-03-29"),
    ("equal_payment", 500000, 0, "0", 6, "2026-11-22", "2027-02-22"),
    ("equal_payment", 399999, 1, "0", 36, "2026-11-22", "2026-12-22"),
    ("equal_principal", 1200000, 0, "0.12", 12, "2026-11-22", "2026-12-22"),
    ("equal_principal", 1000001, 5005, "0.1825", 24, "2026-11-22", "2026-12-31"),
    ("equal_principal", 5000000, 0, "0.06", 60, "2026-11-22", "2026-11-23"),
    ("lump", 400000, 0, "0.1825", 1, "2026-11-22", "2027-02-22"),
    ("lump", 400000, 3333, "0.12", 1, "2026-11-22", "2026-12-06"),
    ("lump", 400000, 3333, "0", 1, "2026-11-22", "2027-02-22"),
]

if __name__ == "__main__":
    print("[")
    print(",\n".join(json.dumps(plan(*c)) for c in CASES))
    print("]")
