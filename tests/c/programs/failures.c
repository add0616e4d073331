/* The vocabulary of failures: each mistake of a server, and of the network, has its name.
 *
 * The driver makes the servers fail; a path below the service's address selects how.
 */
#include "service.h"

enum { NO_REPLY = 0, NO_WAIT = -1 };

struct expectation {
    const char *below;
    VsdkStatus status;
    int32_t http_status;
    int64_t retry_after_ms;
    int32_t retryable;
    const char *text; /* in the message; may be NULL */
};

static const struct expectation replies[] = {
    {"/400", VSDK_STATUS_BAD_REQUEST, 400, NO_WAIT, 0, "wrong on purpose"},
    {"/401", VSDK_STATUS_UNAUTHORIZED, 401, NO_WAIT, 0, "wrong on purpose"},
    {"/402", VSDK_STATUS_NOT_FOUND, 402, NO_WAIT, 0, "wrong on purpose"},
    {"/403", VSDK_STATUS_FORBIDDEN, 403, NO_WAIT, 0, "wrong on purpose"},
    {"/404", VSDK_STATUS_NOT_FOUND, 404, NO_WAIT, 0, "wrong on purpose"},
    {"/409", VSDK_STATUS_CONFLICT, 409, NO_WAIT, 0, "wrong on purpose"},
    {"/418", VSDK_STATUS_BAD_REQUEST, 418, NO_WAIT, 0, "wrong on purpose"},
    {"/429-seconds", VSDK_STATUS_RATE_LIMITED, 429, 3600000, 1, NULL},
    {"/429-date", VSDK_STATUS_RATE_LIMITED, 429, 7200000, 1, NULL},
    {"/500-html", VSDK_STATUS_SERVER_ERROR, 500, NO_WAIT, 1, "500"},
    {"/503", VSDK_STATUS_SERVER_ERROR, 503, 5000, 1, NULL},
    {"/empty", VSDK_STATUS_INVALID_RESPONSE, 200, NO_WAIT, 0, NULL},
    {"/truncated", VSDK_STATUS_INVALID_RESPONSE, 200, NO_WAIT, 0, NULL},
    {"/html", VSDK_STATUS_INVALID_RESPONSE, 200, NO_WAIT, 0, NULL},
    {"/no-room-id", VSDK_STATUS_INVALID_RESPONSE, 200, NO_WAIT, 0, NULL},
    {"/garbage", VSDK_STATUS_INVALID_RESPONSE, NO_REPLY, NO_WAIT, 0, NULL},
    {"/endless", VSDK_STATUS_RESPONSE_TOO_LARGE, 200, NO_WAIT, 0, NULL},
    {"/redirect", VSDK_STATUS_REDIRECT, 302, NO_WAIT, 0, "elsewhere.example"},
    {"/cut", VSDK_STATUS_NETWORK_BROKEN, 200, NO_WAIT, 1, NULL},
    {"/chunk", VSDK_STATUS_NETWORK_BROKEN, 200, NO_WAIT, 1, NULL},
    {"/close", VSDK_STATUS_NETWORK_BROKEN, NO_REPLY, NO_WAIT, 1, NULL},
    {"/reset", VSDK_STATUS_NETWORK_BROKEN, NO_REPLY, NO_WAIT, 1, NULL},
};

/* Whether the call may be made again: what creates or closes a room may have done so. */
static int32_t retryable(const struct expectation *it, const char *operation) {
    int once_only = strcmp(operation, "create_room") == 0 || strcmp(operation, "room_deactivate") == 0;
    int in_doubt = it->status == VSDK_STATUS_SERVER_ERROR || it->status == VSDK_STATUS_NETWORK_BROKEN;
    return once_only && in_doubt ? 0 : it->retryable;
}

/* What the thread's error tells, beyond its status. */
static void check_told(const struct expectation *it, const char *operation) {
    char what[200];
    snprintf(what, sizeof what, "%s at %s: %s", operation, it->below, vsdk_error_message(error));
    check_number(__FILE__, __LINE__, what, it->http_status, vsdk_error_http_status(error));
    /* A date is counted from the server's clock, whose seconds may have gone on. */
    int64_t wait = vsdk_error_retry_after_ms(error);
    if (it->retry_after_ms > 0 && wait <= it->retry_after_ms && wait > it->retry_after_ms - 60000)
        wait = it->retry_after_ms;
    check_number(__FILE__, __LINE__, what, it->retry_after_ms, wait);
    check_number(__FILE__, __LINE__, what, retryable(it, operation), vsdk_error_is_retryable(error));
    check_text(__FILE__, __LINE__, what, operation, vsdk_error_operation(error));
    if (strlen(vsdk_error_remedy(error)) == 0) fail(__FILE__, __LINE__, what);
    if (it->text != NULL && strstr(vsdk_error_message(error), it->text) == NULL)
        fail(__FILE__, __LINE__, what);
    /* Every reply of this service names its request. */
    if (it->http_status != NO_REPLY && vsdk_error_request_id(error) == NULL)
        fail(__FILE__, __LINE__, what);
    forget_error();
}

static void creating(const struct expectation *it) {
    VsdkRoom *room = (VsdkRoom *)&replies;
    VsdkRoomOptions *options = room_options_below(it->below);
    CHECK_FAILS_AND_KEEP(it->status, vsdk_create_room(options, VSDK_TIMEOUT_DEFAULT, &room, &error));
    CHECK(room == NULL);
    check_told(it, "create_room");
    vsdk_room_options_free(options);
}

/* Calls that may be repeated are, so these take a while: not for all of the failures. */
static void other_calls(const struct expectation *it) {
    VsdkRoom *room = NULL;
    VsdkRoomList *list = NULL;
    VsdkRequestOptions *request = request_options_below(it->below);
    VsdkRoomListOptions *options = vsdk_room_list_options_new();
    CHECK_OK(vsdk_room_list_options_set_api_base_url(options, url_at(it->below, ""), &error));
    CHECK_FAILS_AND_KEEP(it->status, vsdk_room_get("id", request, VSDK_TIMEOUT_DEFAULT, &room, &error));
    check_told(it, "room_get");
    if (it->http_status != 400) { /* there it means an unknown room */
        CHECK_FAILS_AND_KEEP(it->status,
                             vsdk_room_validate("id", request, VSDK_TIMEOUT_DEFAULT, &room, &error));
        check_told(it, "room_validate");
    }
    CHECK_FAILS_AND_KEEP(it->status,
                         vsdk_room_deactivate("id", request, VSDK_TIMEOUT_DEFAULT, &room, &error));
    check_told(it, "room_deactivate");
    if (it->http_status != 402 && it->http_status != 404) {
        CHECK_FAILS_AND_KEEP(it->status, vsdk_rooms_list(options, VSDK_TIMEOUT_DEFAULT, &list, &error));
        check_told(it, "rooms_list");
    }
    vsdk_room_list_options_free(options);
    vsdk_request_options_free(request);
}

static void fetching(const struct expectation *it) {
    struct expectation here = *it;
    VsdkToken *token = (VsdkToken *)&replies;
    int is_reply = it->http_status == 200 && it->status == VSDK_STATUS_INVALID_RESPONSE;
    if (is_reply) here.status = VSDK_STATUS_TOKEN_SERVER_REPLY; /* a reply without a token */
    CHECK_FAILS_AND_KEEP(here.status, vsdk_token_fetch(url_at(it->below, "/get-token"), NULL,
                                                       VSDK_TIMEOUT_DEFAULT, &token, &error));
    CHECK(token == NULL);
    check_told(&here, "token_fetch");
}

static void check_server_words(void) {
    VsdkRoom *room = NULL;
    VsdkRoomOptions *options = room_options_below("/own-number");
    CHECK_FAILS_AND_KEEP(VSDK_STATUS_UNAUTHORIZED,
                         vsdk_create_room(options, VSDK_TIMEOUT_DEFAULT, &room, &error));
    CHECK_NUMBER(4002, vsdk_error_service_code(error));
    CHECK_TEXT("Token is invalid", vsdk_error_service_text(error));
    forget_error();
    vsdk_room_options_free(options);
    /* 200, but the body is an error object. */
    options = room_options_below("/200-error");
    VsdkStatus status = vsdk_create_room(options, VSDK_TIMEOUT_DEFAULT, &room, &error);
    CHECK(status < 0 && room == NULL);
    CHECK(strstr(vsdk_error_message(error), "wrong on purpose") != NULL);
    CHECK(strlen(vsdk_error_remedy(error)) > 0);
    forget_error();
    vsdk_room_options_free(options);
}

/* ---- No reply in time -------------------------------------------------------------------------- */

static void stalling(const char *below, int32_t http_status) {
    enum { ALLOWED_MS = 300 };
    const struct expectation it = {below, VSDK_STATUS_TIMEOUT, http_status, NO_WAIT, 1, "300 ms"};
    VsdkRoom *room = NULL;
    VsdkRoomOptions *options = room_options_below(below);
    int64_t began = now_ms();
    CHECK_FAILS_AND_KEEP(it.status, vsdk_create_room(options, ALLOWED_MS, &room, &error));
    int64_t took = now_ms() - began;
    CHECK(took >= ALLOWED_MS - 5 && took < ALLOWED_MS * 100);
    CHECK(strstr(vsdk_error_message(error), "ms") != NULL);
    CHECK(strlen(vsdk_error_remedy(error)) > 0);
    CHECK_TEXT("create_room", vsdk_error_operation(error));
    forget_error();
    vsdk_room_options_free(options);
    CHECK_FAILS(VSDK_STATUS_TIMEOUT, vsdk_create_room(NULL, 0, &room, &error)); /* no time at all */
    CHECK(room == NULL);
}

/* ---- No server --------------------------------------------------------------------------------- */

static void without_server(const char *base_url, VsdkStatus status, const char *named) {
    VsdkRoom *room = NULL;
    VsdkToken *token = NULL;
    char url[300];
    VsdkRoomOptions *options = vsdk_room_options_new();
    VsdkStatus set = vsdk_room_options_set_api_base_url(options, base_url, &error);
    CHECK(set == VSDK_STATUS_OK);
    CHECK_FAILS_AND_KEEP(status, vsdk_create_room(options, 1000 * HANG_S, &room, &error));
    CHECK(strstr(vsdk_error_message(error), named) != NULL);
    CHECK(strlen(vsdk_error_remedy(error)) > 0);
    CHECK_TEXT("create_room", vsdk_error_operation(error));
    CHECK_NUMBER(0, vsdk_error_http_status(error));
    forget_error();
    snprintf(url, sizeof url, "%s/get-token", base_url);
    CHECK_FAILS_AND_KEEP(status, vsdk_token_fetch(url, NULL, 1000 * HANG_S, &token, &error));
    CHECK_TEXT("token_fetch", vsdk_error_operation(error));
    forget_error();
    vsdk_room_options_free(options);
}

int main(int count, char **words) {
    CHECK(count == 3);
    configure(words[1]);
    for (size_t each = 0; each < sizeof replies / sizeof *replies; ++each) {
        const struct expectation *it = &replies[each];
        int is_repeated = it->status == VSDK_STATUS_NETWORK_BROKEN || it->http_status >= 500;
        creating(it);
        if (!is_repeated) other_calls(it);
        if (!is_repeated) fetching(it);
    }
    check_server_words();
    stalling("/stall", NO_REPLY);
    stalling("/stall-body", 200);
    without_server(words[2], VSDK_STATUS_NETWORK_CONNECT, "127.0.0.1");
    without_server("https://nonexistent.invalid", VSDK_STATUS_NETWORK_DNS, "nonexistent.invalid");
    without_server("http://nonexistent.invalid", VSDK_STATUS_NETWORK_INSECURE, "nonexistent.invalid");
    create_and_free_room();
    return all_is_over();
}
