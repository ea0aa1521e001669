#include "random_model.hpp"

#include <fmt/format.h>

#include <cmath>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "idi/gguf/gguf.hpp"

namespace idi::llm::testing {
namespace {

constexpr std::uint32_t width = 256, heads = 4, layers = 6, feed_forward = 512, context = 2048;
constexpr std::uint32_t rank = 4;
// llama.cpp's numbers for kinds of tokens.
constexpr std::int64_t normal = 1, unknown = 2, control = 3, byte = 6;
constexpr const char* chat_template =
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}</s>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}";

/// Three special tokens, every byte, and a few words.
struct Vocabulary {
  std::vector<std::string> texts{"<unk>", "<s>", "</s>"};
  std::vector<double> scores{0, 0, 0};
  std::vector<std::int64_t> kinds{unknown, control, control};

  Vocabulary() {
    for (int value = 0; value < 256; ++value) add(fmt::format("<0x{:02X}>", value), byte);
    for (const char* word : {"▁", "▁a", "▁s", "▁sh", "▁shi", "▁ship", "in", "er", "an"}) {
      add(word, normal);
    }
    for (char letter = '!'; letter <= '~'; ++letter) add(std::string(1, letter), normal);
  }
  void add(std::string text, std::int64_t kind) {
    texts.push_back(std::move(text));
    scores.push_back(-static_cast<double>(texts.size()));
    kinds.push_back(kind);
  }
};

/// Numbers of a normal distribution; the same again for the same seed.
gguf::Writer::Numbers numbers_of(std::uint32_t seed, float deviation) {
  return [seed, deviation](std::uint64_t first, std::span<float> numbers) {
    std::mt19937 random(seed + static_cast<std::uint32_t>(first));
    std::normal_distribution<float> normal_numbers(0, deviation);
    for (float& number : numbers) number = normal_numbers(random);
  };
}

void ones(std::uint64_t, std::span<float> numbers) {
  for (float& number : numbers) number = 1;
}

}  // namespace

Status write_random_model(const std::filesystem::path& path) {
  const Vocabulary vocabulary;
  gguf::Writer writer;
  writer.set("general.architecture", std::string("llama"));
  writer.set("general.name", std::string("random"));
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
  writer.set("tokenizer.chat_template", std::string(chat_template));

  const auto f32 = gguf::TensorType::f32;
  const float deviation = 1 / std::sqrt(float{width});
  std::uint32_t seed = 1;
  const auto matrix = [&](const std::string& name, std::uint64_t from, std::uint64_t to) {
    writer.add_tensor(name, {from, to}, f32, numbers_of(seed++ << 20U, 1.5F * deviation));
  };
  matrix("token_embd.weight", width, vocabulary.texts.size());
  matrix("output.weight", width, vocabulary.texts.size());
  writer.add_tensor("output_norm.weight", {width}, f32, ones);
  for (std::uint32_t layer = 0; layer < layers; ++layer) {
    const std::string block = fmt::format("blk.{}.", layer);
    writer.add_tensor(block + "attn_norm.weight", {width}, f32, ones);
    writer.add_tensor(block + "ffn_norm.weight", {width}, f32, ones);
    for (const char* name : {"attn_q", "attn_k", "attn_v", "attn_output"}) {
      matrix(block + name + ".weight", width, width);
    }
    matrix(block + "ffn_gate.weight", width, feed_forward);
    matrix(block + "ffn_up.weight", width, feed_forward);
    matrix(block + "ffn_down.weight", feed_forward, width);
  }
  return writer.write(path);
}

Status write_random_adapter(const std::filesystem::path& path, std::uint32_t seed) {
  gguf::Writer writer;
  writer.set("general.type", std::string("adapter"));
  writer.set("general.architecture", std::string("llama"));
  writer.set("adapter.type", std::string("lora"));
  writer.set_float32("adapter.lora.alpha", 2 * rank);
  std::uint32_t next = seed * 1'000;
  for (std::uint32_t layer = 0; layer < layers; ++layer) {
    for (const char* name : {"attn_k", "attn_v"}) {
      const std::string weight = fmt::format("blk.{}.{}.weight", layer, name);
      writer.add_tensor(weight + ".lora_a", {width, rank}, gguf::TensorType::f32,
                        numbers_of(next++ << 12U, 0.1F));
      writer.add_tensor(weight + ".lora_b", {rank, width}, gguf::TensorType::f32,
                        numbers_of(next++ << 12U, 0.1F));
    }
  }
  return writer.write(path);
}

}  // namespace idi::llm::testing
