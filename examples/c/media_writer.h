/*
 * Files for encoded frames: Ogg for Opus (RFC 3533 and 7845), IVF for VP8, and start codes alone
 * (Annex B) for H.264. Every function answers 0, or -1 with the reason in errno.
 */
#ifndef MEDIA_WRITER_H
#define MEDIA_WRITER_H

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <vsdk.h>

struct media_writer {
    FILE *file;
    VsdkCodec codec;
    int64_t first_us;
    uint32_t frames;
    uint32_t pages;   /* of Ogg */
    int64_t position; /* of Ogg: the end of the last packet, in samples at 48 kHz */
};

enum { OGG_CONTINUES = 0, OGG_FIRST = 2, OGG_LAST = 4, OGG_MAX_PACKET = 255 * 255 - 1 };

/* How file names of that codec end; NULL when there is no kind of file for it here. */
static const char *media_extension(VsdkCodec codec) {
    switch (codec) {
    case VSDK_CODEC_OPUS: return "ogg";
    case VSDK_CODEC_VP8: return "ivf";
    case VSDK_CODEC_H264: return "h264";
    default: return NULL;
    }
}

static void put_little_endian(uint8_t *to, uint64_t value, size_t size) {
    for (size_t index = 0; index < size; ++index)
        to[index] = (uint8_t)(value >> (8 * index));
}

static int write_all(FILE *file, const void *data, size_t size) {
    return size == 0 || fwrite(data, 1, size, file) == size ? 0 : -1;
}

static uint32_t ogg_checksum(uint32_t sum, const uint8_t *data, size_t size) {
    for (size_t index = 0; index < size; ++index) {
        sum ^= (uint32_t)data[index] << 24;
        for (int bit = 0; bit < 8; ++bit)
            sum = (sum << 1) ^ (sum & 0x80000000u ? 0x04c11db7u : 0);
    }
    return sum;
}

/* Writes a page with one packet, or with none when it is NULL. */
static int ogg_write_page(struct media_writer *writer, int flags, const uint8_t *packet, size_t size) {
    uint8_t header[27 + 255] = "OggS";
    size_t lacing = packet == NULL ? 0 : size / 255 + 1;
    uint32_t sum;

    if (size > OGG_MAX_PACKET) {
        errno = EFBIG;
        return -1;
    }
    header[5] = (uint8_t)flags;
    put_little_endian(header + 6, (uint64_t)writer->position, 8);
    put_little_endian(header + 14, 1, 4); /* the only stream of the file */
    put_little_endian(header + 18, writer->pages++, 4);
    header[26] = (uint8_t)lacing;
    if (lacing > 0) {
        memset(header + 27, 255, lacing - 1);
        header[27 + lacing - 1] = (uint8_t)(size % 255);
    }
    sum = ogg_checksum(0, header, 27 + lacing);
    sum = ogg_checksum(sum, packet, size);
    put_little_endian(header + 22, sum, 4);
    if (write_all(writer->file, header, 27 + lacing) < 0)
        return -1;
    return write_all(writer->file, packet, size);
}

static int ogg_write_headers(struct media_writer *writer) {
    /* Version 1, 2 channels, 312 samples to skip, 48 kHz, no gain, no mapping. */
    static const uint8_t head[] = "OpusHead\1\2\x38\1\x80\xbb\0\0\0\0";
    static const uint8_t tags[] = "OpusTags\4\0\0\0vsdk\0\0\0";
    if (ogg_write_page(writer, OGG_FIRST, head, 19) < 0)
        return -1;
    return ogg_write_page(writer, OGG_CONTINUES, tags, 20);
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

static int ivf_write_header(struct media_writer *writer, const uint8_t *picture, size_t size) {
    uint8_t header[32] = "DKIF";
    header[6] = sizeof header;
    memcpy(header + 8, "VP80", 4);
    if (size >= 10) { /* a key frame tells the size of the picture: RFC 6386, 9.1 */
        memcpy(header + 12, picture + 6, 4);
        header[13] &= 0x3f;
        header[15] &= 0x3f;
    }
    put_little_endian(header + 16, 1000000, 4); /* times are in microseconds */
    put_little_endian(header + 20, 1, 4);
    return write_all(writer->file, header, sizeof header);
}

static int ivf_write_picture_header(struct media_writer *writer, size_t size, int64_t time_us) {
    uint8_t header[12];
    put_little_endian(header, size, 4);
    put_little_endian(header + 4, (uint64_t)time_us, 8);
    return write_all(writer->file, header, sizeof header);
}

static int media_writer_open(struct media_writer *writer, const char *path, VsdkCodec codec) {
    memset(writer, 0, sizeof *writer);
    writer->codec = codec;
    writer->file = fopen(path, "wb");
    return writer->file == NULL ? -1 : 0;
}

static int media_writer_write(struct media_writer *writer, const uint8_t *data, size_t size,
                              int64_t timestamp_us) {
    int64_t time_us;

    if (size == 0)
        return 0;
    if (writer->frames == 0)
        writer->first_us = timestamp_us;
    time_us = timestamp_us - writer->first_us;
    switch (writer->codec) {
    case VSDK_CODEC_OPUS:
        if (writer->frames == 0 && ogg_write_headers(writer) < 0)
            return -1;
        /* What was lost on the way leaves a gap in the positions. */
        writer->position = time_us * 48 / 1000 + opus_duration(data, size);
        if (ogg_write_page(writer, OGG_CONTINUES, data, size) < 0)
            return -1;
        break;
    case VSDK_CODEC_VP8:
        if (writer->frames == 0 && ivf_write_header(writer, data, size) < 0)
            return -1;
        if (ivf_write_picture_header(writer, size, time_us) < 0 ||
            write_all(writer->file, data, size) < 0)
            return -1;
        break;
    default:
        if (write_all(writer->file, data, size) < 0)
            return -1;
    }
    ++writer->frames;
    return 0;
}

static int media_writer_close(struct media_writer *writer) {
    int result = 0;
    if (writer->frames > 0 && writer->codec == VSDK_CODEC_OPUS)
        result = ogg_write_page(writer, OGG_LAST, NULL, 0);
    if (writer->frames > 0 && writer->codec == VSDK_CODEC_VP8) {
        uint8_t count[4];
        put_little_endian(count, writer->frames, sizeof count);
        if (fseek(writer->file, 24, SEEK_SET) != 0 || write_all(writer->file, count, sizeof count) < 0)
            result = -1;
    }
    if (fclose(writer->file) != 0)
        result = -1;
    return result;
}

#endif
