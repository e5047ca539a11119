"""Screens one message for acute symptoms, in every language there is a lexicon for.

Two nets. Rules that a clinician wrote: a strong rule decides alone, a weak one (an ambiguous word)
only where the learned part agrees. And the learned part itself: sure of a short message, it decides
alone. Without a learned part every rule decides alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.language import script_language
from bot.core.other_letters import readings
from bot.core.triage.denial import is_denied
from bot.core.triage.learned import Learned
from bot.core.triage.lexicon import Lexicon
from bot.core.triage.match import Found, match
from bot.core.triage.normalise import normalise
from bot.core.triage.phrases import UNREAD, Span, Stem
from bot.core.triage.rules import CompiledRule, RuleBook
from bot.core.triage.spelling import Spelling
from bot.core.triage.verdict import LEARNED, SELF_HARM, SILENT, Evidence, Urgency, Verdict
from bot.core.triage.words import Words, split

_MOST_EVIDENCE = 12
SHORT = 60
"""A message of so many words is short: the learned part may decide alone. Of a longer one it sees
so many at a time."""
_STORY = 30
"""A message of more words is a story."""
_TELLING = 3


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: CompiledRule
    evidence: Evidence
    signs: tuple[Span, ...]


class Screener:
    """Reads any text and says whether it names an acute symptom.

    Pure and synchronous; never raises for any text. The work is bounded: see LONGEST for very
    long texts, and only the first 32 unknown words of a message are looked at for misspellings.
    """

    def __init__(
        self,
        lexicons: Mapping[str, Lexicon],
        stem: Mapping[str, Stem],
        learned: Learned | None = None,
    ) -> None:
        self._book = RuleBook(lexicons, stem)
        self._spelling = Spelling(lexicons, self._book.index)
        self._learned = learned
        self._languages = tuple(lexicons)
        self._urgencies = {
            category.id: category.urgency
            for lexicon in lexicons.values()
            for category in lexicon.categories.values()
        }

    def prepare(self) -> None:
        """Make what the first message with an unknown word would wait for; takes a while."""
        self._spelling.prepare()

    def screen(self, text: str) -> Verdict:
        """Return the verdict for one message."""
        words = split(normalise(text))
        first = self._read(text, words)
        ruled = first.referral and any(item.rule != LEARNED for item in first.evidence)
        if ruled or not self._is_strange_latin(words):
            return first
        for other in readings(text.casefold()):
            verdict = self._read(other, split(normalise(other)), guessed=True)
            if verdict.referral:
                return verdict
        return first

    def seen(self, text: str) -> tuple[Words, list[str]]:
        """Return the words of a text and the rules that hold, to teach the learned part."""
        words = split(normalise(text))
        return words, _names(self._hits(words, self._find(words)))

    def _read(self, text: str, words: Words, *, guessed: bool = False) -> Verdict:
        """Return the verdict for these words; ``guessed``: perhaps they are not what was typed."""
        hits = self._hits(words, self._find(words))
        if self._learned is None or not words.text:
            return _referral(text, hits) if hits else SILENT
        strong = any(hit.rule.rule.strong for hit in hits)
        if guessed and not strong and not self._learned.knows(words.text):
            return SILENT  # what the learned part thinks of gibberish is worth nothing
        names = _names(hits)
        score = max(self._learned.score(stretch, names) for stretch in _stretches(words))
        if strong or (hits and self._agrees(words, hits, names, score, self._learned)):
            verdict = self._despair_first(_referral(text, hits), words, self._learned)
            return replace(verdict, score=score)
        category = self._sounds_like(words, score, self._learned)
        if category is not None:
            return replace(self._sure(text, words, category, self._learned), score=score)
        return replace(SILENT, evidence=tuple(hit.evidence for hit in hits), score=score)

    def _agrees(
        self,
        words: Words,
        hits: Sequence[_Hit],
        names: Sequence[str],
        score: float,
        learned: Learned,
    ) -> bool:
        """Whether the learned part agrees with a weak rule: on the whole, or where the rule holds.

        In a long story one sentence counts for little; so its own sentences are heard alone.
        """
        bar = learned.weights.agrees
        if score >= bar or len(words.text) <= _STORY:
            return score >= bar
        return any(learned.score(_around(words, hit.signs), names) >= bar for hit in hits)

    def _despair_first(self, verdict: Verdict, words: Words, learned: Learned) -> Verdict:
        """Return the verdict with self-harm first where the message sounds most like that."""
        known = SELF_HARM in self._urgencies and SELF_HARM not in verdict.categories
        if not known or verdict.urgency is Urgency.NONE:
            return verdict
        if learned.kind(words.text, self._urgencies) != SELF_HARM:
            return verdict
        categories = (SELF_HARM, *verdict.categories)
        return replace(verdict, urgency=self._urgencies[SELF_HARM], categories=categories)

    def _sounds_like(self, words: Words, score: float, learned: Learned) -> str | None:
        """Return the category in which the learned part decides alone; None: it does not.

        "" is none in particular: it knows no word, only pieces.
        """
        weights = learned.weights
        if score < min(weights.sure, weights.careful) or len(words.text) > SHORT:
            return None
        category = learned.kind(words.text, self._urgencies)
        if not category and any(map(str.isdecimal, words.text)):
            return None  # a time, a date, a number: its pieces say nothing
        bar = weights.careful if category == SELF_HARM else weights.sure
        return category if score >= bar else None

    def _sure(self, text: str, words: Words, category: str, learned: Learned) -> Verdict:
        evidence = Evidence(category, LEARNED, learned.telling(words.text, _TELLING))
        return Verdict(
            referral=True,
            urgency=self._urgencies.get(category, Urgency.EMERGENCY),
            categories=(category,) if category else (),
            language=script_language(text, self._languages) or self._languages[0],
            evidence=(evidence,),
        )

    def _is_strange_latin(self, words: Words) -> bool:
        """Return whether most words are Latin ones that mean nothing: Russian in Latin letters?"""
        strange = sum(
            word.isascii() and word.isalpha() and not self._spelling.knows(word)
            for word in words.text
        )
        return strange * 2 > len(words.text)

    def _find(self, words: Words) -> dict[int, list[Span]]:
        index = self._book.index
        readings = self._spelling.read(words.text)
        found = index.find(readings)
        idle = {
            at
            for number in self._book.idioms & found.keys()
            for first, end in found[number]
            for at in range(first, end)
        }
        if not idle:
            return found
        return index.find([UNREAD if at in idle else r for at, r in enumerate(readings)])

    def _hits(self, words: Words, found: Mapping[int, list[Span]]) -> list[_Hit]:
        hits: list[_Hit] = []
        decided = False
        for rule in self._book.candidates(found):
            if len(hits) >= _MOST_EVIDENCE and (decided or not rule.rule.strong):
                continue  # enough is known, but for whether a rule decides alone
            near = [_places(group, found) for group in rule.near]
            if not all(near):
                continue
            also = _places(rule.also, found) if rule.also else None
            vetoes = _places(rule.unless, found)
            signs = match(rule.shape, near, also, vetoes, words.sentence)
            if signs:
                hits.append(_Hit(rule, self._evidence(rule, signs, words, found), signs))
                decided = decided or rule.rule.strong
        return hits

    def _evidence(
        self,
        rule: CompiledRule,
        signs: tuple[Span, ...],
        words: Words,
        found: Mapping[int, list[Span]],
    ) -> Evidence:
        lacks = _places(self._book.lacks, found)
        deniable = rule.rule.category != SELF_HARM and not any(sign in lacks for sign in signs)
        denied = deniable and is_denied(
            signs[: len(rule.near)],
            rest=signs[len(rule.near) :],
            before=_places(self._book.denials, found),
            after=_places(self._book.denials_after, found),
            words=words,
        )
        said = tuple(" ".join(words.text[first:end]) for first, end in signs)
        return Evidence(rule.rule.category, rule.rule.id, said, denied)


def _referral(text: str, hits: Sequence[_Hit]) -> Verdict:
    affirmed = [hit for hit in hits if not hit.evidence.denied]
    ordered = [*affirmed, *(hit for hit in hits if hit.evidence.denied)]
    return Verdict(
        referral=True,
        urgency=affirmed[0].rule.urgency if affirmed else Urgency.NONE,
        categories=tuple(dict.fromkeys(hit.evidence.category for hit in ordered)),
        language=_language(text, affirmed or hits),
        evidence=tuple(hit.evidence for hit in hits),
    )


def _language(text: str, hits: Sequence[_Hit]) -> str:
    """Return the language of the rule that decided.

    A bare number such as 38.5 fires rules of every language: then the letters around it decide.
    """
    for hit in hits:
        if any(character.isalpha() for character in "".join(hit.evidence.words)):
            return hit.rule.language
    languages = [hit.rule.language for hit in hits]
    return script_language(text, languages) or languages[0]


def _names(hits: Iterable[_Hit]) -> list[str]:
    return [f"{hit.rule.language}:{hit.rule.rule.id}" for hit in hits]


def _stretches(words: Words) -> list[Words]:
    """Return the words in stretches of at most SHORT, each of whole sentences where they fit."""
    stretches, start = [], 0
    while start < len(words.text):
        end = min(start + SHORT, len(words.text))
        if end < len(words.text):
            ends = range(end, start, -1)
            end = next((at for at in ends if words.sentence[at] != words.sentence[at - 1]), end)
        row = slice(start, end)
        stretches.append(Words(words.text[row], words.sentence[row], words.clause[row]))
        start = end
    return stretches


def _around(words: Words, signs: Sequence[Span]) -> Words:
    """Return the sentences in which the signs stand, of at most SHORT words."""
    first, last = min(signs)[0], max(end for _, end in signs) - 1
    numbers = range(words.sentence[first], words.sentence[last] + 1)
    row = [at for at, number in enumerate(words.sentence) if number in numbers][:SHORT]
    return Words(
        tuple(words.text[at] for at in row),
        tuple(words.sentence[at] for at in row),
        tuple(words.clause[at] for at in row),
    )


def _places(group: Iterable[int], found: Mapping[int, list[Span]]) -> Found:
    """Return where any list of the group stands, in the order of the text."""
    lists = [found[number] for number in group if number in found]
    return lists[0] if len(lists) == 1 else sorted(span for spans in lists for span in spans)
