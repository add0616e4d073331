//! Lists of rooms: what to ask for, and the several envelopes that the service answers in.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::reading::{number, object_in};
use super::room::{Names, Room};
use crate::error::{Error, Result, Status};
use crate::http::Address;

/// Which rooms to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomListOptions {
    page: Option<u32>,
    per_page: Option<u32>,
    query: Option<String>,
    user_id: Option<String>,
}

impl RoomListOptions {
    /// The first page of all rooms, as many as the service gives by itself (20).
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The page, counted from 1.
    ///
    /// # Errors
    ///
    /// `INVALID_ARGUMENT` for page 0.
    pub fn set_page(&mut self, page: u32) -> Result<&mut Self> {
        self.page = Some(counted("page", page)?);
        Ok(self)
    }

    /// How many rooms a page has.
    ///
    /// # Errors
    ///
    /// `INVALID_ARGUMENT` for 0.
    pub fn set_per_page(&mut self, per_page: u32) -> Result<&mut Self> {
        self.per_page = Some(counted("number per page", per_page)?);
        Ok(self)
    }

    /// Only the room with exactly this room id or custom id.
    pub fn set_query(&mut self, id: &str) -> &mut Self {
        self.query = Some(id.to_owned());
        self
    }

    /// Only the rooms of this account; for administrators.
    pub fn set_user_id(&mut self, id: &str) -> &mut Self {
        self.user_id = Some(id.to_owned());
        self
    }

    /// Adds what was asked for to the query of `url`.
    pub(crate) fn add_to(&self, address: &mut Address) {
        let wishes = [
            ("page", self.page.map(|page| page.to_string())),
            ("perPage", self.per_page.map(|number| number.to_string())),
            ("query", self.query.clone()),
            ("userId", self.user_id.clone()),
        ];
        for (key, value) in wishes {
            if let Some(value) = value {
                address.query_pairs_mut().append_pair(key, &value);
            }
        }
    }
}

fn counted(name: &str, value: u32) -> Result<u32> {
    if value == 0 {
        return Err(Error::new(
            Status::InvalidArgument,
            format!("The {name} is 0"),
            "Give 1 or more, or leave it out.",
        ));
    }
    Ok(value)
}

/// One page of rooms.
#[derive(Clone, Debug, PartialEq)]
pub struct RoomList {
    rooms: Vec<Room>,
    page: i64,
    per_page: i64,
    last_page: i64,
    total: i64,
}

/// What the envelopes tell about the page, under either of its names.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Paging {
    #[serde(deserialize_with = "number")]
    current_page: Option<i64>,
    #[serde(deserialize_with = "number")]
    page: Option<i64>,
    #[serde(deserialize_with = "number")]
    per_page: Option<i64>,
    #[serde(deserialize_with = "number")]
    last_page: Option<i64>,
    #[serde(deserialize_with = "number")]
    total_pages: Option<i64>,
    #[serde(deserialize_with = "number")]
    total: Option<i64>,
}

impl RoomList {
    /// Reads `{pageInfo, data}`, `{pagination, data}`, a bare array, or an object with its rooms
    /// under another name. `None` when there is no list, or an entry of it is not a room.
    pub(crate) fn from_json(json: &str) -> Option<Self> {
        let json = json.trim();
        if json.starts_with('[') {
            return Self::new(serde_json::from_str(json).ok()?, &Paging::default());
        }
        let fields: BTreeMap<String, &RawValue> = serde_json::from_str(json).ok()?;
        let paging = ["pageInfo", "pagination"]
            .iter()
            .find_map(|key| fields.get(*key))
            .and_then(|paging| object_in(paging.get()))
            .unwrap_or_default();
        let is_array = |value: &&&RawValue| value.get().starts_with('[');
        let named = ["data", "rooms"]
            .iter()
            .find_map(|key| fields.get(*key).filter(is_array));
        let data = named.or_else(|| fields.values().find(is_array))?;
        Self::new(serde_json::from_str(data.get()).ok()?, &paging)
    }

    fn new(entries: Vec<&RawValue>, paging: &Paging) -> Option<Self> {
        let rooms = entries
            .iter()
            .map(|entry| Room::from_json(entry.get(), Names::Legacy))
            .collect::<Option<Vec<_>>>()?;
        let count = i64::try_from(rooms.len()).ok()?;
        let per_page = paging.per_page.unwrap_or(count);
        let total = paging.total.unwrap_or(count);
        let last_page = paging.last_page.or(paging.total_pages);
        Some(Self {
            page: paging.current_page.or(paging.page).unwrap_or(1),
            last_page: last_page.unwrap_or_else(|| pages(total, per_page)),
            rooms,
            per_page,
            total,
        })
    }

    /// The rooms of this page.
    #[must_use]
    pub fn rooms(&self) -> &[Room] {
        &self.rooms
    }

    /// The number of this page, counted from 1.
    #[must_use]
    pub fn page(&self) -> i64 {
        self.page
    }

    /// How many rooms a page has; the last one may have fewer.
    #[must_use]
    pub fn per_page(&self) -> i64 {
        self.per_page
    }

    /// The number of the last page.
    #[must_use]
    pub fn last_page(&self) -> i64 {
        self.last_page
    }

    /// How many rooms there are on all pages.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.total
    }
}

/// The number of pages when the service does not tell; at least the one at hand.
fn pages(total: i64, per_page: i64) -> i64 {
    if total <= 0 || per_page <= 0 {
        return 1;
    }
    (total - 1) / per_page + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_envelope_is_read() {
        for (json, rooms, paging) in [
            (
                r#"{"pageInfo":{"currentPage":2,"perPage":1,"lastPage":3,"total":3},"data":[{"roomId":"a"}]}"#,
                1,
                (2, 1, 3, 3),
            ),
            (
                r#"{"pagination":{"page":2,"perPage":2,"totalPages":4,"total":7},"data":[{"roomId":"a"}]}"#,
                1,
                (2, 2, 4, 7),
            ),
            (
                r#"{"pageInfo":{"currentPage":"2","perPage":"5","total":"11"},"data":[]}"#,
                0,
                (2, 5, 3, 11),
            ),
            (r#"[{"roomId":"a"},{"roomId":"b"}]"#, 2, (1, 2, 1, 2)),
            (r#"{"rooms":[{"roomId":"a"}]}"#, 1, (1, 1, 1, 1)),
            (r#"{"meetings":[{"meetingId":"a"}],"x":1}"#, 1, (1, 1, 1, 1)),
            (r#"{"pageInfo":null,"data":[]}"#, 0, (1, 0, 1, 0)),
            ("[]", 0, (1, 0, 1, 0)),
        ] {
            let list = RoomList::from_json(json).expect(json);
            assert_eq!(list.rooms().len(), rooms, "{json}");
            assert_eq!(
                (list.page(), list.per_page(), list.last_page(), list.total()),
                paging,
                "{json}"
            );
        }
    }

    #[test]
    fn each_room_keeps_its_original_text() {
        let json = r#"{"data":[ {"roomId" : "a", "z": 1.0, "b": [] } ]}"#;
        let list = RoomList::from_json(json).expect(json);
        assert_eq!(
            list.rooms()[0].json(),
            r#"{"roomId" : "a", "z": 1.0, "b": [] }"#
        );
    }

    #[test]
    fn what_is_no_list_is_not_taken_for_an_empty_one() {
        for json in [
            "",
            "{}",
            "null",
            r#"{"data":{}}"#,
            r#"{"error":"x"}"#,
            r#"{"data":[1]}"#,
            r#"[{"x":1}]"#,
        ] {
            assert!(RoomList::from_json(json).is_none(), "{json}");
        }
    }

    #[test]
    fn wishes_reach_the_query() -> Result<()> {
        let mut options = RoomListOptions::new();
        options
            .set_page(2)?
            .set_per_page(5)?
            .set_query("a b&c=ä")
            .set_user_id("u");
        let rooms = Address::parse("URL", "https://a.b/v2/rooms")?;
        let mut asked = rooms.clone();
        options.add_to(&mut asked);
        assert_eq!(
            asked.url().query(),
            Some("page=2&perPage=5&query=a+b%26c%3D%C3%A4&userId=u")
        );
        let mut plain = rooms;
        RoomListOptions::new().add_to(&mut plain);
        assert_eq!(plain.url().query(), None);
        assert!(options.set_page(0).is_err() && options.set_per_page(0).is_err());
        Ok(())
    }
}
