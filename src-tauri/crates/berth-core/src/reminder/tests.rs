use std::collections::HashMap;

use chrono::TimeDelta;
use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;
use crate::words::Phrasing;

/// 2026-09-17 at this wall time in Berlin; `"16 23:50"` names another day of that September.
fn at(text: &str) -> Timestamp {
    let text = if text.len() > 5 {
        format!("2026-09-{text}")
    } else {
        format!("2026-09-17 {text}")
    };
    let wall = chrono::NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M").unwrap();
    crate::time::localise(wall, Tz::Europe__Berlin)
}

fn minutes(count: i64) -> TimeDelta {
    TimeDelta::minutes(count)
}

fn slot(name: &str, start: &str, end: &str, leads: &[i64]) -> Slot {
    Slot {
        uid: name.to_owned(),
        recurrence_id: None,
        appointment: start.to_owned(),
        start: at(start),
        end: at(end),
        leads: leads.iter().copied().map(minutes).collect(),
    }
}

/// The plan as text: `tell a(10), missed b(0 10), next 08:50`.
fn shown(slots: &[Slot], plan: &Plan) -> String {
    let due = |all: &[Due]| -> String {
        let each = |due: &Due| {
            let leads: Vec<String> = due
                .keys
                .iter()
                .map(|key| key.lead.num_minutes().to_string())
                .collect();
            format!("{}({})", slots[due.slot].uid, leads.join(" "))
        };
        if all.is_empty() {
            "-".into()
        } else {
            all.iter().map(each).collect::<Vec<_>>().join(" ")
        }
    };
    let next = plan.next.map_or("-".to_owned(), |at| {
        at.wall(Tz::Europe__Berlin).format("%H:%M:%S").to_string()
    });
    format!(
        "tell {}, missed {}, next {next}",
        due(&plan.tell),
        due(&plan.missed)
    )
}

fn check(slots: &[Slot], ledger: &[(Key, &str, State)], since: &str, now: &str, expected: &str) {
    let ledger: HashMap<Key, Entry> = ledger
        .iter()
        .map(|(key, appointment, state)| {
            (
                key.clone(),
                Entry {
                    appointment: (*appointment).to_owned(),
                    state: *state,
                },
            )
        })
        .collect();
    let plan = plan(slots, &ledger, at(since), at(now));
    assert_eq!(shown(slots, &plan), expected, "since {since}, now {now}");
}

#[test]
fn due_later_and_missed() {
    let perf = [slot("a", "09:00", "13:00", &[10])];
    for (since, now, expected) in [
        ("08:00", "08:49", "tell -, missed -, next 08:50:00"),
        ("08:00", "08:50", "tell a(10), missed -, next -"),
        ("08:00", "08:59", "tell a(10), missed -, next -"),
        ("08:00", "09:20", "tell a(10), missed -, next -"),
        ("08:00", "12:59", "tell a(10), missed -, next -"),
        ("08:00", "13:00", "tell -, missed a(10), next -"),
        // Written down when it had begun: nobody needs to be told.
        ("09:00", "09:20", "tell -, missed -, next -"),
        ("09:10", "13:00", "tell -, missed -, next -"),
        // Written down in the ten minutes before: told at once.
        ("08:55", "08:55", "tell a(10), missed -, next -"),
        // The very second it begins, on the first start of the program.
        ("09:00", "09:00", "tell a(10), missed -, next -"),
    ] {
        check(&perf, &[], since, now, expected);
    }
}

#[test]
fn several_leads_are_one_message() {
    let leads = [slot("a", "09:00", "13:00", &[10, 60, 0, 10])];
    check(
        &leads,
        &[],
        "07:00",
        "07:30",
        "tell -, missed -, next 08:00:00",
    );
    check(
        &leads,
        &[],
        "07:00",
        "08:00",
        "tell a(60), missed -, next 08:50:00",
    );
    check(
        &leads,
        &[],
        "07:00",
        "08:55",
        "tell a(10 60), missed -, next 09:00:00",
    );
    let told = [(leads[0].key(minutes(60)), "09:00", State::Delivered)];
    check(
        &leads,
        &told,
        "07:00",
        "08:55",
        "tell a(10), missed -, next 09:00:00",
    );
    check(
        &[slot("never", "09:00", "13:00", &[])],
        &[],
        "07:00",
        "09:00",
        "tell -, missed -, next -",
    );
}

#[test]
fn by_start_and_each_by_itself() {
    let slots = [
        slot("late", "09:30", "10:00", &[60]),
        slot("early", "09:00", "10:00", &[60]),
        slot("over", "07:30", "08:00", &[10]),
        slot("next", "12:00", "13:00", &[15]),
    ];
    check(
        &slots,
        &[],
        "07:00",
        "08:45",
        "tell early(60) late(60), missed over(10), next 11:45:00",
    );
}

#[test]
fn what_the_ledger_says() {
    let slots = [slot("a", "09:00", "13:00", &[10])];
    let claimed = |time| State::Claimed { at: at(time) };
    for (state, now, expected) in [
        (State::Delivered, "08:50", "tell -, missed -, next -"),
        (State::Delivered, "13:30", "tell -, missed -, next -"),
        (State::Dismissed, "08:55", "tell -, missed -, next -"),
        (State::Expired, "13:05", "tell -, missed -, next -"),
        (claimed("08:50"), "08:50", "tell -, missed -, next 08:50:20"),
        (claimed("08:50"), "08:51", "tell a(10), missed -, next -"),
        // Claimed, then the clock was set back.
        (claimed("08:55"), "08:51", "tell a(10), missed -, next -"),
        (claimed("08:50"), "13:00", "tell -, missed a(10), next -"),
        (
            State::Snoozed { until: at("09:05") },
            "09:00",
            "tell -, missed -, next 09:05:00",
        ),
        (
            State::Snoozed { until: at("09:05") },
            "09:05",
            "tell a(10), missed -, next -",
        ),
        (
            State::Snoozed { until: at("12:50") },
            "13:00",
            "tell -, missed a(10), next -",
        ),
        (
            State::Failed {
                next: at("08:51") + TimeDelta::seconds(-59),
            },
            "08:50",
            "tell -, missed -, next 08:50:01",
        ),
        (
            State::Failed { next: at("08:51") },
            "08:51",
            "tell a(10), missed -, next -",
        ),
        (
            State::Failed { next: at("08:55") },
            "08:51",
            "tell a(10), missed -, next -",
        ),
        (
            State::Failed { next: at("08:51") },
            "13:00",
            "tell -, missed a(10), next -",
        ),
    ] {
        check(
            &slots,
            &[(slots[0].key(minutes(10)), "09:00", state)],
            "08:00",
            now,
            expected,
        );
    }
}

#[test]
fn a_moved_booking_is_told_again() {
    let moved = [slot("a", "15:00", "17:00", &[10])];
    let told = [(moved[0].key(minutes(10)), "09:00", State::Delivered)];
    check(
        &moved,
        &told,
        "08:00",
        "09:00",
        "tell -, missed -, next 14:50:00",
    );
    check(
        &moved,
        &told,
        "08:00",
        "14:50",
        "tell a(10), missed -, next -",
    );
}

#[test]
fn a_slot_without_length_can_be_told_at_its_start() {
    let instant = [slot("a", "09:00", "09:00", &[0])];
    check(
        &instant,
        &[],
        "08:00",
        "09:00",
        "tell a(0), missed -, next -",
    );
    check(
        &instant,
        &[],
        "08:00",
        "09:01",
        "tell -, missed a(0), next -",
    );
}

#[test]
fn a_lead_longer_than_the_memory() {
    let far = [slot("a", "17 09:00", "17 13:00", &[10 * 24 * 60])];
    check(
        &far,
        &[],
        "08 12:00",
        "08 12:00",
        "tell a(14400), missed -, next -",
    );
    check(
        &far,
        &[],
        "01 12:00",
        "06 12:00",
        "tell -, missed -, next 09:00:00",
    );
}

#[test]
fn looks_back_no_further_than_seven_days() {
    for (last, now, expected) in [
        (None, "17 09:00", "17 09:00"),
        (Some("17 08:00"), "17 09:00", "17 08:00"),
        (Some("01 08:00"), "17 09:00", "10 09:00"),
        (Some("17 10:00"), "17 09:00", "17 09:00"),
    ] {
        assert_eq!(
            looking_back(last.map(at), at(now)),
            at(expected),
            "{last:?} {now}"
        );
    }
}

#[test]
fn retries_come_slower() {
    let waits: Vec<i64> = (1..=7)
        .map(|attempt| (retry(attempt, at("09:00")) - at("09:00")).num_seconds())
        .collect();
    assert_eq!(waits, [1, 2, 5, 15, 30, 30, 30]);
    assert_eq!(retry(0, at("09:00")), at("09:00") + TimeDelta::seconds(1));
}

const PERF: Message<'static> = Message {
    environment: "staging",
    team: "Perf",
    title: "load test",
    when: When::AllDay { start: chrono::NaiveDate::MIN, end: chrono::NaiveDate::MIN },
    start: Timestamp::MIN,
    end: Timestamp::MIN,
};

fn timed(start: &str, end: &str) -> Message<'static> {
    let zone = Tz::Europe__Berlin;
    let (start, end) = (at(start), at(end));
    let when = When::Timed { start: start.wall(zone), end: end.wall(zone), zone };
    Message { when, start, end, ..PERF }
}

fn whole_days(first: &str, after: &str) -> Message<'static> {
    let (start, end) = (at(first), at(after));
    let date = |at: Timestamp| at.wall(Tz::Europe__Berlin).date();
    Message { when: When::AllDay { start: date(start), end: date(end) }, start, end, ..PERF }
}

fn in_berlin(now: Timestamp) -> Phrasing {
    Phrasing { zone: Tz::Europe__Berlin, now, hour12: false }
}

#[test]
fn words() {
    let check = |about: Message<'_>, now: Timestamp, summary: &str, body: &str| {
        assert_eq!(message(&about, in_berlin(now)), (summary.to_owned(), body.to_owned()));
    };
    let perf = timed("09:00", "13:00");
    let today = "Perf, 09:00–13:00";
    check(perf, at("08:50"), "staging in 10 min: load test", today);
    check(perf, at("08:50") + TimeDelta::seconds(1), "staging in 10 min: load test", today);
    check(perf, at("08:59") + TimeDelta::seconds(59), "staging in 1 min: load test", today);
    check(perf, at("09:00"), "staging now: load test", today);
    check(perf, at("09:00") + TimeDelta::seconds(59), "staging now: load test", today);
    check(perf, at("09:20"), "staging started 20 min ago: load test", today);
    check(perf, at("07:00"), "staging in 2 h: load test", today);
    check(perf, at("16 23:00"), "staging in 10 h: load test", "Perf, Thu 17 Sep 09:00–13:00");
    check(perf, at("14 08:00"), "staging in 3 days: load test", "Perf, Thu 17 Sep 09:00–13:00");
    let night = Message { title: "", ..timed("09:00", "18 06:00") };
    check(night, at("07:29"), "staging in 1 h 31 min", "Perf, Thu 09:00 – Fri 06:00");
    let day = whole_days("17 00:00", "18 00:00");
    check(day, at("16 23:50"), "staging in 10 min: load test", "Perf, Thu 17 Sep, all day");
    check(day, at("17 00:05"), "staging started 5 min ago: load test", "Perf, all day");
    let days = whole_days("17 00:00", "19 00:00");
    check(days, at("16 23:50"), "staging in 10 min: load test", "Perf, Thu 17 Sep – Fri 18 Sep, all day");
    check(timed("09:00", "09:00"), at("08:50"), "staging in 10 min: load test", "Perf, 09:00");
    let hostile = Message { title: "\u{202E}a\n<b>\t\0c\u{2069}", ..perf };
    check(hostile, at("09:00"), "staging now: a <b> c", today);
    let long = "ab ".repeat(5000);
    let (summary, _) = message(&Message { title: &long, ..perf }, in_berlin(at("09:00")));
    assert!(summary.chars().count() < 200 && summary.ends_with('…'), "{summary}");
}

#[test]
fn twelve_hours() {
    let phrasing = Phrasing { hour12: true, ..in_berlin(at("08:50")) };
    assert_eq!(message(&timed("09:00", "12:30"), phrasing).1, "Perf, 9:00 am–12:30 pm");
}

#[test]
fn many_at_once_are_counted() {
    let (summary, body) = digest(&[timed("09:00", "13:00"); 6], in_berlin(at("08:50")));
    assert_eq!(summary, "6 slots of your teams");
    assert_eq!(body, format!("{}and 2 more", "staging in 10 min: load test (Perf)\n".repeat(4)));
}

fn settle(slots: &[Slot], due: &Due, state: State) -> Vec<(Key, Entry)> {
    let appointment = &slots[due.slot].appointment;
    due.keys.iter().map(|key| (key.clone(), Entry { appointment: appointment.clone(), state })).collect()
}

proptest! {
    /// However the program is woken, each reminder is told once, and none is told early: a loop that
    /// looks at any instants, in any order, with a clock that also jumps back.
    #[test]
    fn once_whenever_it_looks(
        starts in prop::collection::vec((0_i64..5_000, 1_i64..300, 0_i64..60), 1..20),
        mut looks in prop::collection::vec(0_i64..6_000, 1..60),
    ) {
        let origin = at("09:00");
        let slots: Vec<Slot> = starts.iter().enumerate().map(|(index, (start, length, lead))| Slot {
            uid: index.to_string(),
            recurrence_id: None,
            appointment: start.to_string(),
            start: origin + minutes(*start),
            end: origin + minutes(start + length),
            leads: vec![minutes(*lead)],
        }).collect();
        looks.push(6_000);
        let mut ledger: HashMap<Key, Entry> = HashMap::new();
        for now in looks.into_iter().map(|look| origin + minutes(look)) {
            let plan = plan(&slots, &ledger, origin - minutes(1), now);
            for due in &plan.tell {
                let slot = &slots[due.slot];
                prop_assert!(!slot.is_over(now) && slot.start - slot.leads[0] <= now);
                for (key, entry) in settle(&slots, due, State::Delivered) {
                    prop_assert_eq!(ledger.insert(key, entry), None);
                }
            }
            for due in &plan.missed {
                prop_assert!(slots[due.slot].is_over(now));
                for (key, entry) in settle(&slots, due, State::Expired) {
                    prop_assert_eq!(ledger.insert(key, entry), None);
                }
            }
        }
        prop_assert_eq!(ledger.len(), slots.len());
    }
}
