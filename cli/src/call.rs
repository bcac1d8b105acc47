//! What the command line says of the call: shared by `decide` and `explain`.

use onrecord::compile::PolicySet;
use onrecord::nearest::nearest;
use onrecord::tree::table::Id;
use onrecord::tree::{Scenario, Table};

use crate::trouble::Trouble;

/// The id of a name that somebody wrote on the command line.
pub fn named<I: Id, T>(table: &Table<I, T>, name: &str, what: &str) -> Result<I, Trouble> {
    table.id(name).ok_or_else(|| {
        let trouble = Trouble::new(format!("the policy has no {what} {name}"));
        match nearest(name, table.names()) {
            Some(near) => trouble.help(format!("did you mean {near}?")),
            None if table.is_empty() => trouble.help(format!("it declares no {what} at all")),
            None => {
                let some: Vec<&str> = table.names().take(8).collect();
                let more = if table.len() > some.len() { ", …" } else { "" };
                trouble.help(format!("it has {}{more}", some.join(", ")))
            }
        }
    })
}

/// The scenario with a title.
pub fn scenario<'a>(set: &'a PolicySet, title: &str) -> Result<&'a Scenario, Trouble> {
    let all = &set.tree.scenarios;
    all.iter().find(|one| one.title == title).ok_or_else(|| {
        let trouble = Trouble::new(format!("there is no scenario “{title}”"));
        match nearest(title, all.iter().map(|one| one.title.as_str())) {
            Some(near) => trouble.help(format!("did you mean “{near}”?")),
            None => trouble.help("`onrecord test` lists the titles"),
        }
    })
}
