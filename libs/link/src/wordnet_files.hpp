// The text files of a WordNet database (wndb(5WN)), mapped and searched by halving: opening reads
// nothing, a look-up touches a few pages. A broken file yields fewer words, never a crash.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "mapped_file.hpp"

namespace idi::link {

enum class PartOfSpeech : std::uint8_t { noun, verb, adjective, adverb };
inline constexpr std::array parts_of_speech{PartOfSpeech::noun, PartOfSpeech::verb,
                                            PartOfSpeech::adjective, PartOfSpeech::adverb};

struct IndexEntry {
  std::vector<std::uint32_t> synsets;  ///< Offsets into the data file, most frequent sense first.
  int tagged_senses = 0;               ///< Senses that occur in WordNet's tagged texts.
};

struct SynsetPointer {
  char symbol = 0;  ///< First character of the pointer symbol.
  char detail = 0;  ///< Second one ('i' in "@i"), 0 if there is none.
  std::uint32_t synset = 0;
  PartOfSpeech part = PartOfSpeech::noun;
  int source = 0, target = 0;  ///< Word numbers from 1; 0: the whole synset.
};

struct Synset {
  int lexicographer_file = 0;
  std::vector<std::string> words;  ///< Lower case, blanks for underscores.
  std::vector<SynsetPointer> pointers;
};

class WordNetFiles {
 public:
  static Result<WordNetFiles> open(const std::filesystem::path& directory);

  /// Empty if the lemma (blanks between words) is not there.
  [[nodiscard]] IndexEntry find(PartOfSpeech part, std::string_view lemma) const;
  [[nodiscard]] bool contains(PartOfSpeech part, std::string_view lemma) const;
  /// Empty words if there is no synset at this offset.
  [[nodiscard]] Synset synset(PartOfSpeech part, std::uint32_t offset) const;
  /// Base forms of an irregular inflection.
  [[nodiscard]] std::vector<std::string> exceptions(PartOfSpeech part, std::string_view word) const;
  /// Lexicographer file of the sense seen most in tagged texts; -1 if none was seen.
  [[nodiscard]] int most_tagged_file(std::string_view lemma) const;

 private:
  struct Part {
    std::shared_ptr<const MappedFile> index, data, exceptions;
  };
  [[nodiscard]] const Part& part_of(PartOfSpeech part) const {
    return parts_[static_cast<std::size_t>(part)];
  }
  std::array<Part, 4> parts_;
  std::shared_ptr<const MappedFile> counts_;
};

}  // namespace idi::link
