#include "recorder.h"

#include "options.h"

namespace hypgcn {

OutputFile::OutputFile(const std::string& path)
    : path_(path), file_(std::fopen(path.c_str(), "wb")), buffer_(1 << 18) {
  if (file_ == nullptr) fail(kBadUsage, path + " cannot be written.");
}

OutputFile::~OutputFile() {
  flush();
  std::fclose(file_);
}

void OutputFile::flush() {
  if (std::fwrite(buffer_.data(), 1, used_, file_) != used_ || std::fflush(file_) != 0) {
    fail(kBadUsage, path_ + " cannot be written; is the disk full?");
  }
  used_ = 0;
}

}  // namespace hypgcn
