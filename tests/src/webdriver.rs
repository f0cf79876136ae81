//! As much of the WebDriver protocol as the journeys need, over plain HTTP on this machine.

use serde_json::{Value, json};

/// The key of an element's id in every WebDriver answer.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A session with one window of one program.
#[derive(Debug)]
pub struct Session {
    agent: ureq::Agent,
    url: String,
}

/// Why the driver refused: its own short code (`no such element`) and its message.
#[derive(Debug)]
pub struct Refused {
    /// A code of the WebDriver standard.
    pub code: String,
    /// What the driver says about it.
    pub message: String,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

/// An element by the id that the driver gave it.
#[derive(Clone, Debug)]
pub struct Element(String);

impl Element {
    /// As an argument of a script.
    #[must_use]
    pub fn argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

impl Session {
    /// Starts a program through the driver at a port.
    ///
    /// # Errors
    /// What the driver says, for example that the program ended.
    pub fn start(port: u16, program: &str, args: &[String]) -> Result<Self, Refused> {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            // A driver that waits for a program which has ended would wait for ever.
            .timeout_global(Some(std::time::Duration::from_secs(120)))
            .build()
            .into();
        let root = format!("http://127.0.0.1:{port}/session");
        let options = json!({ "application": program, "args": args });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "tauri:options": options } } });
        let answer = post(&agent, &root, &wanted)?;
        let id = answer["sessionId"].as_str().unwrap_or_default();
        Ok(Self {
            url: format!("{root}/{id}"),
            agent,
        })
    }

    /// A command without a body.
    ///
    /// # Errors
    /// What the driver says.
    pub fn get(&self, path: &str) -> Result<Value, Refused> {
        read(self.agent.get(format!("{}/{path}", self.url)).call())
    }

    /// A command with one.
    ///
    /// # Errors
    /// What the driver says.
    pub fn post(&self, path: &str, body: &Value) -> Result<Value, Refused> {
        post(&self.agent, &format!("{}/{path}", self.url), body)
    }

    /// Ends the session and the program with it.
    pub fn end(&self) {
        let _ = self.agent.delete(&self.url).call();
    }

    /// All elements of a selector, in the order of the page.
    ///
    /// # Errors
    /// What the driver says.
    pub fn elements(&self, css: &str) -> Result<Vec<Element>, Refused> {
        let found = self.post(
            "elements",
            &json!({ "using": "css selector", "value": css }),
        )?;
        let ids = found.as_array().into_iter().flatten();
        Ok(ids
            .filter_map(|id| id[ELEMENT].as_str())
            .map(|id| Element(id.to_owned()))
            .collect())
    }

    /// A command of one element.
    ///
    /// # Errors
    /// What the driver says, for example that the element is gone.
    pub fn of(&self, element: &Element, what: &str, body: &Value) -> Result<Value, Refused> {
        self.post(&format!("element/{}/{what}", element.0), body)
    }

    /// A question to one element.
    ///
    /// # Errors
    /// What the driver says, for example that the element is gone.
    pub fn ask(&self, element: &Element, what: &str) -> Result<Value, Refused> {
        self.get(&format!("element/{}/{what}", element.0))
    }

    /// Runs the body of a function with `arguments`; a promise is waited for.
    ///
    /// # Errors
    /// What the script threw.
    pub fn script(&self, body: &str, arguments: &[Value]) -> Result<Value, Refused> {
        self.post(
            "execute/sync",
            &json!({ "script": body, "args": arguments }),
        )
    }

    /// Moves, presses and keys, as the standard's action sequences.
    ///
    /// # Errors
    /// What the driver says.
    pub fn actions(&self, sequences: &Value) -> Result<(), Refused> {
        self.post("actions", &json!({ "actions": sequences }))
            .map(drop)
    }
}

fn post(agent: &ureq::Agent, url: &str, body: &Value) -> Result<Value, Refused> {
    read(agent.post(url).send_json(body))
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, Refused> {
    let gone = |error: ureq::Error| Refused {
        code: "no answer".to_owned(),
        message: error.to_string(),
    };
    let mut answer = answer.map_err(gone)?;
    let mut body: Value = answer.body_mut().read_json().map_err(gone)?;
    let value = body["value"].take();
    if answer.status().is_success() {
        return Ok(value);
    }
    let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Err(Refused {
        code: text("error"),
        message: text("message"),
    })
}
