#include "idi/model_store/memory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>

#include "idi/core/text.hpp"
#include "idi/gguf/gguf.hpp"
#include "memory_files.hpp"

namespace idi::model_store {
namespace {

std::string content_of(const char* path) {
  std::ifstream in(path);
  std::string content;
  std::getline(in, content, '\0');
  return content;
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  text = text::trim(text);
  std::uint64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  return parsed.ec == std::errc() ? std::optional(value) : std::nullopt;
}

/// The number behind `name`, which begins a line.
std::optional<std::uint64_t> number_behind(std::string_view name, std::string_view content) {
  for (const auto& line : text::split(content, '\n')) {
    if (std::string_view(line).starts_with(name)) {
      return number_in(std::string_view(line).substr(name.size()));
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> meminfo_available(std::string_view content) {
  const auto kibibytes = number_behind("MemAvailable:", content);
  return kibibytes ? std::optional(*kibibytes << 10) : std::nullopt;
}

std::optional<std::uint64_t> group_available(std::string_view most, std::string_view used,
                                             std::string_view statistics) {
  const auto limit = number_in(most);  // "max": no limit
  const auto taken = number_in(used);
  if (!limit || !taken) return std::nullopt;
  const std::uint64_t cached =
      std::min(number_behind("inactive_file ", statistics).value_or(0), *taken);
  const std::uint64_t needed = *taken - cached;
  return *limit > needed ? *limit - needed : 0;
}

std::optional<std::uint64_t> available_memory() {
  auto available = meminfo_available(content_of("/proc/meminfo"));
  const auto in_group = group_available(content_of("/sys/fs/cgroup/memory.max"),
                                        content_of("/sys/fs/cgroup/memory.current"),
                                        content_of("/sys/fs/cgroup/memory.stat"));
  if (in_group) available = std::min(available.value_or(*in_group), *in_group);
  return available;
}

Result<std::uint64_t> memory_needed(const Profile& profile, std::uint64_t slots) {
  IDI_TRY(const auto header, gguf::read_header(profile.file));
  IDI_TRY(const auto facts, gguf::facts_of(header));
  std::uint64_t bytes =
      gguf::memory_needed(header, facts, static_cast<std::uint64_t>(profile.context_tokens), slots);
  for (const auto& adapter : profile.adapters) bytes += static_cast<std::uint64_t>(adapter.bytes);
  return bytes;
}

Status check_memory(const Profile& profile, std::uint64_t slots,
                    std::optional<std::uint64_t> available_bytes) {
  IDI_TRY(const auto needed, memory_needed(profile, slots));
  if (!available_bytes || needed <= *available_bytes) return {};
  return make_error(ErrorCode::limit_exceeded,
                    fmt::format("{} needs about {} of memory, and {} are available", profile.name,
                                size_text(needed), size_text(*available_bytes)),
                    "Close other programs, or use a smaller model (idi model list).");
}

std::string size_text(std::uint64_t bytes) {
  constexpr double kilo = 1000;
  double size = static_cast<double>(bytes);
  if (size < kilo) return fmt::format("{} bytes", bytes);
  for (const char* unit : {"kB", "MB"}) {
    size /= kilo;
    if (size < kilo - 0.5) return fmt::format("{:.0f} {}", size, unit);
  }
  return fmt::format("{:.1f} GB", size / kilo);
}

}  // namespace idi::model_store
