#include "padded_batch.hpp"

#include <algorithm>

namespace idi::train {
namespace {

/// Fills a tensor on the host; one copy takes it to the device.
template <typename Value>
class Filled {
 public:
  explicit Filled(std::vector<std::int64_t> shape)
      : tensor_(torch::zeros(shape, c10::CppTypeToScalarType<Value>::value)),
        start_(tensor_.template data_ptr<Value>()) {}
  template <typename Values>
  static torch::Tensor copy_of(const Values& values, torch::Device device) {
    Filled filled({static_cast<std::int64_t>(values.size())});
    std::copy(values.begin(), values.end(), filled.start_);
    return filled.on(device);
  }
  Value& operator[](std::int64_t place) { return start_[place]; }
  Value* data() { return start_; }
  [[nodiscard]] torch::Tensor on(torch::Device device) const { return tensor_.to(device); }

 private:
  torch::Tensor tensor_;
  Value* start_;
};

using Longs = Filled<std::int64_t>;

}  // namespace

PaddedBatch::PaddedBatch(const Batch& batch, const Sizes& sizes, torch::Device device) {
  examples = batch.examples();
  for (int e = 0; e < batch.examples(); ++e) {
    nodes = std::max<std::int64_t>(nodes, batch.nodes_of(e));
    steps = std::max<std::int64_t>(steps, batch.steps_of(e));
  }
  words(batch, device);
  items(batch, device);
  outputs(batch, sizes, device);
}

void PaddedBatch::words(const Batch& batch, torch::Device device) {
  const auto count = static_cast<std::int64_t>(batch.word_ids.size());
  word_ids = Longs::copy_of(batch.word_ids, device);
  word_classes = Longs::copy_of(batch.word_classes, device);
  gram_ids = Longs::copy_of(batch.gram_ids, device);
  gram_begin = Longs::copy_of(
      std::vector<int>(batch.gram_begin.begin(), batch.gram_begin.end() - 1), device);
  Longs node({count});
  Filled<float> share({count, 1});
  for (int e = 0; e < batch.examples(); ++e) {
    for (int n = batch.node_begin[e]; n < batch.node_begin[e + 1]; ++n) {
      const int begin = batch.word_begin[n];
      const int end = batch.word_begin[n + 1];
      for (int w = begin; w < end; ++w) {
        node[w] = e * nodes + n - batch.node_begin[e];
        share[w] = 1.0F / static_cast<float>(end - begin);
      }
    }
  }
  word_node = node.on(device);
  word_share = share.on(device);
}

void PaddedBatch::items(const Batch& batch, torch::Device device) {
  Longs place({batch.nodes()});
  Filled<std::uint8_t> relation({examples, nodes, nodes});
  Filled<bool> present({examples, nodes});
  Filled<bool> item({examples, nodes});
  Filled<float> use({examples, nodes});
  for (int e = 0; e < batch.examples(); ++e) {
    const int count = batch.nodes_of(e);
    for (int n = 0; n < count; ++n) {
      const int node = batch.node_begin[e] + n;
      const std::int64_t at = e * nodes + n;
      place[node] = at;
      present[at] = true;
      item[at] = node >= batch.ranges[e].columns;
      use[at] = static_cast<float>(batch.used[node]);
      std::copy_n(batch.relations.begin() + batch.relation_begin[e] + Index{n} * count, count,
                  relation.data() + at * nodes);
    }
  }
  node_place = place.on(device);
  node_classes = Longs::copy_of(batch.node_classes, device);
  relations = relation.on(device).to(torch::kLong);
  node_mask = present.on(device);
  item_mask = item.on(device);
  used = use.on(device);
}

void PaddedBatch::outputs(const Batch& batch, const Sizes& sizes, torch::Device device) {
  const std::int64_t choices = sizes.symbols + nodes;
  Longs node_before({examples, steps});
  Longs symbol_before({examples, steps});
  Longs right({examples, steps});
  Filled<bool> pointer_before({examples, steps});
  Filled<bool> present({examples, steps});
  Filled<bool> allow({examples, steps, choices});
  for (int e = 0; e < batch.examples(); ++e) {
    const int first = batch.node_begin[e];
    const NodeRanges& range = batch.ranges[e];
    const int kinds[] = {range.columns, range.tables, range.values, batch.node_begin[e + 1]};
    for (std::int64_t t = 0; t < steps; ++t) {
      const std::int64_t at = e * steps + t;
      bool* allowed_here = allow.data() + at * choices;
      if (t >= batch.steps_of(e)) {
        // A padded step chooses among one: a softmax over nothing would not be a number.
        allowed_here[0] = true;
        continue;
      }
      const auto s = static_cast<std::size_t>(batch.step_begin[e] + t);
      const TargetStep& step = batch.steps[s];
      present[at] = true;
      right[at] = step.target;
      pointer_before[at] = batch.before[s] < 0;
      if (batch.before[s] < 0)
        node_before[at] = e * nodes + (-1 - batch.before[s]) - first;
      else
        symbol_before[at] = batch.before[s];
      for (int symbol = 0; symbol < sizes.symbols; ++symbol)
        allowed_here[symbol] = (step.allowed_symbols >> symbol & 1U) != 0;
      for (int kind = 0; kind < 3; ++kind)
        if ((step.allowed_pointers >> kind & 1) != 0)
          std::fill(allowed_here + sizes.symbols + kinds[kind] - first,
                    allowed_here + sizes.symbols + kinds[kind + 1] - first, true);
    }
  }
  before = node_before.on(device);
  before_symbol = symbol_before.on(device);
  after_pointer = pointer_before.on(device);
  step_mask = present.on(device);
  target = right.on(device);
  allowed = allow.on(device);
  positions = torch::arange(steps, torch::kLong).clamp_max(sizes.max_steps - 1).to(device);
}

}  // namespace idi::train
