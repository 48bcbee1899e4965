//! The text of a document as the rules see it: folded characters and the units they stand in.
//!
//! Everything here counts bytes of the *folded* text; [`Folded`] leads back to the document's own bytes.

mod fold;
mod language;
mod lines;
mod numerals;
mod shape;
mod units;

pub use fold::{Folded, Folder, is_wide};
pub use language::{CharSet, Language, ListWords, MarkPair};
pub use numerals::Numerals;
pub use shape::{Initial, Shape, word_length};
pub use units::{Mark, Sentence};

use crate::span::Span;

/// A folded text and its units.
#[derive(Clone, Debug)]
pub struct Text {
    /// The characters of the text, folded.
    pub folded: Folded,
    /// The same in small letters, byte for byte, line breaks as spaces; none when the language tells capitals apart.
    small: Option<String>,
    /// Paragraphs (lines) that hold something, without the white space around them.
    pub paragraphs: Vec<Span>,
    /// Sentences in order; none crosses a paragraph.
    pub sentences: Vec<Sentence>,
    /// Paired marks in order of their start, outer before inner.
    pub marks: Vec<Mark>,
    /// The lines near the head that are no sentences, those that follow each other as one span.
    pub titles: Vec<Span>,
    /// The lines at the end that are no sentences: who signed.
    pub signature: Span,
}

impl Text {
    /// Folds a text and cuts it into units.
    pub fn read(source: &str, folder: &Folder, language: &Language) -> Self {
        let folded =
            if language.spaced { folder.fold_joined(source, &lines::joined(source)) } else { folder.fold(source) };
        let small = language.ignore_case.then(|| small(&folded.text));
        let text = folded.text.as_str();
        let paragraphs = units::paragraphs(text);
        let marks = units::marks(text, &paragraphs, language);
        let sentences = units::sentences(text, &paragraphs, &marks, language);
        let signature = units::signature(text, &paragraphs, language);
        let titles = units::titles(text, &paragraphs, signature, language);
        Self { paragraphs, sentences, marks, titles, signature, folded, small }
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.folded.text
    }

    /// The text that rules and names are compared with.
    pub fn small(&self) -> &str {
        self.small.as_deref().unwrap_or(&self.folded.text)
    }

    /// The sentence that holds a byte; between two sentences, the one before.
    pub fn sentence_at(&self, at: u32) -> Option<usize> {
        self.sentences.partition_point(|sentence| sentence.span.start <= at).checked_sub(1)
    }
}

/// A text in small letters, byte for byte; letters whose small form has another length stay, line breaks become spaces.
pub fn small(text: &str) -> String {
    let read = |c: char| match c {
        '\n' => ' ',
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => {
            let mut small = c.to_lowercase();
            small.next().filter(|one| small.next().is_none() && one.len_utf8() == c.len_utf8()).unwrap_or(c)
        }
    };
    text.chars().map(read).collect()
}
