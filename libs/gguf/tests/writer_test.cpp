// What is written is read back the same; the bytes are those of the specification.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>

#include "idi/gguf/gguf.hpp"
#include "scratch_folder.hpp"

namespace idi::gguf {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Writer::Numbers counting(float step) {
  return [step](std::uint64_t first, std::span<float> numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      numbers[i] = step * static_cast<float>(first + i);
    }
  };
}

TEST(Writer, BytesAreThoseOfTheSpecification) {
  const ScratchFolder folder;
  Writer writer;
  writer.set_uint32("n", 7);
  writer.add_tensor("t", {2}, TensorType::f32, counting(1));
  ASSERT_TRUE(writer.write(folder.path() / "a.gguf"));
  using namespace std::string_literals;
  const std::string expected = "GGUF"s + "\3\0\0\0"s + "\1\0\0\0\0\0\0\0"s + "\1\0\0\0\0\0\0\0"s +
                               "\1\0\0\0\0\0\0\0n"s + "\4\0\0\0"s + "\7\0\0\0"s +
                               "\1\0\0\0\0\0\0\0t"s + "\1\0\0\0"s + "\2\0\0\0\0\0\0\0"s +
                               "\0\0\0\0"s + "\0\0\0\0\0\0\0\0"s;
  std::string all = expected;
  all.resize((all.size() + 31) / 32 * 32);
  all += "\0\0\0\0\0\0\x80\x3F"s + std::string(24, '\0');
  EXPECT_EQ(bytes_of(folder.path() / "a.gguf"), all);
}

TEST(Writer, EveryKindOfValueComesBack) {
  const ScratchFolder folder;
  const auto path = folder.path() / "a.gguf";
  Writer writer;
  writer.set("truth", true);
  writer.set("natural", std::uint64_t{1} << 63);
  writer.set("whole", std::int64_t{-5});
  writer.set("fraction", 0.1);
  writer.set("text", "grün");
  writer.set("wholes", std::vector<std::int64_t>{1, -2, 3});
  writer.set("fractions", std::vector<double>{0.5, -0.25});
  writer.set("texts", std::vector<std::string>{"", "a", std::string("\0b", 2)});
  writer.set_uint32("uint32", 4'000'000'000U);
  writer.set_float32("float32", 1e-6F);
  writer.set("bytes", std::vector<std::int64_t>{0, 255}, ValueType::uint8);
  writer.set("none", std::vector<std::string>{});
  ASSERT_TRUE(writer.write(path));
  const auto header = read_header(path);
  ASSERT_TRUE(header) << header.error().to_text();
  const auto& all = header->metadata;
  EXPECT_EQ(all.at("truth"), Value(true));
  EXPECT_EQ(all.at("natural"), Value(std::uint64_t{1} << 63));
  EXPECT_EQ(all.at("whole"), Value(std::int64_t{-5}));
  EXPECT_EQ(all.at("fraction"), Value(0.1));
  EXPECT_EQ(all.at("text"), Value("grün"));
  EXPECT_EQ(all.at("wholes"), Value(std::vector<std::int64_t>{1, -2, 3}));
  EXPECT_EQ(all.at("fractions"), Value(std::vector<double>{0.5, -0.25}));
  EXPECT_EQ(all.at("texts"), Value(std::vector<std::string>{"", "a", std::string("\0b", 2)}));
  EXPECT_EQ(all.at("uint32"), Value(std::uint64_t{4'000'000'000U}));
  EXPECT_EQ(all.at("float32"), Value(double{1e-6F}));
  EXPECT_EQ(all.at("bytes"), Value(std::vector<std::int64_t>{0, 255}));
  EXPECT_EQ(all.at("none"), Value(std::vector<std::string>{}));
  EXPECT_EQ(all.size(), 12U);
}

TEST(Writer, TensorsBeginAtMultiplesOf32AndAreAskedForInOrder) {
  const ScratchFolder folder;
  const auto path = folder.path() / "a.gguf";
  Writer writer;
  std::vector<std::uint64_t> asked;
  constexpr std::uint64_t many = 600'000;
  writer.add_tensor("odd", {3}, TensorType::f16, counting(1));
  writer.add_tensor("large", {1000, many / 1000}, TensorType::f32,
                    [&asked](std::uint64_t first, std::span<float> numbers) {
                      asked.push_back(first);
                      asked.push_back(numbers.size());
                    });
  writer.add_tensor("rows", {32, 3}, TensorType::q8_0, counting(1));
  ASSERT_TRUE(writer.write(path));
  EXPECT_THAT(asked, ElementsAre(0, 262144, 262144, 262144, 524288, many - 524288));
  const auto header = read_header(path);
  ASSERT_TRUE(header) << header.error().to_text();
  ASSERT_EQ(header->tensors.size(), 3U);
  EXPECT_EQ(header->tensors[0].offset, 0U);
  EXPECT_EQ(header->tensors[1].offset, 32U);
  EXPECT_EQ(header->tensors[2].offset, 32U + many * 4);
  EXPECT_THAT(header->tensors[2].shape, ElementsAre(32, 3));
  EXPECT_EQ(header->data_begin % 32, 0U);
  EXPECT_EQ(header->file_bytes, header->data_begin + 32 + many * 4 + 128);
}

TEST(Writer, ADiskWithoutRoomLeavesNoFile) {
  Writer writer;
  writer.add_tensor("t", {100'000}, TensorType::f32, counting(1));
  EXPECT_FALSE(writer.write("/dev/full"));
  const ScratchFolder folder;
  const auto missing = writer.write(folder.path() / "none" / "a.gguf");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::io_failed);
  std::filesystem::create_directory(folder.path() / "taken");
  EXPECT_FALSE(writer.write(folder.path() / "taken"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path() / "taken"));
}

RC_GTEST_PROP(Writer, AnyTextsComeBack, (const std::vector<std::string>& texts)) {
  const ScratchFolder folder;
  const auto path = folder.path() / "a.gguf";
  Writer writer;
  writer.set("texts", texts);
  for (std::size_t i = 0; i < texts.size(); ++i) writer.set("k" + std::to_string(i), texts[i]);
  RC_ASSERT(writer.write(path).has_value());
  const auto header = read_header(path);
  RC_ASSERT(header.has_value());
  RC_ASSERT(header->metadata.at("texts") == Value(texts));
}

}  // namespace
}  // namespace idi::gguf
