// What people ask business and everyday databases for that needs columns of its own: profit needs
// costs, an age a date of birth, weather somebody who recorded it. Plain table, no I/O.
#pragma once

#include <span>
#include <string_view>

namespace idi::answerability {

/// Lists are divided by commas; "birth*" is any word that begins so.
struct Concept {
  std::string_view asked;  ///< Words of a question, by stems: "profit, profitable, margin".
  std::string_view needs;  ///< Name words, one of which is enough: "profit, margin, earnings".
  /// Or one of these together with one of those; both may be empty.
  std::string_view together, with = {};
  std::string_view lacking;  ///< "would need what things cost"; empty: it is simply not recorded.
  std::string_view near;     ///< Name words of what comes near, nearest first.
  bool says_what_is_there = false;  ///< What comes near belongs to the reason.
};

[[nodiscard]] std::span<const Concept> all_concepts();

}  // namespace idi::answerability
