// What a header says of its model, and how much memory that is taken to need.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "idi/gguf/gguf.hpp"
#include "scratch_folder.hpp"
#include "small_model.hpp"

namespace idi::gguf {
namespace {

using testing::HasSubstr;

Header header_of(const Writer& writer) {
  const ScratchFolder folder;
  EXPECT_TRUE(writer.write(folder.path() / "a.gguf"));
  auto header = read_header(folder.path() / "a.gguf");
  EXPECT_TRUE(header) << header.error().to_text();
  return std::move(*header);
}

TEST(FactsOf, AModelsOwnWords) {
  Writer writer;
  set_small_model(writer);
  writer.set("tokenizer.chat_template", "{{ messages }}");
  const auto facts = facts_of(header_of(writer));
  ASSERT_TRUE(facts) << facts.error().to_text();
  EXPECT_EQ(facts->architecture, "llama");
  EXPECT_EQ(facts->name, "Tiny");
  EXPECT_EQ(facts->licence, "apache-2.0");
  EXPECT_EQ(facts->quantization, "Q8_0");
  EXPECT_EQ(facts->parameters, 64 * 4 + 64 * 128 + 64U);
  EXPECT_EQ(facts->context_length, 2048U);
  EXPECT_EQ(facts->layers, 2U);
  EXPECT_EQ(facts->embedding_length, 64U);
  EXPECT_EQ(facts->heads, 4U);
  EXPECT_EQ(facts->kv_heads, 2U);
  EXPECT_EQ(facts->vocabulary, 4U);
  EXPECT_TRUE(facts->has_chat_template);
  EXPECT_TRUE(facts->generates_text);
  EXPECT_FALSE(facts->is_adapter);
}

TEST(FactsOf, WhatIsMissingIsNamed) {
  Writer writer;
  writer.set("general.name", "nothing else");
  const auto facts = facts_of(header_of(writer));
  ASSERT_FALSE(facts);
  EXPECT_EQ(facts.error().code, ErrorCode::unreadable);
  EXPECT_THAT(facts.error().message, HasSubstr("general.architecture"));

  Writer picture;
  picture.set("general.architecture", "clip");
  picture.set_uint32("clip.vision.block_count", 24);
  const auto of_picture = facts_of(header_of(picture));
  ASSERT_FALSE(of_picture);
  EXPECT_THAT(of_picture.error().message, HasSubstr("clip.context_length"));
}

TEST(FactsOf, AnEmbedderAndAnEncoderDecoderGenerateNothing) {
  Writer embedder;
  set_small_model(embedder);
  embedder.set_uint32("llama.pooling_type", 3);
  EXPECT_FALSE(facts_of(header_of(embedder))->generates_text);
  Writer bert;
  set_small_model(bert);
  bert.set("llama.attention.causal", false);
  EXPECT_FALSE(facts_of(header_of(bert))->generates_text);
  Writer t5;
  set_small_model(t5);
  t5.add_tensor("enc.output_norm.weight", {64}, TensorType::f32,
                [](std::uint64_t, std::span<float>) {});
  EXPECT_FALSE(facts_of(header_of(t5))->generates_text);
}

TEST(FactsOf, AnAdapterNeedsNoShape) {
  Writer writer;
  writer.set("general.architecture", "qwen2");
  writer.set("general.type", "adapter");
  const auto facts = facts_of(header_of(writer));
  ASSERT_TRUE(facts) << facts.error().to_text();
  EXPECT_TRUE(facts->is_adapter);
  EXPECT_FALSE(facts->generates_text);
}

TEST(FactsOf, HeadsPerLayerCountAsTheMost) {
  Writer writer;
  writer.set("general.architecture", "x");
  writer.set_uint32("x.context_length", 1);
  writer.set_uint32("x.block_count", 1);
  writer.set_uint32("x.embedding_length", 1);
  writer.set("x.attention.head_count_kv", std::vector<std::int64_t>{0, 8, 2});
  EXPECT_EQ(facts_of(header_of(writer))->kv_heads, 8U);
}

TEST(MemoryNeeded, GrowsByTheCacheOfEveryTokenAndSlot) {
  Writer writer;
  set_small_model(writer);
  const Header header = header_of(writer);
  const ModelFacts facts = *facts_of(header);
  const std::uint64_t weights = header.file_bytes - header.data_begin;
  const std::uint64_t one = memory_needed(header, facts, 1024, 1);
  EXPECT_GT(one, weights);
  // Keys and values of two layers, two heads of 16 numbers at two bytes.
  EXPECT_EQ(memory_needed(header, facts, 1024, 3) - one, 2 * 2 * 2 * 16 * 2 * 1024U * 2);
}

TEST(MemoryNeeded, AHostileHeaderDoesNotWrapAround) {
  Writer writer;
  set_small_model(writer);
  const Header header = header_of(writer);
  ModelFacts facts = *facts_of(header);
  facts.layers = facts.kv_heads = facts.embedding_length = std::uint64_t{1} << 62;
  EXPECT_EQ(memory_needed(header, facts, 8192, 2), 1'000'000'000'000'000'000U);
}

}  // namespace
}  // namespace idi::gguf
