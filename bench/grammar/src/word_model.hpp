// A language model of random numbers with a vocabulary of words: so small that nearly all of a
// token's time goes to what is done over the vocabulary.
#pragma once

#include <filesystem>

#include "idi/core/result.hpp"

namespace idi::bench {

/// Width 32, one layer; `tokens` of the lengths that vocabularies of that size have: syllables,
/// words, words after a blank, numbers, punctuation. REQUIRES: tokens >= 1000. Errors: io_failed.
[[nodiscard]] Status write_word_model(const std::filesystem::path& path, int tokens);

}  // namespace idi::bench
