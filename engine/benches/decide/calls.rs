//! The calls of the task: ten thousand, the same in every run, as facts and as contexts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use onrecord::compile::PolicySet;
use onrecord::context::{Context, Interval, Known, Party, Possible, Provenance, Saying, SayingKind, Telling};
use onrecord::syntax::ast::{Level, Statement};
use onrecord::tree::table::Id;
use onrecord::tree::{Act, Place, ValueId};

use super::policy::PLACES;

/// What is so of a call.
#[derive(Clone, Copy)]
pub struct Facts {
    pub agent: usize,
    pub customer: usize,
    pub cellular: bool,
    pub confidential: bool,
    pub cpni: bool,
    pub health: bool,
    pub card_entry: bool,
    pub masked: bool,
    pub age: u32,
    pub customer_told: bool,
    pub agent_told: bool,
    pub opted_out: bool,
    pub consented_to_training: bool,
}

/// The instant at which every call is judged.
pub fn at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_445_600, 0).unwrap_or_default()
}

/// The calls.
pub fn facts(count: usize) -> Vec<Facts> {
    let mut state = 0x2026_1123_u64;
    let mut draw = move |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let mut call = || Facts {
        agent: draw(51) as usize,
        customer: draw(51) as usize,
        cellular: draw(2) == 0,
        confidential: draw(2) == 0,
        cpni: draw(5) == 0,
        health: draw(5) == 0,
        card_entry: draw(8) == 0,
        masked: draw(2) == 0,
        age: if draw(10) == 0 { 9 } else { 40 },
        customer_told: draw(2) == 0,
        agent_told: draw(4) != 0,
        opted_out: draw(6) == 0,
        consented_to_training: draw(3) == 0,
    };
    (0..count).map(|_| call()).collect()
}

/// A call as the engine takes it.
pub fn context(set: &PolicySet, facts: &Facts) -> Context {
    let tree = &set.tree;
    let opened = at() - TimeDelta::seconds(30);
    let id = |name: &str| tree.facts.id(name).expect("a fact of the task");
    let known = |possible| Known { possible, provenance: Provenance::Given, claims: Vec::new() };
    let using = tree.acts.id("use").expect("use");
    let training = tree.purposes.id("model-training").expect("model-training");
    let act = |act, purpose| Act {
        not: false,
        act,
        of: None,
        purpose,
        recipient: None,
        phase: None,
        span: Default::default(),
    };
    let party = |name: &str, role: &str, place: usize, told: bool| Party {
        id: name.to_owned(),
        role: tree.roles.id(role).expect("a role of the task"),
        facts: BTreeMap::from([
            (id("location"), known(Possible::Place(BTreeSet::from_iter(Place::new(PLACES[place]))))),
            (
                id("line"),
                known(Possible::OneOf(BTreeSet::from([ValueId::from_index(usize::from(
                    facts.cellular && name != "agent",
                ))]))),
            ),
            (id("age"), known(Possible::Years(facts.age, facts.age))),
        ]),
        languages: vec!["en".to_owned()],
        on_line: Interval { from: Some(opened), until: None },
        told: if told {
            vec![Telling {
                elements: BTreeSet::from([tree.elements.id("recorded").expect("recorded")]),
                from: opened,
                to: Some(opened + TimeDelta::seconds(5)),
                means: None,
                language: Some("en".to_owned()),
                on_recording: None,
                notice: tree.notices.id("recorded-notice"),
            }]
        } else {
            Vec::new()
        },
        said: Vec::new(),
    };
    let mut customer = party("customer", "customer", facts.customer, facts.customer_told);
    let gave = |level| SayingKind::Gave {
        level,
        manner: None,
        form: None,
        separately: false,
        on_recording: None,
        lasting_the_call: false,
        expires: None,
    };
    if facts.consented_to_training {
        customer.said.push(Saying { term: act(using, Some(training)), at: opened, kind: gave(Level::Explicit) });
    } else if facts.opted_out {
        let kind = SayingKind::Against(Statement::Objected);
        customer.said.push(Saying { term: act(using, Some(training)), at: opened, kind });
    }
    let category = |present: bool, name: &str| present.then(|| tree.categories.id(name)).flatten();
    Context {
        id: None,
        acts: vec![act(tree.acts.id("recording").expect("recording"), None)],
        uses: vec![training],
        call: Some(Interval { from: Some(opened), until: None }),
        parties: vec![party("agent", "agent", facts.agent, facts.agent_told), customer],
        parties_complete: true,
        judgments: BTreeMap::from([(
            tree.judgments.id("confidential").expect("confidential"),
            Some(facts.confidential),
        )]),
        categories: Some(category(facts.cpni, "cpni").into_iter().chain(category(facts.health, "health")).collect()),
        phases: if facts.card_entry {
            vec![(tree.phases.id("card-entry").expect("card-entry"), Interval { from: Some(opened), until: None })]
        } else {
            Vec::new()
        },
        safeguards: if facts.masked {
            let masked = tree.safeguards.id("card-entry-masked").expect("card-entry-masked");
            vec![(masked, Interval { from: Some(opened), until: None })]
        } else {
            Vec::new()
        },
        log_complete_to: Some(at()),
        ..Context::default()
    }
}
