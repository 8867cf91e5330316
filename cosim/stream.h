// The two sides of the design's streams: what is offered, what is taken, and when.
#pragma once

#include <cstdint>
#include <vector>

#include "clip_file.h"
#include "port_pattern.h"

namespace hypgcn {

// Offers the values of all clips in order. A value that was offered stays until it is accepted.
class Driver {
 public:
  Driver(const ClipFile& clips, const PortPattern& pattern, int64_t gap);

  // To be called once per cycle, before valid(), value() and last().
  void start_cycle(int64_t cycle) {
    if (!valid_ && next_ < total_ && cycle >= earliest_) valid_ = !pattern_.stalls(kInputPort, cycle);
  }

  bool valid() const { return valid_; }
  int16_t value() const { return next_ < total_ ? clips_.values[next_] : 0; }
  bool last() const { return in_clip_ + 1 == clips_.values_per_clip; }

  void accept(int64_t cycle) {
    valid_ = false;
    ++next_;
    if (in_clip_ == 0) first_.push_back(cycle);
    if (++in_clip_ == clips_.values_per_clip) {
      last_.push_back(cycle);
      in_clip_ = 0;
      earliest_ = cycle + 1 + gap_;
    }
  }

  uint64_t accepted() const { return next_; }
  uint64_t total() const { return total_; }

  // Cycles in which the first and the last value of every clip was accepted.
  const std::vector<int64_t>& first_cycles() const { return first_; }
  const std::vector<int64_t>& last_cycles() const { return last_; }

 private:
  const ClipFile& clips_;
  const PortPattern& pattern_;
  const int64_t gap_;
  const uint64_t total_;
  uint64_t next_ = 0;
  uint32_t in_clip_ = 0;
  int64_t earliest_ = 0;
  bool valid_ = false;
  std::vector<int64_t> first_;
  std::vector<int64_t> last_;
};

struct Output {
  int64_t cycle;
  int64_t value;
  bool last;
};

// Takes the logits of all clips.
class Monitor {
 public:
  Monitor(const ClipFile& clips, const PortPattern& pattern);

  bool ready(int64_t cycle) const { return !pattern_.stalls(kOutputPort, cycle); }
  void accept(const Output& output) { outputs_.push_back(output); }
  bool done() const { return outputs_.size() >= total_; }
  uint64_t accepted() const { return outputs_.size(); }
  uint64_t total() const { return total_; }
  uint64_t clips_done() const { return outputs_.size() / outputs_per_clip_; }
  const std::vector<Output>& outputs() const { return outputs_; }

 private:
  const PortPattern& pattern_;
  const uint64_t total_;
  const uint64_t outputs_per_clip_;
  std::vector<Output> outputs_;
};

}  // namespace hypgcn
