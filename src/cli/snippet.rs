//! Problems with the line they stand in and a mark under the place, for people who mend it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::problem::{Problem, Severity, visible};

/// So many characters of a line are shown before and behind the place.
const AROUND: usize = 60;

/// A problem as text; `source` is the text of its file where that is known. Wide characters count as the two columns
/// that they take.
pub(super) fn render(problem: &Problem, source: Option<&str>) -> String {
    let line = source.and_then(|source| source.lines().nth(problem.place.line.checked_sub(1)?));
    let Some(line) = line else { return problem.to_string() };
    let word = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let number = problem.place.line.to_string();
    let margin = " ".repeat(number.len());
    let (before, after) = window(line, problem.place.column);
    let mut lines = vec![
        format!("{word}: {}", visible(&problem.message)),
        format!("{margin}--> {}", problem.place),
        format!("{number} | {before}{after}"),
    ];
    if problem.place.column > 0 {
        let width = after.chars().next().and_then(char::width).unwrap_or(1).max(1);
        lines.push(format!("{margin} | {}{}", " ".repeat(before.width()), "^".repeat(width)));
    }
    if !problem.remedy.is_empty() {
        lines.push(format!("{margin} = help: {}", visible(&problem.remedy)));
    }
    lines.join("\n")
}

/// What stands around a column of a line, before it and from it on, made safe to show.
fn window(line: &str, column: usize) -> (String, String) {
    let chars: Vec<char> = line.chars().collect();
    let at = column.saturating_sub(1).min(chars.len());
    let (from, to) = (at.saturating_sub(AROUND), (at + AROUND).min(chars.len()));
    let text = |range: &[char]| visible(&range.iter().collect::<String>().replace('\t', " ")).into_owned();
    let before = format!("{}{}", if from > 0 { "... " } else { "" }, text(&chars[from..at]));
    let after = format!("{}{}", text(&chars[at..to]), if to < chars.len() { " ..." } else { "" });
    (before, after)
}
