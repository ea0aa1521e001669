// A file of a test's own, removed at its end.
#pragma once

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

namespace idi::model_io {

class ScratchFile {
 public:
  ScratchFile() {
    static int counter = 0;
    path_ = testing::TempDir() + "idi_model_io_" + std::to_string(::getpid()) + "_" +
            std::to_string(counter++);
  }
  ~ScratchFile() { std::remove(path_.c_str()); }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  /// Empty if there is none.
  [[nodiscard]] std::string read() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
  }

 private:
  std::string path_;
};

}  // namespace idi::model_io
