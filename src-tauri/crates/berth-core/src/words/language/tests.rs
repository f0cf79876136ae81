use super::*;

#[test]
fn a_locale_finds_its_language() {
    for (tag, language) in [
        ("de", Language::German),
        ("de-AT", Language::German),
        ("DE", Language::German),
        ("en-GB", Language::English),
        ("fr-FR", Language::English),
        ("d", Language::English),
        ("", Language::English),
        ("日本", Language::English),
    ] {
        assert_eq!(Language::of(tag), language, "{tag}");
    }
}

/// `said` in both languages: they differ, and say all that is put in.
fn check(said: impl Fn(&Words) -> String, put_in: &[&str]) {
    let [english, german] = [Language::English, Language::German].map(|one| said(one.words()));
    assert_ne!(english, german);
    for part in put_in {
        assert!(english.contains(part), "{part} is not in {english:?}");
        assert!(german.contains(part), "{part} is not in {german:?}");
    }
}

#[test]
fn every_language_says_all_that_it_is_given() {
    check(|say| (say.time.days)(3), &["3"]);
    check(|say| (say.time.date)(17, "Sep"), &["17", "Sep"]);
    check(|say| (say.reminder.begun)("A"), &["A"]);
    check(|say| (say.reminder.ends)("A", "B", "C"), &["A", "B", "C"]);
    check(|say| (say.reminder.moved)("A"), &["A"]);
    check(|say| (say.reminder.moved_to)("A", "B"), &["A", "B"]);
    check(|say| (say.reminder.conflict)("A"), &["A"]);
    check(|say| (say.reminder.conflict_with)("A", "B"), &["A", "B"]);
    check(|say| (say.reminder.several)(6), &["6"]);
    check(|say| (say.now.until)("A", "B"), &["A", "B"]);
    check(|say| (say.now.then)("A", "B"), &["A", "B"]);
    check(|say| (say.tray.next)("A"), &["A"]);
    check(|say| (say.tray.resume)(42), &["42"]);
    check(|say| (say.buttons.snooze)(5), &["5"]);
    check(|say| (say.trouble.undelivered)("A"), &["A"]);
    check(|say| (say.trouble.unwritten)("A"), &["A"]);
    check(|say| (say.trouble.only_here)("A"), &["A"]);
    check(|say| (say.trouble.refused)("A"), &["A"]);
    check(|say| (say.desktop.sent)("A"), &["A"]);
    check(|say| (say.desktop.refused)("A"), &["A"]);
    for n in [1, 2] {
        let number = n.to_string();
        check(|say| (say.reminder.more)(n), &[&number]);
        check(|say| (say.tray.waiting)(n), &[&number]);
        check(|say| (say.tray.not_shown)(n), &[&number]);
        check(|say| (say.questions.quit_missing)(n), &[&number]);
        let slots = vec!["A".to_owned(); n];
        check(|say| (say.trouble.missed)(&slots), &["A"]);
    }
}

#[test]
fn one_is_not_several() {
    for language in [Language::English, Language::German] {
        let say = language.words();
        let count = |said: fn(&Words) -> fn(usize) -> String| {
            let (one, two) = (said(say)(1), said(say)(2));
            assert_ne!(one.replace('1', ""), two.replace('2', ""), "{one}");
        };
        count(|say| say.tray.waiting);
        count(|say| say.tray.not_shown);
        count(|say| say.questions.quit_missing);
    }
}

#[test]
fn of_many_that_were_missed_some_are_named() {
    let all: Vec<String> = (1..=12).map(|n| format!("slot {n}")).collect();
    let missed = Language::English.words().trouble.missed;
    assert_eq!(
        missed(&all),
        "12 slots of your teams passed while Berth was not running: slot 1 · slot 2 · 10 more."
    );
    assert!(missed(&all[..2]).ends_with("slot 1 · slot 2."));
}
