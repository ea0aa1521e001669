#include <libstemmer.h>

#include <memory>

#include "idi/link/linker.hpp"

namespace idi::link {

std::string stem(std::string_view lower_word) {
  // A Snowball stemmer holds its working buffer: one for each thread.
  thread_local const std::unique_ptr<sb_stemmer, decltype(&sb_stemmer_delete)> stemmer(
      sb_stemmer_new("english", "UTF_8"), &sb_stemmer_delete);
  constexpr std::size_t max_word_bytes = 64;
  if (!stemmer || lower_word.empty() || lower_word.size() > max_word_bytes) {
    return std::string(lower_word);
  }
  const sb_symbol* stemmed =
      sb_stemmer_stem(stemmer.get(), reinterpret_cast<const sb_symbol*>(lower_word.data()),
                      static_cast<int>(lower_word.size()));
  if (stemmed == nullptr) return std::string(lower_word);
  return {reinterpret_cast<const char*>(stemmed),
          static_cast<std::size_t>(sb_stemmer_length(stemmer.get()))};
}

}  // namespace idi::link
