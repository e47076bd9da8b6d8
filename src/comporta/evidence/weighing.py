"""From origins to a probability, exactly: reports by their ratios, days by a regime filter, forecasts by a pool.

Figures given as fractions stay fractions, so that a result can be checked by hand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log
from statistics import NormalDist

Number = Fraction | float
CAPS = {"anonymous": Fraction(4), "rumor": Fraction(2), "impersonal": Fraction(2)}
LEAST = Fraction(1, 100)
BANDS = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)


@dataclass(frozen=True)
class Word:
    """One origin's word: the chance that it is said if the event holds, and if it does not; how surely it was carried.

    Carriers tell it with chance `carried` if it was said, and with chance `invented` if it was not.
    """

    origin: str
    if_true: Number
    if_false: Number
    carried: Number = Fraction(1)
    invented: Number = Fraction(0)
    source_class: str = "official"

    def ratio(self) -> Number:
        """How much likelier what was heard is if the event holds than if it does not.

        (a·r + (1 − a)·e) / (b·r + (1 − b)·e), whoever carries it and however often: the origin enters once.
        """
        heard_if_true = self.if_true * self.carried + (1 - self.if_true) * self.invented
        heard_if_false = self.if_false * self.carried + (1 - self.if_false) * self.invented
        return heard_if_true / heard_if_false

    def weighed(self) -> Number:
        """The ratio, no further from one than sources of its class are believed."""
        cap = CAPS.get(self.source_class)
        ratio = self.ratio()
        return ratio if cap is None else min(max(ratio, 1 / cap), cap)


def after(prior: Number, ratio: Number) -> Number:
    """The probability once something was heard that is `ratio` times likelier if the event holds.

    p·R / (p·R + 1 − p)
    """
    return prior * ratio / (prior * ratio + 1 - prior)


def pooled(prior: Number, words: Iterable[Word]) -> Number:
    """The probability after all words of independent origins, each once, in any order."""
    once = {word.origin: word for word in words}
    for name in sorted(once):
        prior = after(prior, once[name].weighed())
    return prior


def silent(belief: Number, prior: Number, keeps: Number) -> Number:
    """The probability a day later, when the state may have changed: keeps·p + (1 − keeps)·prior."""
    return keeps * belief + (1 - keeps) * prior


def kept_in_a_day(half_life_days: float | None) -> Number:
    """The share of what was heard that a day of silence leaves; all of it without a half-life."""
    return Fraction(1) if half_life_days is None else 0.5 ** (1 / half_life_days)


def filtered(prior: Number, keeps: Number, days: Sequence[Sequence[Word]]) -> list[tuple[Number, Number]]:
    """For each day in order the probability before and after its words: a hidden Markov model of two states.

    The state stays with chance keeps + (1 − keeps)·p(state), so that silence decays to the prior.
    """
    told: list[tuple[Number, Number]] = []
    belief = prior
    for number, words in enumerate(days):
        before = belief if number == 0 else silent(belief, prior, keeps)
        belief = pooled(before, words)
        told.append((before, belief))
    return told


def linear_pool(forecasts: Sequence[tuple[float, float]]) -> float:
    """The mean of probabilities with their weights."""
    total = sum(weight for _, weight in forecasts)
    return sum(probability * weight for probability, weight in forecasts) / total


def log_pool(forecasts: Sequence[tuple[float, float]]) -> float:
    """The probability whose log odds are the mean of the forecasts' log odds, with their weights."""
    total = sum(weight for _, weight in forecasts)
    mean = sum(log(probability / (1 - probability)) * weight for probability, weight in forecasts) / total
    return 1 / (1 + exp(-mean))


def agreed(opinions: Sequence[Sequence[Number]], *, least: Number = LEAST) -> list[Number]:
    """Several opinions over the same exclusive cases, each case as likely before: their product, made to sum to one.

    No opinion rules a case out for all others: each case keeps at least the chance `least` in each of them.
    """
    product: list[Number] = [Fraction(1)] * len(opinions[0])
    for opinion in opinions:
        product = [one * max(other, least) for one, other in zip(product, opinion, strict=True)]
    total = sum(product)
    return [one / total for one in product]


def brier(forecast: float, happened: bool) -> float:
    """The squared distance of a forecast from what came of it; 0 is best, 1 worst."""
    return (forecast - happened) ** 2


def log_score(forecast: float, happened: bool) -> float:
    """Minus the logarithm of the chance that was given to what happened; 0 is best."""
    return -log(forecast if happened else 1 - forecast)


def tracked(elicited: Number, said: int, times: int, *, worth: int = 4) -> Number:
    """An elicited chance, replaced by a record as it grows: (worth·elicited + said) / (worth + times)."""
    return (worth * elicited + said) / (worth + times)


def band(probability: Number) -> str:
    """The word of ICD 203 for a probability."""
    return next(word for top, word in BANDS if float(probability) <= top + 1e-12)


def censored(values: Sequence[float], weights: Sequence[float], low: float | None, high: float | None,
             *, error: float) -> list[float]:  # fmt: skip
    """The weights of values of an uncertain figure after a claim bounds it: below, above, or both.

    A bound is a censored likelihood, not a point: Φ((v − low)/error) · Φ((high − v)/error), made to sum to one.
    """
    return shared(weights, bounded(values, low, high, error=error))


def bounded(values: Sequence[float], low: float | None, high: float | None, *, error: float) -> list[float]:
    """How likely a claim that bounds a figure is under each of its values: Φ((v − low)/error) · Φ((high − v)/error)."""
    norm = NormalDist()
    return [
        (1.0 if low is None else norm.cdf((value - low) / error))
        * (1.0 if high is None else norm.cdf((high - value) / error))
        for value in values
    ]


def pointed(values: Sequence[float], point: float, *, error: float) -> list[float]:
    """How likely a claim that names a figure is under each of its values: exp(−((v − point)/error)²/2)."""
    return [exp(-(((value - point) / error) ** 2) / 2) for value in values]


def doubted(likely: Sequence[float], source_class: str) -> list[float]:
    """Likelihoods of which the largest is no further from any other than sources of the class are believed."""
    cap, most = CAPS.get(source_class), max(likely)
    return list(likely) if cap is None else [max(one, most / float(cap)) for one in likely]


def shared(weights: Sequence[float], likely: Sequence[float]) -> list[float]:
    """Weights after a claim, made to sum to one."""
    product = [weight * one for weight, one in zip(weights, likely, strict=True)]
    total = sum(product)
    assert total > 0, "No value is left that the claim allows."
    return [one / total for one in product]
