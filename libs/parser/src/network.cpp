#include "network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace idi::parser {

void FeedForward::add_to(float* x, int rows, const Norm& norm, std::vector<float>& normed,
                         std::vector<float>& inner) const {
  normed.resize(static_cast<std::size_t>(rows) * in.weight.inner());
  inner.resize(static_cast<std::size_t>(rows) * in.weight.columns());
  norm.apply(x, rows, normed.data());
  in.apply(normed.data(), rows, inner.data(), {.relu = true});
  out.apply(inner.data(), rows, x, {.accumulate = true});
}

void EmbeddingTable::add_row(int row, float scale, float* y, float* scratch) const {
  const auto width = static_cast<int>(view_.shape[1]);
  const std::size_t first = static_cast<std::size_t>(row) * width;
  if (view_.type == model_io::TensorType::f16) {
    const auto* halves = reinterpret_cast<const std::uint16_t*>(view_.bytes.data()) + first;
    kernels().widen(halves, scratch, width);
  } else {
    std::memcpy(scratch, reinterpret_cast<const float*>(view_.bytes.data()) + first,
                width * sizeof(float));
  }
  kernels().add_scaled(scale, scratch, y, width);
}

Status Network::check(const model_io::ModelInput& input) const {
  const auto bad = [](std::string_view what) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("The network's input is malformed: {}", what));
  };
  if (input.tokens < 0 || input.columns < 0 || input.tables < 0 || input.values < 0)
    return bad("a negative number of nodes");
  const auto nodes = static_cast<std::size_t>(input.nodes());
  if (nodes == 0) return bad("no nodes");
  if (input.word_begin.size() != nodes + 1 || input.node_classes.size() != nodes ||
      input.relations.size() != nodes * nodes ||
      input.word_ids.size() != input.word_classes.size() ||
      input.gram_begin.size() != input.word_ids.size() + 1)
    return bad("sizes disagree");
  const auto rises = [](const std::vector<std::int32_t>& begins, std::size_t end, bool strictly) {
    if (begins.front() != 0 || begins.back() != static_cast<std::int64_t>(end)) return false;
    return std::adjacent_find(begins.begin(), begins.end(), [&](auto a, auto b) {
             return strictly ? b <= a : b < a;
           }) == begins.end();
  };
  if (!rises(input.word_begin, input.word_ids.size(), true)) return bad("a node without words");
  if (!rises(input.gram_begin, input.gram_ids.size(), false)) return bad("grams out of order");
  const auto all_below = [](const auto& ids, int limit) {
    return std::all_of(ids.begin(), ids.end(), [&](auto id) { return id >= 0 && id < limit; });
  };
  if (!all_below(input.word_ids, sizes_.vocabulary)) return bad("an unknown word id");
  if (!all_below(input.gram_ids, sizes_.gram_buckets)) return bad("an unknown gram");
  if (!all_below(input.word_classes, sizes_.word_class_count)) return bad("an unknown word class");
  if (!all_below(input.node_classes, sizes_.node_class_count)) return bad("an unknown node class");
  if (!all_below(input.relations, sizes_.relation_count)) return bad("an unknown relation");
  return {};
}

std::vector<float> Network::embed(const model_io::ModelInput& input) const {
  const int width = sizes_.width;
  const int nodes = input.nodes();
  std::vector<float> sums(static_cast<std::size_t>(nodes) * width);
  std::vector<float> scratch(width);
  const auto& arithmetic = kernels();
  for (int node = 0; node < nodes; ++node) {
    float* y = sums.data() + static_cast<std::ptrdiff_t>(node) * width;
    const int first = input.word_begin[node];
    const int end = input.word_begin[node + 1];
    const float share = 1.0F / static_cast<float>(end - first);
    for (int word = first; word < end; ++word) {
      words_.add_row(input.word_ids[word], share, y, scratch.data());
      arithmetic.add_scaled(share, word_classes_.data() + input.word_classes[word] * width, y,
                            width);
      const int gram_end = input.gram_begin[word + 1];
      const int grams = gram_end - input.gram_begin[word];
      for (int gram = gram_end - grams; gram < gram_end; ++gram)
        grams_.add_row(input.gram_ids[gram], share / static_cast<float>(grams), y, scratch.data());
    }
    arithmetic.add_scaled(1.0F, node_classes_.data() + input.node_classes[node] * width, y, width);
  }
  std::vector<float> x(sums.size());
  input_norm_.apply(sums.data(), nodes, x.data());
  return x;
}

namespace {

/// Relation-aware attention of one layer without an [N, N, width] tensor: q·RKᵀ once for every
/// relation, then a gather; probabilities are summed by relation before they meet RV.
class RelationAttention {
 public:
  RelationAttention(const NetworkSizes& sizes, const std::vector<std::uint8_t>& relations,
                    int nodes)
      : sizes_(sizes),
        relations_(relations),
        nodes_(nodes),
        by_relation_(static_cast<std::size_t>(nodes) * sizes.heads * sizes.relation_count),
        scores_(static_cast<std::size_t>(nodes) * nodes) {}

  /// qkv: [N, 3·width] with queries already divided by sqrt(head width); out: [N, width].
  void apply(const EncoderLayer& layer, const float* qkv, float* out) {
    const int width = sizes_.width;
    const int h = sizes_.head_width();
    const int relations = sizes_.relation_count;
    const std::ptrdiff_t stride = 3L * width;
    for (int head = 0; head < sizes_.heads; ++head)
      layer.relation_key.multiply(qkv + head * h, stride, nodes_, relation_row(0, head),
                                  static_cast<std::ptrdiff_t>(sizes_.heads) * relations);
    for (int head = 0; head < sizes_.heads; ++head) {
      const auto keys = PackedMatrix::transposed(qkv + width + head * h, stride, nodes_, h);
      keys.multiply(qkv + head * h, stride, nodes_, scores_.data(), nodes_);
      add_relation_scores(head);
      kernels().softmax(scores_.data(), nodes_, nodes_, nodes_);
      sum_by_relation(head);
      const auto values = PackedMatrix::plain(qkv + 2L * width + head * h, stride, nodes_, h);
      values.multiply(scores_.data(), nodes_, nodes_, out + head * h, width);
      layer.relation_value.multiply(relation_row(0, head),
                                    static_cast<std::ptrdiff_t>(sizes_.heads) * relations, nodes_,
                                    out + head * h, width, {.accumulate = true});
    }
  }

 private:
  float* relation_row(int node, int head) {
    return by_relation_.data() +
           (static_cast<std::ptrdiff_t>(node) * sizes_.heads + head) * sizes_.relation_count;
  }

  void add_relation_scores(int head) {
    for (int i = 0; i < nodes_; ++i) {
      float* score = scores_.data() + static_cast<std::ptrdiff_t>(i) * nodes_;
      const std::uint8_t* relation = relations_.data() + static_cast<std::ptrdiff_t>(i) * nodes_;
      const float* row = relation_row(i, head);
      for (int j = 0; j < nodes_; ++j) score[j] += row[relation[j]];
    }
  }

  void sum_by_relation(int head) {
    for (int i = 0; i < nodes_; ++i) {
      const float* share = scores_.data() + static_cast<std::ptrdiff_t>(i) * nodes_;
      const std::uint8_t* relation = relations_.data() + static_cast<std::ptrdiff_t>(i) * nodes_;
      float* row = relation_row(i, head);
      std::fill_n(row, sizes_.relation_count, 0.0F);
      for (int j = 0; j < nodes_; ++j) row[relation[j]] += share[j];
    }
  }

  const NetworkSizes& sizes_;
  const std::vector<std::uint8_t>& relations_;
  int nodes_;
  std::vector<float> by_relation_;  ///< [N, H, R]: scores before the softmax, sums after it.
  std::vector<float> scores_;       ///< [N, N] of one head.
};

}  // namespace

Result<Memory> Network::encode(const model_io::ModelInput& input,
                               const Interrupt& interrupt) const {
  IDI_CHECK(check(input));
  const int nodes = input.nodes();
  const int width = sizes_.width;
  std::vector<float> x = embed(input);
  std::vector<float> normed(x.size());
  std::vector<float> mixed(x.size());
  std::vector<float> qkv(x.size() * 3);
  std::vector<float> inner;
  RelationAttention attention(sizes_, input.relations, nodes);
  for (const EncoderLayer& layer : encoder_) {
    IDI_CHECK(interrupt.check());
    layer.norm1.apply(x.data(), nodes, normed.data());
    layer.query_key_value.apply(normed.data(), nodes, qkv.data());
    attention.apply(layer, qkv.data(), mixed.data());
    layer.output.apply(mixed.data(), nodes, x.data(), {.accumulate = true});
    layer.feed_forward.add_to(x.data(), nodes, layer.norm2, normed, inner);
  }
  Memory memory{std::vector<float>(static_cast<std::size_t>(nodes) * width), input.tokens,
                input.columns, input.tables, input.values};
  encoder_norm_.apply(x.data(), nodes, memory.rows.data());
  return memory;
}

std::vector<float> Network::used_probabilities(const Memory& memory) const {
  std::vector<float> used(memory.nodes());
  for (std::size_t node = 0; node < used.size(); ++node) {
    const float logit =
        used_bias_ +
        kernels().dot(used_weight_.data(), memory.rows.data() + node * sizes_.width, sizes_.width);
    used[node] = 1.0F / (1.0F + std::exp(-logit));
  }
  return used;
}

}  // namespace idi::parser
