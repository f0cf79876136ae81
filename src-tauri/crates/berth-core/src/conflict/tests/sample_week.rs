//! The week that the app can open with: these conflicts, and no other.

use super::ConflictKind::{Buffer, Overlap};
use super::Severity::{Error, Warning};
use super::*;

#[test]
fn sample_week() {
    let plan = |team, start, end, plan| hold(team, start, end).on(PRODUCTION).plan(plan);
    let holds = [
        hold(INFRA, "15 09:00", "15 13:00"),
        hold(INFRA, "16 09:00", "16 13:00"),
        hold(PERF, "17 09:00", "17 13:00"),
        hold(PERF, "18 09:00", "18 13:00").clean_up(2),
        hold(QA, "15 09:00", "17 17:00"),
        hold(INFRA, "18 13:30", "18 15:30").tentative(),
        // The deployment, its dry run and its steps.
        plan(INFRA, "16 22:00", "16 24:00", 1),
        plan(INFRA, "16 15:00", "16 15:30", 1),
        plan(INFRA, "16 22:00", "16 22:30", 1),
        plan(APP, "16 22:30", "16 23:30", 1),
        // The services release and its steps.
        plan(DB, "17 20:00", "17 22:00", 2),
        plan(DB, "17 20:00", "17 20:30", 2),
        plan(INFRA, "17 20:45", "17 21:15", 2),
        plan(FRONTEND, "17 21:30", "17 22:00", 2),
        hold(APP, "18 14:00", "18 15:00").on(PRODUCTION),
    ];
    check(
        "sample week",
        &holds,
        &[
            (Overlap, Error, "15 09:00", "15 13:00", &[0, 4]),
            (Overlap, Error, "16 09:00", "16 13:00", &[4, 1]),
            (Overlap, Error, "17 09:00", "17 13:00", &[4, 2]),
            (Buffer, Warning, "18 13:30", "18 15:00", &[3, 5]),
        ],
    );
}
