//! The policy of the task, read and compiled: 60 rules, and 55 more for each copy for other places.

use std::sync::Arc;

use onrecord::compile::{PolicySet, compile};
use onrecord::engine::Engine;
use onrecord::resolve::resolve;
use onrecord::source::{FileId, Source};
use onrecord::syntax::parse;

use super::policy;

pub fn engine(copies: usize) -> Engine {
    let named =
        (0..).zip(policy::texts(copies)).map(|(id, text): (usize, String)| (std::format!("task-{id}.onr"), text));
    let built = named.fold(Engine::builder(), |builder, (path, text)| builder.source(path, text)).build();
    built.expect("a valid policy")
}

pub fn sources(copies: usize) -> Vec<Source> {
    let texts = policy::texts(copies);
    (0..).zip(&texts).map(|(id, text)| Source::new(FileId(id), &std::format!("task-{id}.onr"), text)).collect()
}

pub fn load(copies: usize) -> Arc<PolicySet> {
    let sources = sources(copies);
    let resolved = resolve(&sources.iter().map(parse).collect::<Vec<_>>());
    let errors: Vec<_> = resolved.diagnostics.iter().filter(|one| one.is_error()).map(|one| &one.message).collect();
    assert!(errors.is_empty(), "{errors:?}");
    compile(Arc::new(resolved.tree), sources)
}
