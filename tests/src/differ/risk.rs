//! Acceptances of a risk, compared: shown where the rule decides what was asked, never where it cannot touch it or out of its time.

use onrecord::decision::Decision;
use onrecord::tree::Act;

use super::{Difference, Found};
use crate::reference::Case;
use crate::reference::risk::{may_touch, must_touch};

pub(super) fn differs(case: &Case<'_>, decision: &Decision) -> Found {
    let today = case.at.date_naive();
    let acts: Vec<Act> = decision.acts.iter().chain(&decision.uses).map(|one| one.act.clone()).collect();
    let sets = |rule| {
        decision.duties.iter().any(|duty| duty.rule == rule)
            || decision.retention.iter().flat_map(|row| &row.because).any(|reason| reason.rule == rule)
    };
    let accepted = case.bundle().map(|bundle| bundle.risks.as_slice()).unwrap_or_default();
    for risk in accepted {
        let in_time = risk.on <= today && today <= risk.until;
        let row = (risk.rule, risk.signed.clone(), risk.until, risk.because.clone());
        let shown = decision.risks.contains(&row);
        let may = in_time && may_touch(case, risk.rule, &acts);
        let mut must = sets(risk.rule);
        if in_time && !shown {
            for act in decision.acts.iter().chain(&decision.uses).filter(|one| !one.running) {
                must = must || must_touch(case, risk.rule, &act.act)?;
            }
        }
        if (shown && !may) || (!shown && in_time && must) {
            let said = (format!("{:?}", decision.risks), format!("shown: {}", !shown));
            return Ok(Some(Difference { what: "risks".to_owned(), said, details: format!("{risk:?}") }));
        }
    }
    let known = |rule| accepted.iter().any(|risk| risk.rule == rule);
    let stray = decision.risks.iter().find(|(rule, ..)| !known(*rule));
    Ok(stray.map(|risk| Difference {
        what: "risks".to_owned(),
        said: (format!("{risk:?}"), "nothing".to_owned()),
        details: String::new(),
    }))
}
