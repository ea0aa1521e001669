// A child process in a process group of its own, with nothing of ours but a pipe for what it
// prints; it dies when the thread that started it ends, be it by kill -9 (Linux).
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::llama_runtime {

/// A file descriptor that is closed once.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { close(); }
  [[nodiscard]] int get() const { return fd_; }
  void close();

 private:
  int fd_ = -1;
};

/// How a process ended.
struct Ending {
  bool by_signal = false;
  int code = 0;  ///< The exit status, or the signal's number.
};

struct Program {
  std::vector<std::string> argv;  ///< The first is looked for on PATH if it has no slash.
  std::vector<std::pair<std::string, std::string>> environment;  ///< Added to ours.
  std::vector<std::string> hidden_prefixes;  ///< Variables of ours that it does not get.
  std::string directory;                     ///< Where it runs; empty: where we are.
};

class Child {
 public:
  /// REQUIRES: the calling thread lives as long as the child is to. Errors: not_found, unavailable.
  [[nodiscard]] static Result<Child> start(const Program& program);
  Child(Child&& other) noexcept
      : pid_(std::exchange(other.pid_, 0)),
        output_(std::move(other.output_)),
        ending_(other.ending_) {}
  Child& operator=(Child&&) = delete;
  /// Kills what is left of its group.
  ~Child();

  [[nodiscard]] pid_t pid() const { return pid_; }
  /// Readable when it has printed something or closed it; -1 after the end of what it prints.
  [[nodiscard]] int output() const { return output_.get(); }
  /// What it has printed since, at most 64 KiB at once; empty: nothing now. Never blocks.
  [[nodiscard]] std::string read();
  /// nullopt while it runs. Once ended, the rest of its group is killed and the end stays known.
  [[nodiscard]] std::optional<Ending> ended();
  void signal_group(int signal) const;

 private:
  Child(pid_t pid, Descriptor output) : pid_(pid), output_(std::move(output)) {}

  pid_t pid_ = 0;
  Descriptor output_;
  std::optional<Ending> ending_;
};

}  // namespace idi::llama_runtime
