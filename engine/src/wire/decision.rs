//! `onrecord.decision/1`: the decision as JSON, field by field, in the order in which it is written.

use serde::Serialize;

use super::form::{Level, LocationForm, Said};
use super::record::{DayText, InstantText, LanguageText, Named, RegionText, Text, words};
use super::shape::{ActForm, FactForm};

/// Declares a part of the decision: an object. `field: T` is always there, `field?: T` where it applies.
macro_rules! part {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident $($maybe:literal)?: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name<'a> {
            $($(#[$field_meta])* $(#[serde(skip_serializing_if = $maybe)])? pub $field: $type,)+
        }
    };
}

words! {
    /// The form and its version.
    DecisionSchema {
        /// The first.
        V1 "onrecord.decision/1",
    }
}

part! {
    /// What the engine says of one call.
    DecisionForm {
        /// The form and its version.
        schema: DecisionSchema,
        /// The call's own identifier, as given.
        id "Option::is_none": Option<Text<'a>>,
        /// The instant at which was judged (UTC).
        decided_at: InstantText<'a>,
        /// The policy that decided.
        policy: PolicyForm<'a>,
        /// The call that was decided on.
        context: DigestForm<'a>,
        /// Who is on the call, in the order of the context.
        parties: Vec<PartyRefForm<'a>>,
        /// The acts asked about, by name (as the language writes it, when more is said than a name).
        acts: Named<'a, ActDecisionForm<'a>>,
        /// The uses asked about, by purpose.
        uses: Named<'a, ActDecisionForm<'a>>,
        /// What can still be done. Ways and formulas refer to these by their keys.
        actions: Named<'a, ActionForm<'a>>,
        /// The notices to give for the outcome, with their words.
        disclosures: Vec<DisclosureForm<'a>>,
        /// What to do; absent when no act was asked about.
        outcome "Option::is_none": Option<OutcomeForm<'a>>,
        /// Duties beside the acts.
        duties: Vec<DutyForm<'a>>,
        /// Until when things must and may be kept.
        retention: Vec<RetentionForm<'a>>,
        /// Exceptions by which a duty or a period does not bind.
        waived: Vec<ExceptionForm<'a>>,
        /// Places that nobody reviewed, for the acts asked about.
        uncovered: Vec<UncoveredForm<'a>>,
        /// The facts that reasons and needs name, with what is known of them.
        facts: Named<'a, KnownForm<'a>>,
        /// Facts that the bundle presumes.
        presumed: Named<'a, FactForm<'a>>,
        /// Judgments that the bundle's standing answers answered.
        answered: Vec<AnsweredForm<'a>>,
        /// Adopted readings of the sources that spoke.
        readings: Vec<ReadingForm<'a>>,
        /// Signed risk acceptances that a rule of this decision touches. They change nothing.
        risks: Vec<RiskForm<'a>>,
        /// The sources that reasons name.
        sources: Named<'a, SourceForm<'a>>,
        /// What each person said about recording and use: the consent record.
        consents: Vec<ConsentForm<'a>>,
        /// What each person was told, and in which words.
        notices_given: Vec<GivenForm<'a>>,
    }
}

part! {
    /// The policy that decided; with the context's digest, enough to decide again and get the same.
    PolicyForm {
        /// `sha256:…` of every file of the policy.
        digest: Text<'a>,
        /// The bundle.
        bundle "Option::is_none": Option<Text<'a>>,
        /// Readings adopted beside the bundle's.
        adopted: Vec<Text<'a>>,
        /// Proposed rules taken as enacted.
        assumed: Vec<Text<'a>>,
    }
}

part! {
    /// A digest.
    DigestForm {
        /// `sha256:…` of the call in its canonical form.
        digest: Text<'a>,
    }
}

part! {
    /// Somebody, or a machine, on the call.
    PartyRefForm {
        /// As given.
        id: Text<'a>,
        /// The role.
        role: Text<'a>,
    }
}

words! {
    /// Verdicts, the strictest last.
    VerdictForm {
        /// Lawful as things stand.
        Cleared "cleared",
        /// Lawful once one of its ways is done.
        Conditional "conditional",
        /// No way can take effect by now.
        NotNow "not-now",
        /// No way.
        Prohibited "prohibited",
    }
}

part! {
    /// The decision on one act.
    ActDecisionForm {
        /// The one field to branch on: lawful as things stand, and nothing that is unknown could change it.
        cleared: bool,
        /// The verdict: of the stretch under way if the act is running, else of one that begins now. Where facts are missing, the
        /// strictest that is possible.
        verdict: VerdictForm,
        /// Facts are missing that could change the decision.
        undetermined: bool,
        /// With `not-now`: the earliest instant at which a way takes effect; absent when something must be arranged first.
        earliest "Option::is_none": Option<InstantText<'a>>,
        /// Leaving the act undone is prohibited.
        required: bool,
        /// The law itself requires it (else a standard, a contract or the house does).
        required_by_law: bool,
        /// The law itself prohibits it.
        prohibited_by_law: bool,
        /// Neither doing it nor leaving it undone has an open way.
        impasse: bool,
        /// Whether it runs at the judged instant.
        running: bool,
        /// The ways: sets of actions after any of which it is lawful, the best first.
        ways: Vec<Vec<ActionRef>>,
        /// Whether these are all the ways.
        ways_complete: bool,
        /// The verdict as a function of the actions; always whole.
        formula: FormulaForm,
        /// If it is running: what a stretch that begins now would come to.
        resuming "Option::is_none": Option<ResumingForm>,
        /// Per person on the line.
        by_person: Named<'a, PersonForm>,
        /// The stretches so far, for an act that ran.
        stretches: Vec<StretchForm<'a>>,
        /// The rules that spoke.
        because: Vec<ReasonForm<'a>>,
        /// What one would need to know.
        needs: NeedsForm<'a>,
        /// Open questions of law that mattered.
        contested: Vec<Text<'a>>,
        /// Exceptions without which the act would not be lawful as things stand.
        relied_on: Vec<ExceptionForm<'a>>,
    }
}

/// A stretch that begins now.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ResumingForm {
    /// Its verdict.
    pub verdict: VerdictForm,
    /// Its ways.
    pub ways: Vec<Vec<ActionRef>>,
    /// Whether these are all.
    pub ways_complete: bool,
    /// Its verdict as a function of the actions.
    pub formula: FormulaForm,
}

/// What concerns one person.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonForm {
    /// The verdict.
    pub verdict: VerdictForm,
    /// The ways.
    pub ways: Vec<Vec<ActionRef>>,
    /// Whether these are all.
    pub ways_complete: bool,
}

/// The key of an action: `a1`, `a2`, …
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActionRef(pub usize);

impl std::fmt::Display for ActionRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a{}", self.0 + 1)
    }
}

impl Serialize for ActionRef {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ActionRef {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ActionRef".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^a[1-9][0-9]*$" })
    }
}

/// A monotone Boolean function over actions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum FormulaForm {
    /// Always, or never.
    Constant(bool),
    /// Once this action is done.
    Action(ActionRef),
    /// All of these.
    All {
        /// Which.
        all: Vec<FormulaForm>,
    },
    /// One of these.
    Any {
        /// Which.
        any: Vec<FormulaForm>,
    },
}

part! {
    /// A part of the call in which nothing changed.
    StretchForm {
        /// From.
        from: InstantText<'a>,
        /// Until; still going when absent.
        until "Option::is_none": Option<InstantText<'a>>,
        /// The verdict.
        verdict: VerdictForm,
    }
}

part! {
    /// A clause that spoke.
    ReasonForm {
        /// The rule.
        rule: Text<'a>,
        /// Its title.
        title: Text<'a>,
        /// Its source, a key of `sources`.
        source: Text<'a>,
        /// The clause's label, if it has one.
        clause "Option::is_none": Option<Text<'a>>,
        /// The exception whose price this clause is (a `then` clause).
        price_of "Option::is_none": Option<Text<'a>>,
        /// The provisions cited.
        cites: Vec<Text<'a>>,
        /// The file of the clause.
        file: Text<'a>,
        /// Its line, counted from 1.
        line: usize,
        /// What the clause comes to.
        verdict: VerdictForm,
        /// Whether facts that it reads are missing.
        undetermined: bool,
        /// The exceptions that added a way.
        exceptions: Vec<ExceptionForm<'a>>,
        /// The facts that it read, keys of `facts` where something is known or could be.
        facts: Vec<Text<'a>>,
    }
}

part! {
    /// An exception.
    ExceptionForm {
        /// Its name.
        exception: Text<'a>,
        /// Its title.
        title: Text<'a>,
        /// The provisions cited.
        cites: Vec<Text<'a>>,
        /// Its file.
        file: Text<'a>,
        /// Its line, counted from 1.
        line: usize,
    }
}

part! {
    /// What one would need to know.
    NeedsForm {
        /// The facts.
        facts: Vec<Text<'a>>,
        /// Whether each of them matters (else some may not).
        exact: bool,
    }
}

words! {
    /// How an action is done.
    ActionKindForm {
        /// Do it.
        Do "do",
        /// Ask somebody.
        Ask "ask",
        /// Keep it up (a tone).
        KeepUp "keep-up",
        /// It is done; wait until it takes effect.
        Wait "wait",
        /// Arrange it.
        Arrange "arrange",
    }
}

words! {
    /// What an action is.
    ActionTypeForm {
        /// Telling somebody something.
        Notice "notice",
        /// Obtaining somebody's consent.
        Consent "consent",
        /// Putting a safeguard in place.
        Safeguard "safeguard",
    }
}

words! {
    /// Where an action can be done from.
    LeadForm {
        /// In the call.
        InCall "in-call",
        /// Before the call only.
        BeforeCall "before-call",
        /// By the organisation.
        Organisation "organisation",
    }
}

part! {
    /// Something that can still be done.
    ActionForm {
        /// What it is.
        r#type: ActionTypeForm,
        /// How it is done.
        kind: ActionKindForm,
        /// To whom: a party.
        to "Option::is_none": Option<Text<'a>>,
        /// A notice: what is to be told.
        elements "Vec::is_empty": Vec<Text<'a>>,
        /// A notice: by what means, where the law says.
        means "Option::is_none": Option<Text<'a>>,
        /// A notice: in a language that the person understands.
        their_language "Option::is_none": Option<bool>,
        /// A consent: at least this level.
        level "Option::is_none": Option<Level>,
        /// A consent: to what.
        consent_to "Option::is_none": Option<ActForm<'a>>,
        /// A consent: in what manner, where the law says.
        manner "Option::is_none": Option<Text<'a>>,
        /// A consent: on which form, where the law says.
        form "Option::is_none": Option<Text<'a>>,
        /// A consent: not bundled with another.
        separately "Option::is_none": Option<bool>,
        /// On the recording.
        on_recording "Option::is_none": Option<bool>,
        /// A safeguard.
        safeguard "Option::is_none": Option<Text<'a>>,
        /// The act before which it must be done.
        before "Option::is_none": Option<Text<'a>>,
        /// Where it can be done from.
        lead: LeadForm,
        /// It takes effect at this instant; at once when absent.
        effective_at "Option::is_none": Option<InstantText<'a>>,
        /// The notice or form that does it.
        notice "Option::is_none": Option<Text<'a>>,
        /// The language of its words.
        language "Option::is_none": Option<LanguageText<'a>>,
        /// Its words.
        text "Option::is_none": Option<Text<'a>>,
    }
}

part! {
    /// A notice to give.
    DisclosureForm {
        /// To whom.
        to: Vec<Text<'a>>,
        /// What it must state.
        elements: Vec<Text<'a>>,
        /// The notice; absent when none states these elements in a language that is understood.
        notice "Option::is_none": Option<Text<'a>>,
        /// The language of its words.
        language "Option::is_none": Option<LanguageText<'a>>,
        /// Its words.
        text "Option::is_none": Option<Text<'a>>,
        /// The actions that it does.
        actions: Vec<ActionRef>,
    }
}

words! {
    /// What to do.
    OutcomeWhatForm {
        /// Do the act, after what stands in `after`.
        Do "do",
        /// Go on without the act.
        Without "without",
        /// The act is required and prohibited: what the bundle says stands in `answer`.
        Impasse "impasse",
    }
}

words! {
    /// What the bundle says on an impasse.
    AnswerForm {
        /// Decline the call.
        DeclineCall "decline-call",
        /// Go on without the act.
        ContinueWithout "continue-without",
        /// Ask a person.
        AskAPerson "ask-a-person",
    }
}

part! {
    /// What to do.
    OutcomeForm {
        /// What.
        what: OutcomeWhatForm,
        /// The act: the one asked about first, or a preferred alternative.
        act: Text<'a>,
        /// On an impasse: what the bundle says.
        answer "Option::is_none": Option<AnswerForm>,
        /// Whom to capture.
        record: Vec<Text<'a>>,
        /// What to do first: the best way.
        after: Vec<ActionRef>,
        /// Stretches so far in which the capture was not lawful.
        pause: Vec<StretchForm<'a>>,
    }
}

words! {
    /// The state of a duty.
    DutyStateForm {
        /// It is due.
        Due "due",
        /// It was met.
        Met "met",
        /// It was not met in time.
        Breached "breached",
        /// Its clock stands still.
        Paused "paused",
        /// Its event has not happened.
        NotDue "not-due",
    }
}

part! {
    /// A duty.
    DutyForm {
        /// The rule.
        rule: Text<'a>,
        /// Its title.
        title: Text<'a>,
        /// The clause's label, if it has one.
        clause "Option::is_none": Option<Text<'a>>,
        /// Its source, a key of `sources`.
        source: Text<'a>,
        /// The provisions cited.
        cites: Vec<Text<'a>>,
        /// The file of the clause.
        file: Text<'a>,
        /// Its line, counted from 1.
        line: usize,
        /// Its state.
        state: DutyStateForm,
        /// When it is due.
        due "Option::is_none": Option<EndForm<'a>>,
        /// Facts are missing: it may not bind.
        undetermined: bool,
    }
}

/// An end: one of the four.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EndForm<'a> {
    /// The last day, in the civil time of the source.
    Day(DayText<'a>),
    /// An instant (UTC).
    Instant(InstantText<'a>),
    /// Not yet a date: “3 years from last-interaction”.
    Pending(Text<'a>),
    /// As long as a legal hold stands; always `true`.
    Hold(bool),
}

/// What is kept: one of the three shapes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ThingForm<'a> {
    /// An artefact, a category wherever it occurs, or a category inside an artefact.
    One(OneThingForm<'a>),
    /// One of these artefacts is enough.
    AnyOf {
        /// Which.
        any_of: Vec<Text<'a>>,
    },
}

part! {
    /// An artefact, a category, or a category inside an artefact.
    OneThingForm {
        /// The artefact.
        artefact "Option::is_none": Option<Text<'a>>,
        /// The category.
        category "Option::is_none": Option<Text<'a>>,
    }
}

words! {
    /// What to do with a thing now.
    KeepNowForm {
        /// Keep it.
        Keep "keep",
        /// Neither use it nor erase it.
        Restrict "restrict",
        /// Erase it.
        Erase "erase",
    }
}

part! {
    /// Until when a thing must and may be kept.
    RetentionForm {
        /// What.
        thing: ThingForm<'a>,
        /// For which purpose; absent: the thing as such.
        purpose "Option::is_none": Option<Text<'a>>,
        /// It must be kept until.
        keep_until "Option::is_none": Option<EndForm<'a>>,
        /// It may be kept (with a purpose: used for it) until.
        erase_by "Option::is_none": Option<EndForm<'a>>,
        /// What to do with it now. Where facts are missing, never `erase`.
        now: KeepNowForm,
        /// Facts are missing.
        undetermined: bool,
        /// What one would need to know.
        needs: Vec<Text<'a>>,
        /// The rules that set these ends.
        because: Vec<ReasonForm<'a>>,
    }
}

words! {
    /// Whose place is uncovered.
    PlaceOfForm {
        /// A party's.
        Party "party",
        /// The recorder's.
        Recorder "recorder",
        /// The company's.
        Company "company",
    }
}

part! {
    /// A place that nobody reviewed.
    UncoveredForm {
        /// The place; absent when it is not known.
        region "Option::is_none": Option<RegionText<'a>>,
        /// Whose.
        of: PlaceOfForm,
        /// The party.
        party "Option::is_none": Option<Text<'a>>,
    }
}

words! {
    /// How a fact is known.
    HowForm {
        /// The call states it.
        Given "given",
        /// The bundle states it.
        Bundle "bundle",
        /// The bundle presumes it.
        Presumed "presumed",
        /// The bundle's standing answer.
        Answered "answered",
        /// It was asked and is not known.
        AskedUnknown "asked-unknown",
        /// It was not asked.
        NotAsked "not-asked",
    }
}

part! {
    /// What is known of a fact.
    KnownForm {
        /// What is known; `null` when nothing is.
        value: FactForm<'a>,
        /// How.
        known: HowForm,
        /// For a place: the claims on which it rests.
        claims "Vec::is_empty": Vec<LocationForm<'a>>,
    }
}

part! {
    /// A standing answer.
    AnsweredForm {
        /// The judgment.
        judgment: Text<'a>,
        /// The answer.
        answer: bool,
        /// Its authority.
        cite: Text<'a>,
        /// The last day on which it stands.
        until: DayText<'a>,
    }
}

part! {
    /// An adopted reading.
    ReadingForm {
        /// The reading.
        reading: Text<'a>,
        /// The question that it answers.
        question: Text<'a>,
        /// What it holds.
        label: Text<'a>,
        /// Its authorities.
        cites: Vec<Text<'a>>,
    }
}

part! {
    /// A signed risk acceptance.
    RiskForm {
        /// The rule.
        rule: Text<'a>,
        /// Who signed.
        signed: Text<'a>,
        /// The last day on which it stands.
        until: DayText<'a>,
        /// Why.
        because: Text<'a>,
    }
}

part! {
    /// A source.
    SourceForm {
        /// Its title.
        title: Text<'a>,
        /// `legislation`, `regulation`, `case-law`, `guidance`, `contract` or `house`.
        level: Text<'a>,
        /// `civil`, `criminal`, `administrative`, `contractual`.
        kinds: Vec<Text<'a>>,
        /// Its citations.
        cites: Vec<Text<'a>>,
        /// When somebody last read it.
        checked "Option::is_none": Option<DayText<'a>>,
        /// When it is to be read again.
        recheck_by "Option::is_none": Option<DayText<'a>>,
        /// How sure the encoding is: `high`, `medium`, `low`.
        confidence "Option::is_none": Option<Text<'a>>,
    }
}

words! {
    /// Where a statement stands at the judged instant (DPV 2.3 consent states).
    ConsentStateForm {
        /// Consent is given and stands (`dpv:ConsentGiven`).
        Given "given",
        /// It was refused (`dpv:ConsentRefused`).
        Refused "refused",
        /// It was taken back (`dpv:ConsentWithdrawn`).
        Withdrawn "withdrawn",
        /// The person objected.
        Objected "objected",
        /// It is no longer valid (`dpv:ConsentExpired`).
        Expired "expired",
        /// A later statement on the same term stands instead.
        Superseded "superseded",
    }
}

part! {
    /// What one person said about one term: who, what, when, how, under which notice text, under which policy. Whole by itself, so
    /// that it can be stored with the recording (the information of ISO/IEC TS 27560).
    ConsentForm {
        /// The call's own identifier.
        call "Option::is_none": Option<Text<'a>>,
        /// Who.
        party: Text<'a>,
        /// In which role.
        role: Text<'a>,
        /// What was said.
        said: Said,
        /// To what.
        to: ActForm<'a>,
        /// When (UTC).
        at: InstantText<'a>,
        /// Where it stands at the judged instant.
        state: ConsentStateForm,
        /// A consent: its level.
        level "Option::is_none": Option<Level>,
        /// How it was given.
        manner "Option::is_none": Option<Text<'a>>,
        /// The form that was agreed to.
        form "Option::is_none": Option<Text<'a>>,
        /// Its words, in the person's language.
        form_text "Option::is_none": Option<Text<'a>>,
        /// Not bundled with another consent.
        separately "Option::is_none": Option<bool>,
        /// Whether the statement is on the recording.
        on_recording: bool,
        /// For this call only.
        lasting_the_call "Option::is_none": Option<bool>,
        /// Not valid after this instant.
        expires "Option::is_none": Option<InstantText<'a>>,
        /// The notices that the person had been given by then.
        under: Vec<GivenForm<'a>>,
        /// The digest of the policy under which it was judged.
        policy: Text<'a>,
    }
}

part! {
    /// Something a person was told.
    GivenForm {
        /// Who was told.
        party: Text<'a>,
        /// The notice.
        notice "Option::is_none": Option<Text<'a>>,
        /// What was said.
        elements: Vec<Text<'a>>,
        /// From (UTC).
        from: InstantText<'a>,
        /// Until; still going when absent.
        to "Option::is_none": Option<InstantText<'a>>,
        /// By what means.
        means "Option::is_none": Option<Text<'a>>,
        /// In which language.
        language "Option::is_none": Option<LanguageText<'a>>,
        /// The words of the notice in that language.
        text "Option::is_none": Option<Text<'a>>,
        /// Whether the telling is on the recording.
        on_recording: bool,
    }
}
