//! The text of a document as the rules see it: folded characters and the units they stand in.
//!
//! Everything here counts bytes of the *folded* text; [`Folded`] leads back to the document's own bytes.

mod fold;
mod language;
mod numerals;
mod units;

pub use fold::{Folded, Folder, is_wide};
pub use language::{CharSet, Language, ListWords, MarkPair};
pub use numerals::Numerals;
pub use units::{Mark, Sentence};

use crate::span::Span;

/// A folded text and its units.
#[derive(Clone, Debug)]
pub struct Text {
    /// The characters that rules match.
    pub folded: Folded,
    /// Paragraphs (lines) that hold something, without the white space around them.
    pub paragraphs: Vec<Span>,
    /// Sentences in order; none crosses a paragraph.
    pub sentences: Vec<Sentence>,
    /// Paired marks in order of their start, outer before inner.
    pub marks: Vec<Mark>,
    /// The lines of the title: those at the head that are no sentences.
    pub title: Span,
    /// The lines at the end that are no sentences: who signed.
    pub signature: Span,
}

impl Text {
    /// Folds a text and cuts it into units.
    pub fn read(source: &str, folder: &Folder, language: &Language) -> Self {
        let folded = folder.fold(source);
        let text = folded.text.as_str();
        let paragraphs = units::paragraphs(text);
        let marks = units::marks(text, &paragraphs, language);
        let sentences = units::sentences(text, &paragraphs, &marks, language);
        let title = units::title(text, &paragraphs, language);
        let signature = units::signature(text, &paragraphs, title, language);
        Self { paragraphs, sentences, marks, title, signature, folded }
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.folded.text
    }

    /// The sentence that holds a byte; between two sentences, the one before.
    pub fn sentence_at(&self, at: u32) -> Option<usize> {
        self.sentences.partition_point(|sentence| sentence.span.start <= at).checked_sub(1)
    }
}
