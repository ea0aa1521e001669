// Listwise logistic regression by gradient ascent (Adam, full batch): a few thousand questions of
// eight candidates each take seconds, so that plain and deterministic beats clever.
#include <algorithm>
#include <cmath>

#include "idi/parser/selector.hpp"

namespace idi::parser {

namespace {

/// Deviation of each feature within a question's candidates: what differs between questions alone
/// cannot choose. Features that never differ get 0.
SelectionFeatures deviations(const std::vector<const SelectionExample*>& examples) {
  SelectionFeatures result{};
  double rows = 0;
  for (const SelectionExample* example : examples) {
    SelectionFeatures mean{};
    const auto count = static_cast<double>(example->candidates.size());
    for (const auto& row : example->candidates)
      for (std::size_t f = 0; f < row.size(); ++f) mean[f] += row[f] / count;
    for (const auto& row : example->candidates)
      for (std::size_t f = 0; f < row.size(); ++f)
        result[f] += (row[f] - mean[f]) * (row[f] - mean[f]);
    rows += count;
  }
  for (double& value : result) value = std::sqrt(value / rows);
  return result;
}

/// Adds this question's gradient of log P(right) to `gradient`; weights are of standardized
/// features.
void add_gradient(const SelectionExample& example, const SelectionFeatures& weights,
                  const SelectionFeatures& scale, SelectionFeatures& gradient) {
  std::vector<double> shares(example.candidates.size());
  for (std::size_t i = 0; i < shares.size(); ++i)
    for (std::size_t f = 0; f < weights.size(); ++f)
      shares[i] += weights[f] * scale[f] * example.candidates[i][f];
  const double top = *std::max_element(shares.begin(), shares.end());
  double all = 0;
  double right = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    shares[i] = std::exp(shares[i] - top);
    all += shares[i];
    if (example.right[i]) right += shares[i];
  }
  // d/ds_i of log(sum of right / sum of all).
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double pull = (example.right[i] ? shares[i] / right : 0.0) - shares[i] / all;
    for (std::size_t f = 0; f < weights.size(); ++f)
      gradient[f] += pull * scale[f] * example.candidates[i][f];
  }
}

}  // namespace

Result<Selector> fit_selector(const std::vector<SelectionExample>& examples,
                              const FitOptions& options) {
  std::vector<const SelectionExample*> telling;
  for (const SelectionExample& example : examples) {
    if (example.right.size() != example.candidates.size())
      return make_error(ErrorCode::invalid_argument,
                        "A selection example has not as many labels as candidates");
    const auto right = std::count(example.right.begin(), example.right.end(), true);
    if (right > 0 && right < static_cast<std::ptrdiff_t>(example.right.size()))
      telling.push_back(&example);
  }
  if (telling.empty())
    return make_error(ErrorCode::invalid_argument,
                      "No question has both a right and a wrong candidate",
                      "Fit on more questions, or with a wider beam.");

  SelectionFeatures scale = deviations(telling);
  for (double& value : scale) value = value > 1e-9 ? 1 / value : 0;

  constexpr double rate = 0.05;
  constexpr double momentum = 0.9;
  constexpr double memory = 0.999;
  SelectionFeatures weights{};
  SelectionFeatures mean{};
  SelectionFeatures square{};
  for (int step = 1; step <= options.iterations; ++step) {
    SelectionFeatures gradient{};
    for (const SelectionExample* example : telling)
      add_gradient(*example, weights, scale, gradient);
    const double step_rate = rate * (1 - static_cast<double>(step - 1) / options.iterations);
    for (std::size_t f = 0; f < weights.size(); ++f) {
      const double slope =
          gradient[f] / static_cast<double>(telling.size()) - options.l2 * weights[f];
      mean[f] = momentum * mean[f] + (1 - momentum) * slope;
      square[f] = memory * square[f] + (1 - memory) * slope * slope;
      const double mean_now = mean[f] / (1 - std::pow(momentum, step));
      const double square_now = square[f] / (1 - std::pow(memory, step));
      weights[f] += step_rate * mean_now / (std::sqrt(square_now) + 1e-8);
    }
  }
  for (std::size_t f = 0; f < weights.size(); ++f) weights[f] *= scale[f];
  return Selector(weights);
}

}  // namespace idi::parser
