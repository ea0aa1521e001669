// Files that are no model's: each is an error that says why, at once and in little memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>

#include "header_parser.hpp"
#include "scratch_folder.hpp"
#include "small_model.hpp"

namespace idi::gguf {
namespace {

using testing::HasSubstr;

std::string small_model() {
  const ScratchFolder folder;
  Writer writer;
  set_small_model(writer);
  EXPECT_TRUE(writer.write(folder.path() / "a.gguf"));
  std::ifstream in(folder.path() / "a.gguf", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Result<Header> parse(const std::string& bytes) {
  std::istringstream in(bytes);
  return parse_header(in, bytes.size());
}

template <typename T>
std::string raw(T value) {
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

std::string beginning(std::uint64_t tensors, std::uint64_t keys, std::uint32_t version = 3) {
  return "GGUF" + raw(version) + raw(tensors) + raw(keys);
}

std::string text(const std::string& value) { return raw<std::uint64_t>(value.size()) + value; }

constexpr std::uint64_t huge = std::uint64_t{1} << 62;

TEST(HostileFile, AModelCutAnywhereSaysHowMuchIsMissing) {
  const std::string whole = small_model();
  ASSERT_TRUE(parse(whole));
  // The last tensor is followed by nothing: its last byte is needed.
  for (std::size_t length = 0; length < whole.size(); length += length < 2000 ? 1 : 97) {
    const auto header = parse(whole.substr(0, length));
    ASSERT_FALSE(header) << length;
    EXPECT_EQ(header.error().code, ErrorCode::unreadable);
    if (length < 4) continue;
    EXPECT_THAT(header.error().message, HasSubstr("bytes are missing")) << length;
  }
  EXPECT_THAT(parse(whole.substr(0, whole.size() - 5)).error().message,
              HasSubstr("at least 5 bytes are missing"));
}

TEST(HostileFile, OtherFilesAreNoGguf) {
  for (const std::string& bytes :
       {std::string(), std::string("GG"), std::string("<html><body>Not found</body></html>"),
        std::string(100, '\0'), std::string("SQLite format 3")}) {
    const auto header = parse(bytes);
    ASSERT_FALSE(header);
    EXPECT_EQ(header.error().code, ErrorCode::unreadable);
    EXPECT_THAT(header.error().message, HasSubstr("no GGUF file"));
  }
}

TEST(HostileFile, OtherVersionsAreNamed) {
  const auto old = parse(beginning(0, 0, 1));
  ASSERT_FALSE(old);
  EXPECT_EQ(old.error().code, ErrorCode::wrong_version);
  const auto swapped = parse(beginning(0, 0, 0x03000000));
  ASSERT_FALSE(swapped);
  EXPECT_THAT(swapped.error().message, HasSubstr("big-endian"));
  EXPECT_TRUE(parse(beginning(0, 0, 2)));
}

TEST(HostileFile, CountsAndLengthsThatCannotBe) {
  const std::string list = beginning(0, 1) + text("k") + raw<std::uint32_t>(9);
  const std::string tensor = beginning(1, 0) + text("t");
  const std::string files[] = {
      beginning(huge, 0),
      beginning(0, huge),
      beginning(0, 1) + raw(huge),                                      // a key's length
      beginning(0, 1) + text("k") + raw<std::uint32_t>(8) + raw(huge),  // a text's length
      beginning(0, 1) + text("k") + raw<std::uint32_t>(13),             // a type
      list + raw<std::uint32_t>(4) + raw(huge),                         // a list's length
      list + raw<std::uint32_t>(8) + raw(~std::uint64_t{0}),            // … that wraps around
      list + raw<std::uint32_t>(9) + raw<std::uint64_t>(1),             // a list of lists
      list + raw<std::uint32_t>(10) + raw<std::uint64_t>(1) + raw(~std::uint64_t{0}),
      beginning(0, 2) + text("k") + raw<std::uint32_t>(7) + "\1" + text("k") +
          raw<std::uint32_t>(7) + "\1",
      tensor + raw<std::uint32_t>(5),
      tensor + raw<std::uint32_t>(2) + raw(huge) + raw(huge) + raw<std::uint32_t>(0) + raw(huge),
      tensor + raw<std::uint32_t>(1) + raw<std::uint64_t>(33) + raw<std::uint32_t>(8) +
          raw<std::uint64_t>(0) + std::string(4096, '\0'),  // no whole blocks
      tensor + raw<std::uint32_t>(1) + raw<std::uint64_t>(1) + raw<std::uint32_t>(0) +
          raw<std::uint64_t>(1) + std::string(4096, '\0'),  // not aligned
      tensor + raw<std::uint32_t>(1) + raw<std::uint64_t>(1) + raw<std::uint32_t>(0) +
          raw(~std::uint64_t{31}) + std::string(4096, '\0'),  // the end wraps around
  };
  for (const std::string& file : files) {
    const auto header = parse(file);
    EXPECT_FALSE(header) << &file - files;
    if (header) continue;
    EXPECT_EQ(header.error().code, ErrorCode::unreadable) << &file - files;
  }
}

TEST(HostileFile, AnAlignmentThatIsNone) {
  for (const std::uint32_t alignment : {0U, 3U, 1U << 31}) {
    const auto header =
        parse(beginning(0, 1) + text("general.alignment") + raw<std::uint32_t>(4) + raw(alignment));
    EXPECT_FALSE(header) << alignment;
  }
}

TEST(HostileFile, WhatIsNoFile) {
  const ScratchFolder folder;
  EXPECT_EQ(read_header(folder.path() / "none.gguf").error().code, ErrorCode::not_found);
  EXPECT_EQ(read_header(folder.path()).error().code, ErrorCode::unreadable);
  EXPECT_EQ(read_header("/dev/zero").error().code, ErrorCode::unreadable);
}

}  // namespace
}  // namespace idi::gguf
