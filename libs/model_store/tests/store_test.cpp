// Adding, choosing, verifying and removing models of this machine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "idi/model_store/model_store.hpp"
#include "small_models.hpp"

namespace idi::model_store {
namespace {

using ::testing::HasSubstr;
using testing::ScratchFolder;
using testing::small_adapter;
using testing::small_model;

class StoreTest : public ::testing::Test {
 protected:
  ScratchFolder folder;
  std::unique_ptr<ModelStore> store = std::move(*ModelStore::open(folder.path() / "models"));
};

TEST_F(StoreTest, BeginsEmpty) {
  EXPECT_TRUE(store->list()->empty());
  EXPECT_TRUE(store->unfinished()->empty());
  ASSERT_TRUE(store->chosen());
  EXPECT_FALSE(store->chosen()->has_value());
  EXPECT_EQ(store->find("x").error().code, ErrorCode::not_found);
  EXPECT_EQ(store->remove("x").error().code, ErrorCode::not_found);
  EXPECT_EQ(store->choose("x").error().code, ErrorCode::not_found);
  EXPECT_TRUE(store->choose_none());
}

TEST_F(StoreTest, AFileIsAddedWhereItLies) {
  const auto file = folder.file("mine.gguf", small_model());
  const auto added = store->add(file, "mine", {}, {});
  ASSERT_TRUE(added) << added.error().to_text();
  EXPECT_EQ(added->file, std::filesystem::canonical(file));
  EXPECT_EQ(added->licence, "apache-2.0");
  EXPECT_EQ(added->context_tokens, 512);
  EXPECT_EQ(added->sha256.size(), 64U);
  EXPECT_EQ(store->add(file, "mine", {}, {}).error().code, ErrorCode::conflict);
  EXPECT_EQ(store->add(file, "../mine", {}, {}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(store->add(file, "none", {}, {}).error().code, ErrorCode::invalid_argument);

  ASSERT_TRUE(store->choose("mine"));
  // Another process sees the same.
  const auto second = std::move(*ModelStore::open(folder.path() / "models"));
  ASSERT_TRUE(second->chosen());
  EXPECT_EQ((*second->chosen())->file, added->file);
  EXPECT_TRUE(store->verify("mine", {}, {}));

  ASSERT_TRUE(store->remove("mine"));
  EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_FALSE(second->chosen()->has_value());
  EXPECT_TRUE(std::filesystem::is_empty(folder.path() / "models"));
}

TEST_F(StoreTest, WhatCannotAnswerIsNotAdded) {
  const auto code_of = [this](const std::string& content) {
    const auto added = store->add(folder.file("x.gguf", content), "x", {}, {});
    return added ? std::string_view("added") : error_code_name(added.error().code);
  };
  EXPECT_EQ(code_of("<html>"), "unreadable");
  EXPECT_EQ(code_of(small_model().substr(0, 3000)), "unreadable");
  EXPECT_EQ(code_of(testing::small_embedder()), "not_supported");
  EXPECT_EQ(code_of(testing::part_of_split_model()), "not_supported");
  EXPECT_EQ(code_of(small_adapter()), "not_supported");
  EXPECT_EQ(store->add(folder.path() / "missing", "x", {}, {}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(store->list()->empty());
}

TEST_F(StoreTest, AFileThatChangedIsFound) {
  std::string content = small_model();
  const auto file = folder.file("mine.gguf", content);
  ASSERT_TRUE(store->add(file, "mine", {}, {}));
  content.back() = static_cast<char>(content.back() + 1);
  folder.file("mine.gguf", content);
  const auto changed = store->verify("mine", {}, {});
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, ErrorCode::unreadable);
  EXPECT_THAT(changed.error().detail, HasSubstr("sha256"));
  folder.file("mine.gguf", content + "x");
  EXPECT_THAT(store->verify("mine", {}, {}).error().message, HasSubstr("bytes, and had"));
  std::filesystem::remove(file);
  EXPECT_EQ(store->verify("mine", {}, {}).error().code, ErrorCode::not_found);
  EXPECT_EQ(store->choose("mine").error().code, ErrorCode::not_found);
}

TEST_F(StoreTest, VerifyingCanBeStopped) {
  ASSERT_TRUE(store->add(folder.file("mine.gguf", small_model()), "mine", {}, {}));
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(store->verify("mine", {}, source.get_token()).error().code, ErrorCode::cancelled);
}

TEST_F(StoreTest, AnAdapterBelongsToItsModel) {
  ASSERT_TRUE(store->add(folder.file("mine.gguf", small_model()), "mine", {}, {}));
  const auto adapter = folder.file("lora.gguf", small_adapter());
  const auto with = store->add_adapter("mine", "sql_generator", adapter, {}, {});
  ASSERT_TRUE(with) << with.error().to_text();
  ASSERT_EQ(with->adapters.size(), 1U);
  EXPECT_EQ(with->adapters[0].file, std::filesystem::canonical(adapter));
  // One for each role.
  ASSERT_TRUE(store->add_adapter("mine", "sql_generator", adapter, {}, {}));
  EXPECT_EQ(store->find("mine")->adapters.size(), 1U);
  ASSERT_TRUE(store->add_adapter("mine", "verification", adapter, {}, {}));
  EXPECT_EQ(store->find("mine")->adapters.size(), 2U);
  EXPECT_TRUE(store->verify("mine", {}, {}));
  EXPECT_TRUE(store->remove_adapter("mine", "verification"));
  EXPECT_EQ(store->remove_adapter("mine", "verification").error().code, ErrorCode::not_found);

  EXPECT_EQ(store->add_adapter("mine", "poet", adapter, {}, {}).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(store->add_adapter("other", "verification", adapter, {}, {}).error().code,
            ErrorCode::not_found);
  const auto refused = [this](const std::string& content) {
    return store->add_adapter("mine", "verification", folder.file("y.gguf", content), {}, {})
        .error()
        .to_text();
  };
  EXPECT_THAT(refused(small_model()), HasSubstr("is no LoRA adapter"));
  EXPECT_THAT(refused(small_adapter("qwen2")), HasSubstr("qwen2, and the model is llama"));
  EXPECT_THAT(refused(small_adapter("llama", 128)), HasSubstr("has 128 where the model has 64"));
  std::filesystem::remove(adapter);
  EXPECT_EQ(store->verify("mine", {}, {}).error().code, ErrorCode::not_found);
}

TEST_F(StoreTest, ABrokenProfileIsNamed) {
  folder.file("models/broken.json", "{");
  EXPECT_THAT(store->list().error().to_text(), HasSubstr("broken.json"));
  std::filesystem::remove(folder.path() / "models/broken.json");
  folder.file("models/chosen", "gone\n");
  EXPECT_EQ(store->chosen().error().code, ErrorCode::not_found);
  EXPECT_THAT(store->chosen().error().hint, HasSubstr("idi model use"));
}

TEST_F(StoreTest, AFolderThatCannotBe) {
  const auto refused = ModelStore::open(folder.file("file", "") / "models");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::io_failed);
  EXPECT_FALSE(ModelStore::open(""));
}

}  // namespace
}  // namespace idi::model_store
