#include "hypgcn.h"

#ifdef HYPGCN_ACCESS
#include HYPGCN_ACCESS
#else
#define HYPGCN_READ(base, offset) (*(volatile uint32_t *)((volatile unsigned char *)(base) + (offset)))
#define HYPGCN_WRITE(base, offset, value) \
  ((void)(*(volatile uint32_t *)((volatile unsigned char *)(base) + (offset)) = (value)))
#endif

/* A reset takes 16 cycles of the accelerator; a read takes at least one of the processor. */
#define RESET_POLLS 100000

static uint32_t read_word(const hypgcn_device *device, uint32_t offset) { return HYPGCN_READ(device->base, offset); }

static void write_word(const hypgcn_device *device, uint32_t offset, uint32_t value) {
  HYPGCN_WRITE(device->base, offset, value);
}

static uint32_t read_counter(const hypgcn_device *device, uint32_t index) {
  return read_word(device, HYPGCN_COUNTER + 4u * index);
}

static uint64_t read_hash(const hypgcn_device *device) {
  const uint64_t high = read_word(device, HYPGCN_HASH_HIGH);
  return high << 32 | read_word(device, HYPGCN_HASH_LOW);
}

static int signed_byte(uint32_t value) { return (int)(value & 0x7Fu) - (int)(value & 0x80u); }

static int stages(const hypgcn_device *device) {
  return (int)((read_word(device, HYPGCN_COUNTERS) & HYPGCN_COUNTERS_STAGES) >> HYPGCN_COUNTERS_STAGES_LOW);
}

hypgcn_result hypgcn_open(hypgcn_device *device, volatile void *base, uint64_t hash) {
  device->base = base;
  if (read_word(device, HYPGCN_ID) != HYPGCN_IDENTITY) return HYPGCN_NOT_FOUND;
  if (read_word(device, HYPGCN_VERSION) >> 16 != HYPGCN_MAP_VERSION >> 16) return HYPGCN_OTHER_MAP;
  if (hash != 0 && read_hash(device) != hash) return HYPGCN_OTHER_DESIGN;
  return HYPGCN_OK;
}

hypgcn_info hypgcn_read_info(const hypgcn_device *device) {
  const uint32_t formats = read_word(device, HYPGCN_FORMATS);
  hypgcn_info info;
  info.hash = read_hash(device);
  info.clip_values = read_word(device, HYPGCN_CLIP_VALUES);
  info.classes = read_word(device, HYPGCN_CLASSES);
  info.value_bits = (int)(formats >> HYPGCN_FORMATS_VALUE_BITS_LOW & 0xFFu);
  info.value_fraction = signed_byte(formats >> HYPGCN_FORMATS_VALUE_FRACTION_LOW);
  info.logit_bits = (int)(formats >> HYPGCN_FORMATS_LOGIT_BITS_LOW & 0xFFu);
  info.logit_fraction = signed_byte(formats >> HYPGCN_FORMATS_LOGIT_FRACTION_LOW);
  info.stages = stages(device);
  info.fifos = (int)(read_word(device, HYPGCN_COUNTERS) >> HYPGCN_COUNTERS_FIFOS_LOW);
  return info;
}

hypgcn_result hypgcn_reset(const hypgcn_device *device, int discard) {
  const uint32_t hold = read_word(device, HYPGCN_CONTROL) & HYPGCN_CONTROL_HOLD;
  long polls;
  write_word(device, HYPGCN_CONTROL, hold | HYPGCN_CONTROL_RESET | (discard ? HYPGCN_CONTROL_DISCARD : 0u));
  for (polls = 0; polls < RESET_POLLS; ++polls) {
    if ((read_word(device, HYPGCN_CONTROL) & HYPGCN_CONTROL_RESET) == 0) return HYPGCN_OK;
  }
  return HYPGCN_TIMEOUT;
}

uint32_t hypgcn_status(const hypgcn_device *device) { return read_word(device, HYPGCN_STATUS); }

void hypgcn_clear_status(const hypgcn_device *device, uint32_t bits) { write_word(device, HYPGCN_STATUS, bits); }

void hypgcn_hold(const hypgcn_device *device, int hold) {
  const uint32_t discard = read_word(device, HYPGCN_CONTROL) & HYPGCN_CONTROL_DISCARD;
  write_word(device, HYPGCN_CONTROL, discard | (hold ? HYPGCN_CONTROL_HOLD : 0u));
}

hypgcn_counts hypgcn_read_counts(const hypgcn_device *device) {
  hypgcn_counts counts;
  const uint32_t low = read_word(device, HYPGCN_CYCLES_LOW);
  counts.cycles = (uint64_t)read_word(device, HYPGCN_CYCLES_HIGH) << 32 | low;
  counts.clips = read_word(device, HYPGCN_CLIPS);
  counts.results = read_word(device, HYPGCN_RESULTS);
  counts.short_clips = read_word(device, HYPGCN_SHORT_CLIPS);
  counts.long_clips = read_word(device, HYPGCN_LONG_CLIPS);
  counts.first_bad_clip = read_word(device, HYPGCN_FIRST_BAD_CLIP);
  return counts;
}

hypgcn_stage_cycles hypgcn_stage(const hypgcn_device *device, int stage) {
  hypgcn_stage_cycles cycles;
  cycles.busy = read_counter(device, 2u * (uint32_t)stage);
  cycles.blocked = read_counter(device, 2u * (uint32_t)stage + 1u);
  return cycles;
}

uint32_t hypgcn_dropped_words(const hypgcn_device *device, int fifo) {
  return read_counter(device, 2u * (uint32_t)stages(device) + (uint32_t)fifo);
}
