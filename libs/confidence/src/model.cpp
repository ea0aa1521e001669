#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "idi/confidence/confidence.hpp"
#include "idi/core/text.hpp"

namespace idi::confidence {
namespace {

constexpr std::array<std::string_view, feature_count> names = {
#define IDI_AS_NAME(name) #name,
    IDI_CONFIDENCE_FEATURES(IDI_AS_NAME)
#undef IDI_AS_NAME
};

}  // namespace

std::string_view feature_name(Feature feature) { return names[static_cast<std::size_t>(feature)]; }

Model Model::standard() {
  using enum Feature;
  Model model;
  const auto set = [&](Feature feature, double weight) {
    model.weights[static_cast<std::size_t>(feature)] = weight;
  };
  model.bias = -1.2;
  set(share_log_odds, 0.3);
  set(share, 0.5);
  set(lead, 0.4);
  set(votes, 0.3);
  set(step_probability, 1);
  set(items, 0.3);
  set(engines_agree, 0.8);
  set(engines_differ, -0.6);
  set(words_known, 0.5);
  set(words_unknown, -1);
  set(words_unused, -0.8);
  set(values_unresolved, -1);
  set(empty_result, -0.6);
  set(null_result, -0.8);
  set(not_tried, -0.8);
  set(doubt, -1.5);
  set(repaired, -0.5);
  set(joins, -0.3);
  set(subqueries, -0.3);
  set(follow_up, -0.4);
  return model;
}

Result<Model> Model::from_text(std::string_view lines) {
  Model model;
  int number = 0;
  for (const std::string& raw : text::split(lines, '\n')) {
    ++number;
    const std::string_view line = text::trim(raw);
    if (line.empty() || line.front() == '#') continue;
    const auto wrong = [&](std::string_view what) {
      return make_error(ErrorCode::invalid_argument,
                        fmt::format("The confidence's weights, line {}: {}", number, what),
                        "Each line is a feature's name, a blank and a number.");
    };
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos) return wrong("a name without a number");
    const std::string_view name = line.substr(0, blank);
    const std::string_view value = text::trim(line.substr(blank));
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end() && name != "bias")
      return wrong(fmt::format("no feature is named \"{}\"", name));
    double& weight = found == names.end()
                         ? model.bias
                         : model.weights[static_cast<std::size_t>(found - names.begin())];
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), weight);
    if (error != std::errc{} || end != value.data() + value.size() || !std::isfinite(weight))
      return wrong(fmt::format("\"{}\" is no number", value));
  }
  return model;
}

std::string Model::to_text() const {
  std::string lines = fmt::format("bias {}\n", bias);
  for (std::size_t i = 0; i < names.size(); ++i)
    if (weights[i] != 0) lines += fmt::format("{} {}\n", names[i], weights[i]);
  return lines;
}

double Model::probability(const Features& features) const {
  double sum = bias;
  for (std::size_t i = 0; i < features.size(); ++i)
    if (std::isfinite(features[i])) sum += weights[i] * features[i];
  // Weights read from a file may be so large that +∞ and −∞ meet.
  return std::isnan(sum) ? 0.5 : 1 / (1 + std::exp(-sum));
}

}  // namespace idi::confidence
