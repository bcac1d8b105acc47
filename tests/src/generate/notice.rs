//! Notices, as text: what they state, by what means, in which languages.

use super::Tape;

/// A notice.
pub fn notice(tape: &mut Tape<'_>, index: usize) -> String {
    let states = tape.word(&[
        "training, vendor",
        "recording, training",
        "recording, named-vendor",
        "recording, vendor, training",
        "named-vendor, training",
        "training",
    ]);
    let by = tape.word(&["", "by spoken-word\n", "by spoken-word, beep-tone\n"]);
    let wordings = tape.word(&["en", "es", "en es", "de-AT fr", "es-MX de", "en-GB"]);
    let wording = |tag: &str| format!("wording {tag} \"Notice {index} ({tag}).\"\n");
    let wordings: String = wordings.split(' ').map(wording).collect();
    format!("notice n{index} \"Notice {index}\" {{\nstates {states}\n{by}{wordings}}}")
}
