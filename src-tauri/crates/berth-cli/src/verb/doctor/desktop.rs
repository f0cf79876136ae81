//! What `berth doctor` says about the desktop: notifications and the tray of the window.

use super::Finding;

/// On Linux both are programs on the session bus; elsewhere they are part of the system.
#[cfg(not(target_os = "linux"))]
pub(super) fn findings() -> Vec<Finding> {
    vec![Finding::fine(
        "desktop",
        "notifications and the tray are part of the system",
    )]
}

#[cfg(target_os = "linux")]
pub(super) use linux::findings;

#[cfg(target_os = "linux")]
mod linux {
    use std::time::Duration;

    use zbus::connection::Builder;
    use zbus::fdo::DBusProxy;

    use super::Finding;

    /// No program may hold this one up longer.
    const LIMIT: Duration = Duration::from_secs(2);
    const NOTIFICATIONS: &str = "org.freedesktop.Notifications";
    const TRAY: &str = "org.kde.StatusNotifierWatcher";

    /// What is offered on the session bus, or what D-Bus could start when asked.
    struct Offered {
        running: Vec<String>,
        startable: Vec<String>,
    }

    pub(in super::super) fn findings() -> Vec<Finding> {
        match zbus::block_on(ask()) {
            Ok(offered) => {
                vec![
                    Finding::fine("session bus", "answers"),
                    notifications(&offered),
                    tray(&offered),
                ]
            }
            Err(error) => vec![Finding::wrong(
                "session bus",
                format!("none ({error}), so the window can neither remind nor sit in the tray"),
                "Start Berth inside a desktop session, or under `dbus-run-session`.",
            )],
        }
    }

    async fn ask() -> zbus::Result<Offered> {
        let bus = Builder::session().method_timeout(LIMIT).build().await?;
        let proxy = DBusProxy::new(&bus).await?;
        let running = proxy.list_names().await?;
        let startable = proxy.list_activatable_names().await?;
        Ok(Offered {
            running: running.iter().map(ToString::to_string).collect(),
            startable: startable.iter().map(ToString::to_string).collect(),
        })
    }

    fn notifications(offered: &Offered) -> Finding {
        let there = |names: &[String]| names.iter().any(|name| name == NOTIFICATIONS);
        if there(&offered.running) {
            return Finding::fine("notifications", "a notification service is running");
        }
        if there(&offered.startable) {
            return Finding::fine(
                "notifications",
                "a notification service starts when it is needed",
            );
        }
        Finding::wrong(
            "notifications",
            "no notification service, so reminders stay in the window",
            "Install one, such as dunst, or use a desktop that has one.",
        )
    }

    fn tray(offered: &Offered) -> Finding {
        if offered.running.iter().any(|name| name == TRAY) {
            return Finding::fine("tray", "the desktop shows tray icons");
        }
        Finding::wrong(
            "tray",
            "the desktop shows no tray icons, so Berth asks what closing its window means",
            "On GNOME install the AppIndicator extension; on others add a status area to the panel.",
        )
    }
}
