"""Tests of what refit.py computes, and that it writes what it reads."""
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

import refit


def test_line_through_the_odds_is_found_again():
    p = np.random.default_rng(1).uniform(0.02, 0.98, 20_000)
    y = np.random.default_rng(2).uniform(size=len(p)) < refit.sigmoid(0.5 * refit.odds(p) - 0.7)
    assert refit.platt(p, y) == pytest.approx([0.5, -0.7], abs=0.05)
    assert refit.error(p, y) > 10
    assert refit.error(refit.sigmoid(0.5 * refit.odds(p) - 0.7), y) < 1.5


def test_a_line_upon_the_present_one_is_the_line_of_both():
    fitted = refit.Fitted()
    fitted.set_line("quote", (2, 1))
    p = np.array([0.2, 0.5, 0.9])
    now = refit.sigmoid(2 * refit.odds(p) + 1)
    refit.update_line(fitted, "quote", np.array([0.5, -1]), now, [False, True, True])
    slope, offset = fitted.line("quote")
    assert refit.sigmoid(slope * refit.odds(p) + offset) == pytest.approx(refit.sigmoid(0.5 * refit.odds(now) - 1))


def test_the_swift_file_is_written_as_it_is_read():
    fitted = refit.Fitted()
    before = fitted.text
    for name in ("quote", "claim", "proposition"):
        fitted.set_line(name, fitted.line(name))
    for name in ("uncued", "leastQuote", "leastProposition"):
        fitted.set_number(name, fitted.number(name))
    for name in ("speakers", "usefulness"):
        fitted.set_table(name, fitted.table(name))
    assert fitted.text == before
    fitted.set_table("speakers", {"name": 0.5})
    fitted.set_number("leastQuote", 0.7)
    assert fitted.table("speakers") == {"name": 0.5} and fitted.table("usefulness") and fitted.number("leastQuote") == 0.7


class Scorer:
    """Two wanted tuples; the first two candidates say the first, the third the second."""

    @staticmethod
    def precision_of(scores, columns):
        return sum(max([row[j][0] for j in columns], default=0.0) for row in scores)


def test_what_says_the_same_again_adds_little():
    tuples = refit.Tuples.__new__(refit.Tuples)
    tuples.scorer, tuples.features = Scorer, [[{}, {}, {}]]
    tuples.scores = [[[(1.0, 1.0), (0.9, 0.9), (0.0, 0.0)], [(0.0, 0.0), (0.0, 0.0), (1.0, 1.0)]]]
    first, again, other = tuples.added(0, [0.9, 0.8, 0.7])
    assert first == other == 1.0 and again == 0.0
    value, least, area = tuples.figures({0: [0.9, 0.1, 0.8]})
    # Points of one recall are joined from the least precise on, as in the scorer.
    assert (value, least, area) == pytest.approx((100, 0.8, 100 * (1 / 2 + (1 + 2 / 3) / 4)))
