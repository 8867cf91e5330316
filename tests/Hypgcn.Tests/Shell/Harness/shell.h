// The verilated shell: streams on one side, the bus of the driver on the other, one clock.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "Vshell.h"
#include "port_pattern.h"
#include "verilated.h"

struct Beat {
  uint64_t data = 0;
  uint32_t keep = 0;
  bool last = false;
  int packet = 0;
};

struct Logit {
  int64_t cycle;
  int64_t value;
  bool last;
};

class Shell {
 public:
  Shell(uint64_t stall_seed, int64_t gap);
  ~Shell() { model_->final(); }

  // aresetn low for some cycles; the next step is cycle 0 of the accelerator.
  void power_up();
  void step();
  uint32_t read(uint32_t offset);
  void write(uint32_t offset, uint32_t value);

  // The sender forgets the packet that it is in.
  void give_up() {
    beats.clear();
    offered_ = false;
    open_ = false;
  }

  std::deque<Beat> beats;
  std::vector<Logit> logits;
  std::vector<int64_t> first;
  std::vector<int64_t> last;
  int64_t cycle() const { return cycle_; }
  bool failed = false;

 private:
  void fail(const std::string& what);

  VerilatedContext context_;
  std::unique_ptr<Vshell> model_;
  hypgcn::PortPattern pattern_;
  int64_t gap_;
  int64_t cycle_ = 0;
  int64_t earliest_ = 0;
  bool offered_ = false;
  bool open_ = false;
};
