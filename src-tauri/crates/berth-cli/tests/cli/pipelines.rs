//! What `PIPELINES.md` says, done: its shell scripts run, its commands are taken as they stand.

use std::path::Path;
use std::process::Command;

use saphyr::{LoadableYamlNode as _, Yaml};

use crate::berth::{Berth, Output};
use crate::serve::serving;

const PAGE: &str = include_str!("../../PIPELINES.md");

/// The blocks of code in this language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    let block = |rest: &'static str| rest.split("\n```").next().unwrap_or_default();
    PAGE.split(fence.as_str()).skip(1).map(block).collect()
}

/// Runs a script in the surroundings of a command, with the binary on the path.
fn script(berth: &Berth, script: &str, arguments: &[&str]) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_berth")).parent().unwrap();
    let path = format!("{}:/usr/bin:/bin", binary.display());
    let output = Command::new("sh")
        .args(["-c", script, "script"])
        .args(arguments)
        .env_clear()
        .env("PATH", path)
        .env("HOME", berth.data())
        .env("TZ", "Europe/Berlin")
        .env("BERTH_DATA_DIR", berth.data())
        .env("PAUSE", "0.1")
        .env("TRIES", "2")
        .output()
        .unwrap();
    Output {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Held by Perf right now, by the clock of this machine.
fn held() -> Berth {
    let berth = Berth::begun();
    let book = [
        "book", "--env", "staging", "--team", "Perf", "--from", "-1h", "--to", "+2h",
    ];
    assert!(berth.without_now(&book).status().unwrap().success());
    berth
}

#[test]
fn the_shell_scripts_run() {
    let [ask, wait] = blocks("sh")[..] else {
        panic!("two scripts")
    };
    let berth = held();
    let yes = script(&berth, ask, &["production", "infra"]).exits(0);
    assert_eq!(
        yes.stdout,
        "Deploying to production: yes: free for the next 4 weeks\n"
    );
    let no = script(&berth, ask, &["staging", "infra"]).exits(1);
    assert!(
        no.stderr
            .starts_with("Not deploying to staging: no: staging is held by Perf until "),
        "{no:?}"
    );
    let wrong = script(&berth, ask, &["nowhere", "infra"]).exits(2);
    assert!(wrong.stderr.contains("Berth could not answer"), "{wrong:?}");
    script(&berth, wait, &["production", "infra"]).exits(0);
    let given_up = script(&berth, wait, &["staging", "infra"]).exits(1);
    assert_eq!(given_up.stdout.lines().count(), 2, "{given_up:?}");
}

/// The commands in the YAML, as the programs that read it take them out.
fn commands() -> Vec<String> {
    let at = |block: &str, path: &[&str]| {
        let documents = Yaml::load_from_str(block).unwrap();
        let step = |yaml: Yaml<'static>, key: &&str| match key.parse::<usize>() {
            Ok(index) => yaml.as_sequence_get(index).unwrap().clone(),
            Err(_) => yaml.as_mapping_get(key).unwrap().clone(),
        };
        let found = path.iter().fold(documents[0].clone(), step);
        found.as_str().unwrap().to_owned()
    };
    let [github, gitlab] = blocks("yaml").try_into().unwrap();
    vec![
        at(github, &["jobs", "deploy", "steps", "0", "run"]),
        at(gitlab, &["may-deploy", "script", "0"]),
    ]
}

#[test]
fn the_pipelines_commands_are_taken() {
    let berth = held();
    let calendar = berth.file("calendar.ics");
    let export = ["export", "-o", calendar.to_str().unwrap()];
    assert!(berth.without_now(&export).status().unwrap().success());
    let address = serving("200 OK", std::fs::read(calendar).unwrap());
    let gone = serving("404 Not Found", Vec::new());
    for command in commands() {
        let ask = |address: &str, command: &str| {
            script(
                &berth,
                &format!("export CALENDAR_URL={address}\n{command}"),
                &[],
            )
        };
        let no = ask(&address, &command).exits(1);
        assert!(
            no.stdout.starts_with("no: staging is held by Perf until "),
            "{no:?}"
        );
        ask(&address, &command.replace("may staging", "may production")).exits(0);
        ask(&gone, &command).exits(3);
    }
}

#[test]
fn the_json_on_the_page_has_the_fields_that_are_printed() {
    let page: serde_json::Value = serde_json::from_str(blocks("json")[0]).unwrap();
    let printed = Berth::begun().json("may staging");
    let names = |value: &serde_json::Value| -> Vec<String> {
        let mut names: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    };
    assert_eq!(names(&page), names(&printed));
}
