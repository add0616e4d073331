//! Host names to addresses, with an error that can be told apart from all others.

use std::fmt;
use std::io;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Asks the platform's resolver.
pub(crate) struct PlatformResolver;

/// A host name that has no address.
#[derive(Debug)]
pub(crate) struct Unresolved {
    pub(crate) host: String,
    /// Absent when the resolver answered, but with no address.
    pub(crate) cause: Option<io::Error>,
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` has no address", self.host)?;
        match &self.cause {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Unresolved {}

impl Resolve for PlatformResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        Box::pin(async move {
            // Port 0 stands for "the port of the URL".
            let found = tokio::net::lookup_host((host.as_str(), 0)).await;
            match found.map(Iterator::collect::<Vec<_>>) {
                Ok(addresses) if !addresses.is_empty() => {
                    Ok(Box::new(addresses.into_iter()) as Addrs)
                }
                Ok(_) => Err(Unresolved { host, cause: None }.into()),
                Err(cause) => Err(Unresolved {
                    host,
                    cause: Some(cause),
                }
                .into()),
            }
        })
    }
}
