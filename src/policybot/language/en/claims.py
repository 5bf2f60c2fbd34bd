"""English small words that decide what a sentence claims."""

from policybot.language.claims import Claims

CLAIMS = Claims(
    negation=(
        r"\b(?:not(?! only| more than| less than| fewer than| exceed)"
        r"|no(?!\.? ?\d| more than| less than| fewer than| later than)|never|none|neither|nor|without|cannot)\b"
    ),
    negative=(
        r"\b(?:avoid\w*|prevent\w*|refus\w+|reject\w*|den(?:y|ies|ied)|fail(?:s|ed|ing|ures?)?|lack(?:s|ed|ing)?"
        r"|absen(?:t|ce)|wrong|false|exclud\w+|except|rather than|instead|unlike|hardly|scarcely|barely|little|few"
        r"|ban(?:s|ned|ning)?|prohibit\w*|forbid\w*|stop(?:s|ped|ping)?|abolish\w*|oppos(?:e|es|ed|ing)|until|groundless"
        r"|independent\w*|non-\w+"
        r"|un(?:able|likely|necessary|fair|clear|certain\w*|changed|lawful|willing|true|justified|reasonable|wanted|used)"
        r"|dis(?:agree\w*|put\w+|order\w*|regard\w*|miss\w*|courag\w*|allow\w*|appear\w*)"
        r"|in(?:sufficien\w+|adequa\w+|complete|valid|correct|consistent)\w*)\b"
    ),
    contraction=r"\b(\w+)n['’]t\b",
    contracted={"wo": "will", "ca": "can", "sha": "shall"},
    full_negation="not",
    done=r"\b(?:[Hh]as|[Hh]ave|[Hh]ad|[Ww]as|[Ww]ere|[Aa]lready)\b",
    planned=(
        r"\b(?:will|plans?|planned|aims?|aimed|intends?|intended|proposes?|proposed|seeks?|targets?"
        r"|(?:is|are) to(?= [a-z]+))\b"
    ),
    owed=r"\b(?:must|shall|may not|required?|has to|have to)\b",
    possible=r"\b(?:may(?! not)|might|could|possibly|perhaps|likely)\b",
    able=r"\b(?:can(?!not)|able to)\b",
    all=r"\b(?:[Aa]ll|[Ee]very|[Ee]ach|[Ee]ntire)\b",
    most=r"\b(?:[Mm]ost(?! \w+ly)|[Mm]ajority|[Mm]ostly)\b",
    some=r"\b(?:[Ss]ome|[Ss]everal|[Cc]ertain|[Pp]artly|[Ff]ew)\b",
    many=r"\b(?:[Mm]any|[Nn]umerous)\b",
    only=r"\b(?:[Oo]nly(?<!not only)|[Ss]olely|[Ee]xclusively)\b",
    attitudes=frozenset(
        "worry fear criticise criticize welcome praise oppose care complain object warn want think thought believe "
        "consider see view call say said stress emphasise emphasize highlight argue claim insist deny doubt expect "
        "hope encourage urge demand recommend dislike prefer regard treat describe mention discuss note point matter "
        "help need concern focus attach importance".split()
    ),
    function_words=frozenset(),
    clause_words=r"\b(?:and|but|while|whereas|against|versus|compared with|than|followed by)\b",
    clause_openers="and|but|while|whereas",
    expected=r"\b(?:forecasts?|expect(?:s|ed)?|project(?:s|ed)|target(?:s|ed)?|goals?|predict(?:s|ed)?)\b",
    condition=r"(?:^|(?<=[,;:(] ))if\b|\b(?:only if|provided that|on condition that|subject to)\b",
    advised=r"\b(?:should|ought)\b",
    exception=r"\b(?:except(?:ing|ions?)?|unless|other than|apart from|excluding|save (?:for|where|as))\b",
    either=r"\bor\b(?! (?:more|less|fewer|so|above|over|under|below|higher|lower|not|thereabouts)\b)",
    both=r"\b(?:and|both|as well as|together with)\b",
    listed_and=r"\band\b",
    one_by_one=r"\brespectively\b",
    distributed=r"\b(?:all|both|each|every|same|identical|unchanged|alike|throughout)\b",
)
