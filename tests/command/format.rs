//! `fmt`: in place, whole or not at all; shown when only asked.

use crate::{folder, run, run_in};

const LOOSE: &str = "source   HOUSE \"House\" {\n level house\n   kind contractual # ours\n  checked 2026-11-23\nrecheck by 2027-05-23\n}\n";

#[test]
fn the_shipped_policies_are_in_the_one_layout() {
    let ran = run(&["fmt", "--check", "policies"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
}

#[test]
fn what_would_change_is_shown_and_then_written_and_then_there_is_nothing_to_do() {
    let folder = folder("fmt");
    let file = folder.join("house.onr");
    std::fs::write(&file, LOOSE).unwrap();
    let check = run_in(&folder, &["fmt", "--check", "."], b"");
    assert_eq!(check.code, 1);
    assert!(check.out.contains("-   kind contractual # ours"), "{}", check.out);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), LOOSE, "--check changes nothing");
    assert_eq!(run_in(&folder, &["fmt", "."], b"").code, 0);
    let formatted = std::fs::read_to_string(&file).unwrap();
    assert!(formatted != LOOSE && formatted.contains("# ours"), "{formatted}");
    assert_eq!(run_in(&folder, &["fmt", "--check", "."], b"").code, 0);
    let piped = run_in(&folder, &["fmt", "-"], LOOSE.as_bytes());
    assert_eq!((piped.code, piped.out), (0, formatted));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing is left behind");
}

#[test]
fn a_file_that_is_not_text_is_left_alone() {
    let folder = folder("fmt-latin");
    let bytes = b"source   HOUSE \"M\xfcller\" {\n level house\n}\n";
    std::fs::write(folder.join("house.onr"), bytes).unwrap();
    let ran = run_in(&folder, &["fmt", "."], b"");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("UTF-8"), "{}", ran.err);
    assert_eq!(std::fs::read(folder.join("house.onr")).unwrap(), bytes);
}
