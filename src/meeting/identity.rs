//! Ids and names for those who give none.

use crate::{Error, Result, Status};

const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// A random text over `a-z0-9` from the system's cryptographic generator, each character with
/// the same likelihood: ids must be hard to guess, because joining with an id removes whoever
/// has it already.
pub(super) fn random<const LENGTH: usize>() -> Result<String> {
    let mut text = String::with_capacity(LENGTH);
    let mut bytes = [0_u8; 24];
    while text.len() < LENGTH {
        getrandom::fill(&mut bytes).map_err(|error| {
            Error::new(
                Status::ResourceExhausted,
                format!("The system's random generator failed: {error}"),
                "Give the meeting a participant id and a name yourself.",
            )
        })?;
        // 252 is the largest multiple of 36 in a byte; larger values would favour some letters.
        let letters = bytes.iter().filter(|byte| **byte < 252);
        for byte in letters.take(LENGTH - text.len()) {
            text.push(char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]));
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_have_the_service_s_form_and_differ() {
        let ids: HashSet<String> = (0..1000).map(|_| random::<8>().unwrap()).collect();
        assert_eq!(ids.len(), 1000);
        for id in &ids {
            assert_eq!(id.len(), 8);
            assert!(id.bytes().all(|byte| ALPHABET.contains(&byte)), "{id}");
        }
        let letters: HashSet<char> = ids.iter().flat_map(|id| id.chars()).collect();
        assert_eq!(letters.len(), 36, "every character occurs");
    }
}
