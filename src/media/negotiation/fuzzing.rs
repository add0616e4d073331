//! What is made of the service's JSON, and what is sent because of it.

use serde_json::Value;

use super::{
    Capabilities, Codec, ConsumerParameters, DataChannelParameters, Encoding, IceParameters, Kind,
    Negotiated, OpusOptions, ProducerParameters, TransportParameters, connect_request,
};
use crate::Result;

/// What is spoken in a room.
pub struct Room(Negotiated);

impl Room {
    /// From what the service's router can do.
    pub fn negotiate(router: &Value) -> Result<Self> {
        Capabilities::default().negotiate(router).map(Self)
    }

    /// What the service is told that can be received.
    pub fn told(&self) -> Value {
        self.0.receive_capabilities()
    }

    /// What is announced with each codec: what kind it is of, and how it is sent.
    pub fn produced(&self) -> Vec<(&'static str, Value)> {
        let kinds = [Kind::Audio, Kind::Video].into_iter();
        let codecs = kinds.flat_map(|kind| self.0.codecs(kind));
        let announced = codecs.map(|codec| {
            let repair = codec.retransmission_payload_type.map(|_| 2);
            let parameters = ProducerParameters {
                mid: "0",
                codec,
                cname: "c",
                encodings: &[Encoding::single(1, repair)],
                opus: Some(OpusOptions {
                    stereo: true,
                    dtx: false,
                    fec: true,
                    packet_time: Some(20),
                }),
            };
            let json = parameters.to_json(&self.0).expect("one encoding");
            (codec.codec.kind().name(), json)
        });
        announced.collect()
    }

    /// Whether one of that name can be sent there.
    pub fn can_send(&self, mime_type: &str) -> Result<bool> {
        let Some(codec) = Codec::from_mime_type(mime_type) else {
            return Ok(false);
        };
        self.0
            .codec_for_sending(codec.kind(), Some(codec))
            .map(|found| found.codec == codec)
    }
}

/// The service's end of a transport: what it is, for a person, and what connects it.
pub fn media_transport(reply: &Value, fingerprint: &str) -> Result<(String, Result<Value>)> {
    let parameters = TransportParameters::read(reply)?;
    let request = connect_request(&parameters.id, fingerprint);
    Ok((format!("{parameters:?}"), request))
}

/// Fresh credentials, for a person.
pub fn ice_restart(reply: &Value) -> Result<String> {
    IceParameters::read_restart(reply).map(|parameters| format!("{parameters:?}"))
}

/// A track that comes: its MIME type, its SSRC, and how many sizes and rates it has.
pub fn consumer(parameters: &Value) -> Result<(String, u32, [u8; 2])> {
    let read = ConsumerParameters::read(parameters)?;
    let layers = [read.spatial_layers, read.temporal_layers];
    Ok((read.codec.mime_type(), read.ssrc, layers))
}

/// A channel for data: what this library would announce it with.
pub fn data_channel(consumer: &Value) -> Result<Value> {
    DataChannelParameters::read(consumer).map(|parameters| parameters.to_json())
}
