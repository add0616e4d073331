//! Who is sent what: the consumers that there should be are made, and their clients told.

use serde_json::{Value, json};

use super::frame::Outgoing;
use super::media::{self, DataProducer, Producer};
use super::participant::{Key, Participant};
use super::room::LiveRoom;
use super::{Rooms, Signaling};
use crate::app::App;
use crate::sfu::{self, Event};

/// A consumer that is to be made.
struct Wanted {
    route: Route,
    transport: sfu::Transport,
    what: What,
}

struct Route {
    receiver: Key,
    /// The room of the sender.
    from: String,
    sender: Key,
    /// The id of the sender.
    peer_id: String,
}

enum What {
    Media(sfu::Capabilities, Box<Producer>),
    Data(Box<DataProducer>),
}

impl What {
    fn producer_id(&self) -> &str {
        match self {
            What::Media(_, producer) => producer.id(),
            What::Data(producer) => producer.handle.id(),
        }
    }
}

/// A consumer, with the producer that it is of.
enum Made {
    Media(Box<Producer>, sfu::Consumer),
    Data(Box<DataProducer>, sfu::DataConsumer),
}

impl Made {
    fn producer_id(&self) -> &str {
        match self {
            Made::Media(producer, _) => producer.id(),
            Made::Data(producer, _) => producer.handle.id(),
        }
    }
}

impl Signaling {
    /// Makes the consumers that should be and are not, in a room and where its media is relayed to.
    /// Whoever may have made one necessary calls this afterwards.
    pub(super) async fn forward_from(&self, app: &App, room_id: &str) {
        if !sfu::FORWARDS {
            return;
        }
        let relays_to = match self.rooms().get(room_id) {
            Some(room) => room.relays_to.clone(),
            None => return,
        };
        self.forward(app, room_id).await;
        for room_id in relays_to {
            self.forward(app, &room_id).await;
        }
        self.listen(app, room_id).await;
    }

    /// Audio that is new in a room counts for who speaks there.
    async fn listen(&self, app: &App, room_id: &str) {
        let (router, new) = {
            let mut rooms = self.rooms();
            let Some(room) = rooms.get_mut(room_id) else {
                return;
            };
            let joined = room.participants.iter_mut().filter(|one| one.has_joined());
            let producers = joined.flat_map(|one| &mut one.media.producers);
            let new = producers.filter(|one| one.is_audio() && !one.listened_to);
            let new: Vec<sfu::Producer> = new
                .map(|producer| {
                    producer.listened_to = true;
                    producer.handle.clone()
                })
                .collect();
            (room.router.clone(), new)
        };
        for producer in new {
            // It only fails when the producer is gone by now.
            let _ = router.listen_to(&app.sfu, &producer).await;
        }
    }

    /// Each consumer is made once, however many call this at the same time.
    async fn forward(&self, app: &App, room_id: &str) {
        let wanted = take_wanted(&mut self.rooms(), room_id);
        for Wanted {
            route,
            transport,
            what,
        } in wanted
        {
            let made = match what {
                What::Media(capabilities, producer) => {
                    let consumer = transport
                        .consume(&app.sfu, route.receiver, &producer.handle, &capabilities)
                        .await;
                    consumer.map(|made| made.map(|consumer| Made::Media(producer, consumer)))
                }
                What::Data(producer) => {
                    let consumer = transport.consume_data(&app.sfu, &producer.handle).await;
                    consumer.map(|made| made.map(|consumer| Made::Data(producer, consumer)))
                }
            };
            // One that fails, or that the client cannot receive, is not tried again.
            if let Ok(Some(made)) = made {
                self.hand_over(room_id, &route, made);
            }
        }
    }

    /// Tells the client of its new consumer, unless receiver or producer is gone by now.
    fn hand_over(&self, room_id: &str, route: &Route, made: Made) {
        let mut rooms = self.rooms();
        let sender = rooms.get(&route.from).and_then(|room| {
            let index = room.index_of(route.sender)?;
            Some(&room.participants[index])
        });
        let Some(producer_paused) = sender.and_then(|one| paused(one, made.producer_id())) else {
            return;
        };
        let Some(room) = rooms.get_mut(room_id) else {
            return;
        };
        let Some(index) = room.index_of(route.receiver) else {
            return;
        };
        let receiver = &mut room.participants[index];
        if !receiver.media.consumed.contains(made.producer_id()) {
            return;
        }
        let id = self.request_id();
        match made {
            Made::Media(producer, handle) => {
                let told = json!({
                    "peerId": route.peer_id,
                    "producerId": producer.id(),
                    "id": handle.id(),
                    "kind": if producer.is_audio() { "audio" } else { "video" },
                    "rtpParameters": handle.rtp_parameters(),
                    "type": handle.form(),
                    "appData": app_data(&producer, &route.peer_id),
                    "producerPaused": producer_paused,
                });
                receiver
                    .outbox
                    .send(Outgoing::request(id, "newConsumer", &told));
                receiver.media.consumers.push(media::Consumer {
                    producer_id: producer.id().to_owned(),
                    kind: producer.kind,
                    told_in: id,
                    paused: false,
                    handle,
                });
            }
            Made::Data(producer, handle) => {
                let told = json!({
                    "peerId": route.peer_id,
                    "dataProducerId": producer.handle.id(),
                    "id": handle.id(),
                    "sctpStreamParameters": handle.stream_parameters(),
                    "label": producer.handle.label(),
                    "protocol": producer.handle.protocol(),
                    "appData": producer.app_data,
                });
                receiver
                    .outbox
                    .send(Outgoing::request(id, "newDataConsumer", &told));
                receiver.media.data_consumers.push(media::DataConsumer {
                    producer_id: producer.handle.id().to_owned(),
                    handle,
                });
            }
        }
    }

    /// A client has answered a request. When that told it of a consumer, it is ready for it;
    /// requests that nobody waits for only pass things on.
    pub(super) async fn answered(
        &self,
        seat: &super::Seat,
        id: u64,
        answer: Result<Value, String>,
    ) {
        let Some(Ok(_)) = self.asked.answered(id, answer) else {
            return;
        };
        let ready = {
            let rooms = self.rooms();
            let room = rooms.get(&seat.room_id);
            room.and_then(|room| {
                let receiver = &room.participants[room.index_of(seat.key)?];
                let mut consumers = receiver.media.consumers.iter();
                let told = consumers.find(|one| one.told_in == id && !one.paused)?;
                Some(told.handle.clone())
            })
        };
        if let Some(consumer) = ready {
            // It only fails when the consumer is gone by now.
            let _ = consumer.resume().await;
        }
    }

    /// Something that the media server tells on its own.
    pub(crate) fn media_event(&self, app: &App, event: Event) {
        let mut rooms = self.rooms();
        match event {
            Event::Told { key, method, data } => {
                let mut everybody = rooms.values().flat_map(|room| &room.participants);
                if let Some(one) = everybody.find(|one| one.key == key) {
                    one.notify(method, &data);
                }
            }
            Event::Speaker {
                room_id,
                producer_id,
            } => {
                let Some(room) = rooms.get_mut(&room_id) else {
                    return;
                };
                let speaker = producer_id.and_then(|id| {
                    let mut joined = room.joined();
                    let speaker = joined.find(|one| one.media.producer(&id).is_some());
                    speaker.map(|one| one.id().to_owned())
                });
                if room.speaker != speaker {
                    room.notify_all("activeSpeaker", &json!({"peerId": speaker}));
                    room.speaker = speaker;
                    app.changes.mark();
                }
            }
        }
    }
}

/// What the producer's client said of it, with what the published Python client reads there.
fn app_data(producer: &Producer, peer_id: &str) -> Value {
    let mut app_data = match &producer.app_data {
        given @ Value::Object(_) => given.clone(),
        _ => json!({}),
    };
    app_data["peerId"] = json!(peer_id);
    if app_data["encodings"].is_null() {
        app_data["encodings"] = json!([]);
    }
    app_data
}

/// Whether a producer of this participant, which has to be there, is paused.
fn paused(sender: &Participant, producer_id: &str) -> Option<bool> {
    let mut data = sender.media.data_producers.iter();
    match sender.media.producer(producer_id) {
        Some(producer) => Some(producer.paused),
        None => data
            .any(|one| one.handle.id() == producer_id)
            .then_some(false),
    }
}

/// Finds the consumers that are missing in a room, and notes that they are under way.
fn take_wanted(rooms: &mut Rooms, room_id: &str) -> Vec<Wanted> {
    let Some(room) = rooms.get(room_id) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for receiver in room.joined().filter(|one| one.receives()) {
        let Some(transport) = receiver.media.newest_transport(false) else {
            continue;
        };
        let mut add = |from: &str, sender: &Participant, what: What| {
            all.push(Wanted {
                route: Route {
                    receiver: receiver.key,
                    from: from.to_owned(),
                    sender: sender.key,
                    peer_id: sender.id().to_owned(),
                },
                transport: transport.handle.clone(),
                what,
            });
        };
        for sender in room.joined().filter(|one| one.key != receiver.key) {
            for producer in &sender.media.producers {
                if let Some(what) = wanted_media(receiver, sender, producer) {
                    add(room_id, sender, what);
                }
            }
            for producer in &sender.media.data_producers {
                if !receiver.media.consumed.contains(producer.handle.id()) {
                    add(room_id, sender, What::Data(Box::new(producer.clone())));
                }
            }
        }
        for (from, key, producer_id) in room.relayed_tracks() {
            let sender = rooms.get(from).and_then(|room| {
                let index = room.index_of(key)?;
                Some(&room.participants[index])
            });
            let track = sender.and_then(|one| Some((one, one.media.producer(producer_id)?)));
            if let Some((sender, producer)) = track
                && let Some(what) = wanted_media(receiver, sender, producer)
            {
                add(from, sender, what);
            }
        }
    }
    if let Some(room) = rooms.get_mut(room_id) {
        for wanted in &all {
            if let Some(index) = room.index_of(wanted.route.receiver) {
                let consumed = &mut room.participants[index].media.consumed;
                consumed.insert(wanted.what.producer_id().to_owned());
            }
        }
    }
    all
}

fn wanted_media(receiver: &Participant, sender: &Participant, producer: &Producer) -> Option<What> {
    let capabilities = receiver.media.capabilities.as_ref()?;
    let missing = !receiver.media.consumed.contains(producer.id());
    let wanted = missing && receiver.media.wants(sender.id(), producer);
    wanted.then(|| What::Media(capabilities.clone(), Box::new(producer.clone())))
}

impl LiveRoom {
    /// Something is not sent any more: what others got of it ends, and they are told.
    pub(super) fn stop_forwarding(&mut self, producer_ids: &[String]) {
        for one in &mut self.participants {
            for id in producer_ids {
                for (method, data) in one.media.stop_consuming(id) {
                    one.notify(method, &data);
                }
            }
        }
    }

    /// Tells those who receive this producer.
    pub(super) fn notify_consumers(&self, producer_id: &str, method: &str) {
        for one in &self.participants {
            let consumers = one.media.consumers.iter();
            for consumer in consumers.filter(|one| one.producer_id == producer_id) {
                let data = json!({"consumerId": consumer.handle.id()});
                one.notify(method, &data);
            }
        }
    }
}
