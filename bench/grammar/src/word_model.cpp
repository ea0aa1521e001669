#include "word_model.hpp"

#include <fmt/format.h>

#include <array>
#include <random>
#include <set>
#include <string>

#include "idi/gguf/testing/random_llama.hpp"

namespace idi::bench {
namespace {

using gguf::testing::Vocabulary;

constexpr const char* blank = "▁";

Vocabulary make_vocabulary(std::size_t tokens) {
  Vocabulary vocabulary;
  std::set<std::string> known;
  const auto add = [&](const std::string& text) {
    if (vocabulary.texts.size() < tokens && known.insert(text).second) vocabulary.add(text);
  };
  add(blank);
  for (char c = 33; c < 127; ++c) {
    add(std::string(1, c));
    add(blank + std::string(1, c));
  }
  for (const char* word : {"SELECT", "FROM", "WHERE", "GROUP", "ORDER", "BY", "JOIN", "ON", "AND",
                           "COUNT", "DISTINCT", "LIMIT", "(*)", "name", "id", "amount"}) {
    add(word);
    add(std::string(blank) + word);
  }
  static constexpr std::array syllables = {
      "a",  "ta",  "in", "re",  "con", "de",  "st", "er", "on", "al",   "ing", "o",  "ma", "pro",
      "le", "com", "un", "ist", "en",  "ver", "li", "s",  "ed", "tion", "or",  "is", "cu"};
  std::mt19937 random(1);
  while (vocabulary.texts.size() < tokens) {
    std::string word;
    for (std::size_t parts = 1 + random() % 4; parts > 0; --parts) {
      word += syllables[random() % syllables.size()];
    }
    switch (random() % 8) {
      case 0:
        word = std::to_string(random() % 100'000);
        break;
      case 1:
        word[0] = static_cast<char>(word[0] - 'a' + 'A');
        break;
      case 2:
        word += "_";
        break;
      default:
        break;
    }
    add(random() % 2 == 0 ? blank + word : word);
  }
  return vocabulary;
}

}  // namespace

Status write_word_model(const std::filesystem::path& path, int tokens) {
  gguf::testing::LlamaShape shape;
  shape.name = fmt::format("words-{}", tokens);
  shape.width = 32;
  shape.heads = 1;
  shape.layers = 1;
  shape.feed_forward = 64;
  shape.context = 2048;
  shape.type = gguf::TensorType::f16;
  return write_random_llama(path, shape, make_vocabulary(static_cast<std::size_t>(tokens)));
}

}  // namespace idi::bench
