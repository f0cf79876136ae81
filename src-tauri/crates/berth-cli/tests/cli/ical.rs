//! `berth ical`: a file by itself, without a database.

use std::fs;

use crate::berth::Berth;

const BROKEN: &str = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:a\nDTSTART:20260917T090000Z\n\
                      DTEND:20260917T110000Z\nSUMMARY:load\n  test\nno property\nBEGIN:VEVENT\nUID:b\n\
                      DTSTART;TZID=W. Europe Standard Time:20260915T090000\nDURATION:PT1H\n\
                      RRULE:FREQ=WEEKLY;COUNT=3\nX-OWN;P=\"a:b\":kept\nEND:VEVENT\nEND:VCALENDAR\n";

fn with(name: &str, text: &str) -> (Berth, String) {
    let berth = Berth::empty();
    let path = berth.file(name);
    fs::write(&path, text).unwrap();
    (berth, path.display().to_string())
}

#[test]
fn check_names_lines_and_says_no() {
    let (berth, file) = with("broken.ics", BROKEN);
    let said = berth.line(&format!("ical check {file}")).exits(1).stdout;
    assert_eq!(
        said,
        "line 3: structure: “VEVENT” has no END and was closed before line 10\n\
         line 9: line: “no property” is not a property and was left out\n2 events, 2 issues.\n"
    );
    let json = berth.json(&format!("ical check {file}"));
    assert_eq!(
        (&json["events"], &json["issues"][1]["line"]),
        (&2.into(), &9.into())
    );
    assert_eq!(json["issues"][1]["kind"], "line");
    assert!(!berth.data().exists(), "no database was made");
}

#[test]
fn repair_loses_nothing_and_is_clean_then() {
    let (berth, file) = with("broken.ics", BROKEN);
    let text = berth.ok(&format!("ical repair {file}"));
    assert!(
        text.contains("SUMMARY:load test\r\nEND:VEVENT\r\n"),
        "{text}"
    );
    assert!(text.contains("X-OWN;P=\"a:b\":kept\r\n"), "{text}");
    let mended = berth.file("mended.ics").display().to_string();
    let said = berth.ok(&format!("ical repair {file} -o {mended}"));
    assert!(
        said.ends_with(&format!("2 events, 2 issues.\nWrote {mended}.\n")),
        "{said}"
    );
    assert_eq!(fs::read_to_string(&mended).unwrap(), text);
    assert_eq!(
        berth.ok(&format!("ical check {mended}")),
        "2 events, nothing is wrong.\n"
    );
    berth.ok(&format!("ical repair {file} -o {file}"));
    assert_eq!(fs::read_to_string(&file).unwrap(), text, "in its place");
    berth
        .line(&format!("--json ical repair {file}"))
        .fails(3, "cannot be both", "-o FILE");
    assert!(!berth.data().exists(), "no database was made");
}

#[test]
fn occurrences_have_their_stable_shape() {
    let (berth, file) = with("broken.ics", BROKEN);
    let range = "--from 2026-09-14T00:00 --to 2026-09-23T00:00";
    let json = berth.json(&format!("ical occurrences {file} {range}"));
    let expected = serde_json::json!([
        { "uid": "b", "recurrenceId": "2026-09-15T07:00:00Z", "start": "2026-09-15T07:00:00Z",
          "end": "2026-09-15T08:00:00Z", "kind": "zoned", "zone": "Europe/Berlin" },
        { "uid": "a", "recurrenceId": null, "start": "2026-09-17T09:00:00Z",
          "end": "2026-09-17T11:00:00Z", "kind": "utc", "zone": "UTC" },
        { "uid": "b", "recurrenceId": "2026-09-22T07:00:00Z", "start": "2026-09-22T07:00:00Z",
          "end": "2026-09-22T08:00:00Z", "kind": "zoned", "zone": "Europe/Berlin" },
    ]);
    assert_eq!(json, expected);
    let day = format!("ical occurrences {file} --from 2026-09-22 --to 2026-09-22");
    assert_eq!(
        berth.ok(&day),
        "2026-09-22T07:00:00Z  2026-09-22T08:00:00Z  Europe/Berlin  b\n"
    );
    let instants =
        format!("ical occurrences {file} --from 2026-09-22T08:00:00Z --to 2026-09-30T00:00:00Z");
    assert_eq!(
        berth.ok(&instants),
        "2026-09-29T07:00:00Z  2026-09-29T08:00:00Z  Europe/Berlin  b\n"
    );
    assert!(!berth.data().exists(), "no database was made");
}

#[test]
fn what_has_no_answer_says_why() {
    let (berth, file) = with("rule.ics", &BROKEN.replace("FREQ=WEEKLY", "FREQ=OFTEN"));
    let output = berth
        .line(&format!(
            "ical occurrences {file} --from 2026-09-22 --to 2026-09-23"
        ))
        .exits(0);
    assert_eq!(output.stdout, "");
    assert!(
        output.stderr.contains("The event of line 10 is left out"),
        "{output:?}"
    );
    let backwards = format!("ical occurrences {file} --from 2026-09-22 --to 2026-09-20");
    berth
        .line(&backwards)
        .fails(3, "ends before it begins", "--to");
    let (berth, page) = with("page.ics", "<!DOCTYPE html><html>");
    for verb in ["check", "repair", "occurrences"] {
        berth
            .line(&format!("ical {verb} {page}"))
            .fails(3, "web page", "login");
        berth.line(&format!("ical {verb} none.ics")).fails(
            3,
            "Cannot read none.ics",
            "Check the name",
        );
    }
    berth.line("ical check").exits(2);
}
