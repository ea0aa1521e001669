#include "run_program.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <thread>

namespace idi::llama_runtime {
namespace {

constexpr std::size_t max_output_bytes = 1 << 20;
constexpr std::int64_t step_ms = 50;

}  // namespace

Result<ProgramResult> run_program(const Program& program, Deadline deadline,
                                  const std::stop_token& stop,
                                  const std::function<void(std::string_view line)>& on_line) {
  IDI_TRY(Child child, Child::start(program));
  ProgramResult result;
  std::string line;
  const auto take = [&] {
    for (std::string bytes = child.read(); !bytes.empty(); bytes = child.read()) {
      result.output += bytes;
      if (result.output.size() > 2 * max_output_bytes) {
        result.output.erase(0, result.output.size() - max_output_bytes);
      }
      if (!on_line) continue;
      line += bytes;
      std::size_t begin = 0;
      for (std::size_t end; (end = line.find('\n', begin)) != std::string::npos; begin = end + 1) {
        on_line(std::string_view(line).substr(begin, end - begin));
      }
      line.erase(0, begin);
      if (line.size() > max_output_bytes) line.clear();
      if (stop.stop_requested() || deadline.passed()) return;
    }
  };
  for (;;) {
    if (stop.stop_requested()) {
      return make_error(ErrorCode::cancelled, fmt::format("{} was stopped", program.argv.front()));
    }
    if (deadline.passed()) {
      return make_error(ErrorCode::timeout, fmt::format("{} took too long", program.argv.front()));
    }
    const auto wait = std::min<std::int64_t>(step_ms, deadline.remaining().count());
    if (child.output() >= 0) {
      pollfd readable{child.output(), POLLIN, 0};
      ::poll(&readable, 1, static_cast<int>(wait));
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const auto ending = child.ended();  // before the last read: nothing is missed
    take();
    if (!ending) continue;
    if (result.output.size() > max_output_bytes) {
      result.output.erase(0, result.output.size() - max_output_bytes);
    }
    result.ending = *ending;
    return result;
  }
}

}  // namespace idi::llama_runtime
