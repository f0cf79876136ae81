use super::*;

#[test]
fn buffers() {
    let perf = member("Perf", "18 09:00", "18 13:00").clean_up(2);
    let infra = member("Infra", "18 13:30", "18 15:30");
    check(
        "staging",
        1,
        &[perf, infra.tentative()],
        r#"
        Warning staging, Fri 18 Sep 13:30–15:00 (1 h 30 min): Perf's clean-up runs into Infra's booking.
        Perf needs 2 h after its booking (until 15:00); Infra starts at 13:30. Contact: Infra coordinator.
    "#,
    );
    let bare = member("Perf", "18 09:00", "18 13:00");
    check(
        "staging",
        1,
        &[bare, infra.set_up(1)],
        r#"
        Warning staging, Fri 18 Sep 12:30–13:00 (30 min): Perf's booking runs into Infra's set-up.
        Perf ends at 13:00; Infra needs 1 h before its booking (from 12:30). Contact: Infra coordinator.
    "#,
    );
    let later = member("Infra", "18 15:30", "18 16:30").set_up(1);
    check(
        "staging",
        1,
        &[perf, later],
        r#"
        Warning staging, Fri 18 Sep 14:30–15:00 (30 min): Perf's clean-up runs into Infra's set-up.
        Perf needs 2 h after its booking (until 15:00); Infra needs 1 h before its booking (from 14:30). Contact: Infra coordinator.
    "#,
    );
    check(
        "integration",
        2,
        &[perf, infra.units(1)],
        r#"
        Warning integration, Fri 18 Sep 13:30–15:00 (1 h 30 min): Perf's clean-up runs into Infra's booking.
        integration has capacity 2; Perf needs 2 h after its booking (until 15:00); Infra starts at 13:30. Contact: Infra coordinator.
    "#,
    );
    check(
        "staging",
        1,
        &[
            perf.titled("load"),
            member("Perf", "18 13:30", "18 15:30").titled("soak"),
        ],
        r#"
        Info staging, Fri 18 Sep 13:30–15:00 (1 h 30 min): Perf's clean-up runs into its own booking.
        Perf "load" needs 2 h after its booking (until 15:00); Perf "soak" starts at 13:30. All are the team's own, so this is only for information.
    "#,
    );
}

#[test]
fn buffers_that_lie_beside_each_other() {
    let perf = member("Perf", "18 09:00", "18 13:00").clean_up(2);
    check(
        "staging",
        1,
        &[perf, member("Infra", "18 12:00", "18 18:00")],
        r#"
        Error staging, Fri 18 Sep 12:00–13:00 (1 h): Perf and Infra both hold it.
        staging has capacity 1; both are confirmed and exclusive. Contact: Infra coordinator.
        Warning staging, Fri 18 Sep 13:00–15:00 (2 h): Perf's clean-up runs into Infra's booking.
        Perf needs 2 h after its booking (until 15:00); Infra holds it until 18:00. Contact: Infra coordinator.
    "#,
    );
    let next = member("Infra", "18 13:00", "18 15:00").set_up(4);
    check(
        "staging",
        1,
        &[perf, next],
        r#"
        Warning staging, Fri 18 Sep 09:00–15:00 (6 h): Perf and Infra leave too little time between them.
        Perf needs 2 h after its booking (until 15:00); Infra needs 4 h before its booking (from 09:00). Contact: Infra coordinator.
    "#,
    );
    let third = member("QA", "18 15:00", "18 16:00").set_up(1);
    check(
        "staging",
        1,
        &[perf, member("Infra", "18 14:00", "18 14:30"), third],
        r#"
        Warning staging, Fri 18 Sep 14:00–14:30 (30 min): Perf, Infra and QA leave too little time between them.
        Perf needs 2 h after its booking (until 15:00); Infra starts at 14:00; QA needs 1 h before its booking (from 14:00). Contact: Infra coordinator.
        Warning staging, Fri 18 Sep 14:30–15:00 (30 min): Perf's clean-up runs into QA's set-up.
        Perf needs 2 h after its booking (until 15:00); QA needs 1 h before its booking (from 14:00). Contact: Infra coordinator.
    "#,
    );
}
