//! `explain`: why something stands in the result, or doesn't.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;

use super::{Ending, Failure, Outcome, output, rules};
use crate::document::{self, Document};
use crate::extractor::{Choice, Explanation, FactTrace, Found, MentionTrace, Origin, Silence, Slot, Step, Who, Words};
use crate::problem::{Place, Problem, visible};

/// Show what was found at some words of a document, by which rule or lexicon entry, and why
///
/// For each mention: what found it, what filled the slots, whom it stands for and why, and why it doesn't count if it
/// doesn't. For each fact: the rule, its slots and the evidence. For a sentence without a fact there: the names in it
/// and the rules that were run on it in vain.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The document
    file: PathBuf,
    /// The words; wide forms, spaces between characters and the like don't matter
    #[arg(long, value_name = "TEXT")]
    find: String,
    /// A folder of rules to lay over the embedded ones; one with a schema.toml replaces them
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// The form of the explanation
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Text,
    Json,
}

pub(super) fn run(args: &Args) -> Outcome {
    let extractor = rules::extractor(args.rules.as_deref())?;
    let (document, doubts) = read(&args.file)?;
    doubts.iter().for_each(output::report);
    let explanation = extractor.explain(&document, &args.find);
    if explanation.places.is_empty() {
        let message = format!("doesn't hold {:?}", args.find);
        let remedy = "copy the words from the document as they stand there";
        return Err(Problem::error(Place::file(document.source), message, remedy).into());
    }
    output::to_stdout(|to| match args.format {
        Form::Text => Printer { to }.explanation(&explanation),
        Form::Json => {
            serde_json::to_writer_pretty(&mut *to, &explanation)?;
            writeln!(to)
        }
    })?;
    Ok(Ending::Done)
}

fn read(path: &PathBuf) -> Result<(Document, Vec<Problem>), Failure> {
    if path.is_dir() {
        let place = Place::file(path.to_string_lossy());
        return Err(Problem::error(place, "is a folder", "name one document").into());
    }
    let (sources, problems) = document::find(std::slice::from_ref(path));
    match sources.first() {
        Some(source) => Ok(Document::read(source)?),
        None => Err(problems.into()),
    }
}

struct Printer<'a> {
    to: &'a mut dyn Write,
}

impl Printer<'_> {
    /// A line, so many steps in; what could steer a terminal is shown as escapes.
    fn line(&mut self, depth: usize, text: &str) -> io::Result<()> {
        writeln!(self.to, "{}{}", "  ".repeat(depth), visible(text))
    }

    fn explanation(&mut self, all: &Explanation) -> io::Result<()> {
        let places: Vec<String> = all.places.iter().map(Place::to_string).collect();
        self.line(0, &format!("{} times: {}", places.len(), places.join(", ")))?;
        for mention in &all.mentions {
            self.mention(mention)?;
        }
        for fact in &all.facts {
            self.fact(fact)?;
        }
        all.silent.iter().try_for_each(|sentence| self.silence(sentence))
    }

    fn mention(&mut self, mention: &MentionTrace) -> io::Result<()> {
        let mark = match &mention.found {
            Found::Outer => "",
            Found::Kept => ", inside another",
            Found::Hidden(_) => ", hidden",
        };
        self.line(0, &format!("\nmention  {} [{}] {}{mark}", mention.words.text, mention.class, at(&mention.words)))?;
        self.origin(1, "found by", &mention.origin)?;
        if let Found::Hidden(why) = &mention.found {
            self.line(1, &format!("hidden because {why}"))?;
        }
        self.slots(&mention.slots)?;
        for step in &mention.chain {
            self.step(step)?;
        }
        if let Some(of) = &mention.of {
            self.line(1, &format!("belongs to or speaks for {} {}", of.text, at(of)))?;
        }
        for (name, value) in &mention.attributes {
            self.line(1, &format!("{name} = {value}"))?;
        }
        match mention.entities.is_empty() {
            true => Ok(()),
            false => self.line(1, &format!("-> {}", names(&mention.entities))),
        }
    }

    fn fact(&mut self, fact: &FactTrace) -> io::Result<()> {
        let said = format!("\nfact     {} {} {}", fact.subject, fact.predicate, fact.object);
        self.line(0, &said)?;
        for (name, values) in &fact.qualifiers {
            self.line(1, &format!("{name} = {}", values.join(", ")))?;
        }
        self.line(1, &format!("confidence {:.2}", fact.confidence))?;
        self.origin(1, "read by", &fact.origin)?;
        self.slots(&fact.slots)?;
        self.line(1, &format!("evidence {}: {}", fact.evidence.place, fact.evidence.text))
    }

    fn silence(&mut self, silence: &Silence) -> io::Result<()> {
        self.line(0, &format!("\nno fact  {} {}", silence.sentence.text, at(&silence.sentence)))?;
        for (words, origin) in &silence.names {
            self.line(1, &format!("name {} {}: {}", words.text, at(words), short(origin)))?;
        }
        for (head, rules) in [("matched", &silence.matched), ("woken, but did not match", &silence.unmatched)] {
            if !rules.is_empty() {
                self.line(1, &format!("rules that {}{head}:", if head == "matched" { "" } else { "were " }))?;
            }
            for rule in rules {
                self.line(2, &short(rule))?;
            }
        }
        Ok(())
    }

    fn origin(&mut self, depth: usize, verb: &str, origin: &Origin) -> io::Result<()> {
        self.line(depth, &format!("{verb} {}", short(origin)))?;
        if let Origin::Rule { patterns, .. } = origin {
            for pattern in patterns {
                self.line(depth + 1, &format!("pattern {pattern}"))?;
            }
        }
        Ok(())
    }

    fn slots(&mut self, slots: &[Slot]) -> io::Result<()> {
        for slot in slots {
            let mut text = format!("{} = {}", slot.role, slot.words.text);
            if let Some(class) = &slot.class {
                text += &format!(" [{class}]");
            }
            if let Some(form) = &slot.form {
                text += &format!(" = {form}");
            }
            if !slot.entities.is_empty() {
                text += &format!(" -> {}", names(&slot.entities));
            }
            self.line(1, &text)?;
            if let Some(choice) = &slot.choice {
                self.choice(choice)?;
            }
        }
        Ok(())
    }

    fn choice(&mut self, choice: &Choice) -> io::Result<()> {
        self.line(2, &format!("stands for {}: {}", choice.chosen, choice.why))?;
        if choice.candidates.len() < 2 {
            return Ok(());
        }
        for one in &choice.candidates {
            let party = if one.party { ", a party" } else { "" };
            let text =
                format!("candidate {} {}: rank {}, named {} times{party}", one.id, one.name, one.rank, one.named);
            self.line(2, &text)?;
        }
        Ok(())
    }

    fn step(&mut self, step: &Step) -> io::Result<()> {
        match step {
            Step::Entry(choice) => self.choice(choice),
            Step::Same { words, class } => self.line(1, &format!("the same as {} [{class}] {}", words.text, at(words))),
            Step::Several { members } => self.line(1, &format!("{members} together")),
            Step::Parties { parties, told } => {
                self.line(1, &format!("the parties of the document: {}", names(parties)))?;
                told.iter().try_for_each(|(origin, words)| {
                    self.line(2, &format!("told by {} {}: {}", short(origin), at(words), words.text))
                })
            }
            Step::Document => self.line(1, "the document itself"),
            Step::Name { normal, states } if states.is_empty() => self.line(1, &format!("compared as {normal}")),
            Step::Name { normal, states } => {
                self.line(1, &format!("compared as {normal}, with the states {}", states.join(", ")))
            }
            Step::Value { form, inferred: false } => self.line(1, &format!("normal form {form}")),
            Step::Value { form, .. } => {
                self.line(1, &format!("normal form {form}, with the year of the date before it"))
            }
            Step::Impossible { form } => self.line(1, &format!("no possible date: {form}")),
        }
    }
}

fn at(words: &Words) -> String {
    format!("at {}:{}", words.place.line, words.place.column)
}

fn names(all: &[Who]) -> String {
    all.iter().map(Who::to_string).collect::<Vec<_>>().join(", ")
}

/// What found or read something, on one line.
fn short(origin: &Origin) -> String {
    match origin {
        Origin::Lexicon { list, id } => format!("lexicon {list}:{id}"),
        Origin::Rule { id, place, .. } => format!("rule {id} (rules/{place})"),
        Origin::Act { id, place } => format!("act {id} (rules/{place})"),
        Origin::Term { rule, place } => format!("a name that the document gives, read by rule {rule} (rules/{place})"),
        Origin::Marks => "marks around it".into(),
    }
}
