use proptest::prelude::*;

use super::*;
use crate::Timestamp;

fn range((start, end): (i64, i64)) -> TimeRange {
    TimeRange::new(Timestamp::from_seconds(start), Timestamp::from_seconds(end)).unwrap()
}

fn set(pairs: &[(i64, i64)]) -> Vec<TimeRange> {
    pairs.iter().copied().map(range).collect()
}

#[test]
fn union_joins_what_touches() {
    for (given, expected) in [
        (&[][..], &[][..]),
        (&[(1, 2)], &[(1, 2)]),
        (&[(3, 5), (1, 3)], &[(1, 5)]),
        (&[(1, 9), (2, 3), (10, 11)], &[(1, 9), (10, 11)]),
    ] {
        assert_eq!(union(set(given)), set(expected));
    }
}

#[test]
fn the_first_of_the_longest() {
    assert_eq!(longest(&[]), None);
    let stretches = set(&[(0, 2), (3, 6), (7, 10)]);
    assert_eq!(longest(&stretches), Some(range((3, 6))));
}

fn any_set() -> impl Strategy<Value = Vec<TimeRange>> {
    let one = (0..30i64, 1..8i64).prop_map(|(start, length)| range((start, start + length)));
    prop::collection::vec(one, 0..6).prop_map(union)
}

/// Whether each second from 0 to 40 is inside.
fn seconds(set: &[TimeRange]) -> Vec<bool> {
    let inside = |at| set.iter().any(|range| range.contains(at));
    (0..40).map(Timestamp::from_seconds).map(inside).collect()
}

fn is_set(ranges: &[TimeRange]) -> bool {
    ranges.windows(2).all(|two| two[0].end() < two[1].start())
}

proptest! {
    #[test]
    fn as_second_by_second(a in any_set(), b in any_set()) {
        let each = |f: fn(bool, bool) -> bool| -> Vec<bool> {
            seconds(&a).into_iter().zip(seconds(&b)).map(|(x, y)| f(x, y)).collect()
        };
        let both = intersect(&a, &b);
        let only_a = without(&a, &b);
        let any = union([a.clone(), b.clone()].concat());
        prop_assert_eq!(seconds(&both), each(|x, y| x && y));
        prop_assert_eq!(seconds(&only_a), each(|x, y| x && !y));
        prop_assert_eq!(seconds(&any), each(|x, y| x || y));
        prop_assert!(is_set(&both) && is_set(&only_a) && is_set(&any));
        for &with in &b {
            let expected: Vec<_> = a.iter().copied().filter(|range| range.overlaps(with)).collect();
            prop_assert_eq!(touching(&a, with), expected.as_slice());
        }
    }
}
