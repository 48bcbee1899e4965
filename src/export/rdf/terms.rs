//! Terms of standard vocabularies, and the product's own for documents, evidence and fact nodes.

use oxrdf::NamedNodeRef;

/// Prefixes that are always known, besides the schema's.
pub(super) const STANDARD: &[(&str, &str)] = &[
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("schema", "https://schema.org/"),
    ("time", "http://www.w3.org/2006/time#"),
    ("edtf", "http://id.loc.gov/datatypes/edtf/"),
];

/// Names of our own namespace that are neither classes nor predicates of the schema.
pub(super) const DOCUMENT: &str = "Document";
pub(super) const CODE: &str = "code";
pub(super) const CONFIDENCE: &str = "confidence";
pub(super) const EVIDENCE: &str = "evidence";
pub(super) const RULE: &str = "rule";

/// One term of each vocabulary that every graph uses.
pub(super) const ALWAYS: &[NamedNodeRef<'static>] = &[SAME_AS, ALT_LABEL, DERIVED_FROM, TITLE, MENTIONS, HAS_BODY];

macro_rules! terms {
    ($($name:ident = $iri:literal;)*) => {
        $(pub(super) const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked($iri);)*
    };
}

terms! {
    SAME_AS = "http://www.w3.org/2002/07/owl#sameAs";
    ALT_LABEL = "http://www.w3.org/2004/02/skos/core#altLabel";
    PROV_ENTITY = "http://www.w3.org/ns/prov#Entity";
    DERIVED_FROM = "http://www.w3.org/ns/prov#wasDerivedFrom";
    TITLE = "http://purl.org/dc/terms/title";
    ISSUED = "http://purl.org/dc/terms/issued";
    LANGUAGE = "http://purl.org/dc/terms/language";
    SOURCE = "http://purl.org/dc/terms/source";
    MENTIONS = "https://schema.org/mentions";
    ANNOTATION = "http://www.w3.org/ns/oa#Annotation";
    HAS_BODY = "http://www.w3.org/ns/oa#hasBody";
    HAS_TARGET = "http://www.w3.org/ns/oa#hasTarget";
    SPECIFIC_RESOURCE = "http://www.w3.org/ns/oa#SpecificResource";
    HAS_SOURCE = "http://www.w3.org/ns/oa#hasSource";
    HAS_SELECTOR = "http://www.w3.org/ns/oa#hasSelector";
    TEXT_POSITION_SELECTOR = "http://www.w3.org/ns/oa#TextPositionSelector";
    TEXT_QUOTE_SELECTOR = "http://www.w3.org/ns/oa#TextQuoteSelector";
    START = "http://www.w3.org/ns/oa#start";
    END = "http://www.w3.org/ns/oa#end";
    EXACT = "http://www.w3.org/ns/oa#exact";
    EDTF = "http://id.loc.gov/datatypes/edtf/EDTF";
}
