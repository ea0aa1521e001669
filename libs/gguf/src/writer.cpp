#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

#include "idi/core/assert.hpp"
#include "idi/gguf/gguf.hpp"
#include "new_file.hpp"
#include "number_formats.hpp"
#include "tensor_types.hpp"

namespace idi::gguf {
namespace {

constexpr std::uint32_t magic = 0x46554747;  // "GGUF"
constexpr std::uint32_t version = 3;
constexpr std::uint64_t alignment = 32;
/// Numbers in memory at once; whole blocks of every type.
constexpr std::uint64_t numbers_at_once = 1 << 18;

class Bytes {
 public:
  template <typename T>
  void number(T value) {
    const auto raw = std::as_bytes(std::span(&value, 1));
    bytes_.insert(bytes_.end(), raw.begin(), raw.end());
  }
  void text(std::string_view value) {
    number<std::uint64_t>(value.size());
    const auto raw = std::as_bytes(std::span(value));
    bytes_.insert(bytes_.end(), raw.begin(), raw.end());
  }
  void pad(std::uint64_t to_multiple_of) {
    bytes_.resize((bytes_.size() + to_multiple_of - 1) / to_multiple_of * to_multiple_of);
  }
  [[nodiscard]] std::span<const std::byte> span() const { return bytes_; }

 private:
  std::vector<std::byte> bytes_;
};

template <typename Stored, typename Given>
void narrow(Bytes& out, Given value) {
  if constexpr (std::is_integral_v<Stored>) IDI_ASSERT(std::in_range<Stored>(value));
  out.number(static_cast<Stored>(value));
}

template <typename Given>
void whole_number(Bytes& out, Given value, ValueType type) {
  switch (type) {
    case ValueType::uint8:
      return narrow<std::uint8_t>(out, value);
    case ValueType::int8:
      return narrow<std::int8_t>(out, value);
    case ValueType::uint16:
      return narrow<std::uint16_t>(out, value);
    case ValueType::int16:
      return narrow<std::int16_t>(out, value);
    case ValueType::uint32:
      return narrow<std::uint32_t>(out, value);
    case ValueType::int32:
      return narrow<std::int32_t>(out, value);
    case ValueType::uint64:
      return narrow<std::uint64_t>(out, value);
    case ValueType::int64:
      return narrow<std::int64_t>(out, value);
    case ValueType::boolean:
      return narrow<std::uint8_t>(out, value);
    default:
      IDI_ASSERT(!"a whole number is written as one");
  }
}

struct ScalarWriter {
  Bytes& out;
  ValueType type;

  void operator()(bool value) const {
    IDI_ASSERT(type == ValueType::boolean);
    out.number<std::uint8_t>(value ? 1 : 0);
  }
  void operator()(std::uint64_t value) const { whole_number(out, value, type); }
  void operator()(std::int64_t value) const { whole_number(out, value, type); }
  void operator()(double value) const {
    IDI_ASSERT(type == ValueType::float32 || type == ValueType::float64);
    if (type == ValueType::float32) out.number(static_cast<float>(value));
    if (type == ValueType::float64) out.number(value);
  }
  void operator()(const std::string& value) const {
    IDI_ASSERT(type == ValueType::text);
    out.text(value);
  }
};

struct ValueWriter {
  Bytes& out;
  ValueType type;

  template <typename T>
  void operator()(const T& value) const {
    out.number(type);
    ScalarWriter{out, type}(value);
  }
  template <typename T>
  void operator()(const std::vector<T>& values) const {
    out.number(ValueType::array);
    out.number(type);
    out.number<std::uint64_t>(values.size());
    for (const T& value : values) ScalarWriter{out, type}(value);
  }
};

struct UsualType {
  ValueType operator()(bool) const { return ValueType::boolean; }
  ValueType operator()(std::uint64_t) const { return ValueType::uint64; }
  ValueType operator()(std::int64_t) const { return ValueType::int64; }
  ValueType operator()(double) const { return ValueType::float64; }
  ValueType operator()(const std::string&) const { return ValueType::text; }
  ValueType operator()(const std::vector<std::int64_t>&) const { return ValueType::int32; }
  ValueType operator()(const std::vector<double>&) const { return ValueType::float32; }
  ValueType operator()(const std::vector<std::string>&) const { return ValueType::text; }
};

std::uint64_t padded(std::uint64_t bytes) {
  return (bytes + alignment - 1) / alignment * alignment;
}

std::uint64_t bytes_of(const TensorHeader& tensor) {
  const TypeLayout* layout = layout_of(tensor.type);
  return *numbers_in(tensor.shape) / layout->block_numbers * layout->block_bytes;
}

}  // namespace

void Writer::set(std::string key, Value value) {
  const ValueType type = std::visit(UsualType(), value);
  set(std::move(key), std::move(value), type);
}

void Writer::set(std::string key, Value value, ValueType type) {
  IDI_ASSERT(std::none_of(metadata_.begin(), metadata_.end(),
                          [&key](const auto& entry) { return entry.first == key; }));
  metadata_.emplace_back(std::move(key), Entry{std::move(value), type});
}

void Writer::set_uint32(std::string key, std::uint32_t value) {
  set(std::move(key), std::uint64_t{value}, ValueType::uint32);
}

void Writer::set_float32(std::string key, float value) {
  set(std::move(key), double{value}, ValueType::float32);
}

void Writer::add_tensor(std::string name, std::vector<std::uint64_t> shape, TensorType type,
                        Numbers numbers) {
  constexpr std::size_t max_name_bytes = 63;  // ggml's GGML_MAX_NAME, its end included, is 64
  constexpr std::size_t max_dimensions = 4;
  IDI_ASSERT(!name.empty() && name.size() <= max_name_bytes);
  IDI_ASSERT(!shape.empty() && shape.size() <= max_dimensions && numbers_in(shape));
  const TypeLayout* layout = layout_of(static_cast<std::uint32_t>(type));
  IDI_ASSERT(layout && shape[0] % layout->block_numbers == 0);
  std::uint64_t offset = 0;
  for (const auto& tensor : tensors_) IDI_ASSERT(tensor.header.name != name);
  if (!tensors_.empty()) {
    const TensorHeader& last = tensors_.back().header;
    offset = last.offset + padded(bytes_of(last));
  }
  tensors_.push_back({{std::move(name), std::move(shape), static_cast<std::uint32_t>(type), offset},
                      std::move(numbers)});
}

Status Writer::write(const std::filesystem::path& path) const {
  Bytes header;
  header.number(magic);
  header.number(version);
  header.number<std::uint64_t>(tensors_.size());
  header.number<std::uint64_t>(metadata_.size());
  for (const auto& [key, entry] : metadata_) {
    header.text(key);
    std::visit(ValueWriter{header, entry.type}, entry.value);
  }
  for (const auto& [tensor, numbers] : tensors_) {
    header.text(tensor.name);
    header.number(static_cast<std::uint32_t>(tensor.shape.size()));
    for (const std::uint64_t size : tensor.shape) header.number(size);
    header.number(tensor.type);
    header.number(tensor.offset);
  }
  header.pad(alignment);

  NewFile file(path);
  IDI_CHECK(file.open());
  IDI_CHECK(file.append(header.span()));
  std::vector<float> part;
  std::vector<std::byte> encoded;
  constexpr std::array<std::byte, alignment> zeros{};
  for (const auto& [tensor, numbers] : tensors_) {
    const std::uint64_t count = *numbers_in(tensor.shape);
    for (std::uint64_t first = 0; first < count; first += numbers_at_once) {
      part.assign(std::min(numbers_at_once, count - first), 0);
      numbers(first, part);
      encoded.clear();
      encode(static_cast<TensorType>(tensor.type), part, encoded);
      IDI_CHECK(file.append(encoded));
    }
    const std::uint64_t bytes = bytes_of(tensor);
    IDI_CHECK(file.append(std::span(zeros).first(padded(bytes) - bytes)));
  }
  return file.commit();
}

}  // namespace idi::gguf
