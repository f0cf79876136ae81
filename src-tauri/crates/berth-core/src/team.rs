//! Who holds bookings.

crate::id! {
    /// The row of a team.
    TeamId
}

/// A team: name, short code, colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its row; 0 while it has none.
    pub id: TeamId,
    /// Unique without regard to case.
    pub name: String,
    /// Two or three letters that mark its bookings where the colour alone would not.
    pub code: String,
    /// Index into [`PALETTE`].
    pub colour: u8,
    /// Whether the person at this machine belongs to it: decides about reminders and the tray.
    pub mine: bool,
}

/// The colours a team can have, in the order of Okabe and Ito, told apart by most colour-blind
/// people; the code on every card serves everybody else.
pub const PALETTE: [&str; 10] = [
    "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#8A8A8A",
    "#332288", "#882255",
];

/// A code for a team of this name: the initials of its words, else its first letters, at most
/// three, in capitals. `"Release Management"` gives `RM`, `"infra"` gives `INF`.
#[must_use]
pub fn code_for(name: &str) -> String {
    let words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let letters: String = match words.as_slice() {
        [] => "??".into(),
        [word] => word.chars().take(3).collect(),
        words => words
            .iter()
            .filter_map(|word| word.chars().next())
            .take(3)
            .collect(),
    };
    letters.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::code_for;

    #[test]
    fn codes() {
        for (name, code) in [
            ("infra", "INF"),
            ("Release Management", "RM"),
            ("QA", "QA"),
            ("a-b c_d e", "ABC"),
            ("Über Straße", "ÜS"),
            ("", "??"),
            ("!", "??"),
        ] {
            assert_eq!(code_for(name), code, "{name:?}");
        }
    }
}
