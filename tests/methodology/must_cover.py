"""What each article must hold: terms between semicolons; of alternatives with a bar, one has to occur."""

from types import MappingProxyType

LISTS = {
    "cio-role-defined": """
        all the informational requirements; strategic decisions; information, not infrastructure;
        communication, IT and business; service-desk manager; equipment buyer; more than half;
        information governance; portfolio; continuity; suppliers; 40%; 30%; 20%; 10%;
        3 years|three years; 12 weeks; uptime and tickets;
        standards, architecture and information policy; risk appetite; customer data;
        two or three versions; supplier writes; mandate; role profile; 0.5-1 day a month;
        2-4 days a month; deputy; 80%
    """,
    "records-management": """
        ISO 15489-1:2016; evidence; authenticity; reliability; integrity; useability;
        legal or financial duty; challenged; transitory; metadata schema;
        business classification scheme; access and permissions; disposition authorities; function;
        activity; transaction; organisation chart; point of work; audit trail; automatic; export;
        ISO 16175-1:2020; under 7%; off site; sampling; 300 dpi; PDF/A; CSV; TIFF; XML; 3-5 years;
        6-12 months; ISO 30301; 90%; 95%; one working day; 60 days; filing plan
    """,
    "cyber-security-baseline": """
        govern, identify, protect, detect, respond, recover; 22 categories; 106 subcategories;
        tiers 1-4; profile; v8.1; 56 of the 153|56 of 153; 18 controls; Cyber Essentials; five controls;
        April 2026; automatic; Essential Eight; MFA everywhere; endpoint detection; immutable;
        administrator accounts; domain authentication; asset inventory; secure configuration;
        90 days searchable; 12 months in total; response plan; 48 hours; 14 days; 30 days; 95%; 31%;
        43 days; external scan; internal scan; penetration test; 93 controls; 6-12 months; 100 staff;
        24×7|24x7; verify explicitly; least privilege; assume breach; 800-207; 5-12%;
        Implementation Group 1; 130 safeguards; CISO; 98%; 100%
    """,
    "backup-and-disaster-recovery": """
        RTO; RPO; tier 1; 4 h; 1 h; 24 h; 72 h; 5 working days; 3-2-1-1-0; three copies; two media;
        off site; offline or immutable; zero; 30-93 days; independent copy; every month|monthly;
        every quarter|quarterly; every year|yearly; separate credentials; MFA; network isolation;
        30 days of versions; pilot light; 4-24 h; warm standby; 1-4 h; active-active;
        identity and network; runbook; archive; 30-90 days; monthly backups for 12; keys;
        suppliers' promises; twice a year; weekend; 98%; 100%; within 12 months
    """,
    "vendor-selection": """
        8-12 real scenarios; 500-line; 20-25; long list of 6-8; shortlist three; 4-6 weeks; 8-14 weeks;
        4-9 months; functional fit 35; security and integration 20; five-year cost 20;
        implementation and support 15; viability 10; seal; 5-7 scorers; same script; mark separately;
        single sign-on; MFA; certificate; export; residency; WCAG 2.2 AA; exit; 2-6 weeks;
        exit criteria; two or three customers like you; one you find yourself; one that left; below 5%;
        tie; conflict-of-interest; no reseller; one channel; do not recommend; two-page brief;
        three demonstrations; 15-25 pages; market engagement; sealed scoring; 100%; ±10%; 4 out of 5;
        six months; negotiation; public procurement
    """,
    "it-budgeting": """
        from zero|zero-based; trend; three-year|over three years; 5-6 months; people; hardware;
        cloud and hosting; telecoms; external services; 2-7%; sector; 3.1%; 1.5-3%; 4-5%; 7-10%;
        cost per employee; 70/20/10; 65%; 5-10% a year; replacement value divided by; 5% on run; 10-15%;
        accounting policy; capital to operating; must; should; could; consequence; ±5%; quarterly;
        20-40%; rule of thumb; 12 lines; by service; service costing; multi-year; 100% of lines; 5-12%;
        approve
    """,
    "virtual-cio-service": """
        executive-level; when you need it; trusted partner; complements; technology-agnostic;
        outcome-based; fraction of the cost; established methodologies; another pair of hands; interim;
        general consulting assignments; not a help desk; reseller; technician; 0.5-1 day a month;
        2-4 days a month; 4-8 days a month; 5%; 11%; 22%; health check; strategy on a page;
        12-month roadmap; risk register; budget; governance calendar; supplier reviews; board reports;
        seven signs; top table; at night; independence; 8-10 days a month; six months; over 500 staff;
        retainer; call-off; fixed-price; your agreement prevails; 80%; 8/10
    """,
    "extra-pair-of-hands": """
        tied up in operational; sensitive; trusted and professional; absence; second opinion;
        more than five days; within 30 days; independence; 10-15 days; 8-12 days; 6-10 days; 2-3 days;
        2-3 days a week for 3-6 months; 2-4 hours a month; outcome, deadline, constraints; budget range;
        decision-maker; direction and brand; credit stays; no back channel; 10 working days; same day;
        your agreement prevails; 60-90 minutes; working papers; permanent headcount; technician cover;
        talk to a consultant; half days; call-off bench; 95%; 8/10; hours
    """,
}

MUST_COVER = MappingProxyType(
    {slug: tuple(" ".join(group.split()) for group in text.split(";")) for slug, text in LISTS.items()}
)
