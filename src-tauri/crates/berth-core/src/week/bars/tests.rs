use proptest::prelude::*;

use super::bars;

#[test]
fn lines() {
    for (given, expected) in [
        (&[][..], &[][..]),
        (&[(0, 1)], &[0]),
        (&[(0, 2), (2, 1)], &[0, 0]),
        (&[(0, 2), (1, 1)], &[0, 1]),
        (&[(0, 1), (0, 7)], &[1, 0]),
        (&[(0, 1), (0, 7), (1, 2), (3, 1)], &[1, 0, 1, 1]),
        (&[(4, 1), (0, 2), (1, 4), (2, 1)], &[0, 0, 1, 0]),
        (&[(0, 0), (0, 0)], &[0, 1]),
    ] {
        assert_eq!(bars(given), expected, "{given:?}");
    }
}

proptest! {
    #[test]
    fn bars_of_a_line_share_no_day(given in prop::collection::vec((0..14u32, 1..8u32), 0..20)) {
        let lines = bars(&given);
        let covers = |i: usize, day| given[i].0 <= day && day < given[i].0 + given[i].1;
        let mut most = 0;
        for day in 0..21 {
            let mut here: Vec<_> = (0..given.len()).filter(|&i| covers(i, day)).map(|i| lines[i]).collect();
            most = most.max(here.len());
            here.sort_unstable();
            here.dedup();
            prop_assert_eq!(here.len(), (0..given.len()).filter(|&i| covers(i, day)).count());
        }
        let used = lines.iter().max().map_or(0, |line| *line as usize + 1);
        prop_assert_eq!(used, most, "no more lines than bars on the fullest day");
    }
}
