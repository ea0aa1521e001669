#include "header_parser.hpp"

#include <fmt/format.h>

#include <fstream>
#include <limits>
#include <set>
#include <system_error>

#include "byte_reader.hpp"
#include "tensor_types.hpp"

namespace idi::gguf {
namespace {

constexpr std::uint32_t magic = 0x46554747;  // "GGUF"
// Far above what any model has; they bound the memory that a hostile file can ask for.
constexpr std::uint64_t max_keys = 1 << 16;
constexpr std::uint64_t max_tensors = 1 << 17;
constexpr std::uint64_t max_name_bytes = 1 << 16;
constexpr std::uint64_t max_text_bytes = 16 << 20;
constexpr std::uint64_t max_elements = 8 << 20;
constexpr std::uint64_t max_header_bytes = 128 << 20;
constexpr std::uint32_t max_dimensions = 4;
constexpr std::uint64_t default_alignment = 32;
constexpr std::uint64_t max_alignment = 1 << 20;

Error bad(std::string message) {
  return make_error(ErrorCode::unreadable, std::move(message),
                    "The file is damaged, or made by a broken program: fetch it again.");
}

Error no_gguf(std::string_view why) {
  return make_error(ErrorCode::unreadable, fmt::format("this is no GGUF file: {}", why),
                    "A language model for llama.cpp is one GGUF file.");
}

/// Fewest bytes that a value takes; 0 for what is no type.
std::uint64_t least_bytes(std::uint32_t type) {
  switch (static_cast<ValueType>(type)) {
    case ValueType::uint8:
    case ValueType::int8:
    case ValueType::boolean:
      return 1;
    case ValueType::uint16:
    case ValueType::int16:
      return 2;
    case ValueType::uint32:
    case ValueType::int32:
    case ValueType::float32:
      return 4;
    case ValueType::text:
    case ValueType::uint64:
    case ValueType::int64:
    case ValueType::float64:
      return 8;
    case ValueType::array:
      break;
  }
  return 0;
}

template <typename Stored, typename Kept>
Result<Value> scalar(ByteReader& reader) {
  IDI_TRY(const Stored value, reader.number<Stored>());
  return Value(static_cast<Kept>(value));
}

Result<Value> read_scalar(ByteReader& reader, std::uint32_t type) {
  switch (static_cast<ValueType>(type)) {
    case ValueType::uint8:
      return scalar<std::uint8_t, std::uint64_t>(reader);
    case ValueType::int8:
      return scalar<std::int8_t, std::int64_t>(reader);
    case ValueType::uint16:
      return scalar<std::uint16_t, std::uint64_t>(reader);
    case ValueType::int16:
      return scalar<std::int16_t, std::int64_t>(reader);
    case ValueType::uint32:
      return scalar<std::uint32_t, std::uint64_t>(reader);
    case ValueType::int32:
      return scalar<std::int32_t, std::int64_t>(reader);
    case ValueType::float32:
      return scalar<float, double>(reader);
    case ValueType::boolean: {
      IDI_TRY(const auto value, reader.number<std::uint8_t>());
      return Value(value != 0);
    }
    case ValueType::text: {
      IDI_TRY(auto value, reader.text(max_text_bytes));
      return Value(std::move(value));
    }
    case ValueType::uint64:
      return scalar<std::uint64_t, std::uint64_t>(reader);
    case ValueType::int64:
      return scalar<std::int64_t, std::int64_t>(reader);
    case ValueType::float64:
      return scalar<double, double>(reader);
    case ValueType::array:
      break;
  }
  return bad(fmt::format("a value of unknown type {} at byte {}", type, reader.position()));
}

/// An array's element, widened to what the array keeps.
Status append(Value& list, Value element) {
  if (auto* texts = std::get_if<std::vector<std::string>>(&list)) {
    texts->push_back(std::move(std::get<std::string>(element)));
  } else if (auto* fractions = std::get_if<std::vector<double>>(&list)) {
    fractions->push_back(std::get<double>(element));
  } else {
    auto& numbers = std::get<std::vector<std::int64_t>>(list);
    if (const bool* truth = std::get_if<bool>(&element)) {
      numbers.push_back(*truth ? 1 : 0);
    } else if (const auto* natural = std::get_if<std::uint64_t>(&element)) {
      if (*natural > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
        return bad(fmt::format("{} in a list: no model's file has such a number", *natural));
      }
      numbers.push_back(static_cast<std::int64_t>(*natural));
    } else {
      numbers.push_back(std::get<std::int64_t>(element));
    }
  }
  return {};
}

Result<Value> read_array(ByteReader& reader) {
  IDI_TRY(const auto type, reader.number<std::uint32_t>());
  IDI_TRY(const auto count, reader.number<std::uint64_t>());
  const std::uint64_t least = least_bytes(type);
  if (least == 0) {
    return bad(fmt::format("a list of values of type {} at byte {}", type, reader.position()));
  }
  if (count > max_elements) {
    return bad(fmt::format("a list of {} values at byte {}", count, reader.position()));
  }
  if (count * least > reader.left()) return cut_short(count * least - reader.left());
  Value list = std::vector<std::int64_t>();
  if (static_cast<ValueType>(type) == ValueType::text) list = std::vector<std::string>();
  if (static_cast<ValueType>(type) == ValueType::float32 ||
      static_cast<ValueType>(type) == ValueType::float64) {
    list = std::vector<double>();
  }
  std::visit(
      [count](auto& values) {
        if constexpr (requires { values.push_back({}); }) values.reserve(count);
      },
      list);
  for (std::uint64_t i = 0; i < count; ++i) {
    IDI_TRY(auto element, read_scalar(reader, type));
    IDI_CHECK(append(list, std::move(element)));
    if (reader.position() > max_header_bytes) return bad("the header is too large");
  }
  return list;
}

Status read_metadata(ByteReader& reader, std::uint64_t count, Header& header) {
  for (std::uint64_t i = 0; i < count; ++i) {
    IDI_TRY(auto key, reader.text(max_name_bytes));
    IDI_TRY(const auto type, reader.number<std::uint32_t>());
    auto value = static_cast<ValueType>(type) == ValueType::array ? read_array(reader)
                                                                  : read_scalar(reader, type);
    if (!value) return value.error().with_context(fmt::format("\"{}\"", key.substr(0, 100)));
    const auto [place, is_new] = header.metadata.emplace(std::move(key), std::move(*value));
    if (!is_new) return bad(fmt::format("\"{}\" is there twice", place->first.substr(0, 100)));
    if (reader.position() > max_header_bytes) return bad("the header is too large");
  }
  return {};
}

Status read_tensors(ByteReader& reader, std::uint64_t count, Header& header) {
  std::set<std::string> names;
  for (std::uint64_t i = 0; i < count; ++i) {
    TensorHeader tensor;
    IDI_TRY(tensor.name, reader.text(max_name_bytes));
    IDI_TRY(const auto dimensions, reader.number<std::uint32_t>());
    if (dimensions > max_dimensions) {
      return bad(fmt::format("tensor {} has {} dimensions", i, dimensions));
    }
    for (std::uint32_t d = 0; d < dimensions; ++d) {
      IDI_TRY(const auto size, reader.number<std::uint64_t>());
      tensor.shape.push_back(size);
    }
    IDI_TRY(tensor.type, reader.number<std::uint32_t>());
    IDI_TRY(tensor.offset, reader.number<std::uint64_t>());
    if (!names.insert(tensor.name).second) {
      return bad(fmt::format("tensor {} has the name of another", i));
    }
    header.tensors.push_back(std::move(tensor));
  }
  return {};
}

Result<std::uint64_t> alignment_of(const Header& header) {
  const auto found = header.metadata.find("general.alignment");
  if (found == header.metadata.end()) return default_alignment;
  const auto* value = std::get_if<std::uint64_t>(&found->second);
  if (!value || !std::has_single_bit(*value) || *value > max_alignment) {
    return bad("general.alignment is no power of two");
  }
  return *value;
}

/// Every tensor lies where the file can have it, and inside the file.
Status check_tensors(const Header& header, std::uint64_t alignment) {
  std::uint64_t end = 0;
  for (const auto& tensor : header.tensors) {
    const auto numbers = numbers_in(tensor.shape);
    if (!numbers) return bad(fmt::format("tensor \"{}\" cannot be so large", tensor.name));
    if (tensor.offset % alignment != 0) {
      return bad(
          fmt::format("tensor \"{}\" does not begin at a multiple of {}", tensor.name, alignment));
    }
    std::uint64_t bytes = 0;
    if (const TypeLayout* layout = layout_of(tensor.type)) {
      const std::uint64_t row = tensor.shape.empty() ? 1 : tensor.shape[0];
      if (row % layout->block_numbers != 0) {
        return bad(fmt::format("tensor \"{}\": rows of {} numbers cannot be {}", tensor.name, row,
                               layout->name));
      }
      const std::uint64_t blocks = *numbers / layout->block_numbers;
      if (blocks > std::uint64_t{std::numeric_limits<std::int64_t>::max()} / layout->block_bytes) {
        return bad(fmt::format("tensor \"{}\" cannot be so large", tensor.name));
      }
      bytes = blocks * layout->block_bytes;
    }
    if (tensor.offset > std::uint64_t{std::numeric_limits<std::int64_t>::max()}) {
      return bad(fmt::format("tensor \"{}\" cannot lie so far behind", tensor.name));
    }
    end = std::max(end, tensor.offset + bytes);
  }
  if (header.tensors.empty()) return {};
  const std::uint64_t there =
      header.file_bytes > header.data_begin ? header.file_bytes - header.data_begin : 0;
  if (end > there) return cut_short(end - there);
  return {};
}

}  // namespace

Result<Header> parse_header(std::istream& in, std::uint64_t file_bytes) {
  ByteReader reader(in, file_bytes);
  if (file_bytes < sizeof magic) return no_gguf("it has not even four bytes");
  IDI_TRY(const auto begin, reader.number<std::uint32_t>());
  if (begin != magic) return no_gguf("it does not begin with GGUF");
  Header header;
  header.file_bytes = file_bytes;
  IDI_TRY(header.version, reader.number<std::uint32_t>());
  if (header.version != 2 && header.version != 3) {
    const bool swapped = (header.version & 0xFFFF) == 0 && header.version != 0;
    return make_error(
        ErrorCode::wrong_version,
        swapped ? "this GGUF file was written for big-endian machines"
                : fmt::format("GGUF version {}; versions 2 and 3 can be read", header.version),
        "Fetch a newer file of this model.");
  }
  IDI_TRY(const auto tensors, reader.number<std::uint64_t>());
  IDI_TRY(const auto keys, reader.number<std::uint64_t>());
  if (tensors > max_tensors) return bad(fmt::format("{} tensors: no model has so many", tensors));
  if (keys > max_keys) return bad(fmt::format("{} keys: no model has so many", keys));
  IDI_CHECK(read_metadata(reader, keys, header));
  IDI_CHECK(read_tensors(reader, tensors, header));
  IDI_TRY(const auto alignment, alignment_of(header));
  header.data_begin = (reader.position() + alignment - 1) / alignment * alignment;
  IDI_CHECK(check_tensors(header, alignment));
  return header;
}

Result<Header> read_header(const std::filesystem::path& path) {
  std::error_code failure;
  const auto status = std::filesystem::status(path, failure);
  if (!std::filesystem::exists(status)) {
    return make_error(ErrorCode::not_found, fmt::format("there is no file {}", path.string()));
  }
  if (!std::filesystem::is_regular_file(status)) {
    return make_error(ErrorCode::unreadable, fmt::format("{} is no file", path.string()));
  }
  const std::uint64_t bytes = std::filesystem::file_size(path, failure);
  std::ifstream in(path, std::ios::binary);
  if (failure || !in) {
    return make_error(ErrorCode::unreadable, fmt::format("{} cannot be read", path.string()),
                      "Check its permissions.");
  }
  auto header = parse_header(in, bytes);
  if (!header) return header.error().with_context(path.string());
  return header;
}

}  // namespace idi::gguf
