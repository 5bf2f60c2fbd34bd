"""How an entry of what an answer must not state is put in Chinese."""

from policybot.language.keys import Keys

KEYS = Keys(
    judges="认可|承认|同意|声称",
    any_value="给出|任何|任意",
    role="作为|当作|当成",
    contrast="(?:而)?(?:不是|并非)",
)
