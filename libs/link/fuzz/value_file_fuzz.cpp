// Any bytes as a value index file. The checksum is not asked for: the checks behind it must hold
// alone. Every second input starts from a good file with bytes changed, to get past the header.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "value_file.hpp"

namespace {

using namespace idi;

const std::string& good_file() {
  static const std::string bytes = [] {
    link::ValueFileBuilder builder;
    builder.add_column({0, 0}, {"Anna Bell", "Bob", " APG", ""});
    builder.add_column({0, 2}, {"France", "United Kingdom", "New York"});
    return builder.build("fingerprint");
  }();
  return bytes;
}

/// Three bytes of input change one of the file: position (two), value.
std::string changed(std::string_view input) {
  std::string bytes = good_file();
  for (std::size_t i = 0; i + 3 <= input.size(); i += 3) {
    const auto position = static_cast<std::size_t>(static_cast<unsigned char>(input[i])) * 256 +
                          static_cast<unsigned char>(input[i + 1]);
    bytes[position % bytes.size()] = input[i + 2];
  }
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  // Aligned as a mapped file is.
  const std::string bytes = data[0] % 2 == 0 ? std::string(input) : changed(input);
  const auto file = link::ValueFile::parse(bytes, false);
  if (!file) return 0;
  std::size_t sum = file->fingerprint().size();
  for (std::uint32_t cell = 0; cell < file->cell_count(); ++cell) {
    sum += file->cell(cell).size();
    const ColumnRef column = file->column_of(cell);
    sum += file->cells_of(column).second;
  }
  for (const std::string_view key : {"", "anna bell", "bob", "zz", "\xff"}) {
    for (const auto which : {link::ValueDictionary::phrases, link::ValueDictionary::stems,
                             link::ValueDictionary::words}) {
      for (const std::uint32_t cell : file->find(which, key)) sum += file->cell(cell).size();
    }
  }
  volatile std::size_t keep = sum;
  static_cast<void>(keep);
  return 0;
}
