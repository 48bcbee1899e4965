//! Patterns: from the way they are written to a tree.
//!
//! `rules/README.md` describes the language; this parser is its definition.

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Text that stands for itself.
    Literal(String),
    /// `{role:Class ...}`: a mention.
    Slot(Slot),
    /// `{role:...}` around a part of the pattern.
    Capture(String, Box<Node>),
    /// `<name>`: a word of a list.
    Words(String),
    /// `[name]2-8`, `[abc]`, `[^abc]3`: characters of a set.
    Run {
        /// The name of a set, or the characters themselves.
        set: String,
        /// Any character but these.
        negated: bool,
        /// Fewest.
        min: usize,
        /// Most.
        max: usize,
    },
    /// `~8`, `~2-8` inside the clause; `~~8` inside the unit; as few characters as will do.
    Gap {
        /// May go past the end of a clause.
        wide: bool,
        /// Fewest.
        min: usize,
        /// Most.
        max: usize,
    },
    /// `...`: everything up to the end of the unit.
    Rest,
    /// Parts one after another.
    Sequence(Vec<Node>),
    /// `(a|b)`: the first that fits.
    Choice(Vec<Node>),
    /// `(a)?`, `a?`, `(a)*4`: between none and that many times.
    Repeat(Box<Node>, usize),
    /// `!(a)`: what must not follow here.
    Not(Box<Node>),
    /// `^`: the start of the unit.
    Start,
    /// `$`: the end of the unit.
    End,
}

/// How a slot takes lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Members {
    /// One mention only.
    One,
    /// A list or plural; one fact for each member.
    Each,
    /// A list or plural; one fact for all.
    Together,
}

/// A slot as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Its role; none for a mention that must be there but plays none.
    pub role: Option<String>,
    /// Classes or a view; the short form of names when `short`.
    pub classes: Vec<String>,
    /// Abbreviations that are names only here (`State.short`).
    pub short: bool,
    /// Lists.
    pub members: Members,
    /// Least and greatest value of a number.
    pub range: Option<(u64, u64)>,
}

/// What is wrong with a pattern and where: byte offset, message, remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Byte offset in the pattern.
    pub at: usize,
    /// What was found.
    pub message: String,
    /// What to do.
    pub remedy: &'static str,
}

/// Reads a pattern.
///
/// # Errors
/// The first part that can't be read.
pub fn parse(pattern: &str) -> Result<Node, PatternError> {
    let mut parser = Parser { pattern, at: 0, depth: 0 };
    let node = parser.choice()?;
    if parser.at < pattern.len() {
        return Err(parser.error("this bracket closes nothing", "remove it, or write \\ before it"));
    }
    Ok(node)
}

struct Parser<'a> {
    pattern: &'a str,
    at: usize,
    depth: usize,
}

/// The most characters a gap, run or repetition may span, so that matching stays linear.
const LONGEST: usize = 200;

impl Parser<'_> {
    fn error(&self, message: impl Into<String>, remedy: &'static str) -> PatternError {
        PatternError { at: self.at, message: message.into(), remedy }
    }

    fn peek(&self) -> Option<char> {
        self.pattern[self.at..].chars().next()
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.pattern[self.at..].starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn expect(&mut self, text: &str, remedy: &'static str) -> Result<(), PatternError> {
        if self.eat(text) { Ok(()) } else { Err(self.error(format!("{text} is missing here"), remedy)) }
    }

    fn until(&mut self, end: char, remedy: &'static str) -> Result<&str, PatternError> {
        let Some(length) = self.pattern[self.at..].find(end) else {
            return Err(self.error(format!("{end} is missing"), remedy));
        };
        let text = &self.pattern[self.at..self.at + length];
        self.at += length + end.len_utf8();
        Ok(text)
    }

    fn choice(&mut self) -> Result<Node, PatternError> {
        self.depth += 1;
        if self.depth > 40 {
            return Err(self.error("brackets nest too deep", "split the rule in two"));
        }
        let mut branches = vec![self.sequence()?];
        while self.eat("|") {
            branches.push(self.sequence()?);
        }
        self.depth -= 1;
        Ok(if branches.len() == 1 { branches.swap_remove(0) } else { Node::Choice(branches) })
    }

    fn sequence(&mut self) -> Result<Node, PatternError> {
        let mut parts: Vec<Node> = Vec::new();
        while let Some(c) = self.peek() {
            if matches!(c, '|' | ')' | '}') {
                break;
            }
            let mut part = self.part(c)?;
            if self.eat("?") {
                part = Node::Repeat(Box::new(part), 1);
            }
            match (parts.last_mut(), part) {
                (Some(Node::Literal(before)), Node::Literal(text)) => before.push_str(&text),
                (_, part) => parts.push(part),
            }
        }
        Ok(if parts.len() == 1 { parts.swap_remove(0) } else { Node::Sequence(parts) })
    }

    fn part(&mut self, c: char) -> Result<Node, PatternError> {
        self.at += c.len_utf8();
        match c {
            '(' => {
                let inner = self.choice()?;
                self.expect(")", "close the group")?;
                if self.eat("*") {
                    let (_, most) = self.bounds(Some((0, 1)), "write how often at most: (...)*4")?;
                    Ok(Node::Repeat(Box::new(inner), most))
                } else {
                    Ok(inner)
                }
            }
            '!' if self.eat("(") => {
                let inner = self.choice()?;
                self.expect(")", "close the group")?;
                Ok(Node::Not(Box::new(inner)))
            }
            '{' => self.slot(),
            '<' => Ok(Node::Words(self.until('>', "close the name of the list with >")?.to_owned())),
            '[' => self.run(),
            '~' => {
                let wide = self.eat("~");
                let (min, max) = self.bounds(None, "write how many characters at most: ~8 or ~2-8")?;
                Ok(Node::Gap { wide, min, max })
            }
            '.' if self.eat("..") => Ok(Node::Rest),
            '^' => Ok(Node::Start),
            '$' => Ok(Node::End),
            '\\' => {
                let Some(next) = self.peek() else {
                    return Err(self.error("\\ at the end", "write the character it stands before"));
                };
                self.at += next.len_utf8();
                Ok(Node::Literal(next.to_string()))
            }
            '?' | '*' => {
                self.at -= c.len_utf8();
                Err(self.error(format!("{c} follows no group"), "write ? behind the optional part, as in (a)? or a?"))
            }
            other => Ok(Node::Literal(other.to_string())),
        }
    }

    /// `8` or `2-8`; a single number is the greatest.
    fn bounds(&mut self, none: Option<(usize, usize)>, remedy: &'static str) -> Result<(usize, usize), PatternError> {
        let number = |parser: &mut Self| {
            let digits = parser.pattern[parser.at..].bytes().take_while(u8::is_ascii_digit).count();
            let text = &parser.pattern[parser.at..parser.at + digits];
            parser.at += digits;
            text.parse::<usize>().ok()
        };
        let first = number(self);
        let bounds = match first {
            Some(first) if self.eat("-") => match number(self) {
                Some(most) => (first, most),
                None => return Err(self.error("a number is missing after -", remedy)),
            },
            Some(most) => (0, most),
            None => none.ok_or_else(|| self.error("a number is missing here", remedy))?,
        };
        if bounds.0 > bounds.1 || bounds.1 > LONGEST {
            return Err(self.error(
                format!("{}-{} can't be matched", bounds.0, bounds.1),
                "use bounds from 0 to 200, the smaller first",
            ));
        }
        Ok(bounds)
    }

    fn run(&mut self) -> Result<Node, PatternError> {
        let negated = self.eat("^");
        let set = self.until(']', "close the set with ]")?.to_owned();
        if set.is_empty() {
            return Err(self.error("the set is empty", "name a set of language.toml or list its characters"));
        }
        let bare = !self.peek().is_some_and(|c| c.is_ascii_digit());
        let (min, max) = self.bounds(Some((1, 1)), "write how many: [set]2-8")?;
        Ok(Node::Run { set, negated, min: if bare { 1 } else { min }, max })
    }

    fn slot(&mut self) -> Result<Node, PatternError> {
        let rest = &self.pattern[self.at..];
        let word = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        let role = rest[..word].to_owned();
        if rest[word..].starts_with('}')
            || rest[word..].starts_with(['|', '.', ' ']) && role.starts_with(|c: char| c.is_ascii_uppercase())
        {
            return self.classes(None);
        }
        if word == 0 || !rest[word..].starts_with(':') {
            return Err(self.error("a slot begins with its role and a colon", "write {role:Class} or {role:pattern}"));
        }
        self.at += word + 1;
        if self.peek().is_some_and(|c| c.is_ascii_uppercase()) && !self.capitals_only() {
            return self.classes(Some(role));
        }
        let inner = self.choice()?;
        self.expect("}", "close the slot")?;
        Ok(Node::Capture(role, Box::new(inner)))
    }

    /// Whether what follows is plain capital letters and no class.
    fn capitals_only(&self) -> bool {
        let word: String = self.pattern[self.at..].chars().take_while(char::is_ascii_alphanumeric).collect();
        word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase())
    }

    fn classes(&mut self, role: Option<String>) -> Result<Node, PatternError> {
        let start = self.at;
        let written = self.until('}', "close the slot")?.to_owned();
        let mut words = written.split_ascii_whitespace();
        let mut slot = Slot { role, classes: Vec::new(), short: false, members: Members::One, range: None };
        for class in words.next().unwrap_or_default().split('|') {
            let name = class.strip_suffix(".short");
            slot.short |= name.is_some();
            slot.classes.push(name.unwrap_or(class).to_owned());
        }
        for word in words {
            match (word, word.split_once('-')) {
                ("each", _) => slot.members = Members::Each,
                ("together", _) => slot.members = Members::Together,
                (_, Some((low, high))) if low.parse::<u64>().is_ok() && high.parse::<u64>().is_ok() => {
                    slot.range = low.parse().ok().zip(high.parse().ok());
                }
                _ => {
                    self.at = start;
                    return Err(self.error(
                        format!("{word} means nothing in a slot"),
                        "write each, together, or a range of numbers: {m:Number 1-12}",
                    ));
                }
            }
        }
        Ok(Node::Slot(slot))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_reads_as_its_sentence() {
        let node = parse("{when:Date}(签署|签订)的{text:Instrument each}").unwrap();
        let Node::Sequence(parts) = node else { panic!("a sequence") };
        assert_eq!(parts.len(), 4);
        assert!(matches!(&parts[1], Node::Choice(branches) if branches.len() == 2));
        assert!(matches!(&parts[3], Node::Slot(slot) if slot.members == Members::Each));
        assert!(matches!(parse("{name:[han]2-8<head>}").unwrap(), Node::Capture(role, _) if role == "name"));
        assert!(matches!(parse("{m:Number 1-12}").unwrap(), Node::Slot(Slot { range: Some((1, 12)), .. })));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (pattern, at) in
            [("甲(乙", 7), ("甲)", 3), ("~", 1), ("{a:State foo}", 3), ("[]", 2), ("?甲", 0), ("~9-2", 4)]
        {
            assert_eq!(parse(pattern).unwrap_err().at, at, "{pattern}");
        }
    }
}
