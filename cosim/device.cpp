// The one file of the harness that sees the verilated design; it is compiled together with it.
#include "device.h"

#include <string>
#include <type_traits>

#include "Vsim.h"
#include "ports.h"
#include "verilated.h"
#if VM_TRACE
#if VM_TRACE_FST
#include "verilated_fst_c.h"
#else
#include "verilated_vcd_c.h"
#endif
#endif

// Needs -DVL_USER_WARN: a warning of the running model means that its memories are not what the files
// say (a missing $readmemh file, a bad word), so the run would compare something else.
void vl_warn(const char* file, int line, const char*, const char* message) {
  hypgcn::fail(hypgcn::kModelWarning, std::string("%Warning: ") + (file != nullptr ? file : "") + ":" +
                                          std::to_string(line) + ": " + message);
}

namespace hypgcn {

namespace {

static_assert(HYPGCN_BITS == 8 || HYPGCN_BITS == 16, "a value has 8 or 16 bits");
static_assert(HYPGCN_LOGIT_BITS >= 1 && HYPGCN_LOGIT_BITS <= 64, "a logit has 1 to 64 bits");
// Blocks may have other widths than the port.
template <int Bits>
using ValueOf = typename std::conditional<Bits == 8, int8_t, int16_t>::type;

// A port of up to 64 taps is an integer, a wider one an array of words.
template <typename T>
typename std::enable_if<std::is_integral<T>::value, bool>::type bit(const T& value, int index) {
  return (value >> index) & 1;
}
template <typename T>
typename std::enable_if<!std::is_integral<T>::value, bool>::type bit(const T& value, int index) {
  return (value[index / 32] >> (index % 32)) & 1;
}
template <typename T>
typename std::enable_if<std::is_integral<T>::value, bool>::type any(const T& value) {
  return value != 0;
}
template <typename T>
typename std::enable_if<!std::is_integral<T>::value, bool>::type any(const T& value) {
  for (int word = 0; word <= (HYPGCN_TAPS - 1) / 32; ++word) {
    if (value[word] != 0) return true;
  }
  return false;
}

class VerilatedDevice final : public Device {
 public:
  VerilatedDevice(int argc, char** argv, const Options& options);
  ~VerilatedDevice() override;

  Shape shape() const override { return {HYPGCN_BITS, HYPGCN_TAPS, HYPGCN_STAGES, HYPGCN_DROPS}; }

  void settle(const Inputs& inputs) override {
    model_->rst_i = inputs.reset;
    model_->s_axis_tvalid_i = inputs.in_valid;
    model_->s_axis_tdata_i = static_cast<std::make_unsigned<ValueOf<HYPGCN_BITS>>::type>(inputs.in_data);
    model_->s_axis_tlast_i = inputs.in_last;
    model_->m_axis_tready_i = inputs.out_ready;
    model_->stat_hold_i = inputs.stat_hold;
    model_->stat_select_i = inputs.stat_select;
    model_->clk_i = 0;
    model_->eval();
    dump(0);
  }

  void clock(int64_t cycle) override {
    model_->clk_i = 1;
    model_->eval();
    dump(1);
    advance(cycle);
  }

  Outputs outputs() const override {
    return {model_->s_axis_tready_o != 0, model_->m_axis_tvalid_o != 0, model_->m_axis_tlast_o != 0, logit(),
            model_->stat_data_o};
  }

  bool record_taps(int64_t cycle, std::vector<std::unique_ptr<TapFile>>& taps) const override {
    if (!any(model_->tap_fire_o)) return false;
#define HYPGCN_RECORD(N, BITS)      \
  if (bit(model_->tap_fire_o, N)) { \
    taps[N]->put<ValueOf<BITS>>(cycle, model_->tap##N##_hot_o, &model_->tap##N##_data_o[0]); \
  }
    HYPGCN_FOR_TAPS(HYPGCN_RECORD)
#undef HYPGCN_RECORD
    return true;
  }

 private:
  int64_t logit() const {
    constexpr int shift = 64 - HYPGCN_LOGIT_BITS;
    return static_cast<int64_t>(static_cast<uint64_t>(model_->m_axis_tdata_o) << shift) >> shift;
  }

#if VM_TRACE
  void dump(int half);
  void advance(int64_t cycle) { cycle_ = cycle + 1; }
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

VerilatedDevice::VerilatedDevice(int argc, char** argv, const Options& options) : context_(new VerilatedContext) {
  context_->commandArgs(argc, argv);
  context_->randReset(2);
  context_->randSeed(static_cast<int>(options.reset_seed & 0x7fffffff));
#if VM_TRACE
  context_->traceEverOn(true);
#else
  if (!options.trace.empty()) fail(kBadUsage, "--trace needs a simulation built with tracing.");
#endif
  model_.reset(new Vsim{context_.get()});
#if VM_TRACE
  if (!options.trace.empty()) {
    from_ = options.trace_from;
    to_ = options.trace_to;
#if VM_TRACE_FST
    waves_.reset(new VerilatedFstC);
#else
    waves_.reset(new VerilatedVcdC);
#endif
    model_->trace(waves_.get(), 99);
    waves_->open(options.trace.c_str());
    if (!waves_->isOpen()) fail(kBadUsage, options.trace + " cannot be written.");
  }
#endif
}

VerilatedDevice::~VerilatedDevice() {
  model_->final();
#if VM_TRACE
  if (waves_) waves_->close();
#endif
}

#if VM_TRACE
// A cycle is ten time units: inputs change at its start, the rising edge is in its middle.
void VerilatedDevice::dump(int half) {
  if (!waves_ || cycle_ < from_ || (to_ >= 0 && cycle_ > to_)) return;
  waves_->dump(static_cast<uint64_t>(cycle_) * 10 + static_cast<uint64_t>(half) * 5);
}
#endif

}  // namespace

std::unique_ptr<Device> Device::create(int argc, char** argv, const Options& options) {
  return std::unique_ptr<Device>(new VerilatedDevice(argc, argv, options));
}

}  // namespace hypgcn
