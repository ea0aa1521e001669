#include "near_values.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "asked_words.hpp"
#include "idi/core/text.hpp"

namespace idi::verification {
namespace {

constexpr int max_hits = 64;
constexpr int max_cells_compared = 20'000;
constexpr std::size_t max_compared_bytes = 100;
constexpr std::size_t max_near = 3;
constexpr std::size_t max_elsewhere = 2;

/// Letters and digits folded, words joined; and what else is in it, but for blanks.
struct Folded {
  std::string words, marks;
  friend bool operator==(const Folded&, const Folded&) = default;
};

Folded folded(std::string_view text) {
  Folded result;
  for (const auto& token : link::tokenize(text)) {
    if (!result.words.empty()) result.words += ' ';
    result.words += token.lower;
  }
  for (const char c : text) {
    const bool is_mark = c > ' ' && c < 0x7F && !(c >= 'a' && c <= 'z') &&
                         !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9');
    if (is_mark) result.marks += c;
  }
  return result;
}

std::size_t allowed_distance(std::size_t length) { return length < 4 ? 0 : length < 8 ? 1 : 2; }

std::vector<std::string> near_in_spelling(const std::vector<std::string>& cells,
                                          std::string_view text) {
  const std::string wanted = folded(text).words;
  const std::size_t most = allowed_distance(wanted.size());
  std::vector<std::pair<std::size_t, std::string>> found;
  // A number is not misspelled, it is another.
  const bool has_letter = wanted.find_first_not_of("0123456789., -") != std::string::npos;
  if (most == 0 || !has_letter) return {};
  for (const auto& cell : cells) {
    if (cell.size() > max_compared_bytes) continue;
    const std::string lower = text::fold_case(text::trim(cell));
    const std::size_t distance = edit_distance(lower, wanted, most);
    if (distance <= most) found.emplace_back(distance, cell);
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> near;
  for (auto& [distance, cell] : found) {
    if (near.size() == max_near) break;
    near.push_back(std::move(cell));
  }
  return near;
}

}  // namespace

bool is_known_cell(ColumnRef column, std::string_view text, const link::ValueIndex& values) {
  const auto hits = values.lookup(text, max_hits);
  return std::any_of(hits.begin(), hits.end(), [&](const link::CellHit& hit) {
    return hit.column == column && hit.cell == text;
  });
}

NearValues near_values(ColumnRef column, std::string_view text, const link::Linker& linker) {
  NearValues result;
  const auto& values = linker.values();
  const Folded wanted = folded(text);
  for (auto& hit : values.lookup(text, max_hits)) {
    if (folded(hit.cell) == wanted && !wanted.words.empty()) {
      if (hit.column == column) {
        result.same.push_back(std::move(hit.cell));
      } else if (result.elsewhere.size() < max_elsewhere) {
        result.elsewhere.push_back(std::move(hit));
      }
    } else if (hit.column == column && result.near.size() < max_near) {
      result.near.push_back(std::move(hit.cell));  // the same by stems or punctuation
      result.near_in_spelling = true;
    }
  }
  if (!result.same.empty()) return result;
  if (text.size() <= max_compared_bytes) {
    for (auto& cell : near_in_spelling(values.cells(column, max_cells_compared), text)) {
      const bool is_new =
          std::find(result.near.begin(), result.near.end(), cell) == result.near.end();
      if (is_new && result.near.size() < max_near) result.near.push_back(std::move(cell));
    }
    result.near_in_spelling = !result.near.empty();
  }
  if (result.near.empty()) {
    if (auto cell = values.closest_cell(column, text)) result.near.push_back(std::move(*cell));
  }
  return result;
}

}  // namespace idi::verification
