//! From bytes to a document: decoded text and where it came from.

/// A document as read: its text and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// `doc/` and a name made from the file's; the same wherever the file lies.
    pub id: String,
    /// Where it was read from, as the user named it.
    pub source: String,
    /// The decoded text. All offsets refer to it.
    pub text: String,
}
