/*
 * Between Rust and libvpx: whatever depends on how a version of libvpx lays out its structures is
 * here, where a C compiler reads its headers. So any version fits, and no declarations have to be
 * generated.
 *
 * SPDX-License-Identifier: MIT OR Apache-2.0
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <vpx/vp8cx.h>
#include <vpx/vp8dx.h>
#include <vpx/vpx_decoder.h>
#include <vpx/vpx_encoder.h>

/* Times are in microseconds. */
#define TICKS_PER_SECOND 1000000

/* As lib.rs has it. */
struct glue_picture {
    const uint8_t *planes[3];
    int32_t strides[3];
    uint32_t width;
    uint32_t height;
};

struct glue_settings {
    uint32_t width;
    uint32_t height;
    uint32_t kbps;
    uint32_t fps;
    int32_t speed;
    int32_t is_screen;
};

struct glue_encoder {
    vpx_codec_ctx_t codec;
    vpx_codec_enc_cfg_t config;
};

struct glue_decoder {
    vpx_codec_ctx_t codec;
};

static int set_up(struct glue_encoder *encoder, const struct glue_settings *settings)
{
    vpx_codec_enc_cfg_t *config = &encoder->config;
    vpx_codec_err_t error = vpx_codec_enc_config_default(vpx_codec_vp8_cx(), config, 0);
    if (error != VPX_CODEC_OK)
        return error;
    config->g_w = settings->width;
    config->g_h = settings->height;
    config->g_timebase.num = 1;
    config->g_timebase.den = TICKS_PER_SECOND;
    /* Of several tracks each has a share of the processors; one picture need not have all. */
    config->g_threads = 1;
    config->g_pass = VPX_RC_ONE_PASS;
    /* Nothing waits for pictures that come later. */
    config->g_lag_in_frames = 0;
    config->rc_end_usage = VPX_CBR;
    config->rc_target_bitrate = settings->kbps;
    config->rc_min_quantizer = 2;
    config->rc_max_quantizer = 56;
    /* A network that is limited takes no bursts: what is too much is left out. */
    config->rc_dropframe_thresh = 30;
    config->rc_resize_allowed = 0;
    config->rc_undershoot_pct = 100;
    config->rc_overshoot_pct = 15;
    config->rc_buf_initial_sz = 500;
    config->rc_buf_optimal_sz = 600;
    config->rc_buf_sz = 1000;
    /* Whoever needs a key frame asks for it. */
    config->kf_mode = VPX_KF_DISABLED;
    error = vpx_codec_enc_init(&encoder->codec, vpx_codec_vp8_cx(), config, 0);
    if (error != VPX_CODEC_OK)
        return error;
    /* A key frame may take half of what the buffer should hold. */
    unsigned int intra_percent = config->rc_buf_optimal_sz * settings->fps / 20;
    if (intra_percent < 300)
        intra_percent = 300;
    if ((error = vpx_codec_control(&encoder->codec, VP8E_SET_CPUUSED, settings->speed)) ||
        (error = vpx_codec_control(&encoder->codec, VP8E_SET_STATIC_THRESHOLD,
                                   settings->is_screen ? 100u : 1u)) ||
        (error = vpx_codec_control(&encoder->codec, VP8E_SET_MAX_INTRA_BITRATE_PCT,
                                   intra_percent)) ||
        (error = vpx_codec_control(&encoder->codec, VP8E_SET_SCREEN_CONTENT_MODE,
                                   settings->is_screen ? 1u : 0u))) {
        vpx_codec_destroy(&encoder->codec);
        return error;
    }
    return VPX_CODEC_OK;
}

/* NULL, and why in `error`, when there can be none. */
struct glue_encoder *libvpx_glue_encoder_new(const struct glue_settings *settings, int *error)
{
    struct glue_encoder *encoder = calloc(1, sizeof *encoder);
    if (!encoder) {
        *error = VPX_CODEC_MEM_ERROR;
        return NULL;
    }
    *error = set_up(encoder, settings);
    if (*error != VPX_CODEC_OK) {
        free(encoder);
        return NULL;
    }
    return encoder;
}

int libvpx_glue_encoder_set_kbps(struct glue_encoder *encoder, uint32_t kbps)
{
    encoder->config.rc_target_bitrate = kbps;
    return vpx_codec_enc_config_set(&encoder->codec, &encoder->config);
}

/*
 * `data` stays valid until the encoder is used again; without any, the picture was left out so that
 * the bit rate is kept.
 */
int libvpx_glue_encoder_encode(struct glue_encoder *encoder, const struct glue_picture *picture,
                             int64_t time_us, uint32_t duration_us, int force_key_frame,
                             const uint8_t **data, size_t *length, int *is_key_frame)
{
    vpx_image_t image;
    *data = NULL;
    *length = 0;
    *is_key_frame = 0;
    if (!vpx_img_wrap(&image, VPX_IMG_FMT_I420, picture->width, picture->height, 1,
                      (unsigned char *)picture->planes[0]))
        return VPX_CODEC_INVALID_PARAM;
    for (int plane = 0; plane < 3; plane++) {
        image.planes[plane] = (unsigned char *)picture->planes[plane];
        image.stride[plane] = picture->strides[plane];
    }
    vpx_codec_err_t error =
        vpx_codec_encode(&encoder->codec, &image, time_us, duration_us,
                         force_key_frame ? VPX_EFLAG_FORCE_KF : 0, VPX_DL_REALTIME);
    if (error != VPX_CODEC_OK)
        return error;
    vpx_codec_iter_t iterator = NULL;
    const vpx_codec_cx_pkt_t *packet;
    while ((packet = vpx_codec_get_cx_data(&encoder->codec, &iterator)) != NULL) {
        if (packet->kind == VPX_CODEC_CX_FRAME_PKT) {
            *data = packet->data.frame.buf;
            *length = packet->data.frame.sz;
            *is_key_frame = (packet->data.frame.flags & VPX_FRAME_IS_KEY) != 0;
            break;
        }
    }
    return VPX_CODEC_OK;
}

void libvpx_glue_encoder_free(struct glue_encoder *encoder)
{
    vpx_codec_destroy(&encoder->codec);
    free(encoder);
}

struct glue_decoder *libvpx_glue_decoder_new(int *error)
{
    struct glue_decoder *decoder = calloc(1, sizeof *decoder);
    if (!decoder) {
        *error = VPX_CODEC_MEM_ERROR;
        return NULL;
    }
    vpx_codec_dec_cfg_t config = {1, 0, 0};
    *error = vpx_codec_dec_init(&decoder->codec, vpx_codec_vp8_dx(), &config, 0);
    if (*error != VPX_CODEC_OK) {
        free(decoder);
        return NULL;
    }
    return decoder;
}

/* The planes stay valid until the decoder is used again; without any, nothing is to be shown. */
int libvpx_glue_decoder_decode(struct glue_decoder *decoder, const uint8_t *data, uint32_t length,
                             struct glue_picture *picture)
{
    vpx_codec_err_t error = vpx_codec_decode(&decoder->codec, data, length, NULL, 0);
    if (error != VPX_CODEC_OK)
        return error;
    vpx_codec_iter_t iterator = NULL;
    const vpx_image_t *image = vpx_codec_get_frame(&decoder->codec, &iterator);
    if (!image || image->fmt != VPX_IMG_FMT_I420)
        return image ? VPX_CODEC_UNSUP_BITSTREAM : VPX_CODEC_OK;
    for (int plane = 0; plane < 3; plane++) {
        picture->planes[plane] = image->planes[plane];
        picture->strides[plane] = image->stride[plane];
    }
    picture->width = image->d_w;
    picture->height = image->d_h;
    return VPX_CODEC_OK;
}

void libvpx_glue_decoder_free(struct glue_decoder *decoder)
{
    vpx_codec_destroy(&decoder->codec);
    free(decoder);
}

const char *libvpx_glue_reason(int error)
{
    return vpx_codec_err_to_string((vpx_codec_err_t)error);
}
