//! Rules: read from a pack, checked, and made ready to run.

mod analysis;
mod compile;
mod doubts;
mod lexicon;
mod lookup;
mod pack;
mod pattern;
mod program;
mod rule;
mod strata;
mod template;
mod text;
mod vocabulary;
mod written;

use std::collections::HashMap;

pub use doubts::check;
pub use lexicon::{Entry, EntryId, Lexicon};
pub use pack::Pack;
pub use pattern::Members;
pub use program::{First, Program, RoleId, Slot, Step, Wanted, WordList};
pub use rule::{Act, Edge, FactTemplate, Frame, Piece, Rule, Standing, Term, Unit};
pub use text::Pinned;
pub use vocabulary::{Short, Vocabulary};
pub use written::FullExample;

use crate::problem::{Place, Problem, Severity};
use crate::schema::Schema;
use crate::text::{Folder, Language};
use compile::{Compiler, Source};

/// All rules of a pack.
pub struct RuleSet {
    /// Classes and predicates.
    pub schema: Schema,
    /// Folding of characters.
    pub folder: Folder,
    /// Named things.
    pub lexicon: Lexicon,
    /// One set of rules a language, by folder name.
    pub languages: Vec<LanguageRules>,
    /// What is doubtful in the pack.
    pub warnings: Vec<Problem>,
}

/// The rules of one language.
pub struct LanguageRules {
    /// How the language is written.
    pub language: Language,
    /// Lists of words by number.
    pub lists: Vec<WordList>,
    /// Rules by number: in the order of files and of the rules in them.
    pub rules: Vec<Rule>,
    /// Numbers of the rules that make mentions, in the order in which they need each other.
    pub strata: Vec<Vec<usize>>,
    /// How positions are built; none without `[frame]`.
    pub frame: Option<Frame>,
    /// Kinds of positions.
    pub acts: Vec<Act>,
    /// Every name and anchor, in one automaton.
    pub vocabulary: Vocabulary,
}

impl RuleSet {
    /// Reads a pack.
    ///
    /// # Errors
    /// Every error in it, with its place; nothing is left to fail afterwards.
    pub fn read(pack: &Pack) -> Result<Self, Vec<Problem>> {
        let missing = || {
            vec![Problem::error(
                Place::file("schema.toml"),
                "the pack has no schema.toml",
                "add one, or lay the folder over the built-in rules",
            )]
        };
        let schema = Schema::read("schema.toml", pack.files.get("schema.toml").ok_or_else(missing)?)
            .map_err(|problem| vec![problem])?;
        let mut problems = Vec::new();
        let folder = folder(pack, &mut problems);
        let folders: Vec<&str> = pack.languages().collect();
        let mut lexicon = Lexicon::default();
        let lists = pack.under("common/", ".tsv").into_iter().filter(|(path, _)| !path.starts_with("common/fold"));
        for (path, text) in lists {
            lexicon.read(&schema, path, None, text, &mut problems);
        }
        let mut languages = Vec::new();
        for name in &folders {
            let path = format!("{name}/language.toml");
            match toml::from_str::<Language>(&pack.files[&path]) {
                Ok(language) => languages.push((*name, language.prepare())),
                Err(error) => problems.push(toml_problem(Source { file: &path, text: &pack.files[&path] }, &error)),
            }
        }
        for (name, language) in &languages {
            for (path, text) in pack.under(&format!("{name}/lexicon/"), ".tsv") {
                lexicon.read(&schema, path, Some(&language.code), text, &mut problems);
            }
        }
        let sets = languages
            .into_iter()
            .map(|(name, language)| read_language(pack, name, language, &schema, &folder, &lexicon, &mut problems));
        let languages: Vec<LanguageRules> = sets.collect();
        if languages.is_empty() && problems.is_empty() {
            problems.push(Problem::error(
                Place::file("rules"),
                "the pack has no language",
                "add a folder with a language.toml",
            ));
        }
        problems.sort();
        problems.dedup();
        if problems.iter().any(|problem| problem.severity == Severity::Error) {
            return Err(problems);
        }
        Ok(Self { schema, folder, lexicon, languages, warnings: problems })
    }
}

fn toml_problem(source: Source, error: &toml::de::Error) -> Problem {
    let place = source.at(error.span().map_or(0, |span| span.start));
    Problem::error(place, error.message(), "rules/README.md lists what may stand here")
}

/// The folding that `common/fold*.tsv` declare.
fn folder(pack: &Pack, problems: &mut Vec<Problem>) -> Folder {
    let mut pairs = Vec::new();
    for (path, text) in pack.under("common/fold", ".tsv") {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        for (number, line) in lines.skip(1) {
            let mut cells = line.split('\t').map(|cell| (cell.chars().next(), cell.chars().count()));
            match (cells.next(), cells.next(), cells.next()) {
                (Some((Some(from), 1)), Some((Some(to), 1)), None) => pairs.push((from, to)),
                _ => {
                    let place = Place { file: path.to_owned(), line: number + 1, column: 0 };
                    problems.push(Problem::error(
                        place,
                        "two single characters are wanted",
                        "write the character, a tab, and what it is read as",
                    ));
                }
            }
        }
    }
    Folder::new(pairs)
}

fn read_language(
    pack: &Pack,
    name: &str,
    language: Language,
    schema: &Schema,
    folder: &Folder,
    lexicon: &Lexicon,
    problems: &mut Vec<Problem>,
) -> LanguageRules {
    let mut compiler = Compiler {
        schema,
        folder,
        language: &language,
        lists: Vec::new(),
        list_ids: HashMap::new(),
        problems: std::mem::take(problems),
    };
    let words = format!("{name}/words.toml");
    if let Some(text) = pack.files.get(&words) {
        read_words(Source { file: &words, text }, &mut compiler);
    }
    let mut files = Vec::new();
    for stage in ["mention", "reference", "fact"] {
        for (path, text) in pack.under(&format!("{name}/{stage}/"), ".toml") {
            match toml::from_str::<written::File>(text) {
                Ok(file) => files.push((Source { file: path, text }, file)),
                Err(error) => compiler.problems.push(toml_problem(Source { file: path, text }, &error)),
            }
        }
    }
    let (mut rules, mut acts, mut triggers) = (Vec::new(), Vec::new(), Vec::new());
    for (source, file) in &files {
        rules.extend(file.rule.iter().filter_map(|rule| compiler.rule(*source, rule)));
        for written in &file.act {
            if let Some(act) = compiler.act(*source, written) {
                triggers
                    .extend(written.get_ref().triggers.iter().map(|word| (word.clone(), Some(acts.len().to_string()))));
                acts.push(act);
            }
        }
    }
    let triggers = compiler.add_list(WordList::new("trigger", triggers, folder, &language));
    let mut frames = files.iter().filter_map(|(source, file)| Some((source, file.frame.as_ref()?)));
    let frame = frames.next_back().and_then(|(source, frame)| compiler.frame(*source, frame, triggers));
    let mut overrides = HashMap::new();
    for (_, file) in &files {
        for rule in &file.rule {
            overrides.insert(rule.get_ref().id.get_ref().clone(), rule.get_ref().overrides.clone());
        }
    }
    link(&mut rules, &overrides, &mut compiler.problems);
    let lists = std::mem::take(&mut compiler.lists);
    *problems = compiler.problems;
    let strata = strata::order(&rules, schema);
    let vocabulary = Vocabulary::build(&language, lexicon, folder, &rules, frame.as_ref().map(|_| &lists[triggers]));
    LanguageRules { language, lists, rules, strata, frame, acts, vocabulary }
}

fn read_words(source: Source, compiler: &mut Compiler) {
    match toml::from_str::<written::WordsFile>(source.text) {
        Ok(file) => {
            for (name, words) in file.words {
                let words: Vec<(String, Option<String>)> = match words.into_inner() {
                    written::Words::Plain(words) => words.into_iter().map(|word| (word, None)).collect(),
                    written::Words::Valued(words) => {
                        words.into_iter().map(|(word, value)| (word, Some(value))).collect()
                    }
                };
                let list = WordList::new(&name, words, compiler.folder, compiler.language);
                compiler.add_list(list);
            }
        }
        Err(error) => compiler.problems.push(toml_problem(source, &error)),
    }
}

/// Looks up `overrides` and reports ids that stand twice.
fn link(rules: &mut [Rule], overrides: &HashMap<String, Vec<String>>, problems: &mut Vec<Problem>) {
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for (index, rule) in rules.iter().enumerate() {
        if let Some(other) = by_id.insert(rule.id.clone(), index) {
            let message = format!("the id {} stands at {} too", rule.id, rules[other].place);
            problems.push(Problem::error(rule.place.clone(), message, "give one of the two another id"));
        }
    }
    for rule in rules {
        for name in overrides.get(&rule.id).into_iter().flatten() {
            match by_id.get(name) {
                Some(&index) => rule.overrides.push(index),
                None => problems.push(Problem::error(
                    rule.place.clone(),
                    format!("no rule {name} to override"),
                    "name a rule of this language",
                )),
            }
        }
    }
}
