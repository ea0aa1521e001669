#include <fmt/format.h>

#include <algorithm>

#include "idi/dataset/export.hpp"

namespace idi::dataset {
namespace {

double percent(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

double mean(std::int64_t sum, std::int64_t count) {
  return count == 0 ? 0.0 : static_cast<double>(sum) / static_cast<double>(count);
}

void append_figures(std::string& out, std::string_view name, const ExportFigures& figures) {
  const auto add = [&out]<typename... Args>(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out), format, std::forward<Args>(args)...);
  };
  add("{}: {} questions, {} exported ({:.1f} %)\n", name, figures.questions, figures.exported,
      percent(figures.exported, figures.questions));
  for (int i = 0; i < skip_reason_count; ++i) {
    const std::int64_t count = figures.skipped[static_cast<std::size_t>(i)];
    if (count == 0) continue;
    add("  skipped, {}: {} ({:.2f} %)\n", skip_reason_name(static_cast<SkipReason>(i)), count,
        percent(count, figures.questions));
  }
  const std::int64_t literals =
      figures.pointed + figures.constant + figures.resolvable + figures.unresolvable;
  add("  values: {} literals, {:.1f} % pointed, {:.1f} % 0 or 1, {:.1f} % for the resolver, {:.1f} "
      "% "
      "not to be found\n",
      literals, percent(figures.pointed, literals), percent(figures.constant, literals),
      percent(figures.resolvable, literals), percent(figures.unresolvable, literals));
  add("  examples with a value for the resolver: {:.1f} %; with one not to be found: {:.1f} %; "
      "with a "
      "join that is spelt out: {:.1f} %\n",
      percent(figures.with_any, figures.exported),
      percent(figures.with_unresolvable, figures.exported),
      percent(figures.with_join_hint, figures.exported));
  add("  mean nodes {:.1f} (max {}), words {:.1f}, steps {:.1f} (max {})\n",
      mean(figures.nodes, figures.exported), figures.max_nodes,
      mean(figures.words, figures.exported), mean(figures.steps, figures.exported),
      figures.max_steps);
}

void append_samples(std::string& out, std::string_view title,
                    const std::vector<ExportSample>& samples) {
  if (samples.empty()) return;
  fmt::format_to(std::back_inserter(out), "\n{}\n", title);
  for (const ExportSample& sample : samples) {
    fmt::format_to(std::back_inserter(out), "  [{}] {}\n    {}\n    → {}\n", sample.db_id,
                   sample.question, sample.query, sample.detail);
  }
}

}  // namespace

void ExportFigures::add(const ExportFigures& other) {
  questions += other.questions;
  exported += other.exported;
  for (std::size_t i = 0; i < skipped.size(); ++i) skipped[i] += other.skipped[i];
  pointed += other.pointed;
  constant += other.constant;
  resolvable += other.resolvable;
  unresolvable += other.unresolvable;
  with_any += other.with_any;
  with_unresolvable += other.with_unresolvable;
  with_join_hint += other.with_join_hint;
  nodes += other.nodes;
  steps += other.steps;
  words += other.words;
  max_nodes = std::max(max_nodes, other.max_nodes);
  max_steps = std::max(max_steps, other.max_steps);
}

void ExportFigures::add(const tl::expected<BuiltExample, Skipped>& outcome) {
  ++questions;
  if (!outcome) {
    ++skipped[static_cast<std::size_t>(outcome.error().reason)];
    return;
  }
  ++exported;
  const ValueUse& values = outcome->values;
  pointed += values.pointed;
  constant += values.constant;
  resolvable += values.resolvable;
  unresolvable += values.unresolvable;
  with_any += values.resolvable + values.unresolvable > 0 ? 1 : 0;
  with_unresolvable += values.unresolvable > 0 ? 1 : 0;
  const ir::Token on{ir::Token::Kind::symbol, static_cast<int>(ir::Symbol::on)};
  const auto& tokens = outcome->tokens;
  with_join_hint += std::find(tokens.begin(), tokens.end(), on) != tokens.end() ? 1 : 0;
  const model_io::TrainingExample& example = outcome->example;
  const std::int64_t node_count = example.input.nodes();
  const auto step_count = static_cast<std::int64_t>(example.steps.size());
  nodes += node_count;
  steps += step_count;
  words += static_cast<std::int64_t>(example.input.word_ids.size());
  max_nodes = std::max(max_nodes, node_count);
  max_steps = std::max(max_steps, step_count);
}

std::string ExportReport::to_text() const {
  std::string out;
  if (by_source.size() > 1) {
    for (const auto& [name, figures] : by_source) append_figures(out, name, figures);
  }
  append_figures(out, by_source.size() == 1 ? by_source.front().first : "all", total);
  fmt::format_to(std::back_inserter(out), "{} databases, {} words in the vocabulary, {:.1f} s\n",
                 databases, vocabulary_size, static_cast<double>(elapsed.count()) / 1000.0);
  for (int i = 0; i < skip_reason_count; ++i) {
    append_samples(out, fmt::format("Skipped, {}:", skip_reason_name(static_cast<SkipReason>(i))),
                   skipped_samples[static_cast<std::size_t>(i)]);
  }
  append_samples(out, "With values for the resolver:", any_samples);
  append_samples(out, "Exported:", exported_samples);
  return out;
}

}  // namespace idi::dataset
