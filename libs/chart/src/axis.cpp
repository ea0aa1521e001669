#include "axis.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "cell.hpp"
#include "column_words.hpp"
#include "idi/core/assert.hpp"

namespace idi::chart {
namespace {

Scale scale_of(const ColumnKind& kind) {
  if (kind.role == Role::time) return Scale::time;
  return kind.role == Role::dimension || kind.role == Role::quantity ? Scale::linear
                                                                     : Scale::category;
}

std::optional<double> sort_key(const Value& value, const ColumnKind& kind) {
  const auto* text = std::get_if<std::string>(&value);
  if (kind.role == Role::time && text != nullptr && !kind.numeric_text) {
    const double key = read_time(*text, kind.day_first).key;
    return std::isnan(key) ? std::nullopt : std::optional{key};
  }
  return finite_number(value, kind.numeric_text);
}

/// One column's values numbered: equal values get equal numbers.
struct Codes {
  std::vector<int> of_row;   ///< -1: none
  std::vector<double> keys;  ///< Per code, on an ordered scale.
  int count = 0;
};

Codes ordered_codes(const ResultTable& result, const ColumnKind& kind, int column) {
  std::vector<std::pair<double, std::size_t>> places;
  places.reserve(result.rows.size());
  for (std::size_t r = 0; r < result.rows.size(); ++r) {
    if (const auto key = sort_key(cell_at(result, r, column), kind)) places.emplace_back(*key, r);
  }
  if (!std::is_sorted(places.begin(), places.end())) std::sort(places.begin(), places.end());
  Codes codes;
  codes.of_row.assign(result.rows.size(), -1);
  for (const auto& [key, row] : places) {
    if (codes.keys.empty() || codes.keys.back() != key) codes.keys.push_back(key);
    codes.of_row[row] = static_cast<int>(codes.keys.size()) - 1;
  }
  codes.count = static_cast<int>(codes.keys.size());
  return codes;
}

/// Equal as a label: 1 and 1.0 are one category, the number 1 and the text "1" are not.
bool same_label(const Value& a, const Value& b) {
  const auto* text = std::get_if<std::string>(&a);
  const auto* other_text = std::get_if<std::string>(&b);
  if (text != nullptr && other_text != nullptr) return *text == *other_text;
  const auto* whole = std::get_if<std::int64_t>(&a);
  const auto* other_whole = std::get_if<std::int64_t>(&b);
  if (whole != nullptr && other_whole != nullptr) return *whole == *other_whole;
  const auto number = finite_number(a, false);
  const auto other_number = finite_number(b, false);
  if (number || other_number) return number == other_number;
  return a.index() == b.index() && to_display(a) == to_display(b);
}

std::size_t label_hash(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    return std::hash<std::string_view>{}(*text);
  }
  if (const auto number = finite_number(value, false)) return std::hash<double>{}(*number);
  return value.index();
}

/// Numbers values by first appearance: open addressing, as results may be large and unique.
class Numbering {
 public:
  explicit Numbering(std::size_t most) : slots_(std::bit_ceil(2 * most + 1), -1) {}

  int code_of(const Value& value) {
    const std::size_t hash = label_hash(value) * 0x9E3779B97F4A7C15U;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = (hash >> 20) & mask;; at = (at + 1) & mask) {
      int& code = slots_[at];
      if (code < 0) {
        code = static_cast<int>(seen_.size());
        seen_.emplace_back(hash, &value);
        return code;
      }
      const auto& [known, first] = seen_[static_cast<std::size_t>(code)];
      if (known == hash && same_label(*first, value)) return code;
    }
  }
  int count() const { return static_cast<int>(seen_.size()); }

 private:
  std::vector<int> slots_;
  std::vector<std::pair<std::size_t, const Value*>> seen_;
};

Codes category_codes(const ResultTable& result, int column) {
  Codes codes;
  codes.of_row.reserve(result.rows.size());
  Numbering numbering(result.rows.size());
  for (std::size_t r = 0; r < result.rows.size(); ++r) {
    codes.of_row.push_back(numbering.code_of(cell_at(result, r, column)));
  }
  codes.count = numbering.count();
  return codes;
}

Codes codes_of(const ResultTable& result, const std::vector<ColumnKind>& kinds, int column) {
  const ColumnKind& kind = kinds[static_cast<std::size_t>(column)];
  return scale_of(kind) == Scale::category ? category_codes(result, column)
                                           : ordered_codes(result, kind, column);
}

std::string text_of(const ResultTable& result, const ColumnKind& kind, int column,
                    std::size_t row) {
  const Value& value = cell_at(result, row, column);
  if (std::holds_alternative<Null>(value)) return "(no value)";
  if (kind.type == ColumnType::boolean) {
    if (const auto number = finite_number(value, false)) return *number != 0 ? "true" : "false";
  }
  std::string text = to_display(value);
  return text.empty() ? "(empty)" : text;
}

}  // namespace

Axis make_axis(const ResultTable& result, const std::vector<ColumnKind>& kinds,
               AxisColumns columns) {
  IDI_ASSERT(columns.column >= 0 && columns.column < static_cast<int>(kinds.size()));
  Axis axis;
  axis.columns = columns;
  axis.scale = scale_of(kinds[static_cast<std::size_t>(columns.column)]);
  Codes codes = codes_of(result, kinds, columns.column);
  if (columns.second >= 0) {
    // A pair is one number; numbered anew below, smallest first on an ordered scale.
    const Codes second = codes_of(result, kinds, columns.second);
    std::unordered_map<std::int64_t, int> seen;
    std::vector<std::int64_t> pairs(result.rows.size(), -1);
    for (std::size_t r = 0; r < pairs.size(); ++r) {
      if (codes.of_row[r] < 0 || second.of_row[r] < 0) continue;
      pairs[r] = static_cast<std::int64_t>(codes.of_row[r]) * second.count + second.of_row[r];
    }
    std::vector<std::int64_t> sorted;
    if (axis.scale != Scale::category) {
      sorted = pairs;
      std::sort(sorted.begin(), sorted.end());
    }
    for (const std::int64_t pair : axis.scale == Scale::category ? pairs : sorted) {
      if (pair >= 0) seen.try_emplace(pair, static_cast<int>(seen.size()));
    }
    for (std::size_t r = 0; r < pairs.size(); ++r) {
      codes.of_row[r] = pairs[r] < 0 ? -1 : seen.at(pairs[r]);
    }
    codes.count = static_cast<int>(seen.size());
  }
  axis.place_of_row = std::move(codes.of_row);
  axis.first_row.assign(static_cast<std::size_t>(codes.count), result.rows.size());
  for (std::size_t r = 0; r < axis.place_of_row.size(); ++r) {
    const int place = axis.place_of_row[r];
    if (place < 0) {
      ++axis.rows_without_place;
    } else {
      std::size_t& first = axis.first_row[static_cast<std::size_t>(place)];
      first = std::min(first, r);
    }
  }
  return axis;
}

std::string label_of(const ResultTable& result, const std::vector<ColumnKind>& kinds,
                     AxisColumns columns, std::size_t row, int max_bytes) {
  const ColumnKind& kind = kinds[static_cast<std::size_t>(columns.column)];
  const std::string first = text_of(result, kind, columns.column, row);
  if (columns.second < 0) return bounded(first, max_bytes);
  const ColumnKind& other = kinds[static_cast<std::size_t>(columns.second)];
  const std::string second = text_of(result, other, columns.second, row);
  if (kind.role == Role::identifier) return bounded(second + " (" + first + ")", max_bytes);
  if (kind.role == Role::time) {
    const bool digits = second.find_first_not_of("0123456789") == std::string::npos;
    if (!digits) return bounded(first + " " + second, max_bytes);
    if (other.unit == TimeUnit::quarter_of_year) return bounded(first + "-Q" + second, max_bytes);
    return bounded(first + (second.size() < 2 ? "-0" : "-") + second, max_bytes);
  }
  const auto& name = result.columns[static_cast<std::size_t>(columns.column)];
  const bool last_leads = names_a_person(take_apart(name).inner) == PersonName::last;
  return bounded(last_leads ? second + " " + first : first + " " + second, max_bytes);
}

}  // namespace idi::chart
