#include "network_pass.hpp"

#include <algorithm>

#include "embedding.hpp"
#include "kernels.hpp"

namespace idi::train {

void NetworkPass::score(const float* values, const PreparedWeights& prepared, const Batch& batch,
                        std::vector<StepScore>& scores) {
  arena_.reset();
  Pass pass{.values = values,
            .forward = prepared.forward(),
            .back = prepared.back(),
            .arena = &arena_,
            .width = layout_.sizes.width};
  encode(pass, batch);
  decode(pass, batch);
  output_.forward(pass, layout_, batch, {}, states_, nodes_, scores);
}

double NetworkPass::train(const float* values, const PreparedWeights& prepared,
                          ShardGradients& gradients, const Batch& batch, const LossShares& shares,
                          float dropout, std::uint64_t seed, std::vector<StepScore>& scores) {
  arena_.reset();
  Pass pass{.values = values,
            .forward = prepared.forward(),
            .back = prepared.back(),
            .gradients = gradients.values.data(),
            .touched_words = gradients.touched_words.data(),
            .touched_grams = gradients.touched_grams.data(),
            .arena = &arena_,
            .width = layout_.sizes.width,
            .dropout = dropout,
            .seed = seed};
  encode(pass, batch);
  decode(pass, batch);
  output_.forward(pass, layout_, batch, shares, states_, nodes_, scores);

  float* d_nodes = arena_.take(batch.nodes() * pass.width);
  float* d_states = arena_.take(batch.step_count() * pass.width);
  std::fill_n(d_nodes, batch.nodes() * pass.width, 0.0F);
  const double used_loss = used_items(pass, layout_, batch, shares, nodes_, d_nodes);
  output_.backward(pass, d_states, d_nodes);
  decode_backward(pass, batch, d_states, d_nodes);
  encode_backward(pass, batch, d_nodes);
  return used_loss;
}

void NetworkPass::encode(Pass& pass, const Batch& batch) {
  const Index rows = batch.nodes();
  float* sums = arena_.take(rows * pass.width);
  embed(pass, layout_, batch, sums);
  float* x = arena_.take(rows * pass.width);
  std::fill_n(x, rows * pass.width, 0.0F);
  node_dropout_ = pass.next_dropout();
  add_dropped(input_norm_.forward(pass, layout_.input_norm, sums, rows), rows * pass.width,
              node_dropout_, x);

  AttentionShape shape;
  shape.heads = layout_.sizes.heads;
  shape.head_width = layout_.sizes.head_width();
  shape.query_begin = &batch.node_begin;
  shape.key_begin = &batch.node_begin;
  shape.relations = batch.relations.data();
  shape.relation_begin = &batch.relation_begin;
  shape.relation_count = layout_.sizes.relations;
  for (std::size_t l = 0; l < layout_.encoder.size(); ++l) {
    const EncoderLayerAt& at = layout_.encoder[l];
    encoder_attention_[l].forward(pass, shape, at.norm, at.query_key_value, at.output,
                                  at.relation_key, at.relation_value, x);
    encoder_feed_forward_[l].forward(pass, at.feed_forward, x, rows);
  }
  nodes_ = encoder_norm_.forward(pass, layout_.encoder_norm, x, rows);
}

void NetworkPass::encode_backward(Pass& pass, const Batch& batch, const float* d_nodes) {
  const Index count = batch.nodes() * pass.width;
  float* dx = arena_.take(count);
  std::fill_n(dx, count, 0.0F);
  encoder_norm_.backward(pass, d_nodes, dx);
  for (std::size_t l = layout_.encoder.size(); l-- > 0;) {
    encoder_feed_forward_[l].backward(pass, dx);
    encoder_attention_[l].backward(pass, dx);
  }
  drop(dx, count, node_dropout_, dx);
  float* d_sums = arena_.take(count);
  std::fill_n(d_sums, count, 0.0F);
  input_norm_.backward(pass, dx, d_sums);
  embed_backward(pass, layout_, batch, d_sums);
}

void NetworkPass::decode(Pass& pass, const Batch& batch) {
  const Index d = pass.width;
  const Index rows = batch.step_count();
  pointed_.clear();
  for (int s = 0; s < rows; ++s)
    if (batch.before[s] < 0) pointed_.push_back(s);
  const auto pointed = static_cast<Index>(pointed_.size());
  pointed_nodes_ = arena_.take(pointed * d);
  float* pointer_inputs = arena_.take(pointed * d);
  for (Index p = 0; p < pointed; ++p) {
    const int node = -1 - batch.before[pointed_[p]];
    std::copy_n(nodes_ + node * d, d, pointed_nodes_ + p * d);
  }
  if (pointed > 0) linear(pass, layout_.pointer_input, pointed_nodes_, pointed, pointer_inputs);

  float* inputs = arena_.take(rows * d);
  Index next_pointed = 0;
  for (int e = 0; e < batch.examples(); ++e) {
    for (int t = 0; t < batch.steps_of(e); ++t) {
      const int s = batch.step_begin[e] + t;
      const float* token = batch.before[s] < 0
                               ? pointer_inputs + next_pointed++ * d
                               : pass.values + layout_.symbols + batch.before[s] * d;
      std::copy_n(token, d, inputs + s * d);
      const Index place = std::min(t, layout_.sizes.max_steps - 1);
      add_scaled(pass.values + layout_.positions + place * d, d, 1, inputs + s * d);
    }
  }
  float* y = arena_.take(rows * d);
  std::fill_n(y, rows * d, 0.0F);
  step_dropout_ = pass.next_dropout();
  add_dropped(inputs, rows * d, step_dropout_, y);

  AttentionShape self;
  self.heads = layout_.sizes.heads;
  self.head_width = layout_.sizes.head_width();
  self.query_begin = &batch.step_begin;
  self.key_begin = &batch.step_begin;
  self.causal = true;
  AttentionShape cross = self;
  cross.key_begin = &batch.node_begin;
  cross.causal = false;
  for (std::size_t l = 0; l < layout_.decoder.size(); ++l) {
    const DecoderLayerAt& at = layout_.decoder[l];
    decoder_attention_[l].forward(pass, self, at.self_norm, at.self_query_key_value, at.self_output,
                                  0, 0, y);
    decoder_cross_[l].forward(pass, cross, at.cross_norm, at.cross_query, at.cross_key_value,
                              at.cross_output, nodes_, y);
    decoder_feed_forward_[l].forward(pass, at.feed_forward, y, rows);
  }
  states_ = decoder_norm_.forward(pass, layout_.decoder_norm, y, rows);
}

void NetworkPass::decode_backward(Pass& pass, const Batch& batch, float* d_states, float* d_nodes) {
  const Index d = pass.width;
  const Index rows = batch.step_count();
  float* dy = arena_.take(rows * d);
  std::fill_n(dy, rows * d, 0.0F);
  decoder_norm_.backward(pass, d_states, dy);
  for (std::size_t l = layout_.decoder.size(); l-- > 0;) {
    decoder_feed_forward_[l].backward(pass, dy);
    decoder_cross_[l].backward(pass, dy, d_nodes);
    decoder_attention_[l].backward(pass, dy);
  }
  drop(dy, rows * d, step_dropout_, dy);

  const auto pointed = static_cast<Index>(pointed_.size());
  float* d_pointer_inputs = arena_.take(pointed * d);
  Index next_pointed = 0;
  for (int e = 0; e < batch.examples(); ++e) {
    for (int t = 0; t < batch.steps_of(e); ++t) {
      const int s = batch.step_begin[e] + t;
      if (batch.before[s] < 0)
        std::copy_n(dy + s * d, d, d_pointer_inputs + next_pointed++ * d);
      else
        add_scaled(dy + s * d, d, 1, pass.gradients + layout_.symbols + batch.before[s] * d);
      const Index place = std::min(t, layout_.sizes.max_steps - 1);
      add_scaled(dy + s * d, d, 1, pass.gradients + layout_.positions + place * d);
    }
  }
  if (pointed == 0) return;
  float* d_pointed = arena_.take(pointed * d);
  linear_backward(pass, layout_.pointer_input, pointed_nodes_, d_pointer_inputs, pointed,
                  d_pointed);
  for (Index p = 0; p < pointed; ++p) {
    const int node = -1 - batch.before[pointed_[p]];
    add_scaled(d_pointed + p * d, d, 1, d_nodes + node * d);
  }
}

}  // namespace idi::train
