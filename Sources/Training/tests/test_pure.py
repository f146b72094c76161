"""Tests of the parts without files and networks, on made-up text."""
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from decode import CONTENT, CUE, SOURCE, assemble, spans_of, viterbi
from documents import TAGS, Locator, other_marks
from features import case_of, piece_features, quote_states
from surgeon import surgeon
from windows import cut


@pytest.mark.parametrize("surface, number", [("word", 0), ("Word", 1), ("A", 1), ("NATO", 2), ("McX", 3), ("42", 0)])
def test_letter_case(surface, number):
    assert case_of(surface) == number


@pytest.mark.parametrize("text, states", [
    ('a "b" c', "0021300"),
    ("“b c” d", "2111300"),
    ("‘it’s’ x", "21111300"),
    ("don't 'a'", "000000213"),
    ("«a» b", "21300"),
    ('x "left open', "002444444444"),
    ('x "open\ny "b"', "002444400" + "0213"),
    ("the dogs’ tail", "0" * 14),
])
def test_quotation_marks(text, states):
    assert "".join(map(str, quote_states(text))) == states[:len(text)]


def test_spaces_tell_paragraphs_and_glued_pieces():
    text = "One two-x\nnext"
    _, space, _ = piece_features(text, [(0, 3), (4, 7), (7, 8), (8, 9), (10, 14)])
    assert space == [2, 0, 1, 1, 2]


def test_windows_end_at_cuts_and_never_exceed_the_size():
    assert cut([3, 6, 9], size=7) == [(0, 6), (6, 9)]
    assert cut([10], size=4) == [(0, 4), (4, 8), (8, 10)]
    assert cut([3, 6, 9], size=7, first=4) == [(0, 3), (3, 9)]


def test_pieces_of_a_span():
    where = Locator([(0, 2), (3, 6), (6, 7), (8, 12)])
    assert where.span(3, 7) == (1, 3)
    assert where.span(8, 12) == (3, 4)
    first, end = where.span(12, 20)
    assert first >= end


def test_no_inside_tag_without_its_beginning():
    scores = np.full((3, len(TAGS)), -5.0)
    scores[0, TAGS.index("I-content")] = 5
    scores[1, TAGS.index("I-content")] = 5
    path = viterbi(scores)
    for before, tag in zip([0] + path, path):
        assert tag % 2 == 1 or tag == 0 or before in (tag, tag - 1)
    assert spans_of([0, 1, 2, 1, 0, 5]) == [(0, 1, 3), (0, 3, 4), (2, 5, 6)]


def test_spans_go_to_the_cue_they_point_to():
    spans = [(CONTENT, 0, 2), (CUE, 2, 3), (SOURCE, 3, 4), (CONTENT, 5, 7), (CUE, 8, 9)]
    pointer = np.full((9, 9), -9.0)
    for span, target in ((spans[0], 2), (spans[2], 2), (spans[3], 2), (spans[1], 2), (spans[4], 8)):
        pointer[span[1]:span[2], target] = 0
    found, = assemble(spans, pointer)
    assert sorted(found.content) == [(0, 2), (5, 7)] and found.source == [(3, 4)] and found.cue == [(2, 3)]


def test_other_marks_keep_the_length():
    import random
    record = {"text": 'He said “a” and "b".'}
    assert {len(other_marks(record, random.Random(i))["text"]) for i in range(8)} == {len(record["text"])}


def test_pruning_takes_what_others_can_replace():
    examples = np.random.default_rng(1)
    x = examples.normal(size=(500, 6))
    x[:, 4] = 2 * x[:, 0] - x[:, 1]  # nothing is lost without it
    weight = examples.normal(size=(3, 6)) + 3
    columns, fitted, lost = surgeon(weight, x.T @ x, 1, 5)
    assert set(range(6)) - set(columns) <= {0, 1, 4} and lost < 1e-3
    assert np.allclose(x[:, columns] @ fitted.T, x @ weight.T, atol=0.05)


def test_pruning_fits_what_stays_by_least_squares():
    examples = np.random.default_rng(2)
    x = examples.normal(size=(400, 8)) @ examples.normal(size=(8, 8))
    weight = examples.normal(size=(4, 8))
    columns, fitted, lost = surgeon(weight, x.T @ x, 2, 2)
    assert [columns[0] + 1, columns[2] + 1] == [columns[1], columns[3]] and len(columns) == 4
    best = np.linalg.lstsq(x[:, columns], x @ weight.T, rcond=None)[0].T
    assert np.allclose(fitted, best, atol=0.01)
    left = ((x @ weight.T - x[:, columns] @ best.T) ** 2).sum() / ((x @ weight.T) ** 2).sum()
    assert abs(lost - left) < 0.01
