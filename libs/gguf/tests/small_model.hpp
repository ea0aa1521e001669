// The header of a small language model, for the tests to spoil.
#pragma once

#include "idi/gguf/gguf.hpp"

namespace idi::gguf {

inline void set_small_model(Writer& writer) {
  writer.set("general.architecture", "llama");
  writer.set("general.name", "Tiny");
  writer.set("general.license", "apache-2.0");
  writer.set_uint32("llama.context_length", 2048);
  writer.set_uint32("llama.block_count", 2);
  writer.set_uint32("llama.embedding_length", 64);
  writer.set_uint32("llama.feed_forward_length", 128);
  writer.set_uint32("llama.attention.head_count", 4);
  writer.set_uint32("llama.attention.head_count_kv", 2);
  writer.set_float32("llama.attention.layer_norm_rms_epsilon", 1e-6F);
  writer.set("tokenizer.ggml.model", "llama");
  writer.set("tokenizer.ggml.tokens", std::vector<std::string>{"<unk>", "<s>", "</s>", "a"});
  const auto zeros = [](std::uint64_t, std::span<float>) {};
  writer.add_tensor("token_embd.weight", {64, 4}, TensorType::f16, zeros);
  writer.add_tensor("blk.0.ffn_up.weight", {64, 128}, TensorType::q8_0, zeros);
  writer.add_tensor("output_norm.weight", {64}, TensorType::f32, zeros);
}

}  // namespace idi::gguf
