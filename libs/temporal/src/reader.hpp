// The question's words as the rules read them, and what a rule finds.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "day_math.hpp"
#include "idi/temporal/phrases.hpp"

namespace idi::temporal {

/// What comes once a year: March, Christmas, the third quarter. The year → its days, which may
/// not exist in that year (29 February): then not ok().
using Yearly = std::function<DaySpan(int year)>;

struct Match {
  std::size_t end = 0;  ///< One past the last word; the first is where the rule was asked.
  DaySpan days;
  bool relative = false;
  bool certain = true;  ///< No cell of the database is likelier, even if it has the same words.
  Yearly yearly;        ///< Set where a year could be put in: "March", "March 2023".
  bool year_said = false;
};

class Reader {
 public:
  Reader(std::span<const Word> words, const Calendar& calendar)
      : words_(words), calendar_(calendar), today_(calendar.today()) {}

  [[nodiscard]] std::size_t size() const { return words_.size(); }
  /// Empty beyond the ends.
  [[nodiscard]] std::string_view lower(std::size_t i) const;
  [[nodiscard]] std::string_view text(std::size_t i) const;
  [[nodiscard]] std::string_view before(std::size_t i) const;
  [[nodiscard]] bool is(std::size_t i, std::initializer_list<std::string_view> words) const;
  [[nodiscard]] bool is_capital(std::size_t i) const;
  [[nodiscard]] bool is_taken(std::size_t begin, std::size_t end) const;

  [[nodiscard]] Day today() const { return today_; }
  [[nodiscard]] const CalendarSettings& settings() const { return calendar_.settings(); }
  [[nodiscard]] DaySpan unit(Unit unit, int offset) const;

  /// Does the word before say that a time follows ("in", "since"), or does a list of times go on?
  [[nodiscard]] bool follows_time_word(std::size_t i) const;
  /// Where the phrase before ended; the main loop says so.
  void set_last_end(std::size_t end) { last_end_ = end; }

 private:
  std::span<const Word> words_;
  const Calendar& calendar_;
  Day today_;
  std::size_t last_end_ = 0;
};

/// A number of units: "3", "twenty four", "a couple of", "two dozen".
struct Count {
  int value = 0;
  std::size_t end = 0;
};
[[nodiscard]] std::optional<Count> count_at(const Reader& reader, std::size_t i);

/// "this", "last", "next" and their like.
enum class Turn { past, last, now, next };
[[nodiscard]] std::optional<Turn> turn_at(const Reader& reader, std::size_t i);

/// "2023", "last year", "of this year".
struct YearSaid {
  int year = 0;
  std::size_t end = 0;
  bool relative = false;
};
[[nodiscard]] std::optional<YearSaid> year_at(const Reader& reader, std::size_t i);

}  // namespace idi::temporal
