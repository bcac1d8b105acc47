//! SHA-256 as the policy and the call carry it: `sha256:` and 64 digits.

use sha2::{Digest as _, Sha256};

/// The digest of some bytes, part by part.
pub fn of<'b>(parts: impl IntoIterator<Item = &'b [u8]>) -> String {
    let mut hash = Sha256::new();
    parts.into_iter().for_each(|part| hash.update(part));
    let mut text = String::with_capacity("sha256:".len() + 64);
    text.push_str("sha256:");
    let digits = hash.finalize().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    text.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
    text
}
