internal import CVsdk
import Foundation

/// The doctor's findings about a token, made without network and without secret.
public struct TokenReport: Hashable, Sendable {
    /// Whether nothing was found that the service is certain to refuse. Without the secret nobody
    /// can tell whether the signature is genuine.
    public let isUsable: Bool

    /// How long the token is still good for, in whole seconds, negative after its end; absent when
    /// it has no end.
    public let timeLeft: Duration?

    /// When its life is over; absent when it has no end.
    public let expiresAt: Date?

    /// When it was issued; absent when it does not say.
    public let issuedAt: Date?

    /// The API key it belongs to; absent when it does not say.
    public let apiKey: String?

    /// The one room it is good for; absent when it does not say.
    public let roomId: String?

    /// The one participant it is good for; absent when it does not say.
    public let participantId: String?

    /// Its header, a JSON object; absent when it cannot be read.
    public let headerJson: String?

    /// Its claims, a JSON object; absent when they cannot be read.
    public let claimsJson: String?

    /// What was found.
    public let findings: [Finding]

    /// All of the report: a JSON object.
    public let json: String

    /// One thing that the doctor says about a token.
    public struct Finding: Hashable, Sendable {
        /// What it is about.
        public let code: TokenFinding

        /// How bad it is.
        public let severity: Severity

        /// The number under which the service refuses it, e.g. 4002; absent when there is none.
        public let serviceCode: Int?

        /// The stable name of what it is about, in all languages, e.g. `BEARER_PREFIX`.
        public let name: String

        /// What is the case, with the values at hand; English.
        public let explanation: String

        /// What to do about it; English.
        public let remedy: String
    }
}

/// Examines a token, for any use or for one. Needs no network and no secret.
///
/// Never fails because of what is wrong with the token: that is what the report is for.
///
/// - Parameters:
///   - token: The text to examine, whatever it is.
///   - purpose: What it is meant for.
///   - roomId: The room it is meant for; `nil` when that is not known.
///   - participantId: The participant it is meant for; `nil` when that is not known.
/// - Throws: ``VsdkError`` (`invalidArgument` for an unknown purpose, and for a NUL in a text).
public func inspectToken(
    _ token: String,
    purpose: TokenPurpose = .any,
    roomId: String? = nil,
    participantId: String? = nil
) throws -> TokenReport {
    try token.withC { token in
        try roomId.withC { roomId in
            try participantId.withC { participantId in
                try read(TokenReport.init(reading:), free: vsdk_token_report_free) { report, error in
                    vsdk_token_inspect_for(
                        token, purpose.rawValue, roomId, participantId, report, error)
                }
            }
        }
    }
}

extension TokenReport {
    init(reading report: OpaquePointer) {
        let secondsLeft = vsdk_token_report_seconds_left(report)
        isUsable = vsdk_token_report_is_usable(report) != 0
        timeLeft = secondsLeft == .max ? nil : .seconds(secondsLeft)
        expiresAt = optionalDate(seconds: vsdk_token_report_expires_at_s(report))
        issuedAt = optionalDate(seconds: vsdk_token_report_issued_at_s(report))
        apiKey = optionalText(vsdk_token_report_api_key(report))
        roomId = optionalText(vsdk_token_report_room_id(report))
        participantId = optionalText(vsdk_token_report_participant_id(report))
        headerJson = optionalText(vsdk_token_report_header_json(report))
        claimsJson = optionalText(vsdk_token_report_claims_json(report))
        findings = (0..<vsdk_token_report_finding_count(report)).map { index in
            Finding(reading: report, at: index)
        }
        json = text(vsdk_token_report_json(report))
    }
}

extension TokenReport.Finding {
    init(reading report: OpaquePointer, at index: Int) {
        let serviceCode = vsdk_token_report_finding_service_code(report, index)
        code = TokenFinding(rawValue: vsdk_token_report_finding_code(report, index))
        severity = Severity(rawValue: vsdk_token_report_finding_severity(report, index))
        self.serviceCode = serviceCode == 0 ? nil : Int(serviceCode)
        name = text(vsdk_token_report_finding_name(report, index))
        explanation = text(vsdk_token_report_finding_explanation(report, index))
        remedy = text(vsdk_token_report_finding_remedy(report, index))
    }
}
