// The arithmetic of the encoder, for one thread. No function allocates or keeps state.
//
// Matrices are row by row. Activations are quantised row by row to 14 bits (int16_t) and weights to 8 bits, kept as
// int16_t: their products add up exactly in 32 bits, so a result is the same on every machine and for every split
// of the work, and one AVX2 instruction multiplies 16 pairs where floating point multiplies 8.
#ifndef ONRECORD_KERNELS_H
#define ONRECORD_KERNELS_H

#include <stdint.h>

// Weights are packed in panels of this many outputs, so a buffer for outputs has a multiple of it in each row.
#define KERNEL_PANEL 16
// Rows are worked on in groups of this many, so a buffer of activations has a multiple of it in rows.
#define KERNEL_ROWS 6

// Packs `outputs` x `inputs` int8 weights (inputs even): `packed` holds inputs x (outputs rounded up to panels).
void kernel_pack(const int8_t *weights, int outputs, int inputs, int16_t *packed);

// out[r][o] = bias[o] + row_scale[r] * weight_scale[o] * sum of a[r][i] * w[o][i], for outputs rounded up to panels.
void kernel_linear(const int16_t *a, const float *row_scale, int rows, int inputs, const int16_t *packed,
                   const float *weight_scale, const float *bias, int outputs, float *out);

// Quantises rows of `width` numbers.
void kernel_quantise(const float *x, int rows, int width, int16_t *out, float *row_scale);

// Exact GELU in place, then quantised.
void kernel_gelu(float *x, int rows, int width, int16_t *out, float *row_scale);

// x = layer norm(x + y) * gain + bias, then quantised. `y` may be null.
void kernel_add_norm(float *x, const float *y, int rows, int width, const float *gain, const float *bias,
                     int16_t *out, float *row_scale);

// Self-attention of one window: `qkv` is rows x 3 * width (query, key, value; each heads x width / heads), `out` is
// rows x width. `room` has kernel_attention_room(rows, width / heads) floats. width / heads must be 32.
void kernel_attention(const float *qkv, int rows, int width, int heads, float *room, float *out);
int kernel_attention_room(int rows);

#endif
