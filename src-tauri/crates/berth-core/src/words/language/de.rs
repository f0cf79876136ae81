//! German, with the terms of the window (`ui/src/lib/messages/de.ts`).

use super::{Buttons, Desktop, Now, Questions, Reminder, Time, Tray, Trouble, Words, first_of};

pub(super) const WORDS: Words = Words {
    time: Time {
        weekdays: ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
        months: [
            "Jan", "Feb", "März", "Apr", "Mai", "Juni", "Juli", "Aug", "Sep", "Okt", "Nov", "Dez",
        ],
        date: |day, month| format!("{day}. {month}"),
        midnight: "Mitternacht",
        all_day: "ganztags",
        days: |n| format!("{n} Tagen"),
        and: "und",
    },
    reminder: Reminder {
        ahead: |length| format!("in {length}"),
        now: "jetzt",
        begun: |length| format!("begann vor {length}"),
        ends: |environment, length, next| format!("{environment} endet in {length}, dann {next}"),
        moved: |environment| format!("{environment} wurde verschoben"),
        moved_to: |team, time| format!("{team}, jetzt {time}"),
        conflict: |environment| format!("{environment} hat einen neuen Konflikt"),
        conflict_with: |place, others| format!("{place}, mit {others}"),
        several: |n| format!("{n} Buchungen Ihrer Teams"),
        more: |n| format!("und {n} weitere"),
    },
    now: Now {
        free: "frei",
        until: |who, time| format!("{who} bis {time}"),
        then: |first, next| format!("{first}, dann {next}"),
    },
    tray: Tray {
        next: |slot| format!("Als Nächstes: {slot}"),
        nothing: "Für Ihre Teams steht nichts an",
        waiting: |n| match n {
            1 => "1 Erinnerung wartet auf eine Antwort".to_owned(),
            n => format!("{n} Erinnerungen warten auf eine Antwort"),
        },
        not_shown: |n| match n {
            1 => "1 Erinnerung ließ sich nicht zeigen.".to_owned(),
            n => format!("{n} Erinnerungen ließen sich nicht zeigen."),
        },
        open: "Berth öffnen",
        pause: "Alle in 1 h wieder",
        resume: |minutes| format!("Wieder erinnern (sonst in {minutes} min)"),
        quit: "Beenden",
    },
    buttons: Buttons {
        open: "Öffnen",
        snooze: |minutes| format!("In {minutes} min wieder"),
        snooze_until_start: "Bis zum Beginn",
        dismiss: "Erledigt",
    },
    questions: Questions {
        quit: "Berth beenden?",
        quit_missing: |n| {
            let fall = match n {
                1 => "1 Erinnerung steht".to_owned(),
                n => format!("{n} Erinnerungen stehen"),
            };
            format!(
                "{fall} in den nächsten 24 Stunden an, und sie kommen nur, solange Berth läuft."
            )
        },
        close: "Berth schließen?",
        close_without_tray: "Diese Arbeitsumgebung zeigt kein Symbol in der Leiste, und Erinnerungen kommen nur, solange Berth läuft. Soll es verkleinert weiterlaufen? Ein neuer Start von Berth bringt dieses Fenster zurück.",
        yes_quit: "Beenden",
        keep_running: "Weiterlaufen lassen",
        cancel: "Abbrechen",
        import: "Einen Kalender importieren",
        import_windows: "Zeitfenster importieren",
        export: "Buchungen exportieren",
    },
    trouble: Trouble {
        undelivered: |reason| {
            format!("Die Arbeitsumgebung zeigt keine Benachrichtigungen: {reason}.")
        },
        undelivered_hint: "Starten Sie ihren Dienst dafür; Berth versucht es weiter, bis die Zeiten vorbei sind.",
        missed: |all| match all {
            [one] => {
                format!("Eine Buchung Ihrer Teams verging, während Berth nicht lief: {one}.")
            }
            all => format!(
                "{} Buchungen Ihrer Teams vergingen, während Berth nicht lief: {}.",
                all.len(),
                first_of(all, |n| format!("{n} weitere"))
            ),
        },
        missed_hint: "Lassen Sie Berth mit der Anmeldung starten (Einstellungen), damit es Sie erinnern kann.",
        unwritten: |error| {
            format!(
                "{error} Erinnerungen kommen weiter, und Ihre Antworten gelten, solange Berth läuft."
            )
        },
        unwritten_hint: "Schaffen Sie Platz, oder machen Sie den Ordner beschreibbar, bevor Sie Berth beenden.",
        only_here: |reason| format!("Erinnerungen erscheinen nur in diesem Fenster: {reason}."),
        only_here_hint: "Starten Sie Berth in einer Arbeitsumgebung mit einem Dienst für Benachrichtigungen, etwa dunst.",
        no_bus: "es gibt keinen Sitzungsbus",
        no_service: "kein Dienst für Benachrichtigungen läuft",
        no_answer: "der Dienst für Benachrichtigungen antwortet nicht",
        refused: |error| format!("der Dienst für Benachrichtigungen sagt: {error}"),
    },
    desktop: Desktop {
        test: "Berth kann Sie erinnern",
        test_text: "So sieht es aus, bevor eine Buchung Ihrer Teams beginnt.",
        sent: |by| format!("Eine Erinnerung ging an {by}."),
        handed_over: "Eine Erinnerung ging an das System.",
        signed_only: "macOS zeigt nur Benachrichtigungen der installierten, signierten App.",
        nameless: |error| format!("einen Dienst, der seinen Namen nicht nennt ({error})"),
        refused: |reason| {
            format!("Die Arbeitsumgebung konnte keine Benachrichtigung zeigen: {reason}.")
        },
        refused_hint: "Starten Sie ihren Dienst für Benachrichtigungen, oder installieren Sie einen, etwa dunst.",
        shows: |by| format!("{by} zeigt sie"),
        buttons: "die Knöpfe auf der Benachrichtigung gehen: öffnen, später wieder, erledigt",
        no_buttons: "diese Arbeitsumgebung zeigt keine Knöpfe auf Benachrichtigungen",
        no_buttons_hint: "Beantworten Sie Erinnerungen im Fenster oder im Menü des Symbols.",
        listed: "die Arbeitsumgebung verwahrt, was ohne Antwort blieb",
        not_listed: "das Symbol und das Fenster verwahren, was ohne Antwort blieb",
        paused: "„Nicht stören“ ist an: jetzt wird nichts gezeigt",
        paused_hint: "Schalten Sie es aus; bis dahin verwahrt das Symbol, was auf eine Antwort wartet.",
        not_paused: "„Nicht stören“ ist aus",
        paused_unknown: "ob „Nicht stören“ an ist, verrät diese Arbeitsumgebung nicht; das Symbol verwahrt, was wartet",
        tray: "die Arbeitsumgebung zeigt Symbole in der Leiste",
        no_tray: "die Arbeitsumgebung zeigt keine Symbole in der Leiste; darum fragt Berth, was Schließen bedeuten soll",
        no_tray_hint: "Unter GNOME hilft die Erweiterung AppIndicator, sonst ein Statusbereich in der Leiste.",
    },
};
