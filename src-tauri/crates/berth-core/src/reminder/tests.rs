use std::collections::HashMap;

use chrono::TimeDelta;
use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;

/// 2026-09-17 at this wall time in Berlin; `"16 23:50"` names another day of that September, and
/// seconds may follow.
pub(in crate::reminder) fn at(text: &str) -> Timestamp {
    let (day, time) = text.split_once(' ').unwrap_or(("17", text));
    let seconds = if time.len() > 5 { "" } else { ":00" };
    let wall = format!("2026-09-{day}T{time}{seconds}").parse().unwrap();
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
        tell_end: false,
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
        // By a process that read the clock a little later.
        (
            claimed("08:50:01"),
            "08:50",
            "tell -, missed -, next 08:50:21",
        ),
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
fn before_the_end_once_and_never_late() {
    let with = |end: &str| Slot {
        tell_end: true,
        ..slot("a", "09:00", end, &[])
    };
    for (end, now, expected) in [
        ("13:00", "12:44", "tell -, missed -, next 12:45:00"),
        ("13:00", "12:45", "tell a(15), missed -, next -"),
        ("13:00", "13:00", "tell -, missed -, next -"),
        // No longer than twice that: it has just begun then.
        ("09:30", "09:15", "tell -, missed -, next -"),
        ("09:31", "09:16", "tell a(15), missed -, next -"),
    ] {
        check(&[with(end)], &[], "08:00", now, expected);
    }
    let slot = [with("13:00")];
    let told = [(
        slot[0].key_about(About::End, BEFORE_END),
        "09:00",
        State::Delivered,
    )];
    check(&slot, &told, "08:00", "12:50", "tell -, missed -, next -");
    check(&slot, &[], "12:45", "12:50", "tell -, missed -, next -");
}

#[test]
fn news_is_told_by_itself_and_when_somebody_wrote_it_down() {
    let slots = [slot("a", "09:00", "13:00", &[10])];
    let key = |about| slots[0].key_about(about, TimeDelta::zero());
    let pending = State::Failed { next: at("08:00") };
    let written = [
        (key(About::Moved), "09:00", pending),
        (key(About::Conflict), "09:00", pending),
    ];
    check(
        &slots,
        &[],
        "07:00",
        "08:00",
        "tell -, missed -, next 08:50:00",
    );
    check(
        &slots,
        &written,
        "07:00",
        "08:00",
        "tell a(0) a(0), missed -, next 08:50:00",
    );
    check(
        &slots,
        &written,
        "07:00",
        "08:50",
        "tell a(10) a(0) a(0), missed -, next -",
    );
    // Of what is over, one thing is worth a line.
    check(
        &slots,
        &written,
        "07:00",
        "13:00",
        "tell -, missed a(10), next -",
    );
    // Written down about another time than it has now.
    let moved_again = [(key(About::Moved), "15:00", pending)];
    check(
        &slots,
        &moved_again,
        "07:00",
        "08:00",
        "tell -, missed -, next 08:50:00",
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

fn settle(slots: &[Slot], due: &Due, state: State) -> Vec<(Key, Entry)> {
    let appointment = &slots[due.slot].appointment;
    due.keys
        .iter()
        .map(|key| {
            (
                key.clone(),
                Entry {
                    appointment: appointment.clone(),
                    state,
                },
            )
        })
        .collect()
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
            tell_end: false,
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
