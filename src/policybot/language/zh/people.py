"""Chinese names of people and bodies, and what stands around them."""

from policybot.language.people import People

PEOPLE = People(
    before_name="总理|主席|部长|书记|主任|发言人",
    behind_name="副?总理|主席|部长|副部长|书记|省长|市长|主任|局长|表示|指出|强调|认为|介绍|说|称|在",
    body=r"[\u3400-\u9fff]{1,3}(?:[省市县]|部(?!分|门|署)|委(?!托)|局(?!面)|院(?!士)|大学|公司|集团|银行|协会)",
    long_kinds=frozenset("大学 公司 集团 银行 协会".split()),
)
