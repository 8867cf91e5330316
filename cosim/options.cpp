#include "options.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace hypgcn {

void fail(int code, const std::string& message) {
  std::fflush(stdout);
  std::fprintf(stderr, "simulation: %s\n", message.c_str());
  std::fflush(stderr);
  std::_Exit(code);
}

namespace {

uint64_t parse_number(const std::string& name, const char* text) {
  errno = 0;
  char* end = nullptr;
  const bool negative = text[0] == '-';
  const uint64_t value = negative ? static_cast<uint64_t>(std::strtoll(text, &end, 10))
                                  : std::strtoull(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0') {
    fail(kBadUsage, name + " is `" + text + "`; it must be a whole number.");
  }
  return value;
}

}  // namespace

Options parse_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    const std::string name = argv[i];
    if (i + 1 >= argc) fail(kBadUsage, name + " has no value.");
    const char* value = argv[i + 1];
    const auto number = [&] { return parse_number(name, value); };
    const auto whole = [&] { return static_cast<int64_t>(number()); };
    if (name == "--input") options.input = value;
    else if (name == "--results") options.results = value;
    else if (name == "--trace") options.trace = value;
    else if (name == "--stall") options.stall_seed = number();
    else if (name == "--gap") options.gap = whole();
    else if (name == "--reset-seed") options.reset_seed = whole();
    else if (name == "--reset-cycles") options.reset_cycles = whole();
    else if (name == "--idle-limit") options.idle_limit = whole();
    else if (name == "--max-cycles") options.max_cycles = whole();
    else if (name == "--drain-cycles") options.drain_cycles = whole();
    else if (name == "--banks") options.banks = whole();
    else if (name == "--trace-from") options.trace_from = whole();
    else if (name == "--trace-to") options.trace_to = whole();
    else fail(kBadUsage, name + " is not an option.");
  }
  if (options.input.empty() || options.results.empty()) {
    fail(kBadUsage, "--input and --results are required.");
  }
  return options;
}

}  // namespace hypgcn
