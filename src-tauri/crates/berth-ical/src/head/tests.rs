use proptest::prelude::*;

use super::{Head, by_crate, has_empty_param, is_plain, own, parse, value_start};

fn shown(head: &Head) -> String {
    let params = head
        .params
        .iter()
        .map(|param| format!(" {}={:?}", param.name, param.values));
    format!("{}{}", head.name, params.collect::<String>())
}

fn check(head: &str, expected: &str) {
    assert_eq!(shown(&parse(head, 32)), expected, "{head}");
}

#[test]
fn heads() {
    check("summary", "SUMMARY");
    check(
        "DTSTART;tzid=Europe/Berlin",
        r#"DTSTART TZID=["Europe/Berlin"]"#,
    );
    check("A;B=1,2;C=\"x;y:z,\"", r#"A B=["1", "2"] C=["x;y:z,"]"#);
    check("A;B=\"1\",\"2\"", r#"A B=["1", "2"]"#);
    check("A;B=^n^'^^^x", r#"A B=["\n\"^^x"]"#);
    check("A;B=TZID=Europe/Berlin", r#"A B=["TZID=Europe/Berlin"]"#);
}

/// Heads that the `ical` crate alone would lose something of.
#[test]
fn heads_of_the_own_splitter() {
    check("A;;B=1;", r#"A B=["1"]"#);
    check("A;B=1,,2", r#"A B=["1", "", "2"]"#);
    check("A;CN=", r#"A CN=[""]"#);
    check("A;QUOTED-PRINTABLE;B=1", r#"A QUOTED-PRINTABLE=[] B=["1"]"#);
    check(
        "A;B=1,2,3,4,5,6,7,8,9,10,11",
        r#"A B=["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]"#,
    );
    check(
        "A;CN=The \"big\" one;B=1",
        r#"A CN=["The \"big\" one"] B=["1"]"#,
    );
    check("A;CN=\"not closed;B=1", r#"A CN=["not closed;B=1"]"#);
    check("NO NAME;B=1", r#"NO NAME B=["1"]"#);
}

#[test]
fn parameters_are_limited() {
    let head = format!("A{}", ";B=1".repeat(40));
    assert_eq!(parse(&head, 32).params.len(), 32);
}

#[test]
fn values_begin_after_the_colon() {
    for (line, value) in [
        ("A:b:c", Some("b:c")),
        ("A;B=\"x:y\":z", Some("z")),
        ("A;B=\"x:y", Some("y")),
        ("A:say \"hi:ho\"", Some("say \"hi:ho\"")),
        ("A", None),
        (":b", Some("b")),
    ] {
        assert_eq!(value_start(line).map(|at| &line[at..]), value, "{line}");
    }
}

#[test]
fn empty_parameters_are_noticed() {
    for (head, expected) in [
        ("A;B=1", false),
        ("A;;B=1", true),
        ("A;", true),
        ("A;B=\";;\"", false),
    ] {
        assert_eq!(has_empty_param(head), expected, "{head}");
    }
}

proptest! {
    /// Where the crate is trusted, it says what the own splitter says.
    #[test]
    fn both_agree(head in r#"[A-Z]{1,3}(;[A-Z]{0,2}=?("[a-z:;,]{0,4}"|[a-z"]{0,3})(,("[a-z:;,]{0,3}"|[a-z]{0,3})){0,12}){0,4}"#) {
        let params = &head[head.find(';').unwrap_or(head.len())..];
        if is_plain(params, 32) && let Some(by_crate) = by_crate(&head) {
            prop_assert_eq!(by_crate.params, own::params(params, 32));
        }
    }

    /// No head panics, and none has more parameters than it may.
    #[test]
    fn any_text_is_a_head(head in r#"[A-Za-z;=",:^ü-]{0,60}"#) {
        prop_assert!(parse(&head, 4).params.len() <= 4);
    }
}

#[test]
fn blanks_behind_names_are_no_part_of_them() {
    let head = parse("X-A  ;B  ;", 32);
    assert_eq!(
        (head.name.as_str(), head.params[0].name.as_str()),
        ("X-A", "B")
    );
    let quoted = parse("X-A;B\0\";C=\"d", 32);
    assert_eq!(quoted.params[0].name, "B\0C", "a name cannot be quoted");
    assert_eq!(parse("X-A;B\0\"", 32).params[0].name, "B");
}
