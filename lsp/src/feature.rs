//! What the server can say about a policy: pure functions over a view of the workspace, in bytes, without the protocol's types.

pub mod actions;
pub mod card;
pub mod completion;
pub mod explain;
pub mod findings;
pub mod folding;
pub mod formatting;
pub mod gist;
pub mod hierarchy;
pub mod hints;
pub mod hover;
pub mod lenses;
pub mod links;
pub mod names;
pub mod navigation;
pub mod outcome;
pub mod renaming;
pub mod search;
pub mod selection;
pub mod tokens;
pub mod trial;
