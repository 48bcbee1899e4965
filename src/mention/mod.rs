//! Mentions: stretches of text with a class, found by the lexicon and by rules.

mod filling;
mod find;
mod lattice;
mod matcher;
mod members;
mod select;

pub use filling::{Filling, Match};
pub use find::{Scan, find, matches, units};
pub use lattice::{Finder, Lattice, Meaning, Mention, Place, Reference};
pub use matcher::{Field, Scratch};
pub use select::places;
