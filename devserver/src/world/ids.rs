//! Where new ids come from.

/// The ids that the world hands out. A trait, so that the world stays pure and its tests can
/// foretell what it answers.
pub trait IdSource: Send {
    /// A room id as the service makes them: three groups of four of `a-z0-9`.
    fn room_id(&mut self) -> String;
    /// A database id: 24 lower-case hexadecimal digits.
    fn object_id(&mut self) -> String;
}

/// Ids from the operating system's random generator.
#[derive(Debug, Default)]
pub struct RandomIds;

impl IdSource for RandomIds {
    fn room_id(&mut self) -> String {
        let characters = letters_and_digits(12);
        format!(
            "{}-{}-{}",
            &characters[..4],
            &characters[4..8],
            &characters[8..]
        )
    }

    fn object_id(&mut self) -> String {
        random_hex(12)
    }
}

/// `bytes` random bytes as lower-case hexadecimal digits.
pub fn random_hex(bytes: usize) -> String {
    random_bytes(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn letters_and_digits(count: usize) -> String {
    const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    // Bytes from 252 on are thrown away: 252 is the largest multiple of 36 in a byte, and keeping
    // the rest would make the first four letters more likely than the others.
    let mut text = String::with_capacity(count);
    while text.len() < count {
        for byte in random_bytes(count).into_iter().filter(|byte| *byte < 252) {
            if text.len() < count {
                text.push(char::from(ALPHABET[usize::from(byte % 36)]));
            }
        }
    }
    text
}

fn random_bytes(count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    getrandom::fill(&mut bytes).expect("the operating system has a random generator");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_ids_have_the_shapes_of_the_service() {
        let mut ids = RandomIds;
        for _ in 0..200 {
            let room_id = ids.room_id();
            let groups: Vec<&str> = room_id.split('-').collect();
            assert_eq!(groups.len(), 3, "{room_id}");
            for group in groups {
                assert_eq!(group.len(), 4, "{room_id}");
                assert!(
                    group
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()),
                    "{room_id}"
                );
            }
            let object_id = ids.object_id();
            assert_eq!(object_id.len(), 24);
            assert!(
                object_id
                    .bytes()
                    .all(|byte| b"0123456789abcdef".contains(&byte))
            );
        }
        assert_ne!(ids.room_id(), ids.room_id());
        assert_ne!(ids.object_id(), ids.object_id());
    }
}
