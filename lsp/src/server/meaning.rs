//! The thread that works out what snapshots mean: always the newest; one that was overtaken by an edit is left.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::{Event, STACK};
use crate::semantic::Semantic;
use crate::snapshot::Snapshot;

/// Starts the thread. It takes snapshots and tells the main loop when their meaning is known, and when their scenarios were run.
pub fn start(events: Sender<Event>) -> io::Result<Sender<Arc<Snapshot>>> {
    let (sender, receiver) = unbounded();
    thread::Builder::new().name("meaning".to_owned()).stack_size(STACK).spawn(move || run(&receiver, &events))?;
    Ok(sender)
}

fn run(snapshots: &Receiver<Arc<Snapshot>>, events: &Sender<Event>) {
    let mut last: Option<Arc<Semantic>> = None;
    while let Ok(next) = snapshots.recv() {
        let snapshot = snapshots.try_iter().last().unwrap_or(next);
        // After most edits everything is known about as soon as the names are.
        let after = catch_unwind(AssertUnwindSafe(|| snapshot.semantic_after_edit().is_some())).unwrap_or(false);
        let named = last.as_ref().filter(|_| !after).and_then(|last| {
            let names = || last.names_of_new(snapshot.documents.values());
            catch_unwind(AssertUnwindSafe(names)).ok().flatten()
        });
        if let Some(names) = named {
            let _ = events.send(Event::Named(Arc::clone(&snapshot), names));
            // Whoever types on does not wait for what everything means.
            if !snapshots.is_empty() {
                continue;
            }
        }
        let meant = catch_unwind(AssertUnwindSafe(|| {
            snapshot.semantic();
        }));
        last = snapshot.known_semantic().cloned();
        if meant.is_err() || events.send(Event::Meant(Arc::clone(&snapshot))).is_err() {
            continue;
        }
        if !snapshots.is_empty() {
            continue;
        }
        let tested =
            catch_unwind(AssertUnwindSafe(|| snapshot.semantic().run_scenarios(|| snapshots.is_empty()).is_some()));
        if tested.unwrap_or(false) {
            let _ = events.send(Event::Tested(snapshot));
        }
    }
}
