//! English.

use super::{Buttons, Desktop, Now, Questions, Reminder, Time, Tray, Trouble, Words, first_of};

pub(super) const WORDS: Words = Words {
    time: Time {
        weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        months: [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ],
        date: |day, month| format!("{day} {month}"),
        midnight: "midnight",
        all_day: "all day",
        days: |n| format!("{n} days"),
        and: "and",
    },
    reminder: Reminder {
        ahead: |length| format!("in {length}"),
        now: "now",
        begun: |length| format!("started {length} ago"),
        ends: |environment, length, next| format!("{environment} ends in {length}, {next} is next"),
        moved: |environment| format!("{environment} was moved"),
        moved_to: |team, time| format!("{team}, now {time}"),
        conflict: |environment| format!("{environment} has a new conflict"),
        conflict_with: |place, others| format!("{place}, with {others}"),
        several: |n| format!("{n} slots of your teams"),
        more: |n| format!("and {n} more"),
    },
    now: Now {
        free: "free",
        until: |who, time| format!("{who} until {time}"),
        then: |first, next| format!("{first}, then {next}"),
    },
    tray: Tray {
        next: |slot| format!("Next: {slot}"),
        nothing: "Nothing ahead for your teams",
        waiting: |n| match n {
            1 => "1 reminder waits for an answer".to_owned(),
            n => format!("{n} reminders wait for an answer"),
        },
        not_shown: |n| match n {
            1 => "1 reminder could not be shown.".to_owned(),
            n => format!("{n} reminders could not be shown."),
        },
        open: "Open Berth",
        pause: "Snooze all for 1 h",
        resume: |minutes| format!("Resume reminders ({minutes} min left)"),
        quit: "Quit",
    },
    buttons: Buttons {
        open: "Open",
        snooze: |minutes| format!("Snooze {minutes} min"),
        snooze_until_start: "Snooze until start",
        dismiss: "Dismiss",
    },
    questions: Questions {
        quit: "Quit Berth?",
        quit_missing: |n| {
            let fall = match n {
                1 => "1 reminder falls".to_owned(),
                n => format!("{n} reminders fall"),
            };
            format!("{fall} due in the next 24 hours, and reminders come only while Berth runs.")
        },
        close: "Close Berth?",
        close_without_tray: "This desktop shows no tray icon, and reminders come only while Berth runs. Keep it running, minimised? Starting Berth again brings this window back.",
        yes_quit: "Quit",
        keep_running: "Keep running",
        cancel: "Cancel",
        import: "Import a calendar",
        import_windows: "Import windows",
        export: "Export bookings",
    },
    trouble: Trouble {
        undelivered: |reason| format!("The desktop shows no notifications, for {reason}."),
        undelivered_hint: "Start its notification service; Berth goes on trying until the slots are over.",
        missed: |all| match all {
            [one] => format!("A slot of your teams passed while Berth was not running: {one}."),
            all => format!(
                "{} slots of your teams passed while Berth was not running: {}.",
                all.len(),
                first_of(all, |n| format!("{n} more"))
            ),
        },
        missed_hint: "Let Berth start with the session (Settings), so that it can remind you.",
        unwritten: |error| {
            format!("{error} Reminders still come, and your answers are kept while Berth runs.")
        },
        unwritten_hint: "Free some space, or make the folder writable, before you quit Berth.",
        only_here: |reason| format!("Reminders appear only in this window, for {reason}."),
        only_here_hint: "Start Berth in a desktop session with a notification service, such as dunst.",
        no_bus: "there is no session bus",
        no_service: "no notification service is running",
        no_answer: "the desktop's notification service does not answer",
        refused: |error| format!("the notification service says: {error}"),
    },
    desktop: Desktop {
        test: "Berth can remind you",
        test_text: "So it will look before a slot of your teams starts.",
        sent: |by| format!("A reminder was sent to {by}."),
        handed_over: "A reminder was handed to the system.",
        signed_only: "macOS shows notifications of the installed, signed app only.",
        nameless: |error| format!("a service that does not say its name ({error})"),
        refused: |reason| format!("The desktop could not show a notification: {reason}."),
        refused_hint: "Start its notification service, or install one such as dunst.",
        shows: |by| format!("{by} shows them"),
        buttons: "snooze, dismiss and open work on the notification",
        no_buttons: "this desktop shows no buttons on notifications",
        no_buttons_hint: "Answer reminders in the window or the tray menu of Berth.",
        listed: "the desktop lists what is not answered",
        not_listed: "the tray and the window keep what is not answered",
        paused: "do not disturb is on, so the desktop shows nothing now",
        paused_hint: "Switch it off; until then the tray keeps what waits for an answer.",
        not_paused: "do not disturb is off",
        paused_unknown: "this desktop does not tell whether do not disturb is on; the tray keeps what waits",
        tray: "the desktop shows tray icons",
        no_tray: "the desktop shows no tray icons, so Berth asks what closing its window means",
        no_tray_hint: "On GNOME install the AppIndicator extension; on others add a status area to the panel.",
    },
};
