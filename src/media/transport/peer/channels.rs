//! Channels for data, each on a stream of SCTP that both ends know it by.
//!
//! One stream is one channel. str0m takes a second one for a defect, also while the first is still
//! being closed, and the service gives the streams of those that have left to others.

use std::sync::Arc;

use str0m::channel::{ChannelConfig, ChannelData, ChannelId, Reliability as ChannelReliability};

use super::Peer;
use crate::media::negotiation::DataChannelParameters;
use crate::media::transport::TransportEvent;

#[derive(Default)]
pub(super) struct Channels {
    all: Vec<Channel>,
    /// Those that come once the one before on their stream is closed.
    postponed: Vec<DataChannelParameters>,
}

struct Channel {
    id: ChannelId,
    stream_id: u16,
    is_open: bool,
    /// It is there until the library has said that it is not.
    is_closing: bool,
}

impl Channels {
    fn on(&mut self, stream_id: u16) -> Option<&mut Channel> {
        let mut all = self.all.iter_mut();
        all.find(|one| one.stream_id == stream_id)
    }

    fn known(&mut self, id: ChannelId) -> Option<&mut Channel> {
        self.all.iter_mut().find(|one| one.id == id)
    }
}

impl Peer {
    pub(in crate::media::transport) fn add_channel(&mut self, parameters: &DataChannelParameters) {
        let channels = &mut self.channels;
        let Some(before) = channels.on(parameters.stream_id) else {
            return self.open_channel(parameters);
        };
        // Should the service have forgotten to close it, it goes on as what it is.
        if before.is_closing {
            let postponed = &mut channels.postponed;
            postponed.retain(|one| one.stream_id != parameters.stream_id);
            postponed.push(parameters.clone());
        }
    }

    fn open_channel(&mut self, parameters: &DataChannelParameters) {
        let reliability = match parameters.max_retransmits {
            Some(retransmits) => ChannelReliability::MaxRetransmits { retransmits },
            None => ChannelReliability::Reliable,
        };
        let id = self.rtc.direct_api().create_data_channel(ChannelConfig {
            label: parameters.label.clone(),
            ordered: parameters.ordered,
            reliability,
            negotiated: Some(parameters.stream_id),
            protocol: parameters.protocol.clone(),
        });
        self.channels.all.push(Channel {
            id,
            stream_id: parameters.stream_id,
            is_open: false,
            is_closing: false,
        });
    }

    pub(in crate::media::transport) fn remove_channel(&mut self, stream_id: u16) {
        let channels = &mut self.channels;
        channels.postponed.retain(|one| one.stream_id != stream_id);
        if let Some(channel) = channels.on(stream_id) {
            channel.is_open = false;
            channel.is_closing = true;
            let id = channel.id;
            self.rtc.direct_api().close_data_channel(id);
        }
    }

    pub(super) fn channel_opened(&mut self, id: ChannelId) {
        match self.channels.known(id) {
            // Before it was open it could not be closed.
            Some(channel) if channel.is_closing => self.rtc.direct_api().close_data_channel(id),
            Some(channel) => {
                channel.is_open = true;
                if let Some(outbox) = self.outbox.as_ref().filter(|_| !self.is_closed) {
                    outbox.begin(&self.wake);
                }
            }
            None => {}
        }
    }

    pub(super) fn channel_closed(&mut self, id: ChannelId) {
        let channels = &mut self.channels;
        let Some(index) = channels.all.iter().position(|one| one.id == id) else {
            return;
        };
        let closed = channels.all.remove(index);
        let mut postponed = channels.postponed.iter();
        if let Some(next) = postponed.position(|one| one.stream_id == closed.stream_id) {
            let next = channels.postponed.remove(next);
            self.open_channel(&next);
        }
    }

    pub(super) fn data_came(&mut self, data: ChannelData) {
        let channel = self.channels.known(data.id);
        if let Some(channel) = channel.filter(|channel| !channel.is_closing) {
            self.events.push_back(TransportEvent::Data {
                stream_id: channel.stream_id,
                is_text: !data.binary,
                data: data.data,
            });
        }
    }

    /// Sends the next message that waits; whether there may be more. Outputs have to be taken in
    /// between.
    pub(in crate::media::transport) fn send_data(&mut self) -> bool {
        if self.channels.all.iter().all(|channel| !channel.is_open) {
            return false;
        }
        let Some(outbox) = self.outbox.as_ref().map(Arc::clone) else {
            return false;
        };
        let Some(datum) = outbox.pop() else {
            return false;
        };
        let channel = self.channels.on(datum.reliability.stream_id());
        let id = channel.map(|channel| channel.id);
        let channel = id.and_then(|id| self.rtc.channel(id));
        let written = channel.and_then(|mut one| one.write(!datum.is_text, &datum.data).ok());
        if written != Some(true) {
            outbox.put_back(datum);
            return false;
        }
        true
    }
}
