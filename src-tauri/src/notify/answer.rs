//! What a press on a notification does. It is written down before the notification goes away.

use berth_app::wire::BannerKind;
use berth_app::{Answer, Timestamp, Words};
use chrono::TimeDelta;
use tauri::{AppHandle, Manager};

use super::Card;
use crate::outbox::{self, Message};
use crate::shell::{self, Shell};
use crate::window;

/// What a press on the notification itself is called, by the specification of notifications.
const OPEN: &str = "default";
const SHORT: &str = "later-5";
const LONG: &str = "later-15";
const START: &str = "start";
const DISMISS: &str = "dismiss";

/// The buttons of a card, key and label, in the order of their use: some desktops show three.
pub(super) fn buttons(card: &Card, now: Timestamp, words: &Words) -> Vec<(&'static str, String)> {
    let say = &words.buttons;
    let mut buttons = vec![(OPEN, say.open.to_owned())];
    if card.tags.is_empty() {
        return buttons;
    }
    buttons.push((SHORT, (say.snooze)(5)));
    buttons.push((LONG, (say.snooze)(15)));
    if card
        .start
        .is_some_and(|start| start > now + TimeDelta::minutes(1))
    {
        buttons.push((START, say.snooze_until_start.to_owned()));
    }
    buttons.push((DISMISS, say.dismiss.to_owned()));
    buttons
}

/// Does what a button says.
pub(super) fn pressed(app: &AppHandle, card: &Card, button: &str) {
    let answer = match button {
        SHORT => Answer::Later(TimeDelta::minutes(5)),
        LONG => Answer::Later(TimeDelta::minutes(15)),
        START => Answer::AtStart,
        _ => Answer::Dismiss,
    };
    tracing::info!(button, "a reminder was answered");
    store(app, &card.tags, answer);
    if button == OPEN {
        let message = match &card.booking {
            Some(booking) => Some(Message::OpenBooking(booking.clone())),
            None if card.tags.is_empty() => None,
            None => Some(Message::OpenReminders),
        };
        if let Some(message) = message {
            outbox::tell(app, message);
        }
        window::open(app);
    }
}

/// The person closed it.
pub(super) fn closed(app: &AppHandle, card: &Card) {
    store(app, &card.tags, Answer::Dismiss);
}

fn store(app: &AppHandle, tags: &[String], answer: Answer) {
    if tags.is_empty() {
        return;
    }
    let stored = app
        .state::<Shell>()
        .with(|berth, now| berth.answer_reminders(tags, answer, now));
    match stored {
        Ok(()) => shell::changed(app),
        Err(error) => outbox::warn(app, BannerKind::Refused, error.message, error.hint),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use berth_app::Language;

    #[test]
    fn buttons_fit_the_card() {
        let now = Timestamp::from_seconds(1_789_628_400);
        let card = |tags: &[&str], start: Option<i64>| Card {
            tag: "a".into(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            summary: String::new(),
            body: String::new(),
            booking: None,
            start: start.map(|seconds| now + TimeDelta::seconds(seconds)),
        };
        for (card, expected) in [
            (card(&[], None), "default"),
            (card(&["a"], None), "default later-5 later-15 dismiss"),
            (card(&["a"], Some(-5)), "default later-5 later-15 dismiss"),
            (
                card(&["a"], Some(600)),
                "default later-5 later-15 start dismiss",
            ),
        ] {
            let buttons = buttons(&card, now, Language::German.words());
            let keys: Vec<_> = buttons.iter().map(|one| one.0).collect();
            assert_eq!(keys.join(" "), expected);
            assert_eq!(buttons[0].1, "Öffnen");
        }
    }
}
