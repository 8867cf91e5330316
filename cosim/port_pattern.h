// When the two ports stall: the same function of seed, port and cycle as PortPattern.Stalls in
// generator/Hypgcn/Hardware/PortPattern.cs. A test compares the two.
#pragma once

#include <cstdint>

namespace hypgcn {

constexpr int kInputPort = 0;
constexpr int kOutputPort = 1;

class PortPattern {
 public:
  explicit PortPattern(uint64_t seed) : seed_(seed) {}

  bool stalls(int port, int64_t cycle) const {
    if (seed_ == 0) return false;
    const uint64_t h = mix(seed_ + static_cast<uint64_t>(port + 1) * 0x9E3779B97F4A7C15ULL +
                           static_cast<uint64_t>(cycle >> 3) * 0xBF58476D1CE4E5B9ULL);
    switch (h & 7) {
      case 0:
        return true;
      case 1:
      case 2:
      case 3:
        return false;
      default:
        return ((h >> (8 + static_cast<int>(cycle & 7))) & 1) != 0;
    }
  }

 private:
  // The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
  static uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

  uint64_t seed_;
};

}  // namespace hypgcn
