/**
 * @file vsdk.h
 * @brief vsdk @VERSION@: a client for VideoSDK (videosdk.live).
 *
 * Errors. A function that can fail returns a VsdkStatus: 0 is success, negative a failure, positive
 * an answer that is neither. Its last parameter `VsdkError **error` may be NULL; else it is always
 * written (NULL on success) and never read, and what it received is freed with vsdk_error_free().
 * Every other out-parameter is NULL or 0 (a descriptor: -1) unless it succeeds. Besides the statuses in its own comment,
 * each function can return VSDK_STATUS_NULL_POINTER, VSDK_STATUS_INVALID_HANDLE,
 * VSDK_STATUS_INVALID_UTF8, VSDK_STATUS_FORKED and VSDK_STATUS_PANIC; getters that return no status
 * answer NULL or 0 instead.
 *
 * Ownership. A pointer to one of the types below is a handle. Handles marked `owned` are the
 * caller's, to be freed exactly once with the function named there: from any thread, also inside
 * callbacks; NULL is ignored. No function consumes a handle. A handle that was freed or is of
 * another type is recognised and refused. What is marked `borrowed` lives as long as its owner.
 *
 * Text. NUL-terminated UTF-8 in both directions. Text that comes out is borrowed, NULL means absent.
 * Payloads are a pointer and a size_t; (NULL, 0) is empty.
 *
 * Threads. Every function may be called from any thread at any time.
 *
 * Callbacks. Always three arguments: function, user_data, destroy. `user_data` belongs to the
 * library from the call on; `destroy` runs exactly once, after the last call of the function has
 * returned, also when the registration fails. Callbacks run one after the other on one thread of the
 * library: a slow one delays all others. Handlers of frames do so on a thread of their own, the
 * media thread. They may call anything, but a function that blocks answers
 * VSDK_STATUS_WOULD_DEADLOCK there.
 *
 * Time. `timeout_ms` is in milliseconds: 0 does not wait, VSDK_TIMEOUT_DEFAULT is 30 seconds,
 * VSDK_TIMEOUT_INFINITE waits for ever where it is allowed. A deadline that passed is
 * VSDK_STATUS_TIMEOUT.
 *
 * Structures. The few that are no handles begin with their size: begin each with its macro, as in
 * `VsdkEncodedFrame frame = VSDK_ENCODED_FRAME_INIT;`, and set its fields after that.
 *
 * Media. The app encodes and decodes, the library carries encoded frames: vsdk_meeting_add_track()
 * gives a track to push them to, vsdk_meeting_remote_track() one of somebody else to read them from.
 * vsdk_meeting_send_data() sends data to everybody.
 *
 * Process. vsdk_shutdown() ends everything; the library can be used again afterwards. In a forked
 * child everything answers VSDK_STATUS_FORKED until vsdk_after_fork_child() was called.
 *
 * A complete program, to be started with a token as its argument:
 *
 * @code
 * #include <stdio.h>
 * #include <vsdk.h>
 *
 * int main(int argc, char **argv) {
 *     const char *token = argc > 1 ? argv[1] : "";
 *     VsdkMeetingOptions *options = vsdk_meeting_options_new();
 *     VsdkMeeting *meeting = NULL;
 *     VsdkRoom *room = NULL;
 *     VsdkError *error = NULL;
 *     int ready =
 *         vsdk_config(token, &error) == VSDK_STATUS_OK &&
 *         vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &room, &error) == VSDK_STATUS_OK &&
 *         vsdk_meeting_options_set_meeting_id(options, vsdk_room_id(room), &error) == VSDK_STATUS_OK &&
 *         vsdk_meeting_options_set_name(options, "Ann", &error) == VSDK_STATUS_OK &&
 *         vsdk_init_meeting(options, &meeting, &error) == VSDK_STATUS_OK;
 *
 *     if (ready)
 *         printf("Ann can join the meeting in room %s.\n", vsdk_room_id(room));
 *     else
 *         fprintf(stderr, "%s\n  %s\n", vsdk_error_message(error), vsdk_error_remedy(error));
 *
 *     vsdk_meeting_free(meeting);
 *     vsdk_room_free(room);
 *     vsdk_meeting_options_free(options);
 *     vsdk_error_free(error);
 *     return ready ? 0 : 1;
 * }
 * @endcode
 *
 * Generated from the library's sources. SPDX-License-Identifier: MIT OR Apache-2.0
 */

#ifndef VSDK_H
#define VSDK_H

#include <stddef.h>
#include <stdint.h>

/** The major version. */
#define VSDK_VERSION_MAJOR @MAJOR@
/** The minor version. */
#define VSDK_VERSION_MINOR @MINOR@
/** The patch version. */
#define VSDK_VERSION_PATCH @PATCH@
/** The version as text. */
#define VSDK_VERSION "@VERSION@"
/** The version as one number: major * 1000000 + minor * 1000 + patch. */
#define VSDK_VERSION_NUMBER @VERSION_NUMBER@
/** The binary interface this header describes; give it to vsdk_check_abi() first of all. */
#define VSDK_ABI_VERSION @ABI_VERSION@

/* Windows programs that use the DLL define VSDK_SHARED; nothing is needed elsewhere. */
#if defined(_WIN32)
#  if defined(VSDK_SHARED)
#    define VSDK_API __declspec(dllimport)
#  else
#    define VSDK_API
#  endif
#elif defined(__GNUC__)
#  define VSDK_API __attribute__((visibility("default")))
#else
#  define VSDK_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Objects -------------------------------------------------------------------------------- */

@OBJECTS@
@SECTIONS@
#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* VSDK_H */
