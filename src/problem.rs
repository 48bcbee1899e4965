//! What is wrong with an input: the place, what was found there and what to do about it.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

/// A place in a file that a person wrote.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file, as the user named it, or its path inside the rule pack.
    pub file: String,
    /// Line, from 1; 0 when the problem is with the file as a whole.
    pub line: usize,
    /// Column in code points, from 1; 0 when the problem is with the whole line.
    pub column: usize,
}

impl Place {
    /// The file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0 }
    }

    /// The place of a byte `offset` in `source`; an offset past the end counts as the end.
    pub fn at(file: impl Into<String>, source: &str, offset: usize) -> Self {
        let mut offset = offset.min(source.len());
        while !source.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &source[..offset];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Self { file: file.into(), line: before.matches('\n').count() + 1, column: before[start..].chars().count() + 1 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => write!(f, "{}", visible(&self.file)),
            (line, 0) => write!(f, "{}:{line}", visible(&self.file)),
            (line, column) => write!(f, "{}:{line}:{column}", visible(&self.file)),
        }
    }
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The input can't be used.
    Error,
    /// The input is used, but something in it has no effect or is doubtful.
    Warning,
}

/// One thing that is wrong with an input, with its remedy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// Error or warning.
    pub severity: Severity,
    /// What was found.
    pub message: String,
    /// What to do about it; empty when the message says all there is.
    pub remedy: String,
}

impl Problem {
    /// An error.
    pub fn error(place: Place, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { place, severity: Severity::Error, message: message.into(), remedy: remedy.into() }
    }

    /// A warning.
    pub fn warning(place: Place, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { place, severity: Severity::Warning, message: message.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}: {word}: {}", self.place, visible(&self.message))?;
        if !self.remedy.is_empty() {
            write!(f, "\n  help: {}", visible(&self.remedy))?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

/// The text as it may be shown on a terminal: control characters, and those that turn the direction of writing, become
/// escapes such as `\u{1b}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_unsafe = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(is_unsafe) {
        return text.into();
    }
    text.chars()
        .flat_map(|letter| if is_unsafe(letter) { letter.escape_unicode().collect() } else { vec![letter] })
        .collect::<String>()
        .into()
}
