// WordNet 3.0 as word relations: synonyms, one-step relatives, lexicographer class.
// Reads the database files of Debian's wordnet-base (format: wndb(5WN)); read-only, thread-safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::link {

enum class WordRelation : std::uint8_t { none, related, synonym };

class WordNet {
 public:
  /// Standard places (/usr/share/wordnet, WNSEARCHDIR). Errors: not_found with the package to
  /// install.
  static Result<std::shared_ptr<const WordNet>> open();
  /// Knows no word: used when WordNet is absent (idi doctor says so).
  static std::shared_ptr<const WordNet> none();
  virtual ~WordNet() = default;
  /// Both lower case, any inflection (morphy). related: hypernym/hyponym/derivation/pertainym/part,
  /// one step ("French"–"France", "car"–"vehicle").
  [[nodiscard]] virtual WordRelation relation(std::string_view a, std::string_view b) const = 0;
  /// Lexicographer file number (lexnames(5WN)) + 1 of the most frequent sense, 1–45; 0 if unknown.
  [[nodiscard]] virtual int word_class(std::string_view word) const = 0;
};

}  // namespace idi::link
