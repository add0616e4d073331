/* No secret ever comes out: not in log records, errors, events, snapshots or reports.
 *
 * Arguments: the service; a token; what must not be seen of it; a URL where nobody listens. The
 * service's failures repeat the token, and every other secret, in bodies, headers and redirects. It
 * refuses the first livestream and repeats its key, and cuts off whoever sets a value in a meeting.
 */
#include "room.h"

/* Everything that came out, one text after another. */
static char *collected;
static size_t collected_length, texts;
static pthread_mutex_t collecting = PTHREAD_MUTEX_INITIALIZER;

static void collect(const char *text) {
    if (text == NULL) return;
    pthread_mutex_lock(&collecting);
    size_t length = strlen(text);
    collected = realloc(collected, collected_length + length + 2);
    CHECK(collected != NULL);
    memcpy(collected + collected_length, text, length + 1);
    collected_length += length;
    collected[collected_length++] = '\n';
    collected[collected_length] = '\0';
    ++texts;
    pthread_mutex_unlock(&collecting);
}

static int was_seen(const char *secret) {
    pthread_mutex_lock(&collecting);
    int seen = strstr(collected, secret) != NULL;
    pthread_mutex_unlock(&collecting);
    return seen;
}

/* Logs come on another thread: this is called when it has ended. */
static void must_not_have_been_seen(const char *what, const char *secret) {
    char complaint[200];
    CHECK(strlen(secret) >= 8);
    if (!was_seen(secret)) return;
    const char *place = strstr(collected, secret);
    const char *begin = place;
    while (begin > collected && begin[-1] != '\n' && place - begin < 100) --begin;
    snprintf(complaint, sizeof complaint, "%s was seen: %.*s...", what, (int)(place - begin), begin);
    fail(__FILE__, __LINE__, complaint);
}

static void on_log(VsdkLogLevel level, const char *target, const char *message, void *user_data) {
    (void)level;
    collect(target);
    collect(message);
    if (user_data != NULL) ++*(atomic_int *)user_data;
}

static void collect_error(void) {
    if (error == NULL) return;
    collect(vsdk_error_message(error));
    collect(vsdk_error_remedy(error));
    collect(vsdk_error_operation(error));
    collect(vsdk_error_service_text(error));
    collect(vsdk_error_request_id(error));
    collect(vsdk_error_name(error));
    forget_error();
}

static void collect_event(const VsdkEvent *event) {
    collect(vsdk_event_json(event));
    collect(vsdk_event_text(event));
}

static const char *const secret_key = "5ec2e7aa5ec2e7aa5ec2e7aa5ec2e7aa5ec2e7aa5ec2e7aa5ec2e7aa5ec2e7aa";
static const char *const proxy_password = "proxy-password-7f3a";
static const char *const header_value = "header-value-9c41";
static const char *const query_secret = "query-secret-2b8d";
static const char *const user_password = "user-password-6e50";
static const char *const stream_key = "stream-key-4d17a2";
static const char *const turn_password = "turn-password-3c88";
static const char *token;
static char minted_signature[200];

/* ---- What may fail, and what it says ----------------------------------------------------------- */

static void minting(void) {
    VsdkToken *minted = NULL;
    VsdkTokenReport *report = NULL;
    VsdkTokenMintOptions *options = vsdk_token_mint_options_new();
    CHECK_OK(vsdk_token_mint_options_set_api_key(options, "0a1b2c3d-4e5f-6a7b-8c9d-0e1f2a3b4c5d", &error));
    CHECK_OK(vsdk_token_mint_options_set_secret(options, secret_key, &error));
    CHECK_OK(vsdk_token_mint(options, &minted, &error));
    snprintf(minted_signature, sizeof minted_signature, "%s", strrchr(vsdk_token_text(minted), '.') + 1);
    CHECK_OK(vsdk_token_inspect(vsdk_token_text(minted), &report, &error));
    collect(vsdk_token_report_json(report));
    vsdk_token_report_free(report);
    /* The secret in the place of something else. */
    VsdkStatus status = vsdk_token_mint_options_set_api_key(options, secret_key, &error);
    collect_error();
    vsdk_token_free(minted);
    if (status == VSDK_STATUS_OK) {
        status = vsdk_token_mint(options, &minted, &error);
        collect_error();
        if (status == VSDK_STATUS_OK) vsdk_token_free(minted);
    }
    (void)vsdk_token_mint_options_set_claims_json(options, "{\"exp\":", &error);
    collect_error();
    vsdk_token_mint_options_free(options);
    (void)vsdk_config(secret_key, &error);
    collect_error();
}

static void inspect(const char *text) {
    VsdkTokenReport *report = NULL;
    CHECK_OK(vsdk_token_inspect_for(text, VSDK_TOKEN_PURPOSE_JOIN, "another-room", "ann", &report, &error));
    collect(vsdk_token_report_json(report));
    collect(vsdk_token_report_header_json(report));
    collect(vsdk_token_report_claims_json(report));
    for (size_t index = 0; index < vsdk_token_report_finding_count(report); ++index) {
        collect(vsdk_token_report_finding_name(report, index));
        collect(vsdk_token_report_finding_explanation(report, index));
        collect(vsdk_token_report_finding_remedy(report, index));
    }
    vsdk_token_report_free(report);
}

/* The token in every form in which people paste it. */
static void spoilt_tokens(void) {
    const char *const forms[] = {"%s", "Bearer %s", "\"%s\"", " %s\n", "%s.more", "x%s", "%s=", "Basic %s"};
    char text[5000];
    VsdkMeeting *meeting = new_meeting(token);
    for (size_t each = 0; each < sizeof forms / sizeof *forms; ++each) {
        /* The forms above are all that is ever formatted with. */
        const char *place = strstr(forms[each], "%s");
        snprintf(text, sizeof text, "%.*s%s%s", (int)(place - forms[each]), forms[each], token, place + 2);
        inspect(text);
        (void)vsdk_config(text, &error);
        collect_error();
        (void)vsdk_meeting_set_token(meeting, text, &error);
        collect_error();
        VsdkRoom *room = NULL;
        VsdkRoomOptions *options = vsdk_room_options_new();
        (void)vsdk_room_options_set_token(options, text, &error);
        collect_error();
        (void)vsdk_create_room(options, VSDK_TIMEOUT_DEFAULT, &room, &error);
        collect_error();
        collect(vsdk_room_json(room));
        vsdk_room_free(room);
        vsdk_room_options_free(options);
    }
    inspect(secret_key);
    VsdkMeetingSnapshot *snapshot = NULL;
    VsdkEvent *event = NULL;
    CHECK_OK(vsdk_meeting_snapshot(meeting, &snapshot, &error));
    collect(vsdk_meeting_snapshot_json(snapshot));
    vsdk_meeting_snapshot_free(snapshot);
    while (vsdk_meeting_next_event(meeting, 0, &event, &error) == VSDK_STATUS_OK) {
        collect_event(event);
        vsdk_event_free(event);
    }
    vsdk_meeting_free(meeting);
}

static void fetch(const char *url) {
    VsdkToken *fetched = NULL;
    VsdkTokenFetchOptions *options = vsdk_token_fetch_options_new();
    CHECK_OK(vsdk_token_fetch_options_set_header(options, "Authorization", header_value, &error));
    CHECK_OK(vsdk_token_fetch_options_set_header(options, "X-Session", header_value, &error));
    (void)vsdk_token_fetch_options_set_header(options, "X-Bad\n", header_value, &error);
    collect_error();
    (void)vsdk_token_fetch(url, options, 2000, &fetched, &error);
    collect_error();
    vsdk_token_free(fetched);
    vsdk_token_fetch_options_free(options);
}

static void call_everything(const char *below) {
    char url[400];
    VsdkRoom *room = NULL;
    VsdkRoomList *list = NULL;
    VsdkRoomOptions *options = room_options_below(below);
    VsdkRequestOptions *request = request_options_below(below);
    VsdkRoomListOptions *listing = vsdk_room_list_options_new();
    CHECK_OK(vsdk_room_list_options_set_api_base_url(listing, url_at(below, ""), &error));
    CHECK(vsdk_create_room(options, 2000, &room, &error) < 0);
    collect_error();
    CHECK(vsdk_room_get("id", request, 1000, &room, &error) < 0);
    collect_error();
    CHECK(vsdk_room_validate("id", request, 1000, &room, &error) < 0);
    collect_error();
    CHECK(vsdk_room_deactivate("id", request, 1000, &room, &error) < 0);
    collect_error();
    CHECK(vsdk_rooms_list(listing, 1000, &list, &error) < 0);
    collect_error();
    snprintf(url, sizeof url, "%s%s/get-token?secret=%s&token=%s", service_url, below, query_secret,
             query_secret);
    fetch(url);
    vsdk_room_list_options_free(listing);
    vsdk_request_options_free(request);
    vsdk_room_options_free(options);
}

static void bad_addresses(const char *closed_url) {
    char url[400];
    const char *const schemes[] = {"http", "https", "ftp"};
    const char *host = strstr(closed_url, "://") + 3;
    for (size_t each = 0; each < sizeof schemes / sizeof *schemes; ++each) {
        snprintf(url, sizeof url, "%s://ann:%s@%s/get-token?secret=%s", schemes[each], user_password, host,
                 query_secret);
        fetch(url);
        VsdkConfigOptions *options = vsdk_config_options_new();
        (void)vsdk_config_options_set_api_base_url(options, url, &error);
        collect_error();
        (void)vsdk_config_with(options, &error);
        collect_error();
        vsdk_config_options_free(options);
        VsdkRoom *room = NULL;
        VsdkRoomOptions *room_options = vsdk_room_options_new();
        (void)vsdk_room_options_set_api_base_url(room_options, url, &error);
        collect_error();
        (void)vsdk_create_room(room_options, 2000, &room, &error);
        collect_error();
        vsdk_room_options_free(room_options);
    }
    snprintf(url, sizeof url, "%s/get-token?secret=%s", closed_url, query_secret);
    fetch(url);
    snprintf(url, sizeof url, "https://nonexistent.invalid/get-token?secret=%s", query_secret);
    fetch(url);
    snprintf(url, sizeof url, "http://nonexistent.invalid/get-token?secret=%s", query_secret);
    fetch(url);
}

/* Proxies that do not answer, that are none, and that refuse. */
static void proxies(const char *closed_url) {
    char url[400];
    const char *const hosts[] = {strstr(closed_url, "://") + 3, strstr(service_url, "://") + 3,
                                 "nonexistent.invalid:3128", "no host"};
    for (size_t each = 0; each < sizeof hosts / sizeof *hosts; ++each) {
        VsdkRoom *room = NULL;
        VsdkConfigOptions *options = vsdk_config_options_new();
        snprintf(url, sizeof url, "http://ann:%s@%s", proxy_password, hosts[each]);
        (void)vsdk_config_options_set_proxy(options, url, &error);
        collect_error();
        (void)vsdk_config_with(options, &error);
        collect_error();
        vsdk_config_options_free(options);
        (void)vsdk_create_room(NULL, 1000, &room, &error);
        collect_error();
        vsdk_room_free(room);
        room = NULL;
        VsdkRoomOptions *secure = vsdk_room_options_new();
        CHECK_OK(vsdk_room_options_set_api_base_url(secure, "https://api.example.invalid", &error));
        (void)vsdk_create_room(secure, 1000, &room, &error);
        collect_error();
        vsdk_room_free(room);
        vsdk_room_options_free(secure);
    }
    VsdkConfigOptions *options = vsdk_config_options_new();
    CHECK_OK(vsdk_config_options_set_proxy(options, NULL, &error));
    CHECK_OK(vsdk_config_with(options, &error));
    vsdk_config_options_free(options);
}

/* Collects what is told until the meeting is in that state. */
static void collect_until(const VsdkMeeting *meeting, VsdkMeetingState state) {
    for (int is_there = 0; !is_there;) {
        VsdkEvent *event = NULL;
        CHECK_OK(vsdk_meeting_next_event(meeting, 1000 * HANG_S, &event, &error));
        collect_event(event);
        is_there = vsdk_event_type(event) == VSDK_EVENT_TYPE_STATE_CHANGED && vsdk_event_code(event) == state;
        vsdk_event_free(event);
    }
}

/* The token is in the address of the WebSocket and in what is joined with, a password in what the
 * service tells of ICE servers, and a key in what is asked of it. */
static void meet(void) {
    VsdkMeetingSnapshot *snapshot = NULL;
    make_room();
    VsdkMeeting *ann = meeting_as("ann", "Ann", token, 0);
    CHECK_OK(vsdk_meeting_join(ann, VSDK_TIMEOUT_DEFAULT, &error));
    collect_until(ann, VSDK_MEETING_STATE_CONNECTED);
    VsdkServiceOptions *options = vsdk_service_options_new();
    CHECK_OK(vsdk_service_options_add_output(options, "rtmp://a.example/live", stream_key, &error));
    CHECK(vsdk_meeting_start_service(ann, VSDK_SERVICE_KIND_LIVESTREAM, options, VSDK_TIMEOUT_DEFAULT, &error) ==
          VSDK_STATUS_REFUSED);
    CHECK(strstr(vsdk_error_message(error), "The platform knows no") != NULL);
    collect_error();
    CHECK_OK(vsdk_meeting_start_service(ann, VSDK_SERVICE_KIND_LIVESTREAM, options, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_service_options_free(options);
    CHECK(vsdk_meeting_store_set(ann, "a", "b", VSDK_TIMEOUT_DEFAULT, &error) == VSDK_STATUS_CONNECTION_LOST);
    collect_error();
    collect_until(ann, VSDK_MEETING_STATE_RECONNECTING);
    collect_until(ann, VSDK_MEETING_STATE_CONNECTED);
    CHECK_OK(vsdk_meeting_snapshot(ann, &snapshot, &error));
    CHECK(strstr(vsdk_meeting_snapshot_json(snapshot), "turn:127.0.0.1:3478") != NULL);
    collect(vsdk_meeting_snapshot_json(snapshot));
    vsdk_meeting_snapshot_free(snapshot);
    CHECK_OK(vsdk_meeting_leave(ann, VSDK_TIMEOUT_DEFAULT, &error));
    collect_until(ann, VSDK_MEETING_STATE_LEFT);
    vsdk_meeting_free(ann);
}

/* The collector sees what it is to see, on all its ways. */
static void positive_control(void) {
    VsdkRoom *room = NULL;
    VsdkRoomOptions *options = room_options_below("/planted");
    CHECK(vsdk_create_room(options, VSDK_TIMEOUT_DEFAULT, &room, &error) < 0);
    collect_error();
    vsdk_room_options_free(options);
    CHECK(was_seen("planted-in-a-body")); /* harmless words of a server do come through */
    CHECK(!was_seen("planted-by-hand-0123"));
    on_log(VSDK_LOG_LEVEL_INFO, "control", "a record with planted-by-hand-0123 in it", NULL);
    CHECK(was_seen("planted-by-hand-0123"));
}

int main(int count, char **words) {
    const char *const below[] = {"/echo-400", "/echo-401", "/echo-403", "/echo-404", "/echo-409",
                                 "/echo-429", "/echo-500", "/echo-html", "/echo-text", "/echo-200",
                                 "/echo-redirect", "/echo-garbage", "/echo-header", "/echo-cut", "/stall",
                                 "/reset"};
    atomic_int records = 0;
    CHECK(count == 6);
    token = words[2];
    CHECK_OK(vsdk_set_log_handler(VSDK_LOG_LEVEL_TRACE, on_log, &records, NULL, &error));
    configure(words[1]);
    CHECK_OK(vsdk_config(token, &error));
    create_and_free_room();
    meet();
    minting();
    spoilt_tokens();
    for (size_t each = 0; each < sizeof below / sizeof *below; ++each) call_everything(below[each]);
    bad_addresses(words[5]);
    proxies(words[5]);
    positive_control();

    CHECK_OK(vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, &error)); /* now all records are here */
    CHECK(records > 50 && texts > 500);
    must_not_have_been_seen("the token", token);
    must_not_have_been_seen("the token's payload", words[3]);
    must_not_have_been_seen("the token's signature", words[4]);
    must_not_have_been_seen("the signature of the minted token", minted_signature);
    must_not_have_been_seen("the secret", secret_key);
    must_not_have_been_seen("the proxy's password", proxy_password);
    must_not_have_been_seen("a header's value", header_value);
    must_not_have_been_seen("a secret in a query", query_secret);
    must_not_have_been_seen("a password in a URL", user_password);
    must_not_have_been_seen("the key of a livestream", stream_key);
    must_not_have_been_seen("the password of a TURN server", turn_password);
    printf("%d records, %zu texts\n", (int)records, texts);
    free(collected);
    return all_is_over();
}
