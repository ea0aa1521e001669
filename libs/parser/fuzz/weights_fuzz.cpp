// Opening any bytes as a weights file: an error or a parser, never a crash. Bytes that have the
// right frame reach the network's own checks of names, shapes and sizes.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "idi/parser/parser.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string path =
      (std::filesystem::temp_directory_path() / ("idi-weights-fuzz-" + std::to_string(getpid())))
          .string();
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  const auto parser = idi::parser::Parser::open(path);
  if (!parser && parser.error().message.empty()) std::abort();
  std::filesystem::remove(path);
  return 0;
}
