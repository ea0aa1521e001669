#include "child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "idi/core/text.hpp"
#include "samples.hpp"

namespace idi::bench {
namespace {

double ms_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1000 + static_cast<double>(time.tv_usec) / 1000;
}

}  // namespace

Result<ProcessCost> run_process(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);

  const Stopwatch watch;
  pid_t child = 0;
  const int failed = posix_spawn(&child, arguments[0], &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) {
    return make_error(ErrorCode::io_failed, fmt::format("cannot start {}", command.front()), {},
                      std::strerror(failed));
  }
  int status = 0;
  rusage usage{};
  while (wait4(child, &status, 0, &usage) < 0) {
    if (errno != EINTR) {
      return make_error(ErrorCode::io_failed, "cannot wait for a program", {},
                        std::strerror(errno));
    }
  }
  const double wall_ms = watch.elapsed_ms();
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return make_error(ErrorCode::io_failed,
                      fmt::format("this command failed: {}", text::join(command, " ")),
                      "Run it by hand to see why.");
  }
  return ProcessCost{wall_ms, ms_of(usage.ru_utime) + ms_of(usage.ru_stime),
                     static_cast<double>(usage.ru_maxrss) / 1024};
}

}  // namespace idi::bench
