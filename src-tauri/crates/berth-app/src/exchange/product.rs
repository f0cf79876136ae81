//! What people call the program that wrote a file.

/// What a company is called beside its name.
const COMPANY: [&str; 4] = [" Inc", " Corporation", " Corp", " Computer"];

/// A PRODID as people say it: `-//Google Inc//Google Calendar 70.9054//EN` is Google Calendar 70.9054,
/// and `-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN` is Microsoft Outlook 16.0.
pub(super) fn product(id: &str) -> String {
    let Some((_, formal)) = id.split_once("//").filter(|(mark, _)| mark.len() < 2) else {
        return id.to_owned();
    };
    let mut parts = formal.split("//");
    let first = parts.next().unwrap_or_default();
    // Some have only one stroke there.
    let (owner, name) = match first.split_once('/') {
        Some((owner, name)) => (owner, name),
        None => (first, parts.next().unwrap_or_default()),
    };
    let name = name.trim();
    let name = name.strip_prefix("NONSGML ").unwrap_or(name);
    let name = name.strip_suffix(" MIMEDIR").unwrap_or(name).trim();
    let owner = owner.split(',').next().unwrap_or(owner);
    let company = COMPANY.iter().filter_map(|kind| owner.find(kind)).min();
    let owner = owner[..company.unwrap_or(owner.len())].trim();
    // What has two letters is the language.
    match (owner, if name.len() == 2 { "" } else { name }) {
        ("", "") => id.to_owned(),
        ("", name) => name.to_owned(),
        (owner, "") => owner.to_owned(),
        (owner, name) if says(name, owner) => name.to_owned(),
        (owner, name) => format!("{owner} {name}"),
    }
}

/// Whether the name of a program says whose it is.
fn says(name: &str, owner: &str) -> bool {
    let word = owner.split([' ', '.']).next().unwrap_or(owner);
    let mut words = name.split(|letter: char| !letter.is_alphanumeric());
    words.any(|one| one.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_have_the_names_that_people_give_them() {
        for (id, name) in [
            (
                "-//Google Inc//Google Calendar 70.9054//EN",
                "Google Calendar 70.9054",
            ),
            (
                "-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN",
                "Microsoft Outlook 16.0",
            ),
            (
                "Microsoft Exchange Server 2010",
                "Microsoft Exchange Server 2010",
            ),
            (
                "-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN",
                "Mozilla Calendar V1.1",
            ),
            ("-//Apple Inc.//macOS 14.5//EN", "Apple macOS 14.5"),
            ("-//Apple Computer, Inc//iCal 1.0//EN", "Apple iCal 1.0"),
            (
                "-//Ximian//NONSGML Evolution Calendar//EN",
                "Ximian Evolution Calendar",
            ),
            (
                "-//Lotus Development Corporation//NONSGML Notes 6.0//EN",
                "Lotus Development Notes 6.0",
            ),
            (
                "-//K Desktop Environment//NONSGML libkcal 4.3//EN",
                "K Desktop Environment libkcal 4.3",
            ),
            ("-//Berth//Berth//EN", "Berth"),
            ("-//Synology//EN", "Synology"),
            ("-//Owner//", "Owner"),
            ("//Nobody//", "Nobody"),
            ("-////EN", "-////EN"),
            ("", ""),
            ("http://example.org/cal", "http://example.org/cal"),
        ] {
            assert_eq!(product(id), name, "{id}");
        }
    }
}
