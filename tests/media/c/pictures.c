/* Ann films, as a program without an encoder of its own, and Bob shows it, without a decoder.
 *
 * Arguments: a service with a media server, a room, and a folder for the images that are captured.
 */
#include "room.h"

enum { WIDTH = 160, HEIGHT = 90, FULL = 4 * WIDTH * HEIGHT, PACE_MS = 20, THREADS = 8 };

/* Red on the left, blue on the right, in rows that are longer than they need be. */
enum { STRIDE = 4 * WIDTH + 24 };
static uint8_t pixels[STRIDE * HEIGHT];

static const uint8_t red[] = {200, 30, 30}, blue[] = {30, 30, 200};

static void paint(void) {
    for (int row = 0; row < HEIGHT; ++row)
        for (int column = 0; column < WIDTH; ++column) {
            uint8_t *pixel = pixels + row * STRIDE + 4 * column;
            memcpy(pixel, column < WIDTH / 2 ? red : blue, 3);
            pixel[3] = 0;
        }
}

static VsdkVideoPicture picture_of(VsdkPictureFormat format, int32_t width, int32_t height) {
    VsdkVideoPicture picture = VSDK_VIDEO_PICTURE_INIT;
    picture.format = format;
    picture.width = width;
    picture.height = height;
    picture.first_plane = pixels;
    picture.first_length = sizeof pixels;
    picture.first_stride = STRIDE;
    return picture;
}

static VsdkVideoPicture whole(void) {
    return picture_of(VSDK_PICTURE_FORMAT_RGBA, WIDTH, HEIGHT);
}

/* ---- What cannot be a picture ------------------------------------------------------------------- */

static void pictures_are_checked(const VsdkVideoInput *input) {
    VsdkStatus invalid = VSDK_STATUS_INVALID_ARGUMENT;
    const int32_t sizes[][2] = {{0, 1}, {1, 0}, {-1, 1}, {1, -1}, {16384, 1}, {1, 16384}, {INT32_MAX, INT32_MAX}, {16383, 16383}};
    for (size_t each = 0; each < sizeof sizes / sizeof *sizes; ++each) {
        VsdkVideoPicture picture = picture_of(VSDK_PICTURE_FORMAT_RGBA, sizes[each][0], sizes[each][1]);
        CHECK_FAILS(invalid, vsdk_video_input_push(input, &picture, &error));
    }
    const int32_t strides[] = {0, -1, 4 * WIDTH - 1, STRIDE + 1, INT32_MAX, INT32_MIN};
    for (size_t each = 0; each < sizeof strides / sizeof *strides; ++each) {
        VsdkVideoPicture picture = whole();
        picture.first_stride = strides[each];
        CHECK_FAILS(invalid, vsdk_video_input_push(input, &picture, &error));
    }
    VsdkVideoPicture picture = whole();
    picture.first_length = STRIDE * (HEIGHT - 1) + 4 * WIDTH - 1;
    CHECK_FAILS(invalid, vsdk_video_input_push(input, &picture, &error));
    ++picture.first_length;
    CHECK_OK(vsdk_video_input_push(input, &picture, &error));
    picture.first_plane = NULL;
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER, vsdk_video_input_push(input, &picture, &error));
    picture.first_length = 0;
    CHECK_FAILS(invalid, vsdk_video_input_push(input, &picture, &error));
    /* Planes that only some formats have. */
    picture = picture_of(VSDK_PICTURE_FORMAT_NV12, WIDTH, HEIGHT);
    CHECK_FAILS(invalid, vsdk_video_input_push(input, &picture, &error));
    picture.second_length = sizeof pixels;
    picture.second_stride = STRIDE;
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER, vsdk_video_input_push(input, &picture, &error));
    picture.second_plane = pixels;
    CHECK_OK(vsdk_video_input_push(input, &picture, &error));
    picture.format = VSDK_PICTURE_FORMAT_I420;
    CHECK_FAILS(invalid, vsdk_video_input_push(input, &picture, &error));
    const int32_t nonsense[] = {0, -1, 5, INT32_MAX};
    for (size_t each = 0; each < sizeof nonsense / sizeof *nonsense; ++each) {
        picture = picture_of(nonsense[each], WIDTH, HEIGHT);
        CHECK_FAILS(invalid, vsdk_video_input_push(input, &picture, &error));
    }
    const int32_t turns[] = {1, 45, -90, 360, INT32_MAX};
    for (size_t each = 0; each < sizeof turns / sizeof *turns; ++each) {
        picture = whole();
        picture.rotation = turns[each];
        CHECK_FAILS(invalid, vsdk_video_input_push(input, &picture, &error));
    }
    picture = whole();
    picture.capture_time_us = -2;
    CHECK_FAILS(invalid, vsdk_video_input_push(input, &picture, &error));
    picture = whole();
    picture.struct_size = sizeof picture - 1;
    CHECK_FAILS(invalid, vsdk_video_input_push(input, &picture, &error));
    CHECK_FAILS(VSDK_STATUS_NULL_POINTER, vsdk_video_input_push(input, NULL, &error));
}

static void *push_many(void *input) {
    VsdkVideoPicture picture = whole();
    for (int each = 0; each < 100; ++each) {
        VsdkError *own = NULL;
        picture.rotation = each % 2 * 180 + 90;
        CHECK_NUMBER(VSDK_STATUS_OK, vsdk_video_input_push(input, &picture, &own));
        CHECK(own == NULL);
    }
    return NULL;
}

static void many_threads_push(VsdkVideoInput *input) {
    pthread_t threads[THREADS];
    for (int each = 0; each < THREADS; ++each) threads[each] = start_thread(push_many, input);
    for (int each = 0; each < THREADS; ++each) CHECK(pthread_join(threads[each], NULL) == 0);
}

/* ---- What is shown ------------------------------------------------------------------------------- */

/* Pushes until a picture of that size comes. */
static VsdkReceivedPicture *shown(const VsdkVideoInput *input, const VsdkVideoPicture *pushed, const VsdkVideoOutput *output,
                                  int32_t width, int32_t height) {
    int64_t began = now_ms();
    for (;;) {
        VsdkReceivedPicture *picture = NULL;
        CHECK(now_ms() - began < 1000 * HANG_S);
        CHECK_OK(vsdk_video_input_push(input, pushed, &error));
        VsdkStatus status = vsdk_video_output_next_picture(output, PACE_MS, &picture, &error);
        CHECK((status == VSDK_STATUS_OK) == (picture != NULL));
        if (picture == NULL) {
            CHECK_STATUS(VSDK_STATUS_NO_EVENT, status);
            continue;
        }
        if (vsdk_received_picture_width(picture) == width && vsdk_received_picture_height(picture) == height) return picture;
        vsdk_received_picture_free(picture);
    }
}

static int is_close(const uint8_t *pixel, const uint8_t *colour) {
    for (int each = 0; each < 3; ++each)
        if (abs(pixel[each] - colour[each]) > 40) return 0;
    return 1;
}

static void look_at(const VsdkReceivedPicture *picture, const char *track_id) {
    const uint8_t *data = NULL;
    size_t length = 0, stride = 0;
    CHECK_TEXT("ann", vsdk_received_picture_participant_id(picture));
    CHECK_TEXT(track_id, vsdk_received_picture_track_id(picture));
    CHECK(vsdk_received_picture_timestamp_us(picture) >= 0);
    CHECK_NUMBER(VSDK_PICTURE_FORMAT_RGBA, vsdk_received_picture_format(picture));
    CHECK_OK(vsdk_received_picture_plane(picture, 0, &data, &length, &stride, &error));
    CHECK_NUMBER(FULL, length);
    CHECK_NUMBER(4 * WIDTH, stride);
    const uint8_t *middle = data + HEIGHT / 2 * stride;
    CHECK(is_close(middle + 4 * (WIDTH / 4), red));
    CHECK(is_close(middle + 4 * (WIDTH * 3 / 4), blue));
    CHECK_NUMBER(255, middle[3]);
    for (int32_t wrong = -1; wrong < 5; wrong += 2) {
        CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_received_picture_plane(picture, wrong, &data, &length, &stride, &error));
        CHECK(data == NULL && length == 0 && stride == 0);
    }
}

static void figures_are_told(const VsdkMeeting *ann, const VsdkMeeting *bob) {
    VsdkMediaStatistics *statistics = NULL;
    VsdkEncodingStatistics encoding = VSDK_ENCODING_STATISTICS_INIT;
    CHECK_OK(vsdk_meeting_media_statistics(ann, &statistics, &error));
    CHECK_OK(vsdk_media_statistics_encoding(statistics, 0, &encoding, &error));
    CHECK(encoding.is_active && encoding.pictures > 0 && encoding.overtaken > 0);
    CHECK(encoding.encode_ms > 0 && encoding.reduced_by >= 1);
    vsdk_media_statistics_free(statistics);
    VsdkDecodingStatistics decoding = VSDK_DECODING_STATISTICS_INIT;
    CHECK_OK(vsdk_meeting_media_statistics(bob, &statistics, &error));
    CHECK_OK(vsdk_media_statistics_decoding(statistics, 0, &decoding, &error));
    CHECK(decoding.is_active && decoding.pictures > 0 && decoding.decode_ms > 0);
    vsdk_media_statistics_free(statistics);
}

/* ---- Images -------------------------------------------------------------------------------------- */

static void keep(VsdkContent *image, const char *folder, const char *name) {
    char path[512];
    const uint8_t *bytes = NULL;
    size_t length = 0;
    CHECK((size_t)snprintf(path, sizeof path, "%s/%s", folder, name) < sizeof path);
    CHECK_OK(vsdk_content_bytes(image, &bytes, &length, &error));
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL && fwrite(bytes, 1, length, file) == length && fclose(file) == 0);
    vsdk_content_free(image);
}

static void on_capture(VsdkOp *op, VsdkStatus status, void *user_data) {
    VsdkContent *image = NULL;
    CHECK_NUMBER(VSDK_STATUS_OK, status);
    CHECK_NUMBER(VSDK_STATUS_OK, vsdk_op_take_content(op, &image, NULL));
    atomic_store((_Atomic(VsdkContent *) *)user_data, image);
}

static void what_is_no_image_is_refused(const VsdkVideoOutput *output, const VsdkReceivedPicture *picture) {
    const int32_t wrong[][2] = {{VSDK_IMAGE_FORMAT_PNG, 1},    {VSDK_IMAGE_FORMAT_PNG, -1},  {VSDK_IMAGE_FORMAT_JPEG, -1},
                                {VSDK_IMAGE_FORMAT_JPEG, 101}, {0, 0},                       {3, 0},
                                {INT32_MIN, 50},               {VSDK_IMAGE_FORMAT_JPEG, INT32_MAX}};
    for (size_t each = 0; each < sizeof wrong / sizeof *wrong; ++each) {
        VsdkContent *image = NULL;
        VsdkOp *op = NULL;
        VsdkStatus invalid = VSDK_STATUS_INVALID_ARGUMENT;
        CHECK_FAILS(invalid, vsdk_received_picture_encode_image(picture, wrong[each][0], wrong[each][1], &image, &error));
        CHECK_FAILS(invalid, vsdk_video_output_capture_image(output, wrong[each][0], wrong[each][1], -1, &image, &error));
        CHECK_FAILS(invalid, vsdk_video_output_capture_image_async(output, wrong[each][0], wrong[each][1], -1, NULL, NULL, NULL, &op, &error));
        CHECK(image == NULL && op == NULL);
    }
}

/* Of what is shown, and of a picture that was read; left in files for those who can look at them. */
static void images_are_made(const VsdkVideoOutput *output, const VsdkReceivedPicture *picture, const char *folder) {
    VsdkContent *image = NULL;
    what_is_no_image_is_refused(output, picture);
    CHECK_OK(vsdk_received_picture_encode_image(picture, VSDK_IMAGE_FORMAT_PNG, 0, &image, &error));
    keep(image, folder, "encoded.png");
    CHECK_OK(vsdk_received_picture_encode_image(picture, VSDK_IMAGE_FORMAT_JPEG, 95, &image, &error));
    keep(image, folder, "encoded.jpg");
    CHECK_OK(vsdk_video_output_capture_image(output, VSDK_IMAGE_FORMAT_PNG, 0, VSDK_TIMEOUT_DEFAULT, &image, &error));
    keep(image, folder, "captured.png");
    _Atomic(VsdkContent *) taken = NULL;
    CHECK_OK(vsdk_video_output_capture_image_async(output, VSDK_IMAGE_FORMAT_JPEG, 0, VSDK_TIMEOUT_DEFAULT, on_capture, &taken, NULL,
                                                   NULL, &error));
    WAIT_UNTIL(taken != NULL);
    keep(taken, folder, "captured.jpg");
}

/* One of an output that shows nothing yet waits, until somebody has had enough. */
static void captures_wait_and_are_given_up(const VsdkRemoteTrack *track) {
    VsdkVideoOutput *output = NULL;
    VsdkContent *image = NULL;
    VsdkOp *op = NULL, *other = NULL;
    CHECK_OK(vsdk_remote_track_video_output(track, VSDK_PICTURE_FORMAT_I420, &output, &error));
    CHECK_FAILS(VSDK_STATUS_TIMEOUT, vsdk_video_output_capture_image(output, VSDK_IMAGE_FORMAT_PNG, 0, 10, &image, &error));
    CHECK_OK(vsdk_video_output_capture_image_async(output, VSDK_IMAGE_FORMAT_PNG, 0, 60000, NULL, NULL, NULL, &op, &error));
    CHECK_OK(vsdk_op_cancel(op, &error));
    CHECK_OK(vsdk_op_wait(op, VSDK_TIMEOUT_INFINITE, &error));
    CHECK_FAILS(VSDK_STATUS_CANCELLED, vsdk_op_take_content(op, &image, &error));
    CHECK_OK(vsdk_video_output_capture_image_async(output, VSDK_IMAGE_FORMAT_JPEG, 0, 60000, NULL, NULL, NULL, &other, &error));
    vsdk_video_output_free(output);
    CHECK_OK(vsdk_op_wait(other, VSDK_TIMEOUT_INFINITE, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_op_take_content(other, &image, &error));
    vsdk_op_free(op);
    vsdk_op_free(other);
}

struct woken {
    atomic_int calls;
    atomic_int ends;
    const VsdkVideoOutput *output;
    const VsdkVideoInput *input;
};

/* Looking and pushing is allowed in a callback, waiting is not. */
static void on_wake(void *user_data) {
    struct woken *woken = user_data;
    VsdkReceivedPicture *picture = NULL;
    VsdkVideoPicture more = whole();
    VsdkContent *image = NULL;
    VsdkStatus status = vsdk_video_output_capture_image(woken->output, VSDK_IMAGE_FORMAT_PNG, 0, 1000, &image, NULL);
    CHECK_NUMBER(VSDK_STATUS_WOULD_DEADLOCK, status);
    while ((status = vsdk_video_output_next_picture(woken->output, VSDK_TIMEOUT_INFINITE, &picture, NULL)) == VSDK_STATUS_OK)
        vsdk_received_picture_free(picture);
    CHECK_NUMBER(VSDK_STATUS_WOULD_DEADLOCK, status);
    CHECK(vsdk_video_output_next_picture(woken->output, 0, &picture, NULL) >= 0);
    vsdk_received_picture_free(picture);
    CHECK_NUMBER(VSDK_STATUS_OK, vsdk_video_input_push(woken->input, &more, NULL));
    ++woken->calls;
}

static void count_call(void *user_data) {
    ++((struct woken *)user_data)->calls;
}

static void ended(void *user_data) {
    ++((struct woken *)user_data)->ends;
}

int main(int count, char **words) {
    CHECK(count == 4);
    configure(words[1]);
    room = words[2];
    paint();
    VsdkMeeting *ann = joined_as("ann", "Ann"), *bob = joined_as("bob", "Bob");
    VsdkTrackOptions *options = vsdk_track_options_new(VSDK_TRACK_KIND_VIDEO);
    VsdkLocalTrack *track = NULL;
    CHECK_OK(vsdk_track_options_set_size(options, WIDTH, HEIGHT, &error));
    CHECK_OK(vsdk_meeting_add_track(ann, options, &track, &error));
    vsdk_track_options_free(options);
    see(ann, VSDK_EVENT_TYPE_TRACK_PUBLISHED, "ann", VSDK_TRACK_KIND_VIDEO);
    WAIT_UNTIL(vsdk_local_track_is_sending(track));
    VsdkVideoInput *input = NULL;
    CHECK_OK(vsdk_local_track_video_input(track, &input, &error));
    pictures_are_checked(input);

    VsdkRemoteTrack *watched = NULL;
    VsdkEvent *event = await(bob, VSDK_EVENT_TYPE_TRACK_ADDED, "ann", VSDK_TRACK_KIND_VIDEO);
    CHECK_OK(vsdk_meeting_remote_track(bob, vsdk_event_track_id(event), &watched, &error));
    vsdk_event_free(event);
    VsdkVideoOutput *output = NULL, *planar = NULL;
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_remote_track_video_output(watched, VSDK_PICTURE_FORMAT_NV12, &output, &error));
    CHECK_FAILS(VSDK_STATUS_INVALID_ARGUMENT, vsdk_remote_track_video_output(watched, 0, &output, &error));
    CHECK_OK(vsdk_remote_track_video_output(watched, VSDK_PICTURE_FORMAT_RGBA, &output, &error));
    CHECK_OK(vsdk_remote_track_video_output(watched, VSDK_PICTURE_FORMAT_I420, &planar, &error));
    CHECK_NUMBER(VSDK_PICTURE_FORMAT_I420, vsdk_video_output_format(planar));
    VsdkReceivedFrame *frame = NULL;
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE, vsdk_remote_track_next_frame(watched, 0, &frame, &error));

    /* Turned: what the checks pushed is behind us then. As it was painted, turned, and as it was again. */
    VsdkVideoPicture pushed = whole();
    pushed.rotation = 270;
    VsdkReceivedPicture *picture = shown(input, &pushed, output, HEIGHT, WIDTH);
    vsdk_received_picture_free(picture);
    pushed.rotation = 0;
    VsdkReceivedPicture *first = picture = shown(input, &pushed, output, WIDTH, HEIGHT);
    CHECK(vsdk_received_picture_is_resized(first));
    look_at(first, vsdk_remote_track_id(watched));
    images_are_made(output, first, words[3]);
    captures_wait_and_are_given_up(watched);
    pushed.rotation = 90;
    picture = shown(input, &pushed, output, HEIGHT, WIDTH);
    CHECK(vsdk_received_picture_is_resized(picture));
    vsdk_received_picture_free(picture);
    picture = shown(input, &pushed, planar, HEIGHT, WIDTH);
    const uint8_t *data = NULL;
    size_t length = 0, stride = 0;
    for (int32_t plane = 0; plane < 3; ++plane) {
        CHECK_OK(vsdk_received_picture_plane(picture, plane, &data, &length, &stride, &error));
        CHECK_NUMBER(plane == 0 ? HEIGHT : HEIGHT / 2, stride);
        CHECK_NUMBER(plane == 0 ? HEIGHT * WIDTH : HEIGHT * WIDTH / 4, length);
    }
    vsdk_received_picture_free(picture);
    many_threads_push(input);
    pushed.rotation = 0;
    picture = shown(input, &pushed, output, WIDTH, HEIGHT);
    look_at(picture, vsdk_remote_track_id(watched));
    vsdk_received_picture_free(picture);

    figures_are_told(ann, bob);
    struct woken woken = {.output = planar, .input = input};
    CHECK_OK(vsdk_video_output_set_wake_handler(planar, on_wake, &woken, ended, &error));
    while (woken.calls < 10) {
        CHECK_OK(vsdk_video_input_push(input, &pushed, &error));
        sleep_ms(PACE_MS);
    }
    CHECK_OK(vsdk_video_output_set_wake_handler(planar, NULL, NULL, NULL, &error));
    CHECK_NUMBER(1, woken.ends);
    struct woken again = {.calls = 0};
    CHECK_OK(vsdk_video_output_set_wake_handler(planar, count_call, &again, ended, &error));
    vsdk_video_output_free(planar);
    WAIT_UNTIL(again.ends == 1);

    /* The end of the track, and of the meeting. */
    CHECK_OK(vsdk_meeting_leave(ann, VSDK_TIMEOUT_DEFAULT, &error));
    CHECK_STATUS(VSDK_STATUS_NOT_SENDING, vsdk_video_input_push(input, &pushed, &error));
    VsdkStatus status;
    while ((status = vsdk_video_output_next_picture(output, VSDK_TIMEOUT_INFINITE, &picture, &error)) == VSDK_STATUS_OK)
        vsdk_received_picture_free(picture);
    CHECK_STATUS(VSDK_STATUS_CLOSED, status);
    VsdkContent *image = NULL;
    CHECK_FAILS(VSDK_STATUS_INVALID_STATE,
                vsdk_video_output_capture_image(output, VSDK_IMAGE_FORMAT_PNG, 0, VSDK_TIMEOUT_DEFAULT, &image, &error));
    vsdk_meeting_free(ann);
    vsdk_local_track_free(track);
    CHECK_STATUS(VSDK_STATUS_NOT_SENDING, vsdk_video_input_push(input, &pushed, &error));
    vsdk_video_input_free(input);
    CHECK_FAILS(VSDK_STATUS_INVALID_HANDLE, vsdk_video_input_push(input, &pushed, &error));
    CHECK_OK(vsdk_meeting_leave(bob, VSDK_TIMEOUT_DEFAULT, &error));
    vsdk_meeting_free(bob);
    vsdk_video_output_free(output);
    vsdk_remote_track_free(watched);
    /* What was shown first is still there. */
    CHECK_OK(vsdk_received_picture_plane(first, 0, &data, &length, &stride, &error));
    CHECK(is_close(data + HEIGHT / 2 * stride + 4 * (WIDTH / 4), red));
    vsdk_received_picture_free(first);
    return all_is_over();
}
