//! Where in a document something is said, for a reader who has to go there.

use crate::problem::Place;

use super::reading::Proof;

/// A document's text and the file it stands in.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) file: String,
    pub(super) text: String,
}

impl Source {
    /// The place of the first proof that can be found in the text; the file as a whole when none can.
    pub(super) fn locate(&self, proofs: &[Proof]) -> Place {
        let offset = proofs.iter().find_map(|proof| self.offset(proof));
        offset.map_or_else(|| Place::file(&self.file), |offset| Place::at(&self.file, &self.text, offset))
    }

    /// Whether these words stand in the text.
    pub(super) fn holds(&self, words: &str) -> bool {
        self.text.contains(words)
    }

    /// The byte where the proof's words begin: where it says, if they stand there, else where they stand first.
    fn offset(&self, proof: &Proof) -> Option<usize> {
        let said = proof.start.and_then(|start| {
            let (offset, _) = self.text.char_indices().nth(usize::try_from(start).ok()?)?;
            self.text[offset..].starts_with(&proof.text).then_some(offset)
        });
        said.or_else(|| self.text.find(&proof.text).filter(|_| !proof.text.is_empty()))
    }
}
