//! When two texts count as the same: their normal form, and how long a run of characters they share.

use unicode_normalization::UnicodeNormalization;

/// Marks that make no difference between two names.
const MARKS: &str = "《》“”\"'‘’〈〉「」·・•-—－–.,，。、";

/// Compatibility forms unified, in lower case, without space and marks.
pub(super) fn normal(text: &str) -> String {
    let unified: String = text.nfkc().collect();
    unified.to_lowercase().chars().filter(|&c| !is_space(c) && !MARKS.contains(c)).collect()
}

/// White space, with the four separators that ASCII has for records.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// A name in normal form, ready to be compared with many others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    /// The normal form.
    pub(super) normal: String,
    /// Its length in code points.
    length: usize,
    /// The normal form of the normal form: dropping a space may have let two characters join.
    run: Vec<char>,
}

impl Name {
    /// Reads a name as written; `None` when nothing but marks is in it.
    pub(super) fn read(text: &str) -> Option<Self> {
        let normal = normal(text);
        let run = self::normal(&normal).chars().collect();
        (!normal.is_empty()).then(|| Self { length: normal.chars().count(), run, normal })
    }

    /// How much of the longer name the shared run makes up, where that is `least` or more.
    pub(super) fn near(&self, other: &Self, least: f64) -> Option<f64> {
        let (short, long) = (self.length.min(other.length) as f64, self.length.max(other.length) as f64);
        if short / long < least {
            return None; // the run is never longer than the shorter name
        }
        let near = overlap(&self.run, &other.run) * short / long;
        (near >= least).then_some(near)
    }
}

/// Length of the longest common run of two texts in normal form, as a share of the shorter one.
pub(super) fn overlap(a: &[char], b: &[char]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    longest_common_run(a, b) as f64 / a.len().min(b.len()) as f64
}

fn longest_common_run(a: &[char], b: &[char]) -> usize {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut best = 0;
    let mut row = vec![0_u32; short.len() + 1];
    for &x in long {
        if best as usize == short.len() {
            break;
        }
        let mut before = 0;
        for (cell, &y) in row[1..].iter_mut().zip(short) {
            let run = if x == y { before + 1 } else { 0 };
            before = std::mem::replace(cell, run);
            best = best.max(run);
        }
    }
    best as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(a: &str, b: &str) -> f64 {
        let chars = |text| normal(text).chars().collect::<Vec<_>>();
        overlap(&chars(a), &chars(b))
    }

    #[test]
    fn marks_width_case_and_space_make_no_difference() {
        assert_eq!(normal("《ＡＢＣ Treaty》·1.5"), "abctreaty15");
        assert_eq!(normal("阿塔苏－阿拉山口\u{1c}\u{a0}"), "阿塔苏阿拉山口");
        assert_eq!(normal("“”"), "");
    }

    #[test]
    fn the_longest_run_counts_and_nothing_else() {
        assert_eq!(share("abcdef", "xabcx"), 0.6);
        assert_eq!(share("abcabd", "abd"), 1.0);
        assert_eq!(share("", "abc"), 0.0);
        assert_eq!(share("发展友好关系", "发展两国友好关系"), 4.0 / 6.0);
    }

    #[test]
    fn names_too_different_in_length_are_never_near() {
        let name = |text| Name::read(text).unwrap();
        assert_eq!(name("abcd").near(&name("abcdefgh"), 0.8), None);
        assert_eq!(name("abcdefghi").near(&name("abcdefghij"), 0.8), Some(0.9));
    }
}
