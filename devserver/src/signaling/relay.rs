//! Wishes to relay media from another meeting into this one, which wait for an answer.

use std::collections::BTreeSet;

use super::participant::Key;

/// The most wishes that may wait in one meeting.
const WISH_LIMIT: usize = 64;

/// A wish of somebody in another meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub room_id: String,
    pub peer_id: String,
    /// The connection of the one who asks.
    pub key: Key,
    /// What is to be relayed.
    pub kinds: BTreeSet<&'static str>,
}

#[derive(Debug, Default)]
pub(crate) struct Wishes(Vec<Wish>);

/// There is no place for one more.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl Wishes {
    /// Keeps a wish; the same once more is still one.
    pub fn add(&mut self, wish: Wish) -> Result<(), Full> {
        if self.0.contains(&wish) {
            return Ok(());
        }
        if self.0.len() == WISH_LIMIT {
            return Err(Full);
        }
        self.0.push(wish);
        Ok(())
    }

    /// Takes out the wish of this participant of that room.
    pub fn take(&mut self, room_id: &str, peer_id: &str) -> Option<Wish> {
        let fits = |wish: &Wish| wish.room_id == room_id && wish.peer_id == peer_id;
        let index = self.0.iter().position(fits)?;
        Some(self.0.remove(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(key: Key) -> Wish {
        Wish {
            room_id: "room".to_owned(),
            peer_id: key.to_string(),
            key,
            kinds: BTreeSet::from(["audio"]),
        }
    }

    #[test]
    fn wishes_are_few_and_answered_once() {
        let mut wishes = Wishes::default();
        for key in 0..WISH_LIMIT as Key {
            wishes.add(wish(key)).unwrap();
            wishes.add(wish(key)).unwrap();
        }
        assert_eq!(wishes.add(wish(1000)), Err(Full));
        assert_eq!(wishes.take("other", "0"), None);
        assert_eq!(wishes.take("room", "0"), Some(wish(0)));
        assert_eq!(wishes.take("room", "0"), None);
        wishes.add(wish(1000)).unwrap();
    }
}
