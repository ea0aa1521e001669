// A model of a given shape with random numbers: everything that costs time and memory is as in the
// real one, what it writes makes no sense. Architecture qwen2 (biases on queries, keys and values;
// the embedding is the output matrix too).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "idi/core/result.hpp"
#include "idi/gguf/gguf.hpp"

namespace idi::bench {

struct ModelShape {
  std::string name;
  std::uint32_t layers = 0, width = 0, heads = 0, kv_heads = 0, feed_forward = 0;
  std::uint32_t vocabulary = 0;
  std::uint32_t context = 32'768;
  float rope_base = 1e6F, epsilon = 1e-6F;
};

/// Those of the models' config.json.
[[nodiscard]] ModelShape qwen_coder_1_5b();
/// Loads in a moment: for tests, and to measure what lies around a model.
[[nodiscard]] ModelShape small_shape();

/// `text`: what its vocabulary is learnt from. Errors: io_failed.
[[nodiscard]] Status write_model(const ModelShape& shape, gguf::TensorType type,
                                 std::string_view text, const std::filesystem::path& path);
/// Bytes of the file without its header.
[[nodiscard]] std::uint64_t bytes_of(const ModelShape& shape, gguf::TensorType type);

}  // namespace idi::bench
