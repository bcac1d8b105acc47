//! Parts of the small files that show a finding: `sample!(recording house; "rule …")` is a whole file.

/// One declaration that samples share.
macro_rules! part {
    (recording) => { "act recording \"Recording\" {\n  means \"Capturing the sound of a call.\"\n  group capture\n}\n" };
    (using) => { "act use \"Use\" {\n  means \"Using what was captured.\"\n  group use\n}\n" };
    (erasing) => { "act erasing \"Erasing\" {\n  means \"Destroying what was kept.\"\n  group other\n}\n" };
    (training) => { "purpose model-training \"Model training\" {\n  means \"Building a statistical model.\"\n}\n" };
    (quality) => { "purpose quality-assurance \"Quality assurance\" {\n  means \"Checking how calls are handled.\"\n}\n" };
    (party) => { "role party \"Party\" {\n  means \"Whoever is on the line.\"\n  side neither\n  human\n}\n" };
    (bot) => { "role bot \"Bot\" {\n  means \"A machine that talks.\"\n  side ours\n  machine\n}\n" };
    (recorded) => { "element recorded \"Recorded\" {\n  means \"That the call is recorded.\"\n}\n" };
    (audio) => { "artefact audio \"Audio\" {\n  means \"The sound of a call.\"\n}\n" };
    (transcript) => { "artefact transcript \"Transcript\" {\n  means \"The words of a call.\"\n}\n" };
    (created) => { "event created \"Created\" {\n  means \"The audio was made.\"\n}\n" };
    (stopped) => { "event stopped \"Stopped\" {\n  means \"The clock was stopped.\"\n}\n" };
    (resumed) => { "event resumed \"Resumed\" {\n  means \"The clock runs again.\"\n}\n" };
    (private) => { "judgment private-communication \"Private communication\" {\n  means \"The call is private in law.\"\n  asks \"Is it private?\"\n}\n" };
    (direction) => { "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound, outbound }\n}\n" };
    (location) => { "fact location \"Place\" {\n  means \"Where the person is.\"\n  of each party\n  reads is in\n  a place\n}\n" };
    (minor) => { "fact minor \"A minor\" {\n  means \"The person is a minor.\"\n  of each party\n  yes or no\n}\n" };
    (age) => { "fact age \"Age\" {\n  means \"How old the person is.\"\n  of each party\n  years from 0 to 120\n}\n" };
    (masked) => { "safeguard masked \"Masked\" {\n  means \"Key tones are masked.\"\n  arranged before the call\n}\n" };
    (spoken) => { "manner spoken-yes \"Spoken yes\" {\n  means \"The person says yes.\"\n  arranged in the call\n}\n" };
    (signed) => { "manner signed-writing \"Signed writing\" {\n  means \"The person signs.\"\n  arranged before the call\n}\n" };
    (house) => { "source HOUSE \"House policy\" {\n  level      house\n  kind       contractual\n  checked    2026-11-23\n  recheck by 2027-05-23\n  civil time \"Etc/UTC\"\n}\n" };
    (statute) => { "source ACT \"Recording Act\" {\n  level      legislation\n  kind       civil\n  cite       \"Recording Act\"\n  checked    2026-11-23\n  recheck by 2027-05-23\n  civil time \"Etc/UTC\"\n}\n" };
    (reach) => { "question reach \"Does it reach calls from abroad?\" {\n  reading narrow \"No\" { cite \"A v. B\" }\n  reading wide \"Yes\" { cite \"C v. D\" }\n}\n" };
}

/// A whole file: the declarations named, then the text.
macro_rules! sample {
    ($($name:ident)*; $text:literal) => {
        concat!($($crate::check::sample::part!($name),)* $text)
    };
}

pub(super) use {part, sample};
