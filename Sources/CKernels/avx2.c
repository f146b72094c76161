// x86-64 since Haswell and Zen: 16 products of 16-bit numbers an instruction. The one for bytes would saturate.
#if defined(__x86_64__)
#include <immintrin.h>

#include "layout.h"

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

// Eight outputs at a time, each with two sums: of its first and second, and of its third and fourth inputs of each four.
INLINE void avx2_tile(const uint8_t *a, int inputs, int zero, const int8_t *panel, int width, const int32_t *sums,
                      v16i sum[ROWS][4], const int rows, const int columns) {
    int16_t x[ROWS][KERNEL_MOST_INPUTS];
    __m128i zeros = _mm_set1_epi16(zero);
    for (int r = 0; r < rows; r++)
        for (int i = 0; i < inputs; i += 4) {
            __m128i four = _mm_cvtepu8_epi16(_mm_loadu_si32(a + (size_t)r * inputs + i));
            _mm_storel_epi64((__m128i *)(x[r] + i), _mm_sub_epi16(four, zeros));
        }
    for (int c = 0; c < 2 * columns; c++) {
        __m256i s[ROWS][2];
        UNROLL for (int r = 0; r < rows; r++) s[r][0] = s[r][1] = _mm256_setzero_si256();
        for (int i = 0; i < inputs; i += 4) {
            const __m128i *w = (const __m128i *)(panel + (size_t)i * width + 32 * c);
            __m256i w0 = _mm256_cvtepi8_epi16(_mm_load_si128(w)), w1 = _mm256_cvtepi8_epi16(_mm_load_si128(w + 1));
            UNROLL for (int r = 0; r < rows; r++) {
                int64_t four;
                memcpy(&four, x[r] + i, 8);
                __m256i v = _mm256_set1_epi64x(four);
                s[r][0] = _mm256_add_epi32(s[r][0], _mm256_madd_epi16(v, w0));
                s[r][1] = _mm256_add_epi32(s[r][1], _mm256_madd_epi16(v, w1));
            }
        }
        UNROLL for (int r = 0; r < rows; r++) {
            __m256i whole = _mm256_permute4x64_epi64(_mm256_hadd_epi32(s[r][0], s[r][1]), 0xD8);
            memcpy((char *)&sum[r][c / 2] + c % 2 * 32, &whole, 32);
        }
    }
}

// Twelve sums, so that each is ready when its turn comes again.
static long avx2_spin(long rounds, int32_t *out) {
    __m256i s[12], x = _mm256_set1_epi16(1);
    UNROLL for (int k = 0; k < 12; k++) s[k] = x;
    for (long n = 0; n < rounds; n++) UNROLL for (int k = 0; k < 12; k++) {
            s[k] = _mm256_add_epi32(s[k], _mm256_madd_epi16(s[k], x));
            __asm__("" : "+x"(s[k]));
        }
    memset(out, 0, 64);
    for (int k = 0; k < 12; k++) memcpy(out, &s[k], sizeof s[k]);
    return rounds * 12 * 16;
}

#define NAME(f) avx2_##f
#include "kernels.inc"
EXPORT(avx2_kernels, "AVX2");
#pragma clang attribute pop
#endif
