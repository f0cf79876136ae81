use super::lines;
use crate::issue::Issues;

/// Lines as `number:text`, and issues as `number kind`.
fn read(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let mut issues = Issues::default();
    let lines = lines(bytes.to_vec(), &mut issues);
    let text = lines.iter().map(|(number, offset, text)| {
        assert_eq!(&lines.text[offset as usize..][..text.len()], text);
        format!("{number}:{text}")
    });
    let text = text.collect();
    let issues = issues
        .finish()
        .into_iter()
        .map(|issue| format!("{} {}", issue.line, issue.kind.name()));
    (text, issues.collect())
}

fn check(bytes: &[u8], expected: &[&str], issues: &[&str]) {
    let (text, found) = read(bytes);
    assert_eq!(text, expected, "{:?}", String::from_utf8_lossy(bytes));
    assert_eq!(found, issues, "{:?}", String::from_utf8_lossy(bytes));
}

#[test]
fn lines_end_in_any_way() {
    check(b"A:1\r\nB:2\r\n", &["1:A:1", "2:B:2"], &[]);
    check(b"A:1\nB:2", &["1:A:1", "2:B:2"], &[]);
    check(b"A:1\rB:2\r", &["1:A:1", "2:B:2"], &[]);
    check(b"A:1\r\r\nB:2\n\rC:3", &["1:A:1", "3:B:2", "5:C:3"], &[]);
    check(b"\r\n\r\n  A:1\r\n", &["3:A:1"], &[]);
    check(b"", &[], &[]);
    check(b"\n\n", &[], &[]);
    check(b" \n", &[], &[]);
}

#[test]
fn folds_are_undone() {
    check(b"A:on\r\n e\r\n\ttwo\r\nB:2", &["1:A:onetwo", "4:B:2"], &[]);
    // A space at the fold belongs to the text, on either side.
    check(b"A:to \r\n staging", &["1:A:to staging"], &[]);
    check(b"A:to\r\n  staging", &["1:A:to staging"], &[]);
    // An empty line in between is overlooked, as is a continuation with nothing in it.
    check(
        b"A:one\r\n\r\n two\r\n \r\nB:2",
        &["1:A:onetwo", "5:B:2"],
        &[],
    );
    check(b"A\n ;B=1\n :2", &["1:A;B=1:2"], &[]);
}

#[test]
fn folds_may_cut_a_character() {
    let text = "SUMMARY:Prüfung".as_bytes();
    let cut = text.iter().position(|byte| *byte == 0xBC).unwrap();
    let folded = [&text[..cut], b"\r\n ", &text[cut..]].concat();
    check(&folded, &["1:SUMMARY:Prüfung"], &[]);
}

#[test]
fn encodings() {
    check(b"\xEF\xBB\xBFA:\xC3\xBC", &["1:A:ü"], &[]);
    check(
        b"A:\xFC\nB:\xC3\xBC\nC:\x80",
        &["1:A:ü", "2:B:ü", "3:C:€"],
        &["1 encoding", "3 encoding"],
    );
    let wide = "BEGIN:ü\r\n €".encode_utf16();
    let little: Vec<u8> = wide.clone().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = wide.flat_map(u16::to_be_bytes).collect();
    check(&little, &["1:BEGIN:ü€"], &[]);
    check(&big, &["1:BEGIN:ü€"], &[]);
    check(&[&b"\xFF\xFE"[..], &little].concat(), &["1:BEGIN:ü€"], &[]);
    check(
        &[&b"\xFE\xFF"[..], &big, b"\xD8"].concat(),
        &["1:BEGIN:ü€\u{fffd}"],
        &["0 encoding"],
    );
}

#[test]
fn control_characters_become_spaces() {
    check(
        b"A:a\0b\x07\nB:\tc\x7f",
        &["1:A:a b ", "2:B:\tc "],
        &["1 control", "2 control"],
    );
}
