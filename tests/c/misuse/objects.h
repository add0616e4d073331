/* One maker for each type of object, and values that make sense where a text is asked for.
 *
 * A new type in the header needs a maker here: without one the generated table does not compile.
 */
#ifndef MISUSE_OBJECTS_H
#define MISUSE_OBJECTS_H

#include <vsdk.h>

extern const char *sensible_token;
extern const char *sensible_url;
extern const char *sensible_json;
extern const char *sensible_text;

/* First of all: where the service is, which is this machine, and what its tokens are made with. */
void prepare_objects(const char *url, const char *api_key, const char *secret);

VsdkError *make_VsdkError(void);
VsdkOp *make_VsdkOp(void);
VsdkConfigOptions *make_VsdkConfigOptions(void);
VsdkToken *make_VsdkToken(void);
VsdkTokenMintOptions *make_VsdkTokenMintOptions(void);
VsdkTokenFetchOptions *make_VsdkTokenFetchOptions(void);
VsdkTokenReport *make_VsdkTokenReport(void);
VsdkRequestOptions *make_VsdkRequestOptions(void);
VsdkRoomOptions *make_VsdkRoomOptions(void);
VsdkRoomListOptions *make_VsdkRoomListOptions(void);
VsdkRoom *make_VsdkRoom(void);
VsdkRoomList *make_VsdkRoomList(void);
VsdkMeetingOptions *make_VsdkMeetingOptions(void);
VsdkMeeting *make_VsdkMeeting(void);
VsdkMeetingSnapshot *make_VsdkMeetingSnapshot(void);
VsdkEvent *make_VsdkEvent(void);
VsdkParticipant *make_VsdkParticipant(void);
VsdkPublishOptions *make_VsdkPublishOptions(void);
VsdkServiceOptions *make_VsdkServiceOptions(void);
VsdkContent *make_VsdkContent(void);
VsdkTrackOptions *make_VsdkTrackOptions(void);
VsdkLocalTrack *make_VsdkLocalTrack(void);
VsdkMediaStatistics *make_VsdkMediaStatistics(void);
VsdkAudioInput *make_VsdkAudioInput(void);
VsdkAudioOutput *make_VsdkAudioOutput(void);

/* Only where the library was built with its feature `vp8`; else NULL. */
VsdkVideoInput *make_VsdkVideoInput(void);

/* Only where the library was built with its feature `devices`, and the sound system has ALSA's device
 * `null`; else NULL. */
VsdkDeviceList *make_VsdkDeviceList(void);
VsdkAudioDevice *make_VsdkAudioDevice(void);

/* What comes from others by way of a media server is not to be had here: these give NULL. */
VsdkRemoteTrack *make_VsdkRemoteTrack(void);
VsdkReceivedFrame *make_VsdkReceivedFrame(void);
VsdkVideoOutput *make_VsdkVideoOutput(void);
VsdkReceivedPicture *make_VsdkReceivedPicture(void);

/* Whether there is none of that type here. */
int is_not_to_be_had(const char *type);

#endif
