//! Hard-wrapped text: which line breaks only end a line, not a paragraph.

/// A line this long or longer was not wrapped by hand.
const WRAPPED: usize = 130;
/// So many lines at least must fill the width of a wrapped text.
const FULL: usize = 5;

/// Byte offsets of the line breaks that stand inside a paragraph, in order.
pub(super) fn joined(source: &str) -> Vec<usize> {
    let longest = source.lines().map(|line| line.trim_end().chars().count()).max().unwrap_or(0);
    let nearly = source.lines().filter(|line| line.trim_end().chars().count() * 5 > longest * 4).count();
    let width = if (40..WRAPPED).contains(&longest) && nearly >= FULL { longest } else { usize::MAX };
    let mut found = Vec::new();
    let mut end = 0;
    let mut lines = source.split('\n').peekable();
    while let Some(line) = lines.next() {
        end += line.len();
        if let Some(next) = lines.peek()
            && goes_on(line.trim(), next.trim(), width)
        {
            found.push(end);
        }
        end += 1;
    }
    found
}

/// Whether a line goes on in the next: the next begins small right behind a letter, or its first word would not have
/// fitted into the width of the text.
fn goes_on(line: &str, next: &str, width: usize) -> bool {
    let (Some(last), Some(first)) = (line.chars().next_back(), next.chars().next()) else { return false };
    let word = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    let full = line.chars().count() + word + 1 > width.saturating_sub(width / 12);
    let small = last.is_alphanumeric() && first.is_lowercase() && next.chars().nth(1).is_some_and(char::is_alphabetic);
    small || full && (first.is_alphanumeric() || matches!(first, '"' | '\u{201C}')) && !ends_all(line)
}

/// Whether a line that fills its width may still be the last of its paragraph.
fn ends_all(line: &str) -> bool {
    line.ends_with([':', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_go_on_and_paragraphs_end() {
        let line = "The States that are parties to this treaty have\n";
        let text = format!("{}Agreed.\n\nAnother paragraph.", line.repeat(5));
        assert_eq!(joined(&text), [47, 95, 143, 191, 239]);
        assert_eq!(joined("Title\nof a text\nBETWEEN"), [5]);
    }
}
