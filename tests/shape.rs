//! The shape of the house: imports go left only, each outside crate has its home, files stay short and in English,
//! and no code names a class or a predicate.

// Helpers of tests may unwrap as tests do.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pactgraph::schema::Schema;

/// The modules, each importing only from those before it. `lib.rs` lists those that exist in this order.
const ORDER: [&str; 17] = [
    "problem",
    "span",
    "schema",
    "document",
    "text",
    "rules",
    "mention",
    "reference",
    "fact",
    "graph",
    "export",
    "store",
    "evaluate",
    "extractor",
    "web",
    "cli",
    "main",
];

/// Where each outside crate may be used: modules, or a file by the start of its path in `src`.
const HOMES: [(&str, &[&str]); 30] = [
    ("anyhow", &["cli", "main"]),
    ("chardetng", &["document"]),
    ("clap", &["cli", "main"]),
    ("daachorse", &["text", "rules", "mention", "fact"]),
    ("edtf_core", &["text", "mention"]),
    ("encoding_rs", &["document"]),
    ("ferrous_opencc", &["text"]),
    ("include_dir", &["rules"]),
    ("indicatif", &["cli", "main"]),
    ("jiff", &["text", "mention"]),
    ("oxigraph", &["export", "store"]),
    ("oxjsonld", &["export", "store"]),
    ("oxrdf", &["export", "store"]),
    ("oxrdfio", &["export", "store"]),
    ("oxttl", &["export", "store"]),
    ("petgraph", &["graph"]),
    ("quick_xml", &["document", "export"]),
    ("rayon", &["extractor", "cli"]),
    ("regex", &["document", "text", "rules", "mention", "fact"]),
    ("regex_automata", &["text", "rules", "mention", "fact"]),
    ("aho_corasick", &["text", "rules", "mention", "fact"]),
    ("scraper", &["document"]),
    ("dom_smoothie", &["document"]),
    ("serde", &[""]),
    ("serde_json", &["export", "store", "evaluate", "cli"]),
    ("tempfile", &["export", "cli"]),
    ("thiserror", &[""]),
    ("toml", &["rules", "schema"]),
    ("unicode_normalization", &["evaluate", "text"]),
    ("unicode_width", &["store", "cli"]),
];

/// Words that open a path without being a crate or a module of ours.
const NO_CRATES: [&str; 5] = ["std", "core", "alloc", "self", "super"];

const MOST_LINES: usize = 400;

struct Source {
    /// Its path in `src`, without `.rs`.
    path: String,
    /// The first part of the path.
    module: String,
    /// As written, up to its tests.
    code: String,
    /// The same with comments and the insides of literals blanked.
    bare: String,
    /// The string literals of the code.
    literals: Vec<String>,
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => all.extend(files(&path)),
            false if path.extension().is_some_and(|end| end == "rs") => all.push(path),
            false => {}
        }
    }
    all.sort();
    all
}

fn sources() -> Vec<Source> {
    let read = |file: &PathBuf| {
        let path = file.strip_prefix("src").unwrap().with_extension("").display().to_string();
        let module = path.split('/').next().unwrap().to_owned();
        let text = std::fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap().to_owned();
        let (bare, literals) = strip(&code);
        Source { path, module, code, bare, literals }
    };
    files(Path::new("src")).iter().map(read).collect()
}

/// Code without comments and without what stands in literals, and the string literals.
fn strip(code: &str) -> (String, Vec<String>) {
    let (mut bare, mut literals) = (String::new(), Vec::new());
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            rest = &rest[rest.find("*/").map_or(rest.len(), |end| end + 2)..];
        } else if let Some((open, close)) = raw_string(rest, &bare) {
            let end = rest[open..].find(&close).unwrap_or(rest.len() - open);
            literals.push(rest[open..open + end].to_owned());
            bare.push_str("\"\"");
            rest = &rest[(open + end + close.len()).min(rest.len())..];
        } else if c == '"' {
            let end = closing_quote(&rest[1..]);
            literals.push(rest[1..1 + end].to_owned());
            bare.push_str("\"\"");
            rest = &rest[(end + 2).min(rest.len())..];
        } else if let Some(length) = char_literal(rest) {
            bare.push_str("' '");
            rest = &rest[length..];
        } else {
            bare.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    (bare, literals)
}

/// Where a raw string begins and what closes it.
fn raw_string(rest: &str, before: &str) -> Option<(usize, String)> {
    let inside_word =
        before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_') && !before.ends_with('b');
    let hashes = rest.strip_prefix('r')?.chars().take_while(|c| *c == '#').count();
    (!inside_word && rest[1 + hashes..].starts_with('"')).then(|| (2 + hashes, format!("\"{}", "#".repeat(hashes))))
}

fn closing_quote(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    rest.len()
}

/// The length of a character literal; `None` for a lifetime.
fn char_literal(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let mut chars = inside.char_indices();
    match chars.next()?.1 {
        '\\' => {
            chars.next();
            chars.find(|(_, c)| *c == '\'').map(|(at, _)| at + 2)
        }
        _ => chars.next().filter(|(_, c)| *c == '\'').map(|(at, _)| at + 2),
    }
}

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|one| *one == module)
}

/// The first parts of the paths that follow `start` in code, with the groups of `use` taken apart.
fn heads_after<'a>(bare: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> + 'a {
    bare.match_indices(start).flat_map(move |(at, _)| {
        let rest = &bare[at + start.len()..];
        let list = rest.strip_prefix('{').map(|inside| &inside[..inside.find(';').unwrap_or(inside.len())]);
        let mut depth = 0;
        let top = move |c: char| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            c == ',' && depth == 0
        };
        let parts: Vec<&str> = list.map_or_else(|| vec![rest], |list| list.split(top).collect());
        parts.into_iter().map(word)
    })
}

/// The identifier that the text begins with.
fn word(text: &str) -> &str {
    let text = text.trim_start().trim_start_matches("r#");
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}

/// The first parts of all paths `name::...` in code.
fn path_heads(bare: &str) -> BTreeSet<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let heads = bare.match_indices("::").filter_map(|(at, _)| {
        let before = &bare[..at];
        let start = before.char_indices().rev().find(|(_, c)| !is_word(*c)).map_or(0, |(i, c)| i + c.len_utf8());
        (!before[..start].ends_with("::")).then_some(&before[start..])
    });
    heads.filter(|head| head.starts_with(|c: char| c.is_lowercase())).collect()
}

/// Crates that the package depends on, as code writes them.
fn dependencies() -> BTreeSet<String> {
    let manifest: toml::Table = std::fs::read_to_string("Cargo.toml").unwrap().parse().unwrap();
    manifest["dependencies"].as_table().unwrap().keys().map(|name| name.replace('-', "_")).collect()
}

#[test]
fn lib_lists_the_modules_in_their_order() {
    let lib = std::fs::read_to_string("src/lib.rs").unwrap();
    let listed: Vec<&str> = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let present: Vec<&str> = ORDER.into_iter().filter(|module| listed.contains(module)).collect();
    assert_eq!(listed, present, "lib.rs lists the modules in the order of this test, and no others");
    for source in sources().iter().filter(|source| source.module != "lib") {
        assert!(rank(&source.module).is_some(), "src/{}.rs is in no module of the order", source.path);
    }
}

#[test]
fn imports_go_left_only() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| source.module != "lib") {
        let (here, own) = (rank(&source.module), &source.module);
        let ours = heads_after(&source.bare, "crate::").chain(heads_after(&source.bare, "pactgraph::"));
        for module in ours.filter(|module| !module.is_empty() && module != own) {
            if source.module != "main" && rank(module) >= here || module == "cli" && source.module == "web" {
                wrong.push(format!("src/{}.rs imports from {module}", source.path));
            }
            if rank(module).is_none() && source.module != "main" {
                wrong.push(format!("src/{}.rs imports {module}, which is no module", source.path));
            }
        }
        let depth = source.path.trim_end_matches("/mod").matches('/').count();
        if source.bare.contains(&"super::".repeat(depth + 1)) {
            wrong.push(format!("src/{}.rs climbs out of its module by super::", source.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_outside_crate_stays_in_its_home() {
    let dependencies = dependencies();
    let mut wrong: Vec<String> = dependencies
        .iter()
        .filter(|name| !HOMES.iter().any(|(known, _)| known == name))
        .map(|name| format!("{name} is a dependency without a home; give it one in tests/shape.rs"))
        .collect();
    for source in sources() {
        let heads = path_heads(&source.bare);
        let used = heads.into_iter().filter(|head| !NO_CRATES.contains(head) && dependencies.contains(*head));
        for name in used {
            let homes = HOMES.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, homes)| homes);
            if !homes.iter().any(|home| is_home(&source, home)) {
                wrong.push(format!("src/{}.rs uses {name}, whose home is {}", source.path, homes.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn is_home(source: &Source, home: &str) -> bool {
    home.is_empty() || source.module == home || home.contains('/') && source.path.starts_with(home)
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines = source.code.lines().count();
        if lines > MOST_LINES {
            wrong.push(format!("src/{}.rs has {lines} lines of code; cut it at an idea", source.path));
        }
        if !source.code.starts_with("//! ") {
            wrong.push(format!("src/{}.rs doesn't open with //! and its purpose", source.path));
        }
        let named = |name: &str| source.path.split('/').any(|part| part == name);
        if ["util", "utils", "helpers", "common", "misc", "manager"].into_iter().any(named) {
            wrong.push(format!("src/{}.rs: a thing without a home lacks a name", source.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_source_knows_no_language_but_english() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (number, line) in source.code.lines().enumerate() {
            let foreign: String = line.chars().filter(|c| is_foreign(*c)).collect();
            if !foreign.is_empty() {
                wrong.push(format!("src/{}.rs:{}: {foreign}", source.path, number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A letter of Cyrillic, of the kana, Bopomofo and Hangul, or a Chinese character.
fn is_foreign(c: char) -> bool {
    let blocks = [
        '\u{400}'..='\u{52f}',
        '\u{1100}'..='\u{11ff}',
        '\u{2e80}'..='\u{2fdf}',
        '\u{3005}'..='\u{3007}',
        '\u{3040}'..='\u{31ff}',
        '\u{3400}'..='\u{4dbf}',
        '\u{4e00}'..='\u{9fff}',
        '\u{ac00}'..='\u{d7af}',
        '\u{f900}'..='\u{faff}',
        '\u{20000}'..='\u{3ffff}',
    ];
    c != '\u{30fb}' && blocks.iter().any(|block| block.contains(&c))
}

#[test]
fn no_code_names_a_class_or_a_predicate() {
    let schema = Schema::read("schema.toml", &std::fs::read_to_string("rules/schema.toml").unwrap()).unwrap();
    let classes = schema.classes.iter().map(|class| class.name.as_str());
    let predicates = schema.predicates.iter().map(|predicate| predicate.name.as_str());
    let views = schema.views.iter().map(|view| view.name.as_str());
    let names: BTreeSet<&str> = classes.chain(predicates).chain(views).collect();
    let mut wrong = Vec::new();
    for source in sources() {
        for literal in source.literals.iter().filter(|literal| names.contains(literal.as_str())) {
            wrong.push(format!("src/{}.rs names {literal:?}", source.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_code_reads_code() {
    let code = "use a::{b::C, d}; // \"no\"\nlet x = 'c'; let y: &'a str = \"say \\\"so\\\"\"; r#\"a \"raw\" one\"#; '\\''; '\"'";
    let (bare, literals) = strip(code);
    assert_eq!(literals, ["say \\\"so\\\"", "a \"raw\" one"]);
    assert_eq!(heads_after(&bare, "a::").collect::<Vec<_>>(), ["b", "d"]);
    assert_eq!(path_heads(&bare).into_iter().collect::<Vec<_>>(), ["a", "b"]);
    assert!(!bare.contains("no") && bare.contains("&'a str"));
}
