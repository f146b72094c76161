// For any processor.
#include "layout.h"

typedef int8_t v16c_any __attribute__((ext_vector_type(16), aligned(1), may_alias));
typedef int16_t v16s __attribute__((ext_vector_type(16)));
typedef int32_t v8i __attribute__((ext_vector_type(8)));
typedef int32_t v4i __attribute__((ext_vector_type(4)));

// Four outputs at a time, so that compilers find the instruction that adds up pairs of 16-bit products, where there is one.
INLINE void portable_tile(const uint8_t *a, int inputs, int zero, const int8_t *panel, int width, const int32_t *sums,
                          v16i sum[ROWS][4], const int rows, const int columns) {
    for (int c = 0; c < 4 * columns; c++) {
        v8i s[ROWS];
        UNROLL for (int r = 0; r < rows; r++) s[r] = 0;
        for (int i = 0; i < inputs; i += 4) {
            v16s w = __builtin_convertvector(*(const v16c_any *)(panel + (size_t)i * width + 16 * c), v16s);
            UNROLL for (int r = 0; r < rows; r++) {
                const uint8_t *x = a + (size_t)r * inputs + i;
                int16_t p = x[0] - zero, q = x[1] - zero, t = x[2] - zero, u = x[3] - zero;
                v16s four = {p, q, t, u, p, q, t, u, p, q, t, u, p, q, t, u};
                v16i product = __builtin_convertvector(w, v16i) * __builtin_convertvector(four, v16i);
                s[r] += product.even + product.odd;
            }
        }
        UNROLL for (int r = 0; r < rows; r++) {
            v4i whole = s[r].even + s[r].odd;
            memcpy((char *)&sum[r][c / 4] + c % 4 * 16, &whole, 16);
        }
    }
}

static long portable_spin(long rounds, int32_t *out) {
    (void)rounds;
    memset(out, 0, 64);
    return 0;
}

#define NAME(f) portable_##f
#include "kernels.inc"
EXPORT(portable_kernels, "portable C");
