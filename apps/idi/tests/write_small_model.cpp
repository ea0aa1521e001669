// Writes a file with the header of a language model and few numbers, for the tests of `idi model`:
// write_small_model FILE ARCHITECTURE LAYERS WIDTH
#include <cstdio>
#include <cstdlib>

#include "idi/gguf/gguf.hpp"

int main(int argc, char** argv) {
  using namespace idi::gguf;
  if (argc != 5) return 2;
  const std::string architecture = argv[2];
  const auto layers = static_cast<std::uint32_t>(std::strtoul(argv[3], nullptr, 10));
  const auto width = static_cast<std::uint32_t>(std::strtoul(argv[4], nullptr, 10));
  Writer writer;
  writer.set("general.architecture", architecture);
  writer.set("general.license", "apache-2.0");
  writer.set_uint32(architecture + ".context_length", 32768);
  writer.set_uint32(architecture + ".block_count", layers);
  writer.set_uint32(architecture + ".embedding_length", width);
  writer.set_uint32(architecture + ".attention.head_count", 1);
  writer.set("tokenizer.ggml.tokens", std::vector<std::string>{"a", "b"});
  writer.add_tensor("token_embd.weight", {1000, 500}, TensorType::f32,
                    [](std::uint64_t first, std::span<float> numbers) {
                      for (float& number : numbers) number = static_cast<float>(first++ % 97);
                    });
  const auto written = writer.write(argv[1]);
  if (!written) std::fputs((written.error().to_text() + "\n").c_str(), stderr);
  return written ? 0 : 1;
}
