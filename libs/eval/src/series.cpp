#include "idi/eval/series.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "idi/eval/report.hpp"
#include "object_text.hpp"

namespace idi::eval {
namespace {

Latency total_of(const Summary& summary) {
  const auto found = summary.latency.find("total");
  return found == summary.latency.end() ? Latency{} : found->second;
}

double gain_of(const SeriesEntry& entry, const std::vector<SeriesEntry>& entries) {
  return entry.summary.all.accuracy() - entries.front().summary.all.accuracy();
}

}  // namespace

std::string series_text(std::string_view title, const std::vector<SeriesEntry>& entries) {
  std::size_t width = title.size();
  for (const SeriesEntry& entry : entries) width = std::max(width, entry.name.size());
  std::string text =
      fmt::format("{:<{}}   right %    gain  questions    ms p50    ms p95\n", title, width);
  for (const SeriesEntry& entry : entries) {
    const Tally& all = entry.summary.all;
    const Latency total = total_of(entry.summary);
    text += fmt::format("{:<{}}  {:>8} {:>+7.2f} {:>4} of {:<5} {:>8.2f} {:>9.2f}\n", entry.name,
                        width, percent_text(all), gain_of(entry, entries), all.right, all.count,
                        total.p50_ms, total.p95_ms);
  }
  return text;
}

std::string series_json(const std::vector<SeriesEntry>& entries) {
  std::string text = "[";
  for (const SeriesEntry& entry : entries) {
    const Tally& all = entry.summary.all;
    const Latency total = total_of(entry.summary);
    ObjectText times;
    times.add("p50", fmt::format("{:.2f}", total.p50_ms));
    times.add("p95", fmt::format("{:.2f}", total.p95_ms));
    ObjectText object;
    object.add("name", ObjectText::quoted(entry.name));
    object.add("execution_accuracy", percent_text(all));
    object.add("gain", fmt::format("{:.2f}", gain_of(entry, entries)));
    object.add("count", all.count);
    object.add("correct", all.right);
    object.add("total_ms", times.take());
    if (text.size() > 1) text += ',';
    text += object.take();
  }
  return text + "]";
}

}  // namespace idi::eval
