#include "understanding/words.hpp"

namespace idi::engine {

std::size_t skip_politeness(const Words& words, std::size_t at) {
  while (at < words.size() &&
         one_of(words[at].lower,
                {"please", "can",  "could", "would",  "will", "you",   "i",    "we",   "want",
                 "need",   "to",   "like",  "kindly", "just", "now",   "let",  "us",   "go",
                 "ahead",  "and",  "d",     "hey",    "hi",   "hello", "then", "also", "but",
                 "so",     "next", "must",  "should", "ok",   "okay",  "ll",   "shall"})) {
    ++at;
  }
  return at;
}

}  // namespace idi::engine
