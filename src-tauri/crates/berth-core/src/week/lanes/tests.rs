use proptest::prelude::*;

use super::*;

/// Places as `lane/lanes+span`, folded ones as `-`, then the folds.
#[track_caller]
fn check(what: &str, pieces: &[(u32, u32)], expected: &str) {
    let layout = lanes(pieces, 3, 24);
    let mut words: Vec<String> = layout
        .placed
        .iter()
        .map(|place| match place {
            Some(Place { lane, lanes, span }) => format!("{lane}/{lanes}+{span}"),
            None => "-".into(),
        })
        .collect();
    words.extend(
        layout
            .folds
            .iter()
            .map(|fold| format!("{}..{}{:?}", fold.start, fold.end, fold.members)),
    );
    assert_eq!(words.join(" "), expected, "{what}");
}

#[test]
fn side_by_side() {
    check("none", &[], "");
    check("one", &[(0, 60)], "0/1+1");
    check("adjacent", &[(0, 60), (60, 120)], "0/1+1 0/1+1");
    check("two", &[(0, 60), (30, 90)], "0/2+1 1/2+1");
    check("longer first", &[(0, 60), (0, 90)], "1/2+1 0/2+1");
    check(
        "equal ones by index",
        &[(0, 60), (0, 60), (0, 60)],
        "0/3+1 1/3+1 2/3+1",
    );
    check(
        "a lane is used again",
        &[(0, 60), (30, 90), (60, 120)],
        "0/2+1 1/2+1 0/2+1",
    );
    check(
        "apart groups",
        &[(0, 60), (30, 90), (90, 120)],
        "0/2+1 1/2+1 0/1+1",
    );
}

#[test]
fn free_lanes_to_the_right_are_covered() {
    // Three at once in the morning, connected by a long one; the last is alone beside it.
    check(
        "wide",
        &[(0, 200), (0, 60), (0, 60), (100, 160)],
        "0/3+1 1/3+1 2/3+1 1/3+2",
    );
    check(
        "not over a neighbour",
        &[(0, 100), (0, 60), (0, 50), (70, 90)],
        "0/3+1 1/3+1 2/3+1 1/3+2",
    );
    check(
        "only as far as it is free",
        &[(0, 60), (0, 100), (0, 200), (70, 90)],
        "2/3+1 1/3+1 0/3+1 2/3+1",
    );
}

#[test]
fn short_pieces_have_the_height_of_a_card() {
    check(
        "five minutes each",
        &[(0, 5), (10, 15), (24, 30)],
        "0/2+1 1/2+1 0/2+1",
    );
    check("no length", &[(10, 10), (10, 10)], "0/2+1 1/2+1");
    check("backwards", &[(10, 0)], "0/1+1");
    let exact = lanes(&[(0, 5), (5, 10), (10, 10), (10, 11)], 3, 0);
    assert_eq!(
        exact
            .placed
            .iter()
            .flatten()
            .map(|place| place.lanes)
            .collect::<Vec<_>>(),
        [1, 1, 2, 2]
    );
}

#[test]
fn crowds_are_folded() {
    let five = [(0, 60), (0, 60), (0, 60), (10, 50), (20, 90)];
    check(
        "the later ones",
        &five,
        "0/3+1 1/3+1 2/3+1 - - 10..90[3, 4]",
    );
    let mut twice = five.to_vec();
    twice.extend([(200, 260); 4]);
    check(
        "each crowd has its own",
        &twice,
        "0/3+1 1/3+1 2/3+1 - - 0/3+1 1/3+1 2/3+1 - 10..90[3, 4] 200..260[8]",
    );
    check(
        "one crowd, two folds",
        &[(0, 200), (0, 200), (0, 200), (10, 40), (100, 140)],
        "0/3+1 1/3+1 2/3+1 - - 10..40[3] 100..140[4]",
    );
    let none = lanes(&[(0, 60), (0, 60)], 0, 24);
    assert_eq!(
        none.placed,
        [
            Some(Place {
                lane: 0,
                lanes: 1,
                span: 1
            }),
            None
        ]
    );
    assert_eq!(
        none.folds,
        [Fold {
            start: 0,
            end: 60,
            members: vec![1]
        }]
    );
}

fn overlap(a: &Range<u32>, b: &Range<u32>) -> bool {
    a.start < b.end && b.start < a.end
}

/// How many cards there are at most at once, among those connected with `of`.
fn depth(cards: &[Range<u32>], of: usize) -> usize {
    let mut group = vec![of];
    let mut next = 0;
    while let Some(&one) = group.get(next) {
        let more: Vec<_> = (0..cards.len())
            .filter(|i| !group.contains(i) && overlap(&cards[one], &cards[*i]))
            .collect();
        group.extend(more);
        next += 1;
    }
    let at_once = |minute| {
        group
            .iter()
            .filter(|&&i| cards[i].contains(&minute))
            .count()
    };
    group
        .iter()
        .map(|&i| at_once(cards[i].start))
        .max()
        .unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn cards_never_cover_each_other(
        pieces in prop::collection::vec((0..300u32, 0..80u32), 0..24),
        most in 1..5u32,
        least in 0..40u32,
    ) {
        let pieces: Vec<_> = pieces.into_iter().map(|(start, length)| (start, start + length)).collect();
        let layout = lanes(&pieces, most, least);
        let cards: Vec<_> = pieces.iter().map(|&(start, end)| start..end.max(start + least.max(1))).collect();

        for i in 0..cards.len() {
            let folds = layout.folds.iter().filter(|fold| fold.members.contains(&i)).count();
            prop_assert_eq!(folds, usize::from(layout.placed[i].is_none()), "placed, or in one fold");
            let Some(place) = layout.placed[i] else { continue };
            prop_assert!(place.span >= 1 && place.lane + place.span <= place.lanes);
            prop_assert_eq!(place.lanes as usize, depth(&cards, i).min(most as usize));
            for j in (0..cards.len()).filter(|&j| j != i && overlap(&cards[i], &cards[j])) {
                let Some(other) = layout.placed[j] else { continue };
                let apart = place.lane + place.span <= other.lane || other.lane + other.span <= place.lane;
                prop_assert!(apart, "{:?} {place:?} and {:?} {other:?}", cards[i], cards[j]);
            }
            // The span could not be wider.
            let blocked = |lane| (0..cards.len()).any(|j| {
                layout.placed[j].is_some_and(|other| other.lane == lane) && overlap(&cards[i], &cards[j])
            });
            let edge = place.lane + place.span;
            prop_assert!(edge == place.lanes || blocked(edge));
        }
        for fold in &layout.folds {
            let members = || fold.members.iter().map(|&i| &cards[i]);
            prop_assert_eq!(members().map(|card| card.start).min(), Some(fold.start));
            prop_assert_eq!(members().map(|card| card.end).max(), Some(fold.end));
            for &i in &fold.members {
                let beside = (0..cards.len()).filter(|&j| layout.placed[j].is_some() && cards[j].contains(&cards[i].start));
                prop_assert_eq!(beside.count(), most as usize, "folded only where all lanes are taken");
            }
        }
        prop_assert!(layout.folds.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }
}
