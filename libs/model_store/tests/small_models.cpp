#include "small_models.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "idi/gguf/gguf.hpp"

namespace idi::model_store::testing {
namespace {

namespace fs = std::filesystem;

void count_up(std::uint64_t first, std::span<float> numbers) {
  for (float& number : numbers) number = static_cast<float>(first++ % 1000) / 1000;
}

gguf::Writer model_writer(std::uint64_t numbers) {
  gguf::Writer writer;
  writer.set("general.architecture", "llama");
  writer.set("general.license", "apache-2.0");
  writer.set_uint32("llama.context_length", 512);
  writer.set_uint32("llama.block_count", 2);
  writer.set_uint32("llama.embedding_length", 64);
  writer.set_uint32("llama.attention.head_count", 4);
  writer.set("tokenizer.ggml.tokens", std::vector<std::string>{"<s>", "a"});
  writer.add_tensor("token_embd.weight", {64, numbers / 64}, gguf::TensorType::f32, count_up);
  writer.add_tensor("blk.0.attn_q.weight", {64, 64}, gguf::TensorType::f16, count_up);
  return writer;
}

std::string bytes_of(const gguf::Writer& writer) {
  const ScratchFolder folder;
  EXPECT_TRUE(writer.write(folder.path() / "a.gguf"));
  return content_of(folder.path() / "a.gguf");
}

}  // namespace

ScratchFolder::ScratchFolder() {
  std::string name = (fs::temp_directory_path() / "idi-store-XXXXXX").string();
  path_ = ::mkdtemp(name.data());
}

ScratchFolder::~ScratchFolder() { fs::remove_all(path_); }

fs::path ScratchFolder::file(const std::string& name, const std::string& content) const {
  std::ofstream(path_ / name, std::ios::binary) << content;
  return path_ / name;
}

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string small_model(std::uint64_t numbers) { return bytes_of(model_writer(numbers)); }

std::string small_embedder() {
  gguf::Writer writer = model_writer(1024);
  writer.set_uint32("llama.pooling_type", 1);
  return bytes_of(writer);
}

std::string part_of_split_model() {
  gguf::Writer writer = model_writer(1024);
  writer.set("split.count", std::uint64_t{2}, gguf::ValueType::uint16);
  return bytes_of(writer);
}

std::string small_adapter(const std::string& architecture, std::uint64_t inputs) {
  gguf::Writer writer;
  writer.set("general.architecture", architecture);
  writer.set("general.type", "adapter");
  writer.set("adapter.type", "lora");
  writer.set_float32("adapter.lora.alpha", 16);
  writer.add_tensor("blk.0.attn_q.weight.lora_a", {inputs, 8}, gguf::TensorType::f32, count_up);
  writer.add_tensor("blk.0.attn_q.weight.lora_b", {8, 64}, gguf::TensorType::f32, count_up);
  return bytes_of(writer);
}

}  // namespace idi::model_store::testing
