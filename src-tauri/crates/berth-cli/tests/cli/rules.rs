//! The fifteen rules of the domain as a person reads them: what is booked, and what `berth` says to
//! it, kept as one text.

use crate::berth::Berth;
use crate::golden::golden;

const THU: &str = "2026-09-17";
const FRI: &str = "2026-09-18";

/// A chapter of the text: the lines that are typed, and what each answers.
fn told(rule: &str, lines: &[&str]) -> String {
    let berth = Berth::begun();
    let mut text = format!("## {rule}\n\n");
    for line in lines {
        let output = berth.line(line);
        assert!(matches!(output.code, Some(0 | 1)), "{line}: {output:?}");
        text += &format!("$ berth {line}\n{}\n", output.stdout);
    }
    text
}

/// `book --env staging --team Infra --from …T09:00 --to …T13:00 …`.
fn book(team: &str, env: &str, day: &str, (from, to): (&str, &str), more: &str) -> String {
    let line = format!("book --env {env} --team {team} --from {day}T{from} --to {day}T{to} {more}");
    line.trim_end().to_owned()
}

fn staging(team: &str, from: &str, to: &str, more: &str) -> String {
    book(team, "staging", THU, (from, to), more)
}

fn chapter(rule: &str, lines: &[String]) -> String {
    told(rule, &lines.iter().map(String::as_str).collect::<Vec<_>>())
}

fn of_overlaps() -> String {
    let shared = |team, from, to| book(team, "integration", THU, (from, to), "--units 1");
    let ask = || "conflicts".to_owned();
    [
        chapter(
            "1 half-open: what only touches does not overlap",
            &[
                staging("Perf", "09:00", "13:00", ""),
                staging("Infra", "13:00", "17:00", ""),
                staging("QA", "12:59", "13:00", ""),
            ],
        ),
        chapter(
            "2 demand above capacity, not pairs",
            &[
                shared("Infra", "09:00", "10:00"),
                shared("Perf", "10:00", "11:00"),
                shared("QA", "09:00", "11:00"),
                shared("Infra", "10:30", "10:45"),
            ],
        ),
        chapter(
            "3 exclusive takes all, shared takes its units",
            &[
                shared("Infra", "09:00", "11:00"),
                shared("Perf", "09:00", "11:00"),
                book("QA", "integration", THU, ("10:00", "12:00"), ""),
            ],
        ),
        chapter(
            "4 buffers add up",
            &[
                book("Perf", "staging", FRI, ("09:00", "13:00"), "--clean-up 2h"),
                book("Infra", "staging", FRI, ("13:30", "15:30"), ""),
                book("QA", "staging", FRI, ("18:00", "19:00"), "--set-up 3h"),
            ],
        ),
        chapter(
            "5 tentative yields, cancelled and free do not count",
            &[
                staging("Infra", "13:00", "17:00", "--tentative"),
                staging("QA", "14:00", "16:00", ""),
                staging("Perf", "14:00", "16:00", "--free"),
                "cancel 2".to_owned(),
                ask(),
            ],
        ),
        chapter(
            "6 one team, one plan",
            &[
                staging("Infra", "09:00", "13:00", ""),
                staging("Infra", "12:00", "14:00", ""),
                book("QA", "production", THU, ("20:00", "22:00"), "--plan p"),
                book("Perf", "production", THU, ("20:00", "20:30"), "--plan p"),
            ],
        ),
    ]
    .concat()
}

fn of_time_and_windows() -> String {
    let deploy = |from, to| book("Infra", "production", THU, (from, to), "--kind deploy");
    let day = format!("book --env staging --team QA --from {THU} --all-day");
    let night = |team| {
        format!("book --env staging --team {team} --from 2026-10-24T22:00 --to 2026-10-25T06:00")
    };
    let window = |verb, from, to, title| {
        format!("{verb} --env production --from {THU}T{from} --to {THU}T{to} --title {title}")
    };
    let weekly = |team, time: &str| {
        format!(
            "book --env staging --team {team} --from 2026-09-01T{time} --for 2h --repeat FREQ=WEEKLY"
        )
    };
    [
        chapter(
            "7 a whole day is from midnight to midnight",
            &[
                day,
                book("Infra", "staging", FRI, ("00:00", "02:00"), ""),
                staging("Perf", "23:00", "23:30", ""),
            ],
        ),
        chapter(
            "8 a freeze stops deployments, not tests",
            &[
                window("freeze", "18:00", "23:00", "quarter-end"),
                deploy("22:00", "24:00"),
                book("QA", "production", THU, ("19:00", "20:00"), "--kind test"),
            ],
        ),
        chapter(
            "9 allow windows hold all of a deployment",
            &[
                window("allow", "20:00", "23:00", "evenings"),
                deploy("22:00", "24:00"),
                deploy("20:00", "21:00"),
            ],
        ),
        chapter(
            "10 a series is told once",
            &[
                weekly("Infra", "13:00"),
                staging("Perf", "09:00", "10:00", ""),
                "book --env staging --team QA --from 2026-10-06T14:00 --for 1h".to_owned(),
                "forecast".to_owned(),
            ],
        ),
        chapter(
            "11 wall time, compared as instants",
            &[night("Infra"), night("Perf")],
        ),
    ]
    .concat()
}

fn of_people() -> String {
    let past = |team| {
        format!("book --env staging --team {team} --from 2026-08-25T09:00 --to 2026-08-25T10:00")
    };
    let (first, second) = (
        staging("Perf", "09:00", "13:00", ""),
        staging("Infra", "12:00", "14:00", ""),
    );
    let saved = [
        first.clone(),
        second.clone(),
        "list --from 2026-09-17 --to 2026-09-17".to_owned(),
    ];
    [
        chapter(
            "12 what has ended raises nothing",
            &[past("Infra"), past("Perf")],
        ),
        accepted(&[&first, &second]),
        twice(),
        chapter("15 saving is always possible", &saved),
    ]
    .concat()
}

/// An acceptance holds until one of the members changes.
fn accepted(lines: &[&str]) -> String {
    let berth = Berth::begun();
    for line in lines {
        berth.ok(line);
    }
    let id = berth.json("conflicts")[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    berth.ok(&format!("accept {id} --reason agreed"));
    let mut text = "## 13 an acceptance lapses with a change\n\n".to_owned();
    text += &format!(
        "$ berth conflicts\n{}\n",
        berth.line("conflicts").exits(0).stdout
    );
    berth.ok("move 2 --from 2026-09-17T11:00");
    text + &format!(
        "$ berth conflicts\n{}\n",
        berth.line("conflicts").exits(1).stdout
    )
}

/// The same event of two calendars is one booking; the highest SEQUENCE wins.
fn twice() -> String {
    let berth = Berth::begun();
    for (sequence, hour) in [(1, "07"), (2, "09")] {
        let event = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//{sequence}//EN\r\nX-WR-CALNAME:calendar {sequence}\r\n\
             BEGIN:VEVENT\r\nUID:one\r\nDTSTAMP:20260901T000000Z\r\nSEQUENCE:{sequence}\r\n\
             DTSTART:20260917T{hour}0000Z\r\nDURATION:PT4H\r\nLOCATION:staging\r\nCATEGORIES:Perf\r\n\
             SUMMARY:load\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        );
        berth.fed(&["import", "-"], &event).exits(0);
    }
    let list = berth.ok("list --from 2026-09-17 --to 2026-09-17");
    format!("## 14 the same event twice is one booking\n\n$ berth list\n{list}\n")
}

#[test]
fn the_fifteen_rules_in_words() {
    let text = of_overlaps() + &of_time_and_windows() + &of_people();
    golden("rules.txt", &text);
}
