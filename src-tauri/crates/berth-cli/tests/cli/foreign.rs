//! Windows from GitLab and Argo CD.

use crate::berth::Berth;
use crate::golden::golden;

const GITLAB: &str = r#"[
  { "id": 1, "freeze_start": "0 23 * * 5", "freeze_end": "0 7 * * 1", "cron_timezone": "Europe/Berlin",
    "created_at": "2026-05-15T17:03:35.702Z", "updated_at": "2026-05-15T17:06:41.566Z" },
  { "id": 2, "freeze_start": "0 0 20 12 *", "freeze_end": "0 0 3 1 *", "cron_timezone": "UTC" }
]"#;

const ARGO: &str = "\
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata:
  name: default
spec:
  syncWindows:
  - kind: allow
    schedule: '0 20 * * 1-4'
    duration: 3h
    applications: ['*']
    timeZone: Europe/Berlin
  - kind: deny   # the fair
    schedule: \"0 19 16 9 *\"
    duration: 1h30m
    applications: ['*-prod', shop]
    manualSync: true
    description: the fair
";

#[test]
fn deploy_freezes_of_gitlab() {
    let berth = Berth::begun();
    let import = ["window", "import", "-", "--env", "production"];
    let mut said = berth
        .fed(&[&import[..], &["--dry-run"]].concat(), GITLAB)
        .exits(0)
        .stdout;
    assert_eq!(berth.json("window list").as_array().unwrap().len(), 0);
    said += &berth.fed(&import, GITLAB).exits(0).stdout;
    said += &berth.fed(&import, GITLAB).exits(0).stdout;
    said += &berth.ok("window list");
    said += &berth.ok("undo");
    golden("window-gitlab.txt", &said);
    assert_eq!(berth.json("window list").as_array().unwrap().len(), 0);
    berth.fed(&import, GITLAB).exits(0);
    for (at, code) in [
        ("2026-09-18T22:59", 0),
        ("2026-09-18T23:00", 1),
        ("2026-09-21T06:59", 1),
        ("2026-09-21T07:00", 0),
        ("2026-12-20T01:00", 1),
        ("2027-01-03T00:30", 1),
        ("2027-01-04T07:00", 0),
    ] {
        berth.line(&format!("may production --at {at}")).exits(code);
    }
}

#[test]
fn sync_windows_of_argo() {
    let berth = Berth::begun();
    let import = ["--json", "window", "import", "-", "--env", "production"];
    let said = berth.fed(&import, ARGO).exits(0).stdout;
    golden("window-argo.json", &said);
    for (at, code) in [
        ("2026-09-16T19:59", 1),
        ("2026-09-16T20:00", 0),
        ("2026-09-16T22:00", 1),
        ("2026-09-15T22:00", 0),
        ("2026-09-18T20:30", 1),
    ] {
        berth.line(&format!("may production --at {at}")).exits(code);
    }
}

#[test]
fn what_cannot_be_said_names_the_field() {
    let berth = Berth::begun();
    let feed = |text: &str| berth.fed(&["window", "import", "-", "--env", "staging"], text);
    feed(r#"[{ "freeze_start": "*/5 * * * *", "freeze_end": "0 7 * * 1" }]"#).fails(
        3,
        "Entry 1 is left out: freeze_start: the minute field “*/5”",
        "berth freeze",
    );
    feed("kind: deny\nschedule: '0 22 * * *'\nduration: soon\n").fails(
        3,
        "duration: “soon”",
        "berth freeze",
    );
    feed("[]").fails(3, "neither deploy freezes", "freeze_periods");
    feed("a: [").fails(3, "neither JSON nor YAML", "Save it again");
    let text = format!("a: &a [x]\n{}", "b: [*a, *a]\n".repeat(3));
    feed(&text).fails(3, "", "");
    berth
        .line("window import http://127.0.0.1:1/x.json --env staging")
        .fails(3, "from 127.0.0.1:1", "save the calendar");
    assert_eq!(berth.json("window list").as_array().unwrap().len(), 0);
}

/// One entry does not keep the others out, and what is missing is told.
#[test]
fn what_cannot_be_followed_is_left_out_and_the_rest_is_taken() {
    let berth = Berth::begun();
    let import = ["window", "import", "-", "--env", "production"];
    let text = GITLAB.replacen("0 0 20 12 *", "*/5 * 20 12 *", 1);
    let said = berth.fed(&import, &text).exits(0).stdout;
    assert!(said.starts_with("Added freeze “deploy freeze”"), "{said}");
    assert!(
        said.contains("note: Entry 2 is left out: freeze_start: the minute field “*/5”"),
        "{said}"
    );
    let never = "kind: deny\nschedule: '0 22 30 2 *'\nduration: 1h\n";
    berth
        .fed(&import, never)
        .fails(3, "it never comes", "berth freeze");
    assert_eq!(berth.json("window list").as_array().unwrap().len(), 1);
}

#[test]
fn events_of_a_calendar_are_imported_by_their_words_or_as_they_are_called() {
    let berth = Berth::begun();
    let file = berth.file("freezes.ics");
    let event = |uid: &str, title: &str| {
        format!(
            "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:{title}\r\n\
             DTSTART;TZID=America/New_York:20260916T140000\r\nDTEND;TZID=America/New_York:20260916T200000\r\n\
             END:VEVENT\r\n"
        )
    };
    let text = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}{}END:VCALENDAR\r\n",
        event("a", "Release freeze"),
        event("b", "Town hall")
    );
    std::fs::write(&file, text).unwrap();
    let line = format!("window import {} --env production", file.display());
    let added = berth.line(&line).exits(0).stdout;
    assert!(added.contains("Added freeze “Release freeze”"), "{added}");
    assert!(
        added.contains("2026-09-16 14:00 to 2026-09-16 20:00 (America/New_York)"),
        "{added}"
    );
    assert!(
        added.contains("note: Line 10: “Town hall” says neither freeze nor allow"),
        "{added}"
    );
    let again = berth.line(&line).exits(0).stdout;
    assert!(again.starts_with("1 already there\n"), "{again}");
    let as_allow = berth.line(&format!("{line} --as allow")).exits(0).stdout;
    assert!(
        as_allow.contains("Changed allow window “Release freeze”"),
        "{as_allow}"
    );
    assert!(
        as_allow.contains("Added allow window “Town hall”"),
        "{as_allow}"
    );
    let listed = berth.json("window list");
    assert_eq!(listed[0]["zone"], "America/New_York");
    assert_eq!(listed[0]["start"], "2026-09-16T18:00:00Z");
}
