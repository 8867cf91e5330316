// Simulates a generated accelerator: clips in, everything that passes its boundaries out, for comparison
// elsewhere. The same for every design; ports.h says what differs.
#include "run.h"

int main(int argc, char** argv) {
  const hypgcn::Options options = hypgcn::parse_options(argc, argv);
  const std::unique_ptr<hypgcn::Device> device = hypgcn::Device::create(argc, argv, options);
  const hypgcn::ClipFile clips = hypgcn::ClipFile::read(options.input, device->shape().bits);
  return hypgcn::Run(options, clips, *device).execute();
}
