//! Data channels.

use std::collections::HashMap;
use std::sync::Arc;

use mediasoup::prelude::{self, DataProducerId, PipeToRouterOptions};
use mediasoup::router::RouterId;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::engine::Sfu;
use crate::sfu::Failed;

/// What a client sends over one data channel.
#[derive(Clone)]
pub(crate) struct DataProducer {
    id: String,
    producer: prelude::DataProducer,
    /// The same in other routers, for those who receive it there.
    elsewhere: Arc<Mutex<HashMap<RouterId, prelude::DataProducer>>>,
}

impl DataProducer {
    pub(super) fn new(producer: prelude::DataProducer, sfu: &Sfu) -> DataProducer {
        let closed = sfu.counters.data_producers.opened();
        producer.on_close(closed).detach();
        DataProducer {
            id: producer.id().to_string(),
            producer,
            elsewhere: Arc::default(),
        }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn label(&self) -> &str {
        self.producer.label()
    }

    pub fn protocol(&self) -> &str {
        self.producer.protocol()
    }

    pub async fn stats(&self) -> Result<Value, Failed> {
        Ok(json!(self.producer.get_stats().await?))
    }

    pub(super) async fn in_router(
        &self,
        router: &prelude::Router,
    ) -> Result<DataProducerId, Failed> {
        let own = self.producer.transport().router();
        if own.id() == router.id() {
            return Ok(self.producer.id());
        }
        let mut elsewhere = self.elsewhere.lock().await;
        if let Some(there) = elsewhere.get(&router.id()) {
            return Ok(there.id());
        }
        let mut options = PipeToRouterOptions::new(router.clone());
        // In one worker, an id stands for one producer.
        options.keep_id = false;
        let pair = own
            .pipe_data_producer_to_router(self.producer.id(), options)
            .await?;
        let there = pair.pipe_data_producer.into_inner();
        let id = there.id();
        elsewhere.insert(router.id(), there);
        Ok(id)
    }
}

/// What a client is sent over one data channel.
#[derive(Clone)]
pub(crate) struct DataConsumer {
    id: String,
    consumer: prelude::DataConsumer,
}

impl DataConsumer {
    pub(super) fn new(consumer: prelude::DataConsumer, sfu: &Sfu) -> DataConsumer {
        let closed = sfu.counters.data_consumers.opened();
        consumer.on_close(closed).detach();
        DataConsumer {
            id: consumer.id().to_string(),
            consumer,
        }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn stream_parameters(&self) -> Value {
        json!(self.consumer.sctp_stream_parameters())
    }

    pub async fn stats(&self) -> Result<Value, Failed> {
        Ok(json!(self.consumer.get_stats().await?))
    }
}
