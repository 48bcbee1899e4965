//! Finding mentions: the lexicon's names in one pass, then the rules, each after those that it needs.

use std::collections::{HashMap, HashSet};

use super::filling::{Filling, Match};
use super::lattice::{Finder, Lattice, Meaning, Mention, Reference};
use super::matcher::{Field, Scratch};
use super::select;
use crate::rules::{LanguageRules, Piece, Rule, RuleSet, Standing, Term, Unit};
use crate::schema::{ClassId, ClassSet};
use crate::span::Span;
use crate::text::Text;

/// What the one pass over the text found, before any rule ran.
pub struct Scan {
    /// (rule, sentence) pairs to be run, sorted.
    awake: Vec<(u32, u32)>,
    /// The sentences that hold a trigger of a position, in order.
    pub triggers: Vec<u32>,
    /// The classes of the names in each sentence.
    classes: Vec<ClassSet>,
}

impl Scan {
    /// The sentences in which a rule may match: woken by a text, or by a class that it needs.
    pub fn sentences(&self, rule: usize, rules: &LanguageRules) -> Vec<u32> {
        let from = self.awake.partition_point(|&(other, _)| other < rule as u32);
        let woken =
            self.awake[from..].iter().take_while(|&&(other, _)| other == rule as u32).map(|&(_, sentence)| sentence);
        if !rules.vocabulary.unanchored.contains(&(rule as u32)) {
            return woken.collect();
        }
        let needs: Vec<ClassSet> = rules.rules[rule].programs.iter().map(|program| program.needs).collect();
        let may = |set: ClassSet| needs.iter().any(|need| need.is_empty() || need.meets(set));
        (0..self.classes.len() as u32).filter(|&sentence| may(self.classes[sentence as usize])).collect()
    }

    /// Notes the classes of new mentions.
    fn note(&mut self, text: &Text, mention: &Mention) {
        if let Some(sentence) = text.sentence_at(mention.span.start) {
            self.classes[sentence] = self.classes[sentence].with(mention.class);
        }
    }
}

/// Finds every mention, and what to run later.
pub fn find(text: &Text, set: &RuleSet, rules: &LanguageRules, classes: std::sync::Arc<[ClassId]>) -> (Lattice, Scan) {
    let mut lattice = Lattice::new(classes);
    let mut scan = names(text, set, rules, &mut lattice);
    marks(text, set, rules, &mut lattice, &mut scan);
    let mut hidden = select::crossed(&lattice.mentions, set.schema.marked(|class| class.blocks));
    lattice.show(|index, _| !hidden[index]);
    let mut scratch = Scratch::default();
    let mut known: HashSet<(usize, Span, ClassId)> = HashSet::new();
    let last = rules.strata.len().saturating_sub(1);
    for (number, stratum) in rules.strata.iter().enumerate() {
        for _ in 0..if number == last { 4 } else { 1 } {
            let before = lattice.mentions.len();
            for &rule in stratum {
                let found = run(text, set, rules, rule, &lattice, &scan, &mut scratch);
                for mention in found {
                    if known.insert((rule, mention.span, mention.class)) {
                        scan.note(text, &mention);
                        lattice.mentions.push(mention);
                    }
                }
            }
            if lattice.mentions.len() == before {
                break;
            }
            hidden.resize(lattice.mentions.len(), false);
            lattice.show(|index, _| !hidden[index]);
        }
    }
    (lattice, scan)
}

/// The lexicon's names and the rules' anchors.
fn names(text: &Text, set: &RuleSet, rules: &LanguageRules, lattice: &mut Lattice) -> Scan {
    let (folded, small) = (text.as_str(), text.small());
    let mut scan =
        Scan { awake: Vec::new(), triggers: Vec::new(), classes: vec![ClassSet::default(); text.sentences.len()] };
    let Some(automaton) = &rules.vocabulary.automaton else { return scan };
    let mut sentence = 0;
    for hit in automaton.find_overlapping_iter(small) {
        let span = Span::new(hit.start() as u32, hit.end() as u32);
        while sentence + 1 < text.sentences.len() && text.sentences[sentence].span.end < span.end {
            sentence += 1;
        }
        let target = &rules.vocabulary.targets[hit.value() as usize];
        scan.awake.extend(target.rules.iter().map(|&rule| (rule, sentence as u32)));
        if target.trigger && scan.triggers.last() != Some(&(sentence as u32)) {
            scan.triggers.push(sentence as u32);
        }
        if target.names.is_empty() || !on_boundaries(folded, span) {
            continue;
        }
        for named in target.names.iter().filter(|named| named.form.fits(folded, small, hit.start())) {
            if let Some(found) = scan.classes.get_mut(sentence) {
                *found = found.with(named.class);
            }
            let entries = &named.entries;
            let part = named.part || set.schema.parts.iter().any(|list| **list == *set.lexicon.entry(entries[0]).list);
            let mention = Mention::new(span, named.class, Finder::Lexicon(entries[0]), Meaning::Entries(entries.clone()));
            lattice.mentions.push(Mention { part, ..mention });
        }
    }
    scan.awake.sort_unstable();
    scan.awake.dedup();
    scan
}

/// A name that begins or ends with an ASCII letter or digit must not be a part of a longer word.
fn on_boundaries(text: &str, span: Span) -> bool {
    let joined = |a: Option<u8>, b: Option<u8>| matches!((a, b), (Some(a), Some(b)) if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric());
    let bytes = text.as_bytes();
    let (start, end) = (span.start as usize, span.end as usize);
    !joined(start.checked_sub(1).map(|at| bytes[at]), Some(bytes[start]))
        && !joined(Some(bytes[end - 1]), bytes.get(end).copied())
}

/// What stands between paired marks.
fn marks(text: &Text, set: &RuleSet, rules: &LanguageRules, lattice: &mut Lattice, scan: &mut Scan) {
    for mark in &text.marks {
        let pair = &rules.language.marks[mark.pair];
        if mark.inner.is_empty() {
            continue;
        }
        if let Some(class) = set.schema.class_id(&pair.class) {
            let name = mark.inner.of(text.as_str()).to_owned();
            let mention = Mention {
                part: true,
                ..Mention::new(mark.outer, class, Finder::Document(usize::MAX), Meaning::Name(name))
            };
            scan.note(text, &mention);
            lattice.mentions.push(mention);
        }
    }
}

/// The units in which a rule may match.
pub fn units(text: &Text, rules: &LanguageRules, number: usize, lattice: &Lattice, scan: &Scan) -> Vec<Span> {
    let whole = Span::new(0, text.as_str().len() as u32);
    let some = |span: Span| if span.is_empty() { Vec::new() } else { vec![span] };
    match rules.rules[number].unit {
        Unit::Sentence => scan
            .sentences(number, rules)
            .into_iter()
            .filter_map(|index| Some(text.sentences.get(index as usize)?.span))
            .collect(),
        Unit::Clause => {
            let sentences = scan.sentences(number, rules);
            sentences
                .into_iter()
                .filter_map(|index| text.sentences.get(index as usize))
                .flat_map(|sentence| sentence.clauses.clone())
                .collect()
        }
        Unit::Paragraph => {
            let sentences = scan.sentences(number, rules);
            let mut paragraphs: Vec<usize> =
                sentences.into_iter().filter_map(|index| Some(text.sentences.get(index as usize)?.paragraph)).collect();
            paragraphs.dedup();
            paragraphs.into_iter().map(|index| text.paragraphs[index]).collect()
        }
        Unit::Title => text.titles.clone(),
        Unit::Signature => some(text.signature),
        Unit::Document if !scan.sentences(number, rules).is_empty() => some(whole),
        Unit::Document => Vec::new(),
        Unit::Inside(classes) => {
            let mentions = lattice.visible().iter().map(|&index| &lattice.mentions[index as usize]);
            let mut spans: Vec<Span> =
                mentions.filter(|mention| classes.has(mention.class)).map(|mention| mention.span).collect();
            spans.dedup();
            spans
        }
    }
}

/// The matches of a rule in a unit that keep what must not stand around them.
pub fn matches(field: Field, rule: &Rule, unit: Span, scratch: &mut Scratch) -> Vec<Match> {
    let mut found = Vec::new();
    for program in &rule.programs {
        let mut matches = field.matches(program, unit, scratch);
        // What a rule makes competes by length instead; where words stand apart the longest is enough.
        if rule.makes.is_some() && field.rules.language.spaced {
            matches.reverse();
            nearest(&mut matches);
            matches.reverse();
        } else if rule.makes.is_none() {
            nearest(&mut matches);
        }
        found.extend(matches);
    }
    found.retain(|one| {
        let span = rule.at.and_then(|role| one.span_of(role, field.lattice)).unwrap_or(one.span);
        let (before, after) = (&field.small[..span.start as usize], &field.small[span.end as usize..]);
        !rule.not_after.iter().any(|edge| edge.ends(before)) && !rule.not_before.iter().any(|edge| edge.starts(after))
    });
    found
}

/// Of matches that end alike and fill the same roles, the one that starts last says it best.
fn nearest(matches: &mut Vec<Match>) {
    let roles = |one: &Match| {
        let mut roles: Vec<_> = one.roles.iter().map(|(role, _)| *role).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    };
    let keys: Vec<_> = matches.iter().map(|one| (one.span.end, roles(one))).collect();
    let last: HashMap<_, _> = keys.iter().enumerate().map(|(index, key)| (key, index)).collect();
    let mut index = 0;
    matches.retain(|_| {
        index += 1;
        last[&keys[index - 1]] == index - 1
    });
}

fn run(
    text: &Text,
    set: &RuleSet,
    rules: &LanguageRules,
    number: usize,
    lattice: &Lattice,
    scan: &Scan,
    scratch: &mut Scratch,
) -> Vec<Mention> {
    let rule = &rules.rules[number];
    let Some(class) = rule.makes else { return Vec::new() };
    let field = Field { text: text.as_str(), small: text.small(), lattice, rules, schema: &set.schema };
    let mut made = Vec::new();
    for unit in units(text, rules, number, lattice, scan) {
        for one in matches(field, rule, unit, scratch) {
            made.extend(make(field, set, rule, number, class, one));
        }
    }
    made
}

/// The mention that a match stands for.
fn make(field: Field, set: &RuleSet, rule: &Rule, number: usize, class: ClassId, one: Match) -> Option<Mention> {
    let lattice = field.lattice;
    let span = rule.at.map_or(Some(one.span), |role| one.span_of(role, lattice)).filter(|span| !span.is_empty())?;
    let first = |role| one.fillings(role).next();
    let (mut class, mut inferred) = (class, false);
    let meaning = match rule.standing {
        Standing::Parties => Meaning::Parties,
        Standing::Document => Meaning::Document,
        Standing::MembersOf(role) => Meaning::MembersOf(first(role).and_then(mention_number)?),
        Standing::Roles => {
            let members = rule.members.iter().flat_map(|&role| one.fillings(role));
            Meaning::Several(members.filter_map(reference).collect())
        }
        Standing::Same(role) => match first(role)? {
            Filling::Mention(index) => {
                class = lattice.mentions[*index].class;
                Meaning::Same(*index)
            }
            Filling::Short(_, entries) => {
                class = lattice.classes[entries[0].0 as usize];
                Meaning::Entries(entries.clone())
            }
            _ => return None,
        },
        Standing::Own if !rule.value.is_empty() => {
            let year = rule.value.contains(&Piece::Year).then(|| year_before(lattice, span, set)).flatten();
            inferred = year.is_some();
            let value = render(&rule.value, field, &one, year.as_deref())?;
            let date = set.schema.class(class).date;
            if date && !edtf_core::is_valid(&value) { Meaning::Impossible(value) } else { Meaning::Value(value) }
        }
        Standing::Own if !rule.name.is_empty() => Meaning::Name(render(&rule.name, field, &one, None)?),
        Standing::Own => Meaning::Name(span.of(field.text).to_owned()),
    };
    let of = match rule.of {
        Some(Term::Role(role)) => first(role).and_then(mention_number),
        Some(Term::Of(role)) => first(role).and_then(mention_number).and_then(|index| lattice.mentions[index].of),
        _ => None,
    };
    let attributes = rule
        .attributes
        .iter()
        .filter_map(|(name, pieces)| Some((name.clone(), render(pieces, field, &one, None)?)))
        .collect();
    Some(Mention {
        of,
        attributes,
        parts: Some(one),
        literal: rule.literal,
        part: rule.part,
        inferred,
        ..Mention::new(span, class, Finder::Rule(number), meaning)
    })
}

fn reference(filling: &Filling) -> Option<Reference> {
    match filling {
        Filling::Mention(index) => Some(Reference::Mention(*index)),
        Filling::Short(_, entries) => Some(Reference::Entries(entries.clone())),
        _ => None,
    }
}

fn mention_number(filling: &Filling) -> Option<usize> {
    match filling {
        Filling::Mention(index) => Some(*index),
        _ => None,
    }
}

/// The year of the last date before a place that has its own.
fn year_before(lattice: &Lattice, span: Span, set: &RuleSet) -> Option<String> {
    let dates = lattice.mentions.iter().filter(|mention| {
        set.schema.class(mention.class).date
            && mention.span.end <= span.start
            && !mention.inferred
            && matches!(mention.meaning, Meaning::Value(_))
    });
    match &dates.max_by_key(|mention| mention.span.start)?.meaning {
        Meaning::Value(value) => {
            value.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned)
        }
        _ => None,
    }
}

/// A template filled in; `None` when a role it needs is empty.
fn render(pieces: &[Piece], field: Field, one: &Match, year: Option<&str>) -> Option<String> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Year => text.push_str(year?),
            Piece::Role { role, add, divide } => {
                let filled: Vec<&Filling> = one.fillings(*role).collect();
                let word = filled.iter().find_map(|filling| match filling {
                    Filling::Text(_, Some(word)) => Some(word.clone()),
                    Filling::Number(_, value) => Some(number(*value, *add, *divide)),
                    _ => None,
                });
                match word {
                    Some(word) => text.push_str(&word),
                    None => text.push_str(one.span_of(*role, field.lattice)?.of(field.text)),
                }
            }
        }
    }
    Some(text)
}

/// At least two digits, as ISO 8601 writes months and days, but single digits when divided (decades).
fn number(value: u64, add: i64, divide: u64) -> String {
    let value = value.saturating_add_signed(add);
    if divide > 1 { (value / divide).to_string() } else { format!("{value:02}") }
}

impl Mention {
    /// A mention of its own with nothing else known.
    pub fn new(span: Span, class: ClassId, finder: Finder, meaning: Meaning) -> Self {
        Self {
            span,
            class,
            finder,
            meaning,
            of: None,
            attributes: std::collections::BTreeMap::new(),
            parts: None,
            literal: usize::MAX,
            part: false,
            inferred: false,
        }
    }
}
