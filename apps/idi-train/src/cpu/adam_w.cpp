#include "adam_w.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace idi::train {
namespace {

/// Steps without a gradient after which a row's own movement is below 0.2 % of what it was.
constexpr std::int64_t steps_awake = 64;
constexpr std::int64_t never = -(std::int64_t{1} << 40);

}  // namespace

ShardGradients::ShardGradients(const Layout& layout)
    : values(layout.count),
      touched_words(static_cast<std::size_t>(layout.sizes.vocabulary)),
      touched_grams(static_cast<std::size_t>(layout.sizes.grams)) {}

AdamW::AdamW(const Layout& layout, const OptimizerOptions& options,
             const std::vector<float>& values, int threads)
    : width_(layout.sizes.width),
      options_(options),
      threads_(threads),
      values_(values),
      averages_(values),
      first_(layout.count),
      second_(layout.count),
      squares_(static_cast<std::size_t>(threads)) {
  const auto add_table = [&](Index begin, Index rows, auto touched) {
    const auto count = static_cast<std::size_t>(rows);
    tables_.push_back({begin, rows, touched, std::vector<std::int64_t>(count, never),
                       std::vector<std::int64_t>(count, 0), std::vector<double>(count, 0)});
  };
  add_table(layout.words, layout.sizes.vocabulary, &ShardGradients::touched_words);
  add_table(layout.grams, layout.sizes.grams, &ShardGradients::touched_grams);
  constexpr Index piece = Index{1} << 13;
  for (const TensorAt& at : layout.tensors) {
    if (at.offset == layout.words || at.offset == layout.grams) continue;
    for (Index begin = at.offset; begin < at.offset + at.count; begin += piece)
      ranges_.push_back({begin, std::min(piece, at.offset + at.count - begin), at.decays});
  }
}

void AdamW::merge_range(std::vector<ShardGradients>& shards, Index begin, Index count,
                        double& squares) {
  std::vector<float*> starts;
  for (ShardGradients& shard : shards) starts.push_back(shard.values.data());
  squares += merge_gradients(starts.data(), static_cast<int>(starts.size()), begin, begin + count);
}

void AdamW::merge(std::vector<ShardGradients>& shards, int thread) {
  double squares = 0;
  for (std::size_t i = static_cast<std::size_t>(thread); i < ranges_.size();
       i += static_cast<std::size_t>(threads_))
    merge_range(shards, ranges_[i].begin, ranges_[i].count, squares);
  for (Table& table : tables_) {
    for (Index row = thread; row < table.rows; row += threads_) {
      auto& any = (shards[0].*table.touched)[row];
      for (std::size_t s = 1; s < shards.size(); ++s) {
        any |= (shards[s].*table.touched)[row];
        (shards[s].*table.touched)[row] = 0;
      }
      if (any != 0) merge_range(shards, table.begin + row * width_, width_, squares);
    }
  }
  squares_[thread] = squares;
}

double AdamW::begin(float rate) {
  const double norm = std::sqrt(std::accumulate(squares_.begin(), squares_.end(), 0.0));
  if (!std::isfinite(norm))
    throw std::runtime_error(
        "the training diverged: the gradient is not finite; try a lower --rate");
  ++steps_;
  const auto age = static_cast<double>(steps_);
  step_.beta1 = options_.beta1;
  step_.beta2 = options_.beta2;
  step_.epsilon = options_.epsilon;
  step_.rate = rate;
  step_.correction1 = static_cast<float>(1 - std::pow(options_.beta1, age));
  step_.correction2 = static_cast<float>(1 - std::pow(options_.beta2, age));
  const auto clip = static_cast<double>(options_.clip_norm);
  step_.gradient_scale = clip > 0 && norm > clip ? static_cast<float>(clip / norm) : 1;
  // The average forgets its start.
  step_.average_decay =
      static_cast<float>(std::min<double>(options_.average_decay, (1 + age) / (10 + age)));
  average_log_ += std::log(static_cast<double>(step_.average_decay));
  return norm;
}

void AdamW::apply(std::vector<ShardGradients>& shards, int thread) {
  float* gradient = shards[0].values.data();
  for (std::size_t i = static_cast<std::size_t>(thread); i < ranges_.size();
       i += static_cast<std::size_t>(threads_)) {
    const Range& range = ranges_[i];
    AdamStep own = step_;
    own.weight_decay = range.decays ? options_.weight_decay : 0;
    adam(own, range.count, gradient + range.begin, values_.data() + range.begin,
         first_.data() + range.begin, second_.data() + range.begin, averages_.data() + range.begin);
  }
  for (Table& table : tables_) {
    auto& touched = shards[0].*table.touched;
    for (Index row = thread; row < table.rows; row += threads_) {
      apply_row(table, row, gradient + table.begin + row * width_, touched[row] != 0);
      touched[row] = 0;
    }
  }
}

void AdamW::apply_row(Table& table, Index row, float* gradient, bool touched) {
  if (touched)
    table.touched_at[row] = steps_;
  else if (steps_ - table.touched_at[row] > steps_awake)
    return;
  const Index at = table.begin + row * width_;
  if (table.current_at[row] < steps_ - 1)
    catch_up(table, row, steps_ - 1,
             average_log_ - std::log(static_cast<double>(step_.average_decay)),
             {first_.data(), second_.data(), averages_.data()});
  table.current_at[row] = steps_;
  table.average_log[row] = average_log_;
  AdamStep own = step_;
  own.weight_decay = 0;
  adam(own, width_, touched ? gradient : nullptr, values_.data() + at, first_.data() + at,
       second_.data() + at, averages_.data() + at);
}

void AdamW::catch_up(const Table& table, Index row, std::int64_t step, double average_log,
                     Moments to) const {
  const auto missed = static_cast<double>(step - table.current_at[row]);
  const auto decay1 = static_cast<float>(std::pow(options_.beta1, missed));
  const auto decay2 = static_cast<float>(std::pow(options_.beta2, missed));
  const auto average_decay = static_cast<float>(std::exp(average_log - table.average_log[row]));
  const Index begin = table.begin + row * width_;
  for (Index i = begin; i < begin + width_; ++i) {
    to.first[i] *= decay1;
    to.second[i] *= decay2;
    to.averages[i] = values_.data()[i] + average_decay * (to.averages[i] - values_.data()[i]);
  }
}

EngineState AdamW::state() const {
  EngineState state{values_.to_vector(), averages_.to_vector(), first_.to_vector(),
                    second_.to_vector(), steps_};
  for (const Table& table : tables_)
    for (Index row = 0; row < table.rows; ++row)
      if (table.current_at[row] < steps_)
        catch_up(table, row, steps_, average_log_,
                 {state.first_moments.data(), state.second_moments.data(), state.averages.data()});
  return state;
}

void AdamW::set_state(const EngineState& state) {
  const std::size_t count = values_.size();
  for (const auto* part :
       {&state.values, &state.averages, &state.first_moments, &state.second_moments})
    if (part->size() != count) throw std::invalid_argument("the state is of another network");
  values_ = AlignedFloats(state.values);
  averages_ = AlignedFloats(state.averages);
  first_ = AlignedFloats(state.first_moments);
  second_ = AlignedFloats(state.second_moments);
  steps_ = state.steps;
  average_log_ = 0;
  for (Table& table : tables_) {
    // Awake, whatever they were: what is left of their momentum still counts.
    std::fill(table.touched_at.begin(), table.touched_at.end(), steps_);
    std::fill(table.current_at.begin(), table.current_at.end(), steps_);
    std::fill(table.average_log.begin(), table.average_log.end(), 0);
  }
}

}  // namespace idi::train
