"""Requests for people of ours or for work of ours are told from questions about such help."""

import pytest

from bot.answering.hands import WORK, work_wanted
from bot.answering.intents import find_intents
from bot.answering.types import Reason
from bot.answering.wording import fold

HANDS = [
    "I need someone for our board paper by Friday",
    "we need somebody to write the board paper by Friday",
    "Need someone to help us with the ERP migration next week",
    "we need an extra pair of hands for a migration",
    "Could we have an extra pair of hands for the audit in March?",
    "another pair of hands would help, we need someone to run the supplier tender",
    "can you lend us somebody for two weeks",
    "Can we borrow one of your people for a few days to finish our asset register?",
    "I could do with a hand on the budget this week",
    "We could use someone experienced to chair our steering group",
    "is there anyone free to draft our IT strategy?",
    "Do you have someone who could stand in for our head of IT in August?",
    "our records manager is off sick, can someone step in until Christmas?",
    "We're short-staffed for the office move, could you help out?",
    "I'd like to book a consultant for three days in December",
    "we'd need about two days of a consultant's time for the risk register",
    "Could someone from your side join our interview panel next Tuesday?",
    "Can one of you take over our vendor meetings while I'm away?",
    "looking for someone to facilitate our strategy day on 3 December",
    "please send someone to run the disaster recovery test with us",
    "We want someone for our cyber insurance renewal, needed this week",
    "I am looking for somebody who can prepare our data map before the audit",
    "we need interim cover for our CIO from January",
    "Need an interim CIO for four months",
    "I need a hand with the business case, the board meets on Thursday",
    "Could your team help us prepare the tender documents?",
    "can somebody write our continuity plan with us this month",
    "Would one of yours sit in on our supplier negotiation? We need someone to support us there.",
    "wanted: someone to clean up our shared drive",
    "We require a consultant to assess our network contracts by end of month",
    "hi, we need extra hands for the year-end reporting",
    "Is one of your consultants available for two days next week?",
    "I want one of your people for our GDPR project, starting Monday",
    "we need somebody with privacy experience to review all our supplier agreements",
    "Please get us somebody to manage the phone system change",
    "We need hands-on help with the migration",
    "I need somebody to present the roadmap to our trustees on the 14th",
    "could you spare someone for a day to train our service desk",
    "My deputy is on leave, can you lend me somebody to cover the change board?",
    "I'd like someone to coach our new IT manager for a couple of months",
    "We are looking for an expert to lead the data quality work",
    "help from one of your people on our policy set would be great",
    "need a consultant for a maturity assessment asap",
    "I need a pair of hands",
    "Could one of your people help us for two days next week?",
    "We need help with our board paper this week",
]
ASSIGNMENTS = [
    "I would like to commission a data protection audit",
    "Please quote for an assignment: information audit",
    "can you run our records clean-up as a project?",
    "Could your firm take on our ERP selection?",
    "We'd like you to lead the migration to the new finance system",
    "would you carry out a maturity assessment for us?",
    "Can you do this for us as an assignment?",
    "We want to commission you to review our IT contracts",
    "we have an assignment for you: a full licence audit",
    "Could you take on our intranet relaunch as a project?",
    "I want to hand over the whole records clean-up to you, can you run it as a project?",
    "Can your team deliver our disaster recovery plan?",
    "please send us a proposal for running our tender",
    "We would like a proposal for carrying out the data migration",
    "Can you handle the vendor selection for us?",
    "we want your firm to write our information strategy",
    "Could you draft our retention schedule for us by the end of November?",
    "can you manage our office move",
    "I'd like your consultants to design our governance from scratch",
    "We've got a project for your team",
    "Would you run the whole policy refresh for us",
    "we plan to engage you for the integration review",
    "I need you to do our cyber baseline before the insurer visits",
    "Can you take this off our hands?",
]
QUESTIONS = [
    "how do I get someone to write our board paper?",
    "How do I ask for an extra pair of hands?",
    "What is an extra pair of hands?",
    "How quickly can an extra pair of hands start?",
    "What does it cost to have someone write our board paper?",
    "When should we bring in someone for a project?",
    "Do we need someone to own data quality?",
    "We need someone to own our data, who should it be?",
    "Should we hire somebody to manage our records?",
    "we need to hire someone for the service desk, what should the job description say?",
    "Who should run our records clean-up?",
    "How should we run a records clean-up as a project?",
    "Can you run through the backup policy with me?",
    "can you run me through the 3-2-1 rule",
    "Can you explain how to manage our suppliers?",
    "What should a board paper contain?",
    "Is it worth having someone from outside chair our steering group?",
    "What happens if we need someone at short notice?",
    "our auditor says we need someone to sign off changes",
    "We need somebody to be responsible for privacy. Which role is best?",
    "I need someone to reset my password",
    "need someone to look at my laptop",
    "What skills does someone need to run a tender?",
    "How many people do we need for a migration?",
    "Can a small company manage without a CIO?",
    "Do you run projects?",
    "do you take on assignments",
    "Can I write the board paper myself?",
    "Write me a board paper template",
    "Can you draft an acceptable use policy?",
    "can you give me a template for a business case",
    "We need a board paper by Friday, what should be in it?",
    "how can we run our clean-up as a project without extra staff",
    "Should our IT supplier take on the records clean-up?",
    "our vendor offers to send someone for the migration, is that normal?",
    "What is the difference between an assignment and a retainer?",
    "How do we get people to use the new system?",
    "who can approve an extra pair of hands",
    "Can we use volunteers for records work?",
    "we need someone on our own team to learn SQL, where do we start?",
    "What does your firm do?",
    "How do I find somebody to lead a migration?",
    "tell me how assignments work",
    "we need a policy for leavers by Friday",
    "I need help understanding our backup options",
    "The board wants someone to own cyber risk. What role fits?",
    "Is there a template for asking for hands?",
    "last year we needed someone for the audit, how do we avoid that?",
    "Does a project need a sponsor?",
    "we need people to report phishing faster",
    "Explain what an interim CIO does",
    "can you compare a retainer with a full-time post",
]
PEOPLE = [
    "I need someone to talk to",
    "can I speak to someone",
    "please have someone call me",
    "I need someone to call me back",
    "can someone explain this to me over the phone",
    "get me a consultant",
    "is there anyone I can talk to?",
]

# Written after the rules and before they were looked at again.
LATER_REQUESTS = [
    "We need some help from you: someone on site for the server room move on Monday",
    "I need a person for two weeks to finish our retention schedule",
    "Could you provide a project manager for our CRM rollout?",
    "we are looking for a senior consultant to act as our CIO until summer",
    "can you find somebody to do our DPIA before the launch",
    "My team is overloaded. Could one of your people write the options paper for us?",
    "need a pair of hands for the tender evaluation this week",
    "We would like to use one of your consultants for the board away day",
    "please could someone help us prepare for the ISO audit by 12 December?",
    "I'd like to request a consultant to support our budget round",
    "who can you send us to run the steering committee next week?",
    "Would it be possible to have somebody for a few days to sort out our contracts register?",
    "Could we get someone in to facilitate the risk workshop?",
    "we want help writing our AI policy, can one of your team do it?",
    "is it possible to borrow a consultant for the supplier meeting on Thursday",
    "can you take over our supplier review as an assignment",
    "We'd love you to do our maturity check",
    "I want you to run our procurement for the new phone system",
    "please take on our data cleansing as a project",
    "Could you build our IT roadmap for us?",
    "could you lead the tender for the new records system on our behalf?",
    "we need your firm to produce a cyber strategy",
    "can your company manage the whole cloud migration for us",
    "Please quote us for running the policy refresh as a project",
    "Can you do a licence review for us before the renewal",
    "Can we give you the board paper to write? We need it by Wednesday",
    "I need somebody here on Thursday to help with the audit interviews",
    "Our project lead has resigned and we need someone to keep the programme going",
    "Someone to cover maternity leave for our IT manager please",
    "Could you second one of your analysts to us for a month?",
    "I'd like an experienced pair of hands on our data migration",
    "we need a consultant for three days to check our contracts",
]
LATER_QUESTIONS = [
    "How can someone outside help with our board paper?",
    "What would an extra pair of hands do for us?",
    "Is someone from outside better than our own staff for a clean-up?",
    "We need someone to look after backups, is that a full-time job?",
    "Can someone tell me what an asset register is?",
    "Can anyone at our company approve software?",
    "Could you tell me how to run a records clean-up?",
    "Can you help me understand the budget cycle?",
    "could you list the steps of a vendor selection",
    "can you make our policy shorter",
    "What do consultants charge for a project?",
    "How do I hand over a project to a new manager?",
    "Do I need a consultant for a maturity assessment?",
    "who would lead the migration normally",
    "We need better reports for our board by Friday",
    "I need a checklist for our office move",
    "we want to run our records clean-up as a project, where do we start?",
    "Can you do a table of backup frequencies?",
    "Can you give me an example of a project brief",
    "I need to write a board paper by Friday",
    "I need to find someone for the data protection role",
    "we need to appoint someone as records manager",
    "how long does it take to get someone for a board paper",
    "What if someone leaves in the middle of a project?",
    "When do people need someone to chair the change board?",
    "we need a plan for the migration next week",
    "Can one person run both security and IT?",
    "could someone with admin rights read my mail?",
    "someone needs to decide about our backups, who?",
    "can you handle questions about privacy",
    "can you manage suppliers without a contract manager",
    "do you lead by example? what makes a good CIO",
    "I want to use your template for our risk register",
    "is your team available at weekends?",
    "need a policy for someone leaving the company",
]


@pytest.mark.parametrize("text", HANDS)
def test_who_needs_somebody_asks_for_hands(text: str) -> None:
    assert work_wanted(fold(text)) is Reason.HANDS


@pytest.mark.parametrize("text", ASSIGNMENTS)
def test_who_hands_us_work_gives_an_assignment(text: str) -> None:
    assert work_wanted(fold(text)) is Reason.ASSIGNMENT


@pytest.mark.parametrize("text", LATER_REQUESTS)
def test_a_request_is_one_however_it_is_worded(text: str) -> None:
    assert find_intents(text) & WORK


@pytest.mark.parametrize("text", QUESTIONS + LATER_QUESTIONS)
def test_a_question_about_help_is_a_question(text: str) -> None:
    assert not find_intents(text) & WORK


@pytest.mark.parametrize("text", PEOPLE)
def test_who_wants_a_word_asks_for_no_work(text: str) -> None:
    assert not find_intents(text) & WORK
