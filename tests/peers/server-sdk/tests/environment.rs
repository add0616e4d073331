//! The SDK as its README begins: everything comes from the environment.

use std::env;

use videosdk::{Client, RoomCreateParams};

#[tokio::test]
async fn a_client_without_a_word_of_configuration_finds_the_local_service() {
    let endpoint = env::var("VIDEOSDK_API_ENDPOINT")
        .expect("tests/peers/test.sh starts a service and names it in VIDEOSDK_API_ENDPOINT");
    let client = Client::new().unwrap();
    assert_eq!(client.base_url(), endpoint);
    let room = client.rooms().create(RoomCreateParams::default()).await;
    assert!(!room.unwrap().room_id.is_empty());
}
