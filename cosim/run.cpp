#include "run.h"

#include <algorithm>
#include <cstdio>
#include <sstream>

namespace hypgcn {

namespace {
constexpr std::chrono::milliseconds kProgressInterval(1000);
}  // namespace

Run::Run(const Options& options, const ClipFile& clips, Device& device)
    : options_(options),
      clips_(clips),
      device_(device),
      shape_(device.shape()),
      counter_count_(2 * shape_.stages + shape_.drops),
      pattern_(options.stall_seed),
      driver_(clips, pattern_, options.gap),
      monitor_(clips, pattern_) {
  for (int tap = 0; tap < shape_.taps; ++tap) {
    taps_.emplace_back(new TapFile(options.results + "/tap_" + std::to_string(tap) + ".bin"));
  }
}

int Run::execute() {
  start_ = std::chrono::steady_clock::now();
  next_progress_ = start_ + kProgressInterval;
  reset();
  int64_t last_move = 0;
  int64_t cycle = 0;
  // Nothing moves during a gap, by request.
  const int64_t idle_limit = options_.idle_limit + options_.gap;
  while (!monitor_.done()) {
    if (step(cycle)) last_move = cycle;
    ++cycle;
    if ((cycle & 0xfff) == 0) report_progress(cycle);
    if (cycle - last_move > idle_limit || (options_.max_cycles > 0 && cycle >= options_.max_cycles)) {
      write_results(cycle, "hang");
      return kHang;
    }
  }
  read_counters(cycle);
  write_results(cycle, "ok");
  return kSuccess;
}

void Run::reset() {
  inputs_ = Inputs();
  inputs_.reset = true;
  for (int64_t cycle = -options_.reset_cycles; cycle < 0; ++cycle) {
    device_.settle(inputs_);
    device_.clock(cycle);
  }
  inputs_.reset = false;
}

// True if anything moved.
bool Run::step(int64_t cycle) {
  driver_.start_cycle(cycle);
  inputs_.in_valid = driver_.valid();
  inputs_.in_data = driver_.value();
  inputs_.in_last = driver_.last();
  inputs_.out_ready = monitor_.ready(cycle);
  device_.settle(inputs_);
  bool moved = device_.record_taps(cycle, taps_);
  const Outputs outputs = device_.outputs();
  if (driver_.valid() && outputs.in_ready) {
    driver_.accept(cycle);
    last_input_ = cycle;
    moved = true;
  }
  if (outputs.out_valid && inputs_.out_ready) {
    monitor_.accept(Output{cycle, outputs.logit, outputs.out_last});
    last_output_ = cycle;
    moved = true;
  }
  device_.clock(cycle);
  return moved;
}

// The counters hold while they are read. A value appears one cycle after it was selected. The ports stay
// watched, so that a design which gives more than it should is found out.
void Run::read_counters(int64_t cycle) {
  inputs_.stat_hold = true;
  const int64_t cycles = std::max<int64_t>(counter_count_ + 1, options_.drain_cycles);
  for (int64_t i = 0; i < cycles; ++i) {
    inputs_.stat_select = static_cast<uint16_t>(std::min<int64_t>(i, counter_count_ - 1));
    step(cycle + i);
    if (i < counter_count_) counters_.push_back(device_.outputs().stat);
  }
  int64_t now = drain(cycle + cycles);
  // Words are dropped as banks arrive, also by banks that no logit waits for.
  for (int i = 2 * shape_.stages; i < counter_count_; ++i) {
    inputs_.stat_select = static_cast<uint16_t>(i);
    step(now++);
    counters_[i] = device_.outputs().stat;
  }
}

// With a stride the last frames of a clip may not matter to any logit: they arrive after the last one.
int64_t Run::drain(int64_t cycle) {
  int64_t last_move = cycle;
  const int64_t idle_limit = options_.idle_limit + options_.gap;
  while (!drained() && cycle - last_move <= idle_limit && (options_.max_cycles == 0 || cycle < options_.max_cycles)) {
    if (step(cycle)) last_move = cycle;
    ++cycle;
  }
  return cycle;
}

// Anything too many ends it as well: a faulty design may go on for ever.
bool Run::drained() const {
  if (options_.banks == 0 || monitor_.accepted() > monitor_.total()) return true;
  int64_t banks = 0;
  for (const auto& tap : taps_) banks += static_cast<int64_t>(tap->banks());
  return banks > options_.banks || (banks == options_.banks && driver_.accepted() == driver_.total());
}

void Run::write_results(int64_t cycles, const std::string& status) {
  const std::string folder = options_.results + "/";
  for (auto& tap : taps_) tap->flush();
  OutputFile logits(folder + "logits.bin");
  for (const Output& output : monitor_.outputs()) {
    logits.put<uint64_t>(static_cast<uint64_t>(output.cycle));
    logits.put<int64_t>(output.value);
    logits.put<uint8_t>(output.last);
  }
  OutputFile inputs(folder + "inputs.bin");
  for (size_t clip = 0; clip < driver_.last_cycles().size(); ++clip) {
    inputs.put<uint64_t>(static_cast<uint64_t>(driver_.first_cycles()[clip]));
    inputs.put<uint64_t>(static_cast<uint64_t>(driver_.last_cycles()[clip]));
  }
  OutputFile stats(folder + "stats.bin");
  for (const uint32_t counter : counters_) stats.put<uint32_t>(counter);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  std::ostringstream text;
  text << "status " << status << "\ncycles " << cycles << "\nseconds " << seconds << "\n";
  if (status == "hang") text << hang_report(cycles);
  OutputFile summary(folder + "summary.txt");
  for (const char letter : text.str()) summary.put(letter);
  std::fputs(text.str().c_str(), stdout);
  std::fflush(stdout);
}

std::string Run::hang_report(int64_t cycle) const {
  std::ostringstream text;
  text << "hang stopped after " << cycle << " cycles: " << monitor_.accepted() << " of " << monitor_.total()
       << " logits came out\n";
  text << "input " << driver_.accepted() << " of " << driver_.total() << " values, last moved in cycle "
       << last_input_ << ", "
       << (driver_.valid()                            ? "a value is offered and not accepted"
           : driver_.accepted() == driver_.total()    ? "all were accepted"
                                                      : "no value is offered")
       << "\n";
  for (size_t tap = 0; tap < taps_.size(); ++tap) {
    text << "boundary " << tap << " " << taps_[tap]->banks() << " banks, last moved in cycle "
         << taps_[tap]->last_cycle() << "\n";
  }
  text << "output " << monitor_.accepted() << " of " << monitor_.total() << " logits, last moved in cycle "
       << last_output_ << ", "
       << (device_.outputs().out_valid ? "a logit is offered" : "no logit is offered") << "\n";
  return text.str();
}

void Run::report_progress(int64_t cycle) {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_progress_) return;
  next_progress_ = now + kProgressInterval;
  std::printf("progress %llu %lld\n", static_cast<unsigned long long>(monitor_.clips_done()),
              static_cast<long long>(cycle));
  std::fflush(stdout);
}

}  // namespace hypgcn
