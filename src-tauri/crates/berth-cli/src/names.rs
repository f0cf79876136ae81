//! Environments and teams by the names that people type.

use berth_app::{Error, Result};
use berth_core::words::list_words;
use berth_core::{Environment, Team};

/// The environment with this name or alias, in any case.
///
/// # Errors
/// With code `not-found`; the hint names those that exist.
pub(crate) fn environment<'a>(all: &'a [Environment], name: &str) -> Result<&'a Environment> {
    let called = |one: &&Environment| same(&one.name, name);
    let known_as = |one: &&Environment| one.aliases.iter().any(|alias| same(alias, name));
    all.iter()
        .find(called)
        .or_else(|| all.iter().find(known_as))
        .ok_or_else(|| {
            let names: Vec<String> = all.iter().map(|one| one.name.clone()).collect();
            let add = format!("`berth env add {}` adds it.", quoted(name));
            Error::not_found(
                format!("There is no environment “{name}”."),
                hint(name, &names, &add),
            )
        })
}

/// The team with this name or code, in any case.
///
/// # Errors
/// With code `not-found`; the hint names those that exist. With code `input` for a code that
/// several teams have.
pub(crate) fn team<'a>(all: &'a [Team], name: &str) -> Result<&'a Team> {
    if let Some(team) = all.iter().find(|one| same(&one.name, name)) {
        return Ok(team);
    }
    let coded: Vec<&Team> = all.iter().filter(|one| same(&one.code, name)).collect();
    match coded.as_slice() {
        [team] => Ok(team),
        [] => {
            let names: Vec<String> = all.iter().map(|one| one.name.clone()).collect();
            let add = format!("`berth team add {}` adds it.", quoted(name));
            Err(Error::not_found(
                format!("There is no team “{name}”."),
                hint(name, &names, &add),
            ))
        }
        several => {
            let names: Vec<String> = several.iter().map(|one| one.name.clone()).collect();
            let message = format!("“{name}” is the code of {}.", list_words(&names));
            Err(Error::input(message, "Name the team in full."))
        }
    }
}

fn same(known: &str, typed: &str) -> bool {
    known.to_lowercase() == typed.trim().to_lowercase()
}

/// The name as a shell takes it.
fn quoted(name: &str) -> String {
    let simple = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    if !name.is_empty() && name.chars().all(simple) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "'\\''"))
    }
}

fn hint(name: &str, known: &[String], add: &str) -> String {
    let lower = name.trim().to_lowercase();
    let near = known
        .iter()
        .map(|one| (distance(&lower, &one.to_lowercase()), one))
        .min();
    let close = near.filter(|(distance, _)| *distance <= 1 + lower.chars().count() / 4);
    let guess = close
        .map(|(_, one)| format!("Did you mean {one}? "))
        .unwrap_or_default();
    match known {
        [] => format!("There is none yet: {add}"),
        [only] => format!("{guess}There is only {only}; {add}"),
        _ => format!("{guess}There are {}; {add}", list_words(known)),
    }
}

/// How many letters have to be added, removed or replaced (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, known) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *known);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use berth_core::{Team, TeamId};

    use super::{distance, hint, team};

    fn teams() -> Vec<Team> {
        [("Infra", "INF"), ("Perf", "PRF"), ("Performance", "PRF")]
            .iter()
            .map(|(name, code)| Team {
                id: TeamId(1),
                name: (*name).into(),
                code: (*code).into(),
                colour: 0,
                mine: false,
            })
            .collect()
    }

    #[test]
    fn names_go_before_codes() {
        let teams = teams();
        assert_eq!(team(&teams, " infra").unwrap().name, "Infra");
        assert_eq!(team(&teams, "inf").unwrap().name, "Infra");
        let several = team(&teams, "prf").unwrap_err();
        assert_eq!(
            several.message,
            "“prf” is the code of Perf and Performance."
        );
        let unknown = team(&teams, "Infr a").unwrap_err();
        assert_eq!(
            unknown.hint,
            "Did you mean Infra? There are Infra, Perf and Performance; `berth team add 'Infr a'` adds it."
        );
    }

    #[test]
    fn a_guess_only_when_it_is_near() {
        let known = ["staging".to_owned(), "production".to_owned()];
        assert_eq!(
            hint("stagng", &known, "x"),
            "Did you mean staging? There are staging and production; x"
        );
        assert_eq!(
            hint("qa", &known, "x"),
            "There are staging and production; x"
        );
        assert_eq!(hint("qa", &[], "x"), "There is none yet: x");
    }

    #[test]
    fn distances() {
        for (one, other, expected) in [
            ("", "", 0),
            ("a", "", 1),
            ("kitten", "sitting", 3),
            ("ab", "ba", 2),
        ] {
            assert_eq!(distance(one, other), expected, "{one} {other}");
        }
    }
}
