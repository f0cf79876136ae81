//! Columns that line up.

/// The rows with each column as wide as its widest cell, two spaces between, and nothing at the end
/// of a line. Colours take no room.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| width(cell))
            .max()
    };
    let widths: Vec<usize> = (0..columns)
        .map(|column| widest(column).unwrap_or(0))
        .collect();
    rows.iter().map(|row| line(row, &widths) + "\n").collect()
}

fn line(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (cell, width_) in row.iter().zip(widths) {
        line.push_str(cell);
        line.extend(std::iter::repeat_n(' ', width_ - width(cell) + 2));
    }
    line.trim_end().to_owned()
}

/// Characters that take room: those between `ESC[` and `m` do not.
fn width(cell: &str) -> usize {
    let mut inside = false;
    cell.chars()
        .filter(|&letter| {
            let starts = letter == '\u{1b}';
            let counts = !inside && !starts;
            inside = starts || inside && letter != 'm';
            counts
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_line_up() {
        let row = |cells: &[&str]| {
            cells
                .iter()
                .map(|&cell| cell.to_owned())
                .collect::<Vec<_>>()
        };
        let rows = [
            row(&["1", "a", "x"]),
            row(&["22", "\u{1b}[1;31mäö\u{1b}[0m", "y"]),
            row(&["3", ""]),
        ];
        assert_eq!(
            table(&rows),
            "1   a   x\n22  \u{1b}[1;31mäö\u{1b}[0m  y\n3\n"
        );
        assert_eq!(table(&[]), "");
    }
}
