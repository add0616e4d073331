//! The calls of the rooms API as operations: started here, carried out on the library's threads.

use std::sync::Arc;

use super::{Access, Room, RoomList, RoomListOptions, RoomOptions};
use crate::config::{self, Config};
use crate::redact::Secret;
use crate::runtime::{Operation, Prepared, Timeout};
use crate::{Error, Result, log};

/// Whose token a request carries, where it goes, and how long it may take.
#[derive(Clone, Debug, Default)]
pub struct RequestOptions {
    token: Option<Secret>,
    api_base_url: Option<String>,
    timeout: Timeout,
}

impl RequestOptions {
    /// The configured token and server, and 30 seconds.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Another token than the configured one.
    pub fn set_token(&mut self, token: Option<&str>) -> &mut Self {
        self.token = token.map(Secret::new);
        self
    }

    /// Another base URL than the configured one.
    pub fn set_api_base_url(&mut self, url: Option<&str>) -> &mut Self {
        self.api_base_url = url.map(str::to_owned);
        self
    }

    /// How long the call may take in all, with every retry.
    pub fn set_timeout(&mut self, timeout: impl Into<Timeout>) -> &mut Self {
        self.timeout = timeout.into();
        self
    }
}

/// Creates a room. With a custom id that exists already, the service gives the existing room.
pub fn create_room(options: &RoomOptions, request: &RequestOptions) -> Operation<Room> {
    running(RoomCall::create(options), request)
}

/// The room with that room id or custom id, if it exists and belongs to the token's account.
pub fn validate_room(id: &str, request: &RequestOptions) -> Operation<Room> {
    running(RoomCall::Validate(id.to_owned()), request)
}

/// The room with that room id, custom id or database id.
pub fn get_room(id: &str, request: &RequestOptions) -> Operation<Room> {
    running(RoomCall::Get(id.to_owned()), request)
}

/// Closes a room for good: nobody can join it any more. Takes the service's room id only.
pub fn deactivate_room(room_id: &str, request: &RequestOptions) -> Operation<Room> {
    running(RoomCall::Deactivate(room_id.to_owned()), request)
}

/// The rooms of the token's account, one page at a time.
pub fn list_rooms(options: &RoomListOptions, request: &RequestOptions) -> Operation<RoomList> {
    Operation::of(LIST, list_call(options.clone(), request))
}

fn running(call: RoomCall, request: &RequestOptions) -> Operation<Room> {
    let name = call.name();
    Operation::of(name, call.on(request))
}

/// A call that results in one room.
pub(crate) enum RoomCall {
    /// As the JSON of the options says.
    Create(String),
    Validate(String),
    Get(String),
    Deactivate(String),
}

const LIST: &str = "rooms_list";

impl RoomCall {
    pub(crate) fn create(options: &RoomOptions) -> Self {
        RoomCall::Create(options.to_json())
    }

    /// The name of the operation, as in C.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            RoomCall::Create(_) => "create_room",
            RoomCall::Validate(_) => "room_validate",
            RoomCall::Get(_) => "room_get",
            RoomCall::Deactivate(_) => "room_deactivate",
        }
    }

    /// Finds what is wrong with the arguments at once, not when the operation has begun.
    fn check(&self) -> Result<()> {
        match self {
            RoomCall::Create(_) => Ok(()),
            RoomCall::Validate(id) | RoomCall::Get(id) => super::access::check_id(id),
            RoomCall::Deactivate(id) => super::access::check_not_empty(id),
        }
    }

    /// The call, once its arguments are found to be in order.
    pub(crate) fn on(self, request: &RequestOptions) -> Result<Prepared<Room>> {
        let name = self.name();
        let (config, access) = self
            .check()
            .and_then(|()| access(request, self.room_id()))
            .map_err(|error| error.during(name))?;
        Ok(Prepared::new(
            name,
            request.timeout,
            move |worker, deadline| async move {
                let client = &config.network.client(worker);
                let outcome = match self {
                    RoomCall::Create(options) => {
                        super::create(client, &access, options, deadline).await
                    }
                    RoomCall::Validate(id) => super::validate(client, &access, &id, deadline).await,
                    RoomCall::Get(id) => super::get(client, &access, &id, deadline).await,
                    RoomCall::Deactivate(id) => {
                        super::deactivate(client, &access, &id, deadline).await
                    }
                };
                told(name, outcome)
            },
        ))
    }

    /// The room that a restricted token would have to be for.
    fn room_id(&self) -> Option<&str> {
        match self {
            // A custom id is not the id that a token names.
            RoomCall::Create(_) | RoomCall::Validate(_) | RoomCall::Get(_) => None,
            RoomCall::Deactivate(id) => Some(id),
        }
    }
}

/// Listing, once its arguments are found to be in order.
pub(crate) fn list_call(
    options: RoomListOptions,
    request: &RequestOptions,
) -> Result<Prepared<RoomList>> {
    let (config, access) = access(request, None).map_err(|error| error.during(LIST))?;
    Ok(Prepared::new(
        LIST,
        request.timeout,
        move |worker, deadline| async move {
            told(
                LIST,
                super::list(&config.network.client(worker), &access, &options, deadline).await,
            )
        },
    ))
}

fn access(request: &RequestOptions, room_id: Option<&str>) -> Result<(Arc<Config>, Access)> {
    let config = config::current();
    let (token, base_url) = (request.token.as_ref(), request.api_base_url.as_deref());
    let access = config.access(token, base_url, room_id)?;
    Ok((config, access))
}

/// Logs how a call ended.
fn told<T>(name: &'static str, outcome: Result<T, Error>) -> Result<T> {
    log::record(log::Level::Debug, "rooms", || match &outcome {
        Ok(_) => format!("{name} succeeded"),
        Err(error) => format!("{name} failed: {error}"),
    });
    outcome
}
