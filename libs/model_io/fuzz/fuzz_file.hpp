// The fuzzer's bytes as the body of a file with a right header.
#pragma once

#include <unistd.h>

#include <cstdio>
#include <string>

#include "crc32c.hpp"
#include "framing.hpp"

namespace idi::model_io {

class FuzzFile {
 public:
  FuzzFile(const std::uint8_t* data, std::size_t size, std::string_view magic,
           std::uint32_t version, std::uint64_t count = 1)
      : path_("/tmp/idi_fuzz_" + std::to_string(::getpid())) {
    const auto body = std::as_bytes(std::span(data, size));
    const auto header = encode_frame(magic, {version, crc32c(body), frame_bytes + size, count});
    std::FILE* file = std::fopen(path_.c_str(), "wb");
    if (file == nullptr) std::abort();
    std::fwrite(header.data(), 1, header.size(), file);
    std::fwrite(data, 1, size, file);
    std::fclose(file);
  }
  ~FuzzFile() { std::remove(path_.c_str()); }
  FuzzFile(const FuzzFile&) = delete;
  FuzzFile& operator=(const FuzzFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace idi::model_io
