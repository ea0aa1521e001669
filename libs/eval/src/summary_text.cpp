#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>

#include "idi/eval/report.hpp"
#include "object_text.hpp"
#include "trust_report.hpp"

namespace idi::eval {
namespace {

std::string latency_json(const std::map<std::string, Latency>& latency) {
  ObjectText phases;
  for (const auto& [phase, times] : latency) {
    ObjectText object;
    object.add("p50", fmt::format("{:.2f}", times.p50_ms));
    object.add("p95", fmt::format("{:.2f}", times.p95_ms));
    phases.add(phase, object.take());
  }
  return phases.take();
}

std::string tallies_json(const std::map<std::string, Tally>& tallies) {
  ObjectText object;
  for (const auto& [name, tally] : tallies) object.add(name, tally_json(tally));
  return object.take();
}

std::string tallies_text(std::string_view title, const std::map<std::string, Tally>& tallies) {
  if (tallies.empty()) return {};
  std::string text = fmt::format("\n{}\n", title);
  for (const auto& [name, tally] : tallies) {
    text += fmt::format("  {:<12}{:>6} %  {:>5} of {}\n", name, percent_text(tally), tally.right,
                        tally.count);
  }
  return text;
}

}  // namespace

std::string percent_text(const Tally& tally) { return fmt::format("{:.2f}", tally.accuracy()); }

std::string rules_text(const EvalOptions& options) {
  if (options.metric == Metric::bird) return "BIRD's EX";
  return options.keep_distinct ? "Spider's test-suite rules, DISTINCT kept"
                               : "Spider's test-suite rules, DISTINCT ignored";
}

std::string summary_json(const Evaluation& evaluation, const EvalOptions& options) {
  const Summary& summary = evaluation.summary;
  const bool spider = options.metric == Metric::spider;
  ObjectText object;
  object.add("execution_accuracy", percent_text(summary.all));
  object.add("count", summary.all.count);
  object.add("correct", summary.all.right);
  object.add("unusable", summary.unusable);
  object.add("metric", spider ? R"("spider")" : R"("bird")");
  object.add("distinct", spider && !options.keep_distinct ? R"("ignored")" : R"("kept")");
  ObjectText hardness;
  for (const Hardness level : all_hardness) {
    hardness.add(hardness_name(level),
                 tally_json(summary.by_hardness[static_cast<std::size_t>(level)]));
  }
  object.add("by_hardness", hardness.take());
  object.add("errors", kinds_json(summary.errors));
  object.add("error_labels", kinds_json(summary.labels));
  object.add("unknown_names", summary.unknown_names);
  if (!summary.by_writer.empty()) object.add("by_writer", tallies_json(summary.by_writer));
  if (!summary.by_agreement.empty()) object.add("by_agreement", tallies_json(summary.by_agreement));
  object.add("latency_ms", latency_json(summary.latency));
  object.add("trust", trust_json(summary.trust));
  if (summary.candidates) object.add("candidates", tally_json(*summary.candidates));
  object.add("by_database", tallies_json(summary.by_database));
  return object.take();
}

std::string summary_text(const Evaluation& evaluation, const EvalOptions& options) {
  const Summary& summary = evaluation.summary;
  std::string text =
      fmt::format("execution accuracy {} %  ({} of {}; {})\n\n", percent_text(summary.all),
                  summary.all.right, summary.all.count, rules_text(options));
  for (const Hardness level : all_hardness) {
    const Tally& tally = summary.by_hardness[static_cast<std::size_t>(level)];
    if (tally.count == 0) continue;
    text += fmt::format("  {:<8}{:>8} %  {:>5} of {}\n", hardness_name(level), percent_text(tally),
                        tally.right, tally.count);
  }
  if (summary.candidates) {
    text += fmt::format("\nright among the candidates: {} %\n", percent_text(*summary.candidates));
  }
  if (summary.unusable > 0) {
    text +=
        fmt::format("\n{} gold queries did not run; they count as not right\n", summary.unusable);
  }
  text += trust_text(summary.trust, summary.all.count);
  text += tallies_text("who wrote it", summary.by_writer);
  text += tallies_text("what the engines say of each other", summary.by_agreement);
  text += fmt::format("\nstatements with a table or column that is not there: {}\n",
                      summary.unknown_names);
  if (!summary.errors.empty()) text += "\nwhat was wrong\n";
  for (const auto& [kind, count] : summary.errors) {
    text +=
        fmt::format("  {:<12}{:>5}   {}\n", error_kind_name(kind), count, error_kind_meaning(kind));
  }
  text += "\nmilliseconds           p50        p95\n";
  for (const auto& [phase, times] : summary.latency) {
    text += fmt::format("  {:<14}{:>10.2f} {:>10.2f}\n", phase, times.p50_ms, times.p95_ms);
  }
  return text;
}

}  // namespace idi::eval
