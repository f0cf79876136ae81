//! A notification daemon that is played: what was sent can be read, and buttons pressed.

use std::collections::HashMap;

use berth_tests::desktop::Desktop;
use berth_tests::process::Process;
use berth_tests::wait;
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::{OwnedValue, Value};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const MOCK: &str = "org.freedesktop.DBus.Mock";

/// Answers as a daemon does.
pub(crate) const PROMPT: &str = "
if not hasattr(self, 'last'): self.last = 0
if args[1]: ret = args[1]
else:
    self.last += 1
    ret = self.last
";

/// Presses the button in the very call that shows it, before the caller has its answer.
pub(crate) const PRESSED_AT_ONCE: &str = "
self.last = getattr(self, 'last', 0) + 1
self.EmitSignal('org.freedesktop.Notifications', 'ActionInvoked', 'us', [dbus.UInt32(self.last), 'dismiss'])
ret = self.last
";

/// Never answers.
pub(crate) const HUNG: &str = "import time; time.sleep(3600)";

/// The daemon; dropping it ends it.
pub(crate) struct Mock {
    connection: Connection,
    _process: Process,
}

/// One call of `Notify`.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) summary: String,
    pub(crate) body: String,
    pub(crate) actions: Vec<String>,
    pub(crate) tag: String,
}

impl Mock {
    /// Starts one whose `Notify` runs this Python.
    #[track_caller]
    pub(crate) fn start(desktop: &Desktop, notify: &str) -> Self {
        let parameters = r#"{"capabilities": "body body-markup actions"}"#;
        let mut command = desktop.command("/usr/bin/python3");
        command
            .env("DBUS_SESSION_BUS_ADDRESS", desktop.bus_address())
            .args([
                "-m",
                "dbusmock",
                "--session",
                "--template",
                "notification_daemon",
            ])
            .args(["--parameters", parameters]);
        let process = Process::start(&mut command);
        let connection = berth_tests::desktop::connect(desktop.bus_address());
        let mock = Self {
            connection,
            _process: process,
        };
        wait::until_true("the played daemon does not start", || mock.is_there());
        mock.define("Notify", "susssasa{sv}i", "u", notify);
        mock.define("CloseNotification", "u", "", "pass");
        mock
    }

    /// Whether any daemon is on the bus.
    pub(crate) fn any(desktop: &Desktop) -> bool {
        let connection = berth_tests::desktop::connect(desktop.bus_address());
        let bus = zbus::blocking::fdo::DBusProxy::new(&connection).unwrap();
        bus.name_has_owner(NAME.try_into().unwrap()).unwrap()
    }

    fn is_there(&self) -> bool {
        self.proxy(MOCK)
            .call::<_, _, Vec<(u64, String, Vec<OwnedValue>)>>("GetCalls", &())
            .is_ok()
    }

    fn define(&self, method: &str, takes: &str, gives: &str, python: &str) {
        self.proxy(MOCK)
            .call_method("AddMethod", &(NAME, method, takes, gives, python))
            .unwrap();
    }

    /// What was sent so far, in order.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        let calls: Vec<(u64, Vec<OwnedValue>)> = self
            .proxy(MOCK)
            .call("GetMethodCalls", &("Notify",))
            .unwrap();
        calls.into_iter().map(|(_, args)| sent(args)).collect()
    }

    /// The numbers that were closed by the app.
    pub(crate) fn closed(&self) -> Vec<u32> {
        let calls: Vec<(u64, Vec<OwnedValue>)> = self
            .proxy(MOCK)
            .call("GetMethodCalls", &("CloseNotification",))
            .unwrap();
        let number = |args: Vec<OwnedValue>| u32::try_from(args.into_iter().next().unwrap());
        calls
            .into_iter()
            .map(|(_, args)| number(args).unwrap())
            .collect()
    }

    /// Waits for this many.
    #[track_caller]
    pub(crate) fn wait_for(&self, count: usize) -> Vec<Sent> {
        wait::until(&format!("not {count} notifications"), || {
            let sent = self.sent();
            (sent.len() >= count).then_some(sent)
        })
    }

    /// For so long, no more than this many come.
    #[track_caller]
    pub(crate) fn hears_no_more(&self, count: usize, time: std::time::Duration) {
        wait::stays_true(time, "one more notification", || self.sent().len() == count);
    }

    /// The person presses a button.
    pub(crate) fn press(&self, number: u32, button: &str) {
        self.emit("ActionInvoked", "us", vec![number.into(), button.into()]);
    }

    /// The person closes it.
    pub(crate) fn close(&self, number: u32) {
        self.emit(
            "NotificationClosed",
            "uu",
            vec![number.into(), 2_u32.into()],
        );
    }

    fn emit(&self, signal: &str, signature: &str, values: Vec<Value<'_>>) {
        self.proxy(MOCK)
            .call_method("EmitSignal", &(NAME, signal, signature, values))
            .unwrap();
    }

    fn proxy(&self, interface: &'static str) -> Proxy<'static> {
        Proxy::new(&self.connection, NAME, PATH, interface).unwrap()
    }
}

fn sent(args: Vec<OwnedValue>) -> Sent {
    // After the name of the app and the number it replaces comes the icon.
    let mut args = args.into_iter().skip(3);
    let mut next = || args.next().unwrap();
    let summary = String::try_from(next()).unwrap();
    let body = String::try_from(next()).unwrap();
    let actions = Vec::<String>::try_from(next()).unwrap();
    let hints = HashMap::<String, OwnedValue>::try_from(next()).unwrap();
    let tag = hints["x-dunst-stack-tag"].try_clone().unwrap();
    Sent {
        summary,
        body,
        actions,
        tag: String::try_from(tag).unwrap(),
    }
}
