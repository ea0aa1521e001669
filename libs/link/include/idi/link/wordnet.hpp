// WordNet 3.0 as word relations: synonyms, one-step relatives, lexicographer class.
// Reads the database files of Debian's wordnet-base (format: wndb(5WN)); read-only, thread-safe.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::link {

enum class WordRelation : std::uint8_t { none, related, synonym };

/// Words near one word, lower case, words of a lemma divided by blanks ("phone number"), sorted.
struct WordNeighbours {
  std::vector<std::string> bases;     ///< The word's own base forms ("cities" → "city").
  std::vector<std::string> synonyms;  ///< In one synset with a base form (frequent senses only).
  std::vector<std::string> related;   ///< One step away.
};

class WordNet {
 public:
  /// Standard places (WNSEARCHDIR, /usr/share/wordnet). Errors: not_found with the package to
  /// install, unreadable. Maps the files; words are read when asked for.
  static Result<std::shared_ptr<const WordNet>> open();
  static Result<std::shared_ptr<const WordNet>> open(const std::filesystem::path& directory);
  /// Knows no word: used when WordNet is absent (idi doctor says so).
  static std::shared_ptr<const WordNet> none();
  virtual ~WordNet() = default;
  /// Both lower case, any inflection (morphy). related: hypernym/hyponym/derivation/pertainym/part,
  /// one step ("French"–"France", "car"–"vehicle"). Symmetric; a word is a synonym of its own
  /// inflections.
  [[nodiscard]] virtual WordRelation relation(std::string_view a, std::string_view b) const = 0;
  /// Lexicographer file number (lexnames(5WN)) + 1 of the most frequent sense, 1–45; 0 if unknown.
  [[nodiscard]] virtual int word_class(std::string_view word) const = 0;
  /// Stable numbers of the word's main senses and of what these are kinds of, up to three steps up
  /// ("singer" → singer, musician, performer, …): words of near meaning share some. At most
  /// max_concepts, nearest first; empty if unknown.
  [[nodiscard]] virtual std::vector<std::uint32_t> concepts(std::string_view word) const = 0;
  static constexpr std::size_t max_concepts = 12;
  /// Never null; empty lists for an unknown word. A lemma of several words has blanks between.
  [[nodiscard]] virtual std::shared_ptr<const WordNeighbours> neighbours(
      std::string_view word) const = 0;
  /// Is it a lemma itself (no inflection)? `frequent`: and seen in WordNet's tagged texts.
  [[nodiscard]] virtual bool knows(std::string_view lemma, bool frequent = false) const = 0;
  /// Does a noun's first sense name one of a kind (a person, a place: "kentucky", "rio grande")?
  [[nodiscard]] virtual bool is_proper_name(std::string_view lemma) const = 0;
};

}  // namespace idi::link
