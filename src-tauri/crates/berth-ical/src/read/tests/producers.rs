//! What programs are known to write, and what becomes of it: zones under every name, dates in other
//! forms than those of their series, bytes in every encoding, and damage.

use super::{calendar, issues, lines};

/// A file as it stands, `|` between lines: its events and what is wrong with it.
#[track_caller]
fn file(text: &str, expected: &[&str], expected_issues: &[&str]) {
    let calendar = calendar(text.replace('|', "\r\n").as_bytes());
    assert_eq!(lines(&calendar), expected, "{text}");
    assert_eq!(issues(&calendar), expected_issues, "{text}");
}

#[track_caller]
fn event(text: &str, expected: &str) {
    let text = format!("BEGIN:VCALENDAR|BEGIN:VEVENT|UID:1|{text}|END:VEVENT|END:VCALENDAR");
    file(&text, &[expected], &[]);
}

/// Nine in the morning, written with a TZID that only a program knows.
#[track_caller]
fn zone(tzid: &str, expected: &str) {
    let text = format!("DTSTART;TZID={tzid}:20260917T090000|DTEND;TZID={tzid}:20260917T100000");
    event(
        &text,
        &format!("1 2026-09-17 09:00–2026-09-17 10:00 {expected} | "),
    );
}

#[test]
fn zones_by_the_names_that_programs_give() {
    zone("W. Europe Standard Time", "Europe/Berlin");
    zone("\"Eastern Standard Time\"", "America/New_York");
    zone("eastern daylight time", "America/New_York");
    zone(
        "\"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna\"",
        "Europe/Berlin",
    );
    zone(
        "\"(GMT-05:00) Eastern Time (US & Canada)\"",
        "America/New_York",
    );
    zone("/mozilla.org/20050126_1/Europe/Paris", "Europe/Paris");
    zone(
        "/freeassociation.sourceforge.net/Tzfile/America/Sao_Paulo",
        "America/Sao_Paulo",
    );
    zone(
        "/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires",
        "America/Argentina/Buenos_Aires",
    );
    zone(
        "/softwarestudio.org/Olson_20011030_5/Europe/London",
        "Europe/London",
    );
    zone("tzone://Microsoft/Utc", "UTC");
    zone("\"tzone://Microsoft/Utc\"", "UTC");
    // Not in quotes, although there is a colon in it.
    zone(
        "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
        "Europe/Berlin",
    );
    zone("europe/berlin", "Europe/Berlin");
    zone("\"Europe/Berlin\"", "Europe/Berlin");
    zone("US/Pacific", "US/Pacific");
    zone("GMT", "GMT");
    zone("Etc/UTC", "Etc/UTC");
    zone("UTC", "UTC");
}

const BERLIN: &str = "BEGIN:STANDARD|DTSTART:16010101T030000|TZOFFSETFROM:+0200|TZOFFSETTO:+0100|RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU|END:STANDARD|BEGIN:DAYLIGHT|DTSTART:16010101T020000|TZOFFSETFROM:+0100|TZOFFSETTO:+0200|RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU|END:DAYLIGHT";

/// A file that describes its zone.
#[track_caller]
fn described(tzid: &str, more: &str, expected: &str, expected_issues: &[&str]) {
    let text = format!(
        "BEGIN:VCALENDAR|BEGIN:VTIMEZONE|TZID:{tzid}|{more}{BERLIN}|END:VTIMEZONE|BEGIN:VEVENT|UID:1|DTSTART;TZID=\"{tzid}\":20260917T090000|RRULE:FREQ=WEEKLY|END:VEVENT|END:VCALENDAR"
    );
    file(
        &text,
        &[&format!(
            "1 2026-09-17 09:00–2026-09-17 09:00 {expected} | FREQ=WEEKLY | "
        )],
        expected_issues,
    );
}

#[test]
fn zones_that_the_file_describes() {
    described(
        "Somewhere",
        "X-LIC-LOCATION:Europe/Vienna|",
        "Europe/Vienna",
        &[],
    );
    described("1", "X-MICROSOFT-CDO-TZID:4|", "Europe/Berlin", &[]);
    described(
        "Customized Time Zone",
        "",
        "Europe/Berlin",
        &[
            "line 19: the zone \u{201c}Customized Time Zone\u{201d}: its own rules are those of Europe/Berlin, which was taken",
        ],
    );
    described(
        "tzone://Microsoft/Custom",
        "",
        "Europe/Berlin",
        &[
            "line 19: the zone \u{201c}tzone://Microsoft/Custom\u{201d}: its own rules are those of Europe/Berlin, which was taken",
        ],
    );
    // Lotus Notes and Zimbra.
    described("W. Europe", "", "Europe/Berlin", &[]);
    described(
        "(GMT+01.00) Amsterdam / Berlin / Bern / Rome / Stockholm / Vienna",
        "",
        "Europe/Berlin",
        &[],
    );
}

#[test]
fn times_without_a_zone() {
    let text = |heading: &str, start: &str| {
        format!(
            "BEGIN:VCALENDAR|{heading}BEGIN:VEVENT|UID:1|DTSTART{start}|END:VEVENT|END:VCALENDAR"
        )
    };
    file(
        &text("X-WR-TIMEZONE:America/New_York|", ":20260917T090000"),
        &["1 2026-09-17 09:00–2026-09-17 09:00 America/New_York | floating | "],
        &[],
    );
    file(
        &text(
            "X-WR-TIMEZONE:Pacific Standard Time|",
            ";TZID=:20260917T090000",
        ),
        &["1 2026-09-17 09:00–2026-09-17 09:00 America/Los_Angeles | floating | "],
        &[],
    );
    file(
        &text("X-WR-TIMEZONE:Middle of Nowhere|", ":20260917T090000"),
        &["1 2026-09-17 09:00–2026-09-17 09:00 Europe/Berlin | floating | "],
        &[
            "line 2: the zone \u{201c}Middle of Nowhere\u{201d} is not known; times without a zone were read in Europe/Berlin",
        ],
    );
}

#[test]
fn dates_where_times_belong_and_times_where_dates_do() {
    event(
        "DTSTART;VALUE=DATE-TIME:20260917",
        "1 2026-09-17–2026-09-18 | ",
    );
    event(
        "DTSTART;VALUE=DATE:20260917T090000",
        "1 2026-09-17 09:00–2026-09-17 09:00 Europe/Berlin | floating | ",
    );
    event(
        "DTSTART;TZID=Europe/Berlin;VALUE=DATE:20260917|DTEND;TZID=Europe/Berlin;VALUE=DATE:20260919",
        "1 2026-09-17–2026-09-19 | ",
    );
    event(
        "DTSTART:20260917|DTEND:20260917",
        "1 2026-09-17–2026-09-18 | ",
    );
    event(
        "DTSTART;VALUE=DATE:20260917|DURATION:P2D",
        "1 2026-09-17–2026-09-19 | ",
    );
    event(
        "DTSTART:20260917T090000Z|DURATION:PT0S",
        "1 2026-09-17 09:00–2026-09-17 09:00 UTC | ",
    );
    event(
        "DTSTART:20260917T090000Z|DURATION:P1W",
        "1 2026-09-17 09:00–2026-09-24 09:00 UTC | ",
    );
    event(
        "DTSTART:20260917T090000Z|DURATION:+P1DT1H30M15S",
        "1 2026-09-17 09:00–2026-09-18 10:30 UTC | ",
    );
    event(
        "DTSTART:2026-09-17T09:00:00Z|DTEND:20260917T1000Z",
        "1 2026-09-17 09:00–2026-09-17 10:00 UTC | ",
    );
}

const DAILY: &str = "DTSTART;TZID=Europe/Berlin:20260917T090000|DTEND;TZID=Europe/Berlin:20260917T100000|RRULE:FREQ=DAILY";

#[test]
fn ends_and_exceptions_in_every_form() {
    let daily = |more: &str, expected: &str| {
        event(
            &format!("{DAILY}{more}"),
            &format!("1 2026-09-17 09:00–2026-09-17 10:00 Europe/Berlin | FREQ=DAILY{expected} | "),
        );
    };
    daily(";UNTIL=20260920", ";UNTIL=20260920T215959Z");
    daily(";UNTIL=20260920T090000", ";UNTIL=20260920T070000Z");
    daily(
        ";UNTIL=20260920T070000Z;COUNT=3",
        ";COUNT=3;UNTIL=20260920T070000Z",
    );
    daily(
        "|EXDATE:20260918T070000Z,20260919T070000Z",
        " -09-18 09:00 -09-19 09:00",
    );
    daily(
        "|EXDATE;TZID=Europe/Berlin:20260918T090000,20260919T090000|EXDATE:20260920T090000",
        " -09-18 09:00 -09-19 09:00 -09-20 09:00",
    );
    daily("|EXDATE;VALUE=DATE:20260918", " -09-18 09:00");
    daily("|RDATE:20260918T120000Z", " +09-18 14:00");
    event(
        "DTSTART;VALUE=DATE:20260917|RRULE:FREQ=DAILY;UNTIL=20260919T220000Z|EXDATE:20260918T000000",
        "1 2026-09-17–2026-09-18 | FREQ=DAILY;UNTIL=20260920 -09-18 00:00 | ",
    );
}

#[test]
fn changes_in_every_form() {
    for id in [
        ":20260918T070000Z",
        ";VALUE=DATE:20260918",
        ";TZID=Eastern Standard Time:20260918T030000",
        ";TZID=\"Europe/Berlin\":20260918T090000",
    ] {
        file(
            &format!(
                "BEGIN:VCALENDAR|BEGIN:VEVENT|UID:1|{DAILY}|END:VEVENT|BEGIN:VEVENT|UID:1|RECURRENCE-ID{id}|DTSTART:20260918T120000Z|STATUS:CANCELLED|END:VEVENT|END:VCALENDAR"
            ),
            &[
                "1 2026-09-17 09:00–2026-09-17 10:00 Europe/Berlin | FREQ=DAILY | ",
                "1[09-18 09:00] 2026-09-18 12:00–2026-09-18 12:00 UTC | cancelled | ",
            ],
            &[],
        );
    }
    file(
        &format!(
            "BEGIN:VCALENDAR|METHOD:CANCEL|BEGIN:VEVENT|UID:1|{DAILY}|END:VEVENT|END:VCALENDAR|BEGIN:VCALENDAR|BEGIN:VEVENT|UID:2|{DAILY}|END:VEVENT|END:VCALENDAR"
        ),
        &[
            "1 2026-09-17 09:00–2026-09-17 10:00 Europe/Berlin | FREQ=DAILY | cancelled | ",
            "2 2026-09-17 09:00–2026-09-17 10:00 Europe/Berlin | FREQ=DAILY | ",
        ],
        &[],
    );
}

#[test]
fn damage() {
    // Lower case, empty lines, blanks and tabs as folds, a bare CR, no DTSTAMP.
    file(
        "begin:vcalendar||begin:vevent|uid:1|dtstart;tzid=Europe/Berlin:20260917T0\r\n\t90000||summary:a b\r\n  c|location:x|end:vevent|end:vcalendar",
        &["1 2026-09-17 09:00–2026-09-17 09:00 Europe/Berlin | a b c"],
        &[],
    );
    file(
        "BEGIN:VCALENDAR|BEGIN:VEVENT|UID:1|DTSTART:20260917T090000Z|BEGIN:VALARM|TRIGGER:-PT5M|DTSTART:20260101T000000Z|BEGIN:VEVENT|UID:2|DTSTART:20260918T090000Z|END:VEVENT|END:VCALENDAR",
        &[
            "1 2026-09-17 09:00–2026-09-17 09:00 UTC | ",
            "2 2026-09-18 09:00–2026-09-18 09:00 UTC | ",
        ],
        &[
            "line 2: \u{201c}VEVENT\u{201d} has no END and was closed before line 8",
            "line 5: \u{201c}VALARM\u{201d} has no END and was closed before line 8",
        ],
    );
}

/// However the bytes are written, the title is the same.
#[test]
fn encodings() {
    let text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260917T090000Z\r\nSUMMARY:Größe – 発\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let title = |bytes: &[u8]| calendar(bytes).events[0].title.clone();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = [&[0xFE, 0xFF][..], &big].concat();
    let folded = text.replace('ß', "\u{1}").into_bytes();
    let at = folded.iter().position(|byte| *byte == 1).unwrap();
    let mut split = folded.clone();
    split.splice(at..=at, [0xC3, b'\r', b'\n', b' ', 0x9F]);
    for bytes in [
        text.as_bytes(),
        &big,
        &marked,
        &split,
        &[b"\xEF\xBB\xBF", text.as_bytes()].concat(),
    ] {
        assert_eq!(title(bytes), "Größe – 発");
    }
    assert_eq!(
        title(b"BEGIN:VEVENT\nUID:1\nDTSTART:20260917\nSUMMARY:Gr\xF6\xDFe \x96 \x80\nEND:VEVENT"),
        "Größe – €"
    );
}
