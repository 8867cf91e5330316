#include "clip_file.h"

#include <cstdio>
#include <cstring>

#include "options.h"

namespace hypgcn {

ClipFile ClipFile::read(const std::string& path, uint32_t bits) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) fail(kBadUsage, path + " cannot be opened.");
  char magic[8];
  uint32_t header[4];
  if (std::fread(magic, 1, 8, file) != 8 || std::memcmp(magic, "HYPCLIPS", 8) != 0 ||
      std::fread(header, 4, 4, file) != 4) {
    fail(kBadUsage, path + " is not a clip file.");
  }
  ClipFile clips;
  clips.clips = header[0];
  clips.values_per_clip = header[1];
  clips.outputs_per_clip = header[2];
  if (header[3] != bits) {
    fail(kBadUsage, path + " holds " + std::to_string(header[3]) + "-bit values; the design has " +
                        std::to_string(bits) + " bits.");
  }
  clips.values.resize(static_cast<size_t>(clips.clips) * clips.values_per_clip);
  if (std::fread(clips.values.data(), 2, clips.values.size(), file) != clips.values.size()) {
    fail(kBadUsage, path + " is too short.");
  }
  std::fclose(file);
  return clips;
}

}  // namespace hypgcn
