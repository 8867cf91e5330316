// The command line of the simulation.
#pragma once

#include <cstdint>
#include <string>

namespace hypgcn {

struct Options {
  std::string input;           // --input FILE: clips, see clip_file.h
  std::string results;         // --results DIR: existing folder for the result files
  std::string trace;           // --trace FILE: waveform; only in a build with tracing
  uint64_t stall_seed = 0;     // --stall N: 0 = free running
  int64_t gap = 0;             // --gap N: cycles without an offer after each clip
  int64_t reset_seed = 1;      // --reset-seed N: state of registers and memories before reset
  int64_t reset_cycles = 16;   // --reset-cycles N
  int64_t idle_limit = 200000; // --idle-limit N: so many cycles without any transfer are a hang
  int64_t max_cycles = 0;      // --max-cycles N: 0 = no limit
  int64_t drain_cycles = 256;  // --drain-cycles N: watched after the last output for anything more
  int64_t banks = 0;           // --banks N: watched at least until so many passed all taps together
  int64_t trace_from = 0;      // --trace-from N: first cycle of the waveform
  int64_t trace_to = -1;       // --trace-to N: last cycle; -1 = to the end
};

// Exits with kBadUsage on an option that is unknown, incomplete or not a number.
Options parse_options(int argc, char** argv);

enum ExitCode { kSuccess = 0, kBadUsage = 2, kHang = 3, kModelWarning = 4 };

// Prints one line to stderr and exits.
[[noreturn]] void fail(int code, const std::string& message);

}  // namespace hypgcn
