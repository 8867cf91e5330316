// Prints the stalls of a few seeds, one character per cycle, for comparison with the C# side.
#include <cstdio>
#include <cstdlib>

#include "port_pattern.h"

// Arguments: first cycle, cycles, seeds ...
int main(int argc, char** argv) {
  const int64_t first = std::strtoll(argv[1], nullptr, 10);
  const int64_t cycles = std::strtoll(argv[2], nullptr, 10);
  for (int i = 3; i < argc; ++i) {
    const hypgcn::PortPattern pattern(std::strtoull(argv[i], nullptr, 10));
    for (int port = 0; port < 2; ++port) {
      for (int64_t cycle = first; cycle < first + cycles; ++cycle) {
        std::putchar(pattern.stalls(port, cycle) ? '#' : '.');
      }
      std::putchar('\n');
    }
  }
  return 0;
}
