// Simulates a generated accelerator: clips in, everything that passes its boundaries out, for comparison
// elsewhere. The same for every design; ports.h says what differs.
#include "run.h"

int main(int argc, char** argv) {
  const hypgcn::Options options = hypgcn::parse_options(argc, argv);
  const hypgcn::ClipFile clips = hypgcn::ClipFile::read(options.input, HYPGCN_BITS);
  hypgcn::Device device(argc, argv, options);
  return hypgcn::Run(options, clips, device).execute();
}
