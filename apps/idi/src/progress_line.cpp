#include "progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "output.hpp"
#include "table_view.hpp"

namespace idi::cli {

ProgressLine::ProgressLine(bool wanted) {
  const TerminalTraits traits = traits_of(STDERR_FILENO);
  if (wanted && traits.can_redraw) width_ = traits.width;
}

ProgressLine::~ProgressLine() { erase(); }

void ProgressLine::draw(const std::string& text) {
  std::fputs(("\r" + fit(text, width_ - 1) + "\x1b[K").c_str(), stderr);
  shown_ = true;
}

void ProgressLine::on_progress(const engine::Progress& progress) {
  if (width_ <= 0) return;
  constexpr int cells = 20;
  const int full = static_cast<int>(progress.percent * cells / 100);
  std::string bar;
  for (int i = 0; i < cells; ++i) bar += i < full ? "█" : "░";
  draw(fmt::format("{} {:3.0f} %  {}", bar, progress.percent, progress.message));
}

void ProgressLine::show(std::string_view message) {
  if (width_ > 0) draw(std::string(message));
}

void ProgressLine::erase() {
  if (!shown_) return;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
  shown_ = false;
}

}  // namespace idi::cli
