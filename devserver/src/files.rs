//! Files that participants have uploaded.

use std::sync::{Mutex, MutexGuard};

use bytes::Bytes;

/// The most bytes that all files of a run have together.
const TOTAL_LIMIT: usize = 64 * 1024 * 1024;
/// The most files of a run.
const FILE_LIMIT: usize = 10_000;

/// A file, for those who may join its room.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// Part of its address, and not to be guessed.
    pub id: String,
    pub room_id: String,
    pub bytes: Bytes,
}

/// The files of one run.
#[derive(Debug, Default)]
pub(crate) struct Files(Mutex<Vec<File>>);

/// There is no place for the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

impl Files {
    pub fn add(&self, file: File) -> Result<(), Full> {
        let mut files = self.files();
        let total: usize = files.iter().map(|file| file.bytes.len()).sum();
        if files.len() == FILE_LIMIT || total + file.bytes.len() > TOTAL_LIMIT {
            return Err(Full);
        }
        files.push(file);
        Ok(())
    }

    pub fn get(&self, id: &str) -> Option<File> {
        self.files().iter().find(|file| file.id == id).cloned()
    }

    fn files(&self) -> MutexGuard<'_, Vec<File>> {
        self.0
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_a_limit_together() {
        let files = Files::default();
        let file = |id: &str, bytes: usize| File {
            id: id.to_owned(),
            room_id: "room".to_owned(),
            bytes: vec![0; bytes].into(),
        };
        files.add(file("a", TOTAL_LIMIT - 1)).unwrap();
        assert_eq!(files.add(file("b", 2)), Err(Full));
        files.add(file("c", 1)).unwrap();
        assert!(files.get("b").is_none());
        assert_eq!(files.get("c").unwrap().bytes.len(), 1);
    }
}
