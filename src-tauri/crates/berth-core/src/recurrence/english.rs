//! Numbers and lists as English says them.

use super::bits::Bits;
use super::write::front_first;

/// Monday is 0.
pub(super) const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
/// January is 1.
pub(super) const MONTHS: [&str; 13] = [
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "a, b and c" after `before`; nothing for an empty list.
pub(super) fn list(items: impl IntoIterator<Item = String>, before: &str, and: &str) -> String {
    let items: Vec<String> = items.into_iter().collect();
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => format!("{before}{only}"),
        Some((last, rest)) => format!("{before}{} {and} {last}", rest.join(", ")),
    }
}

/// " on the 100th and the last day of the year"
pub(super) fn ordinals(places: &[i16], before: &str, after: &str) -> String {
    let places = front_first(places).map(place);
    let listed = list(places, &format!("{before} "), "and the");
    if listed.is_empty() {
        listed
    } else {
        format!("{listed} {after}")
    }
}

/// The names of the numbers in a set.
pub(super) fn names(set: Bits, names: &[&'static str]) -> impl Iterator<Item = String> {
    set.iter()
        .filter_map(|number| names.get(number as usize))
        .map(|name| (*name).to_owned())
}

/// "first", "6th", "last", "third last"
pub(super) fn place(place: i16) -> String {
    match place {
        -1 => "last".to_owned(),
        ..-1 => format!("{} last", position(place.saturating_neg())),
        _ => position(place),
    }
}

fn position(number: i16) -> String {
    match number {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        4 => "fourth".to_owned(),
        5 => "fifth".to_owned(),
        _ => nth(number),
    }
}

/// "1st", "22nd", "13th"
pub(super) fn nth(number: i16) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
