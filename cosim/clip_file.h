// The input of a run: all clips, as 16-bit integers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hypgcn {

// Little endian: magic "HYPCLIPS", then uint32 clips, values per clip, outputs per clip, bits of a value;
// then int16 values [clip][value].
struct ClipFile {
  uint32_t clips = 0;
  uint32_t values_per_clip = 0;
  uint32_t outputs_per_clip = 0;
  std::vector<int16_t> values;

  static ClipFile read(const std::string& path, uint32_t bits);
};

}  // namespace hypgcn
