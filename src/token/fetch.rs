#![allow(missing_docs)]
use super::Token;
use crate::{Result, runtime::*};
#[derive(Clone, Default)]
pub struct FetchOptions;
impl FetchOptions {
    pub fn add_header(&mut self, _: &str, _: &str) -> Result<&mut Self> {
        Ok(self)
    }
    pub fn set_room_id(&mut self, _: Option<&str>) {}
    pub fn set_participant_id(&mut self, _: Option<&str>) {}
}
pub(crate) fn start_fetch(
    _url: &str,
    _o: &FetchOptions,
    _t: Timeout,
    _f: Option<OnFinish<Token>>,
) -> Result<Operation<Token>> {
    unimplemented!()
}
