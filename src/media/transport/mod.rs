//! A transport: sockets, and ICE, DTLS, SRTP and SCTP over them, in a task of its own.
//!
//! The types of the WebRTC library stay in here. It is driven without SDP; where its direct
//! interface is used against its rules it panics: that is caught, and the transport has failed.

mod certificate;
mod connection;
mod framing;
#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod peer;
mod relay;
mod rtp;
mod sockets;
mod tcp;
mod udp;
mod unsent;
mod ways;

use std::collections::VecDeque;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use tokio::sync::{Notify, mpsc};
use tokio::time::{Sleep, sleep_until, timeout_at};

use super::negotiation::{
    DataChannelParameters, IceParameters, Negotiated, TcpKind, TransportParameters,
    TransportProtocol,
};
use super::outbox::Outbox;
use super::plane::{ConsumerSetup, Direction, ProducerSetup, TrackKey};
use super::preferred_protocol::PreferredProtocol;
use super::tracks::Figures;
use crate::Result;
use crate::http::Client;
use crate::runtime::{WorkerId, engine, panics};
use crate::signaling::{RelayServer, RelayTransport};
use peer::{Output, Peer};
use sockets::{Happened, Local, Sockets};
use ways::{Kind, Offers, Step, Ways};

/// How long sending the goodbye may take.
const GOODBYE: Duration = Duration::from_millis(200);

/// How many datagrams are taken before other things get their turn.
const BATCH: usize = 64;

/// How often a moment that has come is told before a packet comes out of it: once to make packets of a
/// frame, once for the pacer, and some to spare. Beyond that a timer keeps a defect from turning for ever.
const MOST_IDLE_TURNS: usize = 8;

/// Larger ones are none of ours.
const DATAGRAM_BYTES: usize = 2048;

/// How a transport stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TransportState {
    Connected,
    /// The way is lost; it may come back.
    Disconnected,
    /// Over, and why.
    Failed(String),
}

/// What a transport tells.
#[derive(Debug)]
pub(crate) enum TransportEvent {
    /// It is there, and known by that fingerprint, e.g. `sha-256 AB:01:...`.
    Opened {
        fingerprint: String,
    },
    State(TransportState),
    /// Something does not work, for a person; others go on.
    Warning(String),
    /// What comes for the consumer will be taken.
    ConsumerReady {
        id: String,
    },
    KeyFrameWanted {
        track: TrackKey,
    },
    /// The encoder should do something else for that layer.
    TargetChanged {
        track: TrackKey,
        layer: u8,
    },
    /// The network begins or ceases to leave a picture less than it wants.
    LimitationChanged {
        track: TrackKey,
        is_limited: bool,
        /// Of all its layers together.
        wanted_kbps: u32,
        granted_kbps: u32,
    },
    /// The encoder does not keep up: pictures are smaller than they should be, or whole again.
    PictureReduced {
        track: TrackKey,
        reduced_by: f64,
    },
    Data {
        stream_id: u16,
        is_text: bool,
        data: Vec<u8>,
    },
}

/// What a transport is told.
pub(crate) enum Command {
    /// The service knows this end.
    StartDtls,
    RestartIce(IceParameters),
    AddProducer(ProducerSetup),
    RemoveProducer(TrackKey),
    AddConsumer(Box<ConsumerSetup>),
    RemoveConsumer(String),
    RequestKeyFrame(String),
    AddChannel(DataChannelParameters),
    RemoveChannel(u16),
}

/// What a transport is made of.
pub(crate) struct Settings {
    pub(crate) direction: Direction,
    pub(crate) parameters: TransportParameters,
    pub(crate) negotiated: Arc<Negotiated>,
    pub(crate) protocol: PreferredProtocol,
    /// TURN servers.
    pub(crate) relays: Vec<RelayServer>,
    /// Whom TLS trusts.
    pub(crate) client: Client,
    /// Told by what has something to send.
    pub(crate) wake: Arc<Notify>,
    /// Where its figures are kept.
    pub(crate) figures: Figures,
    /// Data that is to be sent, where any is.
    pub(crate) outbox: Option<Arc<Outbox>>,
}

impl Settings {
    fn sends(&self) -> bool {
        self.direction == Direction::Send
    }

    /// Where the service can be reached.
    fn remote_addresses(&self, protocol: TransportProtocol) -> Vec<SocketAddr> {
        let candidates = self.parameters.candidates.iter();
        candidates
            .filter(|candidate| candidate.protocol == protocol)
            // One that wants to connect itself never knows where to.
            .filter(|candidate| candidate.tcp_kind != Some(TcpKind::Active))
            .map(|candidate| SocketAddr::new(candidate.address, candidate.port))
            .collect()
    }

    /// The TURN servers that are reached by what is preferred.
    fn suitable_relays(&self) -> Vec<RelayServer> {
        let relays = self.relays.iter();
        let suits = |relay: &&RelayServer| match self.protocol {
            PreferredProtocol::UdpOverTcp => true,
            PreferredProtocol::UdpOnly => relay.transport == RelayTransport::Udp,
            PreferredProtocol::TcpOnly => relay.transport != RelayTransport::Udp,
        };
        relays.filter(suits).cloned().collect()
    }
}

/// A transport that runs. When it is dropped, it says goodbye and ends.
pub(crate) struct Transport {
    commands: mpsc::UnboundedSender<Command>,
}

impl Transport {
    /// Begins to look for a way to the service.
    pub(crate) fn open(
        worker: WorkerId,
        settings: Settings,
        events: mpsc::Sender<(Direction, TransportEvent)>,
    ) -> Result<Self> {
        let (commands, received) = mpsc::unbounded_channel();
        engine()?.spawn_on(worker, run(settings, received, events))?;
        Ok(Self { commands })
    }

    pub(crate) fn command(&self, command: Command) {
        // One that has failed takes none any more, and has said so.
        let _ = self.commands.send(command);
    }
}

async fn run(
    settings: Settings,
    commands: mpsc::UnboundedReceiver<Command>,
    events: mpsc::Sender<(Direction, TransportEvent)>,
) {
    let direction = settings.direction;
    // To make a transport takes a while; whoever waits for the join is told first.
    tokio::task::yield_now().await;
    let outcome = contained(Task::run(settings, commands, events.clone())).await;
    if let Err(reason) = outcome {
        let failed = TransportEvent::State(TransportState::Failed(reason));
        let _ = events.send((direction, failed)).await;
    }
}

/// A defect of the WebRTC library ends what runs here, with a reason, and nothing else.
async fn contained(
    running: impl Future<Output = std::result::Result<(), String>>,
) -> std::result::Result<(), String> {
    let mut running = pin!(running);
    poll_fn(
        |context| match panics::caught(|| running.as_mut().poll(context)) {
            Ok(polled) => polled,
            Err(panic) => Poll::Ready(Err(panic.message().to_owned())),
        },
    )
    .await
}

struct Task {
    direction: Direction,
    has_data: bool,
    remote_udp: Vec<SocketAddr>,
    remote_tcp: Vec<SocketAddr>,
    relays: Vec<RelayServer>,
    client: Client,
    peer: Peer,
    ways: Ways,
    sockets: Sockets,
    /// Those that have not been taken yet. As long as there are any, nothing is received.
    events: VecDeque<TransportEvent>,
    wait_until: Instant,
    buffer: Box<[u8]>,
}

impl Task {
    async fn run(
        settings: Settings,
        mut commands: mpsc::UnboundedReceiver<Command>,
        events: mpsc::Sender<(Direction, TransportEvent)>,
    ) -> std::result::Result<(), String> {
        let identity = certificate::identity().map_err(|error| error.to_string())?;
        let remote_udp = settings.remote_addresses(TransportProtocol::Udp);
        let remote_tcp = settings.remote_addresses(TransportProtocol::Tcp);
        let relays = settings.suitable_relays();
        let offers = Offers {
            udp: !remote_udp.is_empty(),
            tcp: !remote_tcp.is_empty(),
            // They reach the service by UDP, however they are reached themselves.
            relays: !relays.is_empty() && !remote_udp.is_empty(),
        };
        let now = Instant::now();
        let ways = Ways::new(settings.protocol, offers, now);
        if ways.is_empty() {
            let wanted = settings.protocol.name();
            return Err(format!(
                "the service offers nothing that suits the preferred protocol {wanted}"
            ));
        }
        let wake = Arc::clone(&settings.wake);
        let mut task = Self {
            direction: settings.direction,
            has_data: settings.parameters.sctp.is_some(),
            peer: Peer::new(&settings, identity, now),
            remote_udp,
            remote_tcp,
            relays,
            client: settings.client.clone(),
            ways,
            sockets: Sockets::default(),
            events: VecDeque::from([TransportEvent::Opened {
                fingerprint: format!("sha-256 {}", identity.fingerprint),
            }]),
            wait_until: now,
            buffer: vec![0; DATAGRAM_BYTES].into(),
        };
        task.time_passed()?;
        let mut timer = pin!(sleep_until(now.into()));
        loop {
            task.take_outputs()?;
            task.set(timer.as_mut());
            let is_behind = !task.events.is_empty();
            tokio::select! {
                command = commands.recv() => match command {
                    Some(command) => task.obey(command)?,
                    None => return task.say_goodbye().await,
                },
                permit = events.reserve(), if is_behind => {
                    if let (Ok(permit), Some(event)) = (permit, task.events.pop_front()) {
                        permit.send((task.direction, event));
                    }
                }
                () = wake.notified() => task.send()?,
                () = task.sockets.ready(), if !is_behind => task.receive()?,
                () = timer.as_mut() => task.time_passed()?,
            }
        }
    }

    fn set(&self, timer: std::pin::Pin<&mut Sleep>) {
        let until = match self.ways.wait_until() {
            Some(until) => until.min(self.wait_until),
            None => self.wait_until,
        };
        let until = until.into();
        if timer.deadline() != until || timer.is_elapsed() {
            timer.reset(until);
        }
    }

    fn obey(&mut self, command: Command) -> std::result::Result<(), String> {
        match command {
            Command::StartDtls => self.peer.start_dtls(self.has_data)?,
            Command::RestartIce(parameters) => {
                self.peer.restart_ice(&parameters);
                self.ways.start_over(Instant::now());
                self.open_anew();
            }
            Command::AddProducer(setup) => self.peer.add_producer(setup),
            Command::RemoveProducer(track) => self.peer.remove_producer(track),
            Command::AddConsumer(setup) => self.peer.add_consumer(*setup),
            Command::RemoveConsumer(id) => self.peer.remove_consumer(&id),
            Command::RequestKeyFrame(id) => self.peer.request_key_frame(&id, Instant::now()),
            Command::AddChannel(parameters) => self.peer.add_channel(&parameters),
            Command::RemoveChannel(stream_id) => self.peer.remove_channel(stream_id),
        }
        Ok(())
    }

    fn time_passed(&mut self) -> std::result::Result<(), String> {
        let now = Instant::now();
        self.peer.time_passed(now)?;
        while let Some(step) = self.ways.due(now) {
            match step {
                Step::Open(kind) => {
                    if let Err(error) = self.open(kind) {
                        if self.ways.is_last(kind) {
                            return Err(format!("no socket reaches the service: {error}"));
                        }
                        self.ways.skip(now);
                    }
                }
                Step::Leave(kind) => {
                    let left = self.sockets.close_kind(kind);
                    self.leave(&left);
                }
                Step::StartOver => self.open_anew(),
            }
        }
        Ok(())
    }

    fn open(&mut self, kind: Kind) -> io::Result<()> {
        match kind {
            Kind::Udp => self.sockets.open_udp(&self.remote_udp)?,
            Kind::Tcp => self.sockets.open_tcp(&self.remote_tcp),
            Kind::Relays => {
                self.sockets
                    .open_relays(&self.relays, &self.client, &self.remote_udp);
            }
        }
        Ok(())
    }

    /// New sockets of all kinds that were needed: the network may be another one.
    fn open_anew(&mut self) {
        let left = self.sockets.close();
        self.leave(&left);
        for kind in self.ways.needed().to_vec() {
            // Without a network nothing can be opened; after a while it is tried again.
            let _ = self.open(kind);
        }
    }

    fn leave(&mut self, addresses: &[Local]) {
        for address in addresses {
            self.peer.remove_address(*address);
        }
    }

    fn take_outputs(&mut self) -> std::result::Result<(), String> {
        let mut now = Instant::now();
        let mut idle_turns = 0;
        loop {
            let output = self.peer.poll(now)?;
            // What was sent took its time, in which the next may have become due.
            if let Output::Wait(until) = &output
                && *until > now
            {
                now = Instant::now();
            }
            match output {
                // So it is with every frame that was handed on, and before each packet of pictures. A
                // timer would take its time, up to a millisecond, and two system calls.
                Output::Wait(until) if until <= now && idle_turns < MOST_IDLE_TURNS => {
                    idle_turns += 1;
                    self.peer.time_passed(now)?;
                }
                Output::Wait(until) => {
                    self.wait_until = until;
                    self.ways.set_connected(self.peer.has_way(), now);
                    return Ok(());
                }
                Output::Event(event) => self.events.push_back(event),
                Output::Transmit {
                    protocol,
                    source,
                    destination,
                    datagram,
                } => {
                    idle_turns = 0;
                    self.sockets.send(protocol, source, destination, datagram);
                }
            }
        }
    }

    fn send(&mut self) -> std::result::Result<(), String> {
        self.peer.send_frames(Instant::now());
        self.take_outputs()?;
        while self.peer.send_data() {
            self.take_outputs()?;
        }
        Ok(())
    }

    fn receive(&mut self) -> std::result::Result<(), String> {
        for _ in 0..BATCH {
            let Some(happened) = self.sockets.take(&mut self.buffer) else {
                return Ok(());
            };
            let now = Instant::now();
            match happened {
                Happened::Received {
                    local,
                    source,
                    length,
                } => {
                    // By UDP anybody may send.
                    if local.kind() != Kind::Udp || self.remote_udp.contains(&source) {
                        self.ways.heard(local.kind(), now);
                    }
                    let datagram = &self.buffer[..length];
                    self.peer.receive(local, source, datagram, now)?;
                }
                Happened::Opened(local) => {
                    self.peer.add_address(local);
                    self.peer.time_passed(now)?;
                }
                Happened::Closed(local) => {
                    self.peer.remove_address(local);
                    self.peer.time_passed(now)?;
                }
                Happened::Warning(text) => self.events.push_back(TransportEvent::Warning(text)),
            }
            self.take_outputs()?;
        }
        Ok(())
    }

    async fn say_goodbye(mut self) -> std::result::Result<(), String> {
        self.peer.close();
        let until = Instant::now() + GOODBYE;
        // Whatever is wrong by now, it is over.
        while self.take_outputs().is_ok() && self.wait_until <= until {
            sleep_until(self.wait_until.into()).await;
            if self.peer.time_passed(Instant::now()).is_err() {
                break;
            }
        }
        let _ = timeout_at(until.into(), self.sockets.flushed()).await;
        self.sockets.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tokio::task::yield_now;

    use super::*;

    /// In every profile that is delivered: containment needs panics that unwind.
    #[tokio::test]
    async fn a_defect_ends_the_transport_with_a_reason() {
        let (sender, dropped) = tokio::sync::oneshot::channel::<()>();
        let outcome = contained(async move {
            let _sender = sender;
            yield_now().await;
            let streams: Vec<u8> = Vec::new();
            let index = std::hint::black_box(3);
            assert_eq!(streams[index], 0);
            Ok(())
        });
        let reason = outcome.await.expect_err("it ends");
        assert!(reason.contains("index is 3"), "{reason}");
        // What it held is given back, and the thread goes on.
        assert!(dropped.await.is_err());
        assert_eq!(contained(async { Ok(()) }).await, Ok(()));
        let refused = contained(async { Err("closed".to_owned()) });
        assert_eq!(refused.await, Err("closed".to_owned()));
    }
}
