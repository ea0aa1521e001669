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
constexpr std::uint32_t rank = 4;
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

gguf::Writer::Numbers random_numbers(std::uint32_t seed, float deviation) {
  return [random = std::mt19937(seed), deviation](std::uint64_t, std::span<float> numbers) mutable {
    std::normal_distribution<float> normal_numbers(0, deviation);
    for (float& number : numbers) number = normal_numbers(random);
  };
}

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

  std::uint32_t seed = 0;
  const auto add_matrix = [&](const std::string& name, std::uint64_t columns, std::uint64_t rows) {
    writer.add_tensor(name, {columns, rows}, gguf::TensorType::f32,
                      random_numbers(++seed, 1 / std::sqrt(float{width})));
  };
  const auto ones = [](std::uint64_t, std::span<float> numbers) {
    for (float& number : numbers) number = 1;
  };
  const std::uint64_t tokens = vocabulary.texts.size();
  const auto add_ones = [&](const std::string& name) {
    writer.add_tensor(name, {width}, gguf::TensorType::f32, ones);
  };
  add_matrix("token_embd.weight", width, tokens);
  add_ones("output_norm.weight");
  add_matrix("output.weight", width, tokens);
  for (std::uint32_t layer = 0; layer < layers; ++layer) {
    const std::string block = fmt::format("blk.{}.", layer);
    add_ones(block + "attn_norm.weight");
    for (const char* name : {"attn_q", "attn_k", "attn_v", "attn_output"}) {
      add_matrix(block + name + ".weight", width, width);
    }
    add_ones(block + "ffn_norm.weight");
    add_matrix(block + "ffn_gate.weight", width, feed_forward);
    add_matrix(block + "ffn_up.weight", width, feed_forward);
    add_matrix(block + "ffn_down.weight", feed_forward, width);
  }
  return writer.write(path);
}

Status write_tiny_adapter(const std::filesystem::path& path, std::uint32_t seed) {
  gguf::Writer writer;
  writer.set("general.type", std::string("adapter"));
  writer.set("general.architecture", std::string("llama"));
  writer.set("adapter.type", std::string("lora"));
  writer.set_float32("adapter.lora.alpha", float{rank});
  for (std::uint32_t layer = 0; layer < layers; ++layer) {
    const std::string matrix = fmt::format("blk.{}.attn_v.weight.", layer);
    const auto f32 = gguf::TensorType::f32;
    writer.add_tensor(matrix + "lora_a", {width, rank}, f32, random_numbers(seed + layer, 1));
    writer.add_tensor(matrix + "lora_b", {rank, width}, f32, random_numbers(~(seed + layer), 1));
  }
  return writer.write(path);
}

}  // namespace idi::llama_runtime::testing
