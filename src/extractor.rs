//! The pipeline: from a document to what it says.

use crate::document::Document;
use crate::graph::Records;
use crate::problem::Problem;

/// Rules, ready to run over documents; shared between threads.
pub struct Extractor {}

impl Extractor {
    /// With the rules that are built in.
    ///
    /// # Errors
    /// Every problem in the rules.
    pub fn embedded() -> Result<Self, Vec<Problem>> {
        Ok(Self {})
    }

    /// What one document says.
    pub fn extract(&self, _document: &Document) -> Records {
        Records::default()
    }
}
