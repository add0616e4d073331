//! Rooms.
use super::handle::object;
/// .
pub struct VsdkRoom {
    _opaque: [u8; 0],
}
/// .
pub struct VsdkRoomList {
    _opaque: [u8; 0],
}
pub(super) struct RoomObject;
object!(RoomObject, Room, VsdkRoom);
pub(super) struct RoomListObject;
object!(RoomListObject, RoomList, VsdkRoomList);
impl From<crate::Room> for RoomObject {
    fn from(_: crate::Room) -> Self {
        Self
    }
}
impl From<crate::RoomList> for RoomListObject {
    fn from(_: crate::RoomList) -> Self {
        Self
    }
}
