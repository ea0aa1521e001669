// Logistic regression by Newton's method: some thirty weights and a few thousand examples, so that
// a dozen steps of plain elimination take milliseconds and give the same weights everywhere.
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "idi/confidence/confidence.hpp"
#include "idi/core/assert.hpp"

namespace idi::confidence {
namespace {

constexpr std::size_t size = feature_count + 1;  ///< The bias comes last.
using Vector = std::array<double, size>;
using Matrix = std::array<Vector, size>;

/// Features as deviations from their mean, in units of their standard deviation.
struct Scale {
  Features mean{};
  Features inverse{};  ///< 0 for what never differs: it can teach nothing.
};

Scale scale_of(std::span<const Example> examples) {
  Scale scale;
  const auto count = static_cast<double>(examples.size());
  for (const Example& example : examples)
    for (std::size_t f = 0; f < feature_count; ++f) scale.mean[f] += example.features[f] / count;
  for (std::size_t f = 0; f < feature_count; ++f) {
    double square = 0;
    for (const Example& example : examples) {
      const double difference = example.features[f] - scale.mean[f];
      square += difference * difference / count;
    }
    scale.inverse[f] = square > 1e-12 ? 1 / std::sqrt(square) : 0;
  }
  return scale;
}

Vector standardized(const Features& features, const Scale& scale) {
  Vector row{};
  for (std::size_t f = 0; f < feature_count; ++f)
    row[f] = (features[f] - scale.mean[f]) * scale.inverse[f];
  row[feature_count] = 1;
  return row;
}

double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum += a[i] * b[i];
  return sum;
}

/// log(1 + e^x) without overflow.
double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

/// Mean −log P(label), and the pull. The bias is not pulled: it is the share of right answers.
double loss_of(const std::vector<Vector>& rows, std::span<const Example> examples,
               const Vector& weights, double l2) {
  double loss = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double score = dot(rows[i], weights);
    loss += softplus(examples[i].right ? -score : score) / static_cast<double>(rows.size());
  }
  for (std::size_t f = 0; f < feature_count; ++f) loss += l2 / 2 * weights[f] * weights[f];
  return loss;
}

/// Solves `matrix` x = `right` for a symmetric positive definite matrix: elimination needs no
/// pivoting there.
Vector solve(Matrix matrix, Vector right) {
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t row = i + 1; row < size; ++row) {
      const double factor = matrix[row][i] / matrix[i][i];
      for (std::size_t column = i; column < size; ++column)
        matrix[row][column] -= factor * matrix[i][column];
      right[row] -= factor * right[i];
    }
  }
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t column = i + 1; column < size; ++column)
      right[i] -= matrix[i][column] * right[column];
    right[i] /= matrix[i][i];
  }
  return right;
}

Vector newton_step(const std::vector<Vector>& rows, std::span<const Example> examples,
                   const Vector& weights, double l2) {
  Vector gradient{};
  Matrix curvature{};
  for (std::size_t f = 0; f < size; ++f) {
    const double pull = f < feature_count ? l2 : 0;
    gradient[f] = pull * weights[f];
    // The smallest addition keeps the matrix definite where every example is certain.
    curvature[f][f] = pull + 1e-9;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Vector& row = rows[i];
    const double probability = 1 / (1 + std::exp(-dot(row, weights)));
    const double weight = 1 / static_cast<double>(rows.size());
    const double slope = (probability - (examples[i].right ? 1 : 0)) * weight;
    const double bend = probability * (1 - probability) * weight;
    for (std::size_t f = 0; f < size; ++f) {
      gradient[f] += slope * row[f];
      for (std::size_t g = 0; g < size; ++g) curvature[f][g] += bend * row[f] * row[g];
    }
  }
  return solve(curvature, gradient);
}

Vector minimum(const std::vector<Vector>& rows, std::span<const Example> examples, double l2) {
  Vector weights{};
  double loss = loss_of(rows, examples, weights, l2);
  constexpr int max_steps = 50;
  for (int step = 0; step < max_steps; ++step) {
    const Vector direction = newton_step(rows, examples, weights, l2);
    double length = 1;
    double gain = 0;
    for (int halving = 0; halving < 30 && gain <= 0; ++halving, length /= 2) {
      Vector tried = weights;
      for (std::size_t f = 0; f < size; ++f) tried[f] -= length * direction[f];
      const double there = loss_of(rows, examples, tried, l2);
      gain = loss - there;
      if (gain > 0) {
        weights = tried;
        loss = there;
      }
    }
    if (gain < 1e-12) break;
  }
  return weights;
}

}  // namespace

Result<Model> fit(std::span<const Example> examples, double l2) {
  std::size_t right = 0;
  for (const Example& example : examples) {
    right += example.right ? 1 : 0;
    if (!std::all_of(example.features.begin(), example.features.end(),
                     [](double value) { return std::isfinite(value); }))
      return make_error(ErrorCode::invalid_argument, "A feature of an answer is no number");
  }
  if (right == 0 || right == examples.size())
    return make_error(ErrorCode::invalid_argument,
                      "A confidence can be fitted only where some answers are right and some wrong",
                      "Fit on more questions.");
  if (!(l2 > 0) || !std::isfinite(l2))
    return make_error(ErrorCode::invalid_argument, "The pull of the weights must be above 0");

  const Scale scale = scale_of(examples);
  std::vector<Vector> rows;
  rows.reserve(examples.size());
  for (const Example& example : examples) rows.push_back(standardized(example.features, scale));
  const Vector fitted = minimum(rows, examples, l2);
  Model model;
  model.bias = fitted[feature_count];
  for (std::size_t f = 0; f < feature_count; ++f) {
    model.weights[f] = fitted[f] * scale.inverse[f];
    model.bias -= model.weights[f] * scale.mean[f];
  }
  return model;
}

Result<std::vector<Judged>> cross_validated(std::span<const Example> examples,
                                            std::span<const std::string> groups, int folds,
                                            double l2) {
  IDI_ASSERT(groups.size() == examples.size());
  IDI_ASSERT(folds >= 2);
  std::map<std::string, std::size_t> sizes;
  for (const std::string& group : groups) ++sizes[group];
  if (sizes.size() < static_cast<std::size_t>(folds))
    return make_error(ErrorCode::invalid_argument,
                      "There are fewer databases than parts for the cross-validation",
                      "Fit on questions over more databases.");
  // The largest first, each to the part that has least.
  std::vector<std::pair<std::size_t, std::string>> by_size;
  for (const auto& [group, count] : sizes) by_size.emplace_back(count, group);
  std::stable_sort(by_size.begin(), by_size.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::size_t> load(static_cast<std::size_t>(folds));
  std::map<std::string, std::size_t> fold_of;
  for (const auto& [count, group] : by_size) {
    const auto least = std::min_element(load.begin(), load.end());
    *least += count;
    fold_of[group] = static_cast<std::size_t>(least - load.begin());
  }

  std::vector<Judged> judged(examples.size());
  for (std::size_t fold = 0; fold < load.size(); ++fold) {
    std::vector<Example> others;
    for (std::size_t i = 0; i < examples.size(); ++i)
      if (fold_of[groups[i]] != fold) others.push_back(examples[i]);
    IDI_TRY(const Model model, fit(others, l2));
    for (std::size_t i = 0; i < examples.size(); ++i)
      if (fold_of[groups[i]] == fold)
        judged[i] = {model.probability(examples[i].features), examples[i].right};
  }
  return judged;
}

}  // namespace idi::confidence
