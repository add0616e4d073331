//! The characters of one session: they come and go, and that is all.

use serde_json::Value;

/// The most characters of one session: everybody who joins is told of each.
const CHARACTER_LIMIT: usize = 16;

/// A character as its clients made it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Character {
    pub id: String,
    pub interaction_id: String,
    /// What everybody is told of it.
    pub data: Value,
}

impl Character {
    /// What to call it: its id when it has no name.
    pub fn name(&self) -> String {
        let name = self.data["displayName"].as_str();
        name.unwrap_or(&self.id).to_owned()
    }
}

#[derive(Debug, Default)]
pub(crate) struct Characters(Vec<Character>);

/// Why a character does not join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotAdded {
    Present,
    Full,
}

impl Characters {
    pub fn add(&mut self, character: Character) -> Result<(), NotAdded> {
        let taken = |one: &Character| {
            one.id == character.id || one.interaction_id == character.interaction_id
        };
        if self.0.iter().any(taken) {
            return Err(NotAdded::Present);
        }
        if self.0.len() == CHARACTER_LIMIT {
            return Err(NotAdded::Full);
        }
        self.0.push(character);
        Ok(())
    }

    /// Takes the one out that has this interaction, or else this id.
    pub fn remove(&mut self, interaction_id: Option<&str>, id: Option<&str>) -> Option<Character> {
        let index = self.0.iter().position(|one| match interaction_id {
            Some(interaction_id) => one.interaction_id == interaction_id,
            None => Some(one.id.as_str()) == id,
        })?;
        Some(self.0.remove(index))
    }

    pub fn has_interaction(&self, interaction_id: &str) -> bool {
        self.0
            .iter()
            .any(|one| one.interaction_id == interaction_id)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Character> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn character(id: &str, interaction_id: &str) -> Character {
        Character {
            id: id.to_owned(),
            interaction_id: interaction_id.to_owned(),
            data: Value::Null,
        }
    }

    #[test]
    fn no_two_have_the_same_id_or_interaction() {
        let mut characters = Characters::default();
        characters.add(character("a", "1")).unwrap();
        for twice in [character("a", "2"), character("b", "1")] {
            assert_eq!(characters.add(twice), Err(NotAdded::Present));
        }
        characters.add(character("b", "2")).unwrap();
        // The interaction counts when there is one.
        assert_eq!(characters.remove(Some("3"), Some("a")), None);
        assert_eq!(
            characters.remove(Some("2"), Some("a")),
            Some(character("b", "2"))
        );
        assert_eq!(
            characters.remove(None, Some("a")),
            Some(character("a", "1"))
        );
        assert_eq!(characters.remove(None, None), None);
        assert_eq!(characters.iter().count(), 0);
    }

    #[test]
    fn a_full_session_takes_no_more() {
        let mut characters = Characters::default();
        for index in 0..CHARACTER_LIMIT {
            let name = index.to_string();
            characters.add(character(&name, &name)).unwrap();
        }
        let more = character("more", "more");
        assert_eq!(characters.add(more.clone()), Err(NotAdded::Full));
        characters.remove(None, Some("0")).unwrap();
        characters.add(more).unwrap();
    }
}
