"""English small words, numerals and marks."""

from policybot.language.words import Words

WORDS = Words(
    names=frozenset({"english", "eng", "英文", "英语"}),
    stop_words=frozenset(
        "a about above after again all also am an and any are as at be because been before being between both but by "
        "can could did do does doing done for from had has have having he her here hers him his how i if in into is it "
        "its itself just let many me more most much must my no nor not now of off on once one only or other our out "
        "over own say says said same she should so some such tell than that the their them then there these they "
        "this those through to too under until up us very was we were what when where whether which while who whom "
        "whose why will with would you your".split()
    ),
    abbreviations=frozenset(
        "mr mrs ms dr prof sen rep gov gen st no nos art sec fig vol pp p ch para cf e.g i.e etc vs approx inc ltd co "
        "corp jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k e.u u.n ph.d a.m p.m".split()
    ),
    closing_abbreviations=frozenset("etc a.m p.m inc ltd co corp".split()),
    asking=frozenset(
        "what which who whom whose when where why how is are was were do does did can could should would will has have "
        "tell explain describe compare list give name define summarise summarize please show find mean meaning "
        "definition".split()
    ),
    linking=frozenset(
        "a an the of in on at to for from with by about and or than that this it its be been not as into under".split()
    ),
    irregular=frozenset(
        "arisen arose awoke awoken beaten became began begun bent bitten bled blew blown borne bought bound bred "
        "broke broken brought built burnt caught chose chosen clung crept dealt drank drawn drew driven drove drunk "
        "dug eaten fallen fed fell felt fled flew flown forbade forbidden forgave forgiven forgot forgotten fought "
        "found froze frozen gave given gone gotten grew grown heard held hidden hung kept knelt knew known laid lain "
        "leant leapt learnt led left lent lost meant met mistaken misunderstood outdone overcame overdone overseen "
        "overtaken overthrown paid proven ridden risen rode rose rung said sang sank sawn seen sent sewn shaken shone "
        "shook shot shown shrank shrunk slept slid slung smelt sold sought sown spat sped spelt spent spilt spoke "
        "spoken sprang sprung spun stole stolen stood stricken struck strove striven stuck stung sung sunk swam swept "
        "swollen swore sworn swum swung taken taught thought threw thrown told took tore torn trodden underwent "
        "undergone understood undertaken undertook undone upheld went wept withdrawn withdrew withheld woke woken won "
        "wore worn wound wove woven written wrote wrung children feet geese lives men mice people teeth wives women "
        "analyses bases crises criteria curricula data hypotheses indices media memoranda phenomena matrices theses "
        "better best worse worst elder eldest farther further oldest younger".split()
    ),
    without_apostrophe="nt$",
    scales={"trillion": 1e12, "billion": 1e9, "million": 1e6},
    place_label=(
        r"(?:article|art|section|sec|rule|regulation|chapter|part|title|annex|appendix|schedule|clause|paragraph|para"
        r"|item|point|step|question|table|figure|note|[QA](?=\d))(?![a-z])\.?[ \t]*(?:\d{1,4}|[ivxlcdm]{1,7}\b|[a-z]\b)"
        r"(?:[.-]\d{1,4})*[a-z]?(?:[ \t]?\(\w{1,5}\))*"
    ),
    question_label=r"(?:Q|Question)[ \t]?\d{0,3}[:：]",
    answer_label=r"(?:A|Answer)[ \t]?\d{0,3}[:：]",
    source_label=r"sources?|references?",
)
