// Files of a run. All numbers little endian, without padding.
//   tap_<n>.bin  per bank: uint32 low half of the cycle, uint16 hot code, then int16 for every set bit
//   logits.bin   per logit: uint64 cycle, int64 value, uint8 last
//   inputs.bin   per completely accepted clip: uint64 cycle of its first, uint64 of its last value
//   stats.bin    uint32 per counter
//   summary.txt  `key value` lines; after a hang also the report
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

namespace hypgcn {

// A file written through one large buffer; a failure to write ends the program.
class OutputFile {
 public:
  explicit OutputFile(const std::string& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // Room for `bytes`, valid until the next call.
  unsigned char* reserve(size_t bytes) {
    if (used_ + bytes > buffer_.size()) flush();
    return buffer_.data() + used_;
  }
  void commit(size_t bytes) { used_ += bytes; }

  template <typename T>
  void put(T value) {
    std::memcpy(reserve(sizeof value), &value, sizeof value);
    commit(sizeof value);
  }

  void flush();

 private:
  std::string path_;
  std::FILE* file_;
  std::vector<unsigned char> buffer_;
  size_t used_ = 0;
};

// The banks of one boundary.
class TapFile {
 public:
  explicit TapFile(const std::string& path) : file_(path) {}

  // `words` holds 16 values of `Sample`, the first `popcount(hot)` of them valid.
  template <typename Sample>
  void put(int64_t cycle, uint16_t hot, const void* words) {
    const int count = __builtin_popcount(hot);
    unsigned char* out = file_.reserve(kHeader + 32);
    const uint32_t low = static_cast<uint32_t>(cycle);
    std::memcpy(out, &low, 4);
    std::memcpy(out + 4, &hot, 2);
    Sample samples[16];
    std::memcpy(samples, words, sizeof samples);
    for (int i = 0; i < count; ++i) {
      const int16_t value = samples[i];
      std::memcpy(out + kHeader + 2 * i, &value, 2);
    }
    file_.commit(kHeader + 2 * static_cast<size_t>(count));
    ++banks_;
    last_cycle_ = cycle;
  }

  uint64_t banks() const { return banks_; }
  int64_t last_cycle() const { return last_cycle_; }
  void flush() { file_.flush(); }

 private:
  static constexpr size_t kHeader = 6;
  OutputFile file_;
  uint64_t banks_ = 0;
  int64_t last_cycle_ = -1;
};

}  // namespace hypgcn
