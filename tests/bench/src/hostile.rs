//! Calendars that mean harm: what each costs to look at, and that it ends in an answer.
//!
//! Every one stays under the size that is read without asking, but those that are to be refused.

use std::fmt::Write as _;

use berth_tests::berth::Berth;

use crate::child;
use crate::figure::Figure;

/// No file may take longer, in milliseconds.
const TIME: f64 = 2000.0;
/// Nor more memory, in megabytes.
const MEMORY: f64 = 256.0;
/// Just under what is read without asking.
const SIZE: usize = 10_000_000;

type Make = fn() -> String;

/// Names, and the text of each; with it whether a calendar of that size is refused.
const FILES: &[(&str, Make, bool)] = &[
    ("components in components, 300,000 deep", deep, false),
    ("components without an end, 19,000", unclosed, false),
    (
        "one line of 10 MB",
        || event(&format!("DESCRIPTION:{}", "x".repeat(SIZE))),
        false,
    ),
    (
        "one line, folded at each character",
        || event(&format!("DESCRIPTION:{}", "x\r\n ".repeat(SIZE / 4))),
        false,
    ),
    (
        "a quote that never closes, 10 MB",
        || event(&format!("X-A;B=\"{}", "x".repeat(SIZE))),
        false,
    ),
    (
        "an event of a million properties",
        || event(&"X-A:1\r\n".repeat(1_000_000)),
        false,
    ),
    (
        "600,000 different properties",
        || numbered(600_000, |text, n| _ = write!(text, "X-{n}:\r\n")),
        false,
    ),
    (
        "a property of a million parameters",
        || event(&format!("X-A{}:1", ";A=1".repeat(1_000_000))),
        false,
    ),
    (
        "attachments in base64, 10 MB",
        || event(&"ATTACH;ENCODING=BASE64;VALUE=BINARY:QUJD\r\n QUJD\r\n".repeat(SIZE / 50)),
        false,
    ),
    (
        "control characters, 10 MB",
        || event(&format!("SUMMARY:{}", "\u{0}\u{7}".repeat(SIZE / 2))),
        false,
    ),
    (
        "a rule for every second since 1900, 10,000 events",
        || rules("19000101T000000", "FREQ=SECONDLY"),
        false,
    ),
    (
        "a rule with a count of two billion, 10,000 events",
        || rules("19000101T000000", "FREQ=DAILY;COUNT=2147483647"),
        false,
    ),
    (
        "a rule for the 30th of February, 10,000 events",
        || rules("20260101T000000", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        false,
    ),
    (
        "a rule for a Friday 13th in week 53, 10,000 events",
        || {
            rules(
                "19000101T000000",
                "FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR;BYMONTHDAY=13;BYSETPOS=366",
            )
        },
        false,
    ),
    (
        "400,000 dates of one series",
        || {
            event(&format!(
                "DTSTART:20260101T000000Z\r\nRDATE:{}",
                dates(400_000)
            ))
        },
        false,
    ),
    (
        "100,000 exceptions of one series",
        || {
            event(&format!(
                "DTSTART:20200101T000000Z\r\nRRULE:FREQ=DAILY\r\n{}",
                exceptions(100_000)
            ))
        },
        false,
    ),
    ("19,000 changes of one series", changes, false),
    (
        "19,000 versions of one event",
        || events(19_000, |_| "UID:one\r\nDTSTART:20260914T080000Z".into()),
        false,
    ),
    ("9,000 zones of its own", zones, false),
    (
        "11 MB, which is asked about",
        || event(&"X-A:1\r\n".repeat(1_600_000)),
        true,
    ),
    (
        "21,000 entries, which are asked about",
        || events(21_000, |n| format!("UID:{n}")),
        true,
    ),
];

pub(crate) fn measure() -> Vec<Figure> {
    FILES
        .iter()
        .flat_map(|(name, make, refused)| look(name, &make(), *refused))
        .collect()
}

/// An import of the file into an empty database.
fn look(name: &str, text: &str, refused: bool) -> [Figure; 2] {
    let berth = Berth::new().now("2026-09-14T08:00:00Z");
    berth.ok("env list");
    let path = berth.folder().with_extension("ics");
    std::fs::write(&path, text).expect("a calendar can be written");
    let path = path.to_string_lossy().into_owned();
    berth.ok("team add Perf");
    let words = ["import", "--env", "staging", "--team", "Perf", &path];
    let run = child::run(berth.command(words));
    let expected = if refused { 3 } else { 0 };
    assert_eq!(run.code, Some(expected), "{name}: {}", run.printed);
    let input = format!("{name}, {:.1} MB", text.len() as f64 / 1e6);
    [
        Figure::time("hostile: import", &input, run.time).at_most(TIME),
        Figure::new("hostile: memory at the peak", &input, run.peak, "MB").at_most(MEMORY),
    ]
}

fn calendar(inside: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inside}END:VCALENDAR\r\n")
}

fn event(lines: &str) -> String {
    let lines = lines.trim_end();
    calendar(&format!(
        "BEGIN:VEVENT\r\nUID:one\r\n{lines}\r\nEND:VEVENT\r\n"
    ))
}

fn events(count: usize, lines: impl Fn(usize) -> String) -> String {
    let events = (0..count).map(|n| format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", lines(n)));
    calendar(&events.collect::<String>())
}

fn numbered(count: usize, line: impl Fn(&mut String, usize)) -> String {
    let mut text = String::new();
    (0..count).for_each(|n| line(&mut text, n));
    event(&text)
}

fn deep() -> String {
    calendar(&"BEGIN:X-DEEP\r\n".repeat(300_000))
}

fn unclosed() -> String {
    let events =
        (0..19_000).map(|n| format!("BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20260914T080000Z\r\n"));
    calendar(&events.collect::<String>())
}

fn rules(start: &str, rule: &str) -> String {
    events(10_000, |n| {
        format!("UID:{n}\r\nDTSTART;TZID=Europe/Berlin:{start}\r\nDURATION:PT1H\r\nRRULE:{rule}")
    })
}

fn dates(count: usize) -> String {
    let dates: Vec<String> = (0..count).map(date).collect();
    dates
        .chunks(2_000)
        .map(|chunk| chunk.join(","))
        .collect::<Vec<_>>()
        .join("\r\nRDATE:")
}

fn exceptions(count: usize) -> String {
    (0..count)
        .map(|n| format!("EXDATE:{}\r\n", date(n)))
        .collect()
}

fn date(n: usize) -> String {
    let (day, month, year) = (1 + n % 28, 1 + n / 28 % 12, 2000 + n / 336 % 100);
    format!("{year}{month:02}{day:02}T{:02}0000Z", n / 33_600 % 24)
}

fn changes() -> String {
    events(19_000, |n| match n {
        0 => "UID:one\r\nDTSTART:20000101T080000Z\r\nRRULE:FREQ=DAILY".into(),
        _ => format!("UID:one\r\nRECURRENCE-ID:{0}\r\nDTSTART:{0}", date(n)),
    })
}

fn zones() -> String {
    let zones = (0..9_000).map(|n| {
        format!("BEGIN:VTIMEZONE\r\nTZID:Own {n}\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\n\
            RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=1\r\nTZOFFSETFROM:+0{0}17\r\nTZOFFSETTO:+0{0}17\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n", n % 10)
    });
    let events = (0..1_900).map(|n| {
        format!("BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART;TZID=Own {n}:20260914T080000\r\nEND:VEVENT\r\n")
    });
    calendar(&zones.chain(events).collect::<String>())
}
