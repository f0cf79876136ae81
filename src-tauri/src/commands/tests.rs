use std::collections::BTreeSet;

/// The words that stand between `before` and `after` in a text.
fn between<'t>(text: &'t str, before: &str, after: &str) -> BTreeSet<&'t str> {
    text.split(before)
        .skip(1)
        .filter_map(|rest| rest.split(after).next())
        .collect()
}

/// A command that only one side knows would fail when somebody clicks on it.
#[test]
fn the_same_names_everywhere() {
    let source = include_str!("../commands.rs");
    let listed = source
        .split("generate_handler![")
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .unwrap();
    let handled: BTreeSet<&str> = listed
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    assert!(handled.len() > 20, "{handled:?}");

    let declared = include_str!("../../build.rs")
        .split("&[&str] = &[")
        .nth(1)
        .unwrap();
    let declared = between(declared.split("];").next().unwrap(), "    \"", "\"");
    assert_eq!(declared, handled, "build.rs");

    let called = include_str!("../../../ui/src/lib/backend.ts");
    let called: BTreeSet<&str> = called
        .split("invoke<")
        .skip(1)
        .filter_map(|rest| {
            rest.split_once(">('")
                .and_then(|(_, rest)| rest.split('\'').next())
        })
        .collect();
    assert_eq!(called, handled, "backend.ts");

    let capability = include_str!("../../capabilities/main.json");
    let allowed: BTreeSet<String> = between(capability, "\"allow-", "\"")
        .into_iter()
        .map(|name| name.replace('-', "_"))
        .collect();
    let handled: BTreeSet<String> = handled.into_iter().map(str::to_owned).collect();
    assert_eq!(allowed, handled, "capabilities");
}

/// The page may listen to events, call Berth's commands, and be made larger by the keys for that, which
/// Tauri handles in the page; nothing else.
#[test]
fn nothing_but_commands_and_events_is_allowed() {
    let capability = include_str!("../../capabilities/main.json");
    let others: Vec<&str> = between(capability, "    \"", "\"")
        .into_iter()
        .filter(|permission| !permission.starts_with("allow-") && *permission != "main")
        .collect();
    assert_eq!(
        others,
        [
            "core:event:allow-listen",
            "core:event:allow-unlisten",
            "core:webview:allow-set-webview-zoom"
        ]
    );
    assert!(!capability.contains("remote"));
}

#[test]
fn the_policy_of_the_page() {
    let config: serde_json::Value =
        serde_json::from_str(include_str!("../../tauri.conf.json")).unwrap();
    let app = &config["app"];
    assert_eq!(app["withGlobalTauri"], false);
    assert_eq!(app["security"]["freezePrototype"], true);
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                  connect-src ipc: http://ipc.localhost; object-src 'none'; base-uri 'none'; \
                  form-action 'none'; frame-src 'none'";
    assert_eq!(app["security"]["csp"], policy);
}
