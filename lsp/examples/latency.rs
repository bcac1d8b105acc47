//! Keystroke latency: replays typing against a server in a process of its own, over its standard input and output as an editor does,
//! and times every answer from the instant at which its message was *scheduled*, so that a server that falls behind cannot hide it.
//!
//! `cargo run --release -p onrecord-lsp --example latency -- [--rules 1000] [--files 50] [--keys 400] [--active 100]`
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a bench"
)]

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{Message, Notification, Request, RequestId};
use onrecord_lsp::path::to_uri;
use serde_json::{Value, json};

fn main() {
    if env::args().any(|arg| arg == "--serve") {
        return onrecord_lsp::run_stdio().unwrap();
    }
    let setting = |name: &str, default: usize| {
        let mut args = env::args().skip_while(|arg| arg != name).skip(1);
        args.next().and_then(|value| value.parse().ok()).unwrap_or(default)
    };
    let (rules, files, keys) = (setting("--rules", 1000), setting("--files", 50), setting("--keys", 400));
    let active = setting("--active", 100) * 1024;
    let folder = env::temp_dir().join(format!("onrecord-latency-{}", std::process::id()));
    let active_file = write_workspace(&folder, rules, files, active);
    println!("{rules} rules in {files} files, active file {} KB, {keys} keys a pace", active / 1024);
    let mut bench = Bench::start(&folder, &active_file);
    bench.report_memory("once everything is known");
    for (pace, keys) in [(30, keys), (80, keys / 2), (150, keys / 4), (10, keys)] {
        bench.type_keys(Duration::from_millis(pace), keys);
    }
    bench.report_memory("after the keys");
    bench.stop();
    let _ = fs::remove_dir_all(folder);
}

// ------------------------------------------------------------------------------------------------ the workspace

/// Writes the vocabulary and the rules; gives back the file that is typed in.
fn write_workspace(folder: &Path, rules: usize, files: usize, active: usize) -> PathBuf {
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("vocabulary.onr"), include_str!("../tests/server/vocabulary.onr")).unwrap();
    let mut written = 0;
    for file in 0..files {
        let mut text = source(file);
        let share = rules.saturating_sub(written).div_ceil(files - file);
        let mut count = 0;
        while (file == 0 && text.len() < active) || (file > 0 && count < share) {
            text.push_str(&rule(written, file));
            written += 1;
            count += 1;
        }
        fs::write(folder.join(format!("f{file:03}.onr")), text).unwrap();
    }
    folder.join("f000.onr")
}

fn source(file: usize) -> String {
    format!(
        "source SRC-{file} \"Source {file}\" {{\n  level legislation\n  kind civil\n  cite \"Code {file}\"\n  checked 2026-11-01\n  \
         recheck by 2027-05-01\n  confidence high\n  applies if any party is in US-CA\n  periods by 1182-71\n}}\n\n"
    )
}

fn rule(number: usize, source: usize) -> String {
    format!(
        "rule R-{number} \"Rule number {number}\" under SRC-{source} {{\n  cite \"Code § {number}(a)\"\n  \
         summary \"Whoever records tells everybody, or has their consent.\"\n  in force from 2020-01-01\n\n  prohibit recording\n    \
         if judged private-communication\n    unless any of {{\n      every party was told recording, before recording\n      \
         every party gave at least expressed consent to recording, before recording\n    }}\n\n  except urgent-{number} \"Urgent\" {{\n    \
         cite \"Code § {number}(b)\"\n    allow recording\n      if call concerns card-payment\n      \
         provided any party gave at least expressed consent to recording\n  }}\n\n  \
         kept: keep recording at least 5 years from recording-created\n}}\n\n"
    )
}

// ------------------------------------------------------------------------------------------------ the client

/// What is timed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
enum Timed {
    /// The push that follows an edit at once.
    Reading,
    /// The push that follows when the meaning of what was typed is known, where it is not what was known before.
    Meaning,
    Completion,
    Hints,
    Tokens,
    Hover,
}

struct Bench {
    server: Child,
    to: Sender<Message>,
    from: Receiver<Message>,
    uri: String,
    version: i32,
    next: i32,
    line: usize,
    column: usize,
    result_id: String,
    /// Requests that are open, and when they were scheduled.
    open: HashMap<RequestId, (Timed, Instant)>,
    /// Versions that were sent, when they were scheduled, and how often they were answered.
    edits: HashMap<i32, (Instant, u32)>,
    times: HashMap<Timed, Vec<Duration>>,
}

impl Bench {
    fn start(folder: &Path, active: &Path) -> Self {
        let mut server = Command::new(env::current_exe().unwrap());
        let mut server = server.arg("--serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (mut stdin, stdout) = (server.stdin.take().unwrap(), server.stdout.take().unwrap());
        let (to, outgoing) = unbounded::<Message>();
        let (incoming, from) = unbounded();
        thread::spawn(move || outgoing.into_iter().try_for_each(|message| message.write(&mut stdin)));
        thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            while let Ok(Some(message)) = Message::read(&mut stdout) {
                incoming.send(message).unwrap();
            }
        });
        let mut bench = Self {
            server,
            to,
            from,
            uri: to_uri(active),
            version: 1,
            next: 0,
            line: 0,
            column: 0,
            result_id: String::new(),
            open: HashMap::new(),
            edits: HashMap::new(),
            times: HashMap::new(),
        };
        let folders = json!([{ "uri": to_uri(folder), "name": "bench" }]);
        let item = json!({ "snippetSupport": true });
        // Findings are said for each version to a client that looks at versions, so that each push can be timed.
        let pushed = json!({ "versionSupport": true });
        let can = json!({ "textDocument": { "publishDiagnostics": pushed, "completion": { "completionItem": item } } });
        bench.ask("initialize", json!({ "processId": null, "capabilities": can, "workspaceFolders": folders }));
        let opened = Instant::now();
        bench.tell("initialized", json!({}));
        let text = fs::read_to_string(active).unwrap();
        // Typing happens in the middle of the file, at the end of a rule's condition.
        let middle = text.len() / 2;
        let at = text[middle..].find("private-communication").unwrap() + middle + "private-communication".len();
        bench.line = text[..at].matches('\n').count();
        bench.column = text[..at].rsplit('\n').next().unwrap().len();
        let document = json!({ "uri": bench.uri, "languageId": "onrecord", "version": 1, "text": text });
        bench.tell("textDocument/didOpen", json!({ "textDocument": document }));
        let params = json!({ "textDocument": { "uri": bench.uri } });
        let report = bench.ask("textDocument/diagnostic", params.clone());
        let found = report["items"].as_array().map_or(0, Vec::len);
        println!(
            "open: {:.1} ms until every file is read and its meaning known; {found} findings",
            ms(opened.elapsed())
        );
        let tokens = bench.ask("textDocument/semanticTokens/full", params);
        bench.result_id = tokens["resultId"].as_str().unwrap_or_default().to_owned();
        bench
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.to.send(Notification { method: method.into(), params }.into()).unwrap();
    }

    fn send(&mut self, method: &str, params: Value) -> RequestId {
        self.next += 1;
        let id = RequestId::from(self.next);
        self.to.send(Request { id: id.clone(), method: method.into(), params }.into()).unwrap();
        id
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.send(method, params);
        loop {
            if let Message::Response(response) = self.from.recv().unwrap()
                && response.id == id
            {
                return response.response_result.unwrap_or_default();
            }
        }
    }

    fn time(&mut self, timed: Timed, method: &str, params: Value, scheduled: Instant) {
        let id = self.send(method, params);
        self.open.insert(id, (timed, scheduled));
    }

    /// One pace: per key an edit, hints, 0.65 completions, a token delta, and now and then a hover and a pull.
    fn type_keys(&mut self, pace: Duration, keys: usize) {
        self.times.clear();
        let before = self.processor_time();
        let typed = " and call concerns card-payment and judged private-communication";
        let begin = Instant::now();
        let column = self.column;
        for key in 0..keys {
            let scheduled = begin + pace * key as u32;
            self.receive_until(scheduled);
            let position = |column: usize| json!({ "line": self.line, "character": column });
            // A phrase is typed and taken back again, letter by letter, like a person in doubt.
            let at = key % (2 * typed.len());
            let (range, text) = if at < typed.len() {
                let here = position(column + at);
                (json!({ "start": here, "end": here }), typed[at..=at].to_owned())
            } else {
                let left = 2 * typed.len() - at - 1;
                (json!({ "start": position(column + left), "end": position(column + left + 1) }), String::new())
            };
            let here = range["start"].clone();
            self.version += 1;
            self.edits.insert(self.version, (scheduled, 0));
            let document = json!({ "uri": self.uri, "version": self.version });
            let changes = json!([{ "range": range, "text": text }]);
            self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
            let document = json!({ "uri": self.uri });
            let window = json!({ "start": { "line": self.line.saturating_sub(30), "character": 0 }, "end": { "line": self.line + 30, "character": 0 } });
            self.time(
                Timed::Hints,
                "textDocument/inlayHint",
                json!({ "textDocument": document, "range": window }),
                scheduled,
            );
            if key % 20 < 13 {
                let params = json!({ "textDocument": document, "position": here });
                self.time(Timed::Completion, "textDocument/completion", params, scheduled);
            }
            // As editors do, the next colours are asked for when the last ones have come.
            if !self.open.values().any(|(timed, _)| *timed == Timed::Tokens) {
                let params = json!({ "textDocument": document, "previousResultId": self.result_id });
                self.time(Timed::Tokens, "textDocument/semanticTokens/full/delta", params, scheduled);
            }
            if key % 10 == 5 {
                let at = json!({ "line": self.line, "character": 9 });
                self.time(
                    Timed::Hover,
                    "textDocument/hover",
                    json!({ "textDocument": document, "position": at }),
                    scheduled,
                );
            }
        }
        self.receive_until(Instant::now() + Duration::from_secs(2));
        self.report(pace, keys, &before);
        // The text as it was, for the next pace.
        let left = keys % (2 * typed.len());
        let typed_now = if left <= typed.len() { left } else { 2 * typed.len() - left };
        self.version += 1;
        let range = json!({ "start": { "line": self.line, "character": column }, "end": { "line": self.line, "character": column + typed_now } });
        let document = json!({ "uri": self.uri, "version": self.version });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "range": range, "text": "" }] }),
        );
        self.receive_until(Instant::now() + Duration::from_millis(200));
    }

    fn receive_until(&mut self, until: Instant) {
        while let Ok(message) = self.from.recv_deadline(until) {
            let now = Instant::now();
            match message {
                Message::Response(response) => {
                    let Some((timed, scheduled)) = self.open.remove(&response.id) else { continue };
                    // A hover that the next key overtook is answered as such; the bench does not ask again.
                    let Ok(result) = response.response_result else { continue };
                    if timed == Timed::Tokens {
                        self.result_id = result["resultId"].as_str().unwrap_or_default().to_owned();
                    }
                    self.times.entry(timed).or_default().push(now - scheduled);
                }
                Message::Notification(told) if told.method == "textDocument/publishDiagnostics" => {
                    let version = told.params["version"].as_i64().and_then(|version| i32::try_from(version).ok());
                    let edit = version
                        .filter(|_| told.params["uri"] == self.uri.as_str())
                        .and_then(|version| self.edits.get_mut(&version));
                    if let Some((scheduled, pushes)) = edit {
                        *pushes += 1;
                        let timed = if *pushes == 1 { Timed::Reading } else { Timed::Meaning };
                        self.times.entry(timed).or_default().push(now - *scheduled);
                    }
                }
                _ => {}
            }
        }
    }

    fn report(&mut self, pace: Duration, keys: usize, before: &BTreeMap<String, Duration>) {
        println!("\n{keys} keys, one each {} ms          p50      p99      max  (ms)", pace.as_millis());
        for (timed, name) in [
            (Timed::Reading, "syntax diagnostics, pushed"),
            (Timed::Meaning, "semantic diagnostics, pushed"),
            (Timed::Completion, "completion"),
            (Timed::Hints, "inlay hints"),
            (Timed::Tokens, "token delta"),
            (Timed::Hover, "hover"),
        ] {
            let Some(times) = self.times.get_mut(&timed) else { continue };
            times.sort();
            let at = |part: f64| ms(times[((times.len() - 1) as f64 * part) as usize]);
            let mut line = String::new();
            write!(line, "  {name:<28} {:>8.2} {:>8.2} {:>8.2}", at(0.5), at(0.99), at(1.0)).unwrap();
            println!("{line}");
        }
        let spent = self.processor_time().into_iter().map(|(thread, time)| {
            let time = time.saturating_sub(before.get(&thread).copied().unwrap_or_default());
            format!("{thread} {:.2}", ms(time) / keys as f64)
        });
        println!("  processor time a key, by thread (ms): {}", spent.collect::<Vec<_>>().join(", "));
    }

    /// What the server's process holds, and the most it ever held (Linux; nothing elsewhere).
    fn report_memory(&self, when: &str) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server.id())).unwrap_or_default();
        let value = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok()).unwrap_or(0) / 1024
        };
        println!("memory of the server {when}: {} MB, at most {} MB so far", value("VmRSS"), value("VmHWM"));
    }

    /// The processor time of each thread of the server so far (Linux; nothing elsewhere): what load on the machine does not change.
    fn processor_time(&self) -> BTreeMap<String, Duration> {
        let mut spent = BTreeMap::new();
        for task in fs::read_dir(format!("/proc/{}/task", self.server.id())).into_iter().flatten().flatten() {
            let read = |file: &str| fs::read_to_string(task.path().join(file)).unwrap_or_default();
            let nanos = read("schedstat").split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0);
            *spent.entry(read("comm").trim().to_owned()).or_default() += Duration::from_nanos(nanos);
        }
        spent
    }

    fn stop(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.server.wait().unwrap();
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
