// The verilated design behind plain functions: one call is one half of a clock cycle.
#pragma once

#include <cstdint>
#include <memory>
#include <type_traits>

#include "Vsim.h"
#include "options.h"
#include "ports.h"
#include "verilated.h"
#if VM_TRACE
#if VM_TRACE_FST
#include "verilated_fst_c.h"
#else
#include "verilated_vcd_c.h"
#endif
#endif

namespace hypgcn {

static_assert(HYPGCN_BITS == 8 || HYPGCN_BITS == 16, "a value has 8 or 16 bits");
static_assert(HYPGCN_LOGIT_BITS >= 1 && HYPGCN_LOGIT_BITS <= 64, "a logit has 1 to 64 bits");
// Blocks may have other widths than the port.
template <int Bits>
using ValueOf = typename std::conditional<Bits == 8, int8_t, int16_t>::type;
using Sample = ValueOf<HYPGCN_BITS>;

class Device {
 public:
  Device(int argc, char** argv, const Options& options);
  ~Device();

  Vsim& ports() { return *model_; }

  // Low half: inputs have been set, outputs settle; what is read after it belongs to this cycle.
  void settle() {
    model_->clk_i = 0;
    model_->eval();
    dump(0);
  }

  // Rising edge: the state moves on.
  void clock(int64_t cycle) {
    model_->clk_i = 1;
    model_->eval();
    dump(1);
    advance(cycle);
  }

  // Bit `tap` of the port that says which boundaries move in this cycle.
  bool fires(int tap) const { return bit(model_->tap_fire_o, tap); }
  bool any_fires() const { return any(model_->tap_fire_o); }
  int64_t logit() const {
    constexpr int shift = 64 - HYPGCN_LOGIT_BITS;
    return static_cast<int64_t>(static_cast<uint64_t>(model_->m_axis_tdata_o) << shift) >> shift;
  }

 private:
  // Up to 64 taps are an integer, more are an array of words.
  template <typename T>
  static typename std::enable_if<std::is_integral<T>::value, bool>::type bit(const T& value, int index) {
    return (value >> index) & 1;
  }
  template <typename T>
  static typename std::enable_if<!std::is_integral<T>::value, bool>::type bit(const T& value, int index) {
    return (value[index / 32] >> (index % 32)) & 1;
  }
  template <typename T>
  static typename std::enable_if<std::is_integral<T>::value, bool>::type any(const T& value) {
    return value != 0;
  }
  template <typename T>
  static typename std::enable_if<!std::is_integral<T>::value, bool>::type any(const T& value) {
    for (int word = 0; word <= (HYPGCN_TAPS - 1) / 32; ++word) {
      if (value[word] != 0) return true;
    }
    return false;
  }

#if VM_TRACE
  void dump(int half);
  void advance(int64_t cycle);
  int64_t cycle_ = 0;  // the next one; reset is before cycle 0 and never in the window
  int64_t from_ = 0;
  int64_t to_ = -1;
#if VM_TRACE_FST
  std::unique_ptr<VerilatedFstC> waves_;
#else
  std::unique_ptr<VerilatedVcdC> waves_;
#endif
#else
  void dump(int) {}
  void advance(int64_t) {}
#endif
  std::unique_ptr<VerilatedContext> context_;
  std::unique_ptr<Vsim> model_;
};

}  // namespace hypgcn
