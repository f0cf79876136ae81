//! The examples of RFC 5545, 3.8.5.3, all of them, and the cases its table of 3.3.10 leaves to thought.

use chrono_tz::America::New_York;

use super::{at, check, listed, rule, series};

#[test]
fn daily() {
    check(
        "FREQ=DAILY;COUNT=10",
        "19970902T090000",
        "02 03 04 05 06 07 08 09 10 11",
    );
    check(
        "FREQ=DAILY;INTERVAL=2",
        "19970902T090000",
        "02 04 06 08 10 12 14 16 18 20 22 24 26 28 30 1002...",
    );
    check(
        "FREQ=DAILY;INTERVAL=10;COUNT=5",
        "19970902T090000",
        "02 12 22 1002 12",
    );
}

#[test]
fn daily_until_christmas_eve() {
    let starts = super::first(
        "FREQ=DAILY;UNTIL=19971224T000000Z",
        at("19970902T090000"),
        1000,
    )
    .starts;
    assert_eq!(starts.len(), 29 + 31 + 30 + 23);
    assert_eq!(starts.last(), Some(&at("19971223T090000")));
}

#[test]
fn every_day_in_january_for_three_years() {
    for text in [
        "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
        "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1",
    ] {
        let starts = super::first(text, at("19980101T090000"), 1000).starts;
        assert_eq!(starts.len(), 3 * 31, "{text}");
        assert_eq!(starts[31], at("19990101T090000"), "{text}");
        assert_eq!(starts.last(), Some(&at("20000131T090000")), "{text}");
    }
}

#[test]
fn weekly() {
    check(
        "FREQ=WEEKLY;COUNT=10",
        "19970902T090000",
        "02 09 16 23 30 1007 14 21 28 1104",
    );
    check(
        "FREQ=WEEKLY;UNTIL=19971224T000000Z",
        "19970902T090000",
        "02 09 16 23 30 1007 14 21 28 1104 11 18 25 1202 09 16 23",
    );
    check(
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        "19970902T090000",
        "02 16 30 1014 28 1111 25 1209 23 19980106 20 0203 17...",
    );
    for end in ["UNTIL=19971007T000000Z", "COUNT=10"] {
        let text = format!("FREQ=WEEKLY;{end};WKST=SU;BYDAY=TU,TH");
        check(&text, "19970902T090000", "02 04 09 11 16 18 23 25 30 1002");
    }
    check(
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
        "19970901T090000",
        "01 03 05 15 17 19 29 1001 03 13 15 17 27 29 31 1110 12 14 24 26 28 1208 10 12 22",
    );
    check(
        "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
        "19970902T090000",
        "02 04 16 18 30 1002 14 16",
    );
}

#[test]
fn monthly_by_weekday() {
    let fridays = "0905 1003 1107 1205 19980102 0206 0306 0403 0501 0605";
    check(
        "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
        "19970905T090000",
        fridays,
    );
    check(
        "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
        "19970905T090000",
        "0905 1003 1107 1205",
    );
    check(
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "19970907T090000",
        "0907 28 1102 30 19980104 25 0301 29 0503 31",
    );
    check(
        "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
        "19970922T090000",
        "0922 1020 1117 1222 19980119 0216",
    );
    check(
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
        "19970902T090000",
        "0902 09 16 23 30 1104 11 18 25 19980106 13 20 27 0303 10 17 24 31...",
    );
}

#[test]
fn monthly_by_day() {
    check(
        "FREQ=MONTHLY;BYMONTHDAY=-3",
        "19970928T090000",
        "0928 1029 1128 1229 19980129 0226...",
    );
    check(
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
        "19970902T090000",
        "0902 15 1002 15 1102 15 1202 15 19980102 15",
    );
    check(
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
        "19970930T090000",
        "0930 1001 31 1101 30 1201 31 19980101 31 0201",
    );
    check(
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        "19970910T090000",
        "0910 11 12 13 14 15 19990310 11 12 13",
    );
    check(
        "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
        "20070115T090000",
        "0115 30 0215 0315 30",
    );
}

#[test]
fn monthly_by_both() {
    check(
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "19970902T090000",
        "19980213 0313 1113 19990813 20001013...",
    );
    check(
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        "19970913T090000",
        "0913 1011 1108 1213 19980110 0207 0307 0411 0509 0613...",
    );
}

#[test]
fn by_position() {
    check(
        "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
        "19970904T090000",
        "0904 1007 1106",
    );
    check(
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "19970929T090000",
        "0929 1030 1127 1230 19980129 0226 0330...",
    );
}

#[test]
fn yearly_by_month() {
    check(
        "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        "19970610T090000",
        "0610 0710 19980610 0710 19990610 0710 20000610 0710 20010610 0710",
    );
    check(
        "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        "19970310T090000",
        "0310 19990110 0210 0310 20010110 0210 0310 20030110 0210 0310",
    );
    check(
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
        "19970313T090000",
        "0313 20 27 19980305 12 19 26 19990304 11 18 25...",
    );
    check(
        "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8",
        "19970605T090000",
        "0605 12 19 26 0703 10 17 24 31 0807 14 21 28 19980604 11 18 25 0702...",
    );
    check(
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "19961105T090000",
        "1105 20001107 20041102...",
    );
}

#[test]
fn yearly_by_day_and_week() {
    check(
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        "19970101T090000",
        "0101 0410 0719 20000101 0409 0718 20030101 0410 0719 20060101",
    );
    check(
        "FREQ=YEARLY;BYDAY=20MO",
        "19970519T090000",
        "0519 19980518 19990517...",
    );
    check(
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "19970512T090000",
        "0512 19980511 19990517...",
    );
}

#[test]
fn below_a_day() {
    check(
        "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z",
        "19970902T090000",
        "T09 T12 T15",
    );
    check(
        "FREQ=MINUTELY;INTERVAL=15;COUNT=6",
        "19970902T090000",
        "T0900 T0915 T0930 T0945 T1000 T1015",
    );
    check(
        "FREQ=MINUTELY;INTERVAL=90;COUNT=4",
        "19970902T090000",
        "T0900 T1030 T1200 T1330",
    );
    for text in [
        "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
        "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16",
    ] {
        let starts = super::first(text, at("19970902T090000"), 48).starts;
        assert_eq!(
            starts[..4],
            listed("T0900 T0920 T0940 T1000", at("19970902T090000")),
            "{text}"
        );
        assert_eq!(
            starts[23..26],
            listed("T1640 03T0900 T0920", at("19970902T090000")),
            "{text}"
        );
    }
}

/// In New York, 17:00 UTC is 13:00 (the RFC meant 21:00, and has an erratum for it).
#[test]
fn until_in_utc_is_read_in_the_zone() {
    let rule = rule("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z");
    let (start, end) = (at("19970902T090000"), at("19980101"));
    let starts = rule.starts(start, New_York, start, end, 10).starts;
    assert_eq!(starts, listed("T09 T12", start));
}

#[test]
fn the_start_of_the_week_decides_which_weeks_are_skipped() {
    let start = "19970805T090000";
    check(
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
        start,
        "05 10 19 24",
    );
    check(
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
        start,
        "05 17 19 31",
    );
}

#[test]
fn what_the_rule_does_not_say_comes_from_the_start() {
    check(
        "FREQ=YEARLY;BYMONTH=1",
        "19970310T091500",
        "19980110T0915 19990110...",
    );
    check(
        "FREQ=YEARLY;BYMONTHDAY=1,3",
        "19970902T090000",
        "0903 1001 03 1101...",
    );
    // The weekday, as libical and ical4j have it; dateutil takes all seven days of the week.
    check(
        "FREQ=YEARLY;BYWEEKNO=20",
        "19970512T090000",
        "0512 19980511 19990517...",
    );
    check(
        "FREQ=YEARLY;BYHOUR=6,18;BYSECOND=5",
        "19970902T093000",
        "19970902T183005 19980902T063005 T18...",
    );
    check(
        "FREQ=HOURLY;BYMINUTE=0,30",
        "19970902T091205",
        "T093005 T100005 T103005...",
    );
}

#[test]
fn days_that_a_month_or_year_does_not_have_are_left_out() {
    check(
        "FREQ=MONTHLY",
        "20260131",
        "0131 0331 0531 0731 0831 1031 1231...",
    );
    check(
        "FREQ=MONTHLY;BYMONTHDAY=-31",
        "20260101",
        "0101 0301 0501 0701 0801 1001 1201...",
    );
    check("FREQ=YEARLY", "20240229", "0229 20280229 20320229...");
    check("FREQ=YEARLY;BYYEARDAY=366", "20240101", "1231 20281231...");
    check("FREQ=YEARLY;BYYEARDAY=-366", "20240101", "0101 20280101...");
    check(
        "FREQ=MONTHLY;BYDAY=5MO",
        "20260101",
        "0330 0629 0831 1130...",
    );
    check("FREQ=YEARLY", "18960229", "0229 19040229...");
}

#[test]
fn weeks_at_the_edge_of_a_year() {
    check(
        "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO",
        "19970902T090000",
        "1229 19990104 20000103...",
    );
    check(
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO",
        "19970902T090000",
        "19981228 20041227 20091228...",
    );
    check(
        "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU",
        "19970902T090000",
        "1228 19990103 20000102...",
    );
    check(
        "FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=SU",
        "20240101",
        "20241229 20260104 20270103...",
    );
}

#[test]
fn mixed_ordinals() {
    check(
        "FREQ=MONTHLY;BYDAY=3MO,WE",
        "20260901",
        "02 09 16 21 23 30 1007 14 19 21 28...",
    );
    check(
        "FREQ=YEARLY;BYMONTH=9;BYDAY=-1FR,SU",
        "20260901",
        "06 13 20 25 27 20270905...",
    );
    check(
        "FREQ=YEARLY;BYDAY=1MO,-1MO",
        "20260101",
        "0105 1228 20270104 1227...",
    );
    check(
        "FREQ=MONTHLY;BYDAY=1MO,1TU,1FR,-1FR;BYMONTHDAY=1,-1",
        "20260101",
        "0501 0601 0731 0901...",
    );
}

#[test]
fn positions_count_times_too() {
    check(
        "FREQ=MONTHLY;BYMONTHDAY=13,17;BYHOUR=6,18;BYSETPOS=3,-3",
        "19970902T090000",
        "13T18 17T06 1013T18 17T06...",
    );
    check(
        "FREQ=DAILY;BYHOUR=6,18;BYMINUTE=15,45;BYSETPOS=1,-1,4,4",
        "19970902T000000",
        "T0615 T1845 03T0615...",
    );
    check(
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1,100",
        "20260101",
        "0520 1231 20270520...",
    );
}

#[test]
fn the_example_of_friday_the_13th_needs_its_exdate() {
    let mut fridays = series("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13");
    let start = at("19970902T090000");
    let two = |series: &super::Recurrence| {
        series
            .expand(start, New_York, start, at("20500101"), 2)
            .starts
    };
    assert_eq!(two(&fridays), listed("19970902 19980213", start));
    fridays.excluded.push(start);
    assert_eq!(two(&fridays), listed("19980213 0313", start));
}
