use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::duration::{self, Span};
use super::moment::{self, Moment};
use super::text;

#[test]
fn moments() {
    let day = NaiveDate::from_ymd_opt(2026, 9, 17).unwrap();
    let at = |h, m, s| day.and_hms_opt(h, m, s).unwrap();
    let next = NaiveDate::from_ymd_opt(2026, 9, 18)
        .unwrap()
        .and_hms_opt(0, 0, 0)
        .unwrap();
    for (value, expected) in [
        ("20260917", Some(Moment::Date(day))),
        ("20260917T090000", Some(Moment::Local(at(9, 0, 0)))),
        ("20260917T090000Z", Some(Moment::Utc(at(9, 0, 0)))),
        (" 20260917t0900z ", Some(Moment::Utc(at(9, 0, 0)))),
        ("2026-09-17T09:00:30", Some(Moment::Local(at(9, 0, 30)))),
        ("2026-09-17 09:00", Some(Moment::Local(at(9, 0, 0)))),
        ("20260917T240000", Some(Moment::Local(next))),
        ("20260917T235960Z", Some(Moment::Utc(at(23, 59, 59)))),
        ("20260917T090000Z/PT1H", Some(Moment::Utc(at(9, 0, 0)))),
        ("20260230", None),
        ("00000101", None),
        ("20260917T250000", None),
        ("20260917T", None),
        ("2026091", None),
        ("tomorrow", None),
        ("", None),
    ] {
        assert_eq!(moment::parse(value), expected, "{value:?}");
    }
}

#[test]
fn offsets() {
    for (value, expected) in [
        ("+0100", Some(3600)),
        ("-0330", Some(-12_600)),
        ("+005328", Some(3208)),
        ("+01:00", Some(3600)),
        ("0200", Some(7200)),
        ("+1", None),
        ("+2400", None),
        ("east", None),
    ] {
        assert_eq!(moment::offset(value), expected, "{value:?}");
    }
    for (seconds, text) in [
        (3600, "+0100"),
        (-12_600, "-0330"),
        (3208, "+005328"),
        (0, "+0000"),
    ] {
        assert_eq!(moment::offset_text(seconds), text);
    }
}

#[test]
fn durations() {
    let span = |days, seconds| Some(Span { days, seconds });
    for (value, expected) in [
        ("P1W", span(7, 0)),
        ("P1DT2H3M4S", span(1, 7384)),
        ("PT15M", span(0, 900)),
        ("-PT15M", span(0, -900)),
        ("+p2d", span(2, 0)),
        ("PT", span(0, 0)),
        ("P1M", None),
        ("15 minutes", None),
        ("P99999999999999999999D", None),
        ("P9999999999D", None),
        ("P", span(0, 0)),
    ] {
        assert_eq!(duration::parse(value), expected, "{value:?}");
    }
    for (seconds, text) in [
        (0, "PT0S"),
        (1800, "PT30M"),
        (86_400, "P1D"),
        (90_061, "P1DT1H1M1S"),
        (-5, "PT0S"),
    ] {
        assert_eq!(duration::format(TimeDelta::seconds(seconds)), text);
    }
}

#[test]
fn texts() {
    for (value, expected) in [
        ("a\\, b\\; c\\\\d", "a, b; c\\d"),
        ("one\\ntwo\\Nthree", "one\ntwo\nthree"),
        ("C:\\temp\\x", "C:\\temp\\x"),
        ("end\\", "end\\"),
    ] {
        assert_eq!(text::unescape(value), expected, "{value:?}");
    }
    assert_eq!(text::escape("a\r\nb\rc\0\u{85}\td"), "a\\nb\\nc\td");
    assert_eq!(
        text::list("a\\,b,c\\\\,d").collect::<Vec<_>>(),
        ["a\\,b", "c\\\\", "d"]
    );
    assert_eq!(text::param_value("a \"b\"\n^c"), "a ^'b^'^n^^c");
    assert_eq!(text::param_value("x;y"), "\"x;y\"");
    assert_eq!(
        text::from_quoted_printable("Gr=C3=BC=DFe=0D=0Ax=zz="),
        "GrÃ¼ße\nx=zz="
    );
    assert_eq!(text::from_quoted_printable("Gr=C3=BC=C3=9Fe"), "Grüße");
}

proptest! {
    #[test]
    fn escaped_text_comes_back(text in "[^\\p{Cc}]{0,40}") {
        let text = text + "\n\t";
        let value = text::escape(&text);
        prop_assert_eq!(text::unescape(&value), text);
    }

    #[test]
    fn parameters_come_back(text in "[^\\p{Cc}]{0,40}") {
        let mut value = text::param_value(&text).trim_matches('"').to_owned();
        text::undo_carets(&mut value);
        prop_assert_eq!(value, text);
    }

    #[test]
    fn durations_come_back(seconds in 0_i64..10_000_000) {
        let length = TimeDelta::seconds(seconds);
        prop_assert_eq!(duration::parse(&duration::format(length)).map(Span::exact), Some(length));
    }

    #[test]
    fn any_text_is_read_or_not(text in "\\PC{0,30}") {
        let _ = (moment::parse(&text), moment::offset(&text), duration::parse(&text), text::from_quoted_printable(&text));
    }
}
