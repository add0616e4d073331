/* Two tokens, two servers and two meetings in one process; what an object says wins.
 *
 * Arguments: two services with keys of their own, and for the first one tokens that are good for
 * one room each: whether a call succeeds shows which token the server has seen.
 */
#include "service.h"

enum { OK = VSDK_STATUS_OK };

static void get_room(const char *id, const char *token, const char *base_url, VsdkStatus wanted) {
    VsdkRoom *room = NULL;
    VsdkRequestOptions *request = vsdk_request_options_new();
    CHECK_OK(vsdk_request_options_set_token(request, token, &error));
    CHECK_OK(vsdk_request_options_set_api_base_url(request, base_url, &error));
    CHECK_STATUS(wanted, vsdk_room_get(id, request, VSDK_TIMEOUT_DEFAULT, &room, &error));
    CHECK((room != NULL) == (wanted == OK));
    forget_error();
    vsdk_room_free(room);
    vsdk_request_options_free(request);
}

static void create_room(const char *token, const char *base_url, VsdkStatus wanted) {
    VsdkRoom *room = NULL;
    VsdkRoomOptions *options = vsdk_room_options_new();
    CHECK_OK(vsdk_room_options_set_token(options, token, &error));
    CHECK_OK(vsdk_room_options_set_api_base_url(options, base_url, &error));
    CHECK_STATUS(wanted, vsdk_create_room(options, VSDK_TIMEOUT_DEFAULT, &room, &error));
    forget_error();
    vsdk_room_free(room);
    vsdk_room_options_free(options);
}

static void list_rooms(const char *token, const char *base_url, VsdkStatus wanted) {
    VsdkRoomList *list = NULL;
    VsdkRoomListOptions *options = vsdk_room_list_options_new();
    CHECK_OK(vsdk_room_list_options_set_token(options, token, &error));
    CHECK_OK(vsdk_room_list_options_set_api_base_url(options, base_url, &error));
    CHECK_STATUS(wanted, vsdk_rooms_list(options, VSDK_TIMEOUT_DEFAULT, &list, &error));
    forget_error();
    vsdk_room_list_free(list);
    vsdk_room_list_options_free(options);
}

static VsdkMeeting *meeting_in(const char *id, const char *token) {
    VsdkMeeting *meeting = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    CHECK_OK(vsdk_meeting_options_set_meeting_id(options, id, &error));
    CHECK_OK(vsdk_meeting_options_set_token(options, token, &error));
    CHECK_OK(vsdk_init_meeting(options, &meeting, &error));
    vsdk_meeting_options_free(options);
    return meeting;
}

static int64_t end_of_token(const VsdkMeeting *meeting) {
    VsdkMeetingSnapshot *snapshot = NULL;
    CHECK_OK(vsdk_meeting_snapshot(meeting, &snapshot, &error));
    int64_t end = vsdk_meeting_snapshot_token_expires_at_s(snapshot);
    vsdk_meeting_snapshot_free(snapshot);
    return end;
}

static void drain(const VsdkMeeting *meeting, VsdkStatus end) {
    VsdkEvent *event = NULL;
    VsdkStatus status;
    while ((status = vsdk_meeting_next_event(meeting, 0, &event, &error)) == OK) vsdk_event_free(event);
    CHECK_NUMBER(end, status);
}

int main(int count, char **words) {
    CHECK(count == 9);
    const char *first = words[1], *second = words[2];
    const char *first_token = words[3], *second_token = words[4];
    const char *room_a = words[5], *token_a = words[6], *room_b = words[7], *token_b = words[8];
    configure(first);
    configure_with(first, first_token);

    /* A token that only the other server knows: the configured one is not sent there. */
    create_room(NULL, NULL, OK);
    create_room(second_token, second, OK);
    create_room(NULL, second, VSDK_STATUS_UNAUTHORIZED);
    create_room(second_token, NULL, VSDK_STATUS_UNAUTHORIZED);
    list_rooms(second_token, second, OK);
    list_rooms(NULL, second, VSDK_STATUS_UNAUTHORIZED);
    get_room(room_a, NULL, NULL, OK);
    get_room(room_b, NULL, NULL, OK);
    get_room(room_a, token_a, NULL, OK);
    get_room(room_b, token_b, NULL, OK);
    get_room(room_a, token_b, NULL, VSDK_STATUS_FORBIDDEN);
    get_room(room_b, token_a, NULL, VSDK_STATUS_FORBIDDEN);

    /* The configured token is a bad one: an object's own token is sent in its place. */
    configure_with(first, token_a);
    get_room(room_b, NULL, NULL, VSDK_STATUS_FORBIDDEN);
    get_room(room_b, token_b, NULL, OK);

    VsdkMeeting *a = meeting_in(room_a, NULL), *b = meeting_in(room_b, token_b);
    CHECK(end_of_token(a) != end_of_token(b));
    CHECK_FAILS(VSDK_STATUS_TOKEN_ROOM_MISMATCH, vsdk_meeting_set_token(a, token_b, &error));
    int64_t end_of_a = end_of_token(a);
    CHECK_OK(vsdk_config(first_token, &error)); /* meetings keep theirs */
    CHECK_NUMBER(end_of_a, end_of_token(a));
    CHECK_OK(vsdk_meeting_leave(a, 0, &error));
    drain(a, VSDK_STATUS_CLOSED);
    drain(b, VSDK_STATUS_NO_EVENT); /* the other one goes on */
    vsdk_meeting_free(a);
    vsdk_meeting_free(b);
    return all_is_over();
}
