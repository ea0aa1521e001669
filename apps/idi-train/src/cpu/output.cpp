#include "output.hpp"

#include <cmath>
#include <limits>

#include "gemm.hpp"
#include "kernels.hpp"

namespace idi::train {
namespace {

/// One softmax over what a step allows: some of the symbols, whole ranges of items.
class Choice {
 public:
  Choice(const TargetStep& step, const NodeRanges& range, int node_end, float* symbols,
         int symbol_count, float* items)
      : allowed_(step.allowed_symbols),
        symbols_(symbols),
        symbol_count_(symbol_count),
        items_(items),
        item_count_(node_end - range.columns) {
    const int ends[] = {0, range.tables - range.columns, range.values - range.columns, item_count_};
    for (int kind = 0; kind < 3; ++kind) {
      begin_[kind] = ends[kind];
      end_[kind] = (step.allowed_pointers >> kind & 1) != 0 ? ends[kind + 1] : ends[kind];
    }
  }

  /// Logits → probabilities, zero where not allowed. Returns the logarithm of their sum.
  float normalize() {
    float most = -std::numeric_limits<float>::infinity();
    visit([&](float& logit) { most = std::max(most, logit); });
    float sum = 0;
    visit([&](float& logit) { sum += std::exp(logit - most); });
    log_sum_ = most + std::log(sum);
    return log_sum_;
  }
  void to_probabilities() {
    for (int s = 0; s < symbol_count_; ++s)
      symbols_[s] = allows(s) ? std::exp(symbols_[s] - log_sum_) : 0;
    int done = 0;
    for (int kind = 0; kind < 3; ++kind) {
      for (; done < begin_[kind]; ++done) items_[done] = 0;
      for (; done < end_[kind]; ++done) items_[done] = std::exp(items_[done] - log_sum_);
    }
    for (; done < item_count_; ++done) items_[done] = 0;
  }

  template <typename Visit>
  void visit(Visit&& visit) {
    for (int s = 0; s < symbol_count_; ++s)
      if (allows(s)) visit(symbols_[s]);
    for (int kind = 0; kind < 3; ++kind)
      for (int i = begin_[kind]; i < end_[kind]; ++i) visit(items_[i]);
  }

 private:
  [[nodiscard]] bool allows(int symbol) const { return (allowed_ >> symbol & 1U) != 0; }

  std::uint64_t allowed_;
  float* symbols_;
  int symbol_count_;
  float* items_;
  int item_count_;
  int begin_[3] = {}, end_[3] = {};
  float log_sum_ = 0;
};

}  // namespace

void OutputBlock::forward(const Pass& pass, const Layout& layout, const Batch& batch,
                          const LossShares& shares, const float* states, const float* nodes,
                          std::vector<StepScore>& scores) {
  layout_ = &layout;
  batch_ = &batch;
  states_ = states;
  nodes_ = nodes;
  const Index d = pass.width;
  const int symbol_count = layout.sizes.symbols;
  const float scale = 1 / std::sqrt(static_cast<float>(d));
  symbols_ = pass.arena->take(Index{batch.step_count()} * symbol_count);
  queries_ = pass.arena->take(batch.step_count() * d);
  keys_ = pass.arena->take(batch.nodes() * d);
  linear(pass, layout.symbol_output, states, batch.step_count(), symbols_);
  linear(pass, layout.pointer_query, states, batch.step_count(), queries_);
  linear(pass, layout.pointer_key, nodes, batch.nodes(), keys_);

  pointer_begin_.clear();
  Index cells = 0;
  for (int e = 0; e < batch.examples(); ++e) {
    pointer_begin_.push_back(cells);
    cells += Index{batch.steps_of(e)} * (batch.node_begin[e + 1] - batch.ranges[e].columns);
  }
  pointers_ = pass.arena->take(cells);
  for (int e = 0; e < batch.examples(); ++e) {
    const int first = batch.ranges[e].columns;
    const int items = batch.node_begin[e + 1] - first;
    float* pointers = pointers_ + pointer_begin_[e];
    if (items > 0)
      gemm(Form::plain, Form::transposed, batch.steps_of(e), items, d, scale,
           queries_ + batch.step_begin[e] * d, d, keys_ + first * d, d, 0, pointers, items);
    for (int t = 0; t < batch.steps_of(e); ++t) {
      const int s = batch.step_begin[e] + t;
      const TargetStep& step = batch.steps[s];
      float* row = pointers + Index{t} * items;
      float* symbols = symbols_ + Index{s} * symbol_count;
      float& target = step.target < symbol_count
                          ? symbols[step.target]
                          : row[step.target - symbol_count - (first - batch.node_begin[e])];
      Choice choice(step, batch.ranges[e], batch.node_begin[e + 1], symbols, symbol_count, row);
      const float log_sum = choice.normalize();
      int above = 0;
      int allowed = 0;
      choice.visit([&](float& logit) {
        above += logit > target;
        ++allowed;
      });
      scores.push_back({target - log_sum, above == 0});
      if (pass.gradients == nullptr) continue;
      choice.to_probabilities();
      const float smooth = shares.label_smoothing / static_cast<float>(allowed);
      choice.visit([&](float& value) { value = (value - smooth) * shares.step; });
      target -= (1 - shares.label_smoothing) * shares.step;
    }
  }
}

void OutputBlock::backward(const Pass& pass, float* d_states, float* d_nodes) const {
  const Batch& batch = *batch_;
  const Index d = pass.width;
  const float scale = 1 / std::sqrt(static_cast<float>(d));
  float* d_queries = pass.arena->take(batch.step_count() * d);
  float* d_keys = pass.arena->take(batch.nodes() * d);
  std::fill_n(d_keys, batch.nodes() * d, 0.0F);
  for (int e = 0; e < batch.examples(); ++e) {
    const int first = batch.ranges[e].columns;
    const int items = batch.node_begin[e + 1] - first;
    const int steps = batch.steps_of(e);
    float* d_query = d_queries + batch.step_begin[e] * d;
    if (items == 0) {
      std::fill_n(d_query, steps * d, 0.0F);
      continue;
    }
    const float* pointers = pointers_ + pointer_begin_[e];
    gemm(Form::plain, Form::plain, steps, d, items, scale, pointers, items, keys_ + first * d, d, 0,
         d_query, d);
    gemm(Form::transposed, Form::plain, items, d, steps, scale, pointers, items,
         queries_ + batch.step_begin[e] * d, d, 0, d_keys + first * d, d);
  }
  linear_backward(pass, layout_->symbol_output, states_, symbols_, batch.step_count(), d_states);
  linear_backward(pass, layout_->pointer_query, states_, d_queries, batch.step_count(), d_states,
                  true);
  linear_backward(pass, layout_->pointer_key, nodes_, d_keys, batch.nodes(), d_nodes, true);
}

double used_items(const Pass& pass, const Layout& layout, const Batch& batch,
                  const LossShares& shares, const float* nodes, float* d_nodes) {
  const Index d = pass.width;
  const float* weight = pass.values + layout.used.weight;
  const float bias = pass.values[layout.used.bias];
  double total = 0;
  for (int e = 0; e < batch.examples(); ++e) {
    const int first = batch.ranges[e].columns;
    const int end = batch.node_begin[e + 1];
    if (first == end) continue;
    const float share = shares.example / static_cast<float>(end - first);
    double sum = 0;
    for (int n = first; n < end; ++n) {
      const float logit = dot(weight, nodes + n * d, d) + bias;
      const float used = batch.used[n] != 0 ? 1.0F : 0.0F;
      sum += std::max(logit, 0.0F) - logit * used + std::log1p(std::exp(-std::fabs(logit)));
      if (pass.gradients == nullptr) continue;
      const float gradient = (1 / (1 + std::exp(-logit)) - used) * share;
      add_scaled(weight, d, gradient, d_nodes + n * d);
      add_scaled(nodes + n * d, d, gradient, pass.gradients + layout.used.weight);
      pass.gradients[layout.used.bias] += gradient;
    }
    total += sum * share;
  }
  return total;
}

}  // namespace idi::train
