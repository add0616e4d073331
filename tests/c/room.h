/* A room of the local service, and who meets there. */
#ifndef ROOM_H
#define ROOM_H

#include "service.h"

enum { OK = VSDK_STATUS_OK, ANY = -1 };

static const char *room;

/* A meeting in `room` with this token, or with the configured one for NULL. */
static inline VsdkMeeting *meeting_as(const char *id, const char *name, const char *token, int is_agent) {
    VsdkMeeting *meeting = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    CHECK_OK(vsdk_meeting_options_set_meeting_id(options, room, &error));
    CHECK_OK(vsdk_meeting_options_set_participant_id(options, id, &error));
    CHECK_OK(vsdk_meeting_options_set_name(options, name, &error));
    CHECK_OK(vsdk_meeting_options_set_metadata_json(options, "{\"seat\":7}", &error));
    CHECK_OK(vsdk_meeting_options_set_token(options, token, &error));
    if (is_agent) CHECK_OK(vsdk_meeting_options_set_peer_type(options, VSDK_PEER_TYPE_AGENT, &error));
    CHECK_OK(vsdk_init_meeting(options, &meeting, &error));
    vsdk_meeting_options_free(options);
    return meeting;
}

static inline VsdkMeeting *joined_as(const char *id, const char *name) {
    VsdkMeeting *meeting = meeting_as(id, name, NULL, 0);
    CHECK_OK(vsdk_meeting_join(meeting, VSDK_TIMEOUT_DEFAULT, &error));
    return meeting;
}

/* Waits for the next event of this type, about this participant unless it is NULL; to be freed. */
static inline VsdkEvent *await(const VsdkMeeting *meeting, VsdkEventType type, const char *about, int32_t code) {
    for (;;) {
        VsdkEvent *event = NULL;
        CHECK_OK(vsdk_meeting_next_event(meeting, 1000 * HANG_S, &event, &error));
        const char *id = vsdk_event_participant_id(event);
        if (vsdk_event_type(event) == type && (code == ANY || vsdk_event_code(event) == code) &&
            (about == NULL || (id != NULL && strcmp(id, about) == 0)))
            return event;
        vsdk_event_free(event);
    }
}

/* The same, for one of which nothing else is looked at. */
static inline void see(const VsdkMeeting *meeting, VsdkEventType type, const char *about, int32_t code) {
    vsdk_event_free(await(meeting, type, about, code));
}

/* A room of its own. */
static inline void make_room(void) {
    static char id[64];
    VsdkRoom *made = NULL;
    CHECK_OK(vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &made, &error));
    snprintf(id, sizeof id, "%s", vsdk_room_id(made));
    vsdk_room_free(made);
    room = id;
}

#endif
