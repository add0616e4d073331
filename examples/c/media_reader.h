/*
 * Encoded frames from files: Opus from Ogg, VP8 from IVF, H.264 from a file of start codes. What a
 * file is, its first bytes tell.
 */
#ifndef MEDIA_READER_H
#define MEDIA_READER_H

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vsdk.h>

struct media_frame {
    const uint8_t *data; /* valid until the next one is read */
    size_t length;
    int64_t timestamp_us;
    int is_key_frame;
};

struct media_reader {
    uint8_t *bytes; /* the whole file */
    size_t size;
    size_t position;
    VsdkCodec codec;
    int32_t width; /* 0 when the file does not tell it here */
    int32_t height;
    int64_t frames;
    /* Of Ogg: the packet, put together; the lengths of the page's segments; the time so far. */
    uint8_t *packet;
    const uint8_t *segments;
    size_t segment_count;
    int64_t samples;
    /* Of IVF: a unit of time is numerator / denominator seconds, and the first time. */
    int64_t numerator;
    int64_t denominator;
    int64_t first_time;
    /* Of H.264, which has no times. */
    int64_t pictures_per_second;
};

static uint64_t little_endian(const uint8_t *from, size_t size) {
    uint64_t value = 0;
    while (size-- > 0)
        value = value << 8 | from[size];
    return value;
}

/* Reads the whole file; NULL, or what went wrong. */
static const char *read_file(const char *path, uint8_t **bytes, size_t *size) {
    FILE *file = fopen(path, "rb");
    const char *problem = NULL;
    long length;

    if (file == NULL)
        return strerror(errno);
    if (getc(file) == EOF && ferror(file)) /* a folder */
        problem = strerror(errno);
    else if (fseek(file, 0, SEEK_END) != 0 || (length = ftell(file)) < 0 || fseek(file, 0, SEEK_SET) != 0)
        problem = strerror(errno);
    else if ((*bytes = malloc((size_t)length + 1)) == NULL)
        problem = "it is too large for the memory";
    else if ((*size = fread(*bytes, 1, (size_t)length, file)) != (size_t)length)
        problem = "it cannot be read to its end";
    fclose(file);
    return problem;
}

/* Goes to the next page of Ogg: 1, 0 at the end, -1 when there is something else. */
static int ogg_next_page(struct media_reader *reader) {
    const uint8_t *page = reader->bytes + reader->position;
    size_t left = reader->size - reader->position;
    size_t body = 0;

    if (left == 0)
        return 0;
    if (left < 27 || memcmp(page, "OggS", 4) != 0 || left < 27 + (size_t)page[26])
        return -1;
    reader->segments = page + 27;
    reader->segment_count = page[26];
    for (size_t index = 0; index < page[26]; ++index)
        body += page[27 + index];
    if (left - 27 - page[26] < body)
        return -1;
    reader->position += 27 + (size_t)page[26];
    return 1;
}

/* Puts the next packet together, which may go over several pages. */
static int ogg_next_packet(struct media_reader *reader, size_t *length) {
    *length = 0;
    for (;;) {
        size_t segment;
        while (reader->segment_count == 0) {
            int found = ogg_next_page(reader);
            if (found <= 0)
                return *length > 0 ? -1 : found;
        }
        segment = *reader->segments++;
        --reader->segment_count;
        memcpy(reader->packet + *length, reader->bytes + reader->position, segment);
        *length += segment;
        reader->position += segment;
        if (segment < 255)
            return 1;
    }
}

/* How long a packet of Opus lasts, in samples at 48 kHz: RFC 6716, 3.1. */
static int64_t opus_duration(const uint8_t *packet, size_t size) {
    static const int silk[] = {480, 960, 1920, 2880};
    int configuration = packet[0] >> 3;
    int64_t one = configuration < 12   ? silk[configuration % 4]
                  : configuration < 16 ? 480 << (configuration % 2)
                                       : 120 << (configuration % 4);
    switch (packet[0] & 3) {
    case 0: return one;
    case 3: return size < 2 ? 0 : one * (packet[1] & 63);
    default: return 2 * one;
    }
}

static int opus_next(struct media_reader *reader, struct media_frame *frame) {
    int found;
    do
        found = ogg_next_packet(reader, &frame->length);
    while (found == 1 && frame->length == 0);
    if (found != 1)
        return found;
    frame->data = reader->packet;
    frame->timestamp_us = reader->samples * 1000 / 48;
    frame->is_key_frame = 1;
    reader->samples += opus_duration(frame->data, frame->length);
    return 1;
}

static int vp8_next(struct media_reader *reader, struct media_frame *frame) {
    const uint8_t *header = reader->bytes + reader->position;
    size_t left = reader->size - reader->position;
    int64_t time;

    if (left == 0)
        return 0;
    if (left < 12 || (frame->length = (size_t)little_endian(header, 4)) > left - 12 ||
        frame->length == 0)
        return -1;
    time = (int64_t)little_endian(header + 4, 8);
    if (reader->frames == 0)
        reader->first_time = time;
    frame->data = header + 12;
    frame->timestamp_us = (int64_t)((double)(time - reader->first_time) * 1e6 *
                                    (double)reader->numerator / (double)reader->denominator);
    if (frame->timestamp_us < 0)
        return -1;
    frame->is_key_frame = (frame->data[0] & 1) == 0;
    reader->position += 12 + frame->length;
    return 1;
}

/* Where the next start code begins, from there on; the end when there is none. */
static size_t h264_start_code(const struct media_reader *reader, size_t from) {
    for (size_t at = from; at + 3 < reader->size; ++at)
        if (memcmp(reader->bytes + at, "\0\0\1", 3) == 0)
            return at > from && reader->bytes[at - 1] == 0 ? at - 1 : at;
    return reader->size;
}

/* The next access unit: up to a unit that can only begin another one (H.264, 7.4.1.2.3). */
static int h264_next(struct media_reader *reader, struct media_frame *frame) {
    size_t begin = reader->position;
    size_t at = begin;
    int has_picture = 0;

    if (begin == reader->size)
        return 0;
    frame->is_key_frame = 0;
    while (at < reader->size) {
        const uint8_t *unit = reader->bytes + at;
        size_t left;
        int type, is_slice;
        unit += unit[2] == 1 ? 3 : 4;
        left = (size_t)(reader->bytes + reader->size - unit);
        type = left > 0 ? unit[0] & 31 : 0;
        is_slice = type >= 1 && type <= 5;
        /* Of a slice, the first bit says whether it is the first of its picture. */
        if (has_picture && ((type >= 6 && type <= 9) || (is_slice && left > 1 && (unit[1] & 0x80))))
            break;
        has_picture |= is_slice;
        frame->is_key_frame |= type == 5;
        at = h264_start_code(reader, (size_t)(unit - reader->bytes));
    }
    frame->data = reader->bytes + begin;
    frame->length = at - begin;
    frame->timestamp_us = reader->frames * 1000000 / reader->pictures_per_second;
    reader->position = at;
    return 1;
}

/* The next frame: 1, 0 at the end, -1 when the file is broken there. */
static int media_reader_next(struct media_reader *reader, struct media_frame *frame) {
    int found = reader->codec == VSDK_CODEC_OPUS  ? opus_next(reader, frame)
                : reader->codec == VSDK_CODEC_VP8 ? vp8_next(reader, frame)
                                                  : h264_next(reader, frame);
    if (found == 1)
        ++reader->frames;
    return found;
}

/* Reads a header of Ogg that has to begin like that; NULL, or what is wrong. */
static const char *ogg_header(struct media_reader *reader, const char *begin, const char *otherwise) {
    size_t length;
    int found = ogg_next_packet(reader, &length);
    if (found < 0)
        return "it is broken behind frame 0";
    if (found == 0 || length < 8 || memcmp(reader->packet, begin, 8) != 0)
        return otherwise;
    return NULL;
}

static const char *open_ogg(struct media_reader *reader) {
    const char *problem;
    reader->codec = VSDK_CODEC_OPUS;
    if ((reader->packet = malloc(reader->size)) == NULL)
        return "it is too large for the memory";
    problem = ogg_header(reader, "OpusHead", "it is an Ogg file, but its first stream is not Opus");
    return problem != NULL ? problem : ogg_header(reader, "OpusTags", "its Ogg headers are broken");
}

static const char *open_ivf(struct media_reader *reader) {
    const uint8_t *header = reader->bytes;
    reader->codec = VSDK_CODEC_VP8;
    if (reader->size < 32 || little_endian(header + 6, 2) < 32 ||
        little_endian(header + 6, 2) > reader->size)
        return "its IVF header is broken";
    if (memcmp(header + 8, "VP80", 4) != 0)
        return "it is an IVF file, but not of VP8";
    reader->width = (int32_t)little_endian(header + 12, 2);
    reader->height = (int32_t)little_endian(header + 14, 2);
    reader->denominator = (int64_t)little_endian(header + 16, 4);
    reader->numerator = (int64_t)little_endian(header + 20, 4);
    if (reader->denominator == 0 || reader->numerator == 0)
        return "its IVF header has no unit of time";
    reader->position = (size_t)little_endian(header + 6, 2);
    return NULL;
}

/* Opens a file; NULL, or what is wrong with it. Ends with media_reader_close in both cases. */
static const char *media_reader_open(struct media_reader *reader, const char *path,
                                     long pictures_per_second) {
    const char *problem;
    memset(reader, 0, sizeof *reader);
    if ((problem = read_file(path, &reader->bytes, &reader->size)) != NULL)
        return problem;
    if (reader->size >= 4 && memcmp(reader->bytes, "OggS", 4) == 0)
        return open_ogg(reader);
    if (reader->size >= 4 && memcmp(reader->bytes, "DKIF", 4) == 0)
        return open_ivf(reader);
    reader->codec = VSDK_CODEC_H264;
    reader->pictures_per_second = pictures_per_second;
    if (reader->size < 5 || (memcmp(reader->bytes, "\0\0\1", 3) != 0 &&
                             memcmp(reader->bytes, "\0\0\0\1", 4) != 0))
        return "it is neither Ogg, nor IVF, nor H.264 with start codes";
    return NULL;
}

static void media_reader_close(struct media_reader *reader) {
    free(reader->packet);
    free(reader->bytes);
}

#endif
