//! What Berth adds to an event, and what an event says beside its times.

use berth_core::Kind;
use chrono::TimeDelta;

use super::{check, events, issues, lines};

#[test]
fn everything_berth_writes_is_read() {
    let calendar = events(&[
        "UID:1|DTSTART:20260917T070000Z|DTEND:20260917T080000Z|X-BERTH-ENVIRONMENT:staging\\, old|X-BERTH-KIND:deploy|X-BERTH-UNITS:2|X-BERTH-SETUP:PT30M|X-BERTH-CLEANUP:P1D|X-BERTH-PLAN:R42|X-BERTH-LEAD-TIMES:PT10M,PT1H|X-BERTH-TZID:Europe/Berlin",
    ]);
    let event = &calendar.events[0];
    assert_eq!(
        lines(&calendar),
        ["1 2026-09-17 09:00–2026-09-17 10:00 Europe/Berlin | "]
    );
    assert_eq!(event.environment.as_deref(), Some("staging, old"));
    assert_eq!(
        (event.kind, event.units, event.plan.as_deref()),
        (Some(Kind::Deploy), Some(2), Some("R42"))
    );
    assert_eq!(
        (event.set_up, event.clean_up),
        (Some(TimeDelta::minutes(30)), Some(TimeDelta::days(1)))
    );
    assert_eq!(
        event.lead_times,
        Some(vec![TimeDelta::minutes(10), TimeDelta::hours(1)])
    );
    assert_eq!(issues(&calendar), [""; 0]);
}

#[test]
fn what_is_not_said_is_left_to_the_environment() {
    let event = events(&["UID:1|DTSTART:20260917T070000Z"])
        .events
        .swap_remove(0);
    assert_eq!(
        (
            event.kind,
            event.units,
            event.set_up,
            event.clean_up,
            event.lead_times
        ),
        (None, None, None, None, None)
    );
    let never = events(&["UID:1|DTSTART:20260917T070000Z|X-BERTH-LEAD-TIMES:NONE"])
        .events
        .swap_remove(0);
    assert_eq!(never.lead_times, Some(Vec::new()));
}

#[test]
fn values_that_cannot_be() {
    check(
        &[
            "UID:1|DTSTART:20260917T070000Z|X-BERTH-KIND:party|X-BERTH-UNITS:0|X-BERTH-SETUP:-PT1H|X-BERTH-CLEANUP:P8D|CREATED:long ago",
        ],
        &["1 2026-09-17 07:00–2026-09-17 07:00 UTC"],
        &[
            "line 5: X-BERTH-KIND cannot be \u{201c}party\u{201d}; it was not taken",
            "line 6: X-BERTH-UNITS cannot be \u{201c}0\u{201d}; it was not taken",
            "line 7: X-BERTH-SETUP cannot be \u{201c}-PT1H\u{201d}; it was not taken",
            "line 8: X-BERTH-CLEANUP cannot be \u{201c}P8D\u{201d}; it was not taken",
            "line 9: CREATED cannot be \u{201c}long ago\u{201d}; it was not taken",
        ],
    );
}

/// The wall time of a zone is only taken where it is the same instant: not the second 02:30.
#[test]
fn the_own_zone_never_moves_a_booking() {
    check(
        &["UID:1|DTSTART:20261025T013000Z|DTEND:20261025T023000Z|X-BERTH-TZID:Europe/Berlin"],
        &["1 2026-10-25 01:30–2026-10-25 02:30 UTC"],
        &[],
    );
}

#[test]
fn texts() {
    let event = events(&["UID:1|DTSTART:20260917T070000Z|SUMMARY:one\\, two\\nthree|DESCRIPTION:a\\nb\\n\\n[Berth] test on staging by QA|LOCATION:Room 5|RESOURCES:beamer,staging|CATEGORIES:A\\,B, C|CATEGORIES:D|URL:https://chat.example/r"]).events.swap_remove(0);
    assert_eq!(event.title.as_str(), "one, two three");
    assert_eq!(event.location.as_deref(), Some("Room 5"));
    assert_eq!(
        (event.resources, event.categories),
        (
            vec!["beamer".to_owned(), "staging".into()],
            vec!["A,B".to_owned(), "C".into(), "D".into()]
        )
    );
    assert_eq!(event.url.as_deref(), Some("https://chat.example/r"));
    let quoted = events(&[
        "UID:1|DTSTART:20260917T070000Z|SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Pr=C3=BCfung",
    ]);
    assert_eq!(quoted.events[0].title, "Prüfung");
}

#[test]
fn busy_times_of_outlook() {
    check(
        &[
            "UID:1|DTSTART:20260917T070000Z|X-MICROSOFT-CDO-BUSYSTATUS:FREE",
            "UID:2|DTSTART:20260917T070000Z|X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",
            "UID:3|DTSTART:20260917T070000Z|X-MICROSOFT-CDO-BUSYSTATUS:FREE|TRANSP:OPAQUE|STATUS:CONFIRMED",
        ],
        &[
            "1 2026-09-17 07:00–2026-09-17 07:00 UTC | free",
            "2 2026-09-17 07:00–2026-09-17 07:00 UTC | tentative",
            "3 2026-09-17 07:00–2026-09-17 07:00 UTC",
        ],
        &[],
    );
}
