// The verilated design behind plain functions: one call is one half of a clock cycle. Nothing here depends on the
// design, so that all but device.cpp is compiled once for all designs.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "options.h"
#include "recorder.h"

namespace hypgcn {

// What ports.h says of a design.
struct Shape {
  uint32_t bits;  // of an input value, 8 or 16
  int taps;
  int stages;
  int drops;
};

// Levels of the input ports.
struct Inputs {
  bool reset = false;
  bool in_valid = false;
  int16_t in_data = 0;
  bool in_last = false;
  bool out_ready = false;
  bool stat_hold = false;
  uint16_t stat_select = 0;
};

// Levels of the output ports.
struct Outputs {
  bool in_ready;
  bool out_valid;
  bool out_last;
  int64_t logit;
  uint32_t stat;
};

class Device {
 public:
  static std::unique_ptr<Device> create(int argc, char** argv, const Options& options);
  virtual ~Device() = default;

  virtual Shape shape() const = 0;

  // Low half: outputs settle; what is read after it belongs to this cycle.
  virtual void settle(const Inputs& inputs) = 0;

  // Rising edge: the state moves on.
  virtual void clock(int64_t cycle) = 0;

  virtual Outputs outputs() const = 0;

  // Writes the banks that pass the boundaries in this cycle; false if there are none.
  virtual bool record_taps(int64_t cycle, std::vector<std::unique_ptr<TapFile>>& taps) const = 0;
};

}  // namespace hypgcn
