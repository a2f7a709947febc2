"""6.4 and 6.5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from habeas.resolve.changes import LEVEL, Change, Weight, gather, opposing, weigh
from habeas.times import EVER

if TYPE_CHECKING:
    from habeas.resolve.claims import Rules
    from habeas.resolve.words import Word


class Stage:
    def __init__(self, change, custody, start, end, shown):
        self.change = change
        self.custody = custody
        self.start = start
        self.end = end
        self.shown = shown
        self.sightings = []

    @property
    def opened(self):
        return self.change is None

    @property
    def words(self):
        return (*(self.change.words if self.change else ()), *self.sightings)

    @property
    def window(self):
        return (self.start, self.end)


def ordered(changes):
    line = sorted(changes, key=lambda c: c.key)
    n = 0
    while n < len(line):
        c = line[n]
        if c.custody == "out" and not any(x.custody == "held" for x in line[:n]):
            for m in range(n + 1, len(line)):
                h = line[m]
                if h.custody == "held" and h.window[0] < c.window[1] and c.window[0] < h.window[1]:
                    line.insert(n, line.pop(m))
                    n += 1
                    break
        n += 1
    return line


class Story:
    def __init__(self, words, rules):
        self.rules = rules
        self.words = words
        self.denials = [w for w in words if w.stance == "denied"]
        accept = LEVEL[rules.accept]
        changes = gather(words)
        self.aside = []   # (Change-like stage)
        good = []
        for c in changes:
            if weigh(c.words, c.custody, rules, opposing(self.denials, c.words, c.window)).level >= accept:
                good.append(c)
            else:
                self.aside.append(Stage(c, c.custody, *c.window, c.shown))
        self.line = ordered(good)
        self.dropped = []
        self.low = []
        self.spent = set()
        self.settle()

    def weight(self, stage, without=()):
        words = [w for w in stage.words if w.voice not in without]
        return weigh(words, stage.custody, self.rules, opposing(self.denials, words, stage.window))

    def sightings(self):
        standing = {w.seq for c in self.line for w in c.words}
        out = [w for w in self.words if w.sights and w.seq not in self.spent and (w.begin is None or w.seq in standing)]
        out.sort(key=lambda w: (w.seen[1], w.known, w.seq))
        return out

    def attach(self):
        stages = [Stage(c, c.custody, *c.window, c.shown) for c in self.line]
        for s in self.sightings():
            place(stages, s, self)
        low = [s for s in stages if s.opened and self.weight(s).level < LEVEL[self.rules.accept]]
        self.low += low
        self.spent |= {w.seq for s in low for w in s.sightings}
        self.stages = [s for s in stages if s not in low]

    def settle(self):
        self.attach()
        while self.drop():
            self.attach()

    def drop(self):
        st = self.stages
        for n, x in enumerate(st[:-1]):
            o = st[n + 1]
            if not o.opened or o.custody == x.custody:
                continue
            if not ((n and st[n - 1].custody == o.custody) or (n == 0 and x.custody == "out")):
                continue
            own = {w.voice for w in x.words if w.rank == 3}
            if strength(self.weight(o, own)) > strength(self.weight(x)):
                return self.remove(x)
        for n, x in enumerate(st):
            if x.custody != "dead" or n == len(st) - 1:
                continue
            later = [y for y in st[n + 1:] if y.custody != "dead"]
            if not later:
                continue
            mine = strength(self.weight(x))
            known = min(w.known for w in x.words)
            if any(
                strength(self.weight(y)) > mine
                or (strength(self.weight(y)) == mine and min(w.known for w in y.words) > known)
                for y in later
            ):
                return self.remove(x)
            return self.remove(later[0])
        return False

    def remove(self, x):
        self.dropped.append(x)
        if x.change is not None:
            self.line.remove(x.change)
        else:
            self.spent |= {w.seq for w in x.sightings}
        return True

    def sorted_aside(self):
        pending, contradicted = [], list(self.dropped)
        for x in [*self.aside, *self.low]:
            (contradicted if self.contradicts(x) else pending).append(x)
        return pending, contradicted

    def contradicts(self, x):
        best = None
        for y in self.stages:
            if not y.opened and y.end >= x.end:
                k = (y.end, 0, y.custody, "begin")
                best = k if best is None or k < best else best
            for s in y.sightings:
                if s.seen[1] > x.end or s.seen[1] >= x.end:
                    k = (s.seen[1], 1, y.custody, "sight")
                    best = k if best is None or k < best else best
        if best is None:
            return False
        if best[3] == "begin":
            return best[2] == x.custody or x.custody == "dead"
        return best[2] != x.custody


def strength(w: Weight):
    return (w.level, w.voices)


def place(stages, s, story):
    i = last(stages, s.seen[1])
    if i is not None and stages[i].custody == s.custody:
        stages[i].sightings.append(s)
        return
    j = last(stages, s.seen[0])
    if j is not None and stages[j].custody == s.custody:
        stages[j].sightings.append(s)
        return
    n = 0 if j is None else j + 1
    if n < len(stages) and stages[n].custody == s.custody and stages[n].start < s.seen[1]:
        x = stages[n]
        x.end = min(x.end, s.seen[1])
        x.shown = (x.shown[0], min(x.shown[1], s.seen[1]))
        x.sightings.append(s)
        return
    if s.begin is not None:
        if j is None:
            return
        mine = weigh([s], s.custody, story.rules)
        if strength(mine) < strength(story.weight(stages[j])):
            return
    start = EVER if j is None else stages[j].start
    shown = EVER if j is None else stages[j].shown[0]
    new = Stage(None, s.custody, start, s.seen[1], (shown, s.seen[1]))
    new.sightings.append(s)
    stages.insert(n, new)


def last(stages, by):
    found = None
    for n, x in enumerate(stages):
        if x.end <= by:
            found = n
    return found
