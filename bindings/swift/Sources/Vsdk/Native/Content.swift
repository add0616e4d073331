// What functions and operations of vsdk.h result in as content, copied out of it.
internal import CVsdk
import Foundation

/// Takes a text out of a completed operation; absent when there is none.
@Sendable func optionalText(from operation: OpaquePointer) throws -> String? {
    try content(from: operation) { content in
        try String(cString: present(vsdk_content_text(content)))
    }
}

/// Takes the text out of a completed operation that always has one.
@Sendable func text(from operation: OpaquePointer) throws -> String {
    try present(optionalText(from: operation))
}

/// Takes the bytes out of a completed operation.
@Sendable func data(from operation: OpaquePointer) throws -> Data {
    try present(content(from: operation, reading: bytes(of:)))
}

/// Calls a function that results in bytes.
func data(of function: (_ content: Place, _ error: Place) -> VsdkStatus) throws -> Data {
    try present(content(of: function, reading: bytes(of:)))
}

private func bytes(of content: OpaquePointer) throws -> Data {
    try bytes { bytes, length, error in vsdk_content_bytes(content, bytes, length, error) }
}

private func content<Value>(
    from operation: OpaquePointer, reading read: (OpaquePointer) throws -> Value
) throws -> Value? {
    try content(
        of: { content, error in vsdk_op_take_content(operation, content, error) }, reading: read)
}

private func content<Value>(
    of function: (_ content: Place, _ error: Place) -> VsdkStatus,
    reading read: (OpaquePointer) throws -> Value
) throws -> Value? {
    var content: OpaquePointer?
    try call { error in function(&content, error) }
    defer { vsdk_content_free(content) }
    return try content.map(read)
}
