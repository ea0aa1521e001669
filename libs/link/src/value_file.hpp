// The value index as bytes: made in memory by ValueFileBuilder, read in place by ValueFile, from
// memory or from a mapped file alike. Layout (little-endian, all numbers unsigned 32 bit unless
// said, sections at multiples of 8):
//   header   magic "IDIVALUE", version, section count, u64 file size, u64 checksum of all after
//            the header, then for each section u64 offset, u64 bytes
//   0 fingerprint (text)      1 columns: table, column, first cell, end cell
//   2 cell offsets (n+1)      3 cell bytes
//   then three dictionaries (phrases by folded words, phrases by stems, single words by stem), each
//   of: key offsets (n+1), key bytes, posting offsets (n+1), postings (cell numbers); keys sorted.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"

namespace idi::link {

inline constexpr std::uint32_t value_file_version = 1;

enum class ValueDictionary : std::uint8_t { phrases, stems, words };

class ValueFileBuilder {
 public:
  /// REQUIRES: columns come in rising order.
  void add_column(ColumnRef column, const std::vector<std::string>& cells);
  [[nodiscard]] std::string build(std::string_view fingerprint) const;

 private:
  using Dictionary = std::map<std::string, std::vector<std::uint32_t>>;
  struct ColumnCells {
    ColumnRef column;
    std::uint32_t begin, end;
  };
  void add_cell(const std::string& cell, std::uint32_t column_begin);

  std::vector<ColumnCells> columns_;
  std::vector<std::string> cells_;
  std::array<Dictionary, 3> dictionaries_;
};

/// A view of the bytes; whoever keeps them must outlive it.
class ValueFile {
 public:
  /// Checks everything that reading relies on. Errors: unreadable (cut short, corrupt),
  /// wrong_version. `verify_checksum` is off only in tests of the checks behind it.
  static Result<ValueFile> parse(std::string_view bytes, bool verify_checksum = true);

  [[nodiscard]] std::string_view fingerprint() const { return fingerprint_; }
  [[nodiscard]] std::uint32_t cell_count() const;
  [[nodiscard]] std::string_view cell(std::uint32_t number) const;
  [[nodiscard]] ColumnRef column_of(std::uint32_t cell) const;
  /// [first, end) cell numbers of a column; empty if it is not indexed.
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> cells_of(ColumnRef column) const;
  [[nodiscard]] std::span<const std::uint32_t> find(ValueDictionary which,
                                                    std::string_view key) const;

 private:
  struct Column {
    std::int32_t table, column;
    std::uint32_t begin, end;
  };
  struct Strings {
    std::span<const std::uint32_t> offsets;
    std::string_view bytes;
    [[nodiscard]] std::string_view at(std::size_t i) const {
      return bytes.substr(offsets[i], offsets[i + 1] - offsets[i]);
    }
    [[nodiscard]] std::size_t size() const { return offsets.size() - 1; }
  };
  struct DictionaryView {
    Strings keys;
    std::span<const std::uint32_t> posting_offsets, postings;
  };
  std::string_view fingerprint_;
  std::span<const Column> columns_;
  Strings cells_;
  std::array<DictionaryView, 3> dictionaries_;
};

}  // namespace idi::link
