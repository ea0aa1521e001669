#include "progress_line.hpp"

#include <fmt/format.h>

#include <ostream>
#include <string>

#include "idi/eval/report.hpp"

namespace idi::eval {
namespace {

std::string clock_text(std::chrono::milliseconds duration) {
  const auto seconds = (duration.count() + 500) / 1000;
  if (seconds < 3600) return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace

ProgressLine::~ProgressLine() {
  if (written_) stream_ << '\n' << std::flush;
}

void ProgressLine::on_progress(const Progress& progress) {
  const Tally so_far{progress.done, progress.right};
  std::string line = fmt::format("{}/{}  {} % right  {} elapsed", progress.done, progress.total,
                                 percent_text(so_far), clock_text(progress.elapsed));
  if (progress.left && progress.done < progress.total) {
    line += fmt::format("  {} left", clock_text(*progress.left));
  }
  if (progress.resumed > 0) line += fmt::format("  ({} from before)", progress.resumed);
  stream_ << '\r' << line << "\x1b[K" << std::flush;
  written_ = true;
}

}  // namespace idi::eval
