//! The places whose law nobody has reviewed on an act, and what that comes to.

use onrecord::decision::ActDecision;

use super::sheet::Sheet;
use super::words::{self, Words};
use crate::report::position::file_and_line;
use crate::screen::{CYAN, RED, paint};

/// Shows them.
pub fn show(sheet: &mut Sheet, words: &Words<'_>, act: &ActDecision) {
    let decision = words.decision;
    let mut places: Vec<(String, Vec<String>)> = Vec::new();
    for one in decision.uncovered.iter().filter(|one| one.act == act.act.act) {
        let place =
            one.place.as_ref().map_or_else(|| "a place that is not known".to_owned(), |place| place.to_string());
        match places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, whose)) => whose.push(words.whose(one.of)),
            None => places.push((place, vec![words.whose(one.of)])),
        }
    }
    if places.is_empty() {
        return;
    }
    let places: Vec<String> =
        places.iter().map(|(place, whose)| format!("{} ({})", paint(RED, place), words::list(whose))).collect();
    let places = places.join(", ");
    let bundle = decision.bundle.and_then(|bundle| decision.policy.tree.bundles.get(bundle));
    match bundle.filter(|bundle| bundle.where_uncovered.is_some()) {
        Some(bundle) => {
            let at = paint(CYAN, &file_and_line(&decision.policy.sources, bundle.span));
            let decides = format!("there the bundle {} decides  {at}", bundle.name);
            sheet.line(1, &format!("Nobody has reviewed the law on it in {places}: {decides}"));
        }
        None => sheet.line(1, &format!("Nobody has reviewed the law on it in {places}, so it is not cleared there.")),
    }
}
