#include "word_model.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <random>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "idi/gguf/gguf.hpp"

namespace idi::bench {
namespace {

constexpr std::uint32_t width = 32, feed_forward = 64, context = 2048;
// llama.cpp's numbers for kinds of tokens.
constexpr std::int64_t normal = 1, unknown = 2, control = 3, byte = 6;
constexpr const char* blank = "▁";

struct Vocabulary {
  std::vector<std::string> texts{"<unk>", "<s>", "</s>"};
  std::vector<double> scores{0, 0, 0};
  std::vector<std::int64_t> kinds{unknown, control, control};

  void add(const std::string& text, std::int64_t kind) {
    texts.push_back(text);
    scores.push_back(-static_cast<double>(texts.size()));
    kinds.push_back(kind);
  }
};

Vocabulary make_vocabulary(std::size_t tokens) {
  Vocabulary vocabulary;
  for (int value = 0; value < 256; ++value) vocabulary.add(fmt::format("<0x{:02X}>", value), byte);
  std::set<std::string> known;
  const auto add = [&](const std::string& text) {
    if (vocabulary.texts.size() < tokens && known.insert(text).second) vocabulary.add(text, normal);
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
  const Vocabulary vocabulary = make_vocabulary(static_cast<std::size_t>(tokens));
  gguf::Writer writer;
  writer.set("general.architecture", std::string("llama"));
  writer.set("general.name", fmt::format("words-{}", tokens));
  writer.set_uint32("llama.context_length", context);
  writer.set_uint32("llama.embedding_length", width);
  writer.set_uint32("llama.block_count", 1);
  writer.set_uint32("llama.feed_forward_length", feed_forward);
  writer.set_uint32("llama.attention.head_count", 1);
  writer.set_float32("llama.attention.layer_norm_rms_epsilon", 1e-5F);
  writer.set("tokenizer.ggml.model", std::string("llama"));
  writer.set("tokenizer.ggml.tokens", vocabulary.texts);
  writer.set("tokenizer.ggml.scores", vocabulary.scores);
  writer.set("tokenizer.ggml.token_type", vocabulary.kinds);
  writer.set_uint32("tokenizer.ggml.unknown_token_id", 0);
  writer.set_uint32("tokenizer.ggml.bos_token_id", 1);
  writer.set_uint32("tokenizer.ggml.eos_token_id", 2);

  std::uint32_t seed = 0;
  const auto add_matrix = [&](const std::string& name, std::uint64_t columns, std::uint64_t rows) {
    auto numbers = [random = std::mt19937(++seed)](std::uint64_t, std::span<float> out) mutable {
      std::normal_distribution<float> normal_numbers(0, 1 / std::sqrt(float{width}));
      for (float& number : out) number = normal_numbers(random);
    };
    writer.add_tensor(name, {columns, rows}, gguf::TensorType::f16, std::move(numbers));
  };
  const auto add_ones = [&](const std::string& name) {
    writer.add_tensor(name, {width}, gguf::TensorType::f32,
                      [](std::uint64_t, std::span<float> out) {
                        for (float& number : out) number = 1;
                      });
  };
  add_matrix("token_embd.weight", width, vocabulary.texts.size());
  add_ones("output_norm.weight");
  add_matrix("output.weight", width, vocabulary.texts.size());
  add_ones("blk.0.attn_norm.weight");
  for (const char* name : {"attn_q", "attn_k", "attn_v", "attn_output"}) {
    add_matrix(fmt::format("blk.0.{}.weight", name), width, width);
  }
  add_ones("blk.0.ffn_norm.weight");
  add_matrix("blk.0.ffn_gate.weight", width, feed_forward);
  add_matrix("blk.0.ffn_up.weight", width, feed_forward);
  add_matrix("blk.0.ffn_down.weight", feed_forward, width);
  return writer.write(path);
}

}  // namespace idi::bench
