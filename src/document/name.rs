//! Names of documents: ids made from paths.

use std::path::Path;

/// `doc/` and the path without its ending: letters and digits of any script stay, each run of others becomes `-`.
pub(super) fn id(path: &Path) -> String {
    let path = path.with_extension("");
    let mut id = String::from("doc/");
    for letter in path.to_string_lossy().chars() {
        if letter.is_alphanumeric() {
            id.push(letter);
        } else if !id.ends_with(['-', '/']) {
            id.push('-');
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    if id == "doc/" {
        id.push_str("unnamed");
    }
    id
}

/// FNV-1a, 64 bits, fed piece by piece.
pub(super) fn hash(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What [`hash`] starts from.
pub(super) const START: u64 = 0xcbf2_9ce4_8422_2325;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_letters_of_any_script() {
        let of = |path: &str| id(Path::new(path));
        assert_eq!(of("2005-china-kazakhstan.txt"), "doc/2005-china-kazakhstan");
        assert_eq!(of("中哈/联合声明 (全文).txt"), "doc/中哈-联合声明-全文");
        assert_eq!(of("Заявление.v2.md"), "doc/Заявление-v2");
        assert_eq!(of("--.txt"), "doc/unnamed");
    }
}
