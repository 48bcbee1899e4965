//! Folding: variants of a character become one, and spaces inside wide text go, with a way back to the source.

use std::borrow::Cow;

/// Which characters are read as which others; made from the pack's fold tables.
#[derive(Clone, Debug)]
pub struct Folder {
    /// For each character of the Basic Multilingual Plane the one it is read as; [`SPACE`], [`LINE`] and [`DROP`] are special.
    table: Vec<char>,
}

const SPACE: char = ' ';
const LINE: char = '\n';
const DROP: char = '\0';
/// So many wide spaces indent a paragraph.
const INDENT: usize = 2;

/// Whether a character is written without spaces around it: Han, kana, hangul, their punctuation and full width forms.
pub fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0xA4CF | 0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF | 0x20000..=0x3FFFF)
}

impl Folder {
    /// Full width forms fold to ASCII, every white space to a space, format characters to nothing; `pairs` (from, to) come on top.
    pub fn new(pairs: impl IntoIterator<Item = (char, char)>) -> Self {
        let mut table: Vec<char> = (0..0x1_0000).map(|code| char::from_u32(code).map_or(DROP, default_fold)).collect();
        for (from, to) in pairs {
            if let Some(slot) = table.get_mut(from as usize) {
                *slot = to;
            }
        }
        Self { table }
    }

    fn read(&self, c: char) -> char {
        self.table.get(c as usize).copied().unwrap_or(c)
    }

    /// Folds a short string that stands by itself: a name, a literal of a rule.
    pub fn fold_name<'a>(&self, name: &'a str) -> Cow<'a, str> {
        if name.chars().all(|c| self.read(c) == c && c != SPACE) {
            return Cow::Borrowed(name);
        }
        Cow::Owned(self.fold(name).text)
    }

    /// Folds a text.
    pub fn fold(&self, source: &str) -> Folded {
        self.fold_joined(source, &[])
    }

    /// Folds a text whose line breaks at these bytes, in order, are read as spaces.
    pub fn fold_joined(&self, source: &str, joined: &[usize]) -> Folded {
        let mut joined = joined.iter().peekable();
        let mut folding = Folding { text: String::with_capacity(source.len()), shifts: Vec::new(), expected: 0 };
        let (mut before, mut space, mut open, mut wide_spaces) = (LINE, None, false, 0);
        for (at, c) in source.char_indices() {
            let mut folded = self.read(c);
            if folded == LINE && joined.next_if(|&&one| one == at).is_some() {
                folded = SPACE;
            }
            match folded {
                DROP => continue,
                SPACE => {
                    wide_spaces += usize::from(is_wide(c));
                    space = space.or(Some((at, c.len_utf8())));
                    continue;
                }
                LINE => open = false,
                '"' => {
                    folded = if open { '\u{201D}' } else { '\u{201C}' };
                    open = !open;
                }
                _ => {}
            }
            if wide_spaces >= INDENT && before != LINE && folded != LINE {
                // Paragraphs that were run together keep the indent of their first line.
                folding.push(LINE, space.map_or(at, |(at, _)| at), 0);
                (before, open) = (LINE, false);
            }
            wide_spaces = 0;
            if let Some((at, length)) = space.take()
                && folded != LINE
                && before != LINE
                && !is_wide(folded)
                && !is_wide(before)
                && !(is_quote(folded) && is_quote(before))
            {
                folding.push(SPACE, at, length);
            }
            folding.push(folded, at, c.len_utf8());
            before = folded;
        }
        Folded { text: folding.text, shifts: folding.shifts, source_length: source.len() as u32 }
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '\u{201C}' | '\u{201D}')
}

fn default_fold(c: char) -> char {
    match c {
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => LINE,
        '\t' | '\u{B}' | '\u{C}' => SPACE,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{AD}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}' => DROP,
        '\u{FE00}'..='\u{FE0F}' => DROP,
        c if c.is_control() => DROP,
        c if c.is_whitespace() => SPACE,
        c => c,
    }
}

struct Folding {
    text: String,
    shifts: Vec<(u32, u32)>,
    /// The source byte that the next folded byte would stand for without a new shift.
    expected: usize,
}

impl Folding {
    fn push(&mut self, c: char, at: usize, length: usize) {
        if at != self.expected || self.shifts.is_empty() {
            self.shifts.push((self.text.len() as u32, at as u32));
        }
        self.text.push(c);
        self.expected = at + c.len_utf8();
        if c.len_utf8() != length {
            self.expected = usize::MAX;
        }
    }
}

/// A folded text that knows which bytes of the source each of its bytes came from.
#[derive(Clone, Debug)]
pub struct Folded {
    /// The folded characters.
    pub text: String,
    /// (folded byte, source byte) wherever the distance between the two changes.
    shifts: Vec<(u32, u32)>,
    source_length: u32,
}

impl Folded {
    /// The source byte at which the character at the folded byte `at` starts.
    pub fn source_start(&self, at: u32) -> u32 {
        let index = self.shifts.partition_point(|&(folded, _)| folded <= at);
        let Some(&(folded, source)) = index.checked_sub(1).and_then(|index| self.shifts.get(index)) else { return 0 };
        if at as usize >= self.text.len() { self.source_length } else { source + (at - folded) }
    }

    /// The source byte after the character that ends at the folded byte `at`.
    pub fn source_end(&self, at: u32, source: &str) -> u32 {
        let Some(last) = self.text[..at as usize].chars().next_back() else { return 0 };
        let start = self.source_start(at - last.len_utf8() as u32);
        start + source[start as usize..].chars().next().map_or(0, char::len_utf8) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_inside_wide_text_go_and_offsets_lead_back() {
        let folder = Folder::new([('後', '后')]);
        let source = "２００５ 年 後 a  b\n c";
        let folded = folder.fold(source);
        assert_eq!(folded.text, "2005年后a b\nc");
        let at = folded.text.find('后').unwrap() as u32;
        let (start, end) = (folded.source_start(at), folded.source_end(at + 3, source));
        assert_eq!(&source[start as usize..end as usize], "後");
        let at = folded.text.find("2005").unwrap() as u32;
        assert_eq!(&source[folded.source_start(at) as usize..folded.source_end(at + 4, source) as usize], "２００５");
    }

    #[test]
    fn wide_indents_begin_lines() {
        let source = "甲。\u{3000}\u{3000}乙\u{3000}丙";
        let folded = Folder::new([]).fold(source);
        assert_eq!(folded.text, "甲。\n乙丙");
        let at = folded.text.find('乙').unwrap() as u32;
        assert_eq!(&source[folded.source_start(at) as usize..folded.source_end(at + 3, source) as usize], "乙");
    }

    #[test]
    fn straight_quotes_pair_within_a_line() {
        assert_eq!(Folder::new([]).fold("\"a\" \"b\n\"c\"").text, "“a”“b\n“c”");
    }
}
