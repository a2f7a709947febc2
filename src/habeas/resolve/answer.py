"""6.6 and 6.7."""
from __future__ import annotations
from habeas.resolve.changes import LEVEL, LEVELS, weigh, opposing
from habeas.resolve.words import refines, word_of, latest_words
from habeas.resolve.story import Story, strength
from habeas.resolve.values import Answer, Item, Spell
from habeas.times import EVER, NEVER
DAY = 86400 * 10**6

class Ev:
    def __init__(self, stage):
        self.stages = [stage]
        self.dated = stage
    @property
    def words(self): return [w for s in self.stages for w in s.words]
    @property
    def beginners(self): return [w for s in self.stages if s.change for w in s.change.words]
    @property
    def custody(self): return self.stages[0].custody
    @property
    def window(self): return self.dated.window
    @property
    def shown(self): return self.dated.shown

def told(stage):
    return {w.status for w in (stage.change.words if stage.change else ()) if w.rank == 3}

def apart(a, b):
    return max(b.start - a.end, 0) if a.end <= b.start else 0

def build(story, rules):
    spells = []
    for st in story.stages:
        if not spells or spells[-1][-1].custody != st.custody:
            spells.append([Ev(st)])
            continue
        sp = spells[-1]
        prev = sp[-1]
        if not st.opened and not prev.stages[-1].opened and told(st) & told(prev.stages[-1]):
            if gap(prev.stages[-1], st) < rules.same_event_days * DAY:
                prev.stages.append(st)
                prev.dated = max(prev.stages, key=lambda s: (strength(story.weight(s)), s.end))
            else:
                spells.append([Ev(st)])
        else:
            sp.append(Ev(st))
    return spells

def gap(a, b):
    return b.start - a.end + DAY

class History:
    def __init__(self, claims, rules):
        self.rules = rules
        self.all = [word_of(c) for c in claims]
        kept, self.replaced = latest_words(self.all)
        kept.sort(key=lambda w: w.seq)
        self.kept = kept
        self.story = Story(kept, rules)
        self.spells = build(self.story, rules)
        self.pending, self.contradicted = self.story.sorted_aside()

    def items(self, stages):
        out = []
        for s in stages:
            out.append(Item(s.words[0].status, s.custody, s.shown, LEVELS[self.story.weight(s).level], tuple(sorted(w.seq for w in s.words)), ()))
        return tuple(out)

    def standing(self, words, custody, window):
        return weigh(words, custody, self.rules, opposing(self.story.denials, words, window))

    def on(self, end):
        pend, contra = self.items(self.pending), self.items(self.contradicted)
        k = None
        for n, sp in enumerate(self.spells):
            if sp[0].window[0] < end:
                k = n
        base = dict(vouched=False, presumed=None, contested=False, disputes=(), place_claim=None, last_known=max(w.known for w in self.all), support=(), against=(), pending=pend, contradicted=contra, unknown=(), replaced=tuple(self.replaced), before=None, spells=())
        if k is None:
            return Answer(status="unknown", custody="unknown", since=None, certainty=None, standing=None, custody_since=None, custody_standing=None, **base)
        sp = self.spells[k]
        first = sp[0]
        allwords = [w for e in sp for w in e.words]
        cs = self.standing(allwords, first.custody, first.window)
        common = dict(custody_since=first.shown, custody_standing=LEVELS[cs.level], certainty="certain" if first.window[1] <= end else "possible", **base)
        for e in reversed(sp):
            if e.window[0] < end and any(w.rank == 3 and w.over > end for w in e.words):
                break
        else:
            return Answer(status="unknown", custody="unknown", since=None, standing=None, **common)
        status, weight = self.status(sp, e, end, allwords)
        return Answer(status=status, custody=first.custody, since=e.shown, standing=LEVELS[weight.level], **common)

    def status(self, sp, e, end, allwords):
        accept = LEVEL[self.rules.accept]
        force = [w for w in allwords if w.over > end]
        def stand(s):
            ws = [w for w in force if refines(w.status, s)]
            den = [d for d in self.story.denials if refines(s, d.status)]
            return weigh(ws, e.custody, self.rules, opposing(den, [w for w in ws if w.status == s] or ws, e.window))
        for pool in (e.beginners, e.words):
            cands = sorted({w.status for w in pool if w.over > end})
            cands = [(s, stand(s)) for s in cands]
            cands = [(s, w) for s, w in cands if w.level >= accept]
            if cands:
                fin = [(s, w) for s, w in cands if not any(o != s and refines(o, s) for o, _ in cands)]
                return max(fin, key=lambda c: (strength(c[1]), c[0]))
        newest = max((w for w in e.words if w.rank == 3 and w.over > end), key=lambda w: (w.known, w.seq))
        return newest.status, stand(newest.status)
