// One cell of a result: what the database returned, with its honest type.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace idi {

struct Null {
  friend bool operator==(Null, Null) { return true; }
};
/// Bytes that are not text.
struct Blob {
  std::string bytes;
  friend bool operator==(const Blob&, const Blob&) = default;
};

/// Text is UTF-8 always: invalid bytes were replaced by U+FFFD when read.
using Value = std::variant<Null, std::int64_t, double, std::string, Blob>;
using Row = std::vector<Value>;

/// A whole (bounded) result.
struct ResultTable {
  std::vector<std::string> columns;
  std::vector<Row> rows;
  bool truncated = false;  ///< A row or byte limit cut it; there is more.
};

/// For people: NULL → "NULL", blobs → "<12 bytes>", doubles in shortest round-trip form.
[[nodiscard]] std::string to_display(const Value& value);

}  // namespace idi
