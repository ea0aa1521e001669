#include "byte_vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <random>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace idi::bench {
namespace {

/// More would be learnt from words that stand in a text once.
constexpr std::size_t max_learnt = 12'000;
constexpr std::size_t least_count = 2;
constexpr std::size_t max_token_bytes = 16;

std::string utf8_of(unsigned code) {
  if (code < 0x80) return std::string(1, static_cast<char>(code));
  return {static_cast<char>(0xC0 | (code >> 6)), static_cast<char>(0x80 | (code & 0x3F))};
}

/// GPT-2 writes printable bytes as themselves and the others as the letters from U+0100 on.
std::array<std::string, 256> byte_spellings() {
  std::array<std::string, 256> spellings;
  unsigned next = 256;
  for (unsigned byte = 0; byte < 256; ++byte) {
    const bool printable =
        (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    spellings[byte] = utf8_of(printable ? byte : next++);
  }
  return spellings;
}

/// Roughly as the pre-tokenizers of such models: letters with a blank before them; other signs.
std::map<std::string, std::size_t> words_of(std::string_view text) {
  std::map<std::string, std::size_t> counts;
  std::string word;
  const auto end_word = [&] {
    if (word.size() > 1) ++counts[word];
    word.clear();
  };
  const auto kind = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::isalpha(byte) || byte >= 0x80 ? 1
           : std::isdigit(byte)               ? 2
           : std::isspace(byte)               ? 3
                                              : 4;
  };
  for (const char c : text) {
    const bool continues = !word.empty() && kind(c) != 2 &&
                           (kind(word.back()) == kind(c) || (word == " " && kind(c) != 3));
    if (!continues) end_word();
    word += c;
  }
  end_word();
  return counts;
}

using Pair = std::pair<int, int>;
struct PairHash {
  std::size_t operator()(const Pair& pair) const {
    return static_cast<std::size_t>(pair.first) * 1'000'003U +
           static_cast<std::size_t>(pair.second);
  }
};

struct Word {
  std::vector<int> tokens;
  std::size_t count;
};

class Builder {
 public:
  explicit Builder(std::size_t size) : size_(size) {
    for (const auto& spelling : byte_spellings()) add(spelling);
  }

  void learn(std::string_view text) {
    std::vector<Word> words;
    for (const auto& [word, count] : words_of(text)) {
      Word split{{}, count};
      for (const char c : word) split.tokens.push_back(static_cast<unsigned char>(c));
      words.push_back(std::move(split));
    }
    const std::size_t goal = std::min(size_, 256 + max_learnt);
    while (vocabulary_.tokens.size() < goal) {
      const Pair best = most_frequent(words);
      if (best.first < 0) return;
      const int merged = merge(best);
      for (Word& word : words) replace(word.tokens, best, merged);
    }
  }

  /// Two tokens that are there, whose union is not.
  void fill_up() {
    std::mt19937 random(7);
    while (vocabulary_.tokens.size() < size_) {
      std::uniform_int_distribution<std::size_t> any(0, vocabulary_.tokens.size() - 1);
      const Pair pair{static_cast<int>(any(random)), static_cast<int>(any(random))};
      const std::string joined = text(pair.first) + text(pair.second);
      if (joined.size() <= max_token_bytes && !known_.contains(joined)) merge(pair);
    }
  }

  ByteVocabulary take() { return std::move(vocabulary_); }

 private:
  void add(std::string token) {
    known_.insert(token);
    vocabulary_.tokens.push_back(std::move(token));
  }
  [[nodiscard]] const std::string& text(int token) const {
    return vocabulary_.tokens[static_cast<std::size_t>(token)];
  }

  int merge(Pair pair) {
    vocabulary_.merges.push_back(text(pair.first) + " " + text(pair.second));
    add(text(pair.first) + text(pair.second));
    return static_cast<int>(vocabulary_.tokens.size()) - 1;
  }

  [[nodiscard]] Pair most_frequent(const std::vector<Word>& words) const {
    std::unordered_map<Pair, std::size_t, PairHash> counts;
    for (const Word& word : words) {
      for (std::size_t i = 1; i < word.tokens.size(); ++i) {
        counts[{word.tokens[i - 1], word.tokens[i]}] += word.count;
      }
    }
    Pair best{-1, -1};
    std::size_t most = least_count - 1;
    for (const auto& [pair, count] : counts) {
      if (count < most || (count == most && (best.first < 0 || pair > best))) continue;
      if (known_.contains(text(pair.first) + text(pair.second))) continue;
      best = pair;
      most = count;
    }
    return best;
  }

  static void replace(std::vector<int>& tokens, Pair pair, int merged) {
    std::size_t to = 0;
    for (std::size_t from = 0; from < tokens.size(); ++from) {
      const bool here = from + 1 < tokens.size() && Pair(tokens[from], tokens[from + 1]) == pair;
      tokens[to++] = here ? merged : tokens[from];
      if (here) ++from;
    }
    tokens.resize(to);
  }

  std::size_t size_;
  ByteVocabulary vocabulary_;
  std::unordered_set<std::string> known_;
};

}  // namespace

ByteVocabulary make_byte_vocabulary(std::size_t size, std::string_view text) {
  Builder builder(size);
  builder.learn(text);
  builder.fill_up();
  return builder.take();
}

}  // namespace idi::bench
