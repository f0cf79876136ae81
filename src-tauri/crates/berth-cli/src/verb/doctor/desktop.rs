//! What `berth doctor` says about the desktop: notifications and the tray of the window.

/// On Linux both are programs on the session bus; elsewhere they are part of the system.
#[cfg(not(target_os = "linux"))]
pub(super) fn findings() -> Vec<berth_app::Finding> {
    vec![berth_app::Finding::fine(
        "desktop",
        "notifications and the tray are part of the system",
    )]
}

#[cfg(target_os = "linux")]
pub(super) use linux::findings;

#[cfg(target_os = "linux")]
mod linux {
    use std::time::Duration;

    use berth_app::{Finding, Language, NotificationDaemon, tray_finding};
    use zbus::Connection;
    use zbus::connection::Builder;
    use zbus::fdo::{DBusProxy, PropertiesProxy};

    /// No program may hold this one up longer.
    const LIMIT: Duration = Duration::from_secs(2);
    const NOTIFICATIONS: &str = "org.freedesktop.Notifications";
    const PATH: &str = "/org/freedesktop/Notifications";
    const TRAY: &str = "org.kde.StatusNotifierWatcher";

    /// What is offered on the session bus, or what D-Bus could start when asked.
    struct Offered {
        running: Vec<String>,
        startable: Vec<String>,
        /// What the notification service says of itself, where one runs.
        service: Option<zbus::Result<NotificationDaemon>>,
    }

    pub(in super::super) fn findings() -> Vec<Finding> {
        let mut findings = match zbus::block_on(ask()) {
            Ok(offered) => {
                let mut findings = vec![Finding::fine("session bus", "answers")];
                findings.extend(notifications(&offered));
                let tray = offered.running.iter().any(|name| name == TRAY);
                findings.push(tray_finding(tray, Language::English));
                findings
            }
            Err(error) => vec![Finding::wrong(
                "session bus",
                format!("none ({error}), so the window can neither remind nor sit in the tray"),
                "Start Berth inside a desktop session, or under `dbus-run-session`.",
            )],
        };
        findings.push(autostart());
        findings
    }

    async fn ask() -> zbus::Result<Offered> {
        let bus = Builder::session().method_timeout(LIMIT).build().await?;
        let proxy = DBusProxy::new(&bus).await?;
        let names = |names: Vec<zbus::names::OwnedBusName>| -> Vec<String> {
            names.iter().map(ToString::to_string).collect()
        };
        let running = names(proxy.list_names().await?);
        let startable = names(proxy.list_activatable_names().await?);
        let service = match running.iter().any(|name| name == NOTIFICATIONS) {
            true => Some(service(&bus).await),
            false => None,
        };
        Ok(Offered {
            running,
            startable,
            service,
        })
    }

    async fn service(bus: &Connection) -> zbus::Result<NotificationDaemon> {
        let asked = async |what: &str| {
            let to = Some(NOTIFICATIONS);
            bus.call_method(to, PATH, to, what, &()).await
        };
        let answer = asked("GetServerInformation").await?;
        let (name, _, version, _): (String, String, String, String) =
            answer.body().deserialize()?;
        let answer = asked("GetCapabilities").await?;
        let properties = PropertiesProxy::builder(bus)
            .destination(NOTIFICATIONS)
            .path(PATH)
            .build()
            .await?;
        let dunst = "org.dunstproject.cmd0".try_into()?;
        let paused = properties.get(dunst, "paused").await.ok();
        Ok(NotificationDaemon {
            name: format!("{name} {version}"),
            capabilities: answer.body().deserialize()?,
            paused: paused.and_then(|value| bool::try_from(value).ok()),
        })
    }

    fn notifications(offered: &Offered) -> Vec<Finding> {
        let name = "notifications";
        let found = match &offered.service {
            Some(Ok(service)) => return service.findings(Language::English),
            Some(Err(error)) => Finding::wrong(
                name,
                format!("the notification service does not answer ({error})"),
                "Restart it, or log in again; Berth goes on trying.",
            ),
            None if offered.startable.iter().any(|one| one == NOTIFICATIONS) => {
                Finding::fine(name, "a notification service starts when it is needed")
            }
            None => Finding::wrong(
                name,
                "no notification service, so reminders stay in the window",
                "Install one, such as dunst, or use a desktop that has one.",
            ),
        };
        vec![found]
    }

    /// The file that the setting "Start with the desktop" writes. To be without it is a choice.
    fn autostart() -> Finding {
        let home = std::env::var_os("HOME").unwrap_or_default();
        let file = std::path::Path::new(&home).join(".config/autostart/Berth.desktop");
        Finding::fine(
            "autostart",
            if file.exists() {
                "Berth starts with the desktop"
            } else {
                "off: reminders come once Berth is started (settings: Start with the desktop)"
            },
        )
    }
}
