"""Every bound and weight by which it is decided what is found and answered, each with what it was chosen on.

A number is ``chosen`` when at least ``CHOSEN_ON`` questions of sets to choose on decided it, ``judged`` when it was set
by hand after a look at fewer, or at none, and ``given`` when a source, a paper or a format sets it. Results are never
reported on what a number was chosen on, so that both kinds of sets stand here too. Numbers that only say how something
is done (sizes of caches, time-outs, pages) stand where it is done. The weights of fitted models stand beside their code
with the script that fitted them: ``answering/answerability.json``, ``checking/coefficients.json`` and
``screening/coefficients.json``.

>>> ANSWERABLE_FROM
0.6
>>> ANSWERABLE_FROM.provenance.unit
'probability'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Literal, Self, get_args

CHOOSING_SETS: Mapping[str, str] = {
    "train": "training data: all of it",
    "rgb": "all questions",
    "policy": "all questions",
    "doc2dial/3,4": "every third and fourth question",
    "clapnq_dev/2": "every second question",
    "reports/even": "even-numbered ids",
    "policy_b/even": "even-numbered ids",
    "pairs/even": "even-numbered ids",
    "cases/even": "even-numbered ids",
}
"""Sets, and the part of each, on which numbers are chosen. Where an id has no number its place in the file counts."""

REPORTED_SETS: Mapping[str, str] = {
    "doc2dial/1,2": "every first and second of four questions",
    "clapnq_dev/1": "every first of two questions",
    "reports/odd": "odd-numbered ids",
    "policy_b/odd": "odd-numbered ids",
    "pairs/odd": "odd-numbered ids",
    "cases/odd": "odd-numbered ids",
    "mtrag_clapnq": "all questions",
}
"""Sets, and the part of each, on which results are reported and nothing is chosen."""

UNDIVIDED_SETS: Mapping[str, str] = {
    "doc2dial": "before it was divided on 2026-11-28",
    "clapnq_dev": "before it was divided on 2026-11-28",
}
"""Sets that numbers were set on before they were divided: such a number is judged until it is chosen again."""

CHOSEN_ON = 100
"""Fewest questions that a number is chosen on."""

How = Literal["chosen", "judged", "given"]
HOWS: tuple[How, ...] = get_args(How)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a number comes from.

    Attributes:
        unit: What it counts or measures.
        how: ``chosen``, ``judged`` or ``given``.
        on: Keys of ``CHOOSING_SETS``, of a judged number of ``UNDIVIDED_SETS`` too; empty when nothing was looked at.
        n: Questions that were looked at, of all these sets together.
        date: When it was set, ``2026-11-28``.
        why: What speaks for it.
    """

    unit: str
    how: How
    on: tuple[str, ...]
    n: int
    date: str
    why: str


class Bound(float):
    """A bound or a weight that carries its provenance; else a plain float."""

    provenance: Provenance

    def __new__(
        cls, value: float, *, unit: str, how: How, date: str, why: str, on: tuple[str, ...] = (), n: int = 0
    ) -> Self:
        """The number with its provenance."""
        self = super().__new__(cls, value)
        self.provenance = Provenance(unit, how, on, n, date, why)
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[float], dict[str, object]]:
        """For copies and pickles."""
        return (float(self),), {each.name: getattr(self.provenance, each.name) for each in fields(Provenance)}


class Count(int):
    """A number of things that carries its provenance; else a plain int."""

    provenance: Provenance

    def __new__(
        cls, value: int, *, unit: str, how: How, date: str, why: str, on: tuple[str, ...] = (), n: int = 0
    ) -> Self:
        """The number with its provenance."""
        self = super().__new__(cls, value)
        self.provenance = Provenance(unit, how, on, n, date, why)
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[int], dict[str, object]]:
        """For copies and pickles."""
        return (int(self),), {each.name: getattr(self.provenance, each.name) for each in fields(Provenance)}


# Relevance of a passage (searching/relevance.py)

_logistic = partial(Bound, how="judged", date="2026-11-24")
_covering = partial(Bound, how="judged", on=("policy",), n=69, date="2026-11-24")

ANSWERS_FROM = Bound(
    0.5,
    unit="relevance",
    how="given",
    date="2026-11-24",
    why="relevance is scaled so that the documents are as likely to hold the answer as not",
)
RERANKER_SLOPE = _logistic(0.6, unit="log-odds per logit", why="a logit of -3 is as likely to answer as not")
RERANKER_MIDDLE = _logistic(-3.0, unit="logit", why=RERANKER_SLOPE.provenance.why)
SIMILARITY_SLOPE = _logistic(
    60.0, unit="log-odds per cosine", why="cosines of multilingual-e5-small lie between 0.7 and 0.95 for any two texts"
)
SIMILARITY_MIDDLE = _logistic(0.89, unit="cosine", why=SIMILARITY_SLOPE.provenance.why)
COVERAGE_SLOPE = _covering(
    8.0,
    unit="log-odds per share of words",
    why="of a question in its own words the right passage holds 0.34 to 0.68, a wrong one 0.00 to 0.39",
)
COVERAGE_MIDDLE = _covering(0.35, unit="share of words", why=COVERAGE_SLOPE.provenance.why)
TRANSLATED_COVERAGE_MIDDLE = _covering(
    0.2,
    unit="share of words",
    why="of a translated question the right passage holds 0.20 to 0.47, a wrong one to 0.20: translators choose words",
)
GLOSSED_READING = Bound(
    0.5,
    unit="weight",
    how="judged",
    on=("rgb",),
    n=75,
    date="2026-11-25",
    why="cross-encoder and similarity together tell passages that hold the answer, on the other 75 questions with an "
    "AUROC of 0.80; similarity alone 0.79, the cross-encoder alone 0.75",
)
OWN_WORDS = Bound(
    0.7,
    unit="log-odds",
    how="judged",
    on=("policy",),
    n=24,
    date="2026-11-25",
    why="a question's own words are found in fewer ways than those of a gloss, which has two for each",
)

# Which language holds the answer (searching/languages.py)

_share = partial(
    Bound,
    how="chosen",
    on=("policy", "rgb"),
    n=347,
    date="2026-11-24",
    why="set by hand near the maximum likelihood of the language that holds the answer, on 47 questions of policy and "
    "300 of rgb. The best cosine of multilingual-e5-small in the question's language is above the best one in the "
    "other by 0.07 to 0.16 when the answer is there and by 0.00 to 0.08 when it is not; its words, weighted by rarity, "
    "are found in one passage to 0.29 to 1.00 or to 0.09 to 0.53; the more passages a language has, the nearer one is",
)
LANGUAGE_NEARNESS = _share(45.0, unit="log-odds per cosine")
LANGUAGE_FOREIGN = _share(0.08, unit="cosine")
LANGUAGE_COVERAGE = _share(9.0, unit="log-odds per share of words")
LANGUAGE_COVERED = _share(0.35, unit="share of words")
LANGUAGE_AMOUNT = _share(0.3, unit="log-odds per log of passages")
GLOSS_BELOW = Bound(
    0.9,
    unit="share of English",
    how="judged",
    date="2026-11-25",
    why="below it an English question is put into the documents' other language, too",
)

# Candidates and their order (searching/hits.py, weighing.py, fusion.py, feedback.py, duplicates.py, editions.py)

CANDIDATES = Count(
    30, unit="passages of a ranking", how="judged", date="2026-11-24", why="that each ranking of a language contributes"
)
COVERING = Count(5, unit="passages", how="judged", date="2026-11-24", why="one of them holds the most words")
SUBJECT_FIRST = Count(
    10,
    unit="passages",
    how="judged",
    on=("doc2dial",),
    n=249,
    date="2026-11-24",
    why="a question alone that finds the conversation's document among them is on its subject with an AUROC of 0.78",
)
_context = partial(
    Bound,
    unit="weight of a ranking",
    how="judged",
    on=("doc2dial",),
    n=500,
    date="2026-11-24",
    why="on 376 turns with their history, and on 124 first turns behind another dialogue's, without reranking, "
    "evidence recall at 5 is 0.89 and 0.61; leaving what was said out when no sign ties it to the question 0.86 and "
    "0.62, never leaving it out 0.90 and 0.22, always 0.50 and 0.82",
)
CONTEXT_WEIGHTS = tuple(
    (_context(said), _context(alone), _context(within))
    for said, alone, within in ((1.0, 2.0, 0.0), (1.0, 1.0, 1.0), (1.0, 0.25, 1.0))
)
"""Weights of the rankings of a question with what was said in front, of the question alone, and of it alone within the
first document of the former; by the question's ties, 0 to 2."""
RRF_CONSTANT = Count(60, unit="ranks", how="given", date="2026-11-24", why="Cormack, Clarke and Büttcher, SIGIR 2009")
RERANKER_CONSTANT = Count(
    5, unit="ranks", how="judged", date="2026-11-24", why="what one of two rankings has far in front stays in front"
)
RERANKED = Count(
    6,
    unit="passages of a language",
    how="judged",
    on=("doc2dial", "clapnq_dev", "policy"),
    n=349,
    date="2026-11-24",
    why="a quarter of a second on two cores. Eight take a third longer and differ in little: on 120 questions of "
    "doc2dial evidence recall at 1 and 5 is 0.608 and 0.875 with 6, 0.617 and 0.875 with 8; on 80 others, on which "
    "nothing was chosen, 0.487 and 0.850, 0.500 and 0.863; on 80 of clapnq_dev 0.963 and 0.988, 0.963 and 1.000; on "
    "policy no question differs. On 110 of doc2dial recall at 5 is 0.909 with 12, 0.900 with 8, 0.864 with 20 at twice "
    "the weight, 0.891 without reranking; windows of 100 to 220 tokens lose 0.03 to 0.05 of recall at 1",
)
_divided = partial(
    Count,
    how="judged",
    on=("policy",),
    n=69,
    date="2026-11-25",
    why="where two languages may answer, recall is that of six of each (7, 8 and 9 in all were tried) in half the "
    "time; with two at least instead of three one question's answer is lost",
)
READ_IN_ALL = _divided(7, unit="passages of all languages")
READ_AT_LEAST = _divided(3, unit="passages of a language")
READ_FROM = Bound(
    0.1,
    unit="share of a language",
    how="judged",
    on=("policy",),
    n=69,
    date="2026-11-25",
    why="with less its passages come behind the ninth of another's, whatever is found (0.1, 0.2 and 0.3 were tried)",
)
_feedback = partial(
    Count,
    how="chosen",
    on=("rgb",),
    n=300,
    date="2026-11-24",
    why="hit@1 rises from 0.71 to 0.75 and hit@5 from 0.973 to 0.977 on the Chinese questions of noise_robustness",
)
FEEDBACK_FIRST = _feedback(5, unit="passages taken to be relevant")
FEEDBACK_CONSTANT = _feedback(20, unit="ranks")
NEAR_DUPLICATE = Bound(
    0.9, unit="Jaccard similarity of tokens", how="given", date="2026-11-24", why="Broder, 1997: near-duplicates"
)
COPIES_KEPT = Count(
    2,
    unit="documents",
    how="judged",
    on=("doc2dial",),
    n=200,
    date="2026-11-24",
    why="pages made from one template are told apart by little: with one copy alone the right page stands among the "
    "first five in 0.880 of the cases instead of 0.930",
)
EDITION_COMPARABLE = Bound(
    0.7, unit="share of the first one's relevance", how="judged", date="2026-11-24", why="both answer the question"
)
EDITION_TITLE = Bound(
    0.4,
    unit="share of the shorter title's words",
    how="judged",
    date="2026-11-24",
    why="titles of two years' reports differ in little but figures",
)
GLOSS_NAMES = Count(
    2, unit="Chinese words", how="judged", date="2026-11-25", why="a dictionary does not know which meaning is meant"
)
GLOSS_MEANINGS = Count(
    4, unit="meanings", how="judged", date="2026-11-25", why="the documents' words decide among the first ones"
)

# Sentences as evidence (searching/evidence.py)

EVIDENCE_SENTENCES = Count(
    6,
    unit="sentences",
    how="judged",
    date="2026-11-24",
    why="a 1.5 B chat model reads so many in 3 s and stays with them",
)
EVIDENCE_TOKENS = Count(
    200,
    unit="estimated tokens",
    how="judged",
    date="2026-11-24",
    why="of all chosen sentences together, lists completed included",
)
OTHER_YEARS = Bound(
    0.5,
    unit="factor",
    how="judged",
    date="2026-11-24",
    why="a sentence of other years than the question's is still there when nothing else answers",
)
OTHER_WORDS = Bound(
    0.5,
    unit="factor",
    how="judged",
    on=("policy",),
    n=13,
    date="2026-11-24",
    why="a sentence that holds nothing of what a follow-up adds: of the 16 right sentences of 13 follow-ups 12 hold a "
    "new word themselves and 2 in their heading",
)

# Whether the documents answer (answering/answerability.py, answering/gates, answering/composing)

OFF_TOPIC_BELOW = Bound(
    0.05,
    unit="relevance of the best passage",
    how="judged",
    on=("policy",),
    n=69,
    date="2026-11-24",
    why="in the documents' language only questions beside the subject were below it; in another one "
    "right ones are, too",
)
ANSWERABLE_FROM = Bound(
    0.6,
    unit="probability",
    how="chosen",
    on=("policy", "policy_b/even", "reports/even", "clapnq_dev/2", "doc2dial/3,4", "rgb"),
    n=348,
    date="2026-11-28",
    why="a wrong answer costs as much as a wrong refusal: of the questions as the sets ask them, each by a model that "
    "did not see its set, both together are 96 at 0.5, 90 at 0.6 and 94 at 0.7",
)
CONFIDENT_FROM = Bound(
    0.85,
    unit="probability without the chat model's judgement",
    how="chosen",
    on=("policy", "policy_b/even", "reports/even", "clapnq_dev/2", "doc2dial/3,4", "rgb"),
    n=676,
    date="2026-11-28",
    why="likewise 63 % of the answerable cases have as much and 18 % of the unanswerable, 11 % without rgb: then the "
    "chat model is not asked for its judgement, 4 s, and what it put into the question's words is quoted",
)
NAME_PASSAGES = Count(
    20,
    unit="passages",
    how="judged",
    date="2026-11-24",
    why="the ones that hold most of a name's words are looked at for all of them",
)
JUDGE_CONFIDENT = Bound(
    1.0,
    unit="log-odds of the chat model's yes",
    how="judged",
    on=("policy",),
    n=69,
    date="2026-11-24",
    why="from it the question is taken to be answered as it was asked: of the false premises all are below 0.8, of the "
    "other questions two thirds above 1",
)
BEARS_FROM = Bound(
    0.5,
    unit="score of a sentence",
    how="given",
    date="2026-11-24",
    why="scaled as relevance is: ANSWERS_FROM",
)
DEFINED_FROM = Bound(
    0.3, unit="score of a sentence", how="judged", date="2026-11-24", why="of one that says of the term what it is"
)
SUBJECT_FROM = Bound(
    0.4, unit="score of the best sentence", how="judged", date="2026-11-24", why="of a subject that is no question"
)

# What contradicts (answering/gates/disagreement.py)

SAME_FIGURE_WORDS = Bound(
    0.5,
    unit="share of the shorter sentence's words",
    how="judged",
    date="2026-11-24",
    why="content words, figures aside, that two sentences about one figure have in common",
)

# Quotes (answering/composing/choosing.py)

_quoting = partial(Bound, how="judged")
QUOTED = Count(3, unit="sentences", how="judged", date="2026-11-24", why="what is said twice is said at length")
LEAST_ODDS = _quoting(
    0.37,
    on=("policy",),
    n=69,
    unit="share of the best sentence's odds",
    date="2026-11-24",
    why="of the sentences quoted 0.48 were evidence instead of 0.27 without it, for 0.61 of all "
    "evidence instead of 0.64",
)
LEAST_ADDING = _quoting(
    0.1,
    unit="share of the best sentence's odds",
    date="2026-11-25",
    why="for a sentence that holds words of the question which those before it lack: a question may ask two things",
)
DEFINING = _quoting(2.0, unit="factor of odds", date="2026-11-24", why="a definition defines")
WITH_FIGURE = _quoting(2.0, unit="factor of odds", date="2026-11-24", why="a question for a number is answered by one")
BESIDE = _quoting(0.3, unit="factor of odds", date="2026-11-24", why="a sentence without the term defines another one")

# Comparisons (answering/understanding/comparands.py, answering/composing/comparison.py)

_compared = partial(Bound, how="judged", date="2026-11-24")
MOST_COMPARANDS = Count(4, unit="sides", how="judged", date="2026-11-24", why="more make no table that anybody reads")
SIDE_HITS = Count(4, unit="hits", how="judged", date="2026-11-24", why="read for each side of a comparison")
SIDE_SENTENCES = Count(
    2, unit="sentences of a side", how="judged", date="2026-11-24", why="of a side in an answer in words"
)
TABLE_ROWS = Count(6, unit="rows", how="judged", date="2026-11-24", why="of a table")
SIDE_FROM = _compared(
    0.25, unit="score of a sentence", why="from it the documents are taken to say something on a side"
)
SIDE_AROUND = _compared(0.5, unit="factor of odds", why="only the sentence's document names the side")
SIDE_ELSEWHERE = _compared(0.1, unit="factor of odds", why="nothing around the sentence names the side")
SIDE_NAMED = _compared(0.5, unit="share of a side's words", why="so many stand where it is spoken of")
SAME_POINT = _compared(0.88, unit="cosine", why="of multilingual-e5-small: two sides' sentences are on one point")

# Lists (answering/composing/listing.py)

LIST_ITEMS = Count(40, unit="items", how="judged", date="2026-11-24", why="of one list")

# Summaries (answering/composing/summary.py)

_summed = partial(Bound, how="judged", date="2026-11-24")
SUMMARY_SENTENCES = Count(7, unit="sentences", how="judged", date="2026-11-24", why="of a summary")
SUMMARY_SHORTEST = Count(
    8, unit="estimated tokens", how="judged", date="2026-11-24", why="a shorter sentence does not stand alone"
)
SUMMARY_LONGEST = Count(90, unit="estimated tokens", how="judged", date="2026-11-24", why="of a sentence in a summary")
SECTION_OPENING = _summed(0.02, unit="cosine", why="a section's first sentence says what the others are about")
SUMMARY_SUBJECT_FROM = _summed(0.35, unit="share of the best score", why="from it a sentence is on the subject")
VARIETY = _summed(
    0.3,
    unit="weight",
    why="of what has been said in maximal marginal relevance: Carbonell and Goldstein 1998, "
    "https://doi.org/10.1145/290941.291025",
)

# Time lines (answering/composing/timeline.py)

_dated = partial(Bound, how="judged", date="2026-11-24")
TIMELINE_ENTRIES = Count(10, unit="entries", how="judged", date="2026-11-24", why="of a time line")
SAME_EVENT = _dated(0.95, unit="cosine", why="of multilingual-e5-small: two entries of one date tell the same")
INHERITED_DATE = _dated(0.6, unit="factor", why="a sentence dated by its list's lead or its section may tell no event")
TIMELINE_SUBJECT_FROM = _dated(
    0.35, unit="share of the best score of a language", why="from it a sentence is on the subject"
)

# Names and written sentences (answering/understanding/naming.py, answering/vetting, answering/composing/writing.py)

MOST_NAMED = Count(3, unit="documents", how="judged", date="2026-11-24", why="a name that fits more of them names none")
TITLE_WORD = Bound(
    0.1,
    unit="words",
    how="judged",
    date="2026-11-24",
    why="of documents that fit alike the one whose title has the words",
)
MIXED_WORDS = Count(
    2,
    unit="lower-case English words",
    how="judged",
    on=("policy",),
    n=57,
    date="2026-11-24",
    why="of 57 sentences that the embedded model wrote and the check had passed 4 are rejected, 3 of them wrong; one "
    "word may be a name",
)
