#include "device.h"

// Needs -DVL_USER_WARN: a warning of the running model means that its memories are not what the files
// say (a missing $readmemh file, a bad word), so the run would compare something else.
void vl_warn(const char* file, int line, const char*, const char* message) {
  hypgcn::fail(hypgcn::kModelWarning, std::string("%Warning: ") + (file != nullptr ? file : "") + ":" +
                                          std::to_string(line) + ": " + message);
}

namespace hypgcn {

Device::Device(int argc, char** argv, const Options& options) : context_(new VerilatedContext) {
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

Device::~Device() {
  model_->final();
#if VM_TRACE
  if (waves_) waves_->close();
#endif
}

#if VM_TRACE
// A cycle is ten time units: inputs change at its start, the rising edge is in its middle.
void Device::dump(int half) {
  if (!waves_ || cycle_ < from_ || (to_ >= 0 && cycle_ > to_)) return;
  waves_->dump(static_cast<uint64_t>(cycle_) * 10 + static_cast<uint64_t>(half) * 5);
}

void Device::advance(int64_t cycle) { cycle_ = cycle + 1; }
#endif

}  // namespace hypgcn
