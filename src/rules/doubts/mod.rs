//! What is doubtful in a pack that can be run: parts that have no effect, and names that stand for too much.

mod names;
mod patterns;
mod words;

use super::compile::Source;
use super::{Pack, RuleSet, written};
use crate::problem::{Place, Problem};

/// Everything that is wrong with a pack or doubtful in it, by place. Doubts are looked for in packs without errors only.
pub fn check(pack: &Pack) -> Vec<Problem> {
    let set = match RuleSet::read(pack) {
        Ok(set) => set,
        Err(problems) => return problems,
    };
    let mut doubts = Doubts { pack, set: &set, problems: set.warnings.clone() };
    for name in pack.languages() {
        doubts.language(name);
    }
    doubts.names();
    let mut problems = doubts.problems;
    problems.sort();
    problems.dedup();
    problems
}

struct Doubts<'a> {
    pack: &'a Pack,
    set: &'a RuleSet,
    problems: Vec<Problem>,
}

impl<'a> Doubts<'a> {
    fn warn(&mut self, place: Place, message: impl Into<String>, remedy: impl Into<String>) {
        self.problems.push(Problem::warning(place, message, remedy));
    }

    /// The rules and word lists of a language folder.
    fn language(&mut self, name: &str) {
        let files = self.rule_files(name);
        for (source, file) in &files {
            for rule in &file.rule {
                self.rule(*source, rule);
            }
            for act in &file.act {
                self.act(*source, act);
            }
            if let Some(frame) = &file.frame {
                self.frame(*source, frame);
            }
        }
        self.lists(name, &files);
        self.triggers(&files);
    }

    /// The rule files of a language folder, which the loader has read without errors.
    fn rule_files(&self, name: &str) -> Vec<(Source<'a>, written::File)> {
        let stages = ["mention", "reference", "fact"].map(|stage| format!("{name}/{stage}/"));
        let files = stages.iter().flat_map(|stage| self.pack.under(stage, ".toml"));
        files.filter_map(|(file, text)| Some((Source { file, text }, toml::from_str(text).ok()?))).collect()
    }
}
