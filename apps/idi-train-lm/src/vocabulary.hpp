// The model's vocabulary: pieces that SentencePiece learnt (BPE, byte fallback) for words, then one
// id for each upper-case or sign word of the symbolic format. Words are encoded one by one, with
// the merges that SentencePiece and llama.cpp's "llama" tokenizer make. Not thread-safe (a cache
// inside). The pieces come as a text file from idi-lm-vocabulary: Debian's SentencePiece and
// libtorch cannot live in one process, as both bring a protobuf of their own.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::lm {

inline constexpr int unknown_id = 0, bos_id = 1, eos_id = 2;

class Vocabulary {
 public:
  /// What tokenizer.ggml.* has of an id.
  struct Entry {
    std::string text;
    float score = 0;
    int type = 1;  ///< llama.cpp: 1 normal, 2 unknown, 3 control, 4 user-defined, 6 byte.
  };

  /// One piece a line: "TYPE SCORE TEXT". Errors: unreadable.
  static Result<std::shared_ptr<Vocabulary>> parse(std::string lines);

  [[nodiscard]] int size() const { return static_cast<int>(entries_.size()); }
  /// A text of the format: words divided by blanks.
  [[nodiscard]] std::vector<int> encode(std::string_view text);
  /// -1 for a word that is no symbol.
  [[nodiscard]] int special(std::string_view word) const;
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const std::string& lines() const { return lines_; }

 private:
  [[nodiscard]] std::vector<int> encode_word(const std::string& word) const;
  std::string lines_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, int> ids_, specials_;
  std::unordered_map<std::string, std::vector<int>> cache_;
};

}  // namespace idi::lm
