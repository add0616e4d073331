//! The media of one meeting: it does what the course of the meeting asks for, over two transports.

use std::sync::Arc;

use tokio::sync::{Notify, mpsc};

use super::frame::TrackKind;
use super::negotiation::{
    ConsumerParameters, DataChannelParameters, Encoding, IceParameters, Negotiated,
    TransportParameters,
};
use super::preferred_protocol::PreferredProtocol;
use super::sink::TrackSink;
use super::source::TrackSource;
use super::tracks::Tracks;
use super::transport::{Command, Settings, Transport, TransportEvent, TransportState};
use crate::choice::choice;
use crate::config;
use crate::runtime::WorkerId;
use crate::signaling::{IceServers, RelayServer};

/// How many events of the transports wait for the meeting; they take nothing more then.
const MOST_EVENTS: usize = 256;

choice! {
    /// Which way media goes, as this participant sees it.
    Direction, "direction" {
        /// To the service.
        Send = 1, "send";
        /// From the service.
        Receive = 2, "receive";
    }
}

/// Tells the tracks of a meeting apart that the app sends, whatever becomes of their producers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TrackKey(pub(crate) u64);

impl TrackKey {
    /// What events call the track, from the beginning.
    pub(crate) fn id(self) -> String {
        format!("local-{}", self.0)
    }
}

/// What is to be done with media.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum MediaAction {
    Open {
        direction: Direction,
        parameters: Box<TransportParameters>,
        negotiated: Arc<Negotiated>,
        protocol: PreferredProtocol,
    },
    /// The service knows our end.
    StartDtls(Direction),
    RestartIce {
        direction: Direction,
        parameters: IceParameters,
    },
    Produce {
        track: TrackKey,
        mid: String,
        payload_type: u8,
        encodings: Vec<Encoding>,
        /// Of each, at most.
        kbps: Vec<u32>,
    },
    StopProducing(TrackKey),
    Consume {
        id: String,
        mid: String,
        track_id: String,
        participant_id: String,
        kind: TrackKind,
        parameters: Box<ConsumerParameters>,
    },
    StopConsuming {
        id: String,
        track_id: String,
    },
    /// Nobody sends anything any more.
    ForgetTracks,
    RequestKeyFrame {
        id: String,
    },
    AddChannel {
        direction: Direction,
        parameters: DataChannelParameters,
    },
    RemoveChannel {
        direction: Direction,
        stream_id: u16,
    },
    Close(Direction),
}

/// A track that begins to be sent.
pub(crate) struct ProducerSetup {
    pub(super) track: TrackKey,
    pub(super) source: Arc<TrackSource>,
    pub(super) mid: String,
    pub(super) payload_type: u8,
    pub(super) encodings: Vec<Encoding>,
    pub(super) kbps: Vec<u32>,
}

/// A track that begins to be received.
pub(crate) struct ConsumerSetup {
    pub(super) id: String,
    pub(super) mid: String,
    pub(super) parameters: ConsumerParameters,
    pub(super) sink: Arc<TrackSink>,
}

pub(crate) struct Plane {
    worker: WorkerId,
    tracks: Arc<Tracks>,
    /// TURN servers for transports that are opened from now on.
    relays: Vec<RelayServer>,
    send: Option<Transport>,
    receive: Option<Transport>,
    sender: mpsc::Sender<(Direction, TransportEvent)>,
    events: mpsc::Receiver<(Direction, TransportEvent)>,
    /// Transports that could not even be opened.
    failed: Vec<(Direction, TransportEvent)>,
}

impl Plane {
    pub(crate) fn new(worker: WorkerId, tracks: Arc<Tracks>) -> Self {
        let (sender, events) = mpsc::channel(MOST_EVENTS);
        Self {
            worker,
            tracks,
            relays: Vec::new(),
            send: None,
            receive: None,
            sender,
            events,
            failed: Vec::new(),
        }
    }

    /// What the service has told.
    pub(crate) fn set_ice_servers(&mut self, servers: Option<&IceServers>) {
        self.relays = servers.map(IceServers::relays).unwrap_or_default();
    }

    /// What the transports tell. May be dropped and called again at any time.
    pub(crate) async fn next(&mut self) -> (Direction, TransportEvent) {
        if let Some(failed) = self.failed.pop() {
            return failed;
        }
        match self.events.recv().await {
            Some(event) => event,
            // It holds a sender itself.
            None => std::future::pending().await,
        }
    }

    fn slot(&mut self, direction: Direction) -> &mut Option<Transport> {
        match direction {
            Direction::Send => &mut self.send,
            Direction::Receive => &mut self.receive,
        }
    }

    fn command(&mut self, direction: Direction, command: Command) {
        if let Some(transport) = self.slot(direction) {
            transport.command(command);
        }
    }

    pub(crate) fn act(&mut self, action: MediaAction) {
        use Direction::{Receive, Send};
        match action {
            MediaAction::Open {
                direction,
                parameters,
                negotiated,
                protocol,
            } => self.open(direction, *parameters, negotiated, protocol),
            MediaAction::StartDtls(direction) => self.command(direction, Command::StartDtls),
            MediaAction::RestartIce {
                direction,
                parameters,
            } => self.command(direction, Command::RestartIce(parameters)),
            MediaAction::Produce {
                track,
                mid,
                payload_type,
                encodings,
                kbps,
            } => {
                if let Some(source) = self.tracks.source(track) {
                    let setup = ProducerSetup {
                        track,
                        source,
                        mid,
                        payload_type,
                        encodings,
                        kbps,
                    };
                    self.command(Send, Command::AddProducer(setup));
                }
            }
            MediaAction::StopProducing(track) => {
                self.command(Send, Command::RemoveProducer(track));
            }
            MediaAction::Consume {
                id,
                mid,
                track_id,
                participant_id,
                kind,
                parameters,
            } => {
                // On a new connection the track is still the same to the app.
                let sink = self.tracks.sink(&track_id).unwrap_or_else(|| {
                    let codec = parameters.codec;
                    let transform = Arc::clone(&self.tracks.transform);
                    let sink = TrackSink::new(&participant_id, &track_id, kind, codec, transform);
                    let sink = Arc::new(sink);
                    self.tracks.add_sink(&sink);
                    sink
                });
                let setup = ConsumerSetup {
                    id,
                    mid,
                    parameters: *parameters,
                    sink,
                };
                self.command(Receive, Command::AddConsumer(Box::new(setup)));
            }
            MediaAction::StopConsuming { id, track_id } => {
                self.tracks.remove_sink(&track_id);
                self.command(Receive, Command::RemoveConsumer(id));
            }
            MediaAction::ForgetTracks => drop(self.tracks.close()),
            MediaAction::RequestKeyFrame { id } => {
                self.command(Receive, Command::RequestKeyFrame(id));
            }
            MediaAction::AddChannel {
                direction,
                parameters,
            } => self.command(direction, Command::AddChannel(parameters)),
            MediaAction::RemoveChannel {
                direction,
                stream_id,
            } => self.command(direction, Command::RemoveChannel(stream_id)),
            MediaAction::Close(direction) => {
                *self.slot(direction) = None;
                self.tracks.close_transport(direction);
            }
        }
    }

    fn open(
        &mut self,
        direction: Direction,
        parameters: TransportParameters,
        negotiated: Arc<Negotiated>,
        protocol: PreferredProtocol,
    ) {
        let settings = Settings {
            direction,
            parameters,
            negotiated,
            protocol,
            relays: self.relays.clone(),
            client: config::current().network.client(self.worker),
            wake: Arc::new(Notify::new()),
            figures: self.tracks.open_transport(direction),
            outbox: (direction == Direction::Send).then(|| Arc::clone(&self.tracks.outbox)),
        };
        match Transport::open(self.worker, settings, self.sender.clone()) {
            Ok(transport) => *self.slot(direction) = Some(transport),
            Err(error) => {
                let state = TransportState::Failed(error.message().to_owned());
                self.failed.push((direction, TransportEvent::State(state)));
            }
        }
    }
}
