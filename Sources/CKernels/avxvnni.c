// Intel since Alder Lake, AMD since Zen 5: 32 products of bytes an instruction.
#if defined(__x86_64__)
#include <immintrin.h>

#include "layout.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,avxvnni"))), apply_to = function)

// Two vectors of outputs at a time: twelve sums of the sixteen registers.
INLINE void avxvnni_tile(const uint8_t *a, int inputs, int zero, const int8_t *panel, int width, const int32_t *sums,
                         v16i sum[ROWS][4], const int rows, const int columns) {
    for (int c = 0; c < columns; c++) {
        __m256i s[ROWS][2];
        v16i start = *(const v16i_any *)(sums + 16 * c) * -zero;
        UNROLL for (int r = 0; r < rows; r++) {
            s[r][0] = (__m256i)start.lo;
            s[r][1] = (__m256i)start.hi;
        }
        for (int i = 0; i < inputs; i += 4) {
            const __m256i *w = (const __m256i *)(panel + (size_t)i * width + 64 * c);
            __m256i w0 = _mm256_load_si256(w), w1 = _mm256_load_si256(w + 1);
            UNROLL for (int r = 0; r < rows; r++) {
                int32_t four;
                memcpy(&four, a + (size_t)r * inputs + i, 4);
                __m256i x = _mm256_set1_epi32(four);
                s[r][0] = _mm256_dpbusd_avx_epi32(s[r][0], x, w0);
                s[r][1] = _mm256_dpbusd_avx_epi32(s[r][1], x, w1);
            }
        }
        UNROLL for (int r = 0; r < rows; r++) memcpy(&sum[r][c], s[r], sizeof s[r]);
    }
}

// Twelve sums, so that each is ready when its turn comes again.
static long avxvnni_spin(long rounds, int32_t *out) {
    __m256i s[12], x = _mm256_set1_epi8(1);
    UNROLL for (int k = 0; k < 12; k++) s[k] = x;
    for (long n = 0; n < rounds; n++) UNROLL for (int k = 0; k < 12; k++) {
            s[k] = _mm256_dpbusd_avx_epi32(s[k], x, x);
            __asm__("" : "+x"(s[k]));
        }
    memset(out, 0, 64);
    for (int k = 0; k < 12; k++) memcpy(out, &s[k], sizeof s[k]);
    return rounds * 12 * 32;
}

#define NAME(f) avxvnni_##f
#include "kernels.inc"
EXPORT(avxvnni_kernels, "AVX-VNNI");
#pragma clang attribute pop
#endif
