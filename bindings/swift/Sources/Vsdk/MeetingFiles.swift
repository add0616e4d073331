// Files that participants give each other, by way of the service.
internal import CVsdk
import Foundation

extension Meeting {
    /// Uploads a file, for those who may join the room. The meeting need not be joined.
    ///
    /// Tell them the URL, e.g. in a message; ``fetchFile(_:timeout:)`` fetches it.
    ///
    /// - Parameters:
    ///   - name: The name of the file.
    ///   - bytes: What is in it: at most 10 MiB, not empty.
    ///   - timeout: How long all of it may take.
    /// - Returns: The URL of the file.
    /// - Throws: ``VsdkError`` (`invalidArgument`, `timeout`, `shutdown`, `resourceExhausted`,
    ///   `invalidHandle` once closed; those of tokens, networks and replies); `CancellationError`
    ///   when the task is cancelled: it may have been uploaded nevertheless.
    public func uploadFile(
        name: String, bytes: Data, timeout: Duration = defaultTimeout
    ) async throws -> String {
        try await act(taking: text(from:)) { handle, pending in
            try name.withC { name in
                try bytes.withUnsafeBytes { bytes in
                    try pending.start { callback, userData, destroy, operation, error in
                        vsdk_meeting_upload_file_async(
                            handle, name, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count,
                            timeout.milliseconds, callback, userData, destroy, operation, error)
                    }
                }
            }
        }
    }

    /// Fetches a file of at most 64 MiB that somebody has uploaded. The meeting need not be joined.
    ///
    /// The token goes only to the server that the meeting uses and to hosts of the service.
    ///
    /// - Parameters:
    ///   - url: The URL.
    ///   - timeout: How long all of it may take.
    /// - Returns: What is in it.
    /// - Throws: As ``uploadFile(name:bytes:timeout:)``, and `networkInsecure`.
    public func fetchFile(_ url: String, timeout: Duration = defaultTimeout) async throws -> Data {
        try await act(taking: data(from:)) { handle, pending in
            try url.withC { url in
                try pending.start { callback, userData, destroy, operation, error in
                    vsdk_meeting_fetch_file_async(
                        handle, url, timeout.milliseconds, callback, userData, destroy, operation,
                        error)
                }
            }
        }
    }
}
