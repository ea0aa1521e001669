#include "idi/parser/selector.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <unordered_set>

#include "idi/core/text.hpp"

namespace idi::parser {

namespace {

constexpr std::array<std::string_view, selection_feature_count> names = {
#define IDI_AS_NAME(name) #name,
    IDI_SELECTION_FEATURES(IDI_AS_NAME)
#undef IDI_AS_NAME
};

std::uint64_t hash_of(std::string_view bytes) {  // FNV-1a
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  return hash;
}

/// 1 and 1.0 are the same answer.
std::string cell_key(const Value& value) {
  if (const auto* number = std::get_if<double>(&value))
    if (*number == std::floor(*number) && std::abs(*number) < 1e15)
      return std::to_string(static_cast<std::int64_t>(*number));
  return to_display(value);
}

bool is_zero(const Value& value) {
  const std::string key = cell_key(value);
  return key == "0" && !std::holds_alternative<std::string>(value);
}

}  // namespace

CandidateOutcome outcome_of(const Result<ResultTable>& execution) {
  CandidateOutcome outcome;
  if (!execution) {
    outcome.error = execution.error().code;
    return outcome;
  }
  outcome.ran = true;
  outcome.rows = static_cast<std::int64_t>(execution->rows.size());
  outcome.truncated = execution->truncated;
  outcome.all_null = outcome.rows > 0;
  outcome.columns = static_cast<std::int64_t>(execution->columns.size());
  outcome.result_hash = execution->columns.size();
  std::unordered_set<std::uint64_t> seen;
  double cells = 0;
  double numbers = 0;
  for (const Row& row : execution->rows) {
    std::string key;
    for (const Value& value : row) {
      key += cell_key(value);
      key += '\x1f';
      if (!std::holds_alternative<Null>(value)) outcome.all_null = false;
      if (std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value))
        ++numbers;
      ++cells;
    }
    seen.insert(hash_of(key));
    // A sum, so that the order of rows does not matter, of hashes stirred once more, so that equal
    // parts of rows do not cancel out.
    outcome.result_hash += hash_of(key) * 0x9e3779b97f4a7c15ULL;
  }
  if (cells > 0) outcome.numeric_share = numbers / cells;
  if (outcome.rows > 0)
    outcome.duplicate_share =
        1 - static_cast<double>(seen.size()) / static_cast<double>(outcome.rows);
  outcome.zero =
      outcome.rows == 1 && execution->rows[0].size() == 1 && is_zero(execution->rows[0][0]);
  return outcome;
}

std::string_view selection_feature_name(SelectionFeature feature) {
  return names[static_cast<std::size_t>(feature)];
}

Selector Selector::standard() {
  using enum SelectionFeature;
  SelectionFeatures weights{};
  const auto set = [&](SelectionFeature feature, double weight) {
    weights[static_cast<std::size_t>(feature)] = weight;
  };
  set(log_probability, 1);
  set(failed, -8);
  set(timed_out, -4);
  set(empty, -0.6);
  set(all_null, -1);
  set(votes, 0.8);
  set(values_used, 0.5);
  set(quoted_unused, -1);
  set(numbers_unused, -0.5);
  set(cell_in_other_column, -0.5);
  set(superlative_missing, -0.5);
  set(count_missing, -1);
  set(average_missing, -1);
  set(average_extra, -0.5);
  set(sum_extra, -0.3);
  set(negation_missing, -0.6);
  set(negation_extra, -0.4);
  set(unresolved_values, -0.8);
  set(type_conflicts, -1);
  set(strange_keys, -3);
  return Selector(weights);
}

Result<Selector> Selector::from_text(std::string_view lines) {
  SelectionFeatures weights{};
  int number = 0;
  for (const std::string& raw : text::split(lines, '\n')) {
    ++number;
    const std::string_view line = text::trim(raw);
    if (line.empty() || line.front() == '#') continue;
    const auto wrong = [&](std::string_view what) {
      return make_error(ErrorCode::invalid_argument,
                        fmt::format("The selector's weights, line {}: {}", number, what),
                        "Each line is a feature's name, a blank and a number.");
    };
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos) return wrong("a name without a number");
    const std::string_view name = line.substr(0, blank);
    const std::string_view value = text::trim(line.substr(blank));
    std::size_t feature = 0;
    while (feature < names.size() && names[feature] != name) ++feature;
    if (feature == names.size()) return wrong(fmt::format("no feature is named \"{}\"", name));
    const auto [end, error] =
        std::from_chars(value.data(), value.data() + value.size(), weights[feature]);
    if (error != std::errc{} || end != value.data() + value.size() ||
        !std::isfinite(weights[feature]))
      return wrong(fmt::format("\"{}\" is no number", value));
  }
  return Selector(weights);
}

double Selector::score(const SelectionFeatures& features) const {
  double sum = 0;
  for (std::size_t i = 0; i < features.size(); ++i) sum += weights_[i] * features[i];
  return sum;
}

std::vector<double> Selector::scores(const link::LinkedQuestion& question, const Schema& schema,
                                     std::span<const Candidate> candidates,
                                     std::span<const CandidateOutcome> outcomes) const {
  std::vector<double> result;
  for (const SelectionFeatures& features :
       selection_features(question, schema, candidates, outcomes))
    result.push_back(score(features));
  return result;
}

std::string Selector::to_text() const {
  std::string lines;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (weights_[i] != 0) lines += fmt::format("{} {}\n", names[i], weights_[i]);
  return lines;
}

}  // namespace idi::parser
