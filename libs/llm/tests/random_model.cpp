#include "random_model.hpp"

#include "idi/gguf/testing/random_llama.hpp"

namespace idi::llm::testing {
namespace {

constexpr std::uint32_t width = 256, layers = 6;
constexpr const char* chat_template =
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}</s>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}";

}  // namespace

Status write_random_model(const std::filesystem::path& path) {
  gguf::testing::Vocabulary vocabulary;
  for (const char* word : {"▁", "▁a", "▁s", "▁sh", "▁shi", "▁ship", "in", "er", "an"}) {
    vocabulary.add(word);
  }
  for (char letter = '!'; letter <= '~'; ++letter) vocabulary.add(std::string(1, letter));
  gguf::testing::LlamaShape shape;
  shape.name = "random";
  shape.width = width;
  shape.heads = 4;
  shape.layers = layers;
  shape.feed_forward = 512;
  shape.context = 2048;
  shape.deviation = 1.5F;
  shape.chat_template = chat_template;
  return gguf::testing::write_random_llama(path, shape, vocabulary);
}

Status write_random_adapter(const std::filesystem::path& path, std::uint32_t seed) {
  gguf::testing::AdapterShape shape;
  shape.width = width;
  shape.layers = layers;
  shape.matrices = {"attn_k", "attn_v"};
  shape.alpha = 8;
  shape.deviation = 0.1F;
  return gguf::testing::write_random_adapter(path, shape, seed);
}

}  // namespace idi::llm::testing
