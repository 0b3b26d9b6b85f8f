"""The vocabulary of headcounts: who is counted, whose people they are, and what else is told by such numbers.

In the text they read every number is one `#`, spelling is mended and contractions are written out (reading.py).
"""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

PEOPLE = r"(?:people|persons?|staff(?:s|ers)?|employees?|heads|ftes?|souls|workers|colleagues|headcount|pax|folks|members of staff|(?:team|staff) members)"
MODIFIERS = r"(?:(?:or so|odd|plus|full[- ]time|part[- ]time|permanent|salaried|paid|office|field|remote|own|desk|knowledge|mobile|admin|active|other|core|local|happy|busy) )*"
TRADES = r"(?:drivers|journalists|librarians|scientists|nurses|doctors|dentists|gps|teachers|engineers|consultants|lawyers|solicitors|partners|accountants|developers|architects|technicians|mechanics|carers|clerks|cleaners|guards|fee earners|surveyors|designers|advisers|advisors|assistants|chefs|cooks|waiters|electricians|plumbers|operatives|apprentices|researchers|trainers|contract staff)"
# What people call the organisation they work for; the rest is one only with a number of people.
PLAIN_FIRM = (
    r"(?:company|firm|consultancy|charity|business|organi[sz]ation|org|agency|practice|outfit|shop|council|school|"
    r"college|manufacturer|maker|start-?up|non-?profit|ngo|association|trust|studio|enterprise|wholesaler|retailer|"
    r"bank|hospital|clinic|university|museum|foundation|partnership|society|publisher|builder|contractor|distributor)"
)
FIRM = (
    rf"(?:{PLAIN_FIRM}|scale-?up|insurer|brewery|bakery|hotel|restaurant|factory|surgery|broker|printer|co-?op(?:erative)?|"
    r"club|union|ministry|municipality|authority|employer|developer|producer|importer|carrier|utility|sme|"
    r"laboratory|lab|library|theatre|farm|architects|accountants|solicitors|lawyers|ltd|gmbh|plc|workplace|subsidiary|"
    r"place|newspaper|operator|corporation|corporate|conglomerate|nursery|hospice|garage|plant)"
)
FIRMS = r"(?:companies|organi[sz]ations|firms|businesses|enterprises|employers|charities|clients|customers|suppliers|vendors|partners|councils|banks|schools|smes|those|anyone|everyone|someone|others|any (?:company|organi[sz]ation|firm|business))"
DEPARTMENT = (
    r"(?:it|ict|finance|hr|sales|marketing|ops|operations|legal|accounts|accounting|payroll|procurement|purchasing|engineering|"
    r"support|admin|customer service|logistics|production|development|r&d|security|compliance|"
    r"(?:the|my|our|one|each|that|this) (?!(?:whole|entire|company|firm|business|organi[sz]ation|group|office|building|place|site|town|uk|us|usa|eu|netherlands|north|south|east|west|region|city|country|county)\b)\w+)"
)
PART = r"(?:teams?|departments?|dept|boards?|crews?|desks?|helpdesk|units?|committees?|branch|office|squad|division|function|it|ict|finance|marketing|sales|hr)"
PLACES = r"(?:shops|stores|branches|clinics|offices|sites|schools|restaurants|hotels|locations|plants|depots|homes|surgeries|practices|cafes|salons|gyms|warehouses|garages|pubs|pharmacies|places|centres|centers)"
ABOUT = (
    r"(?:(?:about|around|roughly|approximately|approx\.?|circa|ca\.?|c\.|some|nearly|almost|just|over|under|only|now|still|maybe|"
    r"perhaps|probably|currently|actually|already|presently|between|fewer than|less than|more than|above|below|in excess of|upwards of|north of|at least|up to|closer to|more like|"
    r"somewhere|today|merely|well|all|an|a|of|at|back to|down to|~|<|>|=|:) ?){0,8}"
)

OTHERS_OWN = (
    r"supplier|vendor|provider|msp|client|customer|competitor|rival|parent|sister|target|buyer|friend|neighbour|neighbor|brother|husband|"
    r"accountant|auditor|bookkeeper|reseller|integrator|landlord|regulator|outsourcer|partner|subcontractor|owner"
)
_TAKES = r"(?:buy(?:ing|s)?|bought|acquir\w+|tak(?:e|ing|en) over|took over|merg\w+ (?:with|into)|sell(?:ing)? to|sold to|purchas\w+|joining|absorb\w*|(?:work|working|deal|dealing) with)"
# Read from left to right, the last one before a number owns it.
MARKERS = (
    rf"(?P<own>\band (?:are now|now are|now have)\b|\b(?:we are|i am|i work (?:for|at)|as) an? (?:[\w-]+ ){{0,3}}?(?:{OTHERS_OWN})\b(?! of (?:an?|the|our|your)\b)|\b(?:we|us|ourselves|i|here)\b(?! (?:(?:are|have|will|may|might|plan to|want to|just|recently|also) )*(?:being )?{_TAKES})(?! read)|\b(?:our|my) (?!(?:{OTHERS_OWN})\b)(?:[\w-]+ )?{FIRM}\b)"
    r"|(?P<group>\b(?:part of|subsidiary of|belong(?:s|ing)? to|division of|arm of) (?:an?|the)\b|\b(?:the|our) (?:[\w-]+ )?group(?: as a whole)? (?:has|is|employs|with|counts|of)\b)"
    rf"|(?P<other>\b{_TAKES} (?:by )?(?:an?|the|another|our|some)\b|\b(?:our|my|the|an?|one of our|this|that|another|their|whose) (?:(?!{FIRM}\b)[\w&-]+ ){{0,2}}?(?:{OTHERS_OWN})\b|\b(?:the other|that other|another|other people's|someone else's) (?:[\w-]+ )?{FIRM}\b|\b(?:friend's|client's|they|their|them|gartner)\b|\bread that\b|\b(?:quotes?|offers?|bids?|proposals?|tenders?|invoices?|letters?|e-?mails?) (?:from|by)\b|\bwe (?:supply|serve|work for|deliver to|sell to)\b"
    rf"|\b{FIRMS}(?: [\w-]+)? (?:with|of|that|who|which|have|having|employ|employing|above|over|under|below|from|at)\b|\b(?:law|rule|directive|regulation|threshold|obligation|limit|nis ?2|gdpr)(?: \w+)? (?:applies|starts|is|of|at|from|only|counts)\b|\bapplies\b)"
)
BETWEEN = r"(?:(?!(?:and|or|for|with|at|in|of|but|so|who|that|from|the|an?|on|to)\b)[\w&-]+ )"
OTHERS_FIRM = rf" (?:person|people|employee|staff|man|strong|head) {BETWEEN}{{0,2}}?(?:{OTHERS_OWN})\b"

PAST = r"\bwe (?:were|had|used to (?:be|have)|employed|started with|began with)\b(?:(?! and (?:now )?(?:have|are|employ)\b)[^,;])*$|\b(?:from|was) $|\b(?:used to (?:be|have|work|run)|i came from|coming from|moved from|(?:my|our) (?:last|previous|former|old) \w+|previously|formerly|worked (?:for|at|in))\b[^,;]*$"
FUTURE = (
    r"\b(?:will|'ll|going to|plan(?:ning|s)? to|expect(?:ing|s)?(?: to)?|aim(?:ing|s)? (?:to|for)|hop(?:e|ing) to|want to|soon|about to|should|would|might|may|could)"
    rf"(?: (?!have\b)\w+)? (?:be|have|employ|reach|hit|number|hire|add|recruit|grow to|become|get to|double to|need) {ABOUT}$|\b(?:expect(?:ing)?|planning for|aiming for|hoping for|a target of) {ABOUT}$"
    rf"|\b(?:grow(?:ing|s)?|scal(?:e|ing)|expand(?:ing)?|heading) (?:(?:up|quickly|fast) )?(?:to|towards|for|by) {ABOUT}$|\b(?:reach(?:es|ing)?|hit(?:ting)?) {ABOUT}$"
    rf"|\b(?:(?<!what )if|when|once|until|unless|before|as soon as|even if) (?:we|you|i|it|they|the \w+) (?:\w+ )?(?:are|is|have|has|reach|hit|get to|grow to|pass|become|employ|were|had|got) {ABOUT}$"
)

CHANGED = r"(?:grew|grown|shrank|shrunk|went up|gone up|went down|gone down|came down|come down|rose|risen|fell|fallen|dropped|doubled|tripled|halved|down|back)"
WE_ARE = (
    rf"(?:\bwe(?: ourselves| all)? are|\bwe now are|(?:^|[.,;!?] )were|\bthere are|\bthere is|\bmakes us|\bwe count|\bwe number|\bwe (?:have |are |just |then )*{CHANGED} to|\bwe are (?:now |currently )?at|\bwe [^;]{{1,60}} and (?:now )?are"
    rf"|\b(?:like|size of) (?:us|ours)[ ,(]*)(?: (?:an? )?(?:small |happy |busy )?(?:(?:team|group|family|crew|{FIRM}) of|team:))? ?{ABOUT}$"
)
WE_HAVE = rf"(?:\bwe|\bi|\b(?:our|my|the|this) (?:[\w-]+ )?{FIRM}(?: i work (?:for|at|in))?|\b{FIRM}) (?:currently |now |already |also |only |just )*(?:have|has|employs?|run with|get by with|is|count|numbers?) {ABOUT}$|\bwe [^;]{{1,60}} and (?:now )?have {ABOUT}$|\b{CHANGED} to {ABOUT}$|\bemploy(?:s|ing)? {ABOUT}$|\b(?:the|our|my) {FIRM} {ABOUT}$|\b(?:our|my) (?:staff|people|team|workforce|employees|headcount) (?:is|are|numbers?|of|counts?|totals?|stands at) {ABOUT}$"
NAMED = rf"(?:\b(?:our |total |current |staff )?headcount(?: is| of|:| =|,| (?:has |have )?{CHANGED} to)?(?: at| now)?|\bworkforce(?: is| of|:)|\b(?:company|firm|organi[sz]ation|org|team|staff|our|business) size(?: is| of|:| =|,| \()?|\bsize(?: of (?:the |our )?(?:company|firm|organi[sz]ation|business|org))?:?(?: is)?|\b(?:number of )?(?:employees|staff|people)(?:: | = )|\b(?:our|my) (?:staff|people|employees|workforce) (?:is|are|of|numbers?|counts?)|\bsize \(|\bemploy(?:s|ing)?|\b(?:the|our|my) (?:[\w-]+ )?{PLAIN_FIRM} (?:is|numbers)) ?{ABOUT}$"
OURS = rf"\b(?:of our|of my|our|our own|all|all our|all of our|the other|the remaining|the whole) {ABOUT}$"
# "We are not that big, 35 or so", "we were 20, today 70".
SIZED = rf"(?:\b(?:it|ict) (?:support )?for |\b{FIRM} with |\b(?:big|bigger|small|smaller|large|larger|tiny)\b[^#;]{{0,30}}[,(:] ?|\bwe\b.*#.*\b(?:today|now|these days|currently|at present)(?:,? (?:it is|we have))? ){ABOUT}$"
FIRM_OF = rf"\b{FIRM}(?: of|,| with|:| \(| employing| has| have) ?{ABOUT}$"
LEADS = rf"(?:^|\b{FIRM} |[,;:(!?.] ?|- |\b(?:with|for|at|of|by|employs?|is|are|got|count|numbers?|our|all|and|but|as|btw|fyi|being|across|than|after|supports?|supporting|serving|runs?|so|because|since|though|while|in|to|only|just|plus|said|the way|hi|hello|hey|versus|vs) |\b(?:of (?:our|the|all)|the other|the whole|the remaining) ){ABOUT}$"
# "A meeting room for 12", "records for 300 people": the number belongs to the thing.
NOT_LEADS = (
    rf"\b(?:rooms?|recipes?|dinner|catering|meetings?|training|courses?|workshops?|events?|tables?|desks?|records?|data|pilots?|trials?|accounts|equipment|kit|lunch|party|each|every|per|first|those|these|another|ratio|ratio of|laptops|phones) (?:for|of|with|to) {ABOUT}$"
    rf"|\b(?:hir(?:ed?|ing)|los(?:t|e|ing)|lay(?:ing)? off|laid off|train(?:ed|ing)?|onboard(?:ed|ing)?|add(?:ed|ing)?|need|invit\w+|recruit\w*|replac\w+|cut(?:ting)?|per|every|each|first|those|these|another|same|pilot (?:of|with)|one in) {ABOUT}$"
    rf"|(?<! of a)(?<! to a) group of {ABOUT}$|\b{PART} (?:of|has|have|with|is|are|numbers?|counts?|employs?|,|\() ?{ABOUT}$"
)
END = r"(?:\s*$|\s*[,;:?!.)(]| -)"
SERVED = rf"\b(?:look(?:s|ing)? after|serv(?:e|es|ing)|support(?:s|ing)?|help(?:s|ing)?|hous(?:e|es|ing)|car(?:e|es|ing) for) {ABOUT}$"
CLOSES = (
    rf"(?:{END}| #|(?:,)? (?:here|now|today|currently|at present|at the moment|in total|in all|overall|altogether|company-?wide|worldwide|globally|across|over|spread|split|between|around|strong|"
    rf"and|but|or|with|plus|no|so|most|mostly|since|after|following|when|while|because|although|though|if|as|by the way|btw|like|too|already|who all|exactly|give or take|max|maximum|tops|depending|&|"
    rf"in (?:#|total|all|several|many|both|different|various|(?!{DEPARTMENT}\b)(?!the\b|our\b|my\b)\w+)|in the (?:whole|entire|company|firm|business|organi[sz]ation|group|uk|us|usa|eu|netherlands|north|south|office)|"
    r"on (?:the payroll|#|our payroll|one|several|site|many|both|all)|at (?:#|one|our|the moment|both|each)|from (?:#|home)|"
    r"(?:mainly |mostly |all )?work(?:s|ing)? (?:for us|for me|here|from home|remotely|remote|hybrid|across)|(?:is|are) (?:on|all|in|spread|split|working|affected)|want(?:s)? to|wants|needs|considering|looking|thinking|moving|running|asks?|hybrid|remote|all on|half)(?!\w))"
)
NOT_WHOLE = (
    rf" (?:in (?:the )?(?:summer|winter|spring|autumn|season|high season|peak)\b|in {DEPARTMENT}\b(?! (?:company|firm|business|group|organi[sz]ation))|on (?:the (?!payroll)|it\b|our (?!payroll))|who (?!all)|that|looking|doing|handling|responsible|start(?:ing|ed|s)?\b|arriving|coming|retiring|resigning|abroad|on leave|leaving|left|leave|off\b|sharing|share|"
    r"using|without|need\b|use\b|to\b|for\b|per\b|can|trained|joining|join|every|a (?:month|year|week|day)|report|short\b|from (?!home|#)|click|resign|clicked|went|came|complain|have|had|know|said|with (?:admin|access|no access|a|an)\b|meetings?|calls?|workshops?|pilots?|trials?|projects?|events?|courses?)"
)
NOT_A_FIRM = r"(?:[\w-]+ )?(?:team|meetings?|calls?|rota|workshops?|pilots?|trials?|projects?|boards?|events?|committee|panel|courses?|training|crew|squad|unit|desk|helpdesk|class|rooms?|wedding|department|group|table|licen[cs]es?|plan|rule|limit|on-call)\b"
THINGS = r"(?:%|per ?cent|percent|million|billion|thousand|years?|months?|weeks?|days?|hours?|minutes?|sites|shops|stores|offices|branches|locations|countries|schools|brands|licen[cs]es?|laptops?|devices?|servers?|tickets?|invoices?|pcs?|users?|customers|clients|pupils|students|patients|beds|volunteers|members|times|euros?|pounds|dollars|gb|tb|mb|mbit|points?|steps?)"
EACH = r"(?: (?:at |in |per |for )?(?:each|apiece|every one)\b| (?:at|in|per|a) (?:each|every|shop|site|branch|store|office|clinic|location)\b| on average\b)"
MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|total|#)"

# A correction needs one of these words ("ok, 2" takes up the second of two offers); the others may stand beside them.
CORRECTS = r"(?:no|nope|sorry|oops|wait|hang on|hold on|actually|correction|typo|a typo|that was a typo|my mistake|mistake|scratch that|i mean|i meant?(?: to (?:say|write|type))?|i should have (?:said|written)|should (?:be|have been|read|say)|meant|make (?:that|it)|in fact|rather|not quite|to be precise|precisely|to correct myself|i got that wrong)"
BESIDE = r"(?:ah|oh|ok|well|let us say|we are|it is|it was|that is|that should be|there are|a|an|i)"
