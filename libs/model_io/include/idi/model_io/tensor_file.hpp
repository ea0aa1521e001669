// The weights file: named tensors and text metadata, memory-mapped. Format: docs/weights-format.md.
// Standard library only, so that the trainer builds anywhere with nothing but libtorch.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "idi/model_io/format_error.hpp"

namespace idi::model_io {

inline constexpr std::uint32_t tensor_file_version = 1;

enum class TensorType : std::uint32_t { f32 = 0, f16 = 1 };

struct TensorView {
  TensorType type = TensorType::f32;
  std::vector<std::int64_t> shape;   ///< Row-major.
  std::span<const std::byte> bytes;  ///< 64-byte aligned in the file; valid while the file lives.
  [[nodiscard]] std::int64_t count() const;
};

/// Read side. Immutable, safe to share between threads. Throws FormatError.
class TensorFile {
 public:
  /// Maps the file and verifies magic, version, sizes and the checksum (CRC-32C of everything after
  /// the fixed header).
  static std::shared_ptr<const TensorFile> open(const std::string& path);
  virtual ~TensorFile() = default;
  /// Throws FormatError(corrupt) if there is none of that name.
  [[nodiscard]] virtual const TensorView& tensor(std::string_view name) const = 0;
  /// As floats, f16 widened. Throws like tensor().
  [[nodiscard]] std::vector<float> floats(std::string_view name) const;
  /// Free text under a key ("vocabulary": one word a line; "width": "192"). Throws like tensor().
  [[nodiscard]] virtual std::string_view text(std::string_view key) const = 0;
  [[nodiscard]] int number(std::string_view key) const;
  [[nodiscard]] virtual std::vector<std::string> tensor_names() const = 0;
  [[nodiscard]] virtual std::map<std::string, std::string> texts() const = 0;
};

struct TensorData {
  std::string name;
  std::vector<std::int64_t> shape;
  std::vector<float> values;
};

/// Writes to a temporary file beside `path`, syncs, renames. Throws FormatError(io_failed).
void write_tensor_file(const std::string& path, const std::vector<TensorData>& tensors,
                       const std::map<std::string, std::string>& texts, TensorType store_as);

/// Writes a copy of the weights file with one text more, or another one under the key. Tensors keep
/// their type. `from` and `to` may be the same path. Throws FormatError.
void copy_with_text(const std::string& from, const std::string& to, const std::string& key,
                    const std::string& text);

}  // namespace idi::model_io
