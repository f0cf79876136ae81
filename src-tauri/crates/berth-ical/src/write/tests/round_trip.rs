//! What is written comes back as it was, and is written the same again.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

use super::*;

fn comes_back(bookings: &[Booking]) {
    let first = plain(bookings);
    let again = imported(&first);
    assert_eq!(
        again.iter().cloned().map(bare).collect::<Vec<_>>(),
        bookings,
        "{first}"
    );
    assert_eq!(plain(&again), first);
    for line in first.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
    }
}

#[test]
fn times_that_utc_cannot_say() {
    for zone in [
        Tz::Europe__Berlin,
        Tz::America__St_Johns,
        Tz::Australia__Lord_Howe,
        Tz::UTC,
        Tz::Etc__UTC,
    ] {
        for (day, hour, minute) in [(29, 2, 30), (29, 1, 59), (28, 23, 0)] {
            let start = at(3, day, hour, minute);
            comes_back(&[booking(
                "1",
                timed(start, start + TimeDelta::minutes(45), zone),
            )]);
        }
        let start = at(10, 25, 2, 30);
        comes_back(&[
            booking("1", timed(start, start, zone)),
            booking("2", timed(start, start + TimeDelta::hours(1), zone)),
        ]);
    }
}

#[test]
fn changes_without_their_series() {
    let mut stray = booking(
        "1",
        timed(at(9, 17, 9, 0), at(9, 17, 10, 0), Tz::Asia__Tokyo),
    );
    stray.recurrence_id = Some(at(9, 16, 9, 0));
    let mut whole_day = booking(
        "2",
        When::AllDay {
            start: at(9, 17, 0, 0).date(),
            end: at(9, 18, 0, 0).date(),
        },
    );
    whole_day.recurrence_id = Some(at(9, 16, 9, 0));
    comes_back(&[stray.clone(), whole_day.clone()]);
    whole_day.recurrence_id = Some(at(9, 16, 0, 0));
    stray.when = timed(at(9, 17, 9, 0), at(9, 17, 10, 0), Tz::UTC);
    comes_back(&[stray, whole_day]);
}

/// Notes that look like what Berth adds to them.
#[test]
fn notes_that_end_in_a_line_of_berth() {
    for notes in [
        "[Berth] mine",
        "x\n[Berth] mine",
        "x\n\n[Berth] mine\n",
        "\n",
        "\n\n",
        "a\\nb",
        "x\n\n\n",
    ] {
        let mut booking = booking("1", timed(at(9, 17, 9, 0), at(9, 17, 10, 0), Tz::UTC));
        booking.notes = notes.into();
        comes_back(&[booking]);
    }
}

fn wall() -> impl Strategy<Value = NaiveDateTime> {
    (
        2000_i32..2090,
        1_u32..=12,
        1_u32..=28,
        0_u32..24,
        0_u32..60,
        0_u32..60,
    )
        .prop_map(|(y, m, d, h, min, s)| {
            NaiveDate::from_ymd_opt(y, m, d)
                .unwrap()
                .and_hms_opt(h, min, s)
                .unwrap()
        })
}

fn zone() -> impl Strategy<Value = Tz> {
    proptest::sample::select(chrono_tz::TZ_VARIANTS.as_slice())
}

fn when() -> impl Strategy<Value = When> {
    prop_oneof![
        3 => (wall(), 0_i64..3_000, zone()).prop_map(|(start, minutes, zone)| timed(start, start + TimeDelta::minutes(minutes), zone)),
        1 => (wall(), 1_i64..10).prop_map(|(start, days)| {
            When::AllDay { start: start.date(), end: start.date() + TimeDelta::days(days) }
        }),
    ]
}

fn recurrence(when: When) -> impl Strategy<Value = Option<Recurrence>> {
    let rules = [
        "FREQ=DAILY;COUNT=5",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=YEARLY",
        if when.is_all_day() {
            "FREQ=WEEKLY;UNTIL=20851231"
        } else {
            "FREQ=WEEKLY;UNTIL=20851231T090000Z"
        },
    ];
    let days = move || {
        vec(0_i64..400, 0..4).prop_map(move |days| {
            days.into_iter()
                .map(|day| when.start() + TimeDelta::days(day))
                .collect::<Vec<_>>()
        })
    };
    of((of(proptest::sample::select(rules.to_vec())), days(), days())).prop_map(|series| {
        let (rule, added, excluded) = series?;
        let rule = rule.map(|rule| Rule::parse(rule).unwrap());
        (rule.is_some() || !added.is_empty()).then_some(Recurrence {
            rule,
            added,
            excluded,
        })
    })
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof!["[^\\p{Cc}]{0,90}", "[a-z ,;:\\\\\"^n]{0,90}"]
}

fn notes() -> impl Strategy<Value = String> {
    vec(line(), 0..4).prop_map(|lines| lines.join("\n"))
}

prop_compose! {
    fn any_booking()(when in when())(
        when in Just(when),
        recurrence in recurrence(when),
        (uid, title, notes, plan) in ("[a-zA-Z0-9@.;,:\\\\-]{1,80}", line(), notes(), of("[^\\p{Cc}\\s][^\\p{Cc}]{0,20}")),
        status in proptest::sample::select(vec![Status::Tentative, Status::Confirmed, Status::Cancelled]),
        kind in proptest::sample::select(vec![Kind::Deploy, Kind::Test, Kind::Maintenance, Kind::Watch]),
        free in any::<bool>(),
        units in of(1_u32..9),
        (set_up, clean_up) in (0_i64..=604_800, 0_i64..=604_800),
        lead_times in of(vec(0_i64..100_000, 0..4)),
        sequence in any::<u32>(),
        (created, modified) in (0_i64..4_000_000_000, 0_i64..4_000_000_000),
    ) -> Booking {
        Booking {
            recurrence, title, notes, status, kind, units, plan, sequence,
            transparency: if free { Transparency::Transparent } else { Transparency::Opaque },
            set_up: TimeDelta::seconds(set_up),
            clean_up: TimeDelta::seconds(clean_up),
            lead_times: lead_times.map(|times| times.into_iter().map(TimeDelta::seconds).collect()),
            created: Timestamp::from_seconds(created),
            modified: Timestamp::from_seconds(modified),
            ..booking(&uid, when)
        }
    }
}

/// A booking, and where it is a series some of its occurrences changed.
fn family() -> impl Strategy<Value = Vec<Booking>> {
    (any_booking(), vec((any_booking(), 0_i64..400), 0..3)).prop_map(|(master, changes)| {
        let mut family = vec![master];
        for (mut change, day) in changes {
            let (uid, start) = (family[0].uid.clone(), family[0].when.start());
            let id = start + TimeDelta::days(day);
            if family[0].recurrence.is_none()
                || family.iter().any(|other| other.recurrence_id == Some(id))
            {
                continue;
            }
            (change.uid, change.recurrence, change.recurrence_id) = (uid, None, Some(id));
            family.push(change);
        }
        family.sort_by_key(|booking| booking.recurrence_id);
        family
    })
}

/// How many calendars the two tests make together: some by default, `BERTH_CALENDARS` of them where
/// that is set.
fn half_of_the_calendars() -> u32 {
    let wanted = std::env::var("BERTH_CALENDARS").ok();
    wanted
        .and_then(|number| number.parse().ok())
        .unwrap_or(400_u32)
        / 2
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(half_of_the_calendars()))]

    #[test]
    fn a_booking_or_series_comes_back(family in family()) {
        comes_back(&family);
    }

    #[test]
    fn bookings_come_back(one in family(), other in family()) {
        let apart = one[0].uid != other[0].uid;
        let bookings = if apart { [one, other].concat() } else { one };
        comes_back(&bookings);
    }
}
