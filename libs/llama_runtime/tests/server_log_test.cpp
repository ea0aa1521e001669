#include "server_log.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>

#include "diagnosis.hpp"
#include "idi/core/text.hpp"
#include "idi/llama_runtime/testing/scratch_folder.hpp"

namespace idi::llama_runtime {
namespace {

using ::testing::HasSubstr;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ServerLog, IsAppendedForItsOwnerAlone) {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "deep/er/server.log";
  ServerLog::open(path)->append("one\n");
  ServerLog::open(path)->append("two\n");
  EXPECT_EQ(text_of(path), "one\ntwo\n");
  struct stat found {};
  ASSERT_EQ(::stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST(ServerLog, TheOneBeforeIsKept) {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "server.log";
  auto log = ServerLog::open(path, 10);
  log->append("12345678\n");
  log->append("abcdefgh\n");
  log->append("ABCDEFGH\n");
  EXPECT_EQ(text_of(path), "ABCDEFGH\n");
  EXPECT_EQ(text_of(path.string() + ".1"), "abcdefgh\n");
}

TEST(ServerLog, TheTailIsBoundedAndValidText) {
  auto log = ServerLog::open({});
  for (int line = 0; line < 1'000; ++line) log->append("line " + std::to_string(line) + "\n");
  log->append("not text: \xff\n");
  log->append(std::string(100'000, 'x'));
  const std::string tail = log->tail();
  EXPECT_LT(tail.size(), 41 * 403U);
  EXPECT_TRUE(text::is_valid_utf8(tail));
  EXPECT_THAT(tail, HasSubstr("line 999\nnot text: "));
  EXPECT_THAT(tail, Not(HasSubstr("line 500\n")));
}

TEST(ServerLog, LinesComeInPieces) {
  auto log = ServerLog::open({});
  log->append("on");
  log->append("e\ntw");
  log->append("o\n\n");
  EXPECT_EQ(log->tail(), "one\ntwo");
  log->begin("another child");
  EXPECT_EQ(log->tail(), "");
}

TEST(ServerLog, AFolderThatCannotBeIsSaid) {
  EXPECT_EQ(ServerLog::open("/dev/null/x/server.log").error().code, ErrorCode::io_failed);
}

Error explained(std::optional<Ending> ending, std::string_view lines,
                std::optional<std::chrono::milliseconds> ready_for = std::nullopt) {
  return explain_end(Life{false, ending, ready_for}, lines, "/models/a.gguf");
}

TEST(Diagnosis, SaysWhatTheLastLinesMean) {
  const auto says = [](std::string_view lines) {
    return explained(Ending{false, 1}, lines).message;
  };
  EXPECT_EQ(says("E gguf_init_from_reader: invalid magic characters: 'abcd'\n"
                 "E srv load_model: failed to load model"),
            "llama-server does not run a.gguf: it is not a GGUF file");
  EXPECT_THAT(says("error loading model: tensor 'a' data is not within the file bounds, model is "
                   "corrupted or incomplete"),
              HasSubstr("cut short"));
  EXPECT_THAT(says("unknown model architecture: 'gpt9'"), HasSubstr("architecture"));
  EXPECT_THAT(
      says("ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 9"),
      HasSubstr("memory"));
  EXPECT_THAT(says("ld: error while loading shared libraries: libx.so"), HasSubstr("library"));
  EXPECT_THAT(says("nothing known"), HasSubstr("ended with code 1"));
}

TEST(Diagnosis, SaysHowItEnded) {
  EXPECT_THAT(explained(Ending{true, SIGKILL}, "").message, HasSubstr("want of memory"));
  EXPECT_THAT(explained(Ending{true, SIGSEGV}, "").message, HasSubstr("signal 11"));
  EXPECT_THAT(explained(std::nullopt, "").message, HasSubstr("did not become ready"));
  EXPECT_THAT(explained(std::nullopt, "", std::chrono::milliseconds(5)).message,
              HasSubstr("does not answer any more"));
  EXPECT_EQ(explained(Ending{false, 1}, "the last words").detail, "the last words");
}

TEST(Diagnosis, EveryErrorOfAModelHasAHint) {
  for (const char* line : {"invalid magic", "failed to allocate", "unknown model architecture"}) {
    EXPECT_FALSE(explained(Ending{false, 1}, line).hint.empty()) << line;
  }
}

}  // namespace
}  // namespace idi::llama_runtime
