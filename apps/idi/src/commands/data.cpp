#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <iostream>
#include <string>
#include <vector>

#include "commands.hpp"
#include "exit_codes.hpp"
#include "idi/dataset/commands.hpp"
#include "idi/eval/robustness.hpp"
#include "idi/eval/variants.hpp"
#include "idi/parser/weights.hpp"
#include "opening.hpp"
#include "output.hpp"

namespace idi::cli {
namespace {

constexpr auto patience = std::chrono::seconds(10);

Result<dataset::ExportOptions> with_sources(const DataOptions& options) {
  dataset::ExportOptions filled = options.dataset;
  for (const auto& text : options.sources) {
    IDI_TRY(auto source, dataset::parse_source(text));
    filled.sources.push_back(std::move(source));
  }
  return filled;
}

int run_export(const DataOptions& options, Interrupt& interrupt,
               decltype(&dataset::run_export_command) command) {
  const auto filled = with_sources(options);
  if (!filled) {
    print_error(filled.error());
    return exit_usage;
  }
  std::ostream* progress = traits_of(STDERR_FILENO).can_redraw ? &std::cerr : nullptr;
  const int code = command(*filled, std::cout, std::cerr, progress, interrupt.begin(patience));
  interrupt.end();
  return code;
}

}  // namespace

int run_data_export(const DataOptions& options, Interrupt& interrupt) {
  return run_export(options, interrupt, &dataset::run_export_command);
}

int run_data_coverage(const DataOptions& options, Interrupt& interrupt) {
  return run_export(options, interrupt, &dataset::run_coverage_command);
}

int run_data_synth(const SynthOptions& options, Interrupt& interrupt) {
  synth::SynthCommandOptions filled = options.synth;
  filled.without.insert(options.without.begin(), options.without.end());
  filled.databases.insert(options.databases.begin(), options.databases.end());
  const int code =
      synth::run_synth_command(filled, std::cout, std::cerr, interrupt.begin(patience));
  interrupt.end();
  return code;
}

int run_data_join(const JoinOptions& options) {
  const auto joined = parser::join_weights(options.networks, options.into);
  if (joined) return exit_ok;
  print_error(joined.error());
  return exit_code_of(joined.error().code);
}

int run_data_unnamed(const UnnamedOptions& options) {
  const auto counts = eval::write_without_column_names(options.questions, options.tables,
                                                       options.out, options.only_changed);
  if (!counts) return print_result(counts.error());
  return print_result(
      fmt::format("{} of {} questions changed\n", counts->changed, counts->questions));
}

int run_data_variants(const VariantsOptions& options) {
  std::vector<std::string> warnings;
  eval::VariantOptions wanted{options.questions, options.tables, options.out, options.seed,
                              open_wordnet(warnings)};
  for (const auto& warning : warnings) print_warning(warning);
  const auto written = eval::write_variants(wanted);
  if (!written) return print_result(written.error());
  std::string text;
  for (const auto& one : *written) {
    text += fmt::format("{:<12}{} of {} questions changed\n", eval::variant_name(one.variant),
                        one.changed, one.questions);
  }
  return print_result(text);
}

}  // namespace idi::cli
