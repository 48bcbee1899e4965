//! Rule files as people write them; nothing here is checked yet.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// A rule file: `mention/*.toml`, `reference/*.toml`, `fact/*.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct File {
    /// Rules, in the order written.
    pub rule: Vec<Spanned<Rule>>,
    /// Position acts, in the order written.
    pub act: Vec<Spanned<Act>>,
    /// How clauses of positions are built; at most one file has it.
    pub frame: Option<Spanned<Frame>>,
}

/// `words.toml`: named lists of words, plain or with the normal form of each.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WordsFile {
    /// The lists, by name.
    pub words: BTreeMap<String, Spanned<Words>>,
}

/// A list of words.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// Words that stand for themselves.
    Plain(Vec<String>),
    /// Words and their normal forms.
    Valued(BTreeMap<String, String>),
}

/// One pattern or several of the same meaning.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Patterns {
    /// `pattern = "..."`
    One(String),
    /// `pattern = ["...", "..."]`
    Many(Vec<String>),
}

impl Patterns {
    /// The patterns in order.
    pub fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

/// A rule as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name, unique in its language folder.
    pub id: Spanned<String>,
    /// Where it looks: sentence (default), clause, paragraph, title, signature, document, or inside mentions of a class.
    #[serde(default)]
    pub unit: Option<Spanned<String>>,
    /// What it matches.
    pub pattern: Spanned<Patterns>,
    /// The class of the mention that it makes.
    #[serde(default)]
    pub makes: Option<Spanned<String>>,
    /// The role that the mention is; the whole match when absent.
    #[serde(default)]
    pub at: Option<String>,
    /// The mention stands for what this role stands for.
    #[serde(default)]
    pub same: Option<String>,
    /// The mention belongs to, or speaks for, what this role stands for.
    #[serde(default)]
    pub of: Option<String>,
    /// A plural reference to these roles, or to `parties`.
    #[serde(default)]
    pub members: Option<String>,
    /// A plural reference to the members of what this role stands for, as the document lists them.
    #[serde(default)]
    pub members_of: Option<String>,
    /// The document lists the members of something.
    #[serde(default)]
    pub lists: Option<Lists>,
    /// The mention is the document itself.
    #[serde(default)]
    pub document: bool,
    /// Kept only if all members are parties of the document.
    #[serde(default)]
    pub among_parties: bool,
    /// The name of what is made, from the roles.
    #[serde(default)]
    pub name: Option<String>,
    /// The normal form of what is made, from the roles.
    #[serde(default)]
    pub value: Option<String>,
    /// Attributes of what is made, from the roles.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
    /// Roles that stay mentions of their own inside the one that is made.
    #[serde(default)]
    pub keeps: Vec<String>,
    /// Only ever a part of other matches.
    #[serde(default)]
    pub part: bool,
    /// `term` is another name of `for` from here on.
    #[serde(default)]
    pub defines: Option<Defines>,
    /// Who the parties of the document are.
    #[serde(default)]
    pub parties: Option<String>,
    /// What the match says: `subject predicate object qualifier=value`.
    #[serde(default)]
    pub facts: Vec<Spanned<String>>,
    /// What an unfilled role stands for: `sides` or `parties`.
    #[serde(default)]
    pub default: BTreeMap<String, String>,
    /// What must not stand right before the match.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// What must not stand right after the match.
    #[serde(default)]
    pub not_before: Vec<String>,
    /// Rules whose matches this one replaces where they overlap.
    #[serde(default)]
    pub overrides: Vec<String>,
    /// From 0 to 1.
    #[serde(default)]
    pub confidence: Option<f64>,
    /// Texts in which the rule must be used.
    pub yes: Vec<Example>,
    /// Texts in which it must not.
    pub no: Vec<Example>,
}

/// A name given by the text itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defines {
    /// The role that is the new name.
    pub term: String,
    /// The role that it is a name of.
    #[serde(rename = "for")]
    pub of: String,
}

/// A list of members that the text itself gives.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// The role of what has members.
    pub of: String,
    /// The role of the members.
    pub members: String,
}

/// A text that proves a rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Example {
    /// The text alone.
    Text(String),
    /// The text and what must come of it.
    Full(FullExample),
}

/// A text, its setting and what must come of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FullExample {
    /// The text; a whole document to the engine.
    pub text: String,
    /// Lexicon ids of the parties, as if the document had named them.
    pub parties: Vec<String>,
    /// `Class name` of mentions that must be found.
    pub mentions: Vec<String>,
    /// `subject predicate object`, by names, of facts that must be found (`no`: must not).
    pub facts: Vec<String>,
}

impl Example {
    /// The example in its full form.
    pub fn full(&self) -> FullExample {
        match self {
            Self::Text(text) => FullExample { text: text.clone(), ..FullExample::default() },
            Self::Full(full) => full.clone(),
        }
    }
}

/// A kind of position: the words that open it and the predicate it makes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Its name, unique in its language folder.
    pub id: Spanned<String>,
    /// The predicate of its facts.
    pub predicate: Spanned<String>,
    /// The words that open it.
    pub triggers: Vec<String>,
    /// What follows may be a clause of its own, whose other subjects hold no position.
    #[serde(default)]
    pub complement: bool,
    /// Its triggers only take the place of one right before them (reaffirmed their support for).
    #[serde(default)]
    pub chained: bool,
    /// The form of its triggers. Without a holder right before it, such a trigger opens a position only behind one of
    /// the same form (both sides support and welcome, not: agreed to talk and support).
    #[serde(default)]
    pub form: Option<String>,
    /// Patterns at a trigger that show it to be something else.
    #[serde(default)]
    pub unless: Vec<Spanned<String>>,
    /// Texts in which the act must be found.
    pub yes: Vec<Example>,
    /// Texts in which it must not.
    pub no: Vec<Example>,
}

/// How the clauses of positions are built.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// The holder at the start of a clause; its role is `who`.
    pub holder: Spanned<String>,
    /// What may stand between the holder, or the start of a clause, and the trigger.
    pub lead: Spanned<String>,
    /// What may stand between a trigger and one that takes its place.
    pub chain: Spanned<String>,
    /// What may stand between two triggers that share their words.
    pub coordination: Spanned<String>,
    /// Words inside a clause after which a new trigger may stand as at its start.
    pub joins: Spanned<String>,
    /// Words before the trigger that are what the position is about; their role is `what`.
    pub before: Spanned<String>,
}

impl Frame {
    /// Its patterns.
    pub fn patterns(&self) -> [&Spanned<String>; 6] {
        [&self.holder, &self.lead, &self.chain, &self.coordination, &self.joins, &self.before]
    }
}
