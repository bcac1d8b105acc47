//! The tree of one file, as written: names unresolved, every part with its span, broken parts kept as spans.
//! A body is a list of lines in the order of the file; a line is one enum per kind of declaration.

#![allow(clippy::large_enum_variant, reason = "a file's tree lives for one check; boxes would cost its readers more")]

use crate::source::Span;

/// A name, a place code or a value, as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// The characters.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A text in quotes, unescaped; texts that follow each other joined by a space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The characters, without quotes and escapes.
    pub value: String,
    /// Where, quotes included.
    pub span: Span,
}

/// A date as written; `value` is `None` when there is no such day in the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    /// The day.
    pub value: Option<chrono::NaiveDate>,
    /// Where.
    pub span: Span,
}

/// An instant, or a time of day that is completed by the scenario's first instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// What was written; `None` when no such instant exists.
    pub value: Option<TimeValue>,
    /// Where.
    pub span: Span,
}

/// The two ways to write a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeValue {
    /// `2026-03-02T10:15:09-08:00`
    Instant(chrono::DateTime<chrono::FixedOffset>),
    /// `10:15:09`
    OfDay(chrono::NaiveTime),
}

/// A date or a time, where both are allowed (`on DATE`, `at INSTANT`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// `on DATE`
    On(Date),
    /// `at TIME`
    At(Time),
}

/// A period: a number and a unit, with the region whose business days are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// How many; `None` when the number is too large to count.
    pub count: Option<u32>,
    /// Of what.
    pub unit: Unit,
    /// `business days in PLACE`
    pub region: Option<Name>,
    /// Where.
    pub span: Span,
}

/// Units of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Calendar days.
    Day,
    /// Business days in a region.
    BusinessDay,
    /// Weeks of seven calendar days.
    Week,
    /// Calendar months.
    Month,
    /// Calendar years.
    Year,
}

impl Unit {
    /// One of it, in words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::BusinessDay => "business day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// A whole file.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// Declarations in the order of the file, broken ones included.
    pub items: Vec<Item>,
}

/// The lines between a declaration's braces.
#[derive(Clone, Debug, PartialEq)]
pub struct Body<L> {
    /// From `{` to `}`, both included (to the end of the declaration when `}` is missing).
    pub span: Span,
    /// The lines that could be read.
    pub lines: Vec<Line<L>>,
    /// The lines that could not.
    pub broken: Vec<Span>,
}

/// One line of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<L> {
    /// All of it.
    pub span: Span,
    /// What it says.
    pub value: L,
}

/// One declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// All of it, from its keyword to its closing brace.
    pub span: Span,
    /// What it declares.
    pub value: ItemKind,
}

/// The kinds of declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    /// `act recording "…" { … }` and every other kind of word.
    Word(Word),
    /// `region EU "…" { … }`
    Region(Region),
    /// `source CIPA "…" { … }`
    Source(SourceDecl),
    /// `covers US-WA for recording from 2026-11-23`
    Coverage(Coverage),
    /// `question WA-reach "…" { … }`
    Question(Question),
    /// `define card-call as …`
    Define(Define),
    /// `rule CIPA-632 "…" under CIPA { … }`
    Rule(Rule),
    /// `except evidence-of-crime to CIPA-631, CIPA-632 { … }` at top level.
    Exception(Exception),
    /// `notice … { … }` and `form … { … }`
    Notice(Notice),
    /// `bundle acme "…" { … }`
    Bundle(Bundle),
    /// `scenario "…" of CIPA { … }`
    Scenario(Scenario),
    /// A declaration whose head could not be read; its name, when one could be guessed.
    Broken(Option<Name>),
}

// ------------------------------------------------------------------------------------------------ vocabulary

/// A word's declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// What kind of word.
    pub kind: WordKind,
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Text,
    /// Its lines.
    pub body: Body<WordLine>,
}

/// The kinds of word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WordKind {
    /// `act`
    Act,
    /// `purpose`
    Purpose,
    /// `category`
    Category,
    /// `role`
    Role,
    /// `fact`
    Fact,
    /// `judgment`
    Judgment,
    /// `element`
    Element,
    /// `safeguard`
    Safeguard,
    /// `means`
    Means,
    /// `manner`
    Manner,
    /// `artefact`
    Artefact,
    /// `event`
    Event,
    /// `phase`
    Phase,
    /// `recipient`
    Recipient,
}

/// A line of a word's body. Closed choices (`group capture`) are kept as the name that was written.
#[derive(Clone, Debug, PartialEq)]
pub enum WordLine {
    /// `means "…"`
    Means(Text),
    /// `dpv "…"`, `dpv parent "…"`
    Dpv {
        /// Whether the term is the parent.
        parent: bool,
        /// The term.
        term: Text,
    },
    /// `under WORD, …`
    Under(Vec<Name>),
    /// `group capture | use | other`
    Group(Name),
    /// `makes ARTEFACT`
    Makes(Name),
    /// `captures ours | theirs`
    Captures(Name),
    /// `side ours | theirs | neither`
    Side(Name),
    /// `human` (true) or `machine`
    Human(bool),
    /// `of call | company | recorder | each party`
    Of(FactOf),
    /// `reads VERB`
    Reads(Verb),
    /// `yes or no`
    YesOrNo,
    /// `one of { … }`
    OneOf(Vec<Value>),
    /// `any of { … }`
    AnyOf(Vec<Value>),
    /// `a place`
    APlace,
    /// `places`
    Places,
    /// `years from N to N`
    Years {
        /// The least.
        from: u32,
        /// The greatest.
        to: u32,
    },
    /// `may be presumed yes | no | VALUE`
    MayBePresumed(Name),
    /// `asks "…"`
    Asks(Text),
    /// `arranged in the call | before the call | by the organisation`
    Arranged(Lead),
    /// `excludes SAFEGUARD, …`
    Excludes(Vec<Name>),
    /// `starts within PERIOD`
    StartsWithin(Period),
}

/// A value that a fact may have, with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The value.
    pub name: Name,
    /// Its label.
    pub label: Option<Text>,
}

/// Whose fact a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactOf {
    /// `of call`
    Call,
    /// `of company`
    Company,
    /// `of recorder`
    Recorder,
    /// `of each party`
    Party,
}

/// Where an action can be taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lead {
    /// `in the call`
    InCall,
    /// `before the call`
    BeforeCall,
    /// `by the organisation`
    Organisation,
}

/// The closed set of verbs that read facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verb {
    /// `is`
    Is,
    /// `uses`
    Uses,
    /// `concerns`
    Concerns,
    /// `has`
    Has,
    /// `speaks`
    Speaks,
    /// `is in`
    IsIn,
    /// `is established in`
    IsEstablishedIn,
    /// `offers services in`
    OffersServicesIn,
    /// `processes data in`
    ProcessesDataIn,
    /// `uses output in`
    UsesOutputIn,
}

// ------------------------------------------------------------------------------------------------ regions, sources

/// `region EU "…" { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Option<Text>,
    /// Its members, in `lines`.
    pub body: Body<Member>,
}

/// A member of a region.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// A place or a region.
    pub place: Name,
    /// First day of membership.
    pub from: Option<Date>,
    /// Last day of membership.
    pub until: Option<Date>,
}

/// `source CIPA "…" { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct SourceDecl {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// Its lines.
    pub body: Body<SourceLine>,
}

/// A line of a source.
#[derive(Clone, Debug, PartialEq)]
pub enum SourceLine {
    /// `level legislation`
    Level(Name),
    /// `kind criminal, civil`
    Kind(Vec<Name>),
    /// `cite "…"`
    Cite(Text),
    /// `text at "…"`
    TextAt(Text),
    /// `checked DATE`
    Checked(Date),
    /// `recheck by DATE`
    RecheckBy(Date),
    /// `confidence high`
    Confidence(Name),
    /// `applies if COND [under READING]`
    Applies {
        /// The connecting factor.
        condition: Expr,
        /// Under which reading alone.
        reading: Option<Name>,
    },
    /// `civil time "ZONE"`
    CivilTime(Text),
    /// `periods by 1182-71`: the convention as written.
    PeriodsBy(Name),
    /// `consent by staying counts only if told …`
    Staying(Told),
}

/// `covers US-WA [and its subdivisions] for recording, use from DATE [until DATE]`
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The place.
    pub place: Name,
    /// `and its subdivisions`
    pub subdivisions: bool,
    /// The acts.
    pub acts: Vec<Name>,
    /// From this day.
    pub from: Date,
    /// To this day.
    pub until: Option<Date>,
}

/// `question WA-reach "…" { reading … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its name.
    pub name: Name,
    /// The question.
    pub asks: Text,
    /// Its readings, in `lines`.
    pub body: Body<Reading>,
}

/// `reading fowler "…" { cite "…" }`
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its name.
    pub name: Name,
    /// What it holds.
    pub label: Text,
    /// Its authorities.
    pub body: Body<Text>,
}

/// `define card-call as COND`
#[derive(Clone, Debug, PartialEq)]
pub struct Define {
    /// The name.
    pub name: Name,
    /// The condition.
    pub condition: Expr,
}

// ------------------------------------------------------------------------------------------------ rules

/// `rule CIPA-632 "…" under CIPA { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// Its source.
    pub source: Name,
    /// Its lines.
    pub body: Body<RuleLine>,
}

/// A line of a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleLine {
    /// `cite "…"`
    Cite(Text),
    /// `summary "…"`
    Summary(Text),
    /// `in force from DATE [until DATE]`
    InForce {
        /// First day.
        from: Date,
        /// Last day.
        until: Option<Date>,
    },
    /// `status proposed`
    Proposed,
    /// `status stayed from DATE [until DATE]`
    Stayed {
        /// First day.
        from: Date,
        /// Last day.
        until: Option<Date>,
    },
    /// `status annulled from DATE`
    Annulled(Date),
    /// `sanction deferred until DATE`
    SanctionDeferred(Date),
    /// A clause.
    Clause(Box<Clause>),
    /// An exception to this rule.
    Exception(Exception),
}

/// A clause, with its label and its reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// `erasure: …`
    pub label: Option<Name>,
    /// What it says.
    pub kind: ClauseKind,
    /// `under READING`
    pub reading: Option<Name>,
    /// All of it.
    pub span: Span,
}

/// The kinds of clause.
#[derive(Clone, Debug, PartialEq)]
pub enum ClauseKind {
    /// `prohibit ACT [if COND] [unless REQUIREMENT]`
    Prohibit {
        /// The act.
        act: Act,
        /// While this holds.
        condition: Option<Expr>,
        /// What makes it lawful.
        unless: Option<Expr>,
    },
    /// `require ACT [if COND] [unless REQUIREMENT]`
    Require {
        /// The act.
        act: Act,
        /// While this holds.
        condition: Option<Expr>,
        /// What makes its omission lawful.
        unless: Option<Expr>,
    },
    /// `require REQUIREMENT before ACT [if COND]`
    RequireBefore {
        /// What must have been done.
        requirement: Expr,
        /// Before this.
        act: Act,
        /// While this holds.
        condition: Option<Expr>,
    },
    /// `require WHAT within PERIOD of EVENT …`, `require WHAT every PERIOD from EVENT …`
    Duty {
        /// What is due.
        what: DutyWhat,
        /// `every` (true) or `within`.
        recurring: bool,
        /// How long.
        period: Period,
        /// From when.
        event: Name,
        /// `, paused from EVENT to EVENT`
        paused: Option<(Name, Name)>,
        /// While this holds.
        condition: Option<Expr>,
    },
    /// `keep THING …`
    Keep {
        /// What.
        thing: Thing,
        /// `for PURPOSE`
        purpose: Option<Name>,
        /// `at least` (true) or `at most`.
        at_least: bool,
        /// How long.
        period: KeepSpan,
        /// `, yields to law`
        yields: bool,
        /// `, for data held`
        data_held: bool,
        /// While this holds.
        condition: Option<Expr>,
    },
    /// `displaces RULE cite "…"`
    Displaces {
        /// The rule that gives way.
        rule: Name,
        /// The authority.
        cites: Vec<Text>,
    },
}

/// What a duty demands.
#[derive(Clone, Debug, PartialEq)]
pub enum DutyWhat {
    /// That an act be done.
    Act(Act),
    /// That persons be told.
    Told(Box<Expr>),
}

/// What is kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Thing {
    /// An artefact, or a category wherever it occurs.
    One(Name),
    /// A category inside an artefact.
    In {
        /// The category.
        category: Name,
        /// The artefact.
        artefact: Name,
    },
    /// `any of { … }`
    AnyOf(Vec<Name>),
}

/// How long something is kept.
#[derive(Clone, Debug, PartialEq)]
pub enum KeepSpan {
    /// `5 years from recording-created`
    From(Period, Name),
    /// `until authorisation-completed`
    Until(Name),
    /// `earlier of { … }`
    Earlier(Vec<KeepSpan>),
    /// `later of { … }`
    Later(Vec<KeepSpan>),
}

/// `except NAME ["…"] [to RULE, …] { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// The rules it is an exception to; empty inside a rule, which it then is an exception to.
    pub rules: Vec<Name>,
    /// Its lines.
    pub body: Body<ExceptionLine>,
}

/// A line of an exception.
#[derive(Clone, Debug, PartialEq)]
pub enum ExceptionLine {
    /// `cite "…"`
    Cite(Text),
    /// `summary "…"`
    Summary(Text),
    /// `allow ACT [if COND] [provided REQUIREMENT] [under READING]`
    Allow {
        /// The act.
        act: Act,
        /// While this holds.
        condition: Option<Expr>,
        /// What must have been done.
        provided: Option<Expr>,
        /// Under which reading alone.
        reading: Option<Name>,
    },
    /// `waive LABEL [if COND]`
    Waive {
        /// The clause's label.
        label: Name,
        /// While this holds.
        condition: Option<Expr>,
    },
    /// `then CLAUSE`
    Then(Box<Clause>),
}

/// `[not] ACT [of X] [for PURPOSE] [to RECIPIENT] [during PHASE]`
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// `not`
    pub not: bool,
    /// The act.
    pub name: Name,
    /// After `of`: a role, a category or an artefact.
    pub of: Option<Name>,
    /// After `for`.
    pub purpose: Option<Name>,
    /// After `to`.
    pub recipient: Option<Name>,
    /// After `during`.
    pub phase: Option<Name>,
    /// All of it.
    pub span: Span,
}

// ------------------------------------------------------------------------------------------------ conditions

/// A condition or a requirement; one shape, told apart by where it stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// `all of { … }`, `a and b`, `any of { … }`, `a or b`, `none of { … }`
    Group {
        /// Which.
        kind: GroupKind,
        /// Whether written with `and` / `or` rather than braces.
        inline: bool,
        /// The parts.
        items: Vec<Expr>,
        /// All of it.
        span: Span,
        /// Parts that could not be read.
        broken: Vec<Span>,
    },
    /// `tone: …`
    Labelled {
        /// The label.
        label: Name,
        /// What it labels.
        item: Box<Expr>,
    },
    /// `judged [not] NAME`
    Judged {
        /// `not`
        not: bool,
        /// The judgment.
        judgment: Name,
        /// All of it.
        span: Span,
    },
    /// `call …`, `company …`, `recorder …`
    Of {
        /// Whose fact.
        of: FactOf,
        /// What is said of it.
        predicate: Box<Predicate>,
        /// All of it.
        span: Span,
    },
    /// `any ROLE [who …] …`, `that party …`
    Person {
        /// Which persons.
        quantifier: Quantifier,
        /// Their role; absent with `that party`.
        role: Option<Name>,
        /// `who …`
        who: Vec<Predicate>,
        /// What is said of them.
        predicate: Box<Predicate>,
        /// All of it.
        span: Span,
    },
    /// `intended purposes …`, `promised purposes …`, `asked purpose …`
    Purposes {
        /// Which purposes.
        which: PurposeKind,
        /// How they are tested.
        test: PurposeTest,
        /// Against these; empty for `that purpose`.
        names: Vec<Name>,
        /// All of it.
        span: Span,
    },
    /// `recording was made unlawfully [under RULE]`
    Unlawful {
        /// Under which rule alone.
        rule: Option<Name>,
        /// All of it.
        span: Span,
    },
    /// `recording relied on EXCEPTION`
    ReliedOn {
        /// The exception.
        exception: Name,
        /// All of it.
        span: Span,
    },
    /// `SAFEGUARD is in place[, at least PERIOD before ACT]`
    InPlace {
        /// The safeguard.
        safeguard: Name,
        /// So long before what.
        before: Option<Box<(Period, Act)>>,
        /// All of it.
        span: Span,
    },
    /// A definition's name.
    Defined(Name),
}

impl Expr {
    /// All of it.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Group { span, .. }
            | Self::Judged { span, .. }
            | Self::Of { span, .. }
            | Self::Person { span, .. }
            | Self::Purposes { span, .. }
            | Self::Unlawful { span, .. }
            | Self::ReliedOn { span, .. }
            | Self::InPlace { span, .. } => *span,
            Self::Labelled { label, item } => label.span.to(item.span()),
            Self::Defined(name) => name.span,
        }
    }
}

/// How a group combines its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GroupKind {
    /// All must hold.
    All,
    /// One must hold.
    Any,
    /// None may hold.
    None,
}

/// Which persons of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// `any`
    Any,
    /// `every`
    Every,
    /// `no`
    No,
    /// `that party`: the person the act is about.
    That,
}

/// Which purposes a condition reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PurposeKind {
    /// `intended purposes`
    Intended,
    /// `promised purposes`
    Promised,
    /// `asked purpose`
    Asked,
}

/// How purposes are tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PurposeTest {
    /// `are only { … }`
    AreOnly,
    /// `include NAME`, `include any of { … }`
    Include,
    /// `include that purpose`
    IncludeThat,
    /// `do not include NAME`, `do not include any of { … }`
    DoNotInclude,
    /// `do not include that purpose`
    DoNotIncludeThat,
    /// `is NAME`, `is any of { … }`
    IsAnyOf,
    /// `is other than { … }`
    IsOtherThan,
}

/// What is said of somebody or something.
#[derive(Clone, Debug, PartialEq)]
pub enum Predicate {
    /// `is in US-CA`, `uses any of { … }`, `is not minor`, `is under 13`
    Is {
        /// The verb.
        verb: Verb,
        /// `not`
        not: bool,
        /// The value.
        value: Test,
        /// All of it.
        span: Span,
    },
    /// `is present`, `is not present`
    Present {
        /// `not`
        not: bool,
        /// All of it.
        span: Span,
    },
    /// `refused …`, `withdrew …`, `objected to …`
    Said {
        /// What was said.
        statement: Statement,
        /// About what.
        term: Term,
        /// All of it.
        span: Span,
    },
    /// `was told …`
    Told(Told),
    /// `gave at least LEVEL consent to …`
    Gave(Gave),
}

/// What a fact's value is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// One value, place, region or yes/no fact.
    One(Name),
    /// `any of { … }`
    AnyOf(Vec<Name>),
    /// `all of { … }`
    AllOf(Vec<Name>),
    /// `under N`
    Under(u32),
    /// `at least N`
    AtLeast(u32),
}

/// What a person may have said against a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Statement {
    /// `refused`
    Refused,
    /// `withdrew`
    Withdrew,
    /// `objected to`
    Objected,
}

/// What consent is to: an act phrase, or the bare name of a purpose (then `act.name` is the purpose).
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The phrase.
    pub act: Act,
}

/// `told ELEMENTS, OPTION, …`
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// What.
    pub elements: Vec<Name>,
    /// How and when.
    pub options: Vec<ToldOption>,
    /// All of it.
    pub span: Span,
}

/// How and when somebody is told.
#[derive(Clone, Debug, PartialEq)]
pub enum ToldOption {
    /// `by MEANS`
    By(Name),
    /// `in their language`
    TheirLanguage,
    /// `before ACT`
    Before(Act),
    /// `at the start of ACT-OR-PHASE`
    AtStartOf(Name),
    /// `on the recording`
    OnTheRecording,
    /// `throughout ACT`
    Throughout(Act),
    /// `at least PERIOD before ACT`
    AtLeastBefore(Period, Act),
    /// `at most PERIOD before ACT`
    AtMostBefore(Period, Act),
    /// `even if refused`
    EvenIfRefused,
    /// `and did not refuse`
    DidNotRefuse,
}

/// `gave at least LEVEL consent to TERM, OPTION, …`
#[derive(Clone, Debug, PartialEq)]
pub struct Gave {
    /// The level.
    pub level: Level,
    /// To what.
    pub term: Term,
    /// How and when.
    pub options: Vec<GaveOption>,
    /// All of it.
    pub span: Span,
}

/// Levels of consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// `opt-out-not-exercised`
    OptOutNotExercised,
    /// `implied`
    Implied,
    /// `expressed`
    Expressed,
    /// `explicit`
    Explicit,
}

/// How and when consent is given.
#[derive(Clone, Debug, PartialEq)]
pub enum GaveOption {
    /// `by MANNER`
    By(Name),
    /// `on form FORM`
    OnForm(Name),
    /// `separately`
    Separately,
    /// `on the recording`
    OnTheRecording,
    /// `at the start of ACT-OR-PHASE`
    AtStartOf(Name),
    /// `before ACT`
    Before(Act),
    /// `at least PERIOD before ACT`
    AtLeastBefore(Period, Act),
    /// `at most PERIOD before ACT`
    AtMostBefore(Period, Act),
    /// `lasting the call`
    LastingTheCall,
}

// ------------------------------------------------------------------------------------------------ notices, bundles, scenarios

/// `notice NAME "…" { … }`, `form NAME "…" { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Whether it is a form to agree to.
    pub form: bool,
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// Its lines.
    pub body: Body<NoticeLine>,
}

/// A line of a notice or form.
#[derive(Clone, Debug, PartialEq)]
pub enum NoticeLine {
    /// `states ELEMENT, …`
    States(Vec<Name>),
    /// `by MEANS, …`
    By(Vec<Name>),
    /// `manner MANNER, …`
    Manner(Vec<Name>),
    /// `asks for TERM, …`
    AsksFor(Vec<Term>),
    /// `wording LANGUAGE "…"`
    Wording {
        /// BCP 47.
        language: Name,
        /// The words.
        text: Text,
    },
}

/// `bundle NAME "…" { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Text,
    /// Its lines.
    pub body: Body<BundleLine>,
}

/// A line of a bundle.
#[derive(Clone, Debug, PartialEq)]
pub enum BundleLine {
    /// `includes every source`
    IncludesEverySource,
    /// `includes SOURCE, …`
    Includes(Vec<Name>),
    /// `adopt READING, …`
    Adopt(Vec<Name>),
    /// `given FACT`
    Given(GivenFact),
    /// `answer JUDGMENT yes|no cite "…" until DATE`
    Answer {
        /// The judgment.
        judgment: Name,
        /// The answer.
        yes: bool,
        /// The authority.
        cite: Text,
        /// Last day.
        until: Date,
    },
    /// `presume FACT`
    Presume(GivenFact),
    /// `guards ACT, …`
    Guards(Vec<Name>),
    /// `where uncovered require REQUIREMENT`
    WhereUncovered(Expr),
    /// `prefer ACT, …`
    Prefer(Vec<Name>),
    /// `on impasse over ACT decline call | continue without it | ask a person`
    OnImpasse {
        /// The act.
        act: Name,
        /// What then.
        answer: Impasse,
    },
    /// `despite unlawful capture allow use for PURPOSE cite "…"`
    DespiteUnlawful {
        /// The purpose.
        purpose: Name,
        /// The authority.
        cite: Text,
    },
    /// `accept risk of RULE signed "…" on DATE until DATE because "…"`
    AcceptRisk {
        /// The rule.
        rule: Name,
        /// Who signed.
        signed: Text,
        /// When.
        on: Date,
        /// Last day.
        until: Date,
        /// Why.
        because: Text,
    },
}

/// What happens on an impasse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Impasse {
    /// `decline call`
    DeclineCall,
    /// `continue without it`
    ContinueWithout,
    /// `ask a person`
    AskAPerson,
}

/// A stated fact of call, company or recorder.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenFact {
    /// Whose.
    pub of: FactOf,
    /// What.
    pub fact: StatedFact,
}

/// A fact as stated: a verb and the values that are still possible (`or`) or hold together (`,`).
#[derive(Clone, Debug, PartialEq)]
pub struct StatedFact {
    /// The verb.
    pub verb: Verb,
    /// `not`
    pub not: bool,
    /// The values. For an age, see `years`.
    pub values: Vec<Name>,
    /// Whether the values are alternatives (`or`), and not together (`,`).
    pub alternatives: bool,
    /// `is 12 years old`
    pub years: Option<u32>,
    /// All of it.
    pub span: Span,
}

/// `scenario "…" of SOURCE, … { … }`, `scenario "…" of bundle NAME { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its title.
    pub title: Text,
    /// Whether of a bundle.
    pub of_bundle: bool,
    /// The sources, or the bundle.
    pub of: Vec<Name>,
    /// Its lines.
    pub body: Body<ScenarioLine>,
}

/// A line of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum ScenarioLine {
    /// `adopt READING, …`
    Adopt(Vec<Name>),
    /// `assume RULE`
    Assume(Name),
    /// `given FACT`
    Fact(GivenFact),
    /// `given judged NAME yes|no`
    Judged {
        /// The judgment.
        judgment: Name,
        /// The answer.
        yes: bool,
    },
    /// `given intended purposes …` or `given promised purposes …`
    Purposes {
        /// Intended or promised.
        which: PurposeKind,
        /// The purposes.
        names: Vec<Name>,
    },
    /// `given call contains CATEGORY, …`
    Contains(Vec<Name>),
    /// `given call from T [until T]`
    Call {
        /// From.
        from: Time,
        /// To.
        until: Option<Time>,
    },
    /// `given CAPTURE-OR-PHASE from T [until T]`
    During {
        /// An act or a phase.
        name: Name,
        /// From.
        from: Time,
        /// To.
        until: Option<Time>,
    },
    /// `given SAFEGUARD in place [from T] [until T]`
    InPlace {
        /// The safeguard.
        safeguard: Name,
        /// From.
        from: Option<Time>,
        /// To.
        until: Option<Time>,
    },
    /// `given EVENT on DATE`, `given EVENT at T`
    Event {
        /// The event.
        event: Name,
        /// When.
        when: When,
    },
    /// `given ACT done on DATE`, `given ACT done at T`
    Done {
        /// The act.
        act: Act,
        /// When.
        when: When,
    },
    /// `given hold on ARTEFACT from DATE [until DATE]`
    Hold {
        /// The artefact.
        artefact: Name,
        /// From.
        from: Date,
        /// To.
        until: Option<Date>,
    },
    /// `given log complete to T`
    LogCompleteTo(Time),
    /// `given log not complete`
    LogNotComplete,
    /// `given parties not complete`
    PartiesNotComplete,
    /// `given at T`
    At(Time),
    /// `ROLE [NAME] { … }`
    Person(ScenarioPerson),
    /// `expect …`
    Expect(Expect),
}

/// `customer dana { … }`
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioPerson {
    /// The role.
    pub role: Name,
    /// A name for messages.
    pub name: Option<Name>,
    /// The lines.
    pub body: Body<PersonLine>,
}

/// A line about a person.
#[derive(Clone, Debug, PartialEq)]
pub enum PersonLine {
    /// `is in US-CA`
    Fact(StatedFact),
    /// `joins at T`
    Joins(Time),
    /// `leaves at T`
    Leaves(Time),
    /// `told ELEMENTS at T`, `told ELEMENTS from T to T`
    Told {
        /// What.
        elements: Vec<Name>,
        /// From.
        from: Time,
        /// To; at once when absent.
        to: Option<Time>,
        /// `by MEANS`
        means: Option<Name>,
        /// `in LANGUAGE`
        language: Option<Name>,
        /// `on the recording`
        on_recording: bool,
    },
    /// `gave LEVEL consent to TERM at T …`
    Gave {
        /// The level.
        level: Level,
        /// To what.
        term: Term,
        /// When.
        at: Time,
        /// `by MANNER`
        manner: Option<Name>,
        /// `on form FORM`
        form: Option<Name>,
        /// `separately`
        separately: bool,
        /// `on the recording`
        on_recording: bool,
        /// `lasting the call`
        lasting_the_call: bool,
    },
    /// `refused TERM at T`, `withdrew …`, `objected to …`
    Said {
        /// What was said.
        statement: Statement,
        /// About what.
        term: Term,
        /// When.
        at: Time,
    },
}

/// `expect [at T] …`
#[derive(Clone, Debug, PartialEq)]
pub struct Expect {
    /// `at T`
    pub at: Option<Time>,
    /// What is expected.
    pub what: Expectation,
    /// All of it.
    pub span: Span,
}

/// What is expected.
#[derive(Clone, Debug, PartialEq)]
pub enum Expectation {
    /// `ACT VERDICT`
    Verdict(Act, Verdict),
    /// `impasse over ACT`
    Impasse(Name),
    /// `tell ROLE ELEMENTS`
    Tell {
        /// Whom.
        role: Name,
        /// What.
        elements: Vec<Name>,
    },
    /// `ask ROLE for TERM`
    Ask {
        /// Whom.
        role: Name,
        /// For what.
        term: Term,
    },
    /// `arrange SAFEGUARD`
    Arrange(Name),
    /// `ACT needs FACT`
    Needs(Act, Name),
    /// `outcome ACT`
    OutcomeAct(Name),
    /// `outcome decline call`, `outcome ask a person`
    OutcomeImpasse(Impasse),
    /// `THING [for PURPOSE] kept until DATE` (`kept` true) or `erased by DATE`
    Keep {
        /// What.
        thing: Thing,
        /// `for PURPOSE`
        purpose: Option<Name>,
        /// `kept until` (true) or `erased by`.
        kept: bool,
        /// The day.
        date: Date,
    },
    /// `THING keep | restrict | erase`
    KeepNow(Thing, KeepNow),
    /// `duty RULE due DATE | met | breached | paused | not due`
    Duty {
        /// The rule.
        rule: Name,
        /// The state.
        state: DutyState,
        /// With `due`.
        date: Option<Date>,
    },
}

/// What an expectation may say of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// `cleared`
    Cleared,
    /// `conditional`
    Conditional,
    /// `not now`
    NotNow,
    /// `prohibited`
    Prohibited,
    /// `required`
    Required,
    /// `not required`
    NotRequired,
    /// `undetermined`
    Undetermined,
    /// `determined`
    Determined,
}

/// What to do with a thing that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeepNow {
    /// `keep`
    Keep,
    /// `restrict`
    Restrict,
    /// `erase`
    Erase,
}

/// The state of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DutyState {
    /// `due DATE`
    Due,
    /// `met`
    Met,
    /// `breached`
    Breached,
    /// `paused`
    Paused,
    /// `not due`
    NotDue,
}
