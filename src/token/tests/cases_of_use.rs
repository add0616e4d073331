//! The part of the table that depends on moment and use.

use crate::token::Context;
use crate::token::FindingCode::*;
use crate::token::Purpose::{Any, Join, Rest};
use crate::token::Severity::{Error, Notice, Warning};

use super::cases::{Case, case};
use super::{NOW, context, token_with, token_without};

pub(super) fn time_cases() -> Vec<Case> {
    let any = context(Any);
    let at = |now| Context { now, ..any };
    let offset = |clock_offset| Context {
        clock_offset: Some(clock_offset),
        ..any
    };
    let unchecked = |context| Context {
        check_clock: false,
        ..context
    };
    let good = token_with("");
    let end = NOW + 3600;
    vec![
        case(&*good, at(end - 60), &[]),
        case(&*good, at(end - 59), &[(ExpiresSoon, Warning)]),
        case(&*good, at(end + 60), &[(ExpiresSoon, Warning)]),
        case(&*good, at(end + 61), &[(Expired, Error)]),
        case(&*good, unchecked(at(end)), &[(ExpiresSoon, Notice)]),
        case(&*good, unchecked(at(end + 61)), &[(Expired, Notice)]),
        // The service's clock decides, and its difference is told.
        case(
            &*good,
            Context {
                clock_offset: Some(-7200),
                ..at(end + 3600)
            },
            &[(ClockSkew, Warning)],
        ),
        case(
            &*good,
            offset(7200),
            &[(Expired, Error), (ClockSkew, Warning)],
        ),
        case(&*good, offset(60), &[]),
        case(&*good, offset(-60), &[]),
        case(&*good, unchecked(offset(61)), &[(ClockSkew, Notice)]),
        case(&*good, at(NOW - 60), &[]),
        case(&*good, at(NOW - 61), &[(IssuedInFuture, Warning)]),
        case(
            token_with(&format!(r#""nbf":{}"#, NOW + 61)),
            any,
            &[(NotYetValid, Error)],
        ),
        case(
            token_with(&format!(r#""nbf":{}"#, NOW + 61)),
            unchecked(any),
            &[(NotYetValid, Notice)],
        ),
        case(token_with(&format!(r#""nbf":{}"#, NOW + 60)), any, &[]),
        case(token_with(&format!(r#""exp":{}"#, NOW + 604_800)), any, &[]),
        case(
            token_with(&format!(r#""exp":{}"#, NOW + 604_801)),
            any,
            &[(LongLife, Warning)],
        ),
        case(
            token_without("iat", &format!(r#""exp":{}"#, NOW + 604_801)),
            any,
            &[(LongLife, Warning)],
        ),
        case(
            token_without("iat", &format!(r#""exp":{}"#, NOW + 604_801)),
            unchecked(any),
            &[],
        ),
        case(token_without("exp", ""), any, &[(NoExpiry, Warning)]),
        case(
            token_without("exp", r#""expiresIn":"1h""#),
            any,
            &[(ClaimMisspelt, Warning), (NoExpiry, Warning)],
        ),
        case(
            token_with(r#""exp":"soon""#),
            any,
            &[(TimeNotNumber, Error)],
        ),
        case(token_with(r#""nbf":null"#), any, &[(TimeNotNumber, Error)]),
        case(
            token_with(r#""iat":"now""#),
            any,
            &[(TimeNotNumber, Warning)],
        ),
        case(
            token_with(&format!(r#""exp":{NOW}99.5"#)),
            any,
            &[(TimeInMilliseconds, Warning)],
        ),
        case(
            token_with(&format!(r#""exp":{}.5"#, end)),
            any,
            &[(TimeFraction, Notice)],
        ),
        case(token_with(r#""exp":-1"#), any, &[(TimeOutOfRange, Error)]),
        case(
            token_with(r#""nbf":-1e300"#),
            any,
            &[(TimeOutOfRange, Warning)],
        ),
        case(
            token_with(r#""exp":1e300"#),
            any,
            &[(TimeOutOfRange, Warning)],
        ),
        case(
            token_with(r#""exp":18446744073709551615"#),
            any,
            &[(TimeOutOfRange, Warning)],
        ),
        case(
            token_with(r#""nbf":1700000000000"#),
            any,
            &[(TimeInMilliseconds, Error)],
        ),
        case(
            token_with(&format!(r#""iat":{end}"#)),
            at(end),
            &[(NoLife, Warning), (ExpiresSoon, Warning)],
        ),
        case(
            token_with(r#""exp":0"#),
            any,
            &[(NoLife, Warning), (Expired, Error)],
        ),
        // No sum of extreme clocks overflows.
        case(
            &*good,
            Context {
                clock_offset: Some(i64::MIN),
                ..at(i64::MIN)
            },
            &[(IssuedInFuture, Warning), (ClockSkew, Warning)],
        ),
        case(
            &*good,
            Context {
                clock_offset: Some(i64::MAX),
                ..at(i64::MAX)
            },
            &[(Expired, Error), (ClockSkew, Warning)],
        ),
    ]
}

pub(super) fn right_cases() -> Vec<Case> {
    let (any, join, rest) = (context(Any), context(Join), context(Rest));
    let mixed = token_with(r#""permissions":["ask_join","allow_mod"]"#);
    let only_moderating = token_with(r#""permissions":["allow_mod"]"#);
    let crawler = token_with(r#""roles":["crawler"]"#);
    let rtc = token_with(r#""roles":["rtc"]"#);
    let room = |room_id, context| Context {
        room_id: Some(room_id),
        ..context
    };
    let participant = |participant_id, context| Context {
        participant_id: Some(participant_id),
        ..context
    };
    vec![
        case(
            token_without("permissions", ""),
            any,
            &[(PermissionsMissing, Warning)],
        ),
        case(
            token_with(r#""permissions":[]"#),
            any,
            &[(PermissionsEmpty, Warning)],
        ),
        case(
            token_with(r#""permissions":"allow_join""#),
            any,
            &[(PermissionsNotArray, Warning)],
        ),
        case(
            token_with(r#""permissions":["allow_join",7]"#),
            any,
            &[(PermissionNotText, Warning)],
        ),
        case(
            token_with(r#""permissions":["allow_join","allow_create"]"#),
            any,
            &[(PermissionUnknown, Warning)],
        ),
        case(&*mixed, join, &[(AskJoinMixed, Error)]),
        case(&*mixed, any, &[(AskJoinMixed, Warning)]),
        case(&*mixed, rest, &[(AskJoinMixed, Notice)]),
        case(token_with(r#""permissions":["ask_join"]"#), join, &[]),
        case(&*only_moderating, join, &[(NoJoinPermission, Warning)]),
        case(&*only_moderating, rest, &[]),
        case(
            token_with(r#""roles":"rtc""#),
            any,
            &[(RolesNotArray, Warning)],
        ),
        case(token_with(r#""roles":[]"#), any, &[(RolesEmpty, Notice)]),
        case(
            token_with(r#""roles":[null]"#),
            any,
            &[(RoleNotText, Warning)],
        ),
        case(
            token_with(r#""roles":["admin"]"#),
            any,
            &[(RoleUnknown, Warning)],
        ),
        case(&*crawler, join, &[(RoleCannotJoin, Error)]),
        case(&*crawler, any, &[(RoleCannotJoin, Notice)]),
        case(&*crawler, rest, &[]),
        case(&*rtc, rest, &[(RoleCannotUseRest, Error)]),
        case(&*rtc, any, &[(RoleCannotUseRest, Notice)]),
        case(&*rtc, join, &[]),
        case(token_with(r#""roles":["rtc","crawler"]"#), join, &[]),
        case(
            token_with(r#""roomId":"a""#),
            room("b", join),
            &[(RoomMismatch, Error)],
        ),
        case(token_with(r#""roomId":"a""#), room("a", join), &[]),
        case(token_with(r#""roomId":"a""#), join, &[]),
        case(
            token_with(r#""participantId":"a""#),
            participant("b", join),
            &[(ParticipantMismatch, Error)],
        ),
        case(
            token_with(r#""participantId":"a""#),
            participant("a", join),
            &[],
        ),
        case(
            token_with(r#""participantId":"a""#),
            join,
            &[(ParticipantIdNotGiven, Notice)],
        ),
        case(token_with(r#""participantId":"a""#), rest, &[]),
    ]
}
