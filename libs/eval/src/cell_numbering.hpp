// Gives every distinct cell of two results a small number, so that comparing cells is comparing
// numbers: two cells share a number exactly if Python calls them equal. Lives for one comparison;
// refers to the results' memory.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "idi/core/value.hpp"

namespace idi::eval {

/// Cell numbers, one vector per column.
using NumberedColumns = std::vector<std::vector<std::uint32_t>>;

class CellNumbering {
 public:
  /// REQUIRES: all rows as long as the first; `rows` outlives this object.
  [[nodiscard]] NumberedColumns number(const std::vector<Row>& rows);

  /// True if two equal cells were seen whose Python spellings differ (1 and 1.0, 0.0 and -0.0).
  [[nodiscard]] bool spellings_differ() const { return spellings_differ_; }

 private:
  enum class Tag : std::uint8_t { null, integer, real, text, blob };
  enum class Spelling : std::uint8_t { plain, real, negative_zero };
  struct Key {
    Tag tag;
    std::uint64_t bits;
    std::string_view text;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept;
  };

  [[nodiscard]] std::uint32_t number(const Value& cell);
  [[nodiscard]] std::uint32_t number(const Key& key, Spelling spelling);
  [[nodiscard]] std::string_view without_replacements(const std::string& text);

  std::unordered_map<Key, std::uint32_t, KeyHash> numbers_;
  std::vector<Spelling> spellings_;
  std::deque<std::string> owned_;
  bool spellings_differ_ = false;
};

/// What Python's str(cell) + str(type(cell)) gives: the official evaluator sorts cells by it.
[[nodiscard]] std::string python_spelling(const Value& cell);

}  // namespace idi::eval
