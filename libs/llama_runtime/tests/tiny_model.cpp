#include "idi/llama_runtime/testing/tiny_model.hpp"

#include "idi/gguf/testing/random_llama.hpp"

namespace idi::llama_runtime::testing {

Status write_tiny_model(const std::filesystem::path& path) {
  gguf::testing::Vocabulary vocabulary;
  for (const char* word : {"▁", "▁a", "▁select", "▁from", "▁where"}) vocabulary.add(word);
  gguf::testing::LlamaShape shape;
  shape.name = "tiny";
  return gguf::testing::write_random_llama(path, shape, vocabulary);
}

Status write_tiny_adapter(const std::filesystem::path& path, std::uint32_t seed) {
  return gguf::testing::write_random_adapter(path, {}, seed);
}

}  // namespace idi::llama_runtime::testing
