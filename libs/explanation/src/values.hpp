// Values of a query in words: quoted and on one line, times as people write them.
#pragma once

#include <optional>
#include <string>

#include "idi/core/schema.hpp"
#include "idi/sql/ir.hpp"

namespace idi::explanation {

/// “Berlin”; control characters become blanks, long texts are cut.
[[nodiscard]] std::string quoted(const std::string& text);

/// How a value is written beside what it is compared with (null: LIMIT, arithmetic).
[[nodiscard]] std::string value_in_words(const ir::Literal& literal, const ir::Expression* beside,
                                         const Schema& schema);

/// A comparison with a span of time, in two forms.
struct TimeComparison {
  std::string adverb;     ///< "since 1 June 2024"
  std::string predicate;  ///< "is 1 June 2024 or later"
};
/// nullopt: no comparison of a time with times that can be put into words.
[[nodiscard]] std::optional<TimeComparison> time_comparison(const ir::Predicate& predicate,
                                                            const Schema& schema);
/// "from" and "before" of the same time column as one: "from July to September 2023".
[[nodiscard]] std::optional<TimeComparison> time_range(const ir::Predicate& from,
                                                       const ir::Predicate& before,
                                                       const Schema& schema);

}  // namespace idi::explanation
