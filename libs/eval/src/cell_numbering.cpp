#include "cell_numbering.hpp"

#include <bit>
#include <cmath>
#include <functional>

namespace idi::eval {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";
constexpr double two_to_63 = 9223372036854775808.0;

/// Doubles that are whole and in range equal the integer in Python, exactly.
bool is_exact_integer(double value) {
  return value >= -two_to_63 && value < two_to_63 && std::trunc(value) == value;
}

}  // namespace

std::size_t CellNumbering::KeyHash::operator()(const Key& key) const noexcept {
  const std::size_t text_hash = key.text.empty() ? 0 : std::hash<std::string_view>{}(key.text);
  std::uint64_t mixed =
      key.bits + 0x9E3779B97F4A7C15ULL * (static_cast<std::uint64_t>(key.tag) + 1);
  mixed = (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93ULL;
  return static_cast<std::size_t>(mixed ^ (mixed >> 32)) ^ text_hash;
}

NumberedColumns CellNumbering::number(const std::vector<Row>& rows) {
  NumberedColumns columns(rows.empty() ? 0 : rows.front().size());
  for (auto& column : columns) column.reserve(rows.size());
  for (const Row& row : rows) {
    for (std::size_t c = 0; c < columns.size(); ++c) columns[c].push_back(number(row[c]));
  }
  return columns;
}

std::uint32_t CellNumbering::number(const Value& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    return number({Tag::integer, static_cast<std::uint64_t>(*integer), {}}, Spelling::plain);
  }
  if (const auto* real = std::get_if<double>(&cell)) {
    if (is_exact_integer(*real)) {
      const bool negative_zero = *real == 0.0 && std::signbit(*real);
      const auto bits = static_cast<std::uint64_t>(static_cast<std::int64_t>(*real));
      return number({Tag::integer, bits, {}},
                    negative_zero ? Spelling::negative_zero : Spelling::real);
    }
    return number({Tag::real, std::bit_cast<std::uint64_t>(*real), {}}, Spelling::real);
  }
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return number({Tag::text, 0, without_replacements(*text)}, Spelling::plain);
  }
  if (const auto* blob = std::get_if<Blob>(&cell)) {
    return number({Tag::blob, 0, blob->bytes}, Spelling::plain);
  }
  return number({Tag::null, 0, {}}, Spelling::plain);
}

std::uint32_t CellNumbering::number(const Key& key, Spelling spelling) {
  const auto [at, added] = numbers_.try_emplace(key, static_cast<std::uint32_t>(numbers_.size()));
  if (added) {
    spellings_.push_back(spelling);
  } else if (spellings_[at->second] != spelling) {
    spellings_differ_ = true;
  }
  return at->second;
}

// The official evaluator decodes text "ignoring errors": bytes that are not UTF-8 vanish. Ours
// arrive as U+FFFD, so these are dropped (and with them the rare genuine U+FFFD, on both sides).
std::string_view CellNumbering::without_replacements(const std::string& text) {
  std::size_t at = text.find(replacement_character);
  if (at == std::string::npos) return text;
  std::string& kept = owned_.emplace_back();
  std::size_t from = 0;
  for (; at != std::string::npos; at = text.find(replacement_character, from)) {
    kept.append(text, from, at - from);
    from = at + replacement_character.size();
  }
  kept.append(text, from);
  return kept;
}

}  // namespace idi::eval
