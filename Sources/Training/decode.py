"""From the heads' scores to attributions: tags by Viterbi, spans, and the cue each span points to."""
from dataclasses import dataclass, field

import numpy as np

from documents import TAGS

CONTENT, SOURCE, CUE = 0, 1, 2
NEVER = -1e9


def legal(count=len(TAGS)):
    """0 where a tag may follow another, NEVER where not: I only after B or I of its kind. Row -1 is the start."""
    allowed = np.zeros((count + 1, count), np.float32)
    for tag in range(2, count, 2):
        allowed[:, tag] = NEVER
        allowed[tag, tag] = allowed[tag - 1, tag] = 0
    return allowed


def viterbi(scores, allowed=None):
    """The best legal tag sequence of pieces x tags scores."""
    allowed = legal(scores.shape[1]) if allowed is None else allowed
    if not len(scores):
        return []
    best = scores[0] + allowed[-1]
    back = np.zeros(scores.shape, np.int32)
    for i in range(1, len(scores)):
        paths = best[:, None] + allowed[:-1]
        back[i] = paths.argmax(0)
        best = paths.max(0) + scores[i]
    path = [int(best.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def spans_of(path):
    """(kind, first, end) of each B I* run; kind 0, 1, 2 = content, source, cue (or the kind of name)."""
    out = []
    for i, tag in enumerate(path):
        if tag % 2 == 1:
            out.append([(tag - 1) // 2, i, i + 1])
        elif tag and out:
            out[-1][2] = i + 1
    return [tuple(s) for s in out]


@dataclass
class Attribution:
    """Piece spans of one attribution; its anchor is the first piece of the cue, or of what stands in for it."""
    anchor: int
    content: list = field(default_factory=list)
    source: list = field(default_factory=list)
    cue: list = field(default_factory=list)


def assemble(spans, pointer):
    """Groups spans by the cue that they point to.

    `pointer` is pieces x pieces (log-probabilities). A content or source span votes with the mean of its pieces for
    the first pieces of cues, or for a span of its own or another source (attributions without a cue).
    """
    cues = [s for s in spans if s[0] == CUE]
    anchors = [s[1] for s in spans]
    groups = {}
    for kind, a, b in cues:
        groups[a] = Attribution(a, cue=[(a, b)])
    for kind, a, b in spans:
        if kind == CUE:
            continue
        votes = pointer[a:b].mean(0)
        anchor = max(anchors, key=lambda p: votes[p])
        group = groups.setdefault(anchor, Attribution(anchor))
        (group.content if kind == CONTENT else group.source).append((a, b))
    for kind, a, b in cues:  # a second fragment of a cue joins the cue it points to
        target = max((c[1] for c in cues), key=lambda p: pointer[a, p])
        if target != a and not groups[a].content and target in groups:
            groups[target].cue.append((a, b))
            groups[target].source += groups.pop(a).source
    return [g for g in groups.values() if g.content]
