// A byte-level BPE vocabulary of any size, as GPT-2's and Qwen's: learnt from a text as far as its
// words go, then filled up with made-up merges, so that a tokenizer has as much to search as with
// the real one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace idi::bench {

struct ByteVocabulary {
  std::vector<std::string> tokens;  ///< In GPT-2's spelling of bytes: every token is text.
  std::vector<std::string> merges;  ///< "left right"; the first has the highest rank.
};

/// The 256 bytes, then one token for each merge. REQUIRES: size >= 256.
[[nodiscard]] ByteVocabulary make_byte_vocabulary(std::size_t size, std::string_view text);

}  // namespace idi::bench
