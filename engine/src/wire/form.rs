//! `onrecord.context/1`: the call as JSON. Every field may be absent; what must be there is asked for when names are resolved.

use super::record::{DayText, InstantText, LanguageText, Named, RegionText, Text, record, words};
use super::shape::{ActForm, AtLeastForm, FactForm};

words! {
    /// The form and its version.
    Schema {
        /// The first.
        V1 "onrecord.context/1",
    }
}

record! {
    /// What a service knows of one call. A fact that is left out was not asked; silence is never “no”.
    ContextForm "an object: the call" {
        /// The form and its version.
        #[cfg_attr(feature = "schema", schemars(required))]
        schema: Schema,
        /// Your own identifier, given back in the decision (vCon: `uuid`).
        id: Text<'a>,
        /// The instant at which to judge: RFC 3339 with an offset.
        #[cfg_attr(feature = "schema", schemars(required))]
        at: InstantText<'a>,
        /// What is asked; whether recording is lawful, when absent.
        ask: AskForm<'a>,
        /// The call itself.
        call: CallForm<'a>,
        /// The company that runs the call.
        company: CompanyForm<'a>,
        /// Where the recording is made.
        recorder: RecorderForm<'a>,
        /// The purposes for which the call is captured; `[]` is for none, absent is not known.
        intended_purposes: Vec<Text<'a>>,
        /// The purposes that were promised when it was captured; absent is not known.
        promised_purposes: Vec<Text<'a>>,
        /// The categories of personal data that the call holds; absent is not known.
        categories: Vec<Text<'a>>,
        /// Who is, was or will be on the call.
        parties: Vec<PartyForm<'a>>,
        /// Captures that ran, or run.
        captures: Vec<CaptureForm<'a>>,
        /// Phases of the call.
        phases: Vec<PhaseForm<'a>>,
        /// Measures that are or were in place.
        safeguards: Vec<SafeguardForm<'a>>,
        /// Things that happened.
        events: Vec<EventForm<'a>>,
        /// Acts that were done; they discharge duties.
        done: Vec<DoneForm<'a>>,
        /// Legal holds.
        holds: Vec<HoldForm<'a>>,
        /// Answers to judgments, by name: `null` is asked and not decided; absent is not asked.
        judgments: Named<'a, Option<bool>>,
        /// Up to this instant, what is not stated here did not happen. Nothing is complete when absent.
        log_complete_to: InstantText<'a>,
        /// Whether nobody else is on the line; `false` when absent.
        parties_complete: bool,
    }
}

record! {
    /// What is asked.
    AskForm "an object: `{\"acts\": […], \"uses\": […]}`" {
        /// Acts; recording, when absent or empty.
        acts: Vec<ActForm<'a>>,
        /// Uses, by purpose.
        uses: Vec<Text<'a>>,
    }
}

record! {
    /// The call itself.
    CallForm "an object: `{\"from\": …, \"until\": …, \"facts\": {…}}`" {
        /// When it begins.
        from: InstantText<'a>,
        /// When it ended; it still runs, when absent.
        until: InstantText<'a>,
        /// Facts of the call, by name.
        facts: Named<'a, FactForm<'a>>,
    }
}

record! {
    /// The company.
    CompanyForm "an object: `{\"facts\": {…}}`" {
        /// Facts of the company, by name. What the bundle states need not be repeated.
        facts: Named<'a, FactForm<'a>>,
    }
}

record! {
    /// The recorder.
    RecorderForm "an object: `{\"locations\": […], \"facts\": {…}}`" {
        /// Where the recording is made: the possible places. `[]` is asked and not known.
        locations: Vec<LocationForm<'a>>,
        /// Facts of the recorder, by name.
        facts: Named<'a, FactForm<'a>>,
    }
}

words! {
    /// On what a claim about a place rests.
    Basis {
        /// Somebody said so.
        Asserted "asserted",
        /// A billing address.
        Billing "billing",
        /// The number's area code.
        AreaCode "area-code",
        /// An IP address.
        Ip "ip",
        /// A device's own position.
        Device "device",
        /// The company's own configuration.
        Configured "configured",
    }
}

record! {
    /// A claim about a place. Several that differ are the places that are possible.
    LocationForm "an object: `{\"region\": \"US-CA\", \"basis\": \"billing\"}`" {
        /// An ISO 3166-1 or 3166-2 code, in capitals.
        #[cfg_attr(feature = "schema", schemars(required))]
        region: RegionText<'a>,
        /// On what the claim rests.
        basis: Basis,
        /// The day on which it was so.
        as_of: DayText<'a>,
    }
}

words! {
    /// A natural person or a machine.
    Kind {
        /// A natural person.
        Person "person",
        /// A machine: it cannot consent.
        Bot "bot",
    }
}

record! {
    /// Somebody, or a machine, on the call.
    PartyForm "an object: a party" {
        /// Unique in the call.
        #[cfg_attr(feature = "schema", schemars(required))]
        id: Text<'a>,
        /// A role of the vocabulary.
        #[cfg_attr(feature = "schema", schemars(required))]
        role: Text<'a>,
        /// Must agree with the role, which decides.
        kind: Kind,
        /// Where this party may be. `[]` is asked and not known; absent is not asked.
        locations: Vec<LocationForm<'a>>,
        /// Facts of each party, by name.
        facts: Named<'a, FactForm<'a>>,
        /// BCP 47 tags of the languages the person understands, the best first.
        languages: Vec<LanguageText<'a>>,
        /// On the line from; since the call began, when absent.
        joined: InstantText<'a>,
        /// On the line until; still, when absent.
        left: InstantText<'a>,
        /// What the person was told.
        told: Vec<ToldForm<'a>>,
        /// What the person said about recording and use.
        said: Vec<SaidForm<'a>>,
    }
}

record! {
    /// Something a person was told.
    ToldForm "an object: what the person was told" {
        /// The notice or form that was given.
        notice: Text<'a>,
        /// What was said; all that the notice states, when absent.
        elements: Vec<Text<'a>>,
        /// From when.
        #[cfg_attr(feature = "schema", schemars(required))]
        from: InstantText<'a>,
        /// Until when; still going, when absent.
        to: InstantText<'a>,
        /// By what means; not known, when absent.
        means: Text<'a>,
        /// In which language (BCP 47); not known, when absent.
        language: LanguageText<'a>,
        /// Whether the telling itself is on the recording; computed from `captures`, when absent.
        on_recording: bool,
    }
}

words! {
    /// What a person said.
    Said {
        /// Gave consent.
        Consented "consented",
        /// Refused it.
        Refused "refused",
        /// Took it back.
        Withdrew "withdrew",
        /// Objected.
        Objected "objected",
    }
}

words! {
    /// Levels of consent. The first two, neither above the other, are below `expressed`, which is below `explicit`.
    Level {
        /// An opt-out was offered and not used.
        OptOutNotExercised "opt-out-not-exercised",
        /// Implied by conduct.
        Implied "implied",
        /// Expressed by word or deed.
        Expressed "expressed",
        /// Expressed in so many words.
        Explicit "explicit",
    }
}

record! {
    /// Something a person said about recording or use.
    SaidForm "an object: what the person said" {
        /// What.
        #[cfg_attr(feature = "schema", schemars(required))]
        said: Said,
        /// About what.
        #[cfg_attr(feature = "schema", schemars(required))]
        to: ActForm<'a>,
        /// When.
        #[cfg_attr(feature = "schema", schemars(required))]
        at: InstantText<'a>,
        /// Of a consent: its level. Required with `consented`, only there; so are the fields below.
        level: Level,
        /// How it was given; not known, when absent.
        manner: Text<'a>,
        /// The form that was agreed to.
        form: Text<'a>,
        /// Not bundled with another consent; `false` when absent.
        separately: bool,
        /// Whether the giving itself is on the recording; computed from `captures`, when absent.
        on_recording: bool,
        /// For this call only; `false` when absent.
        lasting_the_call: bool,
        /// Not valid after this instant.
        expires: InstantText<'a>,
    }
}

record! {
    /// A capture that ran, or runs.
    CaptureForm "an object: `{\"act\": \"recording\", \"from\": …}`" {
        /// An act of group capture.
        #[cfg_attr(feature = "schema", schemars(required))]
        act: Text<'a>,
        /// From when.
        #[cfg_attr(feature = "schema", schemars(required))]
        from: InstantText<'a>,
        /// Until when; still running, when absent.
        until: InstantText<'a>,
    }
}

record! {
    /// A phase of the call.
    PhaseForm "an object: `{\"phase\": …, \"from\": …, \"until\": …}`" {
        /// Which.
        #[cfg_attr(feature = "schema", schemars(required))]
        phase: Text<'a>,
        /// From when.
        #[cfg_attr(feature = "schema", schemars(required))]
        from: InstantText<'a>,
        /// Until when; still going, when absent.
        until: InstantText<'a>,
    }
}

record! {
    /// A measure that is or was in place.
    SafeguardForm "an object: `{\"safeguard\": …}`" {
        /// Which.
        #[cfg_attr(feature = "schema", schemars(required))]
        safeguard: Text<'a>,
        /// From when; since before the call, when absent.
        from: InstantText<'a>,
        /// Until when; still, when absent.
        until: InstantText<'a>,
    }
}

record! {
    /// Something that happened: `at` an instant or `on` a day.
    EventForm "an object: `{\"event\": …, \"on\": …}`" {
        /// Which event.
        #[cfg_attr(feature = "schema", schemars(required))]
        event: Text<'a>,
        /// The instant.
        at: InstantText<'a>,
        /// The day.
        on: DayText<'a>,
    }
}

record! {
    /// An act that was done: `at` an instant or `on` a day.
    DoneForm "an object: `{\"act\": …, \"on\": …}`" {
        /// Which act.
        #[cfg_attr(feature = "schema", schemars(required))]
        act: ActForm<'a>,
        /// The instant.
        at: InstantText<'a>,
        /// The day.
        on: DayText<'a>,
    }
}

record! {
    /// A legal hold.
    HoldForm "an object: `{\"artefact\": \"recording\", \"from\": …}`" {
        /// On what.
        #[cfg_attr(feature = "schema", schemars(required))]
        artefact: Text<'a>,
        /// The first day.
        #[cfg_attr(feature = "schema", schemars(required))]
        from: DayText<'a>,
        /// The last day; it stands, when absent.
        until: DayText<'a>,
    }
}

record! {
    /// An act with more said of it than its name.
    PhraseForm "an act: its name, or an object `{\"act\": …, \"of\": …, \"purpose\": …}`" {
        /// The act; `use`, when absent and a purpose is given.
        act: Text<'a>,
        /// Of whom or what.
        of: OfForm<'a>,
        /// For which purpose.
        purpose: Text<'a>,
        /// To whom.
        recipient: Text<'a>,
        /// During which phase.
        phase: Text<'a>,
    }
}

record! {
    /// Of whom or what an act is: one of the three.
    OfForm "an object: `{\"role\": …}`, `{\"category\": …}` or `{\"artefact\": …}`" {
        /// Persons of this role.
        role: Text<'a>,
        /// A category of data.
        category: Text<'a>,
        /// An artefact.
        artefact: Text<'a>,
    }
}

record! {
    /// A fact that is only partly known, or does not apply: one of the four (`at_least` and `at_most` go together).
    PartlyForm "an object: `{\"one_of\": […]}`, `{\"at_least\": …}`, `{\"at_most\": …}` or `{\"not_applicable\": true}`" {
        /// It is one of these.
        one_of: Vec<Text<'a>>,
        /// Years: so many, or more. Values: these, and perhaps others.
        at_least: AtLeastForm<'a>,
        /// Years: so many, or fewer.
        at_most: u32,
        /// It does not apply: every test of it fails.
        not_applicable: bool,
    }
}

/// The same words on both sides of the wall.
macro_rules! same_words {
    ($($form:ident = $inner:path { $($variant:ident)+ })+) => {$(
        impl From<$form> for $inner {
            fn from(form: $form) -> Self {
                match form {
                    $($form::$variant => Self::$variant,)+
                }
            }
        }
        impl From<$inner> for $form {
            fn from(inner: $inner) -> Self {
                match inner {
                    $(<$inner>::$variant => Self::$variant,)+
                }
            }
        }
    )+};
}
same_words! {
    Basis = crate::context::Basis { Asserted Billing AreaCode Ip Device Configured }
    Level = crate::syntax::ast::Level { OptOutNotExercised Implied Expressed Explicit }
}
