//! Nothing of a well-formed file is lost, no event of a malformed one, and nothing panics.

use berth_ical::{Component, Context, Document, Limits, parse, read, round_trip};
use chrono_tz::Tz;

use crate::manifest::{Sample, samples, say};
use crate::naive;

/// A file as it is stored, with CRLF, and folded anew.
fn forms(sample: &Sample) -> [(&'static str, Vec<u8>); 3] {
    let lines = naive::unfolded(&sample.bytes);
    let joined = |lines: &[String]| {
        lines
            .iter()
            .flat_map(|line| [line.as_bytes(), b"\r\n"].concat())
            .collect()
    };
    let folded: Vec<String> = lines.iter().map(|line| fold(line)).collect();
    [
        ("as stored", sample.bytes.clone()),
        ("with CRLF", joined(&lines)),
        ("folded anew", joined(&folded)),
    ]
}

/// Folded at 75 octets without regard to characters or spaces, as many programs do. The result is
/// only UTF-8 where no character was cut, so characters are kept whole by chance alone.
fn fold(line: &str) -> String {
    let mut text = String::new();
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > 75 {
            text.push_str("\r\n ");
            width = 1;
        }
        text.push(c);
        width += c.len_utf8();
    }
    text
}

fn events(document: &Document) -> usize {
    fn inside(component: Component<'_>) -> usize {
        component
            .children()
            .map(|child| usize::from(child.is("VEVENT")) + inside(child))
            .sum()
    }
    inside(document.root())
}

fn everything_read(document: &Document) -> (usize, usize) {
    let calendar = read(
        document,
        &Context {
            zone: Tz::Europe__Berlin,
        },
    );
    (calendar.events.len(), calendar.issues.len())
}

#[test]
fn well_formed_files_lose_nothing() {
    let (mut files, mut lost) = (0, Vec::new());
    for sample in samples()
        .iter()
        .filter(|sample| sample.class == "wellformed")
    {
        for (form, bytes) in forms(sample) {
            files += 1;
            let written =
                parse(bytes.as_slice(), &Limits::raised()).map(|document| round_trip(&document));
            match written {
                Err(refusal) => lost.push(format!("{} {form}: {refusal}", sample.path)),
                Ok(written) => lost.extend(
                    difference(&bytes, written.as_bytes())
                        .map(|at| format!("{} {form}: {at}", sample.path)),
                ),
            }
        }
    }
    say(&format!(
        "{} of {files} well-formed files (three forms each) came back whole",
        files - lost.len()
    ));
    assert!(lost.is_empty(), "{}", lost[..lost.len().min(20)].join("\n"));
}

fn difference(given: &[u8], written: &[u8]) -> Option<String> {
    let (given, written) = (naive::bag(given), naive::bag(written));
    let one = given
        .iter()
        .find(|(key, count)| written.get(key) != Some(count));
    let other = written
        .iter()
        .find(|(key, count)| given.get(key) != Some(count));
    (one.is_some() || other.is_some()).then(|| format!("{one:?} against {other:?}"))
}

#[test]
fn malformed_files_keep_their_events() {
    let (mut kept, mut expected, mut wrong) = (0, 0, Vec::new());
    for sample in samples()
        .iter()
        .filter(|sample| sample.class == "malformed")
    {
        for (form, bytes) in forms(sample) {
            let begun = naive::unfolded(&bytes)
                .iter()
                .filter(|line| line.trim().eq_ignore_ascii_case("BEGIN:VEVENT"))
                .count();
            let needs_issue = form == "as stored" && !unfolding_mends(&bytes);
            let document = parse(bytes, &Limits::default()).unwrap();
            let (taken, issues) = everything_read(&document);
            expected += begun;
            kept += events(&document);
            if events(&document) != begun || taken == 0 && begun > 0 || issues == 0 && needs_issue {
                wrong.push(format!(
                    "{} {form}: {begun} begun, {} kept, {taken} read, {issues} issues",
                    sample.path,
                    events(&document)
                ));
            }
        }
    }
    say(&format!(
        "{kept} of {expected} events of malformed files (three forms each) were kept"
    ));
    assert!(
        wrong.is_empty(),
        "{}",
        wrong[..wrong.len().min(20)].join("\n")
    );
}

/// Whether all that is wrong with a file is that its folds cut characters.
fn unfolding_mends(bytes: &[u8]) -> bool {
    let whole = naive::unfolded(bytes)
        .iter()
        .all(|line| !line.contains('\u{fffd}'));
    std::str::from_utf8(bytes).is_err() && whole
}

#[test]
fn every_file_is_read_or_refused() {
    let (mut read, mut refused) = (0, Vec::new());
    for sample in samples() {
        match parse(sample.bytes, &Limits::default()) {
            Ok(document) => {
                everything_read(&document);
                read += 1;
                let again = parse(round_trip(&document), &Limits::raised()).unwrap();
                assert_eq!(round_trip(&document), round_trip(&again), "{}", sample.path);
            }
            Err(refusal) => refused.push(format!("{}: {refusal}", sample.path)),
        }
    }
    say(&format!(
        "{read} files were read, {} refused:\n{}",
        refused.len(),
        refused.join("\n")
    ));
}
