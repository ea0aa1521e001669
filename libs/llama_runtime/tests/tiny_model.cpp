#include "idi/llama_runtime/testing/tiny_model.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "idi/gguf/gguf.hpp"

namespace idi::llama_runtime::testing {
namespace {

constexpr std::uint32_t width = 64, heads = 2, layers = 2, feed_forward = 128, context = 512;
// llama.cpp's numbers for kinds of tokens.
constexpr std::int64_t normal = 1, unknown = 2, control = 3, byte = 6;

/// Three special tokens, every byte, and a few words.
struct Vocabulary {
  std::vector<std::string> texts{"<unk>", "<s>", "</s>"};
  std::vector<double> scores{0, 0, 0};
  std::vector<std::int64_t> kinds{unknown, control, control};

  Vocabulary() {
    for (int value = 0; value < 256; ++value) add(fmt::format("<0x{:02X}>", value), byte);
    for (const char* word : {"▁", "▁a", "▁select", "▁from", "▁where"}) add(word, normal);
  }
  void add(std::string text, std::int64_t kind) {
    texts.push_back(std::move(text));
    scores.push_back(-static_cast<double>(texts.size()));
    kinds.push_back(kind);
  }
};

}  // namespace

Status write_tiny_model(const std::filesystem::path& path) {
  const Vocabulary vocabulary;
  gguf::Writer writer;
  writer.set("general.architecture", std::string("llama"));
  writer.set("general.name", std::string("tiny"));
  writer.set_uint32("llama.context_length", context);
  writer.set_uint32("llama.embedding_length", width);
  writer.set_uint32("llama.block_count", layers);
  writer.set_uint32("llama.feed_forward_length", feed_forward);
  writer.set_uint32("llama.attention.head_count", heads);
  writer.set_float32("llama.attention.layer_norm_rms_epsilon", 1e-5F);
  writer.set("tokenizer.ggml.model", std::string("llama"));
  writer.set("tokenizer.ggml.tokens", vocabulary.texts);
  writer.set("tokenizer.ggml.scores", vocabulary.scores);
  writer.set("tokenizer.ggml.token_type", vocabulary.kinds);
  writer.set_uint32("tokenizer.ggml.unknown_token_id", 0);
  writer.set_uint32("tokenizer.ggml.bos_token_id", 1);
  writer.set_uint32("tokenizer.ggml.eos_token_id", 2);

  std::mt19937 random(7);
  const auto matrix = [&random](std::uint64_t, std::span<float> numbers) {
    std::normal_distribution<float> normal_numbers(0, 1 / std::sqrt(float{width}));
    for (float& number : numbers) number = normal_numbers(random);
  };
  const auto ones = [](std::uint64_t, std::span<float> numbers) {
    for (float& number : numbers) number = 1;
  };
  const std::uint64_t tokens = vocabulary.texts.size();
  const auto f32 = gguf::TensorType::f32;
  writer.add_tensor("token_embd.weight", {width, tokens}, f32, matrix);
  writer.add_tensor("output_norm.weight", {width}, f32, ones);
  writer.add_tensor("output.weight", {width, tokens}, f32, matrix);
  for (std::uint32_t layer = 0; layer < layers; ++layer) {
    const std::string block = fmt::format("blk.{}.", layer);
    writer.add_tensor(block + "attn_norm.weight", {width}, f32, ones);
    for (const char* name : {"attn_q", "attn_k", "attn_v", "attn_output"}) {
      writer.add_tensor(block + name + ".weight", {width, width}, f32, matrix);
    }
    writer.add_tensor(block + "ffn_norm.weight", {width}, f32, ones);
    writer.add_tensor(block + "ffn_gate.weight", {width, feed_forward}, f32, matrix);
    writer.add_tensor(block + "ffn_up.weight", {width, feed_forward}, f32, matrix);
    writer.add_tensor(block + "ffn_down.weight", {feed_forward, width}, f32, matrix);
  }
  return writer.write(path);
}

}  // namespace idi::llama_runtime::testing
