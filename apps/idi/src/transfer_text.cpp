#include "transfer_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "idi/model_store/memory.hpp"

namespace idi::cli {
namespace {

using model_store::size_text;

std::uint64_t natural(std::int64_t number) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(number, 0));
}

/// Two parts at most: nobody needs the seconds of three hours.
std::string time_text(double seconds) {
  constexpr double longest_s = 100 * 3600.0;
  if (seconds > longest_s) return "very long";
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace

std::string transfer_text(std::string_view what, const model_store::DownloadProgress& progress) {
  std::string text = fmt::format("{}: {}", what, size_text(natural(progress.received_bytes)));
  const bool total_known = progress.total_bytes > 0;
  if (total_known) {
    const double share = static_cast<double>(progress.received_bytes) /
                         static_cast<double>(progress.total_bytes) * 100;
    text += fmt::format(" of {}, {} %", size_text(natural(progress.total_bytes)),
                        static_cast<int>(std::min(share, 100.0)));
  }
  if (progress.bytes_per_second < 1) return text;
  text += fmt::format(", {}/s", size_text(static_cast<std::uint64_t>(progress.bytes_per_second)));
  const std::int64_t rest = progress.total_bytes - progress.received_bytes;
  if (total_known && rest > 0) {
    text +=
        fmt::format(", {} left", time_text(static_cast<double>(rest) / progress.bytes_per_second));
  }
  return text;
}

}  // namespace idi::cli
