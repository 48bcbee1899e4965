//! Problems with the line they stand in and a mark under the place, for people who mend it.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::problem::{Problem, Severity, visible};

/// A problem as text; `source` is the text of its file where that is known. Wide characters count as the two columns
/// that they take.
pub(super) fn render(problem: &Problem, source: Option<&str>) -> String {
    let line = source.and_then(|source| source.lines().nth(problem.place.line.checked_sub(1)?));
    let Some(line) = line else { return problem.to_string() };
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let (message, remedy) = (visible(&problem.message), visible(&problem.remedy));
    let path = visible(&problem.place.file);
    let (shown, start) = window(line, problem.place.column);
    let length = shown[start..].chars().next().map_or(0, char::len_utf8);
    let snippet = Snippet::source(shown).line_start(problem.place.line).path(&*path);
    let snippet = match problem.place.column {
        0 => snippet.annotation(AnnotationKind::Visible.span(0..0)),
        _ => snippet.annotation(AnnotationKind::Primary.span(start..start + length)),
    };
    let mut group: Group = level.primary_title(&*message).element(snippet);
    if !remedy.is_empty() {
        group = group.element(Level::HELP.message(&*remedy));
    }
    Renderer::plain().render(&[group])
}

/// So many characters of a line are shown before and behind the place.
const AROUND: usize = 60;

/// The part of a line around a column, made safe to show, and the byte in it where the column is.
fn window(line: &str, column: usize) -> (String, usize) {
    let chars: Vec<char> = line.chars().collect();
    let at = column.saturating_sub(1).min(chars.len());
    let (from, to) = (at.saturating_sub(AROUND), (at + AROUND).min(chars.len()));
    let text = |range: &[char]| visible(&range.iter().collect::<String>().replace('\t', " ")).into_owned();
    let before = format!("{}{}", if from > 0 { "... " } else { "" }, text(&chars[from..at]));
    let after = format!("{}{}", text(&chars[at..to]), if to < chars.len() { " ..." } else { "" });
    (format!("{before}{after}"), before.len())
}
