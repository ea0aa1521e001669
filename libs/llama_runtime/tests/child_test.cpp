#include "child.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "process_state.hpp"
#include "run_program.hpp"

namespace idi::llama_runtime {
namespace {

using ::testing::HasSubstr;

std::string output_of(std::vector<std::string> argv,
                      std::vector<std::pair<std::string, std::string>> environment = {},
                      std::vector<std::string> hidden = {}) {
  const auto result = run_program({std::move(argv), std::move(environment), std::move(hidden), {}},
                                  Deadline::after(std::chrono::seconds(20)), {});
  return result ? result->output : result.error().to_text();
}

TEST(Child, WordsAreHandedOverAsTheyAre) {
  EXPECT_EQ(output_of({"printf", "%s|", "a b", "$HOME", "'", ""}), "a b|$HOME|'||");
}

TEST(Child, BothStreamsAreRead) {
  EXPECT_EQ(output_of({"sh", "-c", "echo out; echo err >&2"}), "out\nerr\n");
}

TEST(Child, NothingCanBeReadFromIt) { EXPECT_EQ(output_of({"cat"}), ""); }

TEST(Child, EnvironmentIsAddedReplacedAndHidden) {
  ::setenv("IDI_TEST_SECRET", "s", 1);
  ::setenv("IDI_TEST_OLD", "old", 1);
  const auto text =
      output_of({"env"}, {{"IDI_TEST_OLD", "new"}, {"IDI_TEST_MORE", "m"}}, {"IDI_TEST_SEC"});
  EXPECT_THAT(text, HasSubstr("IDI_TEST_OLD=new\n"));
  EXPECT_THAT(text, HasSubstr("IDI_TEST_MORE=m\n"));
  EXPECT_THAT(text, Not(HasSubstr("IDI_TEST_SECRET")));
  EXPECT_THAT(text, Not(HasSubstr("old")));
}

TEST(Child, OurFilesAreNotItsFiles) {
  const int leaky = ::open("/dev/null", O_RDONLY);  // without CLOEXEC, as some libraries open
  ASSERT_GE(leaky, 3);
  const auto text = output_of({"ls", "/proc/self/fd"});
  ::close(leaky);
  EXPECT_EQ(text, "0\n1\n2\n3\n");  // 3: ls reads the folder
}

TEST(Child, AMissingProgramIsSaid) {
  const auto child = Child::start({{"/nowhere/at-all"}, {}, {}, {}});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().code, ErrorCode::not_found);
}

TEST(Child, AFileThatIsNoProgramIsSaid) {
  const auto child = Child::start({{"/etc/passwd"}, {}, {}, {}});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().code, ErrorCode::unavailable);
}

TEST(Child, ExitCodeAndSignalAreTold) {
  const auto code = run_program({{"sh", "-c", "exit 7"}, {}, {}, {}}, Deadline::never(), {});
  EXPECT_FALSE(code->ending.by_signal);
  EXPECT_EQ(code->ending.code, 7);
  const auto killed = run_program({{"sh", "-c", "kill -9 $$"}, {}, {}, {}}, Deadline::never(), {});
  EXPECT_TRUE(killed->ending.by_signal);
  EXPECT_EQ(killed->ending.code, SIGKILL);
}

TEST(Child, WhatItStartedEndsWithIt) {
  const auto text = output_of({"sh", "-c", "sleep 1000 & echo $!"});
  const pid_t grandchild = std::atoi(text.c_str());
  ASSERT_GT(grandchild, 0);
  EXPECT_TRUE(becomes_true([&] { return !is_alive(grandchild); }));
}

TEST(Child, DiesWithTheThreadThatStartedIt) {
  pid_t pid = 0;
  std::thread([&pid] {
    auto child = Child::start({{"sleep", "1000"}, {}, {}, {}});
    pid = child->pid();
    new Child(std::move(*child));  // nobody ends it
  }).join();
  ASSERT_GT(pid, 0);
  EXPECT_TRUE(becomes_true([&] { return !is_alive(pid); }));
}

TEST(RunProgram, LinesComeWhole) {
  std::vector<std::string> lines;
  const auto done =
      run_program({{"sh", "-c", "printf a; sleep 0.1; printf 'b\\nc\\nd'"}, {}, {}, {}},
                  Deadline::never(), {}, [&](std::string_view line) { lines.emplace_back(line); });
  ASSERT_TRUE(done);
  EXPECT_THAT(lines, ::testing::ElementsAre("ab", "c"));
}

TEST(RunProgram, ADeadlineEndsIt) {
  const auto late = run_program({{"sleep", "1000"}, {}, {}, {}},
                                Deadline::after(std::chrono::milliseconds(50)), {});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, ErrorCode::timeout);
}

TEST(RunProgram, AStopEndsItWhilePrintingEndlessly) {
  std::stop_source stop;
  std::thread later([&stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop.request_stop();
  });
  const auto stopped = run_program({{"yes"}, {}, {}, {}}, Deadline::never(), stop.get_token());
  later.join();
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

TEST(RunProgram, OfALongOutputTheEndIsKept) {
  const auto done = run_program({{"sh", "-c", "yes | head -c 5000000; echo end"}, {}, {}, {}},
                                Deadline::never(), {});
  ASSERT_TRUE(done);
  EXPECT_LE(done->output.size(), std::size_t{1} << 20);
  EXPECT_TRUE(done->output.ends_with("end\n"));
}

}  // namespace
}  // namespace idi::llama_runtime
