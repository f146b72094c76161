// For any processor.
#include "layout.h"

INLINE void portable_tile(const uint8_t *a, int inputs, int zero, const int8_t *panel, int width, const int32_t *sums,
                          v16i sum[ROWS][4], const int rows, const int columns) {
    for (int r = 0; r < rows; r++) {
        int32_t total[PANEL] = {0};
        for (int i = 0; i < inputs; i += 4) {
            const int8_t *w = panel + (size_t)i * width;
            int x[4];
            for (int k = 0; k < 4; k++) x[k] = a[(size_t)r * inputs + i + k] - zero;
            for (int c = 0; c < 16 * columns; c++, w += 4)
                total[c] += x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + x[3] * w[3];
        }
        memcpy(sum[r], total, sizeof total);
    }
}

#define NAME(f) portable_##f
#include "kernels.inc"
EXPORT(portable_kernels, "portable C");
