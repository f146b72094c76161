#include "kernels.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

enum { HEAD = 32, KEYS = 24 };         // width of an attention head; keys are taken in groups of 24
static const float ROOT = 0.17677670f;  // 1 / sqrt(HEAD)
static const float RANGE = 8191;        // 8191 * 127 * 1536 inputs stay below 2^31

typedef float v8 __attribute__((vector_size(32)));
typedef float v8u __attribute__((vector_size(32), aligned(4)));
typedef int32_t v8i __attribute__((vector_size(32)));

void kernel_pack(const int8_t *weights, int outputs, int inputs, int16_t *packed) {
    int panels = (outputs + KERNEL_PANEL - 1) / KERNEL_PANEL;
    for (int p = 0; p < panels; p++)
        for (int i = 0; i < inputs; i += 2)
            for (int c = 0; c < KERNEL_PANEL; c++)
                for (int k = 0; k < 2; k++) {
                    int o = p * KERNEL_PANEL + c;
                    *packed++ = o < outputs ? weights[(size_t)o * inputs + i + k] : 0;
                }
}

int kernel_attention_room(int rows) {
    int padded = (rows + KEYS - 1) / KEYS * KEYS;
    return (2 * HEAD + 4) * padded;
}

static void any_tile(const int16_t *a, int inputs, const int16_t *panel, v8i sum[KERNEL_ROWS][2]) {
    for (int r = 0; r < KERNEL_ROWS; r++) {
        int32_t total[KERNEL_PANEL] = {0};
        for (int i = 0; i < inputs; i += 2)
            for (int c = 0; c < KERNEL_PANEL; c++) {
                const int16_t *w = panel + (size_t)i * KERNEL_PANEL + 2 * c;
                total[c] += a[(size_t)r * inputs + i] * w[0] + a[(size_t)r * inputs + i + 1] * w[1];
            }
        memcpy(sum[r], total, sizeof total);
    }
}

#define NAME(f) any_##f
#include "kernels.inc"
#undef NAME

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

static inline void avx2_tile(const int16_t *a, int inputs, const int16_t *panel, v8i sum[KERNEL_ROWS][2]) {
    __m256i s[KERNEL_ROWS][2];
    for (int r = 0; r < KERNEL_ROWS; r++)
        s[r][0] = s[r][1] = _mm256_setzero_si256();
    for (int i = 0; i < inputs; i += 2) {
        const __m256i *w = (const __m256i *)(panel + (size_t)i * KERNEL_PANEL);
        __m256i w0 = _mm256_loadu_si256(w), w1 = _mm256_loadu_si256(w + 1);
        for (int r = 0; r < KERNEL_ROWS; r++) {
            int32_t pair;
            memcpy(&pair, a + (size_t)r * inputs + i, 4);
            __m256i x = _mm256_set1_epi32(pair);
            s[r][0] = _mm256_add_epi32(s[r][0], _mm256_madd_epi16(x, w0));
            s[r][1] = _mm256_add_epi32(s[r][1], _mm256_madd_epi16(x, w1));
        }
    }
    memcpy(sum, s, sizeof s);
}

#define NAME(f) avx2_##f
#include "kernels.inc"
#undef NAME
#pragma clang attribute pop

#define CALL(f, ...) \
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) avx2_##f(__VA_ARGS__); \
    else any_##f(__VA_ARGS__)
#else
#define CALL(f, ...) any_##f(__VA_ARGS__)
#endif

void kernel_linear(const int16_t *a, const float *row_scale, int rows, int inputs, const int16_t *packed,
                   const float *weight_scale, const float *bias, int outputs, float *out) {
    CALL(linear, a, row_scale, rows, inputs, packed, weight_scale, bias, outputs, out);
}

void kernel_quantise(const float *x, int rows, int width, int16_t *out, float *row_scale) {
    CALL(quantise, x, rows, width, out, row_scale);
}

void kernel_gelu(float *x, int rows, int width, int16_t *out, float *row_scale) {
    CALL(gelu_rows, x, rows, width, out, row_scale);
}

void kernel_add_norm(float *x, const float *y, int rows, int width, const float *gain, const float *bias,
                     int16_t *out, float *row_scale) {
    CALL(add_norm, x, y, rows, width, gain, bias, out, row_scale);
}

void kernel_attention(const float *qkv, int rows, int width, int heads, float *room, float *out) {
    CALL(attention, qkv, rows, width, heads, room, out);
}
