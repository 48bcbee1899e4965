//! JSON-LD 1.1 in compact form: one object a subject, short names, and the context inside the file.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, QuadRef, TermRef};
use serde_json::{Map, Value, json};

use super::Options;
use super::rdf::Statements;
use crate::graph::Graph;
use crate::schema::Schema;

/// Short names for terms of standard vocabularies, and the type that their values have.
const SHORT: &[(&str, &str, &str)] = &[
    ("label", "rdfs:label", ""),
    ("altLabel", "skos:altLabel", ""),
    ("sameAs", "owl:sameAs", "@id"),
    ("title", "dct:title", ""),
    ("issued", "dct:issued", ""),
    ("language", "dct:language", ""),
    ("source", "dct:source", ""),
    ("mentions", "schema:mentions", "@id"),
    ("subject", "rdf:subject", "@id"),
    ("predicate", "rdf:predicate", "@id"),
    ("object", "rdf:object", ""),
    ("wasDerivedFrom", "prov:wasDerivedFrom", "@id"),
    ("hasBody", "oa:hasBody", "@id"),
    ("hasTarget", "oa:hasTarget", "@id"),
    ("hasSource", "oa:hasSource", "@id"),
    ("hasSelector", "oa:hasSelector", "@id"),
    ("start", "oa:start", "xsd:nonNegativeInteger"),
    ("end", "oa:end", "xsd:nonNegativeInteger"),
    ("exact", "oa:exact", ""),
];

pub(super) fn write(graph: &Graph, schema: &Schema, options: &Options, to: &mut dyn Write) -> io::Result<()> {
    let statements = Statements::new(graph, schema, options);
    let context = Context::new(statements.prefixes(schema, options));
    write!(to, "{{\n\"@context\": {:#},\n\"@graph\": [", context.written())?;
    let mut subject = String::new();
    let mut object = Map::new();
    let mut between = "\n";
    statements.triples(&mut |quad| {
        let QuadRef { subject: NamedOrBlankNodeRef::NamedNode(next), predicate, object: value, .. } = quad else {
            return Ok(());
        };
        if next.as_str() != subject {
            flush(&mut object, &mut between, to)?;
            subject.clear();
            subject.push_str(next.as_str());
            object.insert("@id".into(), context.compact(next.as_str()).into());
        }
        let (key, value) = context.property(predicate, value);
        add(&mut object, key, value);
        Ok(())
    })?;
    flush(&mut object, &mut between, to)?;
    to.write_all(b"\n]\n}\n")
}

fn flush(object: &mut Map<String, Value>, between: &mut &str, to: &mut dyn Write) -> io::Result<()> {
    if object.is_empty() {
        return Ok(());
    }
    to.write_all(between.as_bytes())?;
    *between = ",\n";
    serde_json::to_writer_pretty(to, object)?;
    object.clear();
    Ok(())
}

/// A second value makes an array.
fn add(object: &mut Map<String, Value>, key: String, value: Value) {
    match object.get_mut(&key) {
        None => drop(object.insert(key, value)),
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

struct Context {
    prefixes: BTreeMap<String, String>,
    vocabulary: String,
    /// Namespaces, longest first, with their prefixes.
    by_length: Vec<(String, String)>,
    /// IRI to name and type.
    terms: BTreeMap<String, (&'static str, String)>,
}

impl Context {
    fn new(mut prefixes: BTreeMap<String, String>) -> Self {
        let vocabulary = prefixes.remove("").unwrap_or_default();
        let expand = |term: &str| {
            let (prefix, name) = term.split_once(':')?;
            Some(format!("{}{name}", prefixes.get(prefix)?))
        };
        let terms = SHORT.iter().filter_map(|&(name, term, kind)| {
            Some((expand(term)?, (name, expand(kind).unwrap_or_else(|| kind.to_owned()))))
        });
        let terms = terms.collect();
        let mut by_length: Vec<(String, String)> =
            prefixes.iter().map(|(prefix, namespace)| (namespace.clone(), prefix.clone())).collect();
        by_length.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        Self { prefixes, vocabulary, by_length, terms }
    }

    fn written(&self) -> Value {
        let mut context = Map::new();
        context.insert("@version".into(), json!(1.1));
        context.insert("@vocab".into(), self.vocabulary.as_str().into());
        for (prefix, namespace) in &self.prefixes {
            context.insert(prefix.clone(), namespace.as_str().into());
        }
        for (iri, (name, kind)) in &self.terms {
            let definition = if kind.is_empty() { json!({"@id": iri}) } else { json!({"@id": iri, "@type": kind}) };
            context.insert((*name).into(), definition);
        }
        Value::Object(context)
    }

    /// `prefix:name` where a prefix fits, else the IRI.
    fn compact(&self, iri: &str) -> String {
        let fits =
            self.by_length.iter().find_map(|(namespace, prefix)| Some((prefix, iri.strip_prefix(namespace.as_str())?)));
        match fits {
            Some((prefix, name)) if !name.starts_with("//") => format!("{prefix}:{name}"),
            _ => iri.to_owned(),
        }
    }

    /// The name of a property or class: bare in our own vocabulary, unless the context gives that name another sense.
    fn name(&self, iri: &str) -> String {
        match iri.strip_prefix(&self.vocabulary) {
            Some(name) if self.is_free(name) => name.to_owned(),
            Some(_) => iri.to_owned(),
            None => self.compact(iri),
        }
    }

    fn is_free(&self, name: &str) -> bool {
        !name.contains(':') && !self.prefixes.contains_key(name) && SHORT.iter().all(|(short, ..)| *short != name)
    }

    fn property(&self, predicate: NamedNodeRef, object: TermRef) -> (String, Value) {
        let TermRef::NamedNode(object) = object else {
            let literal = match object {
                TermRef::Literal(literal) => literal,
                _ => LiteralRef::new_simple_literal(""),
            };
            let (name, kind) = self.key(predicate);
            return (name, self.literal(literal, kind));
        };
        if predicate == rdf::TYPE {
            return ("@type".into(), self.name(object.as_str()).into());
        }
        let (name, kind) = self.key(predicate);
        let id = self.compact(object.as_str());
        (name, if kind == "@id" { id.into() } else { json!({"@id": id}) })
    }

    fn key(&self, predicate: NamedNodeRef) -> (String, &str) {
        match self.terms.get(predicate.as_str()) {
            Some((name, kind)) => ((*name).to_owned(), kind),
            None => (self.name(predicate.as_str()), ""),
        }
    }

    fn literal(&self, literal: LiteralRef, kind: &str) -> Value {
        let value = literal.value();
        match literal.language() {
            Some(language) => json!({"@value": value, "@language": language}),
            None if literal.datatype().as_str() == kind => value.into(),
            None if literal.datatype() == xsd::STRING && kind.is_empty() => value.into(),
            None if literal.datatype() == xsd::STRING => json!({"@value": value}),
            None => json!({"@value": value, "@type": self.compact(literal.datatype().as_str())}),
        }
    }
}
