#include "reader.hpp"

#include <algorithm>

#include "lexicon.hpp"

namespace idi::temporal {

std::string_view Reader::lower(std::size_t i) const {
  return i < words_.size() ? words_[i].lower : std::string_view();
}

std::string_view Reader::text(std::size_t i) const {
  return i < words_.size() ? words_[i].text : std::string_view();
}

std::string_view Reader::before(std::size_t i) const {
  return i == 0 ? std::string_view() : lower(i - 1);
}

bool Reader::is(std::size_t i, std::initializer_list<std::string_view> words) const {
  return i < words_.size() && std::find(words.begin(), words.end(), words_[i].lower) != words.end();
}

bool Reader::is_capital(std::size_t i) const { return starts_with_capital(text(i)); }

bool Reader::is_taken(std::size_t begin, std::size_t end) const {
  for (std::size_t i = begin; i < std::min(end, words_.size()); ++i) {
    if (words_[i].taken) return true;
  }
  return false;
}

DaySpan Reader::unit(Unit unit, int offset) const {
  return unit_span(unit, today_, offset, settings().week_begins_on_monday);
}

bool Reader::follows_time_word(std::size_t i) const {
  if (i == 0) return false;
  if (last_end_ == i) return true;  // "May, June"
  if (is(i - 1, {"and", "or", "to", "through", "thru", "until", "till", "than", "vs", "versus"}) &&
      last_end_ == i - 1 && last_end_ > 0) {
    return true;
  }
  return is(i - 1,
            {"in",         "since",  "during", "of",      "for",  "from",  "until", "till",
             "by",         "before", "after",  "between", "to",   "early", "mid",   "late",
             "throughout", "within", "this",   "last",    "next", "on",    "at",    "around"});
}

std::optional<Count> count_at(const Reader& reader, std::size_t i) {
  if (reader.is(i, {"a", "an", "the"}) && reader.is(i + 1, {"couple", "dozen"})) ++i;
  if (reader.is(i, {"couple"})) {
    return Count{2, reader.is(i + 1, {"of"}) ? i + 2 : i + 1};
  }
  if (reader.is(i, {"dozen"})) return Count{12, i + 1};
  const auto first = count_of(reader.lower(i));
  if (!first) return std::nullopt;
  if (reader.is(i + 1, {"dozen"}) && *first < 100) return Count{*first * 12, i + 2};
  if (reader.is(i + 1, {"hundred"}) && *first < 10) return Count{*first * 100, i + 2};
  const bool in_words = !plain_number(reader.lower(i)).has_value();
  if (in_words && *first >= 20 && *first < 100) {
    const auto second = count_of(reader.lower(i + 1));
    if (second && *second < 10 && !plain_number(reader.lower(i + 1))) {
      return Count{*first + *second, i + 2};
    }
  }
  return Count{*first, i + 1};
}

std::optional<Turn> turn_at(const Reader& reader, std::size_t i) {
  if (reader.is(i, {"last", "previous", "preceding"})) return Turn::last;
  if (reader.is(i, {"past", "trailing", "rolling"})) return Turn::past;
  if (reader.is(i, {"this", "current"})) return Turn::now;
  if (reader.is(i, {"next", "coming", "upcoming"})) return Turn::next;
  return std::nullopt;
}

std::optional<YearSaid> year_at(const Reader& reader, std::size_t i) {
  if (reader.is(i, {"of", "in"})) ++i;
  if (const auto year = year_number(reader.text(i))) return YearSaid{*year, i + 1, false};
  if (reader.is(i, {"the"})) ++i;
  const auto turn = turn_at(reader, i);
  if (!turn || *turn == Turn::past || !reader.is(i + 1, {"year"})) return std::nullopt;
  const int offset = *turn == Turn::last ? -1 : *turn == Turn::next ? 1 : 0;
  return YearSaid{year_of(reader.today()) + offset, i + 2, true};
}

}  // namespace idi::temporal
