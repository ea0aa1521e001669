#include "padded_batch.hpp"

#include <algorithm>

namespace idi::train {
namespace {

torch::Tensor longs(std::vector<std::int64_t> shape) { return torch::zeros(shape, torch::kLong); }

template <typename Values>
torch::Tensor longs_of(const Values& values) {
  auto tensor = torch::empty({static_cast<std::int64_t>(values.size())}, torch::kLong);
  std::copy(values.begin(), values.end(), tensor.template data_ptr<std::int64_t>());
  return tensor;
}

}  // namespace

PaddedBatch::PaddedBatch(const Batch& batch, const Sizes& sizes, torch::Device device) {
  examples = batch.examples();
  for (int e = 0; e < batch.examples(); ++e) {
    nodes = std::max<std::int64_t>(nodes, batch.nodes_of(e));
    steps = std::max<std::int64_t>(steps, batch.steps_of(e));
  }
  const auto words = static_cast<std::int64_t>(batch.word_ids.size());
  const std::int64_t choices = sizes.symbols + nodes;
  word_ids = longs_of(batch.word_ids);
  word_classes = longs_of(batch.word_classes);
  gram_ids = longs_of(batch.gram_ids);
  gram_begin = longs_of(std::vector<int>(batch.gram_begin.begin(), batch.gram_begin.end() - 1));
  node_classes = longs_of(batch.node_classes);
  word_node = longs({words});
  word_share = torch::zeros({words, 1});
  node_place = longs({batch.nodes()});
  relations = longs({examples, nodes, nodes});
  node_mask = torch::zeros({examples, nodes}, torch::kBool);
  item_mask = torch::zeros({examples, nodes}, torch::kBool);
  used = torch::zeros({examples, nodes});
  before = longs({examples, steps});
  before_symbol = longs({examples, steps});
  after_pointer = torch::zeros({examples, steps}, torch::kBool);
  step_mask = torch::zeros({examples, steps}, torch::kBool);
  target = longs({examples, steps});
  allowed = torch::zeros({examples, steps, choices}, torch::kBool);
  positions = torch::arange(steps, torch::kLong).clamp_max(sizes.max_steps - 1);

  auto* related = relations.data_ptr<std::int64_t>();
  for (int e = 0; e < batch.examples(); ++e) {
    const int first = batch.node_begin[e];
    const int count = batch.nodes_of(e);
    for (int n = 0; n < count; ++n) {
      const int node = first + n;
      const std::int64_t place = e * nodes + n;
      node_place[node] = place;
      node_mask[e][n] = true;
      item_mask[e][n] = node >= batch.ranges[e].columns;
      used[e][n] = static_cast<float>(batch.used[node]);
      for (int w = batch.word_begin[node]; w < batch.word_begin[node + 1]; ++w) {
        word_node[w] = place;
        word_share[w] =
            1.0F / static_cast<float>(batch.word_begin[node + 1] - batch.word_begin[node]);
      }
      std::copy_n(batch.relations.begin() + batch.relation_begin[e] + Index{n} * count, count,
                  related + place * nodes);
    }
    const NodeRanges& range = batch.ranges[e];
    const int kinds[] = {range.columns, range.tables, range.values, first + count};
    for (int t = 0; t < batch.steps_of(e); ++t) {
      const int s = batch.step_begin[e] + t;
      const TargetStep& step = batch.steps[s];
      step_mask[e][t] = true;
      target[e][t] = step.target;
      after_pointer[e][t] = batch.before[s] < 0;
      if (batch.before[s] < 0)
        before[e][t] = e * nodes + (-1 - batch.before[s]) - first;
      else
        before_symbol[e][t] = batch.before[s];
      auto* allow = allowed.data_ptr<bool>() + (e * steps + t) * choices;
      for (int symbol = 0; symbol < sizes.symbols; ++symbol)
        allow[symbol] = (step.allowed_symbols >> symbol & 1U) != 0;
      for (int kind = 0; kind < 3; ++kind)
        if ((step.allowed_pointers >> kind & 1) != 0)
          std::fill(allow + sizes.symbols + kinds[kind] - first,
                    allow + sizes.symbols + kinds[kind + 1] - first, true);
    }
    // A padded step chooses among one: a softmax over nothing would not be a number.
    for (std::int64_t t = batch.steps_of(e); t < steps; ++t) allowed[e][t][0] = true;
  }
  for (torch::Tensor* tensor :
       {&word_ids, &word_classes, &gram_ids, &gram_begin, &word_node, &word_share, &node_place,
        &node_classes, &relations, &node_mask, &item_mask, &used, &before, &before_symbol,
        &after_pointer, &positions, &step_mask, &target, &allowed})
    *tensor = tensor->to(device);
}

}  // namespace idi::train
