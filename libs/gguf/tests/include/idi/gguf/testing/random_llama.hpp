// Language models of random numbers, for tests and benchmarks with the real llama-server: what they
// say makes no sense, but the same again with the same numbers. Architecture llama.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/gguf/gguf.hpp"

namespace idi::gguf::testing {

/// SentencePiece's kind: three special tokens and every byte, then whatever is added.
struct Vocabulary {
  std::vector<std::string> texts;
  std::vector<double> scores;
  std::vector<std::int64_t> kinds;

  Vocabulary();
  void add(std::string text);
};

struct LlamaShape {
  std::string name;
  std::uint32_t width = 64, heads = 2, layers = 2, feed_forward = 128, context = 512;
  TensorType type = TensorType::f32;
  float deviation = 1;        ///< Of the matrices' numbers, times 1/√width.
  std::string chat_template;  ///< Empty: none.
};
[[nodiscard]] Status write_random_llama(const std::filesystem::path& path, const LlamaShape& shape,
                                        const Vocabulary& vocabulary);

/// A LoRA adapter of some square matrices of every layer.
struct AdapterShape {
  std::uint32_t width = 64, layers = 2, rank = 4;
  std::vector<std::string> matrices{"attn_v"};
  float alpha = 4;
  float deviation = 1;
};
/// `seed`: another adapter.
[[nodiscard]] Status write_random_adapter(const std::filesystem::path& path,
                                          const AdapterShape& shape, std::uint32_t seed);

}  // namespace idi::gguf::testing
