// One run: reset, all clips in, all logits out, then the counters.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "clip_file.h"
#include "device.h"
#include "options.h"
#include "port_pattern.h"
#include "recorder.h"
#include "stream.h"

namespace hypgcn {

class Run {
 public:
  Run(const Options& options, const ClipFile& clips, Device& device);

  // The program's exit code.
  int execute();

 private:
  void reset();
  bool step(int64_t cycle);
  void read_counters(int64_t cycle);
  int64_t drain(int64_t cycle);
  bool drained() const;
  void write_results(int64_t cycles, const std::string& status);
  void write_counters();
  std::string hang_report(int64_t cycle) const;
  void report_progress(int64_t cycle);

  const Options& options_;
  const ClipFile& clips_;
  Device& device_;
  const Shape shape_;
  const int counter_count_;
  Inputs inputs_;
  PortPattern pattern_;
  Driver driver_;
  Monitor monitor_;
  std::vector<std::unique_ptr<TapFile>> taps_;
  std::vector<uint32_t> counters_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point next_progress_;
  int64_t last_input_ = -1;
  int64_t last_output_ = -1;
};

}  // namespace hypgcn
