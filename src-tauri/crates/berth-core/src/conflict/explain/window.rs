//! Bookings at times when their kind is not allowed.

use super::{ConflictKind, Situation, names};

pub(super) fn headline(situation: &Situation) -> String {
    let who = names::teams(situation);
    let (falls, lies) = if situation.members.len() == 1 {
        ("falls", "lies")
    } else {
        ("fall", "lie")
    };
    match situation.kind {
        ConflictKind::Freeze => format!("{who} {falls} into a freeze."),
        _ => format!("{who} {lies} outside the allowed windows."),
    }
}

pub(super) fn explanation(situation: &Situation) -> Vec<String> {
    let environment = situation.environment;
    let title = match situation.window {
        "" => String::new(),
        title => format!(" (\"{title}\")"),
    };
    let (what, then) = match situation.kind {
        ConflictKind::Freeze => (
            format!("{environment} is frozen then{title}."),
            "Move it out of the freeze, or ask for an exception.",
        ),
        _ => (
            format!("{environment} allows this only in its windows{title}."),
            "Move it inside a window, or ask for another one.",
        ),
    };
    vec![what, then.into()]
}
