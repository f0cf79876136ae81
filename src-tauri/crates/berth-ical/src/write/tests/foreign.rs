//! Bookings that came from another program, and what that program wrote about them.

use super::*;

fn with_source(lines: &str) -> Booking {
    let mut booking = booking("1", timed(at(9, 17, 7, 0), at(9, 17, 8, 0), Tz::UTC));
    booking.source = Some(format!(
        "BEGIN:VEVENT\n{}\nEND:VEVENT",
        lines.replace('|', "\n")
    ));
    booking
}

/// The lines that a source adds to, or changes in, what is written without one.
fn check(lines: &str, options: &WriteOptions<'_>, expected: &[&str]) {
    check_changed(lines, |_| {}, options, expected);
}

fn check_changed(
    lines: &str,
    change: impl Fn(&mut Booking),
    options: &WriteOptions<'_>,
    expected: &[&str],
) {
    let mut booking = with_source(lines);
    change(&mut booking);
    let with = text(&[booking.clone()], options);
    booking.source = None;
    let without = text(&[booking], options);
    let more: Vec<&str> = with
        .split("\r\n")
        .filter(|line| !without.split("\r\n").any(|other| other == *line))
        .collect();
    assert_eq!(more, expected, "{lines}");
}

#[test]
fn what_berth_does_not_know_is_kept() {
    let none = WriteOptions::default();
    check(
        "X-APPLE-TRAVEL;VALUE=URI;X-TITLE=\"a, b\":geo:1,2|CLASS:PRIVATE",
        &none,
        &[
            "X-APPLE-TRAVEL;VALUE=URI;X-TITLE=\"a, b\":geo:1,2",
            "CLASS:PRIVATE",
        ],
    );
    check(
        "UID:2|DTSTAMP:20200101T000000Z|DURATION:PT3H|STATUS:TENTATIVE|X-BERTH-PLAN:old",
        &none,
        &[],
    );
    check(
        "ORGANIZER:mailto:a@example.org|ATTENDEE:mailto:b@example.org|BEGIN:VALARM|ACTION:AUDIO|END:VALARM",
        &none,
        &[],
    );
    check(
        "BEGIN:X-PART|X-A:1|END:X-PART",
        &none,
        &["BEGIN:X-PART", "X-A:1", "END:X-PART"],
    );
    check(
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        &none,
        &["X-MICROSOFT-CDO-ALLDAYEVENT:FALSE"],
    );
    check("not a property|NOT A NAME:x", &none, &[]);
    check("rubbish", &none, &[]);
}

#[test]
fn parameters_of_a_text_stay_while_it_does() {
    let none = WriteOptions::default();
    check(
        "SUMMARY;LANGUAGE=de;ENCODING=8BIT:load test",
        &none,
        &["SUMMARY;LANGUAGE=de:load test"],
    );
    check("SUMMARY;LANGUAGE=de:Lasttest", &none, &[]);
    check(
        "DESCRIPTION;LANGUAGE=de:|X-ALT-DESC;FMTTYPE=text/html:<p></p>",
        &none,
        &[
            "DESCRIPTION;LANGUAGE=de:[Berth] test on staging by Perf",
            "X-ALT-DESC;FMTTYPE=text/html:<p></p>",
        ],
    );
    check(
        "DESCRIPTION;LANGUAGE=de:old|X-ALT-DESC;FMTTYPE=text/html:<p>old</p>",
        &none,
        &[],
    );
}

#[test]
fn places_and_categories_stay_beside_environment_and_team() {
    let names = WriteOptions {
        environments: &["Staging", "production"],
        teams: &["Perf", "Infra"],
        ..WriteOptions::default()
    };
    check(
        "LOCATION;LANGUAGE=de:Raum 5",
        &names,
        &["LOCATION;LANGUAGE=de:Raum 5"],
    );
    check("LOCATION:PRODUCTION", &names, &[]);
    check("LOCATION:STAGING", &names, &[]);
    check(
        "CATEGORIES:infra,Meeting\\, big|CATEGORIES:perf",
        &names,
        &["CATEGORIES:Perf,Meeting\\, big"],
    );
    check(
        "CATEGORIES:Infra",
        &WriteOptions::default(),
        &["CATEGORIES:Perf,Infra"],
    );
}

#[test]
fn a_rule_that_is_not_followed_is_kept_until_there_is_another() {
    let none = WriteOptions::default();
    let series = "RRULE:FREQ=HOURLY|EXDATE:20260917T100000Z|EXRULE:FREQ=DAILY";
    check(
        series,
        &none,
        &[
            "RRULE:FREQ=HOURLY",
            "EXDATE:20260917T100000Z",
            "EXRULE:FREQ=DAILY",
        ],
    );
    check_changed(
        series,
        |booking| booking.recurrence = weekly("FREQ=WEEKLY"),
        &none,
        &[],
    );
    // A series that is one no more.
    check("RRULE:FREQ=WEEKLY|EXDATE:20260924T070000Z", &none, &[]);
}

/// An import that changes nothing is exported as it came, but for what Berth adds, and then for ever
/// the same.
#[test]
fn fixtures_come_back() {
    for (file, kept) in [
        ("google.ics", &[][..]),
        (
            "exchange.ics",
            &[
                "CLASS:PUBLIC",
                "LOCATION;LANGUAGE=de-DE:Room 5",
                "X-MICROSOFT-DISALLOW-COUNTER:FALSE",
            ],
        ),
        (
            "apple.ics",
            &[
                "URL;VALUE=URI:https://chat.example/room",
                "X-ADDRESS=\"Ring 1\\, Wien\";X-TITLE=\"Ring\":geo:48.2,16.3",
            ],
        ),
        (
            "thunderbird.ics",
            &[
                "CATEGORIES:Perf,Équipe Web,Répétition",
                "X-MOZ-GENERATION:4",
            ],
        ),
    ] {
        let path = format!("{}/tests-data/{file}", env!("CARGO_MANIFEST_DIR"));
        let mut bookings = as_bookings(&std::fs::read_to_string(path).unwrap());
        let mut last = plain(&bookings);
        let again = as_bookings(&last);
        let timing = |booking: &Booking| {
            (
                booking.uid.clone(),
                booking.recurrence_id,
                booking.when,
                booking.recurrence.clone(),
                booking.title.clone(),
                booking.notes.clone(),
            )
        };
        assert_eq!(
            again.iter().map(timing).collect::<Vec<_>>(),
            bookings.iter().map(timing).collect::<Vec<_>>(),
            "{file}"
        );
        for _ in 0..2 {
            bookings = as_bookings(&last);
            let next = plain(&bookings);
            assert_eq!(next, last, "{file}");
            last = next;
        }
        for line in kept {
            assert!(last.replace("\r\n ", "").contains(line), "{line}");
        }
    }
}

fn as_bookings(text: &str) -> Vec<Booking> {
    let document = parse(text, &Limits::default()).unwrap();
    let events = read(
        &document,
        &Context {
            zone: Tz::Europe__Berlin,
        },
    )
    .events;
    let bookings = events.into_iter().map(|event| Booking {
        notes: event.notes(&document),
        recurrence_id: event.recurrence_id,
        recurrence: event.recurrence.map(|one| *one),
        title: event.title,
        status: event.status,
        transparency: event.transparency,
        sequence: event.sequence,
        source: Some(document.source(event.component).into_owned()),
        ..booking(&event.uid, event.when.unwrap())
    });
    bookings.collect()
}

#[test]
fn the_zones_of_what_is_kept_are_described() {
    let mut one = booking("1", timed(at(9, 17, 9, 0), at(9, 17, 10, 0), Tz::UTC));
    one.source = Some(
        "BEGIN:VEVENT\nUID:1\nX-SEEN;TZID=W. Europe Standard Time:20260917T090000\n\
         X-ALSO;TZID=Asia/Tokyo:20260917T090000\nX-LOST;TZID=Nowhere:20260917T090000\nEND:VEVENT"
            .into(),
    );
    let text = plain(&[one]);
    for described in [
        "TZID:W. Europe Standard Time\r\nX-LIC-LOCATION:Europe/Berlin",
        "TZID:Asia/Tokyo\r\n",
    ] {
        assert!(text.contains(described), "{text}");
    }
    assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 2, "{text}");
    assert!(
        text.contains("X-SEEN;TZID=W. Europe Standard Time:20260917T090000\r\n"),
        "{text}"
    );
}

#[test]
fn a_uid_keeps_every_character() {
    let uid = "a\u{8f}b\u{85}c";
    let one = booking(uid, timed(at(9, 17, 9, 0), at(9, 17, 10, 0), Tz::UTC));
    assert_eq!(imported(&plain(&[one]))[0].uid, uid);
}
