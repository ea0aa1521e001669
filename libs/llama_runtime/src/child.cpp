#include "child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#ifdef __linux__
#include <sys/prctl.h>
#endif

extern char** environ;  // NOLINT: POSIX names it so

namespace idi::llama_runtime {
namespace {

std::vector<std::string> environment_of(const Program& program) {
  std::vector<std::string> variables;
  for (char** entry = environ; entry && *entry; ++entry) {
    const std::string_view variable = *entry;
    const auto starts = [&](const std::string& prefix) { return variable.starts_with(prefix); };
    const auto replaced = [&](const auto& pair) { return variable.starts_with(pair.first + "="); };
    if (std::ranges::any_of(program.hidden_prefixes, starts)) continue;
    if (std::ranges::any_of(program.environment, replaced)) continue;
    variables.emplace_back(variable);
  }
  for (const auto& [name, value] : program.environment) variables.push_back(name + "=" + value);
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// What the new process does before it becomes the program. Other threads' locks may be held for
/// ever in this copy: system calls alone from here on.
class Birth {
 public:
  Birth(char** argv, char** environment, const char* directory, int output, int report)
      : argv_(argv),
        environment_(environment),
        directory_(directory),
        output_(output),
        report_(report),
        parent_(::getpid()) {}

  [[noreturn]] void run() {
    ::setpgid(0, 0);
#ifdef __linux__
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent_) ::_exit(1);  // it died before we asked
#endif
    const int nothing = ::open("/dev/null", O_RDONLY);
    if (nothing < 0 || ::dup2(nothing, 0) < 0 || ::dup2(output_, 1) < 0 || ::dup2(output_, 2) < 0) {
      fail();
    }
    // The report closes itself when the program starts; nothing else is handed down.
    if (::dup2(report_, 3) < 0) fail();
    report_ = 3;
    if (::fcntl(report_, F_SETFD, FD_CLOEXEC) < 0) fail();
    close_from_4();
    default_signals();
    if (*directory_ && ::chdir(directory_) < 0) fail();
    environ = environment_;
    ::execvp(argv_[0], argv_);
    fail();
  }

 private:
  static void close_from_4() {
#ifdef __linux__
    if (::close_range(4, ~0U, 0) == 0) return;
#endif
    for (int fd = 4; fd < 4'096; ++fd) ::close(fd);
  }

  static void default_signals() {
    for (const int signal : {SIGINT, SIGTERM, SIGPIPE, SIGHUP, SIGCHLD, SIGQUIT}) {
      ::signal(signal, SIG_DFL);
    }
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
  }

  [[noreturn]] void fail() const {
    const int reason = errno;
    (void)!::write(report_, &reason, sizeof reason);
    ::_exit(127);
  }

  char** argv_;
  char** environment_;
  const char* directory_;
  int output_, report_;
  pid_t parent_;
};

Result<std::pair<Descriptor, Descriptor>> open_pipe() {
  std::array<int, 2> ends{};
  // Above the numbers that the child rearranges.
  if (::pipe2(ends.data(), O_CLOEXEC) < 0) {
    return make_error(ErrorCode::limit_exceeded, "no more files can be opened", "",
                      std::strerror(errno));
  }
  std::pair<Descriptor, Descriptor> pipe{Descriptor(::fcntl(ends[0], F_DUPFD_CLOEXEC, 10)),
                                         Descriptor(::fcntl(ends[1], F_DUPFD_CLOEXEC, 10))};
  ::close(ends[0]);
  ::close(ends[1]);
  if (pipe.first.get() < 0 || pipe.second.get() < 0) {
    return make_error(ErrorCode::limit_exceeded, "no more files can be opened", "",
                      std::strerror(errno));
  }
  return pipe;
}

}  // namespace

void Descriptor::close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

Result<Child> Child::start(const Program& program) {
  IDI_TRY(auto output, open_pipe());
  IDI_TRY(auto report, open_pipe());
  auto argv_texts = program.argv;
  auto environment_texts = environment_of(program);
  auto argv = pointers_to(argv_texts);
  auto environment = pointers_to(environment_texts);
  Birth birth(argv.data(), environment.data(), program.directory.c_str(), output.second.get(),
              report.second.get());
  const pid_t pid = ::fork();
  if (pid == 0) birth.run();
  const int fork_error = errno;
  if (pid < 0) {
    return make_error(ErrorCode::limit_exceeded,
                      fmt::format("{} cannot be started", program.argv.front()), "",
                      std::strerror(fork_error));
  }
  ::setpgid(pid, pid);  // whoever comes first: a signal to the group must not miss it
  output.second.close();
  report.second.close();
  ::fcntl(output.first.get(), F_SETFL, O_NONBLOCK);
  Child child(pid, std::move(output.first));
  int reason = 0;
  ssize_t got = 0;
  do {
    got = ::read(report.first.get(), &reason, sizeof reason);
  } while (got < 0 && errno == EINTR);
  if (got != static_cast<ssize_t>(sizeof reason)) return child;
  return make_error(reason == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable,
                    fmt::format("{} cannot be started", program.argv.front()), "",
                    std::strerror(reason));
}

Child::~Child() {
  if (pid_ <= 0 || ending_) return;
  signal_group(SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

std::string Child::read() {
  if (output_.get() < 0) return {};
  std::string bytes(64 << 10, '\0');
  const ssize_t got = ::read(output_.get(), bytes.data(), bytes.size());
  if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) output_.close();
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

std::optional<Ending> Child::ended() {
  if (ending_) return ending_;
  siginfo_t found{};
  // Not yet reaped: its number, and so its group's, cannot become another's.
  const int seen = ::waitid(P_PID, static_cast<id_t>(pid_), &found, WEXITED | WNOHANG | WNOWAIT);
  if (seen == 0 && found.si_pid == 0) return std::nullopt;
  if (seen < 0 && errno == EINTR) return std::nullopt;
  signal_group(SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  ending_ = Ending{found.si_code != CLD_EXITED, found.si_status};
  return ending_;
}

void Child::signal_group(int signal) const {
  if (pid_ > 0 && !ending_) ::kill(-pid_, signal);
}

}  // namespace idi::llama_runtime
