//! What a pipeline asks before it deploys: the answer, its reason and its end, by the database and
//! by a file.

use crate::berth::Berth;
use crate::golden::{golden, golden_json};
use crate::serve::serving;

/// Tuesday of the sample week, 10:00 in Berlin.
const TUESDAY: &str = "2026-09-15T08:00:00Z";

fn begun() -> Berth {
    Berth::begun().at(TUESDAY)
}

#[track_caller]
fn says(berth: &Berth, question: &str, code: i32, expected: &str) {
    let output = berth.line(&format!("may {question}")).exits(code);
    assert_eq!(output.stdout, format!("{expected}\n"), "{question}");
    assert_eq!(output.stderr, "");
}

#[test]
fn whoever_holds_it_may_and_nobody_else() {
    let berth = begun();
    says(&berth, "staging", 0, "yes: free for the next 4 weeks");
    berth.book(
        "--env staging --team Perf --from 2026-09-15T09:00 --to 2026-09-15T13:00 --clean-up 2h",
    );
    for (question, code, expected) in [
        ("staging", 1, "no: staging is held by Perf until 13:00"),
        ("staging --team perf", 0, "yes: Perf holds it until 13:00"),
        (
            "staging --kind test",
            1,
            "no: staging is held by Perf until 13:00",
        ),
        ("staging --at 8:59", 0, "yes: free until 09:00"),
        ("staging --at 8:00 --for 1h", 0, "yes: free until 09:00"),
        (
            "staging --at 8:00 --for 61m",
            1,
            "no: staging is held by Perf from 09:00 until 13:00",
        ),
        ("staging --at 15:00", 0, "yes: free for the next 4 weeks"),
        ("production", 0, "yes: free for the next 4 weeks"),
        ("integration", 0, "yes: free for the next 4 weeks"),
        (
            "staging --at 13:00",
            0,
            "yes, but staging is needed for set-up or clean-up by Perf until 15:00",
        ),
        (
            "staging --at 13:00 --strict",
            1,
            "no: staging is needed for set-up or clean-up by Perf until 15:00",
        ),
    ] {
        says(&berth, question, code, expected);
    }
    berth.book("--env staging --team Perf --from 2026-09-15T13:00 --to 2026-09-15T14:00");
    says(
        &berth,
        "staging",
        1,
        "no: staging is held by Perf until 14:00",
    );
    berth.book("--env staging --team QA --from 2026-09-15T09:00 --to 2026-09-17T17:00");
    says(
        &berth,
        "staging",
        1,
        "no: staging is held by Perf and QA until Thu 17:00",
    );
    says(
        &berth,
        "staging --team Perf",
        1,
        "no: staging is held by QA until Thu 17:00",
    );
    let id = berth.json("conflicts")[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    berth.ok(&format!("accept {id} --reason agreed"));
    says(
        &berth,
        "staging --team Perf",
        0,
        "yes: Perf holds it until 13:00",
    );
    says(
        &berth,
        "staging",
        1,
        "no: staging is held by Perf and QA until Thu 17:00",
    );
}

#[test]
fn who_is_not_certain_yields() {
    let berth = begun();
    berth.book("--env staging --team QA --from 2026-09-15T09:00 --to 2026-09-15T16:00 --tentative");
    let held = "staging is held by QA, tentatively, until 16:00";
    says(&berth, "staging", 0, &format!("yes, but {held}"));
    says(&berth, "staging --strict", 1, &format!("no: {held}"));
    // With a booking of its own, the team is one party and not two.
    berth.book("--env staging --team Infra --from 2026-09-15T09:00 --to 2026-09-15T11:00");
    says(&berth, "staging", 0, &format!("yes, but {held}"));
    let answer = berth.json("may staging");
    assert_eq!(answer["conflicts"][0]["severity"], "warning");
    assert_eq!(answer["holder"], "QA");
    berth.book("--env production --team QA --from 2026-09-15T09:00 --for 4h --free");
    berth.book("--env production --team Perf --from 2026-09-15T09:00 --for 4h");
    berth.ok("cancel 4");
    says(&berth, "production", 0, "yes: free for the next 4 weeks");
}

#[test]
fn units_share() {
    let berth = begun();
    berth.book("--env integration --team QA --from 2026-09-15T09:00 --for 4h --units 1");
    says(
        &berth,
        "integration",
        1,
        "no: integration is held by QA until 13:00",
    );
    says(
        &berth,
        "integration --units 1",
        0,
        "yes: free for the next 4 weeks",
    );
    berth.book("--env integration --team Perf --from 2026-09-15T09:00 --for 2h --units 1");
    let both = "no: integration is held by Perf and QA until 11:00";
    says(&berth, "integration --units 1", 1, both);
    says(
        &berth,
        "integration --team perf",
        0,
        "yes: Perf holds it until 11:00",
    );
}

#[test]
fn freezes_and_allow_windows_are_about_kinds() {
    let berth = begun();
    berth.ok("freeze --env production --from 2026-09-16T18:00 --to 2026-09-21T08:00 --title \"quarter end\"");
    berth.ok(
        "allow --env staging --from 2026-09-18T20:00 --for 3h --repeat FREQ=WEEKLY --title night",
    );
    berth.ok("allow --env integration --from 2026-09-01 --to 2026-09-02");
    for (question, code, expected) in [
        ("production", 0, "yes: free until Wed 18:00"),
        (
            "production --at \"thu 9:00\"",
            1,
            "no: freeze “quarter end” until Mon 08:00",
        ),
        (
            "production --at \"thu 9:00\" --kind test",
            0,
            "yes: free for the next 4 weeks",
        ),
        (
            "production --at \"wed 17:00\" --for 2h",
            1,
            "no: freeze “quarter end” from 18:00 until Mon 08:00",
        ),
        (
            "staging",
            1,
            "no: staging allows deployments only in its windows “night”, closed until Fri 20:00",
        ),
        ("staging --at \"fri 20:00\"", 0, "yes: free until 23:00"),
        (
            "staging --at \"fri 22:00\" --for 2h",
            1,
            "no: staging allows deployments only in its windows “night”, closed from 23:00 until Fri 25 Sep 20:00",
        ),
        (
            "integration",
            1,
            "no: integration allows deployments only in its windows, and none is open in the next 4 weeks",
        ),
    ] {
        says(&berth, question, code, expected);
    }
    // An exception is for the team that has it, for what it is booked for, and no longer than that.
    berth.book("--env production --team Infra --from 2026-09-17T09:00 --for 2h --kind deploy");
    let id = berth.json("conflicts")[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    says(
        &berth,
        "production --at \"thu 9:00\"",
        1,
        "no: freeze “quarter end” until Mon 08:00",
    );
    berth.ok(&format!("accept {id} --reason hotfix"));
    says(
        &berth,
        "production --at \"thu 9:00\"",
        0,
        "yes: Infra holds it until 11:00",
    );
    says(
        &berth,
        "production --at \"thu 9:00\" --for 3h",
        1,
        "no: freeze “quarter end” from 11:00 until Mon 08:00",
    );
    says(
        &berth,
        "production --at \"thu 9:00\" --team Perf",
        1,
        "no: production is held by Infra until 11:00; freeze “quarter end” until Mon 08:00",
    );
    golden(
        "may.txt",
        &berth.line("may production --at 2026-09-18").exits(1).stdout,
    );
}

/// Vectors 18 to 21, asked instead of booked.
#[test]
fn the_vectors_with_windows() {
    let ask = "may production --at 2026-09-16T22:00 --for 2h";
    for (window, question, code) in [
        (
            "freeze --env production --from 2026-09-17 --to 2026-09-18",
            ask.to_owned(),
            0,
        ),
        (
            "freeze --env production --from 2026-09-16T18:00 --to 2026-09-18",
            ask.to_owned(),
            1,
        ),
        (
            "freeze --env production --from 2026-09-16T18:00 --to 2026-09-18",
            format!("{ask} --kind test"),
            0,
        ),
        (
            "allow --env production --from 2026-09-16T20:00 --to 2026-09-16T23:00",
            ask.to_owned(),
            1,
        ),
        (
            "allow --env production --from 2026-09-16T20:00 --to 2026-09-16T24:00",
            ask.to_owned(),
            0,
        ),
    ] {
        let berth = begun();
        berth.ok(window);
        berth.line(&question).exits(code);
    }
}

/// The hour that comes twice is asked about by its instant: only the first pass is taken.
#[test]
fn each_of_two_passes_of_an_hour() {
    let berth = begun();
    berth.book("--env staging --team QA --from 2026-10-25T01:30 --to 2026-10-25T02:30");
    berth.line("may staging --at 2026-10-25T00:15:00Z").exits(1);
    berth.line("may staging --at 2026-10-25T01:15:00Z").exits(0);
}

#[test]
fn shapes() {
    let berth = begun();
    berth.book("--env staging --team Perf --from 2026-09-15T09:00 --to 2026-09-15T13:00");
    let no = berth.line("--json may staging").exits(1).stdout;
    golden_json("may-no.json", &no);
    let yes = berth.line("--json may staging --team Perf").exits(0).stdout;
    golden_json("may-yes.json", &yes);
    let far = berth.json("may production");
    assert_eq!(
        (&far["holder"], &far["until"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
}

#[test]
fn questions_that_cannot_be_answered() {
    let berth = begun();
    berth
        .line("may stagng")
        .fails(3, "stagng", "Did you mean staging?");
    berth
        .line("may staging --team nobody")
        .fails(3, "nobody", "berth team add");
    berth
        .line("may staging --at noonish")
        .fails(3, "noonish", "tomorrow 9:00");
    berth
        .line("may staging --for 0m")
        .fails(3, "no time", "--for");
    assert_eq!(berth.line("may staging --kind party").code, Some(2));
}

fn event(place: &str, team: &str, start: &str, end: &str) -> String {
    let place = if place.is_empty() {
        String::new()
    } else {
        format!("LOCATION:{place}\r\n")
    };
    format!(
        "BEGIN:VEVENT\r\nUID:{place}{team}{start}\r\nDTSTAMP:20260901T000000Z\r\nDTSTART:{start}\r\n\
         DTEND:{end}\r\nSUMMARY:x\r\n{place}CATEGORIES:{team}\r\nEND:VEVENT\r\n"
    )
    .replace(&format!("UID:{place}"), "UID:")
}

fn calendar(events: &[String]) -> String {
    let events = events.concat();
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//berth//test//EN\r\n{events}END:VCALENDAR\r\n"
    )
}

#[test]
fn a_file_is_asked_instead_of_the_database() {
    let berth = Berth::empty().at(TUESDAY);
    // Berlin is UTC+2, and a time without a zone is Berlin's.
    let text = calendar(&[
        event("staging", "Perf", "20260915T070000Z", "20260915T110000Z"),
        event("", "QA", "20260915T123000", "20260915T140000"),
        event("Room 4", "QA", "20260915T070000Z", "20260915T110000Z"),
    ]);
    let file = berth.file("team.ics");
    std::fs::write(&file, &text).unwrap();
    let file = file.to_str().unwrap();
    for (question, code, expected) in [
        (
            "staging --team infra",
            1,
            "no: staging is held by Perf until 13:00",
        ),
        (
            "STAGING --team infra --at 13:00",
            1,
            "no: STAGING is held by QA until 14:00",
        ),
        ("staging --team perf", 0, "yes: perf holds it until 12:30"),
        ("production --team infra", 0, "yes: free until 12:30"),
    ] {
        says(
            &berth,
            &format!("{question} --from-ics {file}"),
            code,
            expected,
        );
    }
    assert!(!berth.data().exists(), "nothing is kept");
    let piped = ["may", "staging", "--team", "infra", "--from-ics", "-"];
    let piped = berth.fed(&piped, &text).exits(1);
    assert_eq!(piped.stdout, "no: staging is held by Perf until 13:00\n");
    let other = berth
        .line(&format!(
            "may prod --at 18:00 --team infra --from-ics {file}"
        ))
        .exits(0);
    assert_eq!(other.stderr, "");
}

#[test]
fn a_file_that_says_nothing_about_it_says_so() {
    let berth = Berth::empty().at(TUESDAY);
    let ask = ["may", "prod", "--team", "infra", "--from-ics", "-"];
    let elsewhere = calendar(&[event(
        "staging",
        "Perf",
        "20260915T070000Z",
        "20260915T110000Z",
    )]);
    let output = berth.fed(&ask, &elsewhere).exits(0);
    assert!(
        output.stderr.contains("nothing in it is about prod"),
        "{output:?}"
    );
    assert!(output.stderr.contains("It names staging"), "{output:?}");
    let broken = calendar(&[event("prod", "Perf", "never", "20260915T110000Z")]);
    let output = berth.fed(&ask, &broken).exits(0);
    assert!(
        output.stderr.contains("1 entry could not be read"),
        "{output:?}"
    );
    berth.fed(&ask, "hello").fails(3, "standard input", "");
    berth
        .line("may prod --from-ics x.ics")
        .fails(3, "Which team", "--team");
    berth
        .line("may prod --team infra --from-ics nowhere.ics")
        .fails(3, "nowhere.ics", "Check the name");
}

#[test]
fn an_address_is_asked_like_a_file() {
    let berth = Berth::empty().at(TUESDAY);
    let text = calendar(&[event(
        "staging",
        "Perf",
        "20260915T070000Z",
        "20260915T110000Z",
    )]);
    let address = serving("200 OK", text.into_bytes());
    says(
        &berth,
        &format!("staging --team infra --from-ics {address}"),
        1,
        "no: staging is held by Perf until 13:00",
    );
    assert!(!berth.data().exists(), "nothing is kept");

    for (head, body, expected) in [
        ("404 Not Found", "gone", "404"),
        (
            "302 Found\r\nLocation: file:///etc/passwd",
            "",
            "Cannot load the calendar from 127.0.0.1",
        ),
        ("200 OK", "hello", "127.0.0.1"),
    ] {
        let address = serving(head, body.into());
        let output = berth
            .line(&format!("may staging --team infra --from-ics {address}"))
            .exits(3);
        assert!(output.stderr.contains(expected), "{head}: {output:?}");
        assert!(
            !output.stderr.contains("secret") && !output.stderr.contains("private-key"),
            "{output:?}"
        );
    }
    let address = serving("200 OK", vec![b'x'; (10 << 20) + 100]);
    let output = berth
        .line(&format!("may staging --team infra --from-ics {address}"))
        .exits(3);
    assert!(output.stderr.contains("--large"), "{output:?}");
}
