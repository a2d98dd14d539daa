"""What a municipality's file may say: the one definition, from which validation and `kit schema` come.

What the single values look like stands in values.py.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    RootModel,
    model_validator,
)
from pydantic_core import CoreSchema

from kit_builder.problems import AcceptableRule
from kit_builder.sentences import say
from kit_builder.values import (
    Count,
    Date,
    Email,
    Flag,
    Identifier,
    Language,
    Line,
    Logo,
    Participants,
    Phone,
    Revision,
    Time,
    WebAddress,
    at_most,
    refuse,
    to_language,
    to_text,
)

EVERY_LANGUAGE = "*"
"""Key of a text that is the same in all languages, such as a street address."""

LONGEST_TEXT = 600
"""Letters of a text for readers."""

Area = Literal["participation", "attitudes", "safety", "interaction"]
Status = Literal["planned", "under-way", "done"]


def _text_language(value: Any) -> str:
    return EVERY_LANGUAGE if value == EVERY_LANGUAGE else to_language(value)


class LocalText(
    RootModel[
        dict[
            Annotated[str, BeforeValidator(_text_language)],
            Annotated[str, BeforeValidator(to_text), at_most(LONGEST_TEXT)],
        ]
    ]
):
    """A text in one or several languages: `{fi: …, sv: …}`, or one text that is the same in every language."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _one_text(cls, value: Any) -> Any:
        if isinstance(value, dict):
            if not value:
                raise refuse("schema.empty", say("schema.no-language"))
            if EVERY_LANGUAGE in value:
                raise refuse(
                    "schema.language", "A text for all languages is written without a language before it."
                )
            return value
        return {EVERY_LANGUAGE: to_text(value)}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "kind": "texts",
            "maxLength": LONGEST_TEXT,
            "description": "One text for all languages, or a text for each language by its code",
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "propertyNames": {"pattern": "^[a-z]{2,3}$"},
                    "additionalProperties": {"type": "string", "maxLength": LONGEST_TEXT},
                },
            ],
        }

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.root.items())))

    def languages(self) -> list[str]:
        """The codes of the languages in which the text is given, in file order."""
        return list(self.root)

    def find(self, *preferred: str) -> tuple[str, str | None]:
        """The text in the first preferred language that it has (or in whichever it has), and that language's code.

        The code is None for a text that is the same in every language."""
        if EVERY_LANGUAGE in self.root:
            return self.root[EVERY_LANGUAGE], None
        for language in preferred:
            if language in self.root:
                return self.root[language], language
        language, text = next(iter(self.root.items()))
        return text, language


class Part(BaseModel):
    """Base of all parts of the file: fixed after reading, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Contact(Part):
    """Whom residents and participants may ask."""

    name: Annotated[Line | None, Field(description="Name of the contact person")] = None
    title: Annotated[LocalText | None, Field(description="What the person does")] = None
    email: Annotated[Email | None, Field(description="E-mail address")] = None
    phone: Annotated[Phone | None, Field(description="Phone number", examples=["+358 9 123 4567"])] = None
    publish: Annotated[
        Flag, Field(description="The person agrees that these details are printed and published")
    ] = False


class Municipality(Part):
    """The municipality itself."""

    id: Annotated[
        Identifier,
        Field(description="Short id, used in addresses and as the file's name", examples=["mallila"]),
    ]
    code: Annotated[
        Line | None,
        Field(
            description="Three-digit code of Statistics Finland; a made-up municipality has none",
            examples=["091"],
        ),
    ] = None
    name: Annotated[LocalText, Field(description="Name in each official language")]
    in_name: Annotated[
        LocalText | None,
        Field(
            description="The name in the form that says where, for languages that inflect names",
            examples=["Mallilassa"],
        ),
    ] = None
    official_languages: Annotated[
        tuple[Language, ...],
        Field(description="Official languages, the majority's first", min_length=1, max_length=2),
    ]
    contact: Annotated[Contact | None, Field(description="Contact person for the kit")] = None
    logo: Annotated[
        Logo | None, Field(description="Picture in the folder logos/", examples=["logos/mallila.png"])
    ] = None


class Organisation(Part):
    """An organisation that holds discussion meetings."""

    model_config = ConfigDict(title="Organisation")

    id: Annotated[Identifier, Field(description="Short id to which meetings refer", examples=["network"])]
    name: Annotated[LocalText, Field(description="Name of the organisation")]
    contact: Annotated[Contact | None, Field(description="Contact person of the organisation")] = None


class Place(Part):
    """Where a meeting is held."""

    name: Annotated[LocalText, Field(description="Name of the house or room")]
    address: Annotated[LocalText | None, Field(description="Street address and town")] = None
    access: Annotated[
        LocalText | None, Field(description="How to get in: step-free entrance, bus, which door")
    ] = None


MeetingRevision = Annotated[
    Revision,
    Field(
        description="How often the meeting has been changed since its calendar file was published, 0 at first; "
        "one higher lets calendars take a change that they would leave, such as an earlier time"
    ),
]


class DiscussionMeeting(Part):
    """One discussion meeting, in one language, with one group of residents (seed, Part I §4)."""

    model_config = ConfigDict(title="Discussion meeting")

    id: Annotated[Identifier, Field(description="Short id", examples=["arabic-1"])]
    language: Annotated[Language, Field(description="Language of the meeting", examples=["ar"])]
    group: Annotated[
        LocalText,
        Field(description="The group as it is named on cards and in results", examples=["arabiankieliset"]),
    ]
    date: Annotated[Date | None, Field(description="Day of the meeting")] = None
    doors: Annotated[Time | None, Field(description="When the doors open and refreshments are served")] = None
    start: Annotated[Time | None, Field(description="When the programme starts")] = None
    end: Annotated[
        Time | None, Field(description="When the room must be empty; the programme must fit before it")
    ] = None
    place: Annotated[Place | None, Field(description="Where the meeting is held")] = None
    organisations: Annotated[
        tuple[Identifier, ...],
        Field(
            description="Organisations that hold the meeting",
            json_schema_extra={"refersTo": "organisations"},
            max_length=10,
        ),
    ] = ()
    participants: Annotated[Participants | None, Field(description="How many residents are expected")] = None
    leaders: Annotated[Count | None, Field(description="How many discussion leaders")] = None
    secretaries: Annotated[Count | None, Field(description="How many secretaries")] = None
    invited_on: Annotated[
        Count | None,
        Field(
            description="How many residents are invited on to the decision-makers' meeting: 3–6 (2 is accepted)"
        ),
    ] = None
    childcare: Annotated[Flag | None, Field(description="Childcare is arranged")] = None
    refreshments: Annotated[
        LocalText | None, Field(description="What is served", examples=["Kahvia, teetä ja voileipiä"])
    ] = None
    register_url: Annotated[WebAddress | None, Field(description="Where to sign up, if one must")] = None
    register_by: Annotated[Date | None, Field(description="Last day to sign up")] = None
    venue_cost: Annotated[Count | None, Field(description="Rent of the room, in euros")] = None
    revision: MeetingRevision = 0


MeetingId = Annotated[
    Identifier,
    Field(
        description="The discussion meeting it comes from",
        json_schema_extra={"refersTo": "discussion_meetings"},
    ),
]


class Accepted(Part):
    """A false alarm of the anonymity check, accepted for the part of the file where it stands."""

    model_config = ConfigDict(title="False alarm")

    rule: Annotated[AcceptableRule, Field(description="The rule that is wrong here")]
    reason: Annotated[Line, Field(description="Why nobody can be recognised; it stays here for reviewers")]


Accept = Annotated[
    tuple[Accepted, ...],
    Field(description="False alarms of the anonymity check, each with its reason", max_length=10),
]


class Finding(Part):
    """A result of a discussion meeting, written so that nobody can be recognised (seed, Part I §5)."""

    model_config = ConfigDict(title="Finding")

    area: Annotated[Area, Field(description="Area to which the finding belongs")]
    meeting: MeetingId
    card: Annotated[Flag, Field(description="It becomes an experience card")] = False
    text: Annotated[LocalText, Field(description="The finding in each official language")]
    accept: Accept = ()


class Proposal(Part):
    """What residents proposed; handed out to the small groups in step 5 (seed, Part II §3.5)."""

    model_config = ConfigDict(title="Proposal")

    area: Annotated[Area | None, Field(description="Area to which the proposal belongs, if one")] = None
    meeting: MeetingId
    text: Annotated[LocalText, Field(description="The proposal in each official language")]
    accept: Accept = ()


class DecisionMeeting(Part):
    """The decision-makers' meeting (seed, Part II)."""

    date: Annotated[Date | None, Field(description="Day of the meeting")] = None
    start: Annotated[Time | None, Field(description="When it starts")] = None
    end: Annotated[
        Time | None, Field(description="When it must be over; the programme must fit before it")
    ] = None
    place: Annotated[Place | None, Field(description="Where it is held")] = None
    participants: Annotated[
        Participants | None, Field(description="How many people take part, residents included")
    ] = None
    groups: Annotated[
        dict[Language, Count],
        Field(
            description="How many small groups work in each official language; without it all groups are counted "
            "for the first one"
        ),
    ] = {}
    facilitators: Annotated[Count | None, Field(description="How many facilitators")] = None
    register_url: Annotated[WebAddress | None, Field(description="Where to sign up")] = None
    register_by: Annotated[
        Date | None, Field(description="Last day to sign up and to tell about a special diet")
    ] = None
    interpretation: Annotated[
        tuple[Language, ...],
        Field(description="Languages into which the meeting is interpreted", max_length=20),
    ] = ()
    venue_and_supper_cost: Annotated[
        Count | None, Field(description="Room and supper together, in euros, when known")
    ] = None
    revision: MeetingRevision = 0


class Action(Part):
    """What was decided (seed, Part II §3.5 and Part III)."""

    model_config = ConfigDict(title="Action")

    title: Annotated[LocalText, Field(description="What is done")]
    area: Annotated[Area | None, Field(description="Area that it improves")] = None
    responsible: Annotated[
        LocalText | None, Field(description="Which office or body is responsible (no person's name)")
    ] = None
    due: Annotated[Date | None, Field(description="By when")] = None
    status: Annotated[Status, Field(description="How far it has come")] = "planned"
    effect: Annotated[LocalText | None, Field(description="What has changed, once it is known")] = None
    accept: Accept = ()


class FollowUp(Part):
    """Who follows up, and when the next round is (seed, Part III)."""

    body: Annotated[
        LocalText | None, Field(description="The body, unit or committee that follows up the actions")
    ] = None
    next_round: Annotated[
        Count | None, Field(description="Year of the next round, two or three years after this one")
    ] = None


class Round(Part):
    """One round: discussion meetings, a decision-makers' meeting, actions."""

    model_config = ConfigDict(title="Round")

    id: Annotated[Identifier, Field(description="Short id, usually the year", examples=["2026"])]
    organisations: Annotated[
        tuple[Organisation, ...], Field(description="Organisations that hold the meetings", max_length=60)
    ] = ()
    discussion_meetings: Annotated[
        tuple[DiscussionMeeting, ...], Field(description="The discussion meetings", max_length=60)
    ] = ()
    findings: Annotated[
        tuple[Finding, ...], Field(description="Results of the discussion meetings", max_length=600)
    ] = ()
    rounded_cards: Annotated[
        Flag,
        Field(
            description="A guide for rounding is drawn at each corner of the experience cards, as a corner punch of "
            "3 mm cuts it"
        ),
    ] = False
    proposals: Annotated[tuple[Proposal, ...], Field(description="Residents' proposals", max_length=300)] = ()
    decision_meeting: Annotated[DecisionMeeting | None, Field(description="The decision-makers' meeting")] = (
        None
    )
    actions: Annotated[tuple[Action, ...], Field(description="Actions decided on", max_length=100)] = ()
    follow_up: Annotated[FollowUp | None, Field(description="Follow-up of the actions")] = None

    def meeting(self, meeting_id: str) -> DiscussionMeeting:
        """The discussion meeting with this id; KeyError where there is none."""
        for meeting in self.discussion_meetings:
            if meeting.id == meeting_id:
                return meeting
        raise KeyError(meeting_id)

    def cards(self) -> list[Finding]:
        """The findings that become experience cards, in file order."""
        return [finding for finding in self.findings if finding.card]


def _at_least_one(rounds: tuple[Round, ...]) -> tuple[Round, ...]:
    if not rounds:
        raise refuse("schema.empty", say("schema.no-rounds"))
    return rounds


class MunicipalityFile(Part):
    """A municipality's file: who it is, and its rounds, the oldest first."""

    municipality: Annotated[Municipality, Field(description="The municipality")]
    rounds: Annotated[
        tuple[Round, ...],
        Field(description="Rounds, the oldest first", max_length=20),
        AfterValidator(_at_least_one),
    ]

    @property
    def id(self) -> str:
        return self.municipality.id


def schema_text() -> str:
    """JSON Schema of a municipality's file, for editors."""
    schema = MunicipalityFile.model_json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps({**head, **schema, "title": "Municipality file"}, ensure_ascii=False, indent=2) + "\n"
