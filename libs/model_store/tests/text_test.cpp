// Texts from outside, as values: profiles, HTTP's words, what the system says of memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "http_words.hpp"
#include "idi/model_store/catalogue.hpp"
#include "idi/model_store/memory.hpp"
#include "idi/model_store/profile.hpp"
#include "memory_files.hpp"
#include "part_file.hpp"
#include "small_models.hpp"

namespace idi::model_store {
namespace {

using ::testing::HasSubstr;

TEST(Profile, ComesBackFromItsText) {
  Profile profile;
  profile.name = "qwen2.5-coder-7b";
  profile.file = "a \"file\".gguf";
  profile.format = PromptFormat::nano;
  profile.context_tokens = 2048;
  profile.adapters.push_back({"verification", "/x/y.gguf", std::string(64, '0'), 77});
  profile.licence = "Apache-2.0";
  profile.source = "https://a/b";
  profile.sha256 = std::string(64, 'f');
  profile.bytes = 5'000'000'000;
  const auto back = parse_profile(to_json(profile));
  ASSERT_TRUE(back) << back.error().to_text();
  EXPECT_EQ(to_json(*back), to_json(profile));
  EXPECT_EQ(back->file, profile.file);
  EXPECT_EQ(back->bytes, profile.bytes);
  ASSERT_EQ(back->adapters.size(), 1U);
  EXPECT_EQ(back->adapters[0].file, "/x/y.gguf");
}

TEST(Profile, WhatIsNoneIsAnError) {
  const std::string good =
      R"({"version":1,"name":"a","file":"f","format":"chat","context_tokens":1,"bytes":0})";
  ASSERT_TRUE(parse_profile(good));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return parse_profile(text);
  };
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"\"a\"", "\"..\""},
           {"\"a\"", "7"},
           {"\"f\"", "\"\""},
           {"chat", "poem"},
           {"tokens\":1", "tokens\":0"},
           {"tokens\":1", "tokens\":1e99"},
           {"\"bytes\":0", "\"bytes\":-1"},
           {"\"bytes\":0", "\"bytes\":0,\"sha256\":\"x\""},
           {"\"bytes\":0", "\"bytes\":0,\"adapters\":[1]"},
           {"\"bytes\":0", "\"bytes\":0,\"adapters\":[{\"role\":\"x\",\"file\":\"y\"}]"}}) {
    const auto profile = with(from, to);
    EXPECT_FALSE(profile) << to;
    if (profile) continue;
    EXPECT_EQ(profile.error().code, ErrorCode::unreadable) << to;
  }
  EXPECT_EQ(with("\"version\":1", "\"version\":2").error().code, ErrorCode::wrong_version);
  EXPECT_FALSE(parse_profile(""));
  EXPECT_FALSE(parse_profile("[]"));
  EXPECT_FALSE(parse_profile(std::string(100'000, '[')));
}

RC_GTEST_PROP(Profile, AnyTextIsAValueOrAnError, (const std::string& text)) {
  const auto profile = parse_profile(text);
  RC_ASSERT(profile.has_value() == false);
  RC_ASSERT(parse_announced(text).url.empty());
}

TEST(Catalogue, NamesModelsThatCanBePulled) {
  int recommended = 0;
  for (const auto& entry : catalogue()) {
    EXPECT_TRUE(is_model_name(entry.profile.name));
    EXPECT_THAT(entry.profile.source, HasSubstr("https://huggingface.co/"));
    EXPECT_THAT(entry.profile.source, HasSubstr("/resolve/main/" + entry.profile.file.string()));
    EXPECT_FALSE(entry.profile.licence.empty());
    EXPECT_TRUE(entry.profile.sha256.empty());
    if (entry.recommended) {
      ++recommended;
      EXPECT_EQ(entry.profile.licence, "Apache-2.0");
    }
    EXPECT_EQ(entry.must_accept, entry.profile.name == "qwen2.5-coder-3b");
  }
  EXPECT_EQ(catalogue().size(), 5U);
  EXPECT_EQ(recommended, 2);
  EXPECT_TRUE(catalogue_entry("qwen2.5-coder-1.5b"));
  EXPECT_THAT(catalogue_entry("gpt").error().hint, HasSubstr("qwen2.5-coder-7b"));
}

TEST(Catalogue, AddressesAndMirrors) {
  EXPECT_EQ(entry_for_url("https://a/b/My.Model-Q4.gguf?download=true", "")->profile.name,
            "my.model-q4");
  EXPECT_EQ(entry_for_url("https://a/x%20y", "given")->profile.name, "given");
  for (const char* url : {"", "a.gguf", "file:///x.gguf", "https://a/x y.gguf", "https://a/"}) {
    EXPECT_EQ(entry_for_url(url, "").error().code, ErrorCode::invalid_argument) << url;
  }
  const auto mirrored = at_mirror(*catalogue_entry("qwen2.5-coder-0.5b"), "http://mirror:8000/hf/");
  EXPECT_THAT(mirrored->profile.source, HasSubstr("http://mirror:8000/hf/Qwen/"));
  EXPECT_FALSE(at_mirror(*catalogue_entry("qwen2.5-coder-0.5b"), "mirror"));
  EXPECT_EQ(at_mirror(*entry_for_url("https://a/b.gguf", ""), "https://m")->profile.source,
            "https://a/b.gguf");
}

TEST(HttpWords, ContentRange) {
  const auto range = parse_content_range(" bytes 100-199/1000");
  ASSERT_TRUE(range);
  EXPECT_EQ(range->first, 100);
  EXPECT_EQ(range->last, 199);
  EXPECT_EQ(range->total, 1000);
  EXPECT_EQ(parse_content_range("Bytes 0-0/*")->total, -1);
  EXPECT_EQ(parse_content_range("bytes */5")->first, -1);
  for (const char* text :
       {"", "bytes", "bytes 1-0/5", "bytes 1-5/5", "bytes -1-2/5", "bytes 1/5", "lines 1-2/5",
        "bytes 1-2", "bytes 1-2/x", "bytes 99999999999999999999-2/5"}) {
    EXPECT_FALSE(parse_content_range(text)) << text;
  }
}

TEST(HttpWords, Tags) {
  const std::string hash(64, 'A');
  EXPECT_EQ(sha256_in_tag("\"" + hash + "\""), std::string(64, 'a'));
  EXPECT_EQ(sha256_in_tag(hash), std::string(64, 'a'));
  EXPECT_FALSE(sha256_in_tag("W/\"" + hash + "\""));
  EXPECT_FALSE(sha256_in_tag("\"5d41402abc4b2a76b9719d911017c592\""));
  EXPECT_TRUE(is_strong_tag("\"1\""));
  EXPECT_FALSE(is_strong_tag("W/\"1\""));
  EXPECT_FALSE(is_strong_tag("\""));
}

TEST(HttpWords, WhereALocationLeads) {
  const std::string base = "https://hub.example/a/b?x=1";
  const auto to = [&](const char* location) {
    const auto url = follow(base, location);
    return url ? *url : std::string(error_code_name(url.error().code));
  };
  EXPECT_EQ(to("https://cdn.example/c?s=/y"), "https://cdn.example/c?s=/y");
  EXPECT_EQ(to("/c/d"), "https://hub.example/c/d");
  EXPECT_EQ(to("d?u=http://x"), "https://hub.example/a/d?u=http://x");
  EXPECT_EQ(to("?y=2"), "https://hub.example/a/b?y=2");
  EXPECT_EQ(to("//cdn.example/c"), "https://cdn.example/c");
  EXPECT_EQ(to("http://cdn.example/c"), "unavailable");
  EXPECT_EQ(to("ftp://cdn.example/c"), "unavailable");
  EXPECT_EQ(to("javascript:x"), "unavailable");
  EXPECT_EQ(to("/a\r\nX: y"), "unavailable");
  EXPECT_EQ(to(""), "unavailable");
  EXPECT_EQ(*follow("http://host", "x"), "http://host/x");
  EXPECT_EQ(*follow("http://host", "/x"), "http://host/x");
  EXPECT_EQ(*follow("http://host:80/p", "https://other/x"), "https://other/x");
}

TEST(Memory, WhatTheSystemSays) {
  EXPECT_EQ(meminfo_available("MemTotal:  10 kB\nMemAvailable:     2048 kB\nBuffers: 1 kB\n"),
            2048U << 10);
  EXPECT_FALSE(meminfo_available("MemTotal: 10 kB\n"));
  EXPECT_FALSE(meminfo_available("MemAvailable: many\n"));
  EXPECT_EQ(group_available("1000\n", "400\n", "anon 1\ninactive_file 100\n"), 700U);
  EXPECT_EQ(group_available("1000", "1400", ""), 0U);
  EXPECT_FALSE(group_available("max\n", "400\n", ""));
  EXPECT_FALSE(group_available("", "", ""));
#ifdef __linux__
  EXPECT_GT(available_memory().value_or(0), 1U << 20);
#endif
}

TEST(Memory, BothNumbersAreSaid) {
  const testing::ScratchFolder folder;
  Profile profile;
  profile.name = "small";
  profile.file = folder.file("a.gguf", testing::small_model());
  profile.context_tokens = 512;
  const auto needed = memory_needed(profile, 2);
  ASSERT_TRUE(needed) << needed.error().to_text();
  EXPECT_TRUE(check_memory(profile, 2, *needed));
  EXPECT_TRUE(check_memory(profile, 2, std::nullopt));
  const auto refused = check_memory(profile, 2, 7'000'000);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::limit_exceeded);
  EXPECT_THAT(refused.error().message, HasSubstr(size_text(*needed)));
  EXPECT_THAT(refused.error().message, HasSubstr("7 MB are available"));
}

TEST(Memory, SizesAsPeopleReadThem) {
  EXPECT_EQ(size_text(999), "999 bytes");
  EXPECT_EQ(size_text(1'000), "1 kB");
  EXPECT_EQ(size_text(999'400), "999 kB");
  EXPECT_EQ(size_text(999'600), "1 MB");
  EXPECT_EQ(size_text(4'680'000'000), "4.7 GB");
}

}  // namespace
}  // namespace idi::model_store
