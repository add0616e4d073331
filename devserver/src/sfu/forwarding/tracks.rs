//! Audio and video: what a client sends, and what others are sent of it.

use std::collections::HashMap;
use std::sync::Arc;

use mediasoup::prelude::{
    self, AppData, ConsumerLayers, PipeProducerToRouterError, PipeToRouterOptions,
    TransportGeneric, WebRtcTransport,
};
use mediasoup::router::RouterId;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::engine::Sfu;
use crate::sfu::{Event, Failed, LayerFigures, TrackFigures};
use crate::world::random_hex;

/// How often a transport is asked whether it has let go of a producer. Once or twice is enough, unless
/// somebody is busy with the producer.
const CLOSE_ATTEMPTS: usize = 1000;

/// What a client sends.
#[derive(Clone, Debug)]
pub(crate) struct Producer {
    id: String,
    producer: prelude::Producer,
    transport: WebRtcTransport,
    /// The same in other routers, for those who receive it there.
    elsewhere: Arc<Mutex<HashMap<RouterId, prelude::Producer>>>,
}

/// The id of a producer, which what it is piped to carries too. mediasoup's own id differs there.
struct Origin(String);

/// App data that give a new producer its id.
pub(super) fn new_origin() -> AppData {
    AppData::new(Origin(random_hex(16)))
}

/// The id of the producer that this one is, or comes from.
pub(super) fn origin(producer: &prelude::Producer) -> String {
    let origin = producer.app_data().downcast_ref::<Origin>();
    origin.map_or_else(String::new, |origin| origin.0.clone())
}

impl Producer {
    pub(super) fn new(
        producer: prelude::Producer,
        transport: WebRtcTransport,
        sfu: &Sfu,
        key: u64,
    ) -> Producer {
        producer.on_close(sfu.counters.producers.opened()).detach();
        let id = origin(&producer);
        let (sender, told_id) = (sfu.sender.clone(), id.clone());
        let on_score = producer.on_score(move |score| {
            let data = json!({"producerId": told_id, "score": score});
            let _ = sender.try_send(Event::Told {
                key,
                method: "producerScore",
                data,
            });
        });
        on_score.detach();
        Producer {
            id,
            producer,
            transport,
            elsewhere: Arc::default(),
        }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// Ends it, and waits until the transport has let go of it: only then can its numbers be used
    /// again. mediasoup itself ends what is dropped at some moment afterwards.
    pub async fn close(self) {
        let (transport, id) = (self.transport.clone(), self.producer.id());
        drop(self);
        for _ in 0..CLOSE_ATTEMPTS {
            match transport.dump().await {
                Ok(dump) if dump.producer_ids.contains(&id) => {}
                _ => return,
            }
        }
    }

    pub async fn pause(&self) -> Result<(), Failed> {
        Ok(self.producer.pause().await?)
    }

    pub async fn resume(&self) -> Result<(), Failed> {
        Ok(self.producer.resume().await?)
    }

    /// What arrives of it now.
    pub async fn figures(&self) -> Option<TrackFigures> {
        let streams = self.producer.get_stats().await.ok()?;
        let first = streams.first()?;
        Some(TrackFigures {
            codec: first.mime_type.as_str(),
            bits_per_second: streams.iter().map(|one| one.bitrate).sum(),
            packets: streams.iter().map(|one| one.packet_count).sum(),
            packets_lost: streams.iter().map(|one| i64::from(one.packets_lost)).sum(),
            layers: streams
                .iter()
                .map(|one| LayerFigures {
                    name: one.rid.clone().unwrap_or_default(),
                    bits_per_second: one.bitrate,
                })
                .collect(),
        })
    }

    /// The producer in this router: itself, or one that it is piped to.
    pub(super) async fn in_router(
        &self,
        router: &prelude::Router,
    ) -> Result<prelude::Producer, Failed> {
        let own = self.producer.transport().router();
        if own.id() == router.id() {
            return Ok(self.producer.clone());
        }
        let mut elsewhere = self.elsewhere.lock().await;
        if let Some(there) = elsewhere.get(&router.id()) {
            return Ok(there.clone());
        }
        let mut options = PipeToRouterOptions::new(router.clone());
        // In one worker, an id stands for one producer.
        options.keep_id = false;
        let pair = own
            .pipe_producer_to_router(self.producer.id(), options)
            .await
            .map_err(|error: PipeProducerToRouterError| Failed(error.to_string()))?;
        let there = pair.pipe_producer.into_inner();
        elsewhere.insert(router.id(), there.clone());
        Ok(there)
    }
}

/// What a client is sent.
#[derive(Clone)]
pub(crate) struct Consumer {
    id: String,
    consumer: prelude::Consumer,
}

impl Consumer {
    pub(super) fn new(consumer: prelude::Consumer, sfu: &Sfu, key: u64) -> Consumer {
        consumer.on_close(sfu.counters.consumers.opened()).detach();
        let id = consumer.id().to_string();
        let (sender, told_id) = (sfu.sender.clone(), id.clone());
        let on_score = consumer.on_score(move |score| {
            let data = json!({"consumerId": told_id, "score": score});
            let _ = sender.try_send(Event::Told {
                key,
                method: "consumerScore",
                data,
            });
        });
        on_score.detach();
        let (sender, told_id) = (sfu.sender.clone(), id.clone());
        let on_layers = consumer.on_layers_change(move |layers| {
            let layers = layers.as_ref();
            let data = json!({
                "consumerId": told_id,
                "spatialLayer": layers.map(|layers| layers.spatial_layer),
                "temporalLayer": layers.and_then(|layers| layers.temporal_layer),
            });
            let _ = sender.try_send(Event::Told {
                key,
                method: "consumerLayersChanged",
                data,
            });
        });
        on_layers.detach();
        Consumer { id, consumer }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn rtp_parameters(&self) -> Value {
        json!(self.consumer.rtp_parameters())
    }

    /// `simple`, `simulcast` or `svc`.
    pub fn form(&self) -> Value {
        json!(self.consumer.r#type())
    }

    pub async fn pause(&self) -> Result<(), Failed> {
        Ok(self.consumer.pause().await?)
    }

    pub async fn resume(&self) -> Result<(), Failed> {
        Ok(self.consumer.resume().await?)
    }

    /// mediasoup itself takes the nearest layers that there are.
    pub async fn prefer_layers(&self, spatial: u8, temporal: Option<u8>) -> Result<(), Failed> {
        let layers = ConsumerLayers {
            spatial_layer: spatial,
            temporal_layer: temporal,
        };
        Ok(self.consumer.set_preferred_layers(layers).await?)
    }

    pub async fn set_priority(&self, priority: u8) -> Result<(), Failed> {
        Ok(self.consumer.set_priority(priority).await?)
    }

    pub async fn request_key_frame(&self) -> Result<(), Failed> {
        Ok(self.consumer.request_key_frame().await?)
    }
}
