#include "stream.h"

namespace hypgcn {

Driver::Driver(const ClipFile& clips, const PortPattern& pattern, int64_t gap)
    : clips_(clips), pattern_(pattern), gap_(gap), total_(clips.values.size()) {}

Monitor::Monitor(const ClipFile& clips, const PortPattern& pattern)
    : pattern_(pattern),
      total_(static_cast<uint64_t>(clips.clips) * clips.outputs_per_clip),
      outputs_per_clip_(clips.outputs_per_clip) {}

}  // namespace hypgcn
