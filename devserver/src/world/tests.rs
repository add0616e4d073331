use super::*;
use serde_json::{Value, json};

/// Counts, so that a test knows every id beforehand. Each room id comes twice, as if the random
/// generator had repeated itself.
#[derive(Default)]
struct CountedIds {
    rooms: u32,
    objects: u32,
}

impl IdSource for CountedIds {
    fn room_id(&mut self) -> String {
        self.rooms += 1;
        format!("aaaa-bbbb-{:04}", self.rooms.div_ceil(2))
    }

    fn object_id(&mut self) -> String {
        self.objects += 1;
        format!("{:024}", self.objects)
    }
}

fn world() -> World {
    World::new(Box::<CountedIds>::default())
}

fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_milliseconds(milliseconds)
}

fn named(custom_room_id: &str) -> RoomSpec {
    RoomSpec {
        custom_room_id: Some(custom_room_id.to_owned()),
        ..RoomSpec::default()
    }
}

fn number(value: u64) -> NonZeroU64 {
    NonZeroU64::new(value).unwrap()
}

#[test]
fn a_new_room_shows_every_field() {
    let mut world = world();
    let room = world
        .create_room(RoomSpec::default(), at(1_782_894_600_125))
        .clone();
    let owner = Owner {
        api_key: "key",
        user_id: world.user_id(),
        base_url: "http://h:1",
    };
    let expected = json!({
        "roomId": "aaaa-bbbb-0001",
        "customRoomId": null,
        "userId": "000000000000000000000001",
        "apiKey": "key",
        "disabled": false,
        "geoFence": null,
        "webhook": null,
        "autoCloseConfig": null,
        "autoStartConfig": null,
        "multiComposition": null,
        "allowedParticipantIds": null,
        "createdAt": "2026-07-01T08:30:00.125Z",
        "updatedAt": "2026-07-01T08:30:00.125Z",
        "id": "000000000000000000000002",
        "links": {
            "get_room": "http://h:1/v2/rooms/aaaa-bbbb-0001",
            "get_session": "http://h:1/v2/sessions/",
        },
    });
    assert_eq!(Value::Object(room.to_json(&owner)), expected);

    let with_user = room.to_json_with_user(&owner);
    assert_eq!(with_user["user"]["id"], "000000000000000000000001");
    assert_eq!(with_user["user"]["discontinuedReason"], Value::Null);
    assert_eq!(with_user.len(), room.to_json(&owner).len() + 1);
}

#[test]
fn creating_with_the_same_own_id_answers_the_first_room_unchanged() {
    let mut world = world();
    let first = world.create_room(named("lab"), at(1)).room_id.clone();
    world.deactivate(&first, at(2)).unwrap();
    let again = RoomSpec {
        geo_fence: Some("eu001".to_owned()),
        ..named("lab")
    };
    let second = world.create_room(again, at(3));
    assert_eq!(second.room_id, first);
    assert_eq!(second.spec.geo_fence, None);
    assert_eq!(second.created_at, at(1));
    assert!(second.disabled);
    assert_eq!(world.newest_first().count(), 1);
}

#[test]
fn room_ids_are_never_given_twice() {
    let mut world = world();
    let first = world
        .create_room(RoomSpec::default(), at(1))
        .room_id
        .clone();
    let second = world
        .create_room(RoomSpec::default(), at(2))
        .room_id
        .clone();
    assert_eq!(
        (first.as_str(), second.as_str()),
        ("aaaa-bbbb-0001", "aaaa-bbbb-0002")
    );
}

#[test]
fn rooms_are_found_by_each_of_their_ids() {
    let mut world = world();
    let room = world.create_room(named("a/b?c"), at(1)).clone();
    for id in [room.room_id.as_str(), "a/b?c", room.id.as_str()] {
        assert_eq!(
            world.room(id).map(|room| room.id.as_str()),
            Some(room.id.as_str()),
            "{id}"
        );
    }
    assert!(world.room("a").is_none());
    assert!(world.room_by_room_or_custom_id("a/b?c").is_some());
    assert!(world.room_by_room_or_custom_id(&room.id).is_none());
}

#[test]
fn an_own_id_that_equals_another_rooms_id_does_not_hide_that_room() {
    let mut world = world();
    let victim = world.create_room(RoomSpec::default(), at(1)).clone();
    let copycat = world.create_room(named(&victim.room_id), at(2)).clone();
    assert_ne!(copycat.room_id, victim.room_id);
    assert_eq!(world.room(&victim.room_id).unwrap().id, victim.id);
}

#[test]
fn deactivating_needs_the_services_own_id_and_lasts() {
    let mut world = world();
    let room = world.create_room(named("lab"), at(1)).clone();
    assert_eq!(
        world.deactivate("lab", at(2)).err(),
        Some(DeactivateError::NotAServerRoomId)
    );
    assert_eq!(
        world.deactivate(&room.id, at(2)).err(),
        Some(DeactivateError::NotAServerRoomId)
    );
    assert_eq!(
        world.deactivate("nope", at(2)).err(),
        Some(DeactivateError::Unknown)
    );
    assert!(!world.room("lab").unwrap().disabled);

    let off = world.deactivate(&room.room_id, at(5)).unwrap();
    assert!(off.disabled);
    assert_eq!(off.updated_at, at(5));
    assert_eq!(
        world.deactivate(&room.room_id, at(9)).unwrap().updated_at,
        at(5)
    );
}

#[test]
fn the_reply_to_a_deactivation_carries_old_and_new_names() {
    let mut world = world();
    let room = world.create_room(named("lab"), at(1)).clone();
    let owner = Owner {
        api_key: "key",
        user_id: "user",
        base_url: "http://h:1",
    };
    let reply = room.to_json_with_legacy_names(&owner);
    assert_eq!(reply["meetingId"], reply["roomId"]);
    assert_eq!(reply["userMeetingId"], "lab");
}

#[test]
fn pages_run_from_the_newest_room_to_the_oldest() {
    let mut world = world();
    for index in 1..=5 {
        world.create_room(named(&format!("room {index}")), at(index));
    }
    let names = |page: &RoomPage<'_>| -> Vec<String> {
        page.rooms
            .iter()
            .map(|room| room.spec.custom_room_id.clone().unwrap())
            .collect()
    };
    let first = world.page(number(1), number(2), |_| true);
    assert_eq!(names(&first), ["room 5", "room 4"]);
    assert_eq!(
        (
            first.current_page,
            first.per_page,
            first.last_page,
            first.total
        ),
        (1, 2, 3, 5)
    );
    assert_eq!(
        names(&world.page(number(3), number(2), |_| true)),
        ["room 1"]
    );
    assert!(world.page(number(4), number(2), |_| true).rooms.is_empty());
    let huge = world.page(number(u64::MAX), number(u64::MAX), |_| true);
    assert!(huge.rooms.is_empty());
    assert_eq!(huge.last_page, 1);

    let one = world.page(number(1), number(20), |room| room.answers_to("room 3"));
    assert_eq!(names(&one), ["room 3"]);
    assert_eq!((one.last_page, one.total), (1, 1));
    let none = world.page(number(1), number(20), |_| false);
    assert_eq!((none.last_page, none.total, none.rooms.len()), (1, 0, 0));
}
