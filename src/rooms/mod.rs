#![allow(missing_docs)]
pub struct Room;
pub struct RoomList;
pub struct RoomOptions;
pub struct RoomListOptions;
