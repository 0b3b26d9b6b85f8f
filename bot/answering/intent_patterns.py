"""The wordings by which a message gives itself away, one tuple of patterns per reason (folded text)."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

_ME = r"(?:i|we|she|he|they|someone|somebody|one of (?:us|our|my)(?: \w+){0,3}|(?:my|our|a|the) (?:\w+ )?(?:colleague|boss|ceo|director|assistant|finance \w+|accountant|user|employee|staff|team|receptionist|manager|intern|bookkeeper))"
_SYSTEMS = (
    r"(?:systems?|servers?|network|e-?mails?|mail|website|site|phones?|phone lines?|erp|crm|internet|connection|vpn|tills?"
    r"|database|everything|platform|file server|shared drive|finance system|payroll system|whole (?:office|company|system)|it)"
)
_ATTACK = (
    r"(?:hacked|breached|ransomwared|compromised|phished|infected|attacked|encrypted|scammed|defrauded|hit by (?:a |an )?"
    r"(?:\w+ )?(?:ransomware|virus|malware|cyber ?attack|attack|hack|breach))"
)
_WRONGDOER = (
    r"(?:(?:my|our|the|a|an|one of (?:my|our|the)) (?:\w+ ){0,2}?(?:boss|manager|colleague|employee|cio|ceo|cfo|director|admin|administrator|head of it"
    r"|technician|engineer|staff member|team member|team mate|co-?worker|supervisor|chairman|chair|trustee|owner|partner"
    r"|finance director|it guy|it manager|it lead|member of staff|contractor|secretary|assistant|developer|it person|team lead|staff)|someone (?:in|on|at|here|i work)(?: \w+){0,3})"
)

LIVE_INCIDENT_STRONG = (
    rf"\b(?:we|i)(?:'ve| have|'re| are|'m| am)?(?: just| now| all| definitely| probably)*(?: been| being| getting| got| were| was)?(?: just)? {_ATTACK}\b(?! (?:usb|disk|drive|laptop|backup|file format|mail|email|connection))",
    r"\bunder (?:cyber ?)?attack\b",
    r"\bransom(?:ware)? (?:note|message|demand|screen)\b(?=.*\b(?:on|appeared|says|asking|in|left|got|showing|popped|every)\b)|\b(?:asking|demanding|want(?:s|ing)?|asks|demands) (?:us |me )?(?:for |to pay )?(?:\w+ ){0,3}(?:bitcoins?|crypto|ransom)\b",
    r"\b(?:files?|folders?|documents|shares?|drives?|servers?|pcs|computers|data|everything) (?:are|is|have|has|just|got|all|now|suddenly|being|been|were|gone| )*(?:encrypted|locked with|scrambled|renamed|vanishing|being deleted)\b(?! (?:at rest|in transit|by default|with|and backed|usb|before|backup))",
    rf"\b{_ME}(?:'ve|'s| have| has| had)?(?: just| accidentally| stupidly| already| also)* (?:clicked|opened|entered|typed|given|gave|put|downloaded|handed over|replied to|fell for|fallen for)\b.{{0,60}}\b(?:phish\w*|dodgy|suspicious|fake|scam\w*|malicious|weird|strange|spoof\w*|passwords?|bank details|credentials|login details|log-?in details|attachment|hacker|fraudsters?)\b",
    rf"\b{_ME}(?:'ve|'s| have| has)?(?: just| already| accidentally)* (?:paid|transferred|sent|wired)\b.{{0,60}}\b(?:fake|fraud\w*|scam\w*|hackers?|criminals?|wrong (?:account|person|people|recipient|address|client|email|e-mail)|phish\w*)\b",
    r"\b(?:someone|somebody|a hacker|hackers|attackers?|an intruder|intruders|a stranger|criminals?) (?:is|are|has|have|was|were|'s|got|may be|might be|keeps?|just|seems?|appears?|could be)(?: \w+){0,3} (?:in|into|inside|hacking|taken over|reading|logged|logging|access(?:ed)? to|accessed|control|stealing|stolen|sending|changing|broken)\b.{0,30}\b(?:our|my|the)\b",
    r"\b(?:mailbox|account|accounts|e-?mail|website|site|network|server|system|payroll|bank account|domain)(?:'s| is| has| have| was| got| are| were)?(?: just| been| being| probably| definitely)* (?:hacked|hijacked|taken over|compromised|breached|defaced|sending (?:out )?(?:spam|phish\w*|e-?mails?))\b",
    r"\b(?:laptop|phone|tablet|usb(?: stick| drive)?|memory stick|backup (?:tape|drive)|device|hard drive|server)s?(?:'s| has| have| was| were| got| is| are)?(?: just| been)* (?:stolen|nicked|snatched|gone missing)\b",
    r"\b(?:e-?mailed|sent|posted|shared|forwarded|uploaded|published)\b.{0,60}\b(?:to the wrong|to everyone by|publicly by|by (?:accident|mistake))\b",
    r"\b(?:i|we|someone|somebody|he|she|they|(?:my|our|a) \w+)(?:'ve|'s| have| has)?(?: just)? (?:lost|left) (?:my|our|a|an|the|his|her|their)(?: \w+)? (?:laptop|phone|tablet|usb|memory stick|hard drive|device)\b",
    r"\b(?:data|records|details|files|passwords|list|information|database)(?:'s| is| are| has| have| was| were)?(?: just| been| being)* (?:leaked|leaking|stolen|published online|for sale|on the dark web|exposed online|sent to the wrong|emailed to the wrong)\b",
    rf"\b(?:the |our |all (?:the |our )?|whole )?{_SYSTEMS}(?:'s| is| are| has| have| just| all|'re)*(?: gone| been| gone completely| completely| totally)? (?:down|offline|crashed|dead|not responding)\b(?! (?:for maintenance|time|the|to|sides?))",
    r"\b(?:nobody|no one|no-one|none of us|everyone|everybody|nothing|whole (?:office|company|team)|all (?:staff|of us))(?: here| in the office)?(?: is|'s| are| can| has)?(?: been)? (?:log ?in|get (?:in|on|into|online|e-?mails?)|locked out|kicked out|access (?:anything|the|our|any)|work(?:s|ing)?|connect|open (?:anything|any (?:files?|documents?|of)|files))\b(?=.*\b(?:now|today|morning|since|suddenly|just|help|urgent\w*|office|anything)\b|[^?]*$)",
    r"\b(?:fire|flood(?:ed|ing)?|smoke|water)\b.{0,20}\bin (?:the|our) (?:server|comms|data)(?: room| centre| center)?\b(?=.*\b(?:now|there is|there's|help|just)\b|[^?]*$)",
    r"\b(?:shows?|showing|display(?:s|ing)?|got|have|has|see(?:s|ing)?|there(?:'s| is)|with) (?:\w+ ){0,3}ransom(?:ware)? (?:screen|note|message|demand)s?\b",
    r"\bshould (?:we|i) (?:just )?pay (?:the|this|a) ransom\b",
    r"\bpay the (?:ransom|hackers)\b.*\b(?:now|today|hours?)\b",
)

LIVE_INCIDENT_WEAK = (
    r"\b(?:ransomware|malware|virus|data breach|breach|cyber ?attack|hack(?:ed|ers?|ing)?|phishing|intrusion|outage|data leak|major incident|security incident|ddos)\b(?=.*\b(?:right now|as we speak|happening|in progress|under ?way|just (?:happened|started|got|had|been|now)|this (?:morning|afternoon|evening|minute)|tonight|emergency|help us|an hour ago|minutes ago|sos)\b)",
    r"\b(?:right now|as we speak|happening|in progress|under ?way|just (?:happened|started|got|had|found)|this (?:morning|afternoon|evening|minute)|tonight|emergency|help us|an hour ago|minutes ago|sos)\b.*\b(?:ransomware|malware|virus|data breach|breach|cyber ?attack|hack(?:ed|ers?|ing)?|phishing|intrusion|outage|data leak|security incident|ddos|encrypted)\b",
    r"\b(?:screens?|computers|pcs|machines|monitors) (?:all |have |are |just |is )*(?:show(?:ing|s)?|display(?:ing|s)?|gone|turned) (?:a |an )?(?:skull|red|ransom|message|countdown)\b",
    r"\brestore\b.*\b(?:right now|now please|immediately|urgently|within the hour)\b|\b(?:we need|need) (?:a |our |the )?(?:recovery|restore|backups?)(?: \w+){0,3} (?:now|immediately|today)\b",
)

# Talk about preparing, or about the past, is not an incident in progress.
HYPOTHETICAL = (
    r"\bwhen (?:\w+ ){0,3}(?:is|are|goes?|gets?|has|have|breaks?|fails?)\b|\bwho (?:should|must|needs to|do we|has to)\b",
    r"\b(?:if|in case|suppose|imagine|what happens when|when (?:we|you|a company|someone) (?:get|are|is|gets)|in the event|should we (?:ever|be)|ever (?:get|be)|could (?:we|i) (?:get|be)|might (?:get|be)|before we(?:'re| are| get))\b",
    r"\b(?:last|previous|past) (?:year|month|spring|summer|autumn|winter|quarter)\b|\b(?:years?|months?) ago\b|\bin (?:19|20)\d\d\b|\bback in\b|\b(?:lessons?|post-?mortem|aftermath)\b",
    r"\b(?:competitor|supplier|neighbour|another company|other companies|a company we know|peer|in the news|read about|heard (?:about|of))\b",
    r"\b(?:table-?top|exercise|rehears\w+|simulat\w+|drill|scenario|hypothetical\w*|template|example)\b",
)
PREPARING = (
    r"\b(?:plan|plans|planning|policy|policies|playbook|prepar\w+|prevent\w*|avoid|protect\w*|train\w*|budget|standard|insur\w+|checklist|strategy|awareness|baseline|rule of thumb|how (?:often|long|many|much)|what is|what's|what are|difference|should (?:a|an|our) \w+ (?:plan|policy))\b",
)

_OUR_WORK = r"(?:please |maybe |perhaps |also |just )?(?:look (?:over|at|into|through)|go (?:over|through)|read(?: through| over)?|review|check(?: over)?|audit|assess|challenge|proof-?read|mark up|comment on|inspect|vet)"
_THEIRS = r"(?:our|my|their|this|these|those|its|what we (?:have|wrote|drafted)|the (?:attached|draft|contract|document|plan|paper|proposal|report|offer|quote))\b"
ASKED_FOR_PERSON = (
    r"\b(?:talk|speak|chat|connect|transfer|escalate|put me|put us|hand (?:me|us|this)|pass (?:me|us|this)|get me|get us|reach|contact|call|meet)\b(?: \w+){0,4}? (?:to |with |through to |through |over to |on to )?(?:an? |the |your |one of your |some |any |my |our )?(?:real |actual |live |proper |human |senior |your )*(?:human|person|people|consultants?|advis[eo]rs?|experts?|operator|agent|partner at|somebody|someone|member of your team|colleague of yours|account manager)\b(?! (?:in|at|from|on) (?:our|my|the (?:it|supplier|vendor|board|finance))| who (?:left|used))",
    r"\b(?:can|could|will|would|please have|have|ask) (?:you )?(?:have |get |ask )?(?:someone|somebody|a person|a human|a consultant|one of (?:you|your (?:people|consultants|team))|an expert|an advis[eo]r) (?:please )?(?:\w+ )?(?:call|ring|phone|contact|help|get back|get in touch|look at|look into|review|come|visit|take over|join|email|e-mail|ping|message)\b",
    r"\b(?:i|we)(?:'d| would)? (?:want|need|like|prefer|rather(?: have)?|would like)(?: to)?(?: have| get| hire| book| speak to| see)? (?:an? |the |some |your )?(?:real |actual |live |proper |human )*(?:human|person(?! (?:who|to|in|responsible))|consultants?|call ?back|phone call|call with|meeting with you|expert|advis[eo]r)\b",
    r"^(?:human|person|consultant|agent|real person|operator|a human|someone real)(?:,? please)?[.!?]*$",
    r"\b(?:not|don't want|no|stop|sick of|fed up with)(?: \w+){0,3} (?:a |the |this )?(?:bot|robot|machine|chatbot|automated)\b",
    r"\b(?:book|arrange|schedule|set up) (?:me |us )?(?:an? |the )?(?:\w+ )?(?:call|meeting|consult\w*|appointment|session|chat)(?: \w+)? (?:with (?:you|your|a|an|one|some)|please\b|for (?:me|us)\b)",
    r"\b(?:is there|are there|isn't there|got) (?:an? |any)?(?:one|human|person|people|real person|consultant)s?(?: \w+)?(?: i can| we can| to| available| there)\b(?: (?:talk|speak|call|ask|reach|ring|contact))?",
    r"\bhow (?:do|can) (?:i|we) (?:reach|contact|get hold of|talk to|speak to|call|phone|ring) (?:you|someone|somebody|a (?:human|person|consultant)|your|one of)\b",
    r"\b(?:we|i)(?: urgently| really| could| would)? (?:need|want|could use|could do with|are looking for|'re looking for)(?: to borrow| to have)? (?:an? )?extra (?:pair|set) of hands\b",
    # Work of ours on something of theirs: no section can do it for them.
    rf"\b(?:can|could|would|will|may|might) (?:some(?:one|body)(?: (?:of|from|at|on) you\w*(?: \w+)?)?|one of you(?:rs?(?: \w+)?)?|you(?: lot| guys| people| folks)?|your (?:team|people|consultants?|experts?|firm|lot)) {_OUR_WORK} {_THEIRS}",
    r"\b(?:can|could|would|will) (?:you (?:lot|guys|people|folks)|one of (?:you|yours|your \w+)|your (?:team|people|consultants?|experts?|firm|lot)) (?:\w+ ){0,2}?(?:take|do|handle|run|lead|manage|write|draft|join|sit|come|help|prepare|own|drive|organi[sz]e|facilitate|present|chair|cover)\b(?! (?:the same|that too))",
    r"\b(?:can|could|would|will|may) (?:one of )?your (?:\w+ ){0,2}?(?:people|team|consultants?|experts?|specialists?|advis[eo]rs?|colleagues?|person|lead)(?: \w+){0,4}? (?:drop (?:by|in)|pop|come|visit|call|ring|phone|join|sit|meet|speak|talk|get in touch|look at)\b",
    r"\b(?:i|we)(?:'d| would)? (?:want|like|need|wish) to (?:complain|make a complaint)\b",
    r"\bhuman (?:please|now|being|help)\b|\btalk to a (?:consultant|human|person)\b|\bcall me\b|\bphone me\b|\bring me\b",
    r"\b(?:raise|file|make|register) (?:an? |this )?(?:formal )?complaint\b|\bcomplain about (?:you|your|the (?:service|consultant))\b|\bunhappy with (?:you|your|the consultant|our consultant)\b",
)
ABOUT_CONSULTANTS = (
    # "Users ring me on my mobile" tells of others.
    r"\b(?:users?|people|staff|folks?|they|everyone|everybody|colleagues|customers|managers|he|she|\w+ team)(?: \w+){0,2} (?:call|calls|ring|rings|phone|phones) me\b",
    r"\b(?:when|why) (?:should|do|would|to|is it) (?:we|you|i|one|a|an)?\b.*\bconsultants?\b|\bdo (?:we|i) (?:really |even |actually )?need (?:an? )?(?:consultant|expert|person)\b|\bwhat (?:is|does|do) (?:an? |the |your )?consultants?\b|\bshould (?:we|i) (?:hire|use|get|bring in|pay)\b",
)

SENSITIVE = (
    rf"\blet(?:ting)? (?:{_WRONGDOER}|him|her|someone|somebody) go\b",
    rf"\b(?:{_WRONGDOER}|(?:one|some|two) of (?:my|our|the) \w+)(?:'s| is| has| was| are| keeps?| might be| may be| seems?)?(?: \w+){{0,4}}? (?:(?:drink|drugs?|gambling|alcohol) problem|bully\w*|harass\w*|steal\w*|stole|fraud\w*|drink(?:ing|s)|drunk|lying|l(?:ied|ies) to|threaten\w*|snooping|spying|stalk\w*|fiddling|embezzl\w*|affair|depress\w*|suicid\w*|pregnan\w*|cancer|sick leave|sexist|racist|abus\w*|discriminat\w*|backhanders?|brib\w*|kickbacks?|copying (?:client|customer|company)|taking (?:client|customer|company) data|selling (?:our|client|customer|company)|incompetent|useless|not up to (?:it|the job)|underperform\w*|under-?perform\w*|having a breakdown|burnt out|reading (?:my|our|people's|everyone's|other|private|the ceo's|the director's)|going through (?:my|our|people's))\b",
    r"\b(?:i(?:'m| am)|i(?:'ve| have) been|i was|i feel|i get|i'm being)(?: \w+){0,3} (?:bullied|harassed|discriminated|threatened|burnt out|burned out|suicidal|depressed|blackmailed|pregnant|ill|unwell|victimi[sz]ed|sacked|fired|made redundant|stalked|overwhelmed and|anxious|breaking down|humiliated)\b",
    r"\b(?:fire|sack|dismiss|let go|get rid of|terminate|discipline|make redundant|lay off|demote|suspend|performance[- ]manage)\b(?: of)? (?:my|our|the|an?|one of|some|him|her|them|someone|somebody|half)(?: \w+){0,2}? (?:cio|ceo|cfo|manager|lead|admin|administrator|employee|person|guy|staff|team|developer|head|director|people|technician|engineer|colleague|member|worker|assistant|him|her|them)\b",
    r"\b(?:fire|sack|dismiss|get rid of|demote|suspend) (?:him|her|them|someone|somebody|people)\b|\bmak(?:e|ing) (?:\w+ ){1,4}redundant\b|\b(?:being |be |getting |get )(?:sacked|fired|dismissed)\b|\bredundanc(?:y|ies)\b(?! (?:of|in|for|across) (?:\w+ )?(?:system|server|power|data|link|storage|network))",
    r"\bwhistle-?blow\w*|\bblow(?:ing)? the whistle\b|\breport (?!to my\b)(?:\w+ ){0,3}(?:wrongdoing|misconduct|corruption|fraud by|bribery|a crime|my (?:boss|manager|colleague|director))\b|\b(?:fraud|theft|embezzlement|bribery|corruption|wrongdoing|misconduct) (?:in|by|at|within) (?:our|my|the|a) \w+\b",
    r"(?<!how do we keep )(?<!how should we keep )(?<!how can we keep )\b(?:this|it|that)(?:'s| is)? (?:a bit |very |strictly |highly |quite |really |rather |completely )?(?:confidential|delicate|sensitive|private|personal|off the record)\b(?! (?:information|data|or|document|record|enough))|\b(?:ask|say|discuss|tell you|share|talk about|raise|speak) (?:\w+ ){0,3}(?:confidential(?:ly)?|in (?:strict )?confidence|privately|in private|off the record|sensitive|delicate)\b(?! (?:data|information|records|documents|files))",
    r"\boff the record\b|\bin strict(?:est)? confidence\b|\b(?:a|some) (?:personal|private|delicate|confidential|sensitive|personnel|staff) (?:matter|issue|problem|situation|question|thing|topic|conversation)\b|\b(?:personal|private|delicate|sensitive|confidential) (?:matter|situation|conversation)\b|\bsomething (?:\w+ )?(?:sensitive|confidential|delicate|personal|private)\b",
    r"\b(?:don't|do not|mustn't|must not|shouldn't|can't|nobody|no one|without) (?:want |let |have )?(?:\w+ ){0,4}?(?:know(?:ing)?|find(?:ing)? out|hear(?:ing)? about|tell(?:ing)?) (?:about |that )?(?:this|it|i|we|my|the (?:board|boss|team|staff)|yet)\b|\bbehind (?:his|her|their|my|our) backs?\b|\b(?:just )?between (?:us(?! and\b)|you and me)\b|(?<!how do we )(?<!how should we )(?<!how can we )\bkeep (?:this|it) (?:quiet|secret|confidential|between us)\b",
    r"\b(?:disciplinary|grievance|misconduct|capability) (?:action|hearing|procedure|process|meeting|case|investigation|proceedings|against|matter|issue)\b|\b(?:raise|face|facing|start|begin|lodge) (?:an? )?(?:disciplinary|grievance)\b|\bagainst (?:my|our|him|her|an?) (?:boss|manager|employee|colleague|it manager)\b",
    r"\b(?:read|check|monitor|search|look (?:at|through|in|into)|go through|access|open|spy on|track|trawl|watch|snoop) (?:\w+ )?(?:an? |one of our |one |his |her |my |our |their |someone(?:'s)? ?|somebody(?:'s)? ?)(?:\w+ ){0,2}?(?:\w+'s |\w+s' |\w+ )?(?:private |personal |work )?(?:e-?mails?|mailbox|inbox|messages|chats?|browsing|browser history|phone|location|dms|whatsapps?)\b(?=.*\b(?:him|her|his|them|employee|colleague|staff|person|manager|boss|suspect\w*|without|secretly|someone|somebody)\b)",
    r"\b(?:salary|salaries|pay rise|pay increase|bonus|appraisal|performance review|pay grade|wage)\b(?=.*\b(?:my|his|her|him|our|their|named?|should i|ask for|deserve|negotiat\w+|i get|pay (?:my|our|a))\b)",
    r"\b(?:my|his|her) (?:mental health|health|medical|illness|divorce|pregnancy|disability|sick ?ness|diagnosis|sick note)\b|\b(?:underperforming|under-?performing|poor performer|bad attitude|problem employee|toxic)\b(?=.*\b(?:manager|person|employee|colleague|team|him|her|staff|lead|guy|boss|who)\b)",
    r"\bi (?:think|believe|suspect|know|am sure)(?: that)? (?:our|my|the|a|one of)(?: \w+){1,4} (?:is|are|has been|was) (?:taking|stealing|leaking|cheating|hiding|faking|lying|on the take|bullying|harassing|sabotaging|copying)\b",
)
# Records and policies about such matters are ordinary information management.
NOT_PERSONAL = (
    r"\b(?:personnel|hr|staff|employee|disciplinary|grievance|medical|payroll|salary|whistle-?blowing) (?:files?|records?|data|documents?|folders?|policy|policies|information|series|system)\b",
    r"\bhow long (?:should|do|must|can|to)\b.*\b(?:keep|retain|store|hold)\b",
    r"\b(?:classif\w+|label\w*|handling rules?|retention) \w*\b",
)

LEGAL = (
    r"\b(?:is|are|isn't|would|was|were|be|would it be) (?:it|this|that|we|they|i|he|she)?(?: \w+)?\s?(?:legal|illegal|lawful|unlawful|against the law|legally (?:binding|allowed|required|liable|ok(?:ay)?)|liable)\b",
    r"\b(?:can|could|should|may) (?:i|we|they|he|she|you|someone|the client|our client|a customer|our supplier|customers) (?:\w+ )?(?:sue|be sued|take (?:us|them|legal)|claim compensation|get out of (?:the|this|our) contract|break (?:the|this|our) (?:contract|lease))\b|\b(?:sued|suing|lawsuit|litigation|legal action|legal claim|small claims|court (?:case|order|papers)|subpoena|settlement agreement|letter before action|injunction|cease and desist)\b(?! hold)",
    r"\blegal(?:ly)? (?:advice|opinion|position|advise)\b|\bas (?:a|our) (?:lawyer|solicitor|attorney)\b|\b(?:need|want|find|get) (?:an? )?(?:lawyer|solicitor|attorney)\b|\bour legal (?:rights|obligations|exposure) (?:under|if|against)\b",
    r"\b(?:draft|write|word|reword|redraft|amend|negotiate|interpret|explain|review|check|look over|read) (?:me |us |up )?(?:an? |the |this |our |my |that )?(?:\w+ ){0,3}?(?:clauses?|contracts?|nda|non-?disclosure|letter of claim|dpa|terms and conditions|t&cs|settlement|legal letter|reply to the (?:regulator|ico|court)|employment contract|lease)\b(?! (?:register|review process|management|alerts?|calendar|renewal))",
    r"\bwhat does (?:this|the|that|our) (?:\w+ )?(?:clause|term|wording|section \d+)\b.*\bmean\b|\bclause \d+|\bis (?:this|the|that|our) (?:\w+ )?(?:clause|contract|nda) (?:ok|okay|fair|enforceable|valid|binding|fine|good)\b",
    r"\b(?:regulator|ico|data protection (?:authority|commissioner)|information commissioner|ombudsman|tax (?:office|authority)|hmrc|irs|solicitors?|lawyers?)(?:'s|s')? (?:\w+ )?(?:wrote|written|asked|asking|contacted|sent|letter|is investigating|has (?:opened|written|asked|contacted)|investigation|enquiry|inquiry|notice|demands?|threaten\w*)\b|\b(?:letter|notice|e-?mail|enquiry|inquiry) from (?:the |our |a |their )?(?:regulator|ico|data protection|solicitors?|lawyers?|tax|hmrc|information commissioner)\b",
    r"\b(?:vat|corporation tax|tax (?:relief|return|treatment|deductible|credits?|deduction|rules?|implications?|purposes)|taxable|capital allowances?|r&d (?:tax|credits?)|ir35|national insurance|stamp duty|import duty|write (?:it|this|them) off against tax)\b",
    r"\b(?:employment law|unfair(?:ly)? dismiss\w*|constructive dismissal|redundancy pay|notice period for (?:an? )?(?:employee|staff)|tupe|work (?:visa|permit)|visas?\b(?=.*\b(?:sponsor|skilled|hire|developer|employee)\b)|immigration|maternity|paternity|tribunal|zero[- ]hours?|restrictive covenant|non-?compete)\b",
    r"\b(?:register|file|apply for|challenge) (?:an? |our |the )?(?:patent|trade ?mark|copyright)\b|\bpatent\b|\bwho owns the (?:ip|intellectual property|copyright)\b|\bintellectual property\b",
    r"\bhow big (?:a|would the) fine\b.*\b(?:we|us|our)\b|\b(?:will|would|could) (?:we|i) (?:be fined|get fined|go to (?:jail|prison)|be prosecuted)\b",
)

DECISION = (
    r"\b(?:can|could|will|would|please|you) (?:you )?(?:please |just |kindly )?(?:approve|sign off|authori[sz]e|green-?light|rubber-?stamp|okay|ok|agree) (?:to |on )?(?:this|my|our|the|a|an|it|that|these|buying|spending|£|\$|€|\d)\b",
    r"^(?:please )?(?:approve|authori[sz]e|sign off) (?:this|my|our|the|a|an|it|that|these)\b",
    r"^(?:hi,? |hello,? )?(?:please |pls |plz |kindly |(?:can|could|would|will) (?:you|someone) (?:please )?)?(?:raise|increase|lift|bump(?: up)?|double|extend|release|top up) (?:my|our|the) (?:[\w']+ ){0,3}?(?:limits?|budgets?|allowance|ceiling|headcount|spend|approval level)\b(?!.*\?)",
    r"\b(?:can|could|would|will|please|just) (?:you )?(?:please |just )?confirm (?:that |whether |if )?(?:we|i|it|that|this)(?:'re|'m|'s| are| am| is)? (?:still )?(?:fine|ok|okay|good|allowed|safe|clear|cleared|alright|all right) (?:for (?:me|us) )?to\b",
    r"\b(?:is it|are we|am i|is that) (?:ok|okay|fine|alright|all right|allowed|good|safe|clear) (?:for (?:me|us) )?to (?:buy|sign|go ahead|proceed|pay|renew|order|spend|commit|cancel|accept|launch|switch|give|delete|hire)\b",
    r"\bshould (?:we|i) (?:just |now |go ahead and )?(?:sign|accept|renew|cancel|terminate|proceed with|pay|approve|reject|agree to|take|go ahead with|buy|extend|leave)\b(?: (?:with|to|for|out))? (?:this|the (?:offer|quote|contract|deal|proposal|supplier|renewal|invoice|new|extension)|our (?:contract|supplier|current|provider)|their|it\b|them\b|\d|£|\$|€)",
    r"\b(?:need|want|get|give me|have|waiting for|require) (?:your |an? |the )?(?:approval|sign-?off|authori[sz]ation|permission|go-?ahead|green light)(?: from you)?(?: (?:for|on|to|of)\b|[.!?]*$)(?! (?:process|limits?))",
    r"\b(?:give|grant) (?:me|us|him|her) (?:\w+ )?(?:access|admin|administrator|permission|rights)\b|\bapprove (?:my|our|this|the|his|her) (?:budget|purchase|spend|expense|invoice|access|request|contract|order|change|leave|hire|quote|project|business case)\b",
    r"\b(?:what|how much) (?:do|would|will|does) (?:you|your (?:firm|company|service)|the firm|a virtual cio|virtual cio|this service|the service) (?:guys )?(?:charge|cost)\b|\byour (?:day |daily |hourly )?(?:rates?|prices?|pricing|fees?|price list)\b|\b(?:a quote|price) (?:for|from) (?:you|your)\b|\b(?:when|how soon|how quickly) (?:can|could) (?:you|one of your \w+|your \w+|someone|a consultant) start\b",
    r"\b(?:just )?(?:tell me|decide for us|make the (?:decision|call)|you decide|pick one|choose for us)\b(?=.*\b(?:which|whether|buy|sign|go with|choose|pick|decide|for us)\b)|\b(?:decide|choose|pick) (?:it |one )?for (?:us|me)\b",
    r"\b(?:cancel|terminate|end|extend|change|renew) (?:our|my|the) (?:contract|agreement|retainer|subscription|engagement) with (?:you|your|virtual)\b",
)

EVERYDAY_SUPPORT = (
    r"\b(?:reset|forgot|forgotten|change|unlock|lost|recover|remember) (?:my|me) (?:\w+ )?(?:password|pin|passcode|account|login|log-?in|mfa|authenticator)\b|\b(?:password|account|login|pin) (?:has |is |was )?(?:expired|locked|reset)\b(?=.*\b(?:my|me|i)\b)|\b(?:password|pin) reset (?:please|for me)\b|\bforgotten? (?:my )?password\b",
    r"\bmy (?:\w+ )?(?:laptop|pc|computer|desktop|mac|printer|mouse|screen|monitor|keyboard|phone|mobile|tablet|e-?mails?|inbox|mailbox|calendar|wi-?fi|vpn|account|headset|docking station|camera|webcam|mic|microphone|spreadsheet|browser|machine|charger|login|log-?in|internet|drive|teams|sound|zoom)(?:'s)? (?:is|isn't|won't|wont|doesn't|doesnt|not|keeps?|has|hasn't|just|are|aren't|can't|cannot|will not|does not|died|broke|crash\w*|froze|stopped|needs|shows?|says|went|freezes)\b(?! (?:better|in the scope|included|part of|required))",
    r"\b(?:the|our|this) (?:\w+ ){0,3}?(?:printer|photocopier|copier|scanner|projector|wi-?fi|coffee machine|meeting room (?:screen|camera)|phone in)(?:'s)? (?:\w+ ){0,4}?(?:is|isn't|won't|doesn't|keeps?|has|broken|jam\w*|out of|not|down|says|slow|playing up|offline|stuck|dead|stopped)\b",
    r"\b(?:i|he|she) (?:can't|cant|cannot|can not|couldn't|could not|am unable to|'m unable to|am not able to|keep failing to)(?: \w+)? (?:log ?-?(?:in|on)|sign in|print|connect|open|access|get (?:in|into|on|onto|my|past)|hear|see|find my|send|receive|scan|install|join|share my|download|save|attach)\b",
    r"\b(?:i'm|i am|i've been|i got|been) (?:\w+ )?(?:locked out|logged out|kicked out|signed out)\b|\block(?:ed)? out of my\b",
    r"\b(?:install|update|uninstall|set up|setup|configure|fix|repair|replace|connect|sort out|look at) (?:\w+ ){0,4}?(?:on |for )?my (?:\w+ )?(?:laptop|pc|computer|phone|printer|mac|machine|e-?mail|account|screen|monitor|desktop|wi-?fi|headset|mouse|keyboard)\b|\b(?:fix|repair) (?:the|our|this) (?:printer|wi-?fi|scanner|projector|copier|laptop|screen)\b",
    r"\b(?:(?:i|we) )?(?:need|want|would like|'d like|require) (?:an? )?(?:new|another|replacement|spare|bigger|second) (?:laptop|mouse|monitor|charger|keyboard|screen|phone|headset|docking station|licen[cs]e|pc|computer|cable|mailbox|e-?mail address)\b|\bneed (?:an? )?(?:licen[cs]e|mailbox|e-?mail address|login|account|access) (?:for|set up for) (?:the |a |our |my )?(?:new (?:starter|joiner|person|guy|girl)|me|myself)\b",
    r"\bblue screen\b|\berror (?:code|message)\b(?=.*\b(?:i|my|me|when|get|getting|says|printer|laptop)\b)|\b(?:paper jam|toner|ink cartridge|out of (?:toner|ink))\b|\b(?:won't|doesn't|wont|doesnt) (?:turn on|switch on|boot|start up|charge|print|wake up)\b",
    r"\b(?:laptop|pc|computer|printer|screen|monitor|mouse|keyboard|phone|headset|wi-?fi|outlook|excel|browser|webcam) (?:is |are |just |has |keeps? |has just )?(?:broken|broke|dead|died|frozen|freezing|crash(?:ed|ing|es)?|not (?:working|printing|charging|connecting|turning on|responding)|playing up|smashed|cracked|stuck|so slow|really slow|super slow|running slow(?:ly)?|very slow|bust|jammed|offline|overheating)\b",
    r"\b(?:spilt|spilled|dropped)\b.{0,30}\b(?:laptop|phone|keyboard|computer|pc|tablet)\b",
    r"\bhow do i (?:get|set up|add|connect|turn on|unlock|map|clear|reset|print|share|delete|recover|merge|convert|change|install|open|sync|forward|mute|find my)\b(?! (?:people|staff|a grip|started|buy-in|the board|executives|everyone|value|support|agreement|funding|budget))(?=.*\b(?:my|printer|outlook|excel|word|pdf|e-?mail|wi-?fi|calendar|out of office|signature|laptop|phone|screen|cell|formula|screen|password|file i)\b)",
)
ABOUT_SUPPORT = (
    r"\b(?:policy|strategy|standard|nist|how (?:long|often)|should (?:we|staff|users|people|a company)|minimum|refresh cycle|budget|policies|rule of thumb|what makes|replacement (?:plan|cycle))\b",
)
