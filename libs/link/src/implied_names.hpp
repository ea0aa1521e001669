// Words of a question that speak of a column without naming it: "oldest" of an age, "where" of a
// place. Plain table, no I/O.
#pragma once

#include <span>
#include <string_view>

namespace idi::link {

struct ImpliedName {
  std::string_view trigger;  ///< One or two lower-case words.
  std::string_view names;    ///< Name words, divided by blanks.
};

[[nodiscard]] std::span<const ImpliedName> implied_names();
/// The name words that this trigger implies; empty if none.
[[nodiscard]] std::string_view names_implied_by(std::string_view trigger);
/// "when", "latest", …: speaks of any column that holds a time.
[[nodiscard]] bool implies_time(std::string_view lower_word);

}  // namespace idi::link
