//! The doctor: what is wrong with a token for one use at one moment.
//!
//! An error is only what the service is certain to refuse. Where its behaviour is not documented
//! the finding is a warning: refusing locally what would have worked is the worse mistake.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::error::Result;

use super::claims::{permission, role};
use super::decode::Decoded;
use super::finding::{Finding, FindingCode, Severity};
use super::wording::{moment, shown_list, span};
use crate::redact::shown;

/// How far clocks may differ before a token counts as expired or not yet valid, in seconds.
pub const LEEWAY_SECONDS: i64 = 60;
/// A longer life draws a warning, in seconds: seven days.
pub const LONG_LIFE_SECONDS: i64 = 7 * 24 * 60 * 60;

/// What the token is meant for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Purpose {
    /// Not known.
    #[default]
    Any,
    /// Joining a meeting.
    Join,
    /// The REST API, e.g. creating a room.
    Rest,
}

/// The use and the moment for which a token is judged.
///
/// ```
/// use vsdk::token::{Context, Purpose};
///
/// let context = Context { room_id: Some("abcd-efgh-ijkl"), ..Context::new(Purpose::Join) };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What the token is meant for.
    pub purpose: Purpose,
    /// The room it is meant for, where that is known.
    pub room_id: Option<&'a str>,
    /// The participant it is meant for; `None` when the id is still to be generated.
    pub participant_id: Option<&'a str>,
    /// This machine's clock, in Unix seconds.
    pub now: i64,
    /// The service's clock minus this machine's, in seconds, once it has been learnt.
    pub clock_offset: Option<i64>,
    /// Off for machines without a clock: mistakes that depend on the time become notices.
    pub check_clock: bool,
}

impl Context<'_> {
    /// A context at the system clock's time, for any room and participant.
    #[must_use]
    pub fn new(purpose: Purpose) -> Self {
        // A clock before 1970 is as wrong as one at 1970.
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
        let seconds = since_epoch.map_or(0, |duration| duration.as_secs());
        Self {
            purpose,
            room_id: None,
            participant_id: None,
            now: i64::try_from(seconds).unwrap_or(i64::MAX),
            clock_offset: None,
            check_clock: true,
        }
    }

    /// The service's time in Unix seconds, as far as it is known.
    #[must_use]
    pub fn service_time(&self) -> i64 {
        self.now.saturating_add(self.clock_offset.unwrap_or(0))
    }

    /// A mistake that depends on the time weighs as much as the clock can be trusted.
    fn timed(&self, severity: Severity) -> Severity {
        if self.check_clock {
            severity
        } else {
            Severity::Notice
        }
    }

    /// What time it is, for explanations: this machine's clock, and the service's where it differs.
    fn clocks(&self) -> String {
        let local = moment(self.now);
        match self.clock_offset {
            Some(offset) if offset != 0 => format!(
                "this machine's clock says {local}, the service's {}",
                moment(self.service_time())
            ),
            _ => format!("this machine's clock says {local}"),
        }
    }
}

impl Decoded {
    /// Everything worth knowing: what is wrong with the shape, then what is wrong for this use.
    ///
    /// Nothing is allocated when there is nothing to tell.
    #[must_use]
    pub fn findings(&self, context: &Context<'_>) -> Vec<Finding> {
        let mut findings = self.shape_findings().to_vec();
        self.examine(context, &mut findings);
        findings
    }

    /// The first mistake that the service is certain to refuse, as an error.
    ///
    /// `Ok` does not mean that the token is genuine: only the service can check the signature.
    pub fn verdict(&self, context: &Context<'_>) -> Result<()> {
        let is_error = |finding: &&Finding| finding.is_error();
        if let Some(hard) = self.shape_findings().iter().find(is_error) {
            return Err(hard.to_error());
        }
        let mut findings = Vec::new();
        self.examine(context, &mut findings);
        match findings.iter().find(is_error) {
            Some(hard) => Err(hard.to_error()),
            None => Ok(()),
        }
    }

    /// The findings that depend on use and moment. Without claims there is nothing to judge.
    fn examine(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        if self.raw_claims().is_some() {
            self.examine_time(context, findings);
            self.examine_permissions(context, findings);
            self.examine_roles(context, findings);
            self.examine_restrictions(context, findings);
        }
    }

    fn examine_time(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let claims = self.claims();
        let later = context.service_time().saturating_add(LEEWAY_SECONDS);
        if let Some(expires) = claims.expires_at {
            self.examine_expiry(expires, context, findings);
        }
        if let Some(not_before) = claims.not_before.filter(|time| *time > later) {
            findings.push(Finding::new(
                FindingCode::NotYetValid,
                context.timed(Severity::Error),
                format!(
                    "The token is not valid before {} (`nbf` {not_before}); {}",
                    moment(not_before),
                    context.clocks()
                ),
                "Wait, or mint the token without `nbf`. If a clock is wrong, set it.",
            ));
        }
        // Only a warning: common verifiers do not look at `iat`.
        if let Some(issued) = claims.issued_at.filter(|time| *time > later) {
            findings.push(Finding::new(
                FindingCode::IssuedInFuture,
                context.timed(Severity::Warning),
                format!(
                    "The token claims to be issued at {} (`iat` {issued}), in the future; {}",
                    moment(issued),
                    context.clocks()
                ),
                "Set the clock of the machine that is wrong: this one, or the one that mints.",
            ));
        }
        if let Some(offset) = context.clock_offset
            && offset.unsigned_abs() > LEEWAY_SECONDS.unsigned_abs()
        {
            let direction = if offset > 0 { "behind" } else { "ahead of" };
            findings.push(Finding::new(
                FindingCode::ClockSkew,
                context.timed(Severity::Warning),
                format!(
                    "This machine's clock is {} {direction} the service's; {}",
                    span(offset),
                    context.clocks()
                ),
                "Set the clock of this machine, e.g. with NTP.",
            ));
        }
    }

    fn examine_expiry(&self, expires: i64, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let now = context.service_time();
        let left = expires.saturating_sub(now);
        if left < -LEEWAY_SECONDS {
            findings.push(Finding::new(
                FindingCode::Expired,
                context.timed(Severity::Error),
                format!(
                    "The token expired at {} (`exp` {expires}), {} ago; {}",
                    moment(expires),
                    span(left),
                    context.clocks()
                ),
                "Get a fresh token from your server. If the clock is wrong, set it.",
            ));
        } else if left < LEEWAY_SECONDS {
            let when = moment(expires);
            let (verb, distance) = if left > 0 {
                ("expires", format!("in {}", span(left)))
            } else {
                (
                    "expired",
                    format!("{} ago, and may just still be accepted", span(left)),
                )
            };
            findings.push(Finding::new(
                FindingCode::ExpiresSoon,
                context.timed(Severity::Warning),
                format!(
                    "The token {verb} at {when} (`exp` {expires}), {distance}; {}",
                    context.clocks()
                ),
                "Get a fresh token from your server before the next join or request.",
            ));
        }
        // Without `iat`, only the time that is left is known, and only with a clock.
        let since = self
            .claims()
            .issued_at
            .or(context.check_clock.then_some(now));
        let life = since.map_or(0, |since| expires.saturating_sub(since));
        if life > LONG_LIFE_SECONDS {
            findings.push(Finding::new(
                FindingCode::LongLife,
                Severity::Warning,
                format!(
                    "The token lives for {}, until {}: whoever finds it can use it that long",
                    span(life),
                    moment(expires)
                ),
                "Let your server mint tokens that live for hours, one for each use.",
            ));
        }
    }

    fn examine_permissions(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let Some(permissions) = &self.claims().permissions else {
            return;
        };
        let has = |wanted: &str| permissions.iter().any(|found| found == wanted);
        if has(permission::ASK_JOIN) && (has(permission::ALLOW_JOIN) || has(permission::ALLOW_MOD))
        {
            let severity = match context.purpose {
                Purpose::Join => Severity::Error,
                Purpose::Any => Severity::Warning,
                // Permissions rule what happens in a meeting; requests are not known to fail.
                Purpose::Rest => Severity::Notice,
            };
            findings.push(Finding::new(
                FindingCode::AskJoinMixed,
                severity,
                format!(
                    "`ask_join` has to stand alone, and `permissions` are {}; joining is refused",
                    shown_list(permissions)
                ),
                "Keep `ask_join` alone for people who have to ask, or leave it out for others.",
            ));
        }
        if !permissions.is_empty()
            && !has(permission::ALLOW_JOIN)
            && !has(permission::ASK_JOIN)
            && context.purpose != Purpose::Rest
        {
            findings.push(Finding::new(
                FindingCode::NoJoinPermission,
                Severity::Warning,
                format!(
                    "Nothing in `permissions` ({}) admits to a meeting",
                    shown_list(permissions)
                ),
                "Add `allow_join`.",
            ));
        }
    }

    fn examine_roles(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let Some(roles) = &self.claims().roles else {
            return;
        };
        let has = |wanted: &str| roles.iter().any(|found| found == wanted);
        let severity_for = |purpose| {
            if context.purpose == purpose {
                Severity::Error
            } else {
                Severity::Notice
            }
        };
        // What a role is meant for is not worth a word.
        if has(role::CRAWLER) && !has(role::RTC) && context.purpose != Purpose::Rest {
            findings.push(Finding::new(
                FindingCode::RoleCannotJoin,
                severity_for(Purpose::Join),
                "The token has the role `crawler` without `rtc`: it is for the REST API and cannot join",
                "Join with a token that has the role `rtc`, or no roles.",
            ));
        }
        if has(role::RTC) && !has(role::CRAWLER) && context.purpose != Purpose::Join {
            findings.push(Finding::new(
                FindingCode::RoleCannotUseRest,
                severity_for(Purpose::Rest),
                "The token has the role `rtc` without `crawler`: it is for joining and cannot create rooms",
                "Create rooms with a token that has the role `crawler`, or no roles.",
            ));
        }
    }

    fn examine_restrictions(&self, context: &Context<'_>, findings: &mut Vec<Finding>) {
        let claims = self.claims();
        if let (Some(allowed), Some(asked)) = (claims.room_id.as_deref(), context.room_id)
            && allowed != asked
        {
            findings.push(Finding::new(
                FindingCode::RoomMismatch,
                Severity::Error,
                format!(
                    "The token is for room {}, not for {}",
                    shown(allowed),
                    shown(asked)
                ),
                "Ask your server for a token for this room, or for one without `roomId`.",
            ));
        }
        match (claims.participant_id.as_deref(), context.participant_id) {
            (Some(allowed), Some(asked)) if allowed != asked => findings.push(Finding::new(
                FindingCode::ParticipantMismatch,
                Severity::Error,
                format!(
                    "The token is for participant {}, not for {}",
                    shown(allowed),
                    shown(asked)
                ),
                "Join under the token's participant id, or ask your server for another token.",
            )),
            (Some(allowed), None) if context.purpose == Purpose::Join => {
                findings.push(Finding::new(
                    FindingCode::ParticipantIdNotGiven,
                    Severity::Notice,
                    format!("The token is for participant {} only", shown(allowed)),
                    "Set this participant id in the meeting options; a generated one is refused.",
                ))
            }
            _ => {}
        }
    }
}
