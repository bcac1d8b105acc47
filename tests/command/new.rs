//! `new`: what it writes is in order.

use crate::{folder, run_in};

#[test]
fn a_new_pack_checks_passes_and_is_laid_out() {
    let folder = folder("new");
    let made = run_in(&folder, &["new", "acme"], b"");
    assert_eq!(made.code, 0, "{}", made.err);
    let acme = folder.join("acme");
    for verb in [["check", "--today", "2026-11-26"].as_slice(), &["test", "--require-reached"], &["fmt", "--check"]] {
        let ran = run_in(&acme, verb, b"");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{verb:?}\n{}", ran.out);
    }
    let checked = run_in(&acme, &["check", "--today", "2026-11-26"], b"");
    assert!(checked.out.contains("nothing to report"), "{}", checked.out);
    let decided = run_in(&acme, &["decide", "--call", "calls/first.json"], b"");
    assert_eq!(decided.code, 0, "{}", decided.err);
    assert!(decided.out.contains("US-CA"), "{}", decided.out);
}

#[test]
fn nothing_is_overwritten() {
    let folder = folder("new-again");
    assert_eq!(run_in(&folder, &["new", "acme"], b"").code, 0);
    let before = std::fs::read_to_string(folder.join("acme/README.md")).unwrap();
    let again = run_in(&folder, &["new", "acme"], b"");
    assert_eq!(again.code, 2);
    assert!(again.err.contains("already"), "{}", again.err);
    assert_eq!(std::fs::read_to_string(folder.join("acme/README.md")).unwrap(), before);
}
