//! A desktop session of its own for one test: display, bus, window manager, panel with a tray,
//! notification daemon. Nothing of the machine's own session is seen or touched.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::notification::Notifications;
use crate::process::{Process, read};
use crate::{place, wait};

/// The parts that a desktop may lack.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// Whether programs see the session bus; without it they reach no tray and no daemon.
    pub bus: bool,
    /// A panel that shows tray icons.
    pub tray: bool,
    /// A daemon that shows notifications.
    pub notifications: bool,
}

impl Parts {
    /// A complete desktop.
    pub const ALL: Self = Self {
        bus: true,
        tray: true,
        notifications: true,
    };
}

/// So long a window may take until it is painted, on a busy machine.
const PAINTED: std::time::Duration = std::time::Duration::from_secs(10);

/// A window without its page has so many colours at most.
const FLAT: u32 = 64;

/// Keeps a program out of the tree for screen readers, and saves it the bus for that.
const ALONE: &str = "NO_AT_BRIDGE";

/// A running desktop; dropping it ends it and everything that was started in it.
#[derive(Debug)]
pub struct Desktop {
    notifications: Option<Notifications>,
    // Ended in this order: what needs the bus before the bus, what needs the display before it.
    parts: Vec<Process>,
    bus: (Process, String),
    display: (Process, String),
    home: TempDir,
    bus_is_seen: bool,
    is_read: bool,
}

impl Desktop {
    /// A complete desktop, ready.
    #[must_use]
    pub fn start() -> Self {
        Self::with(Parts::ALL)
    }

    /// A desktop of some parts, ready.
    ///
    /// # Panics
    /// When a part does not come up.
    #[must_use]
    pub fn with(parts: Parts) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder can be made");
        write_settings(home.path());
        let display = start_display();
        if !parts.notifications {
            start_no_daemon(home.path());
        }
        let bus = start_bus(home.path(), &display.1);
        let mut desktop = Self {
            notifications: None,
            parts: Vec::new(),
            bus,
            display,
            home,
            bus_is_seen: parts.bus,
            is_read: false,
        };
        desktop.bring_up(parts);
        desktop
    }

    fn bring_up(&mut self, parts: Parts) {
        self.begin("xfwm4", &["--compositor=off"]);
        wait::until_true("no window manager", || {
            read(self.command("wmctrl").arg("-m")).is_some()
        });
        if parts.notifications {
            let config = self.home.path().join("dunstrc");
            self.begin("dunst", &["-conf", &config.to_string_lossy()]);
            self.wait_for_name("org.freedesktop.Notifications");
            self.notifications = Some(Notifications::watch(self.bus_address()));
        }
        if parts.tray {
            self.begin("xfce4-panel", &["--disable-wm-check"]);
            self.wait_for_name("org.kde.StatusNotifierWatcher");
        }
    }

    /// Starts a part of the desktop. The parts need the bus even where programs see none.
    fn begin(&mut self, program: &str, args: &[&str]) {
        let mut command = self.command(program);
        command.env("DBUS_SESSION_BUS_ADDRESS", &self.bus.1);
        let started = Process::start(command.args(args));
        self.parts.push(started);
    }

    fn wait_for_name(&self, name: &str) {
        let connection = connect(self.bus_address());
        let bus = zbus::blocking::fdo::DBusProxy::new(&connection).expect("a bus has a driver");
        let name = zbus::names::BusName::try_from(name).expect("a well-known name");
        wait::until_true(&format!("nobody owns {name} on the bus"), || {
            bus.name_has_owner(name.clone()).unwrap_or(false)
        });
    }

    /// A command whose program will see this desktop and no other.
    #[must_use]
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        let bus = self.bus_is_seen.then_some(self.bus.1.as_str());
        see(&mut command, self.home.path(), &self.display.1, bus);
        if self.is_read {
            command.env_remove(ALONE);
        }
        command
    }

    /// Lets programs that start from now on join the tree that a screen reader reads.
    pub(crate) fn be_read(&mut self) {
        self.is_read = true;
    }

    /// The folder that programs here take for the user's home.
    #[must_use]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The address of the session bus.
    #[must_use]
    pub fn bus_address(&self) -> &str {
        &self.bus.1
    }

    /// What was sent to the notification daemon.
    ///
    /// # Panics
    /// On a desktop without one.
    #[must_use]
    pub fn notifications(&self) -> &Notifications {
        self.notifications
            .as_ref()
            .expect("this desktop has a notification daemon")
    }

    /// A picture of the whole desktop, `target/artefacts/<name>.png`, once the window of Berth is
    /// painted, if it is shown.
    ///
    /// # Panics
    /// When it cannot be taken.
    #[track_caller]
    pub fn picture(&self, name: &str) {
        self.let_paint("Berth");
        let file = place::artefacts().join(format!("{name}.png"));
        let taken = self
            .command("import")
            .args(["-window", "root"])
            .arg(&file)
            .status();
        assert!(
            taken.is_ok_and(|status| status.success()),
            "no picture {name}"
        );
    }

    /// Waits until a window, if it is shown, has more in it than its background, and has stopped to
    /// change; not for ever, for a picture of what is wrong is worth something too.
    fn let_paint(&self, title: &str) {
        let start = std::time::Instant::now();
        let mut before = None;
        while self.shows_window(title) && start.elapsed() < PAINTED {
            // Its number of colours, and a sum of them all.
            let looks = ["-window", title, "-format", "%k %#", "info:"];
            let now = read(self.command("import").args(looks));
            let colours = now.as_deref().and_then(|text| text.split(' ').next());
            let painted = colours.is_some_and(|count| count.parse().unwrap_or(0) > FLAT);
            if painted && now == before {
                return;
            }
            before = now;
        }
    }

    /// The titles of the windows that a person can see, the panel's among them.
    #[must_use]
    pub fn windows(&self) -> Vec<String> {
        let listed = read(self.command("wmctrl").args(["-l"])).unwrap_or_default();
        // `0x01 0 host title`: the title is the rest after three words.
        let title = |line: &str| {
            line.split_whitespace()
                .skip(3)
                .collect::<Vec<_>>()
                .join(" ")
        };
        listed.lines().map(title).collect()
    }

    /// Chooses a file in the system's dialog with this title.
    ///
    /// # Panics
    /// When there is none, or it stays.
    pub fn choose_file(&self, title: &str, file: &Path) {
        self.focus_window(title);
        let asked = read(self.command("xdotool").args(["key", "ctrl+l"]));
        assert!(asked.is_some(), "cannot ask for the path");
        // It swallows what is typed while it makes room for it.
        std::thread::sleep(std::time::Duration::from_millis(500));
        self.type_line(&file.to_string_lossy());
        // The first Return may only have completed the name.
        wait::until_true("the dialog stays", || {
            std::thread::sleep(std::time::Duration::from_millis(500));
            let open = self.windows().iter().any(|one| one.contains(title));
            if open {
                let _ = read(self.command("xdotool").args(["key", "Return"]));
            }
            !open
        });
    }

    /// Types into the window that has the focus, as the keyboard would: text, then Return.
    ///
    /// # Panics
    /// When nothing can be typed.
    #[track_caller]
    pub fn type_line(&self, text: &str) {
        for keys in [
            &["key", "ctrl+a"][..],
            &["type", "--delay", "5", text],
            &["key", "Return"],
        ] {
            let typed = read(self.command("xdotool").args(keys));
            assert!(typed.is_some(), "cannot type {keys:?}");
        }
    }

    /// Drags a file out of another window to the middle of the screen by the mouse, and drops it
    /// there when `ready` returns.
    ///
    /// # Panics
    /// When there is no window to drag it out of, or no mouse.
    #[track_caller]
    pub fn drop_file(&self, file: &Path, ready: impl FnOnce()) {
        // The system's own Python: GTK comes to it as a package of the system.
        let mut source = self.command("/usr/bin/python3");
        let _source = Process::start(source.arg(place::fixture("drag_source.py")).arg(file));
        self.focus_window("Files");
        let mouse = |words: &str| {
            let moved = read(self.command("xdotool").args(words.split(' ')));
            assert!(moved.is_some(), "no mouse for {words:?}");
        };
        mouse("mousemove 80 60 sleep 0.3 mousedown 1 sleep 0.3");
        for step in 1..=10 {
            mouse(&format!(
                "mousemove {} {} sleep 0.1",
                80 + 64 * step,
                60 + 39 * step
            ));
        }
        ready();
        // What it is over answers each move, and the drop counts only once it has.
        mouse("mousemove_relative 2 2 sleep 0.5 mouseup 1");
    }

    /// Waits for a window and gives it the focus.
    ///
    /// # Panics
    /// When there is none.
    #[track_caller]
    pub fn focus_window(&self, title: &str) {
        wait::until_true(&format!("no window {title:?}"), || {
            read(self.command("wmctrl").args(["-a", title])).is_some()
                && read(
                    self.command("xdotool")
                        .args(["getactivewindow", "getwindowname"]),
                )
                .is_some_and(|active| active.contains(title))
        });
    }

    /// Presses a button of a notification that dunst shows, in dunst's own menu.
    ///
    /// # Panics
    /// When dunst does not take it.
    #[track_caller]
    pub fn press_notification(&self, button: &str) {
        // The menu asks a program which of its lines is meant: this one takes the one in the file.
        std::fs::write(self.home().join("press"), button).expect("a file can be written");
        let pressed = self.command("dunstctl").arg("context").status();
        assert!(
            pressed.is_ok_and(|status| status.success()),
            "dunst has no menu"
        );
    }

    /// Whether a window with this title is shown.
    #[must_use]
    pub fn shows_window(&self, title: &str) -> bool {
        self.windows().iter().any(|one| one == title)
    }

    /// Opens the menu of the one icon in the tray, as the right button of the mouse does.
    ///
    /// # Panics
    /// When no menu comes.
    #[track_caller]
    pub fn open_tray_menu(&self) {
        let panel = || {
            let windows = ["search", "--onlyvisible", "--class", "panel|wrapper"];
            let found = read(self.command("xdotool").args(windows)).unwrap_or_default();
            found.lines().count()
        };
        let before = panel();
        // Where the settings of the panel put it: left of the clock.
        let press = ["mousemove", "1371", "886", "click", "3"];
        assert!(read(self.command("xdotool").args(press)).is_some());
        wait::until_true("no menu in the panel", || panel() > before);
    }

    /// Presses a button of a question by the mouse: one of a row along its lower edge, by the
    /// fraction of the width at which it is.
    ///
    /// # Panics
    /// When there is no such window.
    #[track_caller]
    pub fn press_button(&self, title: &str, across: f64) {
        self.focus_window(title);
        // A press on what is only just coming is lost.
        self.let_paint(title);
        let xdotool = |words: &str| {
            let done = read(self.command("xdotool").args(words.split(' ')));
            done.unwrap_or_else(|| panic!("xdotool {words}"))
        };
        let shape = xdotool("getactivewindow getwindowgeometry --shell");
        let number = |name: &str| -> f64 {
            let line = shape.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|text| text.parse().ok())
                .unwrap_or_else(|| panic!("no {name} in {shape}"))
        };
        let window = xdotool("getactivewindow");
        let (x, y) = (number("WIDTH=") * across, number("HEIGHT=") - 20.0);
        xdotool(&format!(
            "mousemove --window {window} {x:.0} {y:.0} click 1"
        ));
    }

    /// Closes a window as its close button does.
    ///
    /// # Panics
    /// When there is no such window.
    #[track_caller]
    pub fn close_window(&self, title: &str) {
        let asked = read(self.command("wmctrl").args(["-c", title]));
        assert!(
            asked.is_some(),
            "no window named {title:?} among {:?}",
            self.windows()
        );
    }
}

/// A connection to a session bus by its address.
///
/// # Panics
/// When the bus is gone.
pub fn connect(address: &str) -> zbus::blocking::Connection {
    zbus::blocking::connection::Builder::address(address)
        .and_then(zbus::blocking::connection::Builder::build)
        .unwrap_or_else(|error| panic!("no session bus at {address}: {error}"))
}

fn see(command: &mut Command, home: &Path, display: &str, bus: Option<&str>) {
    command
        .env("DISPLAY", display)
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home.join(".config"))
        .env("XDG_DATA_HOME", home.join(".local/share"))
        .env("XDG_CACHE_HOME", home.join(".cache"))
        .env("XDG_STATE_HOME", home.join(".local/state"))
        .env("XDG_RUNTIME_DIR", home.join("run"))
        .env("XDG_CURRENT_DESKTOP", "XFCE")
        .env("GDK_BACKEND", "x11")
        .env("LANG", "C.UTF-8")
        .env("TZ", "Europe/Berlin")
        .env(ALONE, "1")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("BERTH_DATA_DIR");
    match bus {
        Some(address) => command.env("DBUS_SESSION_BUS_ADDRESS", address),
        None => command.env("DBUS_SESSION_BUS_ADDRESS", "disabled:"),
    };
}

/// A display that picks its own number and says it on standard output.
fn start_display() -> (Process, String) {
    let screen = ["-screen", "0", "1440x900x24", "-nolisten", "tcp"];
    // Without `-noreset` it begins anew, deaf for a moment, whenever its last client leaves.
    let mut server = Process::start_piped(
        Command::new("Xvfb")
            .args(["-displayfd", "1", "-noreset"])
            .args(screen),
    );
    let number = first_line(&mut server);
    (server, format!(":{number}"))
}

fn start_bus(home: &Path, display: &str) -> (Process, String) {
    let mut command = Command::new("dbus-daemon");
    let config = home.join("bus.conf");
    match config.exists() {
        true => command.arg("--config-file").arg(config),
        false => command.arg("--session"),
    };
    command.args(["--nofork", "--print-address=1"]);
    see(&mut command, home, display, None);
    command.env_remove("DBUS_SESSION_BUS_ADDRESS");
    let mut bus = Process::start_piped(&mut command);
    let address = first_line(&mut bus);
    (bus, address)
}

/// A bus that starts no notification daemon when one is called: what it can start is in the
/// folder `services` of the home.
fn start_no_daemon(home: &Path) {
    let services = home.join("services");
    std::fs::create_dir(&services).expect("a folder can be made");
    let settings = "org.xfce.Xfconf.service";
    let _ = std::fs::copy(
        Path::new("/usr/share/dbus-1/services").join(settings),
        services.join(settings),
    );
    let config = BUS.replace("SERVICES", &services.to_string_lossy());
    std::fs::write(home.join("bus.conf"), config).expect("settings can be written");
}

const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <servicedir>SERVICES</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

fn first_line(process: &mut Process) -> String {
    let output = process
        .child()
        .stdout
        .take()
        .expect("standard output was piped");
    let mut line = String::new();
    BufReader::new(output)
        .read_line(&mut line)
        .expect("a line on standard output");
    assert!(
        !line.trim().is_empty(),
        "a part of the desktop ended at once"
    );
    line.trim().to_owned()
}

/// A panel along the bottom with window buttons, tray and clock; notifications in a corner.
fn write_settings(home: &Path) {
    use std::os::unix::fs::DirBuilderExt;
    let channels = home.join(".config/xfce4/xfconf/xfce-perchannel-xml");
    std::fs::create_dir_all(&channels).expect("settings can be written");
    std::fs::write(channels.join("xfce4-panel.xml"), PANEL).expect("settings can be written");
    // Its menu asks a program which of its lines is meant: the one that the file `press` names.
    let menu = format!("sh -c 'grep -m1 -F -f {}/press'", home.display());
    let dunst = DUNST.replace("[global]", &format!("[global]\n    dmenu = {menu}"));
    std::fs::write(home.join("dunstrc"), dunst).expect("settings can be written");
    let mut private = std::fs::DirBuilder::new();
    private
        .mode(0o700)
        .create(home.join("run"))
        .expect("a run folder can be made");
}

const PANEL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=8;x=720;y=886"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="28"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
        <value type="int" value="3"/>
        <value type="int" value="4"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist"/>
    <property name="plugin-2" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
    </property>
    <property name="plugin-3" type="string" value="systray"/>
    <property name="plugin-4" type="string" value="clock"/>
  </property>
</channel>
"#;

const DUNST: &str = "\
[global]
    width = 360
    origin = top-right
    offset = 16x16
    font = Sans 10
    history_length = 200
    idle_threshold = 0
    notification_limit = 20
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
";
