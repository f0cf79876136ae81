//! The cases of the specification that need no desktop: R7, R9, R12, R15, R16, R18.

use super::*;

fn series(title: &str, start: &str, end: &str, rule: &str) -> BookingInput {
    BookingInput {
        repeat: Some(rule.into()),
        ..input(title, start, end)
    }
}

/// R9: a nightly slot around the nights in which eight zones change their clocks.
#[test]
fn clock_change_nights_of_eight_zones() {
    for (zone, from) in [
        ("Europe/Berlin", "2026-10-23"),
        ("America/New_York", "2026-10-30"),
        ("America/Havana", "2026-10-30"),
        ("America/Santiago", "2026-09-04"),
        ("Australia/Lord_Howe", "2026-10-02"),
        ("Pacific/Auckland", "2026-09-25"),
        ("Africa/Casablanca", "2026-02-13"),
        ("Asia/Beirut", "2026-10-23"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut berth = open(folder.path());
        let zone: Tz = zone.parse().unwrap();
        let midnight = format!("{from}T00:00:00").parse().unwrap();
        let begin = localise(midnight, zone) - TimeDelta::hours(2);
        prepare(&mut berth, zone.name(), begin);
        let nightly = BookingInput {
            start: format!("{from}T02:15"),
            end: format!("{from}T02:45"),
            ..series("night", "02:15", "02:45", "FREQ=DAILY;COUNT=4")
        };
        berth.book(&nightly, begin).unwrap();
        let mut told = Vec::new();
        for step in 0..=5 * 24 * 12 {
            let now = begin + TimeDelta::minutes(5) * step;
            let round = berth.reminders("a", now).unwrap();
            for telling in &round.tell {
                assert_eq!(telling.start - now, TimeDelta::minutes(10), "{zone} {now}");
                berth.reminder_delivered(telling, "a", 1, now).unwrap();
                told.push(telling.start);
            }
            assert_eq!(round.missed, NOTHING, "{zone}");
        }
        let nights: std::collections::HashSet<_> =
            told.iter().map(|at| at.wall(zone).date()).collect();
        assert_eq!((told.len(), nights.len()), (4, 4), "{zone}: {told:?}");
    }
}

fn prepare(berth: &mut Berth, zone: &str, now: Timestamp) {
    let team = Team {
        id: String::new(),
        name: "Perf".into(),
        code: String::new(),
        colour: 99,
        mine: true,
    };
    berth.save_team(&team, now).unwrap();
    let staging = crate::wire::Environment {
        id: "1".into(),
        name: "staging".into(),
        aliases: vec![],
        capacity: 1,
        zone: zone.into(),
        set_up: 0,
        clean_up: 0,
        owner: String::new(),
        lead_times: vec![10],
        hidden: false,
    };
    berth.save_environment(&staging, now).unwrap();
}

/// R9: the person travels, or chooses another zone to look at.
#[test]
fn another_zone_of_the_person_tells_nothing_again() {
    let (folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    assert_eq!(tell(&mut berth, "08:50:00").len(), 1);
    drop(berth);
    let there = OpenOptions {
        zone: Tz::America__New_York,
        ..options(folder.path())
    };
    let mut abroad = Berth::open(there, at("08:51:00")).unwrap();
    assert_eq!(tell(&mut abroad, "08:51:00"), NOTHING);
    assert_eq!(tell(&mut abroad, "09:30:00"), NOTHING);
}

/// R9: the machine's clock is set to another zone while Berth runs.
#[test]
fn times_are_said_in_the_zone_that_the_machine_has_now() {
    let (_folder, mut berth) = begun();
    book(&mut berth, &input("one", "09:00", "13:00"));
    book(&mut berth, &input("two", "09:01", "13:00"));
    let bodies = |now: &str, berth: &mut Berth| -> Vec<String> {
        let round = round(berth, now);
        deliver(berth, &round, now);
        round.tell.into_iter().map(|one| one.body).collect()
    };
    assert!(!berth.follow_machine(Tz::Europe__Berlin));
    assert_eq!(bodies("08:50:00", &mut berth), ["Perf, 09:00–13:00"]);
    assert!(berth.follow_machine(Tz::Asia__Kolkata));
    assert_eq!(bodies("08:51:00", &mut berth), ["Perf, 12:31–16:30"]);
    let chosen = Settings {
        zone: Some("Europe/Berlin".into()),
        ..Settings::default()
    };
    berth.save_settings(&chosen).unwrap();
    let waiting = berth.waiting_reminders(at("08:52:00")).unwrap();
    assert_eq!(waiting[1].body, "Perf, 09:01–13:00");
}

/// The language chosen for the window goes before that of the locale; the command line has neither.
#[test]
fn reminders_are_said_in_the_language_of_the_person() {
    let (_folder, mut berth) = begun();
    book(&mut berth, &input("load test", "09:00", "13:00"));
    assert_eq!(
        tell(&mut berth, "08:50:00"),
        ["staging in 10 min: load test"]
    );
    let said = |berth: &mut Berth| {
        let now = at("09:20:00");
        let waiting = berth.waiting_reminders(now).unwrap();
        let on = berth.now_next(now).unwrap();
        let next = berth.next_of_mine(at("08:00:00")).unwrap().unwrap();
        (waiting[0].summary.clone(), on[0].text.clone(), next.text)
    };
    let of = |summary: &str, on: &str, next: &str| (summary.into(), on.into(), next.into());
    let english = of(
        "staging started 20 min ago: load test",
        "staging: Perf until 13:00, then free",
        "staging in 1 h: load test",
    );
    let german = of(
        "staging begann vor 20 min: load test",
        "staging: Perf bis 13:00, dann frei",
        "staging in 1 h: load test",
    );
    let choose = |berth: &mut Berth, tag: Option<&str>| {
        let language = tag.map(str::to_owned);
        let chosen = Settings {
            language,
            ..Settings::default()
        };
        berth.save_settings(&chosen).unwrap();
    };
    choose(&mut berth, Some("de"));
    assert_eq!(said(&mut berth), english, "it is the command line");
    berth.speak(Language::English);
    assert_eq!(said(&mut berth), german);
    choose(&mut berth, None);
    assert_eq!(said(&mut berth), english);
    berth.speak(Language::German);
    assert_eq!(said(&mut berth), german);
}

/// R12: what happens to a booking between the claim and the answer of the daemon.
#[test]
fn changed_between_claim_and_delivery() {
    for (what, told_later) in [("moved", 1), ("cancelled", 0), ("shortened", 0)] {
        let (folder, mut berth) = begun();
        let reference = book(&mut berth, &input("load test", "09:00", "13:00"));
        let due = round(&mut berth, "08:50:00");
        assert_eq!(due.tell.len(), 1);
        let mut other = open(folder.path());
        match what {
            "moved" => {
                drop(other.move_booking(&to(&reference, "15:00:00", "17:00:00"), at("08:50:01")))
            }
            "shortened" => {
                drop(other.move_booking(&to(&reference, "09:00:00", "09:30:00"), at("08:50:01")))
            }
            _ => drop(other.cancel_booking(&reference, Scope::All, at("08:50:01"))),
        }
        deliver(&mut berth, &due, "08:50:02");
        let after = round(&mut berth, "08:50:03");
        assert_eq!(after.tell, [], "{what}");
        let taken_back = usize::from(what != "shortened");
        assert_eq!(after.withdraw.len(), taken_back, "{what}");
        assert_eq!(round(&mut berth, "08:50:04").withdraw, NOTHING, "{what}");
        assert_eq!(tell(&mut berth, "14:50:00").len(), told_later, "{what}");
    }
}

/// R15: a lead of nothing, one of more than a week, and slots shorter than their lead.
#[test]
fn unusual_leads() {
    let lead = |minutes: u32, title: &str, start: &str, end: &str| BookingInput {
        lead_times: Some(vec![minutes]),
        ..input(title, start, end)
    };
    let (_folder, mut berth) = begun();
    book(&mut berth, &lead(0, "none", "09:00", "09:30"));
    book(&mut berth, &lead(10, "short", "10:00", "10:05"));
    book(&mut berth, &lead(8 * 24 * 60, "week", "12:00", "13:00"));
    // Booked on the 16th, so that one is due at once.
    let first = tell(&mut berth, "16 09:00:01");
    assert_eq!(first, ["staging in 27 h: week"]);
    assert_eq!(tell(&mut berth, "08:59:59"), NOTHING);
    assert_eq!(tell(&mut berth, "09:00:00"), ["staging now: none"]);
    assert_eq!(tell(&mut berth, "09:50:00"), ["staging in 10 min: short"]);
    assert_eq!(tell(&mut berth, "10:04:00"), NOTHING);
    assert_eq!(tell(&mut berth, "11:50:00"), NOTHING);
}

/// R16: a series with one occurrence moved and one taken out.
#[test]
fn a_series_with_an_override_and_an_exception() {
    let (_folder, mut berth) = begun();
    let daily = series("daily", "09:00", "10:00", "FREQ=DAILY;COUNT=4");
    let all = book(&mut berth, &daily);
    let one = |day: &str| BookingRef {
        id: all.id.clone(),
        recurrence_id: Some(at(day).millis()),
    };
    let moved = Move {
        scope: Scope::This,
        ..to(&one("18 09:00:00"), "18 11:00:00", "18 12:00:00")
    };
    berth.move_booking(&moved, at("16 09:01:00")).unwrap();
    berth
        .delete_booking(&one("19 09:00:00"), Scope::This, at("16 09:02:00"))
        .unwrap();
    let mut told = Vec::new();
    for step in 0..5 * 24 * 12 {
        let now = at("17 00:00:00") + TimeDelta::minutes(5) * step;
        let round = berth.reminders("a", now).unwrap();
        for telling in &round.tell {
            berth.reminder_delivered(telling, "a", 1, now).unwrap();
            told.push(telling.start);
        }
    }
    let expected = ["17 09:00:00", "18 11:00:00", "20 09:00:00"];
    assert_eq!(told, expected.map(at));
}

/// How many reminders the day has; `BERTH_REMINDERS=100000` is the figure that is promised.
fn reminders_of_a_day() -> u32 {
    let chosen = std::env::var("BERTH_REMINDERS").ok();
    chosen.and_then(|text| text.parse().ok()).unwrap_or(5_000)
}

/// R7, R18: a day full of reminders, looked at by three processes that crash now and then between
/// claim and delivery, at a clock that runs two minutes a step.
#[test]
fn a_full_day() {
    let (folder, mut berth) = begun();
    let count = reminders_of_a_day();
    fill(&mut berth, count);
    let mut all = [berth, open(folder.path()), open(folder.path())];
    let (mut shown, mut crashes, mut twice) = (0_u32, 0, 0);
    let mut keys = std::collections::HashSet::new();
    for step in 0..725_usize {
        let now = at("00:00:00") + TimeDelta::minutes(2) * i32::try_from(step).unwrap();
        let (berth, owner) = (&mut all[step % 3], ["a", "b", "c"][step % 3]);
        let round = berth.reminders(owner, now).unwrap();
        assert_eq!(round.missed, NOTHING);
        for telling in &round.tell {
            // One in twenty dies before it could show it.
            if step % 20 == 7 {
                crashes += 1;
                continue;
            }
            for key in &telling.claims {
                shown += 1;
                twice += usize::from(!keys.insert(key.clone()));
            }
            berth.reminder_delivered(telling, owner, 1, now).unwrap();
        }
    }
    let waiting = all[0].waiting_reminders(at("18 00:10:00")).unwrap().len();
    println!(
        "R7 R18: {shown} of {count} delivered by 3 processes with {crashes} crashes, {twice} twice, {waiting} rows"
    );
    assert_eq!((shown, twice), (count, 0));
    assert_eq!(waiting, usize::try_from(count).unwrap());
    assert!(crashes > 20);
}

/// Slots of Perf of ten minutes each, evenly over the day from a quarter past midnight.
fn fill(berth: &mut Berth, count: u32) {
    let reference = book(berth, &input("one", "00:15", "00:25"));
    let id = berth_core::BookingId(reference.id.parse().unwrap());
    let write = |writer: &mut berth_store::Writer<'_>| -> crate::Result<((), String)> {
        let first = writer.booking(id)?.unwrap();
        for number in 1..i64::from(count) {
            let start =
                at("00:15:00") + TimeDelta::milliseconds(number * 83_000_000 / i64::from(count));
            let wall = |at: Timestamp| at.wall(Tz::Europe__Berlin);
            let booking = berth_core::Booking {
                id: berth_core::BookingId(0),
                uid: format!("{number}@berth"),
                when: berth_core::When::Timed {
                    start: wall(start),
                    end: wall(start + TimeDelta::minutes(10)),
                    zone: Tz::Europe__Berlin,
                },
                ..first.clone()
            };
            writer.put_booking(&booking)?;
        }
        Ok(((), "A full day".into()))
    };
    berth.write(at("16 09:00:00"), write).unwrap();
}
