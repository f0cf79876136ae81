//! A file of another program as JSON: JSON itself, or YAML. It knows nothing of windows.
//!
//! Such a file is hostile input: its size, its depth and its number of values are bounded while it
//! is read. What aliases expand to is bounded by the loader.

use saphyr::{Scalar, Yaml, YamlLoader};
use saphyr_parser::{Event, Parser, SpannedEventReceiver as _};
use serde_json::{Map, Value};

use crate::{Error, Result};

/// A file of windows is never as large as this.
const LARGEST: usize = 1 << 20;

/// A project of Argo CD in a list is six deep. The loader keeps what has an anchor twice, so its
/// memory grows with the depth.
const DEEPEST: usize = 32;

/// Scalars, sequences and mappings.
const MOST: usize = 100_000;

/// The documents of a file: one of JSON, or those of YAML.
///
/// # Errors
/// With code `input` when it is neither, or larger or deeper than such files are.
pub(super) fn read(bytes: &[u8], name: &str) -> Result<Vec<Value>> {
    if bytes.len() > LARGEST {
        return Err(Error::input(
            format!("{name} is larger than 1 MiB."),
            "Give only the freezes or the project, not everything.",
        ));
    }
    if let Ok(value) = serde_json::from_slice(bytes) {
        return Ok(vec![value]);
    }
    let text = String::from_utf8_lossy(bytes);
    let yaml = yaml(&text).map_err(|error| {
        let message = format!("{name} is neither JSON nor YAML: {error}.");
        Error::input(message, "Save it again as the other program prints it.")
    })?;
    Ok(yaml.iter().map(json).collect())
}

/// Hands the loader one event after the other, since its own way to do so calls itself at each
/// level until the stack is full.
fn yaml(text: &str) -> std::result::Result<Vec<Yaml<'_>>, String> {
    let mut loader = YamlLoader::default();
    let (mut depth, mut count) = (0_usize, 0_usize);
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| error.to_string())?;
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                depth += 1;
                count += 1;
            }
            Event::SequenceEnd | Event::MappingEnd => depth -= 1,
            Event::Scalar(..) | Event::Alias(_) => count += 1,
            _ => {}
        }
        if depth > DEEPEST {
            return Err(format!("it is nested deeper than {DEEPEST} levels"));
        }
        if count > MOST {
            return Err(format!("it has more than {MOST} values"));
        }
        loader.on_event(event, span);
    }
    match loader.error() {
        Some(error) => Err(error.to_string()),
        None => Ok(loader.into_documents()),
    }
}

/// YAML as JSON; what JSON has no word for is null.
fn json(yaml: &Yaml<'_>) -> Value {
    match yaml {
        Yaml::Value(Scalar::Boolean(value)) => Value::Bool(*value),
        Yaml::Value(Scalar::Integer(value)) => Value::from(*value),
        Yaml::Value(Scalar::FloatingPoint(value)) => Value::from(value.into_inner()),
        Yaml::Value(Scalar::String(value)) => Value::from(value.as_ref()),
        Yaml::Sequence(all) => Value::Array(all.iter().map(json).collect()),
        Yaml::Mapping(all) => {
            let pair = |(key, value): (&Yaml<'_>, &Yaml<'_>)| {
                Some((key.as_str()?.to_owned(), json(value)))
            };
            Value::Object(all.iter().filter_map(pair).collect::<Map<_, _>>())
        }
        Yaml::Tagged(_, value) => json(value),
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::{DEEPEST, MOST, read};

    fn said(text: &str) -> String {
        read(text.as_bytes(), "file").unwrap_err().message
    }

    #[test]
    fn json_and_yaml_are_the_same() {
        let expected = [json!({ "a": [1, "x", true, null], "b": { "c": 1.5 } })];
        for text in [
            r#"{ "a": [1, "x", true, null], "b": { "c": 1.5 } }"#,
            "a: [1, x, true, ~]\nb:\n  c: 1.5\n",
            "a:\n- 1\n- 'x'\n- true\n-\nb: { c: &n 1.5 }\n",
            "b: &b\n  c: 1.5\na: [1, !t x, true, null]\n",
        ] {
            assert_eq!(read(text.as_bytes(), "file").unwrap(), expected, "{text}");
        }
        let two = read(b"a: 1\n---\nb: *x\n", "file");
        assert!(two.is_err(), "an alias of nothing: {two:?}");
        let two = read(b"a: 1\n---\nb: 2\n", "file").unwrap();
        assert_eq!(two, [json!({ "a": 1 }), json!({ "b": 2 })]);
    }

    /// Each of them was once enough for the stack, the memory or minutes, or would be.
    #[test]
    fn hostile_files_are_refused() {
        assert!(said(&"x".repeat((1 << 20) + 1)).contains("larger than 1 MiB"));
        for deep in ["- ", "? ", "[", "{a: ", "- ? "] {
            let text = said(&deep.repeat(100_000));
            assert!(
                text.contains(&format!("deeper than {DEEPEST}")) || text.contains("recursion"),
                "{deep}: {text}"
            );
        }
        let wide = format!("[{}]", "x,".repeat(MOST));
        assert!(said(&wide).contains("more than 100000 values"));
        let laughs = (1..12).fold("a0: &a0 [x]\n".to_owned(), |text, n| {
            let alias = format!("*a{}", n - 1);
            text + &format!("a{n}: &a{n} [{}]\n", [&alias[..]; 9].join(", "))
        });
        assert!(said(&laughs).contains("alias expansion"));
    }

    #[test]
    fn as_deep_as_it_may_be() {
        let deep = |levels| "- ".repeat(levels) + "x";
        assert!(read(deep(DEEPEST).as_bytes(), "file").is_ok());
        assert!(read(deep(DEEPEST + 1).as_bytes(), "file").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "([a-c]: |- |\\? |\n *|[\\[\\]{},:&*!|>'\"%#~]|&a|\\*a|---\n|.){0,60}") {
            let _ = read(text.as_bytes(), "file");
        }
    }
}
