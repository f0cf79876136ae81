use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The UIDs, or else the numbers, of the events that stay for the week of 14 September 2026.
#[track_caller]
fn check(events: &[&str], expected: &[usize]) {
    let mut text = String::from("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    for (number, event) in events.iter().enumerate() {
        text += &format!("BEGIN:VEVENT\r\nX-N:{number}\r\nLOCATION:here\r\n");
        text += &event.replace(' ', "\r\n").replace('~', " ");
        text += "\r\nEND:VEVENT\r\n";
    }
    text += "END:VCALENDAR\r\n";
    let kept = near(
        text.clone().into_bytes(),
        day("2026-09-14"),
        day("2026-09-21"),
    );
    let kept = String::from_utf8(kept).unwrap();
    let stay = |number: &usize| kept.contains(&format!("X-N:{number}\r\n"));
    // The first of a place always stays.
    let found: Vec<usize> = (1..events.len()).filter(stay).collect();
    assert_eq!(found, expected, "{kept}");
    assert!(kept.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
}

const FAR: &str = "DTSTART:20200101T080000Z DTEND:20200101T090000Z";

#[test]
fn what_is_far_away_goes() {
    check(
        &[
            FAR,
            FAR,
            "DTSTART:20260915T080000Z DTEND:20260915T090000Z",
            "DTSTART;TZID=Europe/Berlin:20270101T080000 DTEND;TZID=Europe/Berlin:20270101T090000",
            "DTSTART;VALUE=DATE:20260918",
        ],
        &[2, 4],
    );
    let long = "DTSTART;VALUE=DATE:20200101 DTEND;VALUE=DATE:20300101";
    check(&[FAR, long], &[1]);
}

#[test]
fn what_is_not_plain_stays() {
    for event in [
        "SUMMARY:no~time",
        "DTSTART:never",
        "DTSTART:20200101T080000Z DURATION:P9000D",
        "DTSTART:20200101T080000Z RRULE:FREQ=DAILY",
        "DTSTART:20200101T080000Z RRULE:FREQ=MONTHLY;COUNT=99",
        "DTSTART:20200101T080000Z RRULE:FREQ=WEEKLY;BYMONTH=9;COUNT=20",
        "DTSTART:20200101T080000Z RRULE:FREQ=WEEKLY;COUNT=400",
        "DTSTART:20200101T080000Z RRULE:FREQ=DAILY;UNTIL=20261231T000000Z",
        "DTSTART:20200101T080000Z RDATE:20260915T080000Z",
        "DTSTART:20200101T080000Z DTSTART:20260915T080000Z",
        "DTSTART:2020010 ~1T080000Z",
        "DTSTART:20200101T080000Z RRULE:FREQ=DAILY;UNTIL=2020 ~0201",
    ] {
        check(&[FAR, event], &[1]);
    }
}

#[test]
fn a_series_that_has_ended_goes() {
    for event in [
        "DTSTART:20200101T080000Z RRULE:FREQ=DAILY;UNTIL=20200301T000000Z",
        "DTSTART:20200101T080000Z RRULE:FREQ=WEEKLY;BYDAY=MO,TH;COUNT=12",
        "DTSTART:20200101T080000Z RRULE:FREQ=DAILY;INTERVAL=2;COUNT=99",
        "DTSTART:20270101T080000Z RRULE:FREQ=DAILY",
        "DTSTART:20200101T080000Z BEGIN:VALARM DTSTART:20260915T080000Z END:VALARM",
    ] {
        check(&[FAR, event], &[]);
    }
}

/// A later version that went elsewhere, an occurrence that was moved away, and one whose UID is
/// folded.
#[test]
fn whoever_is_the_same_as_one_that_stays_stays() {
    let here = "UID:one-and-two DTSTART:20260915T080000Z";
    let away = format!("UID:one- ~and-two {FAR}");
    check(&[FAR, here, &away, &format!("UID:other {FAR}")], &[1, 2]);
    let series = "UID:s DTSTART:20260101T080000Z RRULE:FREQ=DAILY";
    let moved = format!("UID:s RECURRENCE-ID:20260915T080000Z {FAR}");
    check(&[FAR, series, &moved], &[1, 2]);
}

/// What stands in the way now began in spring, and then somebody else was there.
#[test]
fn whoever_is_beside_one_that_stays_stays() {
    let long = "DTSTART:20260301T080000Z DTEND:20261001T080000Z";
    check(&[FAR, "DTSTART:20260305T080000Z", long, FAR], &[1, 2]);
}

#[test]
fn what_is_not_understood_is_given_back() {
    let (from, to) = (day("2026-09-14"), day("2026-09-21"));
    let utf16: Vec<u8> = "BEGIN:VEVENT\r\nDTSTART:20200101\r\nEND:VEVENT\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let far = "BEGIN:VEVENT\r\nLOCATION:a\r\nDTSTART:20200101\r\nEND:VEVENT\r\n".repeat(2);
    for text in [
        utf16,
        format!("BEGIN:VCALENDAR\r\nVERSION:1.0\r\n{far}END:VCALENDAR\r\n").into_bytes(),
        format!("BEGIN:VEVENT\r\n{far}").into_bytes(),
        b"hello".to_vec(),
        Vec::new(),
    ] {
        assert_eq!(near(text.clone(), from, to), text);
    }
    let names = format!("{far}BEGIN:VEVENT\r\nLOCATION:b\r\nDTSTART:20200101\r\nEND:VEVENT\r\n");
    let kept = near(names.into_bytes(), from, to);
    assert_eq!(
        String::from_utf8(kept).unwrap().matches("LOCATION").count(),
        2,
        "one of each place"
    );
}
