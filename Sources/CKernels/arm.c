// Arm with the dot product instructions (ARMv8.4, and most since Cortex-A55): 16 products of bytes an instruction.
#if defined(__aarch64__) && defined(__linux__)
#include <arm_neon.h>

#include "layout.h"

#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)

// These instructions take signed bytes, so the sums start with what the rest of the zero point adds to them.
INLINE void arm_tile(const uint8_t *a, int inputs, int zero, const int8_t *panel, int width, const int32_t *sums,
                     v16i sum[ROWS][4], const int rows, const int columns) {
    for (int c = 0; c < columns; c++) {
        int32x4_t s[ROWS][4];
        UNROLL for (int k = 0; k < 4; k++)
            UNROLL for (int r = 0; r < rows; r++) s[r][k] = vmulq_n_s32(vld1q_s32(sums + 16 * c + 4 * k), 128 - zero);
        for (int i = 0; i < inputs; i += 4) {
            const int8_t *w = panel + (size_t)i * width + 64 * c;
            int8x16_t v[4];
            UNROLL for (int k = 0; k < 4; k++) v[k] = vld1q_s8(w + 16 * k);
            UNROLL for (int r = 0; r < rows; r++) {
                uint32_t four;
                memcpy(&four, a + (size_t)r * inputs + i, 4);
                int8x16_t x = vreinterpretq_s8_u32(vdupq_n_u32(four ^ 0x80808080u));
                UNROLL for (int k = 0; k < 4; k++) s[r][k] = vdotq_s32(s[r][k], v[k], x);
            }
        }
        UNROLL for (int r = 0; r < rows; r++) memcpy(&sum[r][c], s[r], sizeof s[r]);
    }
}

// Twelve sums, so that each is ready when its turn comes again.
static long arm_spin(long rounds, int32_t *out) {
    int32x4_t s[12], x = vdupq_n_s32(1);
    UNROLL for (int k = 0; k < 12; k++) s[k] = x;
    for (long n = 0; n < rounds; n++) UNROLL for (int k = 0; k < 12; k++) {
            s[k] = vdotq_s32(s[k], vreinterpretq_s8_s32(x), vreinterpretq_s8_s32(x));
            __asm__("" : "+w"(s[k]));
        }
    memset(out, 0, 64);
    for (int k = 0; k < 12; k++) memcpy(out, &s[k], sizeof s[k]);
    return rounds * 12 * 16;
}

#define NAME(f) arm_##f
#include "kernels.inc"
EXPORT(arm_kernels, "Arm dot product");
#pragma clang attribute pop
#endif
