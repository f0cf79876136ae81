//! The real app in a desktop, driven as a person drives it: pointer, keys, and looking.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::desktop::Desktop;
use crate::process::{Process, free_port, wait_for_port};
use crate::webdriver::{Element, Refused, Session};
use crate::{place, wait};

/// How to start it.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Its data; a folder in the desktop's home otherwise.
    pub data: Option<PathBuf>,
    /// Further arguments, such as `--demo`.
    pub args: Vec<String>,
    /// Another program than the app.
    pub program: Option<PathBuf>,
    /// What its environment has besides, or otherwise.
    pub env: Vec<(&'static str, &'static str)>,
}

/// A running app with its window; dropping it ends both.
#[derive(Debug)]
pub struct App<'a> {
    desktop: &'a Desktop,
    session: Session,
    data: PathBuf,
    driver: Process,
}

/// A place on the page, in CSS pixels from the window's upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// Where an element is on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Its upper left corner.
    pub corner: Point,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Place {
    /// A point inside, by fractions of width and height.
    #[must_use]
    pub fn at(&self, across: f64, down: f64) -> Point {
        Point {
            x: self.corner.x + self.width * across,
            y: self.corner.y + self.height * down,
        }
    }

    /// The middle.
    #[must_use]
    pub fn middle(&self) -> Point {
        self.at(0.5, 0.5)
    }
}

impl<'a> App<'a> {
    /// Starts the app and waits for its window.
    ///
    /// # Panics
    /// When it does not come up.
    #[must_use]
    #[track_caller]
    pub fn start(desktop: &'a Desktop, options: &Options) -> Self {
        let data = options
            .data
            .clone()
            .unwrap_or_else(|| desktop.home().join("data"));
        let program = options
            .program
            .clone()
            .unwrap_or_else(|| place::program("berth-desktop"));
        let (port, native) = (free_port(), free_port());
        let ports = [port.to_string(), native.to_string()];
        let mut command = desktop.command(place::tool("tauri-driver"));
        command
            .args(["--port", &ports[0], "--native-port", &ports[1]])
            .env("BERTH_DATA_DIR", &data)
            .envs(options.env.iter().copied());
        let driver = Process::start(&mut command);
        wait_for_port(port);
        wait_for_port(native);
        let session = Session::start(port, &program.to_string_lossy(), &options.args)
            .unwrap_or_else(|refused| panic!("the app does not start: {refused}"));
        Self {
            desktop,
            session,
            data,
            driver,
        }
    }

    /// The folder with its data.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The desktop it runs in.
    #[must_use]
    pub fn desktop(&self) -> &'a Desktop {
        self.desktop
    }

    /// The group of all its processes, the driver's among them.
    #[must_use]
    pub fn group(&self) -> u32 {
        self.driver.id()
    }

    /// The WebDriver session, for what has no word here.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// All elements of a selector, now. In selectors `@name` stands for `[data-testid="name"]`.
    #[must_use]
    pub fn all(&self, css: &str) -> Vec<Element> {
        self.session.elements(&selector(css)).unwrap_or_default()
    }

    /// The first visible element of a selector, as soon as there is one.
    ///
    /// # Panics
    /// When none comes.
    #[must_use]
    #[track_caller]
    pub fn find(&self, css: &str) -> Element {
        wait::until(&format!("nothing visible is {css}"), || {
            self.all(css)
                .into_iter()
                .find(|element| self.shows(element))
        })
    }

    /// The element of a selector whose accessible name, or else text, has these words.
    ///
    /// # Panics
    /// When none comes.
    #[must_use]
    #[track_caller]
    pub fn named(&self, css: &str, name: &str) -> Element {
        wait::until(&format!("no {css} is named {name:?}"), || {
            self.all(css)
                .into_iter()
                .find(|element| self.shows(element) && self.name(element).contains(name))
        })
    }

    /// What a screen reader calls it.
    #[must_use]
    pub fn name(&self, element: &Element) -> String {
        let label = self.session.ask(element, "computedlabel");
        let label = label
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned));
        label
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| self.text(element))
    }

    /// The text a person sees in it.
    #[must_use]
    pub fn text(&self, element: &Element) -> String {
        let text = self.session.ask(element, "text").unwrap_or_default();
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the page shows these words anywhere.
    ///
    /// # Panics
    /// When it does not.
    #[track_caller]
    pub fn wait_for_text(&self, words: &str) {
        let what = format!("the page does not say {words:?}");
        wait::until_true(&what, || self.page_text().contains(words));
    }

    /// All text that the page shows.
    #[must_use]
    pub fn page_text(&self) -> String {
        let text = self.session.script("return document.body.innerText", &[]);
        text.ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Waits until nothing of a selector is visible.
    ///
    /// # Panics
    /// When something stays.
    #[track_caller]
    pub fn wait_gone(&self, css: &str) {
        wait::until_true(&format!("{css} stays"), || {
            !self.all(css).iter().any(|element| self.shows(element))
        });
    }

    /// Whether it is displayed.
    #[must_use]
    pub fn shows(&self, element: &Element) -> bool {
        self.session
            .ask(element, "displayed")
            .is_ok_and(|value| value == true)
    }

    /// Presses the first visible element of a selector.
    ///
    /// # Panics
    /// When there is none, or something lies over it.
    #[track_caller]
    pub fn click(&self, css: &str) {
        self.press(&self.find(css));
    }

    /// Presses the element of a selector with a name.
    ///
    /// # Panics
    /// When there is none, or something lies over it.
    #[track_caller]
    pub fn click_named(&self, css: &str, name: &str) {
        self.press(&self.named(css, name));
    }

    /// Presses an element.
    ///
    /// # Panics
    /// When something lies over it.
    #[track_caller]
    pub fn press(&self, element: &Element) {
        self.expect(self.session.of(element, "click", &json!({})));
    }

    /// Replaces what a field holds.
    ///
    /// # Panics
    /// When there is no such field.
    #[track_caller]
    pub fn fill(&self, css: &str, text: &str) {
        let field = self.find(css);
        self.expect(self.session.of(&field, "clear", &json!({})));
        self.expect(self.session.of(&field, "value", &json!({ "text": text })));
    }

    /// Runs a script and returns what it returns.
    ///
    /// # Panics
    /// When it throws.
    #[track_caller]
    pub fn script(&self, body: &str, arguments: &[Value]) -> Value {
        self.expect(self.session.script(body, arguments))
    }

    /// Chooses the option with this text in a list.
    ///
    /// # Panics
    /// When there is no such list or option.
    #[track_caller]
    pub fn choose(&self, css: &str, option: &str) {
        let list = self.find(css);
        let body = "const [list, text] = arguments;
            const option = [...list.options].find(one => one.text.includes(text));
            if (!option) throw new Error(`no option ${text}`);
            list.value = option.value;
            list.dispatchEvent(new Event('change', { bubbles: true }));";
        self.script(body, &[list.argument(), json!(option)]);
    }

    /// What a field holds.
    ///
    /// # Panics
    /// When there is no such field.
    #[must_use]
    #[track_caller]
    pub fn value(&self, css: &str) -> String {
        let field = self.find(css);
        let value = self.expect(self.session.ask(&field, "property/value"));
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Gives a command of the shell, as the page does, and returns its answer. For what a journey
    /// begins with, not for what it shows.
    ///
    /// # Panics
    /// When the command fails.
    #[track_caller]
    pub fn invoke(&self, command: &str, arguments: Value) -> Value {
        let body = "return window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1])
            .catch(error => { throw new Error(JSON.stringify(error)) })";
        self.script(body, &[json!(command), arguments])
    }

    /// Where an element is, once it has stopped moving: a panel that closes makes room.
    ///
    /// # Panics
    /// When it is gone.
    #[must_use]
    #[track_caller]
    pub fn place_of(&self, element: &Element) -> Place {
        let body = "const frame = () => new Promise(requestAnimationFrame);
            const now = () => {
                const { x, y, width, height } = arguments[0].getBoundingClientRect();
                return [x, y, width, height];
            };
            return (async () => {
                let before = now();
                for (let still = 0; still < 3; ) {
                    await frame();
                    const place = now();
                    still = String(place) === String(before) ? still + 1 : 0;
                    before = place;
                }
                return before;
            })();";
        let found = self.script(body, &[element.argument()]);
        let number = |index: usize| found[index].as_f64().unwrap_or_default();
        Place {
            corner: Point {
                x: number(0),
                y: number(1),
            },
            width: number(2),
            height: number(3),
        }
    }

    /// Drags with the left button, in steps as a hand does.
    ///
    /// # Panics
    /// When the driver refuses.
    #[track_caller]
    pub fn drag(&self, from: Point, to: Point) {
        self.drag_and(from, to, || {});
    }

    /// As [`App::drag`], with a look before the button is let go.
    ///
    /// # Panics
    /// When the driver refuses.
    #[track_caller]
    pub fn drag_and(&self, from: Point, to: Point, look: impl FnOnce()) {
        let middle = Point {
            x: f64::midpoint(from.x, to.x),
            y: f64::midpoint(from.y, to.y),
        };
        self.pointer(&[move_to(from), json!({ "type": "pointerDown", "button": 0 })]);
        self.pointer(&[move_to(middle), move_to(to)]);
        look();
        self.pointer(&[json!({ "type": "pointerUp", "button": 0 })]);
    }

    #[track_caller]
    fn pointer(&self, steps: &[Value]) {
        let sequence = json!([{
            "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": steps,
        }]);
        self.expect(self.session.actions(&sequence));
    }

    /// Presses keys together: `Control+z`, `Escape`, `t`.
    ///
    /// # Panics
    /// When the driver refuses.
    #[track_caller]
    pub fn keys(&self, chord: &str) {
        let keys: Vec<String> = chord.split('+').map(key).collect();
        let event = |kind: &'static str| move |key: &String| json!({ "type": kind, "value": key });
        let down = keys.iter().map(event("keyDown"));
        let up = keys.iter().rev().map(event("keyUp"));
        let steps: Vec<Value> = down.chain(up).collect();
        self.expect(
            self.session
                .actions(&json!([{ "type": "key", "id": "keyboard", "actions": steps }])),
        );
    }

    /// Types words, letter by letter, wherever the focus is.
    ///
    /// # Panics
    /// When the driver refuses.
    #[track_caller]
    pub fn write(&self, words: &str) {
        let press = |letter: char| {
            ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": letter }))
        };
        let steps: Vec<Value> = words.chars().flat_map(press).collect();
        self.expect(
            self.session
                .actions(&json!([{ "type": "key", "id": "keyboard", "actions": steps }])),
        );
    }

    /// Gives the window another size.
    ///
    /// # Panics
    /// When it keeps its own.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        let size = json!({ "x": 0, "y": 0, "width": width, "height": height });
        self.expect(self.session.post("window/rect", &size));
        wait::until_true("the window keeps its size", || {
            self.script("return innerWidth", &[]) == width
        });
    }

    /// A picture of the whole desktop, `target/artefacts/<name>.png`, after the page was painted.
    ///
    /// # Panics
    /// When it cannot be taken.
    #[track_caller]
    pub fn picture(&self, name: &str) {
        // Two frames: the first may still be the one before the last change.
        let frames = "return new Promise(d => requestAnimationFrame(() => requestAnimationFrame(() => d(1))))";
        let _ = self.session.script(frames, &[]);
        self.desktop.picture(name);
    }

    #[track_caller]
    fn expect<T>(&self, result: Result<T, Refused>) -> T {
        result.unwrap_or_else(|refused| panic!("{refused}\nthe page says:\n{}", self.page_text()))
    }
}

impl Drop for App<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let test = std::thread::current()
                .name()
                .unwrap_or("main")
                .replace("::", "-");
            self.desktop.picture(&format!("failed-{test}"));
        }
        self.session.end();
    }
}

/// `@save` → `[data-testid="save"]`, anywhere in a selector.
fn selector(short: &str) -> String {
    let mut parts = short.split('@');
    let mut css = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
        let (name, rest) = part.split_at(end.unwrap_or(part.len()));
        css.push_str(&format!("[data-testid=\"{name}\"]{rest}"));
    }
    css
}

fn move_to(point: Point) -> Value {
    let whole = |value: f64| value.round();
    json!({ "type": "pointerMove", "duration": 60, "origin": "viewport", "x": whole(point.x) as i64, "y": whole(point.y) as i64 })
}

/// The code points by which the standard names the keys that print nothing.
fn key(name: &str) -> String {
    let code = match name {
        "Control" => '\u{E009}',
        "Shift" => '\u{E008}',
        "Alt" => '\u{E00A}',
        "Enter" => '\u{E007}',
        "Escape" => '\u{E00C}',
        "Tab" => '\u{E004}',
        "Delete" => '\u{E017}',
        "Backspace" => '\u{E003}',
        "Space" => return " ".to_owned(),
        "Home" => '\u{E011}',
        "End" => '\u{E010}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        other => return other.to_owned(),
    };
    code.to_string()
}

#[cfg(test)]
mod tests {
    use super::selector;

    #[test]
    fn a_short_selector_is_one_by_test_id() {
        assert_eq!(selector("@save"), "[data-testid=\"save\"]");
        assert_eq!(
            selector("main @team-name.x"),
            "main [data-testid=\"team-name\"].x"
        );
        assert_eq!(selector("h1"), "h1");
    }
}
