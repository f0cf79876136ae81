use chrono::NaiveDate;
use chrono_tz::Tz;

use super::*;
use crate::reminder::tests::at;
use crate::words::Language;

const BERLIN: Tz = Tz::Europe__Berlin;

fn timed(start: &str, end: &str) -> Message<'static> {
    let (start, end) = (at(start), at(end));
    let (first, last) = (start.wall(BERLIN), end.wall(BERLIN));
    let when = When::Timed {
        start: first,
        end: last,
        zone: BERLIN,
    };
    Message {
        environment: "staging",
        team: "Perf",
        title: "load test",
        when,
        start,
        end,
    }
}

/// From the first day to the day after the last.
fn whole_days(first: &str, after: &str) -> Message<'static> {
    let date = |day: &str| -> NaiveDate { format!("2026-09-{day}").parse().unwrap() };
    let when = When::AllDay {
        start: date(first),
        end: date(after),
    };
    Message {
        when,
        ..timed(&format!("{first} 00:00"), &format!("{after} 00:00"))
    }
}

fn phrasing(now: &str) -> Phrasing {
    Phrasing {
        zone: BERLIN,
        now: at(now),
        hour12: false,
        language: Language::English,
    }
}

/// `expected` is the heading and the text, with a bar between them.
fn check(about: Message<'_>, now: &str, expected: &str) {
    let (summary, body) = message(&about, Tell::Start, phrasing(now));
    assert_eq!(format!("{summary} | {body}"), expected, "{now}");
}

#[test]
fn how_far_away_it_is() {
    let perf = timed("09:00", "13:00");
    for (now, distance) in [
        ("07:00", "in 2 h"),
        ("07:29", "in 1 h 31 min"),
        ("08:50", "in 10 min"),
        ("08:50:01", "in 10 min"),
        ("08:59:59", "in 1 min"),
        ("09:00", "now"),
        ("09:00:59", "now"),
        ("09:20", "started 20 min ago"),
        ("11:30", "started 2 h 30 min ago"),
    ] {
        let expected = format!("staging {distance}: load test | Perf, 09:00–13:00");
        check(perf, now, &expected);
    }
}

#[test]
fn the_day_is_said_unless_it_is_today() {
    let perf = timed("09:00", "13:00");
    let day = whole_days("17", "18");
    let days = whole_days("17", "19");
    for (about, now, expected) in [
        (
            perf,
            "16 23:00",
            "in 10 h: load test | Perf, Thu 17 Sep 09:00–13:00",
        ),
        (
            perf,
            "14 08:00",
            "in 3 days: load test | Perf, Thu 17 Sep 09:00–13:00",
        ),
        (
            timed("09:00", "18 06:00"),
            "09:00",
            "now: load test | Perf, Thu 09:00 – Fri 06:00",
        ),
        (
            timed("09:00", "09:00"),
            "09:00",
            "now: load test | Perf, 09:00",
        ),
        (
            timed("09:00", "09:00"),
            "16 09:00",
            "in 24 h: load test | Perf, Thu 17 Sep 09:00",
        ),
        (
            day,
            "16 23:50",
            "in 10 min: load test | Perf, Thu 17 Sep, all day",
        ),
        (
            day,
            "17 00:05",
            "started 5 min ago: load test | Perf, all day",
        ),
        (
            days,
            "16 23:50",
            "in 10 min: load test | Perf, Thu 17 Sep – Fri 18 Sep, all day",
        ),
    ] {
        check(about, now, &format!("staging {expected}"));
    }
}

#[test]
fn twelve_hours() {
    let phrasing = Phrasing {
        hour12: true,
        ..phrasing("08:50")
    };
    let (_, body) = message(&timed("09:00", "12:30"), Tell::Start, phrasing);
    assert_eq!(body, "Perf, 9:00 am–12:30 pm");
}

#[test]
fn what_others_wrote_is_one_plain_short_line() {
    let titled = |title| Message {
        title,
        ..timed("09:00", "13:00")
    };
    check(titled(""), "09:00", "staging now | Perf, 09:00–13:00");
    let hostile = titled("\u{202E}a\n<b>\t\0c\u{2069}");
    check(hostile, "09:00", "staging now: a <b> c | Perf, 09:00–13:00");
    let long = "ab ".repeat(5000);
    let (summary, _) = message(&titled(&long), Tell::Start, phrasing("09:00"));
    assert!(summary.ends_with('…'), "{summary}");
    assert!(summary.chars().count() < 200, "{summary}");
}

#[test]
fn many_at_once_are_counted() {
    let (summary, body) = digest(&[timed("09:00", "13:00"); 6], phrasing("08:50"));
    assert_eq!(summary, "6 slots of your teams");
    let line = "staging in 10 min: load test (Perf)\n";
    assert_eq!(body, format!("{}and 2 more", line.repeat(4)));
}

#[test]
fn different_words_for_different_things() {
    let about = timed("09:00", "13:00");
    for (tell, now, expected) in [
        (
            Tell::End { next: "Perf" },
            "12:45",
            "staging ends in 15 min, Perf is next | Perf, 09:00–13:00: load test",
        ),
        (
            Tell::Moved,
            "08:00",
            "staging was moved: load test | Perf, now 09:00–13:00",
        ),
        (
            Tell::Conflict { with: "QA: hold" },
            "08:00",
            "staging has a new conflict: load test | Perf, 09:00–13:00, with QA: hold",
        ),
        (
            Tell::Conflict { with: "" },
            "08:00",
            "staging has a new conflict: load test | Perf, 09:00–13:00",
        ),
    ] {
        let (summary, body) = message(&about, tell, phrasing(now));
        assert_eq!(format!("{summary} | {body}"), expected, "{tell:?}");
    }
}

#[test]
fn nothing_is_longer_than_200_characters() {
    let long = "ab ".repeat(5000);
    let about = Message {
        environment: &long,
        team: &long,
        title: &long,
        ..timed("09:00", "13:00")
    };
    let tells = [
        Tell::Start,
        Tell::End { next: &long },
        Tell::Moved,
        Tell::Conflict { with: &long },
    ];
    let mut texts: Vec<String> = Vec::new();
    for tell in tells {
        let (summary, body) = message(&about, tell, phrasing("09:00"));
        texts.extend([summary, body]);
    }
    let (summary, body) = digest(&[about; 9], phrasing("09:00"));
    texts.extend([summary, body]);
    for text in texts {
        assert!(text.chars().count() <= 200, "{text}");
    }
}

#[test]
fn in_german() {
    let phrasing = Phrasing {
        language: Language::German,
        ..phrasing("17 09:20")
    };
    let about = timed("09:00", "13:00");
    let earlier = timed("14 08:00", "14 09:00");
    let later = timed("20 09:00", "21 18:00");
    for (about, tell, expected) in [
        (
            about,
            Tell::Start,
            "staging begann vor 20 min: load test | Perf, 09:00–13:00",
        ),
        (
            earlier,
            Tell::Start,
            "staging begann vor 3 Tagen: load test | Perf, Mo 14. Sep 08:00–09:00",
        ),
        (
            later,
            Tell::Start,
            "staging in 2 Tagen: load test | Perf, So 20. Sep 09:00 – Mo 21. Sep 18:00",
        ),
        (
            whole_days("17", "18"),
            Tell::Moved,
            "staging wurde verschoben: load test | Perf, jetzt ganztags",
        ),
        (
            about,
            Tell::End { next: "QA" },
            "staging endet in 3 h 40 min, dann QA | Perf, 09:00–13:00: load test",
        ),
        (
            about,
            Tell::Conflict { with: "QA: hold" },
            "staging hat einen neuen Konflikt: load test | Perf, 09:00–13:00, mit QA: hold",
        ),
    ] {
        let (summary, body) = message(&about, tell, phrasing);
        assert_eq!(format!("{summary} | {body}"), expected);
    }
    let (summary, body) = digest(&[about; 6], phrasing);
    assert_eq!(summary, "6 Buchungen Ihrer Teams");
    assert!(body.ends_with("\nund 2 weitere"), "{body}");
}
