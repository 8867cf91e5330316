/*
 * Driver of a hypgcn accelerator behind AXI4-Lite. C99 or C++, no operating system and no library needed; the clips and
 * the logits travel by a DMA of the platform's own.
 *
 *     hypgcn_device device;
 *     if (hypgcn_open(&device, base, DEMO_HASH) != HYPGCN_OK) ...
 *     hypgcn_reset(&device, 0);
 *     ... send a clip as one packet, receive its logits as one packet ...
 *     if (hypgcn_status(&device) & (HYPGCN_STATUS_SHORT_CLIP | HYPGCN_STATUS_LONG_CLIP)) ...
 *
 * Registers are read and written as 32-bit words at the base pointer. A platform that needs something else (barriers, an
 * ioctl, a simulation) defines HYPGCN_ACCESS as a header in quotes with HYPGCN_READ(base, offset) and
 * HYPGCN_WRITE(base, offset, value).
 */
#ifndef HYPGCN_H
#define HYPGCN_H

#include <stdint.h>

#include "hypgcn_registers.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  volatile void *base;
} hypgcn_device;

typedef enum {
  HYPGCN_OK = 0,
  HYPGCN_NOT_FOUND = -1,    /* the identity is another */
  HYPGCN_OTHER_MAP = -2,    /* the register map has another major version */
  HYPGCN_OTHER_DESIGN = -3, /* the hash is another */
  HYPGCN_TIMEOUT = -4       /* the reset does not end */
} hypgcn_result;

/* What the accelerator is. Real value = integer / 2^fraction. */
typedef struct {
  uint64_t hash;
  uint32_t clip_values;
  uint32_t classes;
  int value_bits;
  int value_fraction;
  int logit_bits;
  int logit_fraction;
  int stages;
  int fifos;
} hypgcn_info;

/* All since the last reset. */
typedef struct {
  uint64_t cycles;
  uint32_t clips;          /* went in completely */
  uint32_t results;        /* came out */
  uint32_t short_clips;    /* were filled up with zeros */
  uint32_t long_clips;     /* were cut */
  uint32_t first_bad_clip; /* number of the first of these after their bits of the status were clear */
} hypgcn_counts;

typedef struct {
  uint32_t busy;
  uint32_t blocked;
} hypgcn_stage_cycles;

/* hash 0 takes any design. */
hypgcn_result hypgcn_open(hypgcn_device *device, volatile void *base, uint64_t hash);

hypgcn_info hypgcn_read_info(const hypgcn_device *device);

/*
 * Waits until the reset is done. discard: whether input is discarded up to the next TLAST, which is right where the
 * sender is in the middle of a packet and will go on; 0 where it was reset as well.
 */
hypgcn_result hypgcn_reset(const hypgcn_device *device, int discard);

/* Bits HYPGCN_STATUS_... */
uint32_t hypgcn_status(const hypgcn_device *device);

void hypgcn_clear_status(const hypgcn_device *device, uint32_t bits);

/* Stops (1) or continues (0) the counters of cycles, to read them at one time. */
void hypgcn_hold(const hypgcn_device *device, int hold);

hypgcn_counts hypgcn_read_counts(const hypgcn_device *device);

/* Stages and FIFOs count from 0; their names are in the design's header. They wrap around at 2^32. */
hypgcn_stage_cycles hypgcn_stage(const hypgcn_device *device, int stage);
uint32_t hypgcn_dropped_words(const hypgcn_device *device, int fifo);

#ifdef __cplusplus
}
#endif

#endif
