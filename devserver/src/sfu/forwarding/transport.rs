//! A transport: one connection of ICE and DTLS with a client.

use mediasoup::prelude::{Transport as _, *};
use mediasoup::types::data_structures::DtlsFingerprint;
use serde_json::{Map, Value, json};

use super::data::{DataConsumer, DataProducer};
use super::engine::Sfu;
use super::parameters::{self, Capabilities};
use super::tracks::{Consumer, Producer};
use crate::sfu::Failed;

#[derive(Clone)]
pub(crate) struct Transport {
    id: String,
    transport: WebRtcTransport,
}

impl Transport {
    pub(super) fn new(transport: WebRtcTransport, sfu: &Sfu) -> Transport {
        let closed = sfu.counters.transports.opened();
        Transport::on_close(&transport, closed);
        Transport {
            id: transport.id().to_string(),
            transport,
        }
    }

    fn on_close(transport: &WebRtcTransport, closed: impl FnOnce() + Send + 'static) {
        transport.on_close(Box::new(closed)).detach();
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// As the reply to `createWebRtcTransport` has them. A single fingerprint: some clients take the
    /// last of several, others want SHA-256. A candidate has its address under both names, `ip` for
    /// old clients.
    pub fn parameters(&self, sfu: &Sfu) -> Value {
        let mut dtls = self.transport.dtls_parameters();
        dtls.fingerprints
            .retain(|one| matches!(one, DtlsFingerprint::Sha256 { .. }));
        json!({
            "id": self.id,
            "iceParameters": self.transport.ice_parameters(),
            "iceCandidates": self.candidates(sfu),
            "dtlsParameters": dtls,
            "sctpParameters": self.transport.sctp_parameters(),
        })
    }

    fn candidates(&self, sfu: &Sfu) -> Vec<Value> {
        let announced = sfu.announced();
        let candidates = self.transport.ice_candidates().iter();
        let told = candidates.filter_map(|candidate| {
            let mut candidate = candidate.clone();
            if let Some(announced) = announced {
                let address = match candidate.protocol {
                    Protocol::Udp => announced.udp,
                    Protocol::Tcp => announced.tcp,
                }?;
                candidate.address = address.ip().to_string();
                candidate.port = address.port();
            }
            let mut told = json!(candidate);
            told["ip"] = json!(candidate.address);
            Some(told)
        });
        let mut told: Vec<Value> = told.collect();
        // Several of the server's own addresses became the same one.
        told.dedup_by(|one, other| {
            one["protocol"] == other["protocol"]
                && one["ip"] == other["ip"]
                && one["port"] == other["port"]
        });
        told
    }

    pub async fn connect(&self, dtls_parameters: &Value) -> Result<(), Failed> {
        let dtls_parameters = parameters::dtls(dtls_parameters)?;
        self.transport
            .connect(WebRtcTransportRemoteParameters { dtls_parameters })
            .await?;
        Ok(())
    }

    pub async fn restart_ice(&self) -> Result<Value, Failed> {
        Ok(json!(self.transport.restart_ice().await?))
    }

    pub async fn produce(
        &self,
        sfu: &Sfu,
        key: u64,
        kind: &str,
        rtp_parameters: &Value,
    ) -> Result<Producer, Failed> {
        let kind = match kind {
            "audio" => MediaKind::Audio,
            _ => MediaKind::Video,
        };
        let rtp_parameters = parameters::rtp(kind, rtp_parameters)?;
        let mut options = ProducerOptions::new(kind, rtp_parameters);
        // Many who come at once need one key frame, not one each.
        options.key_frame_request_delay = 500;
        options.app_data = super::tracks::new_origin();
        let producer = self.transport.produce(options).await?;
        Ok(Producer::new(producer, self.transport.clone(), sfu, key))
    }

    pub async fn produce_data(
        &self,
        sfu: &Sfu,
        data: &Map<String, Value>,
    ) -> Result<DataProducer, Failed> {
        let stream = parameters::sctp_stream(data.get("sctpStreamParameters"))?;
        let mut options = DataProducerOptions::new_sctp(stream);
        let text = |name: &str| data.get(name).and_then(Value::as_str).unwrap_or_default();
        options.label = text("label").to_owned();
        options.protocol = text("protocol").to_owned();
        let producer = self.transport.produce_data(options).await?;
        Ok(DataProducer::new(producer, sfu))
    }

    /// None when the client cannot receive it. It is paused at first.
    pub async fn consume(
        &self,
        sfu: &Sfu,
        key: u64,
        producer: &Producer,
        capabilities: &Capabilities,
    ) -> Result<Option<Consumer>, Failed> {
        let router = self.transport.router();
        let here = producer.in_router(router).await?;
        if !router.can_consume(&here.id(), &capabilities.0) {
            return Ok(None);
        }
        let mut options = ConsumerOptions::new(here.id(), capabilities.0.clone());
        options.paused = true;
        let consumer = self.transport.consume(options).await?;
        Ok(Some(Consumer::new(consumer, sfu, key)))
    }

    pub async fn consume_data(
        &self,
        sfu: &Sfu,
        producer: &DataProducer,
    ) -> Result<Option<DataConsumer>, Failed> {
        let here = producer.in_router(self.transport.router()).await?;
        let options = DataConsumerOptions::new_sctp(here);
        let consumer = self.transport.consume_data(options).await?;
        Ok(Some(DataConsumer::new(consumer, sfu)))
    }

    /// The figures of one direction's transport, as clients read them.
    pub async fn stats(&self) -> Result<Value, Failed> {
        let stats = self.transport.get_stats().await?;
        let Some(stats) = stats.first() else {
            return Ok(json!({}));
        };
        Ok(json!({
            "sendBitrate": stats.send_bitrate,
            "sendBytes": stats.bytes_sent,
            "recvBitrate": stats.recv_bitrate,
            "recvBytes": stats.bytes_received,
            "availableOutgoingBitrate": stats.available_outgoing_bitrate,
            "availableIncomingBitrate": stats.available_incoming_bitrate,
            "roundTripTime": stats.round_trip_time,
        }))
    }
}
