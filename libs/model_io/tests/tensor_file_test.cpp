#include "idi/model_io/tensor_file.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cmath>
#include <csignal>
#include <limits>

#include "crc32c.hpp"
#include "scratch_file.hpp"

namespace idi::model_io {
namespace {

using Kind = FormatError::Kind;

std::vector<TensorData> some_tensors() {
  return {{"b", {2, 3}, {1, -2, 3.5, 4, 5, 0.25}},
          {"a", {5}, {0, 1, 2, 3, 4}},
          {"none", {0, 7}, {}},
          {"one", {}, {42}}};
}

Kind kind_of_opening(const std::string& path) {
  try {
    static_cast<void>(TensorFile::open(path));
  } catch (const FormatError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr(path));
    return error.kind;
  }
  ADD_FAILURE() << "was accepted";
  return Kind::io_failed;
}

TEST(Crc32c, MatchesTheStandardsVectors) {
  const std::string digits = "123456789";
  EXPECT_EQ(crc32c(std::as_bytes(std::span(digits))), 0xE3069283U);
  EXPECT_EQ(crc32c(std::vector<std::byte>(32)), 0x8A9136AAU);
  const auto bytes = std::as_bytes(std::span(digits));
  EXPECT_EQ(crc32c(bytes.subspan(4), crc32c(bytes.first(4))), 0xE3069283U);
}

TEST(TensorFile, GivesBackWhatWasWritten) {
  const ScratchFile file;
  write_tensor_file(file.path(), some_tensors(), {{"width", "192"}, {"empty", ""}},
                    TensorType::f32);
  const auto read = TensorFile::open(file.path());
  for (const TensorData& tensor : some_tensors()) {
    EXPECT_EQ(read->tensor(tensor.name).shape, tensor.shape);
    EXPECT_EQ(read->floats(tensor.name), tensor.values);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(read->tensor(tensor.name).bytes.data()) % 64, 0U);
  }
  EXPECT_EQ(read->number("width"), 192);
  EXPECT_EQ(read->text("empty"), "");
}

TEST(TensorFile, MissingNamesAndWrongNumbersAreErrors) {
  const ScratchFile file;
  write_tensor_file(file.path(), {}, {{"word", "12x"}}, TensorType::f32);
  const auto read = TensorFile::open(file.path());
  EXPECT_THROW(static_cast<void>(read->tensor("a")), FormatError);
  EXPECT_THROW(static_cast<void>(read->text("a")), FormatError);
  EXPECT_THROW(static_cast<void>(read->number("word")), FormatError);
}

TEST(TensorFile, EveryFlippedByteAndEveryCutIsRefused) {
  const ScratchFile file;
  write_tensor_file(file.path(), some_tensors(), {{"k", "text"}}, TensorType::f16);
  const std::string good = file.read();
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x10);
    file.write(bad);
    const Kind kind = kind_of_opening(file.path());
    EXPECT_EQ(kind, i < 8 ? Kind::unreadable : i < 12 ? Kind::wrong_version : Kind::corrupt) << i;
  }
  for (std::size_t size = 0; size < good.size(); ++size) {
    file.write(good.substr(0, size));
    EXPECT_EQ(kind_of_opening(file.path()), size < 8 ? Kind::unreadable : Kind::corrupt) << size;
  }
  file.write(good + '\0');
  EXPECT_EQ(kind_of_opening(file.path()), Kind::corrupt);
}

TEST(TensorFile, AbsentFilesAndFoldersAreUnreadable) {
  EXPECT_EQ(kind_of_opening("/nonexistent/file"), Kind::unreadable);
  EXPECT_EQ(kind_of_opening("/"), Kind::unreadable);
}

TEST(TensorFile, WritingRefusesWhatCannotBeStored) {
  const ScratchFile file;
  const auto refused = [&](std::vector<TensorData> tensors, TensorType type) {
    EXPECT_THROW(write_tensor_file(file.path(), tensors, {}, type), FormatError);
    EXPECT_EQ(file.read(), "");
  };
  refused({{"a", {1}, {std::numeric_limits<float>::quiet_NaN()}}}, TensorType::f32);
  refused({{"a", {1}, {1e5F}}}, TensorType::f16);
  refused({{"a", {2}, {1}}}, TensorType::f32);
  refused({{"a", {-1, -1}, {1}}}, TensorType::f32);
  refused({{"a", {1}, {1}}, {"a", {1}, {1}}}, TensorType::f32);
  refused({{"a", std::vector<std::int64_t>(9, 1), {1}}}, TensorType::f32);
}

TEST(TensorFile, PlacesThatCannotBeWrittenAreErrorsThatNameThem) {
  // What is no file, a device for one, must not be replaced by a file.
  const ScratchFile pipe;
  ASSERT_EQ(::mkfifo(pipe.path().c_str(), 0600), 0);
  for (const std::string& path :
       {std::string("/nonexistent/weights.bin"), testing::TempDir(), pipe.path()}) {
    try {
      write_tensor_file(path, some_tensors(), {}, TensorType::f32);
      ADD_FAILURE() << path;
    } catch (const FormatError& error) {
      EXPECT_EQ(error.kind, Kind::io_failed);
      EXPECT_THAT(error.what(), testing::HasSubstr(path));
    }
  }
}

TEST(TensorFile, AFullDiskLeavesWhatWasThere) {
  const ScratchFile file;
  write_tensor_file(file.path(), some_tensors(), {}, TensorType::f32);
  const std::string before = file.read();
  const std::vector<TensorData> large = {{"large", {1 << 20}, std::vector<float>(1 << 20)}};
  // The limit on file sizes stands for the disk's end.
  rlimit old_limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old_limit), 0);
  rlimit small_limit = old_limit;
  small_limit.rlim_cur = 100'000;
  const auto old_action = std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &small_limit);
  EXPECT_THROW(write_tensor_file(file.path(), large, {}, TensorType::f32), FormatError);
  ::setrlimit(RLIMIT_FSIZE, &old_limit);
  std::signal(SIGXFSZ, old_action);
  EXPECT_EQ(file.read(), before);
  EXPECT_FALSE(std::ifstream(file.path() + ".partial").good());
}

TEST(TensorFileProperty, RandomTensorsSurviveTheRoundTrip) {
  EXPECT_TRUE(rc::check([] {
    std::vector<TensorData> tensors;
    const int count = *rc::gen::inRange(0, 5);
    for (int i = 0; i < count; ++i) {
      TensorData tensor;
      tensor.name = "t" + std::to_string(i);
      tensor.shape = *rc::gen::container<std::vector<std::int64_t>>(
          *rc::gen::inRange<std::size_t>(0, 4), rc::gen::inRange<std::int64_t>(0, 6));
      std::size_t size = 1;
      for (const auto extent : tensor.shape) size *= static_cast<std::size_t>(extent);
      for (std::size_t v = 0; v < size; ++v)
        tensor.values.push_back(static_cast<float>(*rc::gen::inRange(-2000, 2000)) / 16.0F);
      tensors.push_back(tensor);
    }
    const auto texts = *rc::gen::arbitrary<std::map<std::string, std::string>>();
    const auto type = *rc::gen::element(TensorType::f32, TensorType::f16);
    const ScratchFile file;
    write_tensor_file(file.path(), tensors, texts, type);
    const auto read = TensorFile::open(file.path());
    for (const TensorData& tensor : tensors) {
      RC_ASSERT(read->tensor(tensor.name).shape == tensor.shape);
      const auto values = read->floats(tensor.name);
      RC_ASSERT(values.size() == tensor.values.size());
      for (std::size_t v = 0; v < values.size(); ++v)
        RC_ASSERT(std::fabs(values[v] - tensor.values[v]) <=
                  (type == TensorType::f32 ? 0.0F : std::fabs(tensor.values[v]) / 2048.0F));
    }
    for (const auto& [key, text] : texts) RC_ASSERT(read->text(key) == text);
  }));
}

}  // namespace
}  // namespace idi::model_io
