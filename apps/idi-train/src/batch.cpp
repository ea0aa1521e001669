#include "batch.hpp"

namespace idi::train {

void Batch::clear() { *this = Batch{}; }

void Batch::add(const TrainingExample& example, int symbol_count) {
  const auto& input = example.input;
  const int first = nodes();
  const int first_word = static_cast<int>(word_ids.size());
  const int first_gram = static_cast<int>(gram_ids.size());
  const int count = input.nodes();

  for (int n = 1; n <= count; ++n) word_begin.push_back(first_word + input.word_begin[n]);
  for (std::size_t w = 1; w < input.gram_begin.size(); ++w)
    gram_begin.push_back(first_gram + input.gram_begin[w]);
  word_ids.insert(word_ids.end(), input.word_ids.begin(), input.word_ids.end());
  word_classes.insert(word_classes.end(), input.word_classes.begin(), input.word_classes.end());
  gram_ids.insert(gram_ids.end(), input.gram_ids.begin(), input.gram_ids.end());
  node_classes.insert(node_classes.end(), input.node_classes.begin(), input.node_classes.end());
  relation_begin.push_back(static_cast<Index>(relations.size()));
  relations.insert(relations.end(), input.relations.begin(), input.relations.end());

  NodeRanges range;
  range.columns = first + input.tokens;
  range.tables = range.columns + input.columns;
  range.values = range.tables + input.tables;
  ranges.push_back(range);
  node_begin.push_back(first + count);

  used.resize(static_cast<std::size_t>(first + count), 0);
  int previous = symbol_count;
  for (const TargetStep& step : example.steps) {
    before.push_back(previous);
    steps.push_back(step);
    if (step.target < symbol_count) {
      previous = step.target;
    } else {
      const int node = first + step.target - symbol_count;
      used[node] = 1;
      previous = -1 - node;
    }
  }
  step_begin.push_back(static_cast<int>(steps.size()));
}

Batch pack(std::span<const TrainingExample* const> examples, int symbol_count) {
  Batch batch;
  for (const TrainingExample* example : examples) batch.add(*example, symbol_count);
  return batch;
}

double forward_flop(const Sizes& sizes, const Batch& batch) {
  const double d = sizes.width;
  const double f = sizes.feed_forward;
  const double nodes = batch.nodes();
  const double steps = batch.step_count();
  double squares = 0;  // node pairs of the encoder's attention
  double crosses = 0;  // step-node pairs of the decoder's
  double causal = 0;
  for (int e = 0; e < batch.examples(); ++e) {
    const double n = batch.nodes_of(e);
    const double t = batch.steps_of(e);
    squares += n * n;
    crosses += n * t;
    causal += t * t;
  }
  const double encoder =
      sizes.encoder_layers *
      (nodes * (4 * d * d + 2 * d * f + 2 * d * sizes.relations) + 2 * squares * d);
  const double decoder = sizes.decoder_layers * (steps * (6 * d * d + 2 * d * f) +
                                                 nodes * 2 * d * d + 2 * (crosses + causal) * d);
  const double output = steps * d * (sizes.symbols + d) + nodes * d * d + crosses * d;
  return 2 * (encoder + decoder + output);
}

}  // namespace idi::train
