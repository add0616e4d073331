//! The realtime store of one session.

use std::collections::HashMap;

/// The most keys of one session.
const KEY_LIMIT: usize = 1000;

#[derive(Debug, Default)]
pub(crate) struct Store(HashMap<String, String>);

/// There is no place for one more key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl Store {
    /// Sets a value; none takes the key away.
    pub fn set(&mut self, key: &str, value: Option<String>) -> Result<(), Full> {
        let Some(value) = value else {
            self.0.remove(key);
            return Ok(());
        };
        if !self.0.contains_key(key) && self.0.len() == KEY_LIMIT {
            return Err(Full);
        }
        self.0.insert(key.to_owned(), value);
        Ok(())
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_store_still_changes_and_forgets() {
        let mut store = Store::default();
        let value = |text: &str| Some(text.to_owned());
        for index in 0..KEY_LIMIT {
            store.set(&index.to_string(), value("x")).unwrap();
        }
        assert_eq!(store.set("more", value("x")), Err(Full));
        store.set("0", value("y")).unwrap();
        assert_eq!(store.get("0"), Some("y"));
        store.set("0", None).unwrap();
        assert_eq!(store.get("0"), None);
        store.set("more", value("x")).unwrap();
    }
}
