//! Diagnostics while typing.

use crate::client::{Client, shown};

const RULE: &str = "source S \"Statute\" {
  level legislation
  kind civil
  cite \"Code § 1\"
  checked 2026-11-01
  recheck by 2027-05-01
  applies if any party is in US-CA
}

rule R \"All parties\" under S {
  cite \"Code § 1(a)\"
  prohibit recording
    unless every party was told recording, before recording
}
";

#[test]
fn a_sound_file_has_none() {
    let mut client = Client::with_vocabulary();
    client.open("file:///p/s.onr", RULE);
    let found: Vec<String> = client.diagnostics("file:///p/vocabulary.onr").iter().map(shown).collect();
    insta::assert_snapshot!(found.join("\n"));
    let found: Vec<String> = client.diagnostics("file:///p/s.onr").iter().map(shown).collect();
    insta::assert_snapshot!(found.join("\n"));
    client.close();
}
