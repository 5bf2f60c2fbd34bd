"""How English texts state, deny, define, attribute, and say that they do not say."""

from policybot.language.statements import Statements

_IS = r"(?:is|are|means?|refers? to|denotes?|(?:is|are) defined as)\b"
_TEXTS = (
    r"sources?|documents?|reports?|summar(?:y|ies)|briefs?|articles?|texts?|papers?|pages?|plans?|readouts?|statements?|"
    r"explainers?|guidelines?|opinions|it|they"
)
_TELLS = r"explain|say|state|give|report|specify|contain|include|mention|provide|name|list|break down|disclose|publish"
_SPEAKS = (
    r"says?|said|argues?|argued|claims?|claimed|states?|stated|believes?|believed|thinks?|holds? that|held that|warns?|"
    r"warned|insists?|insisted|maintains?|maintained|contends?|contended|writes?|wrote|notes?|noted|finds? that|"
    r"found that|concludes?|concluded|estimates?|estimated|denies|denied|rejects?|rejected|criticis[ez]\w*|"
    r"expects?|expected"
)

STATEMENTS = Statements(
    defines=r"\b(?:means|mean|refers? to|denotes?|defin(?:es?|ed) \S.* as|explain(?:s|ed) \S.* as|"
    r"describ(?:es?|ed) \S.* as|(?:called|known|understood|regarded) as|consists? of|stands for|"
    r"(?:is|are) (?:an?|the|any|all|those|what|when))\b",
    definition_of=rf"\b{{name}}s?\W{{0,3}}{_IS}",
    # "It is wrong to smoke" and "a false alarm" deny nothing that was said.
    denies=r"\b(?:reject(?:s|ed|ing)?|den(?:y|ies|ied|ying)|disput(?:e|es|ed|ing)|refut(?:e|es|ed)|rebut(?:s|ted)?|"
    r"oppos(?:e|es|ed)|contest(?:s|ed)?|groundless|baseless|unfounded|untrue|myth|"
    r"(?:is|are|was|were|be) (?:simply |plainly |quite )?(?:false|wrong)(?! (?:to|for|side|way)\b)|"
    r"false (?:claims?|accusations?|narratives?|allegations?)|"
    r"no (?:necessary )?(?:link|evidence|such|basis)|does not exist|do not exist|not (?:caused|the result|because))\b",
    asserts=r"\b(?:sa(?:id|ys)|warn(?:s|ed)|criti[cs]i[sz]\w+|accus\w+|argu\w+|claim\w*|estimat\w+|find(?:s|ings?)?|"
    r"found|conclud\w+|describ\w+|call(?:s|ed)|report(?:s|ed)|allege\w*|concern\w*|puts?)\b",
    refers_back=r"(?:It|They|He|She|This|These|Those|Its|Their|His|Her|Both|Such)\b",
    source_named=r"\b(?:according to|as reported by|figures from|data from)\s+(?:the\s+)?(?P<who>[^,.;:?()]{2,80})",
    attributed=(
        rf"^\W*(?:The |the )?(?P<who>[^,.;:]{{2,80}}?) (?:also )?(?:{_SPEAKS})\b(?: that)?\s+(?P<what>.+)$",
        r"^\W*[Aa]ccording to (?:the )?(?P<who>[^,.;:]{2,80}?),\s*(?P<what>.+)$",
    ),
    publisher_label=r"\b(?:source|publisher|published by):",
    published_label=r"\b(?:published(?: on)?|date(?: published)?|posted(?: on)?|updated):",
    citation_word="source:?|citation:?|doc:?",
    lacks=rf"\b(?:{_TEXTS})\b[^.;:]{{0,40}}?\b(?:(?:do|does|did)(?: not|n['’]t) (?:{_TELLS})(?! (?:up|in|way)\b)|"
    r"gives? no|gave no|contains? no|offers? no|includes? no|names? no|sets? out no)\b"
    r"|\b(?:no|not any) (?:figures?|data|numbers?|breakdown|details?|explanation|estimates?|reasons?)[^.;:]{0,30} "
    r"(?:is|are|was|were) (?:given|reported|available|published|disclosed|provided)",
    leaves_unexplained=r"\b(?:(?:do|does|did)(?: not|n['’]t) (?:explain|say why|give (?:a|the|any) reason)|"
    r"(?:gives?|gave) no (?:reason|explanation)|unexplained)",
    says_nothing=r"\b(?:do(?:es)? not|don['’]t|doesn['’]t|cannot|can['’]t|unable|no)\b.{0,60}"
    r"\b(?:mention|provide|specif|contain|state|say|include|information|answer|document|know)",
    found_nothing=r"\b(?:do(?:es)? not|don't|doesn't|did not|cannot|can't|not|no)\b.{0,60}"
    r"\b(?:mention|provide|specif|contain|state|say|include|given?|information|answer|sentences?|document)",
    about_sources=r"^\s*(?:as\b.{0,80}\b(?:explain|sa(?:y|id)|state|report|describe|note)|according\s+to\b)"
    r"|\b(?:sources?|documents?|texts?)\b.{0,30}\b(?:not|n['’]t)\b.{0,30}\b(?:explain|say|give|state|mention)",
    yes=frozenset(("yes", "y")),
    no=frozenset(("no", "n")),
)
