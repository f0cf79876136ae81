use super::*;

#[test]
fn two_exclusive() {
    let infra = member("Infra", "17 09:00", "17 13:00");
    let perf = member("Perf", "17 09:00", "17 13:00").created("7 08:12");
    check(
        "staging",
        1,
        &[infra, perf],
        r#"
        Error staging, Thu 17 Sep 09:00–13:00 (4 h): Infra and Perf both hold it.
        staging has capacity 1; both are confirmed and exclusive. Perf booked first (Mon 08:12). Contact: Infra coordinator.
    "#,
    );
    check(
        "staging",
        1,
        &[infra.tentative(), perf],
        r#"
        Warning staging, Thu 17 Sep 09:00–13:00 (4 h): Infra and Perf both hold it.
        staging has capacity 1; both are exclusive. Infra is tentative and yields. Perf booked first (Mon 08:12). Contact: Infra coordinator.
    "#,
    );
    check(
        "staging",
        1,
        &[infra.tentative(), perf.tentative()],
        r#"
        Warning staging, Thu 17 Sep 09:00–13:00 (4 h): Infra and Perf both hold it.
        staging has capacity 1; both are exclusive. Both are tentative. Perf booked first (Mon 08:12). Contact: Infra coordinator.
    "#,
    );
    check(
        "staging",
        1,
        &[infra, perf.created("10 10:00")],
        r#"
        Error staging, Thu 17 Sep 09:00–13:00 (4 h): Infra and Perf both hold it.
        staging has capacity 1; both are confirmed and exclusive. Contact: Infra coordinator.
    "#,
    );
}

#[test]
fn three_and_many() {
    let infra = member("Infra", "17 09:00", "17 10:00").created("2 09:00");
    let (perf, qa) = (
        member("Perf", "17 09:00", "17 10:00"),
        member("QA", "17 09:00", "17 10:00"),
    );
    check(
        "staging",
        1,
        &[infra, perf, qa],
        r#"
        Error staging, Thu 17 Sep 09:00–10:00 (1 h): Infra, Perf and QA all hold it.
        staging has capacity 1; all are confirmed and exclusive. Infra booked first (Wed 2 Sep 09:00). Contact: Infra coordinator.
    "#,
    );
    check(
        "staging",
        1,
        &[infra.tentative(), perf, qa.tentative()],
        r#"
        Warning staging, Thu 17 Sep 09:00–10:00 (1 h): Infra, Perf and QA all hold it.
        staging has capacity 1; all are exclusive. Infra and QA are tentative and yield. Infra booked first (Wed 2 Sep 09:00). Contact: Infra coordinator.
    "#,
    );
    let others = ["App", "DB", "Frontend"].map(|team| member(team, "17 09:00", "17 10:00"));
    check(
        "staging",
        1,
        &[infra, perf, qa, others[0], others[1], others[2]],
        r#"
        Error staging, Thu 17 Sep 09:00–10:00 (1 h): Infra, Perf, QA and 3 others all hold it.
        staging has capacity 1; all are confirmed and exclusive. Infra booked first (Wed 2 Sep 09:00). Contact: Infra coordinator.
    "#,
    );
}

#[test]
fn shared_units() {
    let one = |team| member(team, "17 10:30", "17 11:00").units(1);
    check(
        "integration",
        2,
        &[one("A"), one("B"), one("C")],
        r#"
        Error integration, Thu 17 Sep 10:30–11:00 (30 min): A, B and C all hold it.
        integration has capacity 2; A, B and C together need 3. All are confirmed. Contact: Infra coordinator.
    "#,
    );
    check(
        "integration",
        2,
        &[member("App", "17 10:30", "17 11:00"), one("A")],
        r#"
        Error integration, Thu 17 Sep 10:30–11:00 (30 min): App and A both hold it.
        integration has capacity 2; App is exclusive, A needs 1. Both are confirmed. Contact: Infra coordinator.
    "#,
    );
    check(
        "integration",
        2,
        &[
            member("App", "17 10:30", "17 11:00"),
            one("A"),
            one("B").tentative(),
        ],
        r#"
        Error integration, Thu 17 Sep 10:30–11:00 (30 min): App, A and B all hold it.
        integration has capacity 2; App is exclusive, A and B need 2. B is tentative and yields. Contact: Infra coordinator.
    "#,
    );
    check(
        "integration",
        2,
        &[one("QA").units(3)],
        r#"
        Warning integration, Thu 17 Sep 10:30–11:00 (30 min): QA takes more than it has.
        integration has capacity 2; QA alone needs 3. Take fewer units, or raise the capacity. Contact: Infra coordinator.
    "#,
    );
    let steps = [
        one("A").units(2).plan("p"),
        one("B").units(2).plan("p"),
        one("C"),
    ];
    check(
        "integration",
        2,
        &steps,
        r#"
        Error integration, Thu 17 Sep 10:30–11:00 (30 min): A, B and C all hold it.
        integration has capacity 2; A, B and C together need 3. All are confirmed. Contact: Infra coordinator.
    "#,
    );
}

#[test]
fn one_team() {
    let infra = |title| member("Infra", "17 12:00", "17 13:00").titled(title);
    check(
        "staging",
        1,
        &[infra("a"), infra("b")],
        r#"
        Info staging, Thu 17 Sep 12:00–13:00 (1 h): Infra holds it twice.
        staging has capacity 1; both bookings are Infra's own, so this is only for information.
    "#,
    );
    check(
        "staging",
        1,
        &[infra("a"), infra("b"), infra("c")],
        r#"
        Info staging, Thu 17 Sep 12:00–13:00 (1 h): Infra holds it 3 times.
        staging has capacity 1; all bookings are Infra's own, so this is only for information.
    "#,
    );
    let perf = member("Perf", "17 12:00", "17 13:00");
    check(
        "staging",
        1,
        &[
            infra("patches").tentative(),
            infra("backup").created("7 08:12"),
            perf,
        ],
        r#"
        Error staging, Thu 17 Sep 12:00–13:00 (1 h): Infra (2 bookings) and Perf all hold it.
        staging has capacity 1; all are exclusive. Infra "patches" is tentative and yields. Infra "backup" booked first (Mon 08:12). Contact: Infra coordinator.
    "#,
    );
}
