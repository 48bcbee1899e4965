//! Mentions: stretches of text with a class, found by the lexicon and by rules.

mod find;
mod lattice;
mod matcher;
mod select;

pub use find::{Scan, find, matches, units};
pub use lattice::{Finder, Lattice, Meaning, Mention, Place, Reference};
pub use matcher::{Field, Filling, Match, Scratch};
pub use select::places;
