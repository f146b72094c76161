// Intel since Ice Lake, AMD since Zen 4: 64 products of bytes an instruction.
#if defined(__x86_64__)
#include <immintrin.h>

#include "layout.h"

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), apply_to = function)

// The sums start with what the zero point adds to them, so that it costs nothing.
INLINE void avx512_tile(const uint8_t *a, int inputs, int zero, const int8_t *panel, int width, const int32_t *sums,
                        v16i sum[ROWS][4], const int rows, const int columns) {
    __m512i s[ROWS][4];
    UNROLL for (int c = 0; c < columns; c++) {
        __m512i start = (__m512i)(*(const v16i_any *)(sums + 16 * c) * -zero);
        UNROLL for (int r = 0; r < rows; r++) s[r][c] = start;
    }
    for (int i = 0; i < inputs; i += 4) {
        const int8_t *w = panel + (size_t)i * 16 * columns;
        __m512i v[4];
        UNROLL for (int c = 0; c < columns; c++) v[c] = _mm512_load_si512(w + 64 * c);
        UNROLL for (int r = 0; r < rows; r++) {
            int32_t four;
            memcpy(&four, a + (size_t)r * inputs + i, 4);
            __m512i x = _mm512_set1_epi32(four);
            UNROLL for (int c = 0; c < columns; c++) s[r][c] = _mm512_dpbusd_epi32(s[r][c], x, v[c]);
        }
    }
    UNROLL for (int r = 0; r < rows; r++) UNROLL for (int c = 0; c < columns; c++) sum[r][c] = (v16i)s[r][c];
}

// Twelve sums, so that each is ready when its turn comes again.
static long avx512_spin(long rounds, int32_t *out) {
    __m512i s[12], x = _mm512_set1_epi8(1);
    UNROLL for (int k = 0; k < 12; k++) s[k] = x;
    for (long n = 0; n < rounds; n++) UNROLL for (int k = 0; k < 12; k++) {
            s[k] = _mm512_dpbusd_epi32(s[k], x, x);
            __asm__("" : "+v"(s[k]));
        }
    memset(out, 0, 64);
    for (int k = 0; k < 12; k++) memcpy(out, &s[k], sizeof s[k]);
    return rounds * 12 * 64;
}

// What `power` in kernels.inc does in ten steps; what is below 2^-126 may be less here, which no sum with 1 in it tells.
INLINE v16 avx512_power(v16 x) {
    __m512 n = _mm512_roundscale_ps((__m512)x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    __m512 f = _mm512_sub_ps((__m512)x, n);
    __m512 p = _mm512_fmadd_ps(f, _mm512_set1_ps(0.055171657f), _mm512_set1_ps(0.24261113f));
    p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(0.69326097f));
    p = _mm512_fmadd_ps(p, f, _mm512_set1_ps(0.99992806f));
    return (v16)_mm512_scalef_ps(p, n);
}

#define HAS_POWER
#define NAME(f) avx512_##f
#include "kernels.inc"
EXPORT(avx512_kernels, "AVX-512 VNNI");
#pragma clang attribute pop
#endif
