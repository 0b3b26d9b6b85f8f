"""The wordings of what the assistant must not do, of small talk, and of subjects that are not ours (folded text)."""

# A pattern is kept on one line so that it can be read and searched whole.
# ruff: noqa: E501

# Names are known here only so that a question about them is recognised; no text ever shows one.
_BRANDS = (
    r"(?:microsoft|ms ?365|m365|office ?365|o365|google(?: workspace)?|aws|amazon|azure|gcp|salesforce|hubspot|sharepoint|onedrive"
    r"|dropbox|slack|ms teams|zoom|webex|sap|oracle|xero|quickbooks|sage|netsuite|dynamics(?: 365)?|odoo|crowdstrike|sophos|norton"
    r"|mcafee|defender|sentinelone|okta|lastpass|1password|bitwarden|dashlane|jira|asana|trello|notion|confluence|zendesk|freshdesk"
    r"|servicenow|dell|lenovo|apple|cisco|meraki|ubiquiti|fortinet|palo alto|veeam|acronis|datto|backblaze|commvault|chatgpt|copilot"
    r"|gemini|power ?bi|tableau|qlik|snowflake|databricks|zoho|pipedrive|workday|bamboohr|docusign|box\.com|laserfiche|m-files"
    r"|opentext|monday\.com|wordpress|shopify|mimecast|proofpoint|knowbe4)"
)
_WARES = (
    r"(?:product|vendor|software|tool|system|crm|erp|supplier|provider|platform|brand|laptop|antivirus|anti-virus|cloud|firewall|password manager"
    r"|package|solution|app|backup (?:service|product|tool|software|system|solution|provider)|msp|reseller|dms|edrms|hosting|phone|tablet|printer"
    r"|router|server|accounting (?:software|package|system)|help ?desk tool|ticketing (?:tool|system)|chatbot|llm|ai tool|mdm|siem|edr|vpn|host|maker)s?"
)

# "Finest helpdesk program" and "a good cheap CRM please": a ware with praise, and no question about either.
_BEST = r"(?:(?:very |single |absolute )?(?:best|finest|greatest|nicest|slickest|cheapest|top(?:[- ](?:notch|tier|rated|quality|class|of the range))?|number one|no\.? ?1|world[- ]class|first[- ]class|best[- ]selling|market[- ]leading|leading|most popular|killer|ultimate))"
_FINE = r"(?:(?:really |very )?(?:good|decent|great|nice|solid|reliable|cheap|affordable|inexpensive|popular|trusted|proven|modern|low[- ]cost))"
_ANY_WARES = rf"(?:{_WARES}|programs?|programmes?|spam filters?|headsets?|webcams?|monitors?|switch(?:es)?|tills?|pos|note ?takers?|dictation|helpdesk|service desk software)"
_PUSH_END = r"(?: (?:for|under|below|with|that|which|out there|around|available|going|on the market|these days|this year|in 20\d\d|please|pls|money can buy)\b.*)?[ .,!?]*$"
PRODUCT_CHOICE = (
    rf"^(?:(?:the|an?|any|some|i|we|want|need|are|am|looking|for|after|show|find|get|give|me|us|please)\b[ ,]*){{0,5}}{_BEST}(?: [\w&/-]+){{0,3}}? {_ANY_WARES}{_PUSH_END}",
    rf"^(?:(?:an?|any|some)\b[ ,]*)?{_FINE}(?:[ ,]+(?:and )?{_FINE})*(?: [\w&/-]+){{0,2}}? {_ANY_WARES}{_PUSH_END}",
    r"\b(?:best|finest|greatest|safest|cheapest|fastest|smartest|strongest|nicest|slickest|easiest|number one|most (?:reliable|secure|popular|trusted))(?: [\w-]+){1,5} (?:out there|on the market|(?:that )?money can buy)\b",
    # The firm sells no hardware or software: whoever wants to buy of it hears so, and never "of course".
    r"\b(?:can|could|do|will|would) you (?:\w+ )?(?:re)?(?:sell|supply|order|source|get) (?:us|me|our) .*\b(?:laptops?|pcs?|computers?|servers?|phones?|tablets?|hardware|software|licen[cs]es?|kit|equipment|devices?|subscriptions?)\b",
    rf"\b(?:which|what)(?:'s| is| are| would be)? (?:the |your |a )?(?:single |absolute |very )?(?:best|top|number one|cheapest|leading|favou?rite|good|recommended|right)(?: \w+){{0,4}}? {_WARES}\b(?! (?:policy|requirements|register|review))",
    rf"\b(?:top|best) (?:\d+|two|three|five|ten) (?:\w+ ){{0,2}}?{_WARES}\b|\b(?:scores?|marks?|points|stars) (?:out of|for|from) .*{_BRANDS}",
    rf"\b(?:which|what)(?: \w+){{0,4}}? {_WARES} (?:is|are|would be|works|wins)(?: the)? (?:best|better|right|cheapest|safest|most|top|good)\b",
    rf"\b(?:recommend|suggest|(?<!own )name|rank|rate|list|endorse|advise|tell me|give me|push)(?: \w+){{0,5}}? {_WARES}\b(?! (?:policy|requirements|register|review|selection|evaluation|risk|criteria|questions))(?!.*\bcriteria\b)",
    rf"\b(?:which|what)(?: \w+){{0,4}}? {_WARES}\b(?: \w+){{0,3}}? (?:should|would|do|shall|can|could|must) (?:we|i|you) (?:\w+ )?(?:buy|use|get|choose|pick|go (?:with|for)|recommend|suggest|prefer|select|switch to|move to|install|like|purchase|rate)\b",
    rf"\bshould (?:we|i) (?:\w+ )?(?:buy|use|get|choose|pick|go (?:with|for)|select|switch to|move to|install|be on|stay (?:on|with)|drop|ditch) (?:the )?{_BRANDS}\b",
    rf"\b{_BRANDS}(?: \w+){{0,2}} (?:or|vs\.?|versus|against|compared (?:to|with)|better than|instead of|over)(?: \w+){{0,2}} {_BRANDS}\b",
    rf"\b(?:is|are) {_BRANDS}(?: \w+){{0,2}} (?:any good|good|better|secure|safe|worth|the best|ok|okay|reliable|overpriced|expensive|a good)\b",
    rf"\b(?:opinion|think|verdict|thoughts|take|view|review) (?:of|on|about) {_BRANDS}\b|\b(?:compare|comparing|choose between|choosing between|decide between) {_BRANDS}\b",
    rf"\b(?:rank|rate|score|grade|order|sort|put)\b(?: \w+){{0,5}}? {_BRANDS}\b|\b(?:says?|said|thinks?|reckons?|heard|told|knows?|claims?)(?: \w+){{0,3}}? {_BRANDS} (?:is|are|beats?|wins) (?:\w+ )?(?:better|best|safer|cheaper|right|winner)?",
    rf"\b(?:better|best|cheaper|safer)\b[:,]? (?:- )?{_BRANDS} or\b|\b{_BRANDS} or {_BRANDS}\b",
    rf"\b(?:just )?(?:name|give me|tell me)(?: me)? (?:\w+ )?(?:one|two|three|five|a|some|your|1|2|3|5|any)(?: \w+)? (?:names?|brands?|{_WARES})\b",
    rf"\bbest (?:\w+ ){{0,2}}?{_WARES} (?:for|to|on|in|out there|money)\b|\b(?:who|which (?:firm|company|supplier|vendor)) (?:makes|sells|does|has|offers) the best\b|\bwho (?:should|would) (?:we|you) (?:buy|get|purchase|go with|recommend)\b",
    r"\bif you (?:had|were forced|have) to (?:pick|choose|name|recommend)\b|\bwhat do you (?:use|recommend)\b(?= (?:for|as|to)\b.*\b(?:software|backup|crm|antivirus|e-?mail|hosting|tool)|[?.!]*$)",
    rf"\bwhich (?:one )?is (?:better|best|cheaper|safer)[:,]? .*\bor\b|\b(?:good|decent|cheap|reliable|affordable) {_WARES} (?:for|that|recommendations?)\b|\b{_WARES} recommendations?\b",
)
# Asking how to choose is the method itself, and answered.
ABOUT_CHOOSING = (
    r"\b(?:how (?:do|should|can|would|to|many|long|much|detailed)|(?:best|right|fair|proper) way (?:to|of)|criteria|process|steps|scor\w+|weight\w*|questions (?:to|should|do)|checklist|shortlist|run a|fair\w*|rfp|tender|demo\w*|selection|evaluat\w+|what should (?:we|i) (?:ask|look|check|put|include|consider)|must[- ]haves?|look for|requirements?|able to do|must the|template)\b",
)

# The assistant and the firm behind it, as people call them when they ask who else uses them.
_US = r"(?:you|your (?:\w+ )?(?:service|bot|assistant|advice|firm|help)|this (?:\w+ )?(?:bot|chatbot|assistant|tool|app|service|slack app))"
OTHER_CLIENT = (
    rf"\b(?:who else|(?:which|what|how many) (?:other )?(?:\w+ )?(?:companies|organi[sz]ations|firms|businesses|clients|customers)|who(?: all)?) (?:\w+ )?(?:uses?|using|has|have|hires?|pays?|subscribes? to|talks? to|is on|are on) (?:for )?{_US}\b",
    rf"\b(?:list|names?|tell (?:me|us)|give (?:me|us)|show (?:me|us))\b(?: \w+){{0,6}}? (?:companies|organi[sz]ations|firms|businesses|clients|customers|users|workspaces)(?: \w+){{0,3}}? (?:us(?:e|es|ing)|of|on|with|served by|behind) {_US}\b",
    r"\b(?:your|the firm's|another|other|different|a different|that other|one of your|any of your)(?: \w+)? (?:client|customer)s?\b(?!'s? (?:own )?(?:files? do we|data we))(?=.*\b(?:what|how|who|which|show|tell|share|see|give|did|do|are|have|has|their|names?|list|say|said|budget|plan|paid|spend)\b)|\b(?:what|how|who|which|show|tell|share|see|give|did|list|name|copy|send)\b.*\b(?:your|other|another|different|any of your|one of your)(?: \w+)? (?:client|customer)s?\b",
    r"\b(?:other|another) (?:company|companies|organi[sz]ation|organi[sz]ations|firm|firms|workspace|tenant)(?:'s|s')? (?:\w+ )?(?:budget|plan|answers?|questions?|documents?|data|contract|tickets?|roadmap|report|files|conversations?|risk register|that (?:you|use))\b(?=.*\b(?:show|see|tell|give|share|you|access|read|what|copy)\b)",
    r"\b(?:who|which (?:companies|organi[sz]ations|firms|businesses)) (?:else )?(?:are|do|have|is|uses?)(?: you| your)? (?:work(?:ing)? (?:with|for)|your (?:clients|customers)|clients|customers|using you|you advise|advise)\b|\bclient list\b(?=.*\byour?\b)|\byour (?:other )?(?:clients|customers)\b",
    r"\bwhat (?:did|has|have|does) (?:the )?(?:others?|our competitors?|my competitors?|a competitor)(?: \w+){0,2} (?:ask|asked|tell|told|say|said|pay|paid|spend|spent|decide|decided)(?: \w+)? (?:you|to you|with you)\b",
)
# Needs capitals, so it is matched against the message as written.
NAMED_CLIENT = (
    r"\b(?:[Ww]hat|[Hh]ow much|[Ww]hy) (?:did|does|has|is|are) (?!We\b|I\b|The\b|You\b|Our\b|My\b|A\b|An\b|It\b|IT\b|CIO|ISO|NIST|GDPR|RTO|RPO|MFA|RFP|Cyber|Essential|Data|CIS|ITIL|COBIT)[A-Z][\w&]+(?: [A-Z][\w&]+)* (?:ask|asked|tell|told|spend|spending|pay|paying|decide|decided|use|using|plan|planning|doing|buy|bought|do about|say)\b",
    r"\b(?:[Ss]how|[Gg]ive|[Ss]end|[Tt]ell|[Ss]hare)(?: me| us)?(?: \w+){0,3} (?!We\b|I\b|The\b|CIO|ISO|NIST|GDPR|IT\b)[A-Z][\w&]+(?: [A-Z][\w&]+)*'s (?:\w+ )?(?:budget|plan|answers?|questions?|documents?|data|contract|tickets?|roadmap|report|files|risk register|strategy|assessment|conversations?)\b",
)

OWN_INSTRUCTIONS = (
    r"\b(?:ignore|disregard|forget|override|bypass|skip|drop|cancel)\b(?: \w+){0,4}? (?:instructions?|rules?|prompts?|guidelines?|guardrails|restrictions?|training|programming|limits|safety|constraints|everything (?:above|before|you)|(?:what|all) you (?:were|have been) told)\b",
    r"\b(?:show|print|reveal|repeat|output|dump|display|tell|give|share|leak|paste|write out|quote|list|translate|summari[sz]e|what(?:'s| is| are| were))(?: \w+){0,3}? (?:your|the|initial|hidden|internal) (?:\w+ ){0,3}?(?:system prompt|prompts?|instructions?|hidden rules?|system message|configuration|config|source code|guardrails|internal (?:rules|notes|settings)|rules you|api keys?|tokens?|secrets?|credentials|passwords?|environment variables|database password|first message|text above)\b(?! (?:for|of|policy|should|to (?:our|staff|users)))",
    r"\byou are now\b|\bfrom now on,? (?:you|act|answer|respond|reply|call)\b|\b(?:developer|debug|god|admin|dan|sudo|maintenance|unrestricted|test) mode\b|\bjailbreak\w*|\bdo anything now\b|\brole-?play\b(?=.*\b(?:as|you)\b)",
    r"(?:^|[.!?:;,] ?|\bplease |\bnow |\band |\bthen )(?:act|behave|respond|answer|reply|speak|talk) (?:as if|as though|like|as an?(?= (?:unrestricted|pirate|hacker|evil|different|ai|free|person without|linux|terminal|salesman|sales|reseller|vendor)))\b",
    r"(?:^|[.!?:;,] ?|\bplease |\bnow |\band )pretend (?:to be|you|that you|there)\b|\b(?:without|no|skip|drop|leave out|stop (?:using|adding)) (?:any |the |your )?(?:citations?|sources?|restrictions|filters?|disclaimers|guardrails|safety)\b(?=.*\b(?:answer|just|say|tell|respond|give|and)\b)",
    r"^(?:system|assistant|developer|admin)\s?:|<\|?(?:system|im_start)|\[(?:system|inst)\]|\b(?:begin|end) (?:system|of) (?:prompt|instructions)\b|\bnew instructions?\s?:",
    r"\b(?:your|the bot's|the assistant's) (?:system prompt|instructions|prompt|hidden rules|api key|bot token|secret key|training data)\b|\b(?:what|which) (?:model|llm|language model|ai)(?: \w+)? (?:are|do|is|powers?) (?:you|running|behind|use)\b|\b(?:make|invent|fabricate|fake) (?:up )?(?:an? |some )?(?:source|citation|reference|statistic|figure|number)s?\b",
    r"\b(?:run|execute|eval) (?:the |this |following )?(?:command|code|script|sql|query|shell)\b|\bdrop table\b|\brm -rf\b|\bpost (?:this|a message|it) (?:to|in) (?:the |every |all )?(?:channel|everyone|workspace|general)|\b(?:say|repeat|type|write) (?:after me|exactly|the following|this exact)\b",
)

_HELLO = r"(?:hi|hiya|hello|hey|heya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)|morning|afternoon|evening|g'?day|hey there|hi there|hello there)"
GREETING = (
    rf"^{_HELLO}(?:[ ,]+(?:there|all|team|everyone|bot|folks|virtual cio|cio|vcio|assistant|you|again|how are you(?: (?:today|doing))?|how's it going|how is it going|what's up|anyone (?:there|home)|are you there))*[ .!?,]*$",
    r"^(?:how are you(?: (?:today|doing))?|how's it going|what's up|are you there|anyone there|test|testing|ping|is this (?:thing )?(?:on|working)|can you hear me|does this work)[ .!?123,]*$",
)
_THANK = (
    r"(?:thanks?(?: you)?(?: so much| very much| a lot| a million| a bunch| loads| again| for (?:that|this|your help|the help|your time|all your help|the answer|explaining))?|thank you(?: so much| very much)?|thx|ty|ta|cheers|many thanks|much appreciated"
    r"|appreciate it|i appreciate (?:it|that|your help)|great|perfect|brilliant|excellent|awesome|lovely|super|fab|fantastic|wonderful|cool|nice(?: one)?|ok(?:ay)?|alright|right|fine|good|got it|gotcha|understood|noted|i see|makes sense"
    r"|that (?:makes sense|helps?(?: a lot)?|helped(?: a lot)?|works?|is (?:all|it|great|perfect|helpful|very helpful|useful|clear|what i needed|everything))|that'?s (?:all|it|great|perfect|helpful|very helpful|really helpful|useful|clear|all (?:for (?:now|today)|i need(?:ed)?)|what i needed|everything|good|fine|enough|super helpful|it for (?:now|today))|that was (?:very |really |super )?(?:helpful|useful|great|clear)"
    r"|very helpful|really helpful|helpful|useful|this is (?:great|helpful|perfect|useful)|no (?:more|further) questions?|nothing else|all good|we're good|i'm good|all done|i'm done|we're done|will do|i(?:'ll| will) (?:try|do|give) (?:that|it|this)(?: a (?:go|try))?|we(?:'ll| will) (?:try|do) (?:that|it|this)|bye(?: for now)?|goodbye|see you(?: later)?|speak soon|talk (?:soon|later)|have a (?:good|nice|great|lovely) (?:day|one|evening|weekend|afternoon)|no thanks?|no thank you|nope|no need|you(?:'re| are) (?:great|the best|a star|brilliant|a legend|welcome)|good (?:bot|stuff|job|to know|point|night)|well done|legend|sorted|yep|yes|then|so|and|for now|for today|everyone|all|bot|team|mate|again|very|really|so much|exactly what i needed|that)"
)
THANKS = (
    rf"^(?=.*\b(?:thank|thanks|thx|ty|ta|cheers|appreciat\w*|great|perfect|brilliant|excellent|awesome|lovely|super|fab\w*|wonderful|cool|nice|ok|okay|alright|fine|good|got it|gotcha|understood|noted|i see|sense|help\w*|useful|clear|all|bye|goodbye|no|nope|see you|soon|sorted|done|will do|i'll|we'll|enough|later|legend|great|that's it|welcome|works)\b){_THANK}(?:[ ,.!:;-]+{_THANK})*[ .!,)]*$",
)

CAPABILITIES = (
    r"^(?:help|help me|help please|menu|commands?|options|start|info|instructions|\?+)[ .!?]*$",
    r"\bwhat (?:can|do|could|will) you (?:do|help(?: \w+)? with|help|know(?: about)?|offer|answer|cover|support)\b(?! (?:if|when|about (?:our|the|a)|with (?:our|the)))|\bwhat (?:kind|sort|type)s? of (?:things|questions?|help|stuff|topics)(?: \w+){0,3} (?:you|ask)\b|\bwhat (?:topics|subjects|questions) (?:can|do|could|may) (?:you|i)\b|\bwhat (?:can|should|could) i ask(?: you)?\b(?! (?:a|an|the|our|my|suppliers?|vendors?|for|in|at))",
    r"\bhow (?:can|could|do) you help\b|\bwho (?:are|r) you\b|\bwhat are you\b|\bare you (?:an? |the )?(?:\w+ )?(?:bot|robot|human|person|real|ai|machine|computer|chatbot|automated|people)\b|\bis (?:this|there) (?:an? )?(?:bot|robot|human|real person|machine|ai)\b(?: (?:talking|here|answering|behind))?|\bam i (?:talking|speaking|chatting) (?:to|with)\b",
    r"\bhow (?:do|does|should) (?:i|you|we|this(?: bot| thing| assistant| chat)?|the (?:bot|assistant)) (?:use (?:you|this|the (?:bot|assistant))|work)\b[ ?.!]*$|\btell me about (?:yourself|you)\b|\bintroduce yourself\b|\bwhat is (?:this (?:bot|thing|assistant|app|chat|channel)|the virtual cio (?:bot|assistant))\b|\bcan you help(?: me| us)?[ ?.!]*$",
    r"\bwho (?:else )?(?:can|will|could|gets to|may) (?:see|read)(?: \w+){0,2} (?:this|what (?:i|we)|my (?:messages?|questions?|chats?|conversation)|our (?:conversation|chat|messages)|these messages|it)\b|\bis (?:this|our|my) (?:chat|conversation|channel|message) (?:private|confidential|secure|recorded|logged|stored)\b|\b(?:where do you get (?:this|that|it|your)|how do you know|where do your answers)\b|\bhow (?:reliable|accurate|up to date|trustworthy) are (?:you|your answers)\b|\bcan i trust (?:you|your answers?|this)\b",
)

OFF_TOPIC = (
    r"\b(?:weather|forecast for (?:today|tomorrow)|rain(?:ing)? (?:today|tomorrow)|football|soccer|cricket|rugby|tennis|olympics|world cup|premier league|nba|nfl|formula 1|golf handicap)\b(?! (?:club|association|company|data|system|charity))",
    r"\b(?:recipe|recipes|cook(?:ing)? (?:a|me|the|dinner|for)|bake (?:a|me)|lasagne|pizza|sourdough|cake|dinner|lunch (?:spot|place|ideas?)|restaurants?|pub nearby|cocktail|wine)\b(?! (?:chain|business|group|company|system|data|company's|software))",
    r"\b(?:tell|know|write|make|sing|compose|give)(?: me| us)?(?: \w+){0,3} (?:joke|jokes|poem|poems|song|limerick|haiku|story|rap|riddle|sonnet|fairy tale|bedtime story|love letter|speech for (?:my|a) (?:wedding|friend)|wedding speech|birthday)\b",
    r"\b(?:movie|film|netflix|tv (?:show|series)|celebrity|actor|singer|band(?! ?(?:width|s? of|ing))|album|concert|horoscope|zodiac|star sign|lottery|bet on|casino|poker|video games?|minecraft|fortnite|crossword|sudoku)\b",
    r"\b(?:bitcoin price|price of bitcoin|invest(?:ing)? (?:my|in (?:shares|stocks|bitcoin|crypto|property|gold))|stock (?:tip|market|price)s?|share price|which stocks?|shares? should i|mortgage|pension pot|savings account|exchange rate|interest rates?)\b(?!.*\b(?:ransom|attack)\b)",
    r"\b(?:capital (?:city )?of (?:france|australia|[a-z]+(?:land|ia|stan|any|ain))|who (?:won|invented|is the (?:president|prime minister|king|queen|pope))|what year did|how tall is|how far is|how old is|population of|meaning of life|why is the sky|distance (?:to|from)|square root|(?:\d+ ?[x*+/] ?\d+)|prime minister|president of (?!the board|our|the company)|world war|election)\b",
    r"\b(?:holiday (?:destination|ideas?|in|to|plans)|flights? to|hotel(?:s)? in|visit (?:in )?(?:paris|rome|london|spain|italy)|trip to|weekend (?:break|plans|in)|things to do in|train times?|bus times?|traffic)\b(?! (?:chain|system|analysis|light|data))",
    r"\b(?:my (?:dog|cat|kids?|child(?:ren)?|wife|husband|girlfriend|boyfriend|mum|dad|daughter|son|garden|car|house|kitchen|back pain|headache|diet|homework)|lose weight|diet plan|workout|gym|headache|toothache|dating|girlfriend|boyfriend|love life|baby name|puppy|knitting|gardening|tomatoes)\b(?!.*\b(?:laptop|computer|password|company data|work account|business)\b)",
    r"\b(?:translate (?:this|the|into|to|me)\b|homework|essay (?:on|about|for)|write (?:my|an?|me an?) (?:essay|novel|cv|resume|cover letter|birthday)|who would win|favou?rite (?:colou?r|food|film|movie|song|animal|book)|do you (?:love|like|have feelings|dream|believe)|are you (?:single|conscious|sentient|alive|happy)|marry me)\b",
    r"\b(?:change a tyre|car insurance|plumber|leaking tap|boiler|paint (?:my|the) (?:wall|room)|assemble furniture|dishwasher|washing machine|lawn|haircut|perfume|shoes|outfit|fashion)\b",
)

VAGUE = (
    r"^(?:can|could|would|will) (?:you|someone|anyone) (?:please )?(?:help|advise|assist)(?: (?:me|us))?(?: (?:with|on|about) (?:something|this|that|it|a thing|a question|a problem|stuff|things|a few things))?[ .!?]*$",
    r"^(?:is|are|was) (?:it|this|that|they|ours?) (?:any good|good|ok|okay|right|normal|enough|worth it|bad|fine|safe|a problem)[ .!?]*$",
    r"^(?:(?:i|we) (?:need|want|have|could use|'ve got) )?(?:some |a |any )?(?:help|advice|guidance|support|ideas?|input|tips?|thoughts?|questions?|a question|problems?|an? (?:it )?(?:problem|issue|question))(?: (?:please|with (?:it|this|that|something|stuff|things|our it|computers|technology|tech|our systems|our data|everything|our stuff)|about (?:it|this|that|something|our it)|here|needed))*[ .!?]*$",
    r"^(?:(?:our|the|my) )?(?:it|systems?|tech|technology|data|information|files|computers|software|stuff|everything|things?|it (?:stuff|department|team|set-?up|systems?)|setup|documents)(?:'s| is| are)? (?:\w+ ){0,3}?(?:an? )?(?:mess|messy|rubbish|terrible|bad|awful|chaos|chaotic|nightmare|broken|a disaster|disaster|problem|a problem|shambles|all over the place|not (?:good|great|working)|old|out of date|slow|hopeless|crap|dire|poor|a worry|hard|complicated|confusing|expensive)(?: (?:here|at the moment|right now|help|these days|please))*[ .!?]*$",
    r"^(?:(?:how|what|where) (?:do|can|should|could|would) (?:we|i) (?:\w+ )?)?(?:improve|fix|sort(?: out)?|modernise|modernize|change|do|start|begin|get better|do better|get started|transform|digitali[sz]e)(?: (?:it|our it|everything|things|this|stuff|systems?|our systems?|our technology|the it|our data|tech|better|at it|with it|first|next|now|about it|here|the company|the business|our business))*[ .!?]*$",
    r"^(?:what (?:do you think|now|next|should (?:we|i) do|about it|else)|any (?:thoughts|ideas|advice|suggestions|tips)|thoughts|ideas|advise|advice|and\?*|so\?*|well\?*|huh|what|hmm+|eh|really|go on|tell me more|more|continue|it depends|not sure|dunno|i don'?t know|maybe|everything|anything|something|stuff|yes|yes please|no|sure|yep|yeah|the usual|same|that one|this|is (?:this|it|that) (?:ok|okay|normal|right|good|bad)|are we (?:ok|okay|good|safe|doing (?:ok|well|it right))|is (?:our|my) it (?:ok|okay|good|any good|normal|fine))[ .!?]*$",
    r"^(?:(?:we|i) )?(?:need|want|have|would like|'d like|must|should)(?: to)? (?:sort out (?:our|the) )?(?:\w+ )?(?:do|improve|fix|sort|get|be|a|some|have|modernise|digitali[sz]e)? ?(?:an? |our |the |some |more |better |new )*(?:it|better it|system|systems|digital|technology|tech|software|strategy|change|improvement|solution|transformation|something|digital transformation|more efficient|efficient|organi[sz]ed|secure|safe|modern)[ .!?]*$",
)

# Subjects the methodology leaves out on purpose; near enough to our field to be found by mistake.
EXCLUDED = (
    r"\b(?:cabling|cat ?[5-8]a?\b|wireless (?:coverage|survey)|access points?(?= per|\b.*\bfloor)|wi-?fi|server room|comms room|air conditioning|ups\b|telephony|phone systems?|pbx|voip|contact cent(?:re|er)|call cent(?:re|er)|projectors?|sound system|meeting[- ]room (?:screens?|kit|technology)|cctv|cameras?|door access|access control system|video ?wall)\b",
    r"\b(?:plcs?|scada|industrial control|operational technology|iot|smart (?:meters?|sensors?)|sensors?|medical devices?|laboratory (?:devices?|equipment)|cad\b|bim\b|gis\b|drones?|blockchain|quantum|metaverse|virtual reality|augmented reality|3d print\w*)\b",
    r"\b(?:search (?:engine|results|ranking)|seo\b|google ranking|rank(?:ing)? (?:higher|on)|marketing automation|social media|newsletter|brand(?:ing)?|app store|mailchimp|landing page|web ?site (?:design|traffic|redesign|accessibility)|conversion rate|e-?commerce conversion)\b",
    r"\b(?:pci(?:[ -]dss)?|card payments?|export control|sarbanes|sox (?:scope|compliance)|securities law|solvency|hipaa|fda)\b|\b(?:insurance (?:cover|premium|polic(?:y|ies)|claims?|quote|broker)|cyber insurance|insured)\b",
    r"\b(?:salary|salaries|pay scale|day rates?|hourly rate|wages?|what (?:should|do) (?:we|i) pay an?)\b(?!.*\b(?:record|file|virtual cio)s?\b)|\b(?:grants?|funding application|subsid(?:y|ies))\b|\b(?:carbon|co2|emissions?|esg report\w*|sustainability report\w*|net zero)\b",
    r"\b(?:formula|macro|vlookup|pivot table|powershell|bash|sql|python|javascript|regex|api call|write (?:me )?(?:a |some )?(?:code|script|query|function)|debug\w*|compile|stack trace|cron job|dns record|dmarc|dkim|spf record|mx record|group policy|admin (?:centre|center|console)|registry key|join (?:two )?tables)\b",
    r"\b(?:open[- ]source licen[cs]\w*|gpl|patents?|trade ?marks?)\b|\b(?:train|fine-?tune|build) (?:our|an?|my) (?:own )?(?:machine[- ]learning|ml|neural|language|deep learning) ?(?:model|network)?\b",
)
