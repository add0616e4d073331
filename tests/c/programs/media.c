/* Media as far as it goes without a media server: options, tracks that nobody takes frames from,
 * data without a connection, and whatever is refused.
 *
 * Arguments: the service, and a room.
 */
#include "room.h"

static const uint8_t bytes[] = {0xfc, 1, 2, 3};

static VsdkEncodedFrame frame_of(const uint8_t *data, size_t length) {
    VsdkEncodedFrame frame = VSDK_ENCODED_FRAME_INIT;
    frame.data = data;
    frame.length = length;
    return frame;
}

static VsdkLocalTrack *added(const VsdkMeeting *meeting, const VsdkTrackOptions *options) {
    VsdkLocalTrack *track = NULL;
    CHECK_OK(vsdk_meeting_add_track(meeting, options, &track, &error));
    return track;
}

static VsdkLocalTrack *added_of(const VsdkMeeting *meeting, VsdkTrackKind kind) {
    VsdkTrackOptions *options = vsdk_track_options_new(kind);
    VsdkLocalTrack *track = added(meeting, options);
    vsdk_track_options_free(options);
    return track;
}

/* ---- Options ------------------------------------------------------------------------------------ */

static void options_are_checked(void) {
    CHECK(vsdk_track_options_new(0) == NULL);
    CHECK(vsdk_track_options_new(VSDK_TRACK_KIND_SHARE_AUDIO + 1) == NULL);
    VsdkTrackOptions *options = vsdk_track_options_new(VSDK_TRACK_KIND_VIDEO);
    VsdkStatus invalid = VSDK_STATUS_INVALID_ARGUMENT;
    CHECK_FAILS(invalid, vsdk_track_options_set_codec(options, VSDK_CODEC_OPUS, &error));
    CHECK_FAILS(invalid, vsdk_track_options_set_codec(options, 0, &error));
    CHECK_FAILS(invalid, vsdk_track_options_set_enabled(options, 2, &error));
    CHECK_FAILS(invalid, vsdk_track_options_set_size(options, 0, 480, &error));
    CHECK_FAILS(invalid, vsdk_track_options_set_size(options, 640, -1, &error));
    CHECK_FAILS(invalid, vsdk_track_options_set_size(options, 640, 16385, &error));
    CHECK_FAILS(invalid, vsdk_track_options_set_bitrate_mode(options, 4, &error));
    CHECK_FAILS(invalid, vsdk_track_options_set_multi_stream(options, -1, &error));
    CHECK_FAILS(invalid, vsdk_track_options_set_max_layers(options, 0, &error));
    CHECK_FAILS(invalid, vsdk_track_options_set_max_layers(options, 4, &error));
    CHECK_FAILS(invalid, vsdk_track_options_set_audio_profile(options, 7, &error));
    CHECK_FAILS(invalid, vsdk_track_options_set_share_profile(options, 9, &error));
    CHECK_FAILS(invalid, vsdk_track_options_set_app_data_json(options, "[1]", &error));
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER, vsdk_track_options_set_app_data_json(options, NULL, &error));
    vsdk_track_options_free(options);
}

static void layers_follow_from_the_options(const VsdkMeeting *meeting) {
    VsdkTrackOptions *options = vsdk_track_options_new(VSDK_TRACK_KIND_VIDEO);
    CHECK_OK(vsdk_track_options_set_codec(options, VSDK_CODEC_H264, &error));
    CHECK_OK(vsdk_track_options_set_size(options, 1280, 720, &error));
    CHECK_OK(vsdk_track_options_set_bitrate_mode(options, VSDK_BITRATE_MODE_HIGH_QUALITY, &error));
    CHECK_OK(vsdk_track_options_set_multi_stream(options, 1, &error));
    CHECK_OK(vsdk_track_options_set_max_layers(options, 3, &error));
    CHECK_OK(vsdk_track_options_set_app_data_json(options, "{\"camera\": \"front\"}", &error));
    VsdkLocalTrack *three = added(meeting, options);
    CHECK_OK(vsdk_track_options_set_max_layers(options, 1, &error));
    VsdkLocalTrack *one = added(meeting, options);
    vsdk_track_options_free(options);

    CHECK_NUMBER(VSDK_TRACK_KIND_VIDEO, vsdk_local_track_kind(three));
    CHECK_NUMBER(VSDK_CODEC_H264, vsdk_local_track_codec(three));
    CHECK_NUMBER(3, vsdk_local_track_layer_count(three));
    CHECK_NUMBER(1, vsdk_local_track_layer_count(one));
    CHECK(strcmp(vsdk_local_track_id(three), vsdk_local_track_id(one)) != 0);
    for (int32_t layer = 0; layer < 3; ++layer) {
        CHECK(vsdk_local_track_layer_scale(three, layer) >= 1);
        CHECK(vsdk_local_track_layer_max_kbps(three, layer) > 0);
        CHECK(vsdk_local_track_layer_max_fps(three, layer) >= 0);
    }
    CHECK(vsdk_local_track_layer_scale(three, 0) > vsdk_local_track_layer_scale(three, 2));
    CHECK(vsdk_local_track_layer_max_kbps(three, 0) < vsdk_local_track_layer_max_kbps(three, 2));
    for (int32_t layer = -1; layer <= 3; layer += 4) {
        VsdkEncoderTarget target = VSDK_ENCODER_TARGET_INIT;
        target.is_active = target.kbps = 5;
        CHECK(vsdk_local_track_layer_scale(three, layer) == 0);
        CHECK_NUMBER(0, vsdk_local_track_layer_max_kbps(three, layer));
        CHECK_NUMBER(0, vsdk_local_track_layer_max_fps(three, layer));
        CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                    vsdk_local_track_encoder_target(three, layer, &target, &error));
        CHECK(target.struct_size == sizeof target && target.is_active == 0 && target.kbps == 0);
    }
    vsdk_local_track_free(three);
    vsdk_local_track_free(one);

    /* Shares have a profile of their own, microphones another. */
    options = vsdk_track_options_new(VSDK_TRACK_KIND_SHARE);
    CHECK_OK(vsdk_track_options_set_share_profile(options, VSDK_SCREEN_SHARE_PROFILE_H720_FPS5, &error));
    VsdkLocalTrack *share = added(meeting, options);
    CHECK_NUMBER(5, vsdk_local_track_layer_max_fps(share, 0));
    vsdk_local_track_free(share);
    vsdk_track_options_free(options);
    options = vsdk_track_options_new(VSDK_TRACK_KIND_AUDIO);
    CHECK_OK(vsdk_track_options_set_audio_profile(options, VSDK_AUDIO_PROFILE_SPEECH_LOW_QUALITY, &error));
    VsdkLocalTrack *little = added(meeting, options);
    CHECK_OK(vsdk_track_options_set_audio_profile(options, VSDK_AUDIO_PROFILE_HIGH_QUALITY_STEREO, &error));
    VsdkLocalTrack *much = added(meeting, options);
    CHECK(vsdk_local_track_layer_max_kbps(little, 0) < vsdk_local_track_layer_max_kbps(much, 0));
    CHECK_NUMBER(1, vsdk_local_track_layer_count(much));
    vsdk_local_track_free(little);
    vsdk_local_track_free(much);
    vsdk_track_options_free(options);
}

/* ---- Frames ------------------------------------------------------------------------------------- */

#define CHECK_REFUSED(wanted, track, frame, word)                                           \
    do {                                                                                    \
        CHECK_FAILS_AND_KEEP(wanted, vsdk_local_track_push(track, frame, &error));          \
        if (strstr(vsdk_error_message(error), word) == NULL)                                \
            fail(__FILE__, __LINE__, vsdk_error_message(error));                            \
        CHECK(strlen(vsdk_error_remedy(error)) > 0);                                        \
        forget_error();                                                                     \
    } while (0)

static void wrong_frames_are_refused(const VsdkMeeting *meeting) {
    VsdkLocalTrack *sound = added_of(meeting, VSDK_TRACK_KIND_AUDIO);
    VsdkStatus invalid = VSDK_STATUS_INVALID_ARGUMENT;
    static uint8_t large[64 * 1024 + 1];
    VsdkEncodedFrame good = frame_of(bytes, sizeof bytes), frame = good;
    CHECK_STATUS(VSDK_STATUS_NOT_SENDING, vsdk_local_track_push(sound, &good, &error));
    CHECK_STATUS(VSDK_STATUS_NOT_SENDING, vsdk_local_track_push(sound, &good, NULL));
    CHECK(error == NULL);
    CHECK_REFUSED(VSDK_STATUS_NULL_POINTER, sound, NULL, "`frame` is NULL");
    frame.struct_size -= 1;
    CHECK_REFUSED(invalid, sound, &frame, "VsdkEncodedFrame has 48");
    frame = good, frame.struct_size = 0;
    CHECK_REFUSED(invalid, sound, &frame, "has 0 bytes");
    frame = good, frame.data = NULL;
    CHECK_REFUSED(VSDK_STATUS_NULL_POINTER, sound, &frame, "`frame->data` is NULL");
    frame.length = 0;
    CHECK_REFUSED(invalid, sound, &frame, "The frame has 0 bytes");
    frame = frame_of(large, sizeof large);
    CHECK_REFUSED(invalid, sound, &frame, "The frame has 65537 bytes");
    frame = good, frame.timestamp_us = -1;
    CHECK_REFUSED(invalid, sound, &frame, "-1 microseconds");
    frame = good, frame.is_key_frame = 2;
    CHECK_REFUSED(invalid, sound, &frame, "`frame->is_key_frame` is 2");
    frame = good, frame.layer = 1;
    CHECK_REFUSED(invalid, sound, &frame, "of layer 1");
    frame.layer = -1;
    CHECK_REFUSED(invalid, sound, &frame, "of layer -1");
    frame.layer = 256;
    CHECK_REFUSED(invalid, sound, &frame, "of layer 256");
    frame = good, frame.codec = VSDK_CODEC_VP8;
    CHECK_REFUSED(invalid, sound, &frame, "encoded as VP8; the track is sent as opus");
    frame.codec = 99;
    CHECK_REFUSED(invalid, sound, &frame, "99 is no codec");
    frame = good, frame.audio_level = 2;
    CHECK_REFUSED(invalid, sound, &frame, "audio level is 2 dB");
    frame.audio_level = -128;
    CHECK_REFUSED(invalid, sound, &frame, "audio level is -128 dB");

    /* What is allowed, for a larger struct of a later version too. */
    struct {
        VsdkEncodedFrame known;
        uint8_t unknown[16];
    } later = {good, {0xff}};
    later.known.struct_size = sizeof later;
    later.known.codec = VSDK_CODEC_OPUS;
    for (int32_t level = -127; level <= VSDK_AUDIO_LEVEL_UNKNOWN; ++level) {
        later.known.audio_level = level;
        CHECK_STATUS(VSDK_STATUS_NOT_SENDING, vsdk_local_track_push(sound, &later.known, &error));
    }

    VsdkEncoderTarget target = VSDK_ENCODER_TARGET_INIT;
    target.reserved = 7;
    CHECK_OK(vsdk_local_track_encoder_target(sound, 0, &target, &error));
    CHECK(target.struct_size == sizeof target && target.is_active == 1 && target.kbps == 0);
    CHECK(target.wants_key_frame == 0 && target.reserved == 0);
    target.struct_size -= 1;
    CHECK_FAILS(invalid, vsdk_local_track_encoder_target(sound, 0, &target, &error));
    CHECK_NUMBER(1, target.is_active);
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER, vsdk_local_track_encoder_target(sound, 0, NULL, &error));

    CHECK_NUMBER(0, vsdk_local_track_is_sending(sound));
    CHECK_OK(vsdk_local_track_set_enabled(sound, 0, &error));
    CHECK_OK(vsdk_local_track_set_enabled(sound, 1, &error));
    CHECK_FAILS(invalid, vsdk_local_track_set_enabled(sound, 2, &error));
    vsdk_local_track_free(sound);
    CHECK_REFUSED(VSDK_STATUS_INVALID_HANDLE, sound, &good, "VsdkLocalTrack");
    CHECK(vsdk_local_track_id(sound) == NULL);
    CHECK_NUMBER(0, vsdk_local_track_layer_count(sound));
}

static void *push_until_it_is_freed(void *track) {
    VsdkEncodedFrame frame = frame_of(bytes, sizeof bytes);
    while (vsdk_local_track_push(track, &frame, NULL) == VSDK_STATUS_NOT_SENDING) {
    }
    CHECK_FAILS(VSDK_STATUS_INVALID_HANDLE, vsdk_local_track_push(track, &frame, &error));
    return NULL;
}

static void a_track_is_freed_while_threads_use_it(const VsdkMeeting *meeting) {
    pthread_t threads[4];
    VsdkLocalTrack *track = added_of(meeting, VSDK_TRACK_KIND_VIDEO);
    for (int each = 0; each < 4; ++each) threads[each] = start_thread(push_until_it_is_freed, track);
    sleep_ms(20);
    vsdk_local_track_free(track);
    for (int each = 0; each < 4; ++each) pthread_join(threads[each], NULL);
}

/* ---- Data, and what others send ------------------------------------------------------------------ */

static void data_needs_a_connection(const VsdkMeeting *meeting) {
    static const uint8_t large[15 * 1024 + 1];
    const uint8_t *text = (const uint8_t *)"\xe2\x98\x83";
    int32_t reliable = VSDK_RELIABILITY_RELIABLE;
    CHECK_FAILS_AND_KEEP(VSDK_STATUS_INVALID_STATE,
                         vsdk_meeting_send_data(meeting, text, 3, 1, reliable, &error));
    CHECK_NUMBER(3048, vsdk_error_service_code(error));
    forget_error();
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE,
                vsdk_meeting_send_data(meeting, NULL, 0, 0, VSDK_RELIABILITY_UNRELIABLE, &error));
    CHECK_FAILS_AND_KEEP(VSDK_STATUS_INVALID_ARGUMENT,
                         vsdk_meeting_send_data(meeting, large, sizeof large, 0, reliable, &error));
    CHECK_NUMBER(3072, vsdk_error_service_code(error));
    forget_error();
    CHECK_FAILS(VSDK_STATUS_INVALID_UTF8, vsdk_meeting_send_data(meeting, text, 2, 1, reliable, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_meeting_send_data(meeting, text, 2, 0, reliable, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_meeting_send_data(meeting, text, 3, 2, reliable, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_meeting_send_data(meeting, text, 3, 1, 0, &error));
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER, vsdk_meeting_send_data(meeting, NULL, 3, 0, reliable, &error));
}

static void nobody_sends(const VsdkMeeting *meeting) {
    VsdkRemoteTrack *track = (VsdkRemoteTrack *)&track;
    CHECK_FAILS_AND_KEEP(VSDK_STATUS_NOT_FOUND, vsdk_meeting_remote_track(meeting, "nowhere", &track, &error));
    CHECK(track == NULL && strstr(vsdk_error_message(error), "nowhere") != NULL);
    forget_error();
    VsdkReceivedFrame *frame = (VsdkReceivedFrame *)&frame;
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER, vsdk_remote_track_next_frame(track, 0, &frame, &error));
    CHECK(frame == NULL);
    CHECK_NUMBER(VSDK_AUDIO_LEVEL_UNKNOWN, vsdk_received_frame_audio_level(frame));
    vsdk_remote_track_free(NULL);
    vsdk_received_frame_free(NULL);
    vsdk_local_track_free(NULL);
}

static void on_frame(const VsdkReceivedFrame *frame, void *ends) {
    (void)frame;
    (void)ends;
    fail(__FILE__, __LINE__, "there is no frame");
}

static void count_end(void *ends) {
    ++*(atomic_int *)ends;
}

static void frame_handlers_come_to_an_end(void) {
    atomic_int first = 0, second = 0;
    VsdkMeeting *meeting = new_meeting(NULL);
    CHECK_OK(vsdk_meeting_set_frame_handler(meeting, on_frame, &first, count_end, &error));
    CHECK_OK(vsdk_meeting_set_frame_handler(meeting, on_frame, &second, count_end, &error));
    WAIT_UNTIL(first == 1);
    CHECK_NUMBER(0, second);
    CHECK_OK(vsdk_meeting_set_frame_handler(meeting, NULL, NULL, NULL, &error));
    WAIT_UNTIL(second == 1);
    CHECK_OK(vsdk_meeting_set_frame_handler(meeting, on_frame, &first, count_end, &error));
    vsdk_meeting_free(meeting);
    WAIT_UNTIL(first == 2);
    CHECK_FAILS(VSDK_STATUS_INVALID_HANDLE,
                vsdk_meeting_set_frame_handler(meeting, on_frame, &second, count_end, &error));
    CHECK_NUMBER(2, second);
}

/* ---- Statistics -------------------------------------------------------------------------------- */

static void statistics_tell_what_is_not_known(const VsdkMeeting *meeting) {
    VsdkTrackOptions *options = vsdk_track_options_new(VSDK_TRACK_KIND_VIDEO);
    CHECK_OK(vsdk_track_options_set_size(options, 1280, 720, &error));
    CHECK_OK(vsdk_track_options_set_multi_stream(options, 1, &error));
    VsdkLocalTrack *camera = added(meeting, options);
    VsdkMediaStatistics *statistics = NULL;
    CHECK_OK(vsdk_meeting_media_statistics(meeting, &statistics, &error));
    CHECK_NUMBER(1, vsdk_media_statistics_track_count(statistics));

    VsdkTransportStatistics way = VSDK_TRANSPORT_STATISTICS_INIT;
    VsdkTransportDirection directions[] = {VSDK_TRANSPORT_DIRECTION_SEND,
                                           VSDK_TRANSPORT_DIRECTION_RECEIVE};
    for (size_t each = 0; each < 2; ++each) {
        CHECK_OK(vsdk_media_statistics_transport(statistics, directions[each], &way, &error));
        CHECK(!way.is_open && !way.is_connected && way.bytes_sent == 0 && way.packets_received == 0);
        CHECK(way.round_trip_ms == -1 && way.loss_sent == -1 && way.loss_received == -1);
        CHECK(way.estimated_kbps == -1 && way.protocol == -1);
    }
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_media_statistics_transport(statistics, 0, &way, &error));
    CHECK_NUMBER(0, way.protocol);

    VsdkTrackStatistics track = VSDK_TRACK_STATISTICS_INIT;
    CHECK_OK(vsdk_media_statistics_track(statistics, 0, &track, &error));
    CHECK_TEXT(vsdk_local_track_id(camera), track.track_id);
    CHECK(strlen(track.participant_id) > 0);
    CHECK(track.is_local == 1 && track.kind == VSDK_TRACK_KIND_VIDEO && track.codec == VSDK_CODEC_VP8);
    CHECK(track.frames == 0 && track.frames_dropped == 0);
    CHECK(track.frames_undecodable == -1 && track.frame_gaps == -1);
    CHECK(track.stream_count == 3);
    const char *borrowed = track.track_id;
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_media_statistics_track(statistics, 1, &track, &error));
    CHECK(track.track_id == NULL);

    VsdkStreamStatistics stream = VSDK_STREAM_STATISTICS_INIT;
    CHECK_OK(vsdk_media_statistics_stream(statistics, 0, 2, &stream, &error));
    CHECK(stream.bytes == 0 && stream.packets == 0 && stream.nack_count == 0);
    CHECK(stream.ssrc == -1 && stream.packets_lost == -1 && stream.loss == -1);
    CHECK(stream.round_trip_ms == -1 && stream.jitter_ms == -1);
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_media_statistics_stream(statistics, 0, 3, &stream, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT,
                vsdk_media_statistics_stream(statistics, 1, 0, &stream, &error));
    CHECK(strstr(vsdk_media_statistics_json(statistics), "\"packetsLost\":null") != NULL);

    /* Nothing is encoded or decoded here. */
    VsdkPlayoutStatistics playout = VSDK_PLAYOUT_STATISTICS_INIT;
    VsdkEncodingStatistics encoding = VSDK_ENCODING_STATISTICS_INIT;
    VsdkDecodingStatistics decoding = VSDK_DECODING_STATISTICS_INIT;
    CHECK_OK(vsdk_media_statistics_playout(statistics, 0, &playout, &error));
    CHECK_OK(vsdk_media_statistics_encoding(statistics, 0, &encoding, &error));
    CHECK_OK(vsdk_media_statistics_decoding(statistics, 0, &decoding, &error));
    CHECK(!playout.is_active && !encoding.is_active && !decoding.is_active);
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_media_statistics_playout(statistics, 1, &playout, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_media_statistics_encoding(statistics, 1, &encoding, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_media_statistics_decoding(statistics, 1, &decoding, &error));

    /* They outlive what they are of, and so do their texts. */
    vsdk_local_track_free(camera);
    vsdk_track_options_free(options);
    CHECK_OK(vsdk_media_statistics_track(statistics, 0, &track, &error));
    CHECK(track.track_id == borrowed);
    vsdk_media_statistics_free(statistics);
    CHECK_NUMBER(0, vsdk_media_statistics_track_count(statistics));
}

/* ---- Transforming and choosing -------------------------------------------------------------------- */

static void on_transform(const VsdkFrameInfo *info, const uint8_t *data, size_t length, uint8_t *output,
                         size_t capacity, size_t *written, void *ends) {
    (void)info, (void)data, (void)length, (void)output, (void)capacity, (void)written, (void)ends;
    fail(__FILE__, __LINE__, "there is no frame");
}

/* One frame that nobody takes is not transformed; a transform that is taken out, replaced or left
 * behind comes to its end. */
static void transforms_come_to_an_end(void) {
    atomic_int first = 0, second = 0;
    VsdkMeeting *meeting = new_meeting(NULL);
    VsdkLocalTrack *track = added_of(meeting, VSDK_TRACK_KIND_AUDIO);
    VsdkEncodedFrame frame = frame_of(bytes, sizeof bytes);
    CHECK_OK(vsdk_meeting_set_frame_transform(meeting, on_transform, &first, count_end, &error));
    CHECK_OK(vsdk_meeting_set_frame_transform(meeting, on_transform, &second, count_end, &error));
    CHECK(first == 1 && second == 0);
    CHECK_STATUS(VSDK_STATUS_NOT_SENDING, vsdk_local_track_push(track, &frame, &error));
    CHECK_OK(vsdk_meeting_set_frame_transform(meeting, NULL, &first, count_end, &error));
    CHECK(first == 2 && second == 1);
    CHECK_OK(vsdk_meeting_set_frame_transform(meeting, on_transform, &second, count_end, &error));
    vsdk_meeting_free(meeting);
    CHECK_NUMBER(2, second);
    CHECK_STATUS(VSDK_STATUS_NOT_SENDING, vsdk_local_track_push(track, &frame, &error));
    vsdk_local_track_free(track);
    CHECK_FAILS(VSDK_STATUS_INVALID_HANDLE,
                vsdk_meeting_set_frame_transform(meeting, on_transform, &first, count_end, &error));
    CHECK_NUMBER(3, first);
}

static void choosing_needs_a_room_to_be_in(const VsdkMeeting *meeting) {
    int64_t patience = VSDK_TIMEOUT_DEFAULT;
    VsdkStatus outside = VSDK_STATUS_INVALID_STATE, invalid = VSDK_STATUS_INVALID_ARGUMENT;
    CHECK_FAILS(outside, vsdk_meeting_subscribe_tracks(meeting, "ann", VSDK_MEDIA_KIND_AUDIO, patience, &error));
    CHECK_FAILS(outside, vsdk_meeting_unsubscribe_tracks(meeting, "ann", VSDK_MEDIA_KIND_VIDEO, patience, &error));
    CHECK_FAILS(invalid, vsdk_meeting_subscribe_tracks(meeting, "ann", 0, patience, &error));
    CHECK_FAILS(invalid, vsdk_meeting_subscribe_tracks(meeting, "", VSDK_MEDIA_KIND_AUDIO, patience, &error));
    for (VsdkTrackKind kind = 0; kind <= VSDK_TRACK_KIND_SHARE_AUDIO; ++kind) {
        CHECK_FAILS(outside, vsdk_meeting_pause_all_tracks(meeting, kind, patience, &error));
        CHECK_FAILS(outside, vsdk_meeting_resume_all_tracks(meeting, kind, patience, &error));
    }
    CHECK_FAILS(invalid, vsdk_meeting_pause_all_tracks(meeting, VSDK_TRACK_KIND_SHARE_AUDIO + 1, patience, &error));
    CHECK_FAILS(invalid, vsdk_meeting_resume_all_tracks(meeting, -1, patience, &error));
}

/* ---- Raw sound -------------------------------------------------------------------------------------- */

static VsdkAudioInput *input_of(const VsdkLocalTrack *track, int32_t sample_rate, int32_t channels) {
    VsdkAudioInput *input = NULL;
    CHECK_OK(vsdk_local_track_audio_input(track, sample_rate, channels, &input, &error));
    return input;
}

static void raw_sound_goes_where_there_is_sound(const VsdkMeeting *meeting) {
    VsdkLocalTrack *sound = added_of(meeting, VSDK_TRACK_KIND_SHARE_AUDIO);
    VsdkLocalTrack *pictures = added_of(meeting, VSDK_TRACK_KIND_VIDEO);
    VsdkTrackOptions *options = vsdk_track_options_new(VSDK_TRACK_KIND_AUDIO);
    CHECK_OK(vsdk_track_options_set_codec(options, VSDK_CODEC_PCMU, &error));
    VsdkLocalTrack *telephone = added(meeting, options);
    vsdk_track_options_free(options);
    const int32_t wrong[][2] = {{7999, 1}, {192001, 1}, {48000, 0}, {48000, 3}, {-1, 1}, {48000, -1}};
    VsdkAudioInput *none = NULL;
    VsdkAudioOutput *nothing = NULL;
    VsdkStatus invalid = VSDK_STATUS_INVALID_ARGUMENT;
    for (size_t each = 0; each < sizeof wrong / sizeof *wrong; ++each) {
        CHECK_FAILS(invalid, vsdk_local_track_audio_input(sound, wrong[each][0], wrong[each][1], &none, &error));
        CHECK_FAILS(invalid, vsdk_meeting_audio_mixer(meeting, wrong[each][0], wrong[each][1], &nothing, &error));
        CHECK(none == NULL && nothing == NULL);
    }
    CHECK_FAILS(invalid, vsdk_local_track_audio_input(pictures, 48000, 1, &none, &error));
    CHECK_FAILS(VSDK_STATUS_UNSUPPORTED, vsdk_local_track_audio_input(telephone, 48000, 1, &none, &error));

    VsdkAudioInput *input = input_of(sound, 8000, 2);
    CHECK_NUMBER(8000, vsdk_audio_input_sample_rate(input));
    CHECK_NUMBER(2, vsdk_audio_input_channels(input));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_local_track_audio_input(sound, 48000, 1, &none, &error));
    VsdkEncodedFrame frame = frame_of(bytes, sizeof bytes);
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_local_track_push(sound, &frame, &error));
    vsdk_audio_input_free(input);
    CHECK_STATUS(VSDK_STATUS_NOT_SENDING, vsdk_local_track_push(sound, &frame, &error));
    vsdk_audio_input_free(input_of(sound, 192000, 1));
    vsdk_local_track_free(telephone);
    vsdk_local_track_free(pictures);
    vsdk_local_track_free(sound);
}

static void raw_sound_that_is_none_is_refused(const VsdkMeeting *meeting) {
    VsdkLocalTrack *track = added_of(meeting, VSDK_TRACK_KIND_AUDIO);
    VsdkAudioInput *input = input_of(track, 48000, 2);
    static float samples[96002];
    static int16_t integers[96002];
    int64_t now = VSDK_CAPTURE_TIME_NOW;
    VsdkStatus invalid = VSDK_STATUS_INVALID_ARGUMENT;
    CHECK_FAILS(invalid, vsdk_audio_input_push_f32(input, samples, 3, now, &error));
    CHECK_FAILS(invalid, vsdk_audio_input_push_f32(input, samples, 96002, now, &error));
    CHECK_FAILS(invalid, vsdk_audio_input_push_s16(input, integers, SIZE_MAX - 1, now, &error));
    CHECK_FAILS(invalid, vsdk_audio_input_push_s16(input, integers, 2, -2, &error));
    CHECK_FAILS(invalid, vsdk_audio_input_push_s16(input, (int16_t *)((char *)integers + 1), 2, now, &error));
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER, vsdk_audio_input_push_f32(input, NULL, 2, now, &error));
    CHECK_STATUS(VSDK_STATUS_NOT_SENDING, vsdk_audio_input_push_f32(input, NULL, 0, now, &error));
    CHECK_NUMBER(-127, vsdk_audio_input_level(input));
    for (size_t sample = 0; sample < 96000; ++sample) samples[sample] = 0.1f;
    CHECK_STATUS(VSDK_STATUS_NOT_SENDING, vsdk_audio_input_push_f32(input, samples, 96000, 0, &error));
    CHECK_NUMBER(-20, vsdk_audio_input_level(input));
    vsdk_audio_input_free(input);
    vsdk_local_track_free(track);
}

static void where_nobody_speaks_there_is_silence(const VsdkMeeting *meeting) {
    VsdkAudioOutput *mixer = NULL;
    VsdkPulledAudio info = VSDK_PULLED_AUDIO_INIT;
    int16_t samples[960];
    float floats[960];
    VsdkStatus invalid = VSDK_STATUS_INVALID_ARGUMENT;
    CHECK_OK(vsdk_meeting_audio_mixer(meeting, 44100, 2, &mixer, &error));
    CHECK_NUMBER(44100, vsdk_audio_output_sample_rate(mixer));
    CHECK_NUMBER(2, vsdk_audio_output_channels(mixer));
    memset(samples, 1, sizeof samples);
    CHECK_OK(vsdk_audio_output_pull_s16(mixer, samples, 960, &info, &error));
    for (size_t sample = 0; sample < 960; ++sample) CHECK(samples[sample] == 0);
    CHECK_NUMBER(480, info.silent_frames);
    CHECK_NUMBER(0, info.decoded_frames + info.concealed_frames);
    CHECK_NUMBER(-127, info.audio_level);
    floats[0] = 7;
    CHECK_OK(vsdk_audio_output_pull_f32(mixer, floats, 960, NULL, &error));
    CHECK(floats[0] == 0);
    CHECK_OK(vsdk_audio_output_pull_f32(mixer, floats, 0, NULL, &error));
    /* After a failure there is silence, too, and nothing is touched where there can be nothing. */
    samples[0] = samples[2] = 7;
    CHECK_FAILS(invalid, vsdk_audio_output_pull_s16(mixer, samples, 3, &info, &error));
    CHECK(samples[0] == 0 && samples[2] == 0);
    CHECK_NUMBER(0, info.silent_frames);
    samples[0] = 7;
    CHECK_FAILS(invalid, vsdk_audio_output_pull_s16(mixer, samples, SIZE_MAX, &info, &error));
    CHECK(samples[0] == 7);
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER, vsdk_audio_output_pull_s16(mixer, NULL, 960, &info, &error));
    vsdk_audio_output_free(mixer);
    CHECK_FAILS(VSDK_STATUS_INVALID_HANDLE, vsdk_audio_output_pull_s16(mixer, samples, 960, NULL, &error));
}

static void raw_pictures_go_where_there_are_pictures(const VsdkMeeting *meeting) {
    VsdkLocalTrack *sound = added_of(meeting, VSDK_TRACK_KIND_AUDIO);
    VsdkLocalTrack *pictures = added_of(meeting, VSDK_TRACK_KIND_SHARE);
    VsdkTrackOptions *options = vsdk_track_options_new(VSDK_TRACK_KIND_VIDEO);
    CHECK_OK(vsdk_track_options_set_codec(options, VSDK_CODEC_H264, &error));
    VsdkLocalTrack *other = added(meeting, options);
    vsdk_track_options_free(options);
    VsdkVideoInput *input = NULL, *none = NULL;
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_local_track_video_input(sound, &none, &error));
    CHECK_FAILS(VSDK_STATUS_UNSUPPORTED, vsdk_local_track_video_input(other, &none, &error));
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER, vsdk_local_track_video_input(pictures, NULL, &error));
    VsdkStatus status = vsdk_local_track_video_input(pictures, &input, &error);
    CHECK((input == NULL) == (status != VSDK_STATUS_OK));
    if (input == NULL) {
        /* A build without the feature `vp8` says which one it lacks. */
        CHECK_STATUS(VSDK_STATUS_UNSUPPORTED, status);
        CHECK(strstr(vsdk_error_remedy(error), "`vp8`") != NULL);
        forget_error();
    } else {
        static const uint8_t grey[4 * 3 * 2];
        VsdkVideoPicture picture = VSDK_VIDEO_PICTURE_INIT;
        VsdkEncodedFrame frame = frame_of(bytes, sizeof bytes);
        picture.format = VSDK_PICTURE_FORMAT_BGRA;
        picture.width = 3;
        picture.height = 2;
        picture.first_plane = grey;
        picture.first_length = sizeof grey;
        picture.first_stride = 4 * 3;
        CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_local_track_video_input(pictures, &none, &error));
        CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_local_track_push(pictures, &frame, &error));
        CHECK_STATUS(VSDK_STATUS_NOT_SENDING, vsdk_video_input_push(input, &picture, &error));
        picture.width = 4;
        CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_video_input_push(input, &picture, &error));
        vsdk_video_input_free(input);
        CHECK_STATUS(VSDK_STATUS_NOT_SENDING, vsdk_local_track_push(pictures, &frame, &error));
    }
    CHECK(none == NULL);
    vsdk_local_track_free(other);
    vsdk_local_track_free(pictures);
    vsdk_local_track_free(sound);
}

/* ---- The end of the meeting ----------------------------------------------------------------------- */

static void a_meeting_that_is_over_takes_no_track(void) {
    VsdkMeeting *meeting = joined_as("ann", "Ann");
    VsdkLocalTrack *track = added_of(meeting, VSDK_TRACK_KIND_AUDIO), *late = track;
    VsdkTrackOptions *options = vsdk_track_options_new(VSDK_TRACK_KIND_AUDIO);
    VsdkEncodedFrame frame = frame_of(bytes, sizeof bytes);
    CHECK_OK(vsdk_meeting_leave(meeting, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_meeting_add_track(meeting, options, &late, &error));
    CHECK(late == NULL);
    vsdk_track_options_free(options);
    vsdk_meeting_free(meeting);
    /* A track outlives its meeting; nobody takes its frames. */
    CHECK_STATUS(VSDK_STATUS_NOT_SENDING, vsdk_local_track_push(track, &frame, &error));
    CHECK_NUMBER(VSDK_CODEC_OPUS, vsdk_local_track_codec(track));
    CHECK_OK(vsdk_local_track_set_enabled(track, 0, &error));
    vsdk_local_track_free(track);
}

int main(int count, char **words) {
    CHECK(count == 3);
    configure(words[1]);
    room = words[2];
    VsdkMeeting *meeting = new_meeting(NULL);
    options_are_checked();
    layers_follow_from_the_options(meeting);
    wrong_frames_are_refused(meeting);
    a_track_is_freed_while_threads_use_it(meeting);
    data_needs_a_connection(meeting);
    nobody_sends(meeting);
    statistics_tell_what_is_not_known(meeting);
    choosing_needs_a_room_to_be_in(meeting);
    raw_sound_goes_where_there_is_sound(meeting);
    raw_sound_that_is_none_is_refused(meeting);
    where_nobody_speaks_there_is_silence(meeting);
    raw_pictures_go_where_there_are_pictures(meeting);
    vsdk_meeting_free(meeting);
    frame_handlers_come_to_an_end();
    transforms_come_to_an_end();
    a_meeting_that_is_over_takes_no_track();
    return all_is_over();
}
