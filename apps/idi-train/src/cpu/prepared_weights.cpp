#include "prepared_weights.hpp"

#include "weight_product.hpp"

namespace idi::train {

PreparedWeights::PreparedWeights(const Layout& layout)
    : forward_(layout.count), back_(layout.count) {
  const auto add = [this](const LinearAt& at) {
    if (has_weight_product(at.in, at.out)) linears_.push_back(at);
  };
  const auto add_feed_forward = [&](const FeedForwardAt& at) {
    add(at.first);
    add(at.second);
  };
  for (const EncoderLayerAt& l : layout.encoder) {
    add(l.query_key_value);
    add(l.output);
    add_feed_forward(l.feed_forward);
  }
  for (const DecoderLayerAt& l : layout.decoder) {
    add(l.self_query_key_value);
    add(l.self_output);
    add(l.cross_query);
    add(l.cross_key_value);
    add(l.cross_output);
    add_feed_forward(l.feed_forward);
  }
  add(layout.pointer_input);
  add(layout.symbol_output);
  add(layout.pointer_query);
  add(layout.pointer_key);
}

void PreparedWeights::prepare(const float* values, int thread, int threads) {
  for (std::size_t i = static_cast<std::size_t>(thread); i < linears_.size();
       i += static_cast<std::size_t>(threads)) {
    const LinearAt& at = linears_[i];
    rearrange_weight(values + at.weight, at.in, at.out, forward_.data() + at.weight,
                     back_.data() + at.weight);
  }
}

}  // namespace idi::train
