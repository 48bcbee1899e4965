//! From bytes to a document: decoded text and where it came from.

mod decode;
mod find;
mod name;

use std::fs;
use std::io::Read;

use crate::problem::{Place, Problem};

pub use decode::decode;
pub use find::{ENDINGS, Source, find};

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

/// The largest file that is read, in bytes: spans count bytes in 32 bits, and decoding may make three of one.
const LARGEST: u64 = 1 << 30;

impl Document {
    /// Reads and decodes one source. Warnings say what was doubtful in it.
    ///
    /// # Errors
    /// A file that can't be read, is too large, empty or no text.
    pub fn read(source: &Source) -> Result<(Self, Vec<Problem>), Problem> {
        let bytes = read_bytes(source)?;
        let (text, warnings) = decode(&source.shown, bytes)?;
        Ok((Self { id: source.id.clone(), source: source.shown.clone(), text }, warnings))
    }
}

fn read_bytes(source: &Source) -> Result<Vec<u8>, Problem> {
    let place = || Place::file(&source.shown);
    let unreadable = |error: std::io::Error| {
        Problem::error(place(), format!("can't be read: {error}"), "check that it exists and that you may read it")
    };
    let file = fs::File::open(&source.path).map_err(unreadable)?;
    let expected = file.metadata().map_or(0, |about| about.len()).min(LARGEST);
    let mut bytes = Vec::with_capacity(expected as usize + 1);
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Problem::error(place(), "is larger than 1 GiB", "split it into several documents"));
    }
    Ok(bytes)
}
