// Times as people say them ("last quarter", "since March", "in the 90s", "year to date",
// "yesterday", "the past 30 days", "fiscal 2024", "Q3 2023", "3/4/2023") as spans of days.
// After HeidelTime's and Duckling's split into recognising and resolving; our own rules.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "idi/temporal/calendar.hpp"

namespace idi::temporal {

/// A word of the question. `lower` is case-folded.
struct Word {
  std::string_view text;
  std::string_view lower;
  /// A cell or a name of the database has it ("Spring", a column "mar"): phrases that are no time
  /// for certain are then left to that.
  bool taken = false;
};

/// A phrase and the days that it means.
struct Phrase {
  std::size_t begin = 0, end = 0;  ///< Words that it covers, half-open; no preposition ("since").
  /// The days as they stand in a value candidate: "2023" (a whole year), "2023-05" (a whole month),
  /// "2023-05-17" (a day), else an ISO 8601 interval of days "2023-07-01/2023-10-01", whose end
  /// is not in it. Never "../": an open end is what the comparison around the phrase says.
  std::string text;
  /// Relative to now ("last month", "March" without a year): its meaning should be said.
  bool relative = false;
};

/// Left to right, not overlapping; longest first where they compete.
[[nodiscard]] std::vector<Phrase> find_phrases(std::span<const Word> words,
                                               const Calendar& calendar);

/// The half-open span of days of a phrase's text: {"2023-07-01", "2023-10-01"}.
struct DaySpan {
  Day begin, end;
};
/// Errors: invalid_argument for a text that is no year, month, day or interval.
[[nodiscard]] Result<DaySpan> day_span(std::string_view text);

/// "July to September 2023", "17 May 2023", "2023": for answers and explanations.
[[nodiscard]] std::string in_words(std::string_view text);

}  // namespace idi::temporal
