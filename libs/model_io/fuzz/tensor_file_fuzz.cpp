// Any bytes as a weights file: refused with FormatError, or every tensor can be read. The header's
// checksums are mended first, so that the fuzzer reaches what lies behind them.
#include <cstdint>

#include "fuzz_file.hpp"
#include "idi/model_io/tensor_file.hpp"
#include "tensor_layout.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace idi::model_io;
  try {
    const FuzzFile file(data, size, tensor_magic, tensor_file_version);
    const auto read = TensorFile::open(file.path());
    static_cast<void>(read->floats("a"));
  } catch (const FormatError&) {
  }
  return 0;
}
