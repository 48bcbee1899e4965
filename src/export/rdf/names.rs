//! IRIs: from ids and names to what every RDF syntax can hold.

use std::collections::BTreeMap;
use std::fmt::Write;

use oxrdf::NamedNode;

use super::terms::STANDARD;
use crate::export::Options;
use crate::schema::Schema;

/// The two namespaces of an export.
#[derive(Clone, Debug)]
pub(super) struct Names {
    base: String,
    ns: String,
}

impl Names {
    pub(super) fn new(schema: &Schema, options: &Options) -> Self {
        Self { base: options.base.as_ref().unwrap_or(&schema.id).clone(), ns: schema.ns.clone() }
    }

    /// The IRI of an entity's, document's or fact's id.
    pub(super) fn id(&self, id: &str) -> NamedNode {
        let mut iri = String::with_capacity(self.base.len() + id.len());
        iri.push_str(&self.base);
        encode(&mut iri, id);
        NamedNode::new_unchecked(iri)
    }

    /// The IRI of a place in a document: `passage/NAME:10-20` and the like. `kind` and `name` are encoded already.
    pub(super) fn place(&self, kind: &[&str], name: &str, start: u64, end: u64) -> NamedNode {
        let mut iri = String::with_capacity(self.base.len() + 64 + name.len());
        iri.push_str(&self.base);
        kind.iter().for_each(|part| iri.push_str(part));
        // Writing to a String can't fail.
        let _ = write!(iri, "{name}:{start}-{end}");
        NamedNode::new_unchecked(iri)
    }

    /// The IRI of a class, predicate, qualifier or attribute. What no XML name can hold becomes `_`.
    pub(super) fn term(&self, name: &str) -> NamedNode {
        let mut iri = self.ns.clone();
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            iri.push('_');
        }
        iri.extend(
            name.chars().map(|letter| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' }),
        );
        NamedNode::new_unchecked(iri)
    }
}

/// Appends the text, with what an IRI can't hold or what is unwise in one percent-encoded; letters of every script stay.
pub(super) fn encode(iri: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(|letter| !is_safe(letter)) {
        iri.push_str(&rest[..at]);
        let length = rest[at..].chars().next().map_or(0, char::len_utf8);
        for byte in rest[at..at + length].bytes() {
            // Writing to a String can't fail.
            let _ = write!(iri, "%{byte:02X}");
        }
        rest = &rest[at + length..];
    }
    iri.push_str(rest);
}

fn is_safe(letter: char) -> bool {
    match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' | '_' | '~' | '/' | ':' => true,
        // The most usual letters first: a look-up for each letter is slow.
        '\u{4e00}'..='\u{9fff}' => true,
        '\0'..='\u{7f}' | '\u{f0000}'.. => false,
        _ => letter.is_alphanumeric(),
    }
}

/// An absolute IRI for `--base`, with a `/` at the end if it ends in none of `/#:`.
///
/// # Errors
/// What is wrong with it, in words.
pub fn check_base(base: &str) -> Result<String, String> {
    let base = if base.ends_with(['/', '#', ':']) { base.to_owned() } else { format!("{base}/") };
    NamedNode::new(&base).map(NamedNode::into_string).map_err(|error| error.to_string())
}

/// Every known prefix and its namespace, sorted: the standard ones, the schema's, `` for the schema's own terms, `id`
/// for what is described, and one for each kind of id (`state:KZ`, `doc:...`, `fact:...`).
pub fn prefixes(schema: &Schema, options: &Options) -> BTreeMap<String, String> {
    let names = Names::new(schema, options);
    let kinds = schema.classes.iter().map(|class| class.prefix.as_str()).filter(|prefix| !prefix.is_empty());
    let mut prefixes: BTreeMap<String, String> = kinds
        .chain(["doc", "fact", "evidence", "passage", "position", "quote"])
        .map(|kind| (kind.to_owned(), format!("{}{kind}/", names.base)))
        .collect();
    prefixes.extend(STANDARD.iter().map(|&(prefix, namespace)| (prefix.to_owned(), namespace.to_owned())));
    prefixes.extend(schema.prefixes.clone());
    prefixes.insert("id".into(), names.base);
    prefixes.insert(String::new(), names.ns);
    prefixes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_iris_that_parse() {
        let names =
            Names { base: "https://w3id.org/pactgraph/id/".into(), ns: "https://w3id.org/pactgraph/ns#".into() };
        assert_eq!(
            names.id("instrument/中哈 \"<条约>\"").as_str(),
            "https://w3id.org/pactgraph/id/instrument/中哈%20%22%3C条约%3E%22"
        );
        for odd in [
            "a%b",
            "a\u{0}b",
            "a\u{202e}b",
            "\u{fffe}",
            "😀",
            "{}|\\^`",
            "\u{e000}",
            "a#b?c",
            "\u{10ffff}",
            "\u{3000}",
            "",
        ] {
            assert!(NamedNode::new(names.id(odd).as_str()).is_ok(), "{odd:?}");
            assert!(NamedNode::new(names.term(odd).as_str()).is_ok(), "{odd:?}");
        }
    }
}
