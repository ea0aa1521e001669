#include "idi/gguf/testing/random_llama.hpp"

#include <fmt/format.h>

#include <cmath>
#include <random>
#include <span>

namespace idi::gguf::testing {
namespace {

// llama.cpp's numbers for kinds of tokens.
constexpr std::int64_t normal = 1, unknown = 2, control = 3, byte = 6;

void add_as(Vocabulary& vocabulary, std::string text, std::int64_t kind) {
  vocabulary.texts.push_back(std::move(text));
  vocabulary.scores.push_back(-static_cast<double>(vocabulary.texts.size()));
  vocabulary.kinds.push_back(kind);
}

/// Of a normal distribution; a tensor is asked for in parts, each has its own beginning.
Writer::Numbers random_numbers(std::uint32_t seed, float deviation) {
  return [seed, deviation](std::uint64_t first, std::span<float> numbers) {
    std::mt19937 random(seed + static_cast<std::uint32_t>(first));
    std::normal_distribution<float> normal_numbers(0, deviation);
    for (float& number : numbers) number = normal_numbers(random);
  };
}

void ones(std::uint64_t, std::span<float> numbers) {
  for (float& number : numbers) number = 1;
}

void set_facts(Writer& writer, const LlamaShape& shape, const Vocabulary& vocabulary) {
  writer.set("general.architecture", std::string("llama"));
  writer.set("general.name", shape.name);
  writer.set_uint32("llama.context_length", shape.context);
  writer.set_uint32("llama.embedding_length", shape.width);
  writer.set_uint32("llama.block_count", shape.layers);
  writer.set_uint32("llama.feed_forward_length", shape.feed_forward);
  writer.set_uint32("llama.attention.head_count", shape.heads);
  writer.set_float32("llama.attention.layer_norm_rms_epsilon", 1e-5F);
  writer.set("tokenizer.ggml.model", std::string("llama"));
  writer.set("tokenizer.ggml.tokens", vocabulary.texts);
  writer.set("tokenizer.ggml.scores", vocabulary.scores);
  writer.set("tokenizer.ggml.token_type", vocabulary.kinds);
  writer.set_uint32("tokenizer.ggml.unknown_token_id", 0);
  writer.set_uint32("tokenizer.ggml.bos_token_id", 1);
  writer.set_uint32("tokenizer.ggml.eos_token_id", 2);
  if (!shape.chat_template.empty()) writer.set("tokenizer.chat_template", shape.chat_template);
}

}  // namespace

Vocabulary::Vocabulary() : texts{"<unk>", "<s>", "</s>"}, scores{0, 0, 0} {
  kinds = {unknown, control, control};
  for (int value = 0; value < 256; ++value) add_as(*this, fmt::format("<0x{:02X}>", value), byte);
}

void Vocabulary::add(std::string text) { add_as(*this, std::move(text), normal); }

Status write_random_llama(const std::filesystem::path& path, const LlamaShape& shape,
                          const Vocabulary& vocabulary) {
  Writer writer;
  set_facts(writer, shape, vocabulary);
  const float deviation = shape.deviation / std::sqrt(static_cast<float>(shape.width));
  std::uint32_t seed = 0;
  const auto matrix = [&](const std::string& name, std::uint64_t from, std::uint64_t to) {
    writer.add_tensor(name, {from, to}, shape.type, random_numbers(++seed << 20U, deviation));
  };
  const auto norm = [&](const std::string& name) {
    writer.add_tensor(name, {shape.width}, TensorType::f32, ones);
  };
  matrix("token_embd.weight", shape.width, vocabulary.texts.size());
  matrix("output.weight", shape.width, vocabulary.texts.size());
  norm("output_norm.weight");
  for (std::uint32_t layer = 0; layer < shape.layers; ++layer) {
    const std::string block = fmt::format("blk.{}.", layer);
    norm(block + "attn_norm.weight");
    norm(block + "ffn_norm.weight");
    for (const char* name : {"attn_q", "attn_k", "attn_v", "attn_output"}) {
      matrix(block + name + ".weight", shape.width, shape.width);
    }
    matrix(block + "ffn_gate.weight", shape.width, shape.feed_forward);
    matrix(block + "ffn_up.weight", shape.width, shape.feed_forward);
    matrix(block + "ffn_down.weight", shape.feed_forward, shape.width);
  }
  return writer.write(path);
}

Status write_random_adapter(const std::filesystem::path& path, const AdapterShape& shape,
                            std::uint32_t seed) {
  Writer writer;
  writer.set("general.type", std::string("adapter"));
  writer.set("general.architecture", std::string("llama"));
  writer.set("adapter.type", std::string("lora"));
  writer.set_float32("adapter.lora.alpha", shape.alpha);
  std::uint32_t next = seed * 1'000;
  const auto half = [&](std::string name, std::vector<std::uint64_t> size) {
    writer.add_tensor(std::move(name), std::move(size), TensorType::f32,
                      random_numbers(next++ << 12U, shape.deviation));
  };
  for (std::uint32_t layer = 0; layer < shape.layers; ++layer) {
    for (const auto& matrix : shape.matrices) {
      const std::string weight = fmt::format("blk.{}.{}.weight", layer, matrix);
      half(weight + ".lora_a", {shape.width, shape.rank});
      half(weight + ".lora_b", {shape.rank, shape.width});
    }
  }
  return writer.write(path);
}

}  // namespace idi::gguf::testing
