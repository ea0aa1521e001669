#include "eval_series.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <sstream>
#include <utility>
#include <vector>

#include "idi/eval/command.hpp"
#include "idi/eval/series.hpp"
#include "idi/eval/variants.hpp"
#include "output.hpp"
#include "pipeline_predictor.hpp"

namespace idi::cli {
namespace {

Result<eval::SeriesEntry> entry_of(std::string name, eval::EvalOptions options,
                                   eval::Predictor& predictor, const std::stop_token& stop) {
  std::ostream* progress = traits_of(STDERR_FILENO).can_redraw ? &std::cerr : nullptr;
  if (progress) *progress << name << '\n';
  if (options.report) *options.report /= name;
  std::ostringstream unused;
  IDI_TRY(auto evaluation,
          eval::run_eval_command(options, &predictor, true, {unused, progress}, stop));
  return eval::SeriesEntry{std::move(name), std::move(evaluation.summary)};
}

std::string told(const EvalCommandOptions& options, std::string_view title,
                 const std::vector<eval::SeriesEntry>& entries) {
  return options.json ? eval::series_json(entries) + "\n" : eval::series_text(title, entries);
}

}  // namespace

Result<std::string> evaluate_variants(const EvalCommandOptions& options,
                                      const std::stop_token& stop) {
  IDI_TRY(const auto predictor, open_pipeline_predictor(options, stop));
  std::vector<eval::SeriesEntry> entries;
  for (const eval::Variant variant : eval::all_variants) {
    std::string name(eval::variant_name(variant));
    eval::EvalOptions asked = options.eval;
    asked.questions = options.variants / (name + ".jsonl");
    IDI_TRY(auto entry, entry_of(std::move(name), std::move(asked), *predictor, stop));
    entries.push_back(std::move(entry));
  }
  return told(options, "questions", entries);
}

Result<std::string> evaluate_ablations(const EvalCommandOptions& options,
                                       const std::stop_token& stop) {
  std::vector<eval::SeriesEntry> entries;
  const auto add = [&](std::string name, const EvalCommandOptions& asked) -> Status {
    IDI_TRY(const auto predictor, open_pipeline_predictor(asked, stop));
    IDI_TRY(auto entry, entry_of(std::move(name), asked.eval, *predictor, stop));
    entries.push_back(std::move(entry));
    return {};
  };
  IDI_CHECK(add("everything", options));
  for (const Part part : all_parts) {
    EvalCommandOptions asked = options;
    asked.without.insert(part);
    IDI_CHECK(add(fmt::format("without {}", part_name(part)), asked));
  }
  return told(options, "system", entries);
}

}  // namespace idi::cli
