//! Paragraphs, sentences, clauses, paired marks, title and signature lines.

use super::Language;
use crate::span::Span;

/// So many paragraphs at most make the head of a document.
const HEAD: usize = 8;

/// A pair of marks and what stands between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// With the marks.
    pub outer: Span,
    /// Without the marks.
    pub inner: Span,
    /// Which of the language's pairs.
    pub pair: usize,
}

/// A sentence and its clauses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first character (after the number of an item) to the mark that ends it.
    pub span: Span,
    /// The paragraph it stands in, by number.
    pub paragraph: usize,
    /// Its clauses, without the marks that end them.
    pub clauses: Vec<Span>,
}

/// The lines that hold something.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        if !line.is_empty() {
            found.push(Span::new(start, start + line.len() as u32));
        }
        start += line.len() as u32 + 1;
    }
    found
}

/// Paired marks within each paragraph; a mark without its partner is none.
pub(super) fn marks(text: &str, paragraphs: &[Span], language: &Language) -> Vec<Mark> {
    let mut found = Vec::new();
    for paragraph in paragraphs {
        let mut open: Vec<(usize, u32, u32)> = Vec::new();
        for (offset, c) in paragraph.of(text).char_indices() {
            let at = paragraph.start + offset as u32;
            let after = at + c.len_utf8() as u32;
            if let Some(pair) = language.marks.iter().position(|pair| pair.open == c) {
                open.push((pair, at, after));
            } else if let Some(pair) = language.marks.iter().position(|pair| pair.close == c)
                && let Some(index) = open.iter().rposition(|&(opened, ..)| opened == pair)
            {
                let (_, outer, inner) = open[index];
                open.truncate(index);
                found.push(Mark { outer: Span::new(outer, after), inner: Span::new(inner, at), pair });
            }
        }
    }
    found.sort_by_key(|mark| (mark.outer.start, std::cmp::Reverse(mark.outer.end)));
    found
}

/// Sentences and clauses. No end counts inside marks of the first pair (titles).
pub(super) fn sentences(text: &str, paragraphs: &[Span], marks: &[Mark], language: &Language) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut titles = marks.iter().filter(|mark| mark.pair == 0).peekable();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let mut cut = Cut::new(number, *paragraph, item_length(paragraph.of(text), language));
        let mut skip = 0;
        let mut chars = paragraph.of(text).char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let at = paragraph.start + offset as u32;
            while titles.next_if(|mark| mark.outer.end <= at).is_some() {}
            if let Some(mark) = titles.peek()
                && mark.outer.start <= at
            {
                skip = skip.max(mark.outer.end);
            }
            if at < skip {
                continue;
            }
            let next = chars.peek().map(|&(_, next)| next);
            let mut after = at + c.len_utf8() as u32;
            let before = || Span::new(paragraph.start, at).of(text);
            if ends(&language.sentence_ends, c, next)
                && !(language.spaced
                    && c == '.'
                    && goes_on(before(), Span::new(after, paragraph.end).of(text), language))
            {
                cut.clause(at);
                while let Some((_, closer)) =
                    chars.next_if(|&(_, next)| language.closers.contains(next) || language.sentence_ends.contains(next))
                {
                    after += closer.len_utf8() as u32;
                }
                cut.sentence(after, &mut found);
            } else if ends(&language.clause_ends, c, next) {
                cut.clause(at);
                cut.clause_start = after;
            }
        }
        cut.clause(paragraph.end);
        cut.sentence(paragraph.end, &mut found);
    }
    if language.spaced {
        found.iter_mut().for_each(|sentence| tighten(sentence, text));
    }
    found
}

/// Whether a full stop between these ends no sentence: it stands behind an abbreviation or a single letter, or what
/// follows begins small.
fn goes_on(before: &str, after: &str, language: &Language) -> bool {
    let word =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '\u{201C}')).next().unwrap_or_default();
    let initial = word.chars().next_back().is_some_and(char::is_uppercase)
        && word.rsplit('.').next().is_some_and(|part| part.chars().count() == 1);
    let small = after.trim_start().chars().next().is_some_and(char::is_lowercase);
    initial || small || language.abbreviations.contains(word)
}

/// Cuts the white space off a sentence and its clauses.
fn tighten(sentence: &mut Sentence, text: &str) {
    let trim = |span: Span| {
        let words = span.of(text);
        let start = span.start + (words.len() - words.trim_start().len()) as u32;
        Span::new(start, (span.start + words.trim_end().len() as u32).max(start))
    };
    sentence.span = trim(sentence.span);
    sentence.clauses =
        sentence.clauses.iter().map(|&clause| trim(clause)).filter(|clause| !clause.is_empty()).collect();
}

/// Whether `c` is one of `set` here: an ASCII mark between two letters or digits (3.5, 1,000, 10:30) ends nothing.
fn ends(set: &str, c: char, next: Option<char>) -> bool {
    set.contains(c)
        && !(c.is_ascii() && matches!(c, '.' | ',' | ':') && next.is_some_and(|next| next.is_ascii_alphanumeric()))
}

struct Cut {
    paragraph: usize,
    start: u32,
    clause_start: u32,
    clauses: Vec<Span>,
}

impl Cut {
    fn new(paragraph: usize, span: Span, item: u32) -> Self {
        let start = span.start + item;
        Self { paragraph, start, clause_start: start, clauses: Vec::new() }
    }

    fn clause(&mut self, end: u32) {
        if end > self.clause_start {
            self.clauses.push(Span::new(self.clause_start, end));
            self.clause_start = end;
        }
    }

    fn sentence(&mut self, end: u32, found: &mut Vec<Sentence>) {
        let clauses = std::mem::take(&mut self.clauses);
        if !clauses.is_empty() {
            found.push(Sentence { span: Span::new(self.start, end), paragraph: self.paragraph, clauses });
        }
        self.start = end;
        self.clause_start = end;
    }
}

/// The bytes of the number at the head of a paragraph, 0 when there is none.
fn item_length(paragraph: &str, language: &Language) -> u32 {
    let head: String = paragraph.chars().take(40).collect();
    let longest = language.items.iter().filter_map(|pattern| pattern.find(&head).map(|found| found.end()));
    longest.max().unwrap_or(0) as u32
}

/// The lines near the head that are no sentences, those that follow each other as one span; none of the signatures.
pub(super) fn titles(text: &str, paragraphs: &[Span], signature: Span, language: &Language) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut joined = false;
    for paragraph in paragraphs.iter().take(HEAD).take_while(|line| line.end <= signature.start) {
        let line = is_line(paragraph.of(text), language);
        match found.last_mut() {
            Some(last) if line && joined => last.end = paragraph.end,
            _ if line => found.push(*paragraph),
            _ => {}
        }
        joined = line;
    }
    found
}

/// The span of the trailing lines that are no sentences; empty where nothing but lines stands before them.
pub(super) fn signature(text: &str, paragraphs: &[Span], language: &Language) -> Span {
    let lines = paragraphs.iter().rev().take(60).take_while(|line| is_line(line.of(text), language)).count();
    let from = paragraphs.len() - lines;
    let end = text.len() as u32;
    cover(&paragraphs[from..]).filter(|_| from > 0).unwrap_or(Span::new(end, end))
}

fn cover(lines: &[Span]) -> Option<Span> {
    Some(Span::new(lines.first()?.start, lines.last()?.end))
}

fn is_line(line: &str, language: &Language) -> bool {
    let stops = |c: char| language.sentence_ends.contains(c) || language.clause_ends.contains(c);
    let last = line.trim_end_matches(|c| language.closers.contains(c)).chars().next_back();
    line.chars().count() <= language.line_length && !last.is_some_and(stops) && item_length(line, language) == 0
}
