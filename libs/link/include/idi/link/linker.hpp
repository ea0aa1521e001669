// Schema linking: which tables, columns and cells a question speaks of.
#pragma once

#include <memory>
#include <string_view>

#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"
#include "idi/link/value_index.hpp"
#include "idi/link/wordnet.hpp"
#include "idi/temporal/calendar.hpp"

namespace idi::link {

/// Prepared once per schema (stems, word relations of all names), then asked many times.
/// Thread-safe after construction.
class Linker {
 public:
  /// `calendar`: what "last month" is; the system's if none is given.
  static std::shared_ptr<const Linker> make(Schema schema, std::shared_ptr<const ValueIndex> values,
                                            std::shared_ptr<const WordNet> wordnet,
                                            temporal::Calendar calendar = {});
  virtual ~Linker() = default;
  /// Never fails: an empty question links to nothing, a long one is cut.
  [[nodiscard]] virtual LinkedQuestion link(std::string_view question,
                                            const LinkBudget& budget = {}) const = 0;
  /// As given, but for the natural names: glued words are split ("airportname" → "airport name")
  /// and plain abbreviations spelled out ("dob" → "date of birth").
  [[nodiscard]] virtual const Schema& schema() const = 0;
  [[nodiscard]] virtual const ValueIndex& values() const = 0;
  [[nodiscard]] virtual const WordNet& wordnet() const = 0;
  [[nodiscard]] virtual const temporal::Calendar& calendar() const = 0;
};

/// Words of a text with byte ranges: letters+marks, numbers ("1,000", "3.5", "2023-05-17"), quoted
/// strings kept as one token each plus their inner words is NOT done: quotes are dropped, their
/// range is a value candidate. Also used on names.
[[nodiscard]] std::vector<QuestionToken> tokenize(std::string_view text);

/// Snowball English stem of a lower-case word.
[[nodiscard]] std::string stem(std::string_view lower_word);

}  // namespace idi::link
