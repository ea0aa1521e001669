#include "time_shape.hpp"

#include <charconv>

#include "idi/core/text.hpp"

namespace idi::parser {

namespace {

/// 'd' stands for a digit.
bool follows(std::string_view text, std::string_view pattern) {
  if (text.size() < pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == 'd' ? !digit : text[i] != pattern[i]) return false;
  }
  return true;
}

int number_at(std::string_view text, std::size_t first, std::size_t count) {
  int value = 0;
  std::from_chars(text.data() + first, text.data() + first + count, value);
  return value;
}

bool is_year(std::string_view text) { return text[0] == '1' || text[0] == '2'; }

}  // namespace

TimeShape time_shape_of(std::string_view text) {
  if (!follows(text, "dddd") || !is_year(text)) return TimeShape::none;
  if (text.size() == 4) return TimeShape::year;
  if (!follows(text, "dddd-dd") || number_at(text, 5, 2) > 12) return TimeShape::none;
  if (text.size() == 7) return TimeShape::month;
  if (!follows(text, "dddd-dd-dd") || number_at(text, 8, 2) > 31) return TimeShape::none;
  if (text.size() == 10) return TimeShape::day;
  return text[10] == ' ' || text[10] == 'T' ? TimeShape::day_time : TimeShape::none;
}

TimeShape time_shape_of(const Column& column) {
  if (!column.sample_values.empty()) {
    TimeShape widest = TimeShape::none;
    for (const std::string& sample : column.sample_values) {
      const TimeShape shape = time_shape_of(std::string_view(sample));
      if (shape == TimeShape::none) return shape;
      widest = std::max(widest, shape);
    }
    return widest;
  }
  const std::string declared = text::to_lower_ascii(column.declared_type);
  if (declared.starts_with("year")) return TimeShape::year;
  if (declared.starts_with("datetime") || declared.starts_with("timestamp"))
    return TimeShape::day_time;
  return declared.starts_with("date") ? TimeShape::day : TimeShape::none;
}

}  // namespace idi::parser
