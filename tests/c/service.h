/* The local service as the programs use it.
 *
 * Its address is a program's first argument. A path below it selects a fault: the driver makes
 * everything under /stall stall, for example.
 */
#ifndef SERVICE_H
#define SERVICE_H

#include "check.h"

static char service_url[200] __attribute__((unused));

/* `below` and `path` behind the service's address, in a buffer of the calling thread. */
static inline const char *url_at(const char *below, const char *path) {
    static _Thread_local char url[400];
    snprintf(url, sizeof url, "%s%s%s", service_url, below, path);
    return url;
}

/* Configures a server, and a token, which may be NULL. */
static inline void configure_with(const char *base_url, const char *token) {
    VsdkConfigOptions *options = vsdk_config_options_new();
    CHECK_OK(vsdk_config_options_set_api_base_url(options, base_url, &error));
    if (token != NULL) CHECK_OK(vsdk_config_options_set_token(options, token, &error));
    CHECK_OK(vsdk_config_with(options, &error));
    vsdk_config_options_free(options);
}

/* Remembers the service's address, fetches a token there and configures both. */
static inline void configure(const char *url) {
    VsdkToken *token = NULL;
    snprintf(service_url, sizeof service_url, "%s", url);
    CHECK_OK(vsdk_token_fetch(url_at("/get-token", ""), NULL, VSDK_TIMEOUT_DEFAULT, &token, &error));
    configure_with(url, vsdk_token_text(token));
    vsdk_token_free(token);
}

/* Room options that select a fault. */
static inline VsdkRoomOptions *room_options_below(const char *below) {
    VsdkRoomOptions *options = vsdk_room_options_new();
    CHECK_OK(vsdk_room_options_set_api_base_url(options, url_at(below, ""), &error));
    return options;
}

/* Request options that select a fault. */
static inline VsdkRequestOptions *request_options_below(const char *below) {
    VsdkRequestOptions *options = vsdk_request_options_new();
    CHECK_OK(vsdk_request_options_set_api_base_url(options, url_at(below, ""), &error));
    return options;
}

/* A room must be had. */
static inline void create_and_free_room(void) {
    VsdkRoom *room = NULL;
    CHECK_OK(vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &room, &error));
    CHECK(strlen(vsdk_room_id(room)) > 0);
    vsdk_room_free(room);
}

/* A meeting with this token, or with the configured one for NULL. */
static inline VsdkMeeting *new_meeting(const char *token) {
    VsdkMeeting *meeting = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    CHECK_OK(vsdk_meeting_options_set_meeting_id(options, "abcd-efgh-ijkl", &error));
    CHECK_OK(vsdk_meeting_options_set_token(options, token, &error));
    CHECK_OK(vsdk_init_meeting(options, &meeting, &error));
    vsdk_meeting_options_free(options);
    return meeting;
}

/* An operation that never ends by itself. */
static inline VsdkOp *start_stalled(VsdkOpFn callback, void *user_data, VsdkDestroyFn destroy) {
    VsdkOp *op = NULL;
    VsdkRoomOptions *options = room_options_below("/stall");
    CHECK_OK(vsdk_create_room_async(options, 1000 * HANG_S, callback, user_data, destroy, &op, &error));
    CHECK(op != NULL);
    vsdk_room_options_free(options);
    return op;
}

#endif
