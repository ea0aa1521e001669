#include "model_shape.hpp"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "byte_vocabulary.hpp"
#include "idi/core/assert.hpp"

namespace idi::bench {
namespace {

using gguf::TensorType;

// llama.cpp's numbers for kinds of tokens.
constexpr std::int64_t normal_token = 1, control_token = 3, unused_token = 5;
/// Qwen's control tokens, in their order; the ids behind them are unused.
constexpr const char* control_tokens[] = {"<|endoftext|>", "<|im_start|>", "<|im_end|>"};
constexpr std::uint32_t spare_tokens = 293;  // 151 936 - 151 643

constexpr const char* chat_template =
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + "
    "message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}"
    "{{ '<|im_start|>assistant\\n' }}{% endif %}";

/// Evenly spread numbers with the given deviation; a generator of a few instructions, because a
/// billion of them are drawn.
gguf::Writer::Numbers random_numbers(std::uint64_t seed, float deviation) {
  const float range = deviation * std::sqrt(12.0F);
  return [state = seed * 2 + 1, range](std::uint64_t, std::span<float> numbers) mutable {
    for (float& number : numbers) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      number = (static_cast<float>(state >> 40) / static_cast<float>(1 << 24) - 0.5F) * range;
    }
  };
}

gguf::Writer::Numbers all(float value) {
  return [value](std::uint64_t, std::span<float> numbers) {
    for (float& number : numbers) number = value;
  };
}

void set_tokenizer(gguf::Writer& writer, const ModelShape& shape, std::string_view text) {
  IDI_ASSERT(shape.vocabulary >= 256 + spare_tokens);
  ByteVocabulary vocabulary = make_byte_vocabulary(shape.vocabulary - spare_tokens, text);
  std::vector<std::int64_t> kinds(vocabulary.tokens.size(), normal_token);
  const auto first_control = static_cast<std::uint32_t>(kinds.size());
  for (const char* token : control_tokens) {
    vocabulary.tokens.emplace_back(token);
    kinds.push_back(control_token);
  }
  while (vocabulary.tokens.size() < shape.vocabulary) {
    vocabulary.tokens.push_back(fmt::format("[PAD{}]", vocabulary.tokens.size()));
    kinds.push_back(unused_token);
  }
  writer.set("tokenizer.ggml.model", "gpt2");
  writer.set("tokenizer.ggml.pre", "qwen2");
  writer.set("tokenizer.ggml.tokens", std::move(vocabulary.tokens));
  writer.set("tokenizer.ggml.token_type", std::move(kinds));
  writer.set("tokenizer.ggml.merges", std::move(vocabulary.merges));
  writer.set_uint32("tokenizer.ggml.bos_token_id", first_control);
  writer.set_uint32("tokenizer.ggml.eos_token_id", first_control + 2);
  writer.set_uint32("tokenizer.ggml.padding_token_id", first_control);
  writer.set("tokenizer.ggml.add_bos_token", false);
  writer.set("tokenizer.chat_template", chat_template);
}

void set_shape(gguf::Writer& writer, const ModelShape& shape, TensorType type) {
  // llama.cpp's numbers for kinds of files: mostly F16, mostly Q8_0.
  constexpr std::uint32_t f16_file = 1, q8_file = 7;
  writer.set("general.architecture", "qwen2");
  writer.set("general.type", "model");
  writer.set("general.name", shape.name);
  writer.set_uint32("general.file_type", type == TensorType::q8_0 ? q8_file : f16_file);
  writer.set_uint32("general.quantization_version", 2);
  writer.set_uint32("qwen2.block_count", shape.layers);
  writer.set_uint32("qwen2.context_length", shape.context);
  writer.set_uint32("qwen2.embedding_length", shape.width);
  writer.set_uint32("qwen2.feed_forward_length", shape.feed_forward);
  writer.set_uint32("qwen2.attention.head_count", shape.heads);
  writer.set_uint32("qwen2.attention.head_count_kv", shape.kv_heads);
  writer.set_float32("qwen2.rope.freq_base", shape.rope_base);
  writer.set_float32("qwen2.attention.layer_norm_rms_epsilon", shape.epsilon);
}

struct Matrix {
  std::string name;
  std::uint64_t columns, rows;
};

/// Of one layer; the embedding is apart.
std::vector<Matrix> matrices_of(const ModelShape& shape, std::uint32_t layer) {
  const std::uint64_t width = shape.width, inner = shape.feed_forward;
  const std::uint64_t kv_width = width / shape.heads * shape.kv_heads;
  const std::string block = fmt::format("blk.{}.", layer);
  return {{block + "attn_q", width, width},    {block + "attn_k", width, kv_width},
          {block + "attn_v", width, kv_width}, {block + "attn_output", width, width},
          {block + "ffn_gate", width, inner},  {block + "ffn_up", width, inner},
          {block + "ffn_down", inner, width}};
}

bool has_bias(const std::string& name) {
  return name.ends_with("attn_q") || name.ends_with("attn_k") || name.ends_with("attn_v");
}

}  // namespace

ModelShape qwen_coder_1_5b() {
  return {"shape of Qwen2.5-Coder-1.5B", 28, 1536, 12, 2, 8960, 151'936};
}

ModelShape small_shape() { return {"small shape", 2, 256, 4, 2, 512, 16'384}; }

Status write_model(const ModelShape& shape, TensorType type, std::string_view text,
                   const std::filesystem::path& path) {
  gguf::Writer writer;
  set_shape(writer, shape, type);
  set_tokenizer(writer, shape, text);
  std::uint64_t seed = 0;
  const auto add_matrix = [&](const Matrix& matrix) {
    const float deviation = 1 / std::sqrt(static_cast<float>(matrix.columns));
    writer.add_tensor(matrix.name + ".weight", {matrix.columns, matrix.rows}, type,
                      random_numbers(++seed, deviation));
  };
  const auto add_norm = [&](const std::string& name) {
    writer.add_tensor(name, {shape.width}, TensorType::f32, all(1));
  };
  add_matrix({"token_embd", shape.width, shape.vocabulary});
  add_norm("output_norm.weight");
  for (std::uint32_t layer = 0; layer < shape.layers; ++layer) {
    add_norm(fmt::format("blk.{}.attn_norm.weight", layer));
    add_norm(fmt::format("blk.{}.ffn_norm.weight", layer));
    for (const Matrix& matrix : matrices_of(shape, layer)) {
      add_matrix(matrix);
      if (has_bias(matrix.name)) {
        writer.add_tensor(matrix.name + ".bias", {matrix.rows}, TensorType::f32, all(0));
      }
    }
  }
  return writer.write(path);
}

std::uint64_t bytes_of(const ModelShape& shape, TensorType type) {
  std::uint64_t numbers = std::uint64_t{shape.width} * shape.vocabulary;
  for (const Matrix& matrix : matrices_of(shape, 0)) {
    numbers += matrix.columns * matrix.rows * shape.layers;
  }
  constexpr std::uint64_t q8_block_bytes = 34, q8_block = 32;
  return type == TensorType::q8_0 ? numbers / q8_block * q8_block_bytes : numbers * 2;
}

}  // namespace idi::bench
