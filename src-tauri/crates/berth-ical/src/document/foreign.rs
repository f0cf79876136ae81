//! What a file is when it is not a calendar, so that the message can say so.

use crate::limits::Refusal;

/// The outcome for an address book.
pub(super) const CONTACTS: Refusal = refuse(
    "the file holds contacts (vCard), not a calendar",
    "export the calendar, which has a name that ends in .ics",
);

const fn refuse(found: &'static str, next: &'static str) -> Refusal {
    Refusal::NotACalendar { found, next }
}

/// What to say about these bytes, should no component be found in them.
pub(super) fn recognise(bytes: &[u8]) -> Refusal {
    let export = "export the calendar again as iCalendar (.ics)";
    let head: Vec<u8> = bytes.iter().take(512).map(u8::to_ascii_lowercase).collect();
    let text = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&head)
        .trim_ascii_start();
    match text {
        [] => refuse("the file is empty", export),
        [b'<', ..] if is_html(text) => refuse(
            "the file is a web page, not a calendar",
            "the address may need a login: open it in a browser and save the .ics file it offers",
        ),
        [b'<', ..] => refuse("the file is XML, not iCalendar", export),
        [b'{' | b'[', ..] => refuse("the file is JSON, not iCalendar", export),
        [b'p', b'k', 3, 4, ..] => refuse(
            "the file is a ZIP archive, not a calendar",
            "unpack it and import the .ics files inside",
        ),
        [b'%', b'p', b'd', b'f', ..] => {
            refuse("the file is a PDF document, not a calendar", export)
        }
        _ if text.contains(&0) => refuse("the file is binary data, not a calendar", export),
        _ => refuse(
            "there is no calendar in the file: it has no line BEGIN:VCALENDAR",
            export,
        ),
    }
}

fn is_html(text: &[u8]) -> bool {
    [b"<!doctype html".as_slice(), b"<html", b"<head", b"<body"]
        .iter()
        .any(|mark| text.windows(mark.len()).any(|window| window == *mark))
}
